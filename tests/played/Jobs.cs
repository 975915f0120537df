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
		if (!tale.Everywhere(random, tale.Truthful(), Nothing, 400))
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
		}, 800);
		tale.Upgraded();
	}

	// Those of GW01, in a network of its own, stay as they are; nobody is asked about them.
	public static void Failover(Tale tale)
	{
		var group = tale.World.Group;
		var near = new ManagementServer { Name = "GW03.contoso.com", IsGateway = true };
		group.Servers.Add(near);
		var behind = group.Agents.Where(a => a.Primary?.Name.StartsWith("GW02", StringComparison.OrdinalIgnoreCase) == true).ToList();
		behind[0].Failover.Add(group.Servers[0]);
		var during = new List<string>();
		var person = tale.Someone(prompt =>
		{
			if (prompt.StartsWith("Type the one that these agents reach"))
				return "gw03";
			if (Here.World.Events.Any(e => e.EndsWith(": setup")) && during.Count == 0)
				during.AddRange(behind.Select(a => string.Join(",", a.Failover)));
			return tale.Truth(prompt);
		});
		tale.Everywhere(new Random(3), person, Nothing, 60);
		tale.Holds(during.Count > 0 && during[0] == group.Servers[0].Name + "," + near.Name &&
			during.Skip(1).All(d => d == near.Name), "not set: " + string.Join(" ", during));
		tale.Holds(behind[0].Failover.Single() == group.Servers[0], "what was there is not back");
		tale.Holds(behind.Skip(1).All(a => a.Failover.Single() == near), "the new one is gone");
		tale.Holds(group.Agents.Where(a => !behind.Contains(a)).All(a => a.Failover.Count == 0), "others were changed");
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
		if (!tale.Everywhere(random, tale.Truthful(), Nothing, 300))
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
		tale.Everywhere(random, tale.Truthful(), Nothing, 800);
		tale.Automated(drain);
	}
}
