// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// Setups of management servers that fail, hang, or are not known to be done: nothing goes on by itself.
namespace Played;

public static class Failures
{
	// Everything on the servers that comes before the first setup, and the other ones' stopped services.
	private static void Prepared(Tale tale)
	{
		var person = tale.Truthful();
		foreach (var name in new[] { "MS02", "MS03-of-the-second-site", "WEB01" })
			tale.Run(name, person);
	}

	// Nobody is asked into a second setup: not by running on, nor on another computer.
	private static void Stays(Tale tale, Person person)
	{
		var events = tale.World.Events.Count;
		foreach (var computer in tale.World.Computers.Values)
			tale.Run(computer, person);
		tale.Holds(!tale.SetupSince(events), "a setup started all the same");
	}

	public static void FirstFails(Tale tale)
	{
		Prepared(tale);
		tale["MS01"].Fates.Enqueue(Fate.Late);
		var run = tale.Run("MS01", tale.Truthful());
		tale.Holds(run.Code == 1, "the run does not end with 1", run);
		tale.Holds(tale["MS01"].Broken, "the setup did not start", run);
		tale.Holds(Records.State(tale["MS01"], "upgrade-management-server@MS01") == "failed", "no record says failed", run);
		Stays(tale, tale.Truthful());
	}

	public static void Repeated(Tale tale)
	{
		FirstFails(tale);
		tale["MS01"].MayRepeat = true;
		var run = tale.Run("MS01", tale.Truthful());
		tale.Holds(tale["MS01"].Done, "the setup was not repeated", run);
		tale.Everywhere(new Random(1), tale.Truthful(), Jobs.Nothing, 300);
		tale.Upgraded();
	}

	public static void ByHand(Tale tale)
	{
		FirstFails(tale);
		Tale.Repaired(tale["MS01"]);
		var run = tale.Run("MS01", tale.Truthful());
		tale.Holds(Records.Text(tale["MS01"], "upgrade-management-server@MS01").Contains("by-hand: true"), "not marked by hand", run);
		tale.Everywhere(new Random(1), tale.Truthful(), Jobs.Nothing, 300);
		tale.Upgraded();
	}

	public static void Vanishes(Tale tale)
	{
		Prepared(tale);
		tale["MS01"].Fates.Enqueue(Fate.Vanishes);
		tale.Run("MS01", tale.Truthful());
		tale.Holds(tale["MS01"].Broken, "the setup did not start");
		var run = tale.Run("MS01", tale.Someone(p => p.StartsWith("Type") ? "MS01 repeat" : tale.Truth(p)));
		tale.Holds(run.Code == 1 && run.Shown.Contains("restore"), "it does not say that a restore is due", run);
		Stays(tale, tale.Someone(p => p.Contains("MS01 done") ? "MS01 done" : tale.Truth(p)));
	}

	public static void Careless(Tale tale)
	{
		FirstFails(tale);
		foreach (var answer in new[] { "", " ", "yes", "y", "done", "repeat", "MS01", "all" })
			Stays(tale, tale.Someone(_ => answer));
		tale.Holds(!tale.World.Events.Any(e => e.Contains("record upgrade") && e.Contains("state: done")), "an answer counted");
	}

	public static void Refuted(Tale tale)
	{
		Prepared(tale);
		tale["MS01"].Fates.Enqueue(Fate.Early);
		tale.Run("MS01", tale.Truthful());
		tale.Holds(tale["MS01"].Broken, "the setup did not start");
		Stays(tale, tale.Someone(p => p.StartsWith("Type") ? "MS01 done" : tale.Truth(p)));
	}

	public static void Hangs(Tale tale)
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
		tale.Everywhere(new Random(1), tale.Truthful(), Jobs.Nothing, 300);
		tale.Upgraded();
	}

	public static void Hidden(Tale tale)
	{
		// Every build is that of the target, but nothing is done.
		foreach (var name in new[] { "MS01", "MS02", "MS03-of-the-second-site" })
			Programs.Upgraded(tale[name], true);
		var careless = tale.Someone(prompt => prompt.StartsWith("Do it, then") ? "done" : "yes");
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

	public static void NoRecord(Tale tale)
	{
		Prepared(tale);
		Programs.Upgraded(tale["MS01"], true);
		tale["MS01"].Broken = true;
		Stays(tale, tale.Truthful());
		Stays(tale, tale.Someone(_ => ""));
	}

	public static void Restart(Tale tale, Fate fate)
	{
		Prepared(tale);
		tale["MS01"].Fates.Enqueue(fate);
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

	public static void ServiceRuns(Tale tale)
	{
		Prepared(tale);
		tale["MS02"].Services["OMSDK"].State = "Running";
		var run = tale.Run("MS01", tale.Truthful());
		tale.Holds(run.Code == 2 && run.Shown.Contains("OMSDK runs on MS02"), "it goes on", run);
		tale.Holds(!tale.SetupSince(0), "a setup started");
	}
}
