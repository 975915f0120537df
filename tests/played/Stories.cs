// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// The stories of an Operations Manager upgrade that must hold.
namespace Played;

public static class Stories
{
	private static readonly Action<Computer, Run> nothing = (_, _) => { };

	private static string script, automation;
	private static string folder;

	public static IEnumerable<(string, List<string>)> All(string plans, int seeds, int first, string only)
	{
		folder = plans;
		script = Tale.Render(Path.Combine(plans, "seven.yaml"));
		automation = Tale.Render(Path.Combine(plans, "automation.yaml"));
		var told = new (string Name, Action<Tale> Tell)[]
		{
			("the first one fails after its build changed", FirstFails),
			("the first one fails, and a person lets it be repeated", Repeated),
			("the first one is finished by hand, and a person says so", ByHand),
			("its role vanishes", Vanishes),
			("careless answers never count", Careless),
			("a false answer that the computer refutes", Refuted),
			("a setup is killed half way and runs on", Hangs),
			("the first one cannot be seen from a gateway server", Hidden),
			("a build of the target without a record", NoRecord),
			("a restart is asked for, and looked behind", Restart),
			("nothing is changed by -WhatIf, -Confirm, -Step, -Server", Nothing),
			("one more note in the plan changes no record", Note),
			("a service that runs elsewhere is refused", ServiceRuns),
		};
		foreach (var (name, tell) in told.Where(t => t.Name.Contains(only)))
			yield return Told(name, new Tale("seven", script), tell);
		for (var seed = first; seed < first + seeds; seed++)
		{
			var random = new Random(seed);
			if ("in random order".Contains(only))
				yield return Told($"the whole job in random order, seed {seed}", new Tale("seven", script), t => Job(t, random));
			if ("with failures".Contains(only))
				yield return Told($"the whole job with failures, seed {seed}", new Tale("seven", script), t => Trouble(t, random));
			if ("automation".Contains(only))
				yield return Told($"automation in random order, seed {seed}", new Tale("automation", automation), t => Replaced(t, random));
		}
	}

	private static (string, List<string>) Told(string name, Tale tale, Action<Tale> tell)
	{
		try { tell(tale); }
		catch (Exception e) { tale.Wrong.Add(e.ToString()); }
		finally { Here.Story = null; }
		return (name, tale.Wrong);
	}

	// Everything on the servers that comes before the first setup, and the other ones' stopped services.
	private static void Prepared(Tale tale)
	{
		var person = tale.Truthful();
		foreach (var name in new[] { "MS02", "MS03-of-the-second-site", "WEB01" })
			tale.Run(name, person);
	}

	private static void Job(Tale tale, Random random)
	{
		if (!tale.Everywhere(random, tale.Truthful(), nothing, 60))
			return;
		tale.Upgraded();
		var events = tale.World.Events.Count;
		foreach (var computer in tale.World.Computers.Values)
			tale.Holds(tale.Run(computer, tale.Truthful()).Code == 0, "the same again on " + computer.Name + " is not 0");
		tale.Holds(tale.World.Events.Count == events, "the same again changes something: " + tale.World.Events[^1]);
	}

