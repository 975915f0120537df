// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// Whole upgrades, in any legal order of runs, with and without trouble.
namespace Played;

public static class Jobs
{
	public static readonly Action<Computer, Run> Nothing = (_, _) => { };

	public static void Whole(Tale tale, Random random)
	{
		if (!tale.Everywhere(random, tale.Truthful(), Nothing, 100))
			return;
		tale.Upgraded();
		Again(tale);
	}

	// The same once more asks nothing and changes nothing.
	private static void Again(Tale tale)
	{
		var events = tale.World.Events.Count;
		foreach (var computer in tale.World.Computers.Values)
		{
			var run = tale.Run(computer, tale.Someone(p => throw new Violation("asked: " + p)));
			tale.Holds(run.Code is 0 || (run.Code is 1 && run.Shown.Contains("The plan has no such step")),
				"the same again on " + computer.Name + " is not 0", run);
		}
		tale.Holds(tale.World.Events.Count == events, "the same again changes something: " + tale.World.Events[^1]);
	}

	private static Action<string> Cuts(Random random) => _ =>
	{
		if (random.Next(60) == 0)
			throw new CutOff();
	};

	// Setups fail, restarts are wanted, windows are closed; a person who has read the log repairs or repeats.
	public static void Trouble(Tale tale, Random random)
	{
		foreach (var computer in tale.World.Computers.Values.Where(c => c.Services.ContainsKey("HealthService")))
			computer.Fates.Enqueue(new[] { Fate.Good, Fate.Early, Fate.Late, Fate.Restart, Fate.RestartNow }[random.Next(5)]);
		Here.Story = Cuts(random);
		tale.Everywhere(random, tale.Truthful(), (computer, run) =>
		{
			if (!computer.Broken)
				return;
			if (random.Next(2) == 0)
				Tale.Repaired(computer);
			else
				computer.MayRepeat = true;
		}, 200);
		tale.Upgraded();
	}

	public static void Small(Tale tale)
	{
		Whole(tale, new Random(1));
		tale.Holds(tale.World.Events.Count(e => e.EndsWith(": setup")) == 2, "not one setup on each computer");
	}

	public static void SmallAutomation(Tale tale) => Replaced(tale, new Random(1));

	public static void Replaced(Tale tale, Random random)
	{
		var drain = tale.World.Automation.DrainTimeInSeconds;
		if (!tale.Everywhere(random, tale.Truthful(), Nothing, 60))
			return;
		tale.Automated(drain);
		Again(tale);
	}

	public static void Harassed(Tale tale, Random random)
	{
		var drain = tale.World.Automation.DrainTimeInSeconds;
		foreach (var computer in tale.World.Computers.Values)
		{
			for (var number = 0; number < 3; number++)
				computer.Fates.Enqueue(new[] { Fate.Good, Fate.Early, Fate.Late, Fate.Restart, Fate.RestartNow }[random.Next(5)]);
		}
		Here.Story = Cuts(random);
		tale.Everywhere(random, tale.Truthful(), Nothing, 200);
		tale.Automated(drain);
	}
}