	// Setups fail, restarts are wanted, windows are closed; a person who has read the log repairs or repeats.
	private static void Trouble(Tale tale, Random random)
	{
		foreach (var computer in tale.World.Computers.Values.Where(c => c.Services.ContainsKey("HealthService")))
			computer.Fates.Enqueue((Fate)new[] { 0, 1, 2, 4 }[random.Next(4)]);
		Here.Story = what =>
		{
			if (random.Next(60) == 0)
				throw new CutOff();
		};
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

	private static void Replaced(Tale tale, Random random)
	{
		if (!tale.Everywhere(random, tale.Truthful(), nothing, 60))
			return;
		foreach (var worker in new[] { "WRK01", "WRK02" })
			tale.Holds(tale[worker].Runs("rbsvc"), "the runbook worker does not run on " + worker);
		tale.Holds(tale.World.Group.Instances.All(i => !i.InMaintenanceMode), "maintenance mode is left on");
		var events = tale.World.Events.Count;
		foreach (var computer in tale.World.Computers.Values)
			tale.Run(computer, tale.Truthful());
		tale.Holds(tale.World.Events.Count == events, "the same again changes something: " + tale.World.Events[^1]);
	}

	// Nobody is asked into a second setup: not by running on, nor on another computer.
	private static void Stays(Tale tale, Person person)
	{
		var events = tale.World.Events.Count;
		foreach (var computer in tale.World.Computers.Values)
			tale.Run(computer, person);
		tale.Holds(!tale.SetupSince(events), "a setup started all the same");
	}

	private static void FirstFails(Tale tale)
	{
		Prepared(tale);
		tale["MS01"].Fates.Enqueue(Fate.Late);
		var run = tale.Run("MS01", tale.Truthful());
		tale.Holds(run.Code == 1, "the run does not end with 1", run);
		tale.Holds(tale["MS01"].Broken, "the setup did not start", run);
		tale.Holds(Records.State(tale["MS01"], "upgrade-management-server@MS01") == "failed", "no record says failed", run);
		Stays(tale, tale.Truthful());
	}

	private static void Repeated(Tale tale)
	{
		FirstFails(tale);
		tale["MS01"].MayRepeat = true;
		var run = tale.Run("MS01", tale.Truthful());
		tale.Holds(tale["MS01"].Done, "the setup was not repeated", run);
		tale.Everywhere(new Random(1), tale.Truthful(), nothing, 60);
		tale.Upgraded();
	}

	private static void ByHand(Tale tale)
	{
		FirstFails(tale);
		Tale.Repaired(tale["MS01"]);
		var run = tale.Run("MS01", tale.Truthful());
		tale.Holds(Records.Text(tale["MS01"], "upgrade-management-server@MS01").Contains("by-hand: true"), "not marked by hand", run);
		tale.Everywhere(new Random(1), tale.Truthful(), nothing, 60);
		tale.Upgraded();
	}

	private static void Vanishes(Tale tale)
	{
		Prepared(tale);
		tale["MS01"].Fates.Enqueue(Fate.Vanishes);
		tale.Run("MS01", tale.Truthful());
		tale.Holds(tale["MS01"].Broken, "the setup did not start");
		var run = tale.Run("MS01", tale.Someone(p => p.StartsWith("Type") ? "MS01 repeat" : tale.Truth(p)));
		tale.Holds(run.Code == 1 && run.Shown.Contains("restore"), "it does not say that a restore is due", run);
		Stays(tale, tale.Someone(p => p.Contains("MS01 done") ? "MS01 done" : tale.Truth(p)));
	}

	private static void Careless(Tale tale)
	{
		FirstFails(tale);
		foreach (var answer in new[] { "", " ", "yes", "y", "done", "repeat", "MS01", "all" })
			Stays(tale, tale.Someone(_ => answer));
		tale.Holds(!tale.World.Events.Any(e => e.Contains("record upgrade") && e.Contains("state: done")), "an answer counted");
	}

	private static void Refuted(Tale tale)
	{
		Prepared(tale);
		tale["MS01"].Fates.Enqueue(Fate.Early);
		tale.Run("MS01", tale.Truthful());
		tale.Holds(tale["MS01"].Broken, "the setup did not start");
		Stays(tale, tale.Someone(p => p.StartsWith("Type") ? "MS01 done" : tale.Truth(p)));
	}

	private static void Hangs(Tale tale)
	{
		Prepared(tale);
		tale["MS01"].Fates.Enqueue(Fate.Hangs);
		Here.Story = what =>
		{
			if (what == "waits")
				throw new CutOff();
		};
		tale.Run("MS01", tale.Truthful());
		Here.Story = null;
		tale.Holds(tale["MS01"].Programs.Count == 1, "the setup did not start");
		tale.Holds(Records.State(tale["MS01"], "upgrade-management-server@MS01") == "started", "no record says started");
		var events = tale.World.Events.Count;
		var run = tale.Run("MS01", tale.Someone(p => throw new Violation("asked while a setup runs: " + p)));
		tale.Holds(run.Code == 2 && run.Shown.Contains("setup.exe"), "it does not say what runs", run);
		tale.Holds(tale.World.Events.Count == events, "something was done beside the setup");
		Stays(tale, tale.Truthful());
		// It ends well: a person who has read the log says so.
		Tale.Repaired(tale["MS01"]);
		tale.Everywhere(new Random(1), tale.Truthful(), nothing, 60);
		tale.Upgraded();
	}

	private static void Hidden(Tale tale)
	{
		// Every build is that of the target, but nothing is done.
		foreach (var name in new[] { "MS01", "MS02", "MS03-of-the-second-site" })
			Programs.Upgraded(tale[name], true);
		var careless = tale.Someone(_ => "yes");
		var run = tale.Run("GW01", careless);
		tale.Holds(run.Code == 2 && careless.Asked.Any(p => p.Contains("MS01 done")), "nobody was asked", run);
		tale.Holds(!tale.SetupSince(0), "a setup started");
		foreach (var name in new[] { "MS01", "MS02", "MS03-of-the-second-site" })
			(tale[name].Done, tale[name].Broken) = (true, false);
		run = tale.Run("GW01", tale.Truthful());
		tale.Holds(tale["GW01"].Done, "not upgraded", run);
		tale.Holds(Records.Text(tale["GW01"], "upgrade-management-server@MS01")?.Contains("by-hand: true") == true,
			"the answer is not recorded on the computer that asked", run);
	}

	private static void NoRecord(Tale tale)
	{
		Prepared(tale);
		Programs.Upgraded(tale["MS01"], true);
		tale["MS01"].Broken = true;
		Stays(tale, tale.Truthful());
		Stays(tale, tale.Someone(_ => ""));
	}

	private static void Restart(Tale tale)
	{
		Prepared(tale);
		tale["MS01"].Fates.Enqueue(Fate.Restart);
		var run = tale.Run("MS01", tale.Truthful());
		tale.Holds(run.Code == 3010, "the run does not end with 3010", run);
		tale.Holds(Records.State(tale["MS01"], "upgrade-management-server@MS01") == "started", "done before the restart", run);
		run = tale.Run("MS01", tale.Truthful());
		tale.Holds(run.Code == 3010, "the restart was not waited for", run);
		Tale.Restarted(tale["MS01"]);
		tale["MS01"].Services["OMSDK"].State = "Stopped";
		run = tale.Run("MS01", tale.Truthful());
		tale.Holds(run.Code == 1 && run.Shown.Contains("OMSDK"), "a service that does not run was not seen", run);
		tale["MS01"].Services["OMSDK"].State = "Running";
		run = tale.Run("MS01", tale.Truthful());
		tale.Holds(Records.State(tale["MS01"], "upgrade-management-server@MS01") == "done", "not done after the restart", run);
	}

	private static void Nothing(Tale tale)
	{
		var nobody = tale.Someone(p => throw new Violation("asked: " + p));
		var run = tale.Run("MS01", nobody, ("WhatIf", true));
		tale.Holds(run.Code == 0 && !run.Shown.Contains("is done."), "-WhatIf says that all is done", run);
		tale.Holds(run.Shown.Contains("/DASAccountPassword:********"), "no line is shown", run);
		run = tale.Run("MS01", nobody, ("WhatIf", true), ("Server", "MS02"));
		tale.Holds(run.Code == 0 && run.Shown.Contains("MS02"), "another server is not shown", run);
		run = tale.Run("MS01", nobody, ("Server", "MS02"));
		tale.Holds(run.Code == 1, "another server is not refused", run);
		run = tale.Run("MS01", nobody, ("Step", "no-such-step"));
		tale.Holds(run.Code == 1, "a step that is none is not refused", run);
		var refuses = tale.Someone(p => throw new Violation("asked: " + p));
		refuses.Confirm = _ => 2;
		run = tale.Run("MS01", refuses, ("Confirm", true));
		tale.Holds(run.Code == 2 && !run.Shown.Contains("is done."), "-Confirm with No says that all is done", run);
		tale.Holds(tale.World.Events.Count == 0, "something was changed: " + tale.World.Events.FirstOrDefault());
		run = tale.Run("MS01", tale.Truthful(), ("Step", "review-event-logs@MS01"));
		tale.Holds(run.Code == 0 && !run.Shown.Contains("Everything"), "one step is taken for all", run);
		run = tale.Run("MS01", tale.Truthful(), ("Step", "upgrade-gateway@GW01.fabrikam.com"));
		tale.Holds(run.Code == 1, "a step of another computer is not refused", run);
	}

	private static void Note(Tale tale)
	{
		var plan = Path.Combine(Worlds.Scratch("seven-noted.yaml"));
		File.WriteAllText(plan, File.ReadAllText(Path.Combine(folder, "seven.yaml")) +
			"confirmed:\n  - { check: collation, by: 'CONTOSO\\anna', on: '2026-11-20', note: 'one more' }\n");
		tale.Everywhere(new Random(7), tale.Truthful(), nothing, 60);
		var noted = Tale.Render(plan);
		var events = tale.World.Events.Count;
		foreach (var computer in tale.World.Computers.Values)
		{
			var run = Play.Script(computer, @"C:\Users\anna\noted.ps1", noted, [],
				tale.Someone(p => throw new Violation("asked: " + p)));
			tale.Holds(run.Code == 0, "not done any more on " + computer.Name, run);
		}
		tale.Holds(tale.World.Events.Count == events, "something was done again");
	}

	private static void ServiceRuns(Tale tale)
	{
		Prepared(tale);
		tale["MS02"].Services["OMSDK"].State = "Running";
		var run = tale.Run("MS01", tale.Truthful());
		tale.Holds(run.Code == 2 && run.Shown.Contains("OMSDK runs on MS02"), "it goes on", run);
		tale.Holds(!tale.SetupSince(0), "a setup started");
	}
}
