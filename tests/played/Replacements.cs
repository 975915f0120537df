// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// Stories of an automation deployment: removed everywhere, then installed.
namespace Played;

public static class Replacements
{
	private static readonly string[] workers = ["WRK01", "WRK02"];

	// Everything before the first removal.
	private static void Prepared(Tale tale)
	{
		foreach (var name in new[] { "WRK01", "WRK02", "MS01", "WRK01", "WRK02" })
			tale.Run(name, tale.Truthful());
	}

	private static bool Changed(Tale tale, int events, string what) =>
		tale.World.Events.Skip(events).Any(e => e.Contains(": " + what));

	// Whoever answers without having looked lets nothing be installed, and nothing more be removed on the same computer.
	private static void Careless(Tale tale, string failed)
	{
		var events = tale.World.Events.Count;
		foreach (var answer in new[] { "", " ", "yes", "done", "repeat", failed })
		{
			foreach (var computer in tale.World.Computers.Values.Where(c => c.Name != failed))
				tale.Run(computer, tale.Someone(p => p.Contains(failed) ? answer : tale.Truth(p)));
		}
		tale.Holds(!Changed(tale, events, "installs"), "something was installed all the same");
	}

	public static void Fails(Tale tale, Fate fate)
	{
		var drain = tale.World.Automation.DrainTimeInSeconds;
		Prepared(tale);
		tale["WEB01"].Fates.Enqueue(fate);
		var run = tale.Run("WEB01", tale.Truthful());
		tale.Holds(run.Code == 1 && run.Shown.Contains("1603"), "the run does not end with 1", run);
		tale.Holds(Records.State(tale["WEB01"], "uninstall-web-service@WEB01") == "failed", "no record says failed", run);
		Careless(tale, "WEB01");
		tale.Everywhere(new Random(1), tale.Truthful(), Jobs.Nothing, 300);
		tale.Automated(drain);
	}

	public static void Hangs(Tale tale)
	{
		Prepared(tale);
		tale["WEB01"].Fates.Enqueue(Fate.Hangs);
		Here.Story = what =>
		{
			if (what == "waits")
				throw new CutOff();
		};
		tale.Run("WEB01", tale.Truthful());
		Here.Story = null;
		tale.Holds(tale["WEB01"].Programs.Count == 1, "the removal did not start");
		var events = tale.World.Events.Count;
		var run = tale.Run("WEB01", tale.Someone(p => throw new Violation("asked while a package is under way: " + p)));
		tale.Holds(run.Code == 2 && run.Shown.Contains("Windows Installer"), "it does not say what runs", run);
		tale.Holds(tale.World.Events.Count == events, "something was done beside it");
		Careless(tale, "WEB01");
		tale["WEB01"].Programs.Clear();
		tale.Everywhere(new Random(1), tale.Truthful(), Jobs.Nothing, 300);
		tale.Automated(600);
	}

	public static void Hidden(Tale tale)
	{
		Prepared(tale);
		foreach (var name in workers)
			tale["WEB01"].Unreachable.Add(name);
		var careless = tale.Someone(p => p.StartsWith("If you have seen") ? "yes" : tale.Truth(p));
		var run = tale.Run("WEB01", careless);
		tale.Holds(run.Code == 2 && careless.Asked.Any(p => p.Contains("WRK01 done")), "nobody was asked", run);
		tale.Holds(!Changed(tale, 0, "removes"), "something was removed");
		run = tale.Run("WEB01", tale.Someone(p => p.StartsWith("If you have seen") && !Changed(tale, 0, "removes") ?
			System.Text.RegularExpressions.Regex.Match(p, "\"(.*?)\"").Groups[1].Value :
			p.StartsWith("If you have seen") ? "no" : tale.Truth(p)));
		tale.Holds(Changed(tale, 0, "removes"), "nothing was removed after the right answer", run);
		tale.Holds(Records.Text(tale["WEB01"], "stop-runbook-worker@WRK01")?.Contains("by-hand: true") == true,
			"the answer is not recorded on the computer that asked", run);
	}

	// Nothing of it is there, and nobody recorded that it was removed.
	public static void NoRecord(Tale tale)
	{
		Prepared(tale);
		tale["WEB01"].Registry.Find(@"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall").Keys
			.Remove("{10000000-0000-0000-0000-000000000002}");
		foreach (var answer in new[] { "", "yes", "done" })
		{
			var run = tale.Run("WEB01", tale.Someone(p => p.StartsWith("Type") ? answer : tale.Truth(p)));
			tale.Holds(run.Code == 2 && run.Shown.Contains("no record says that it was removed"), "it goes on", run);
		}
		tale.Holds(Records.State(tale["WEB01"], "uninstall-web-service@WEB01") is null, "an answer counted");
		var truth = tale.Run("WEB01", tale.Someone(p => p.StartsWith("Type") ? "WEB01 done" : tale.Truth(p)));
		tale.Holds(Records.Text(tale["WEB01"], "uninstall-web-service@WEB01")?.Contains("by-hand: true") == true, "not marked by hand", truth);
	}

	public static void Nothing(Tale tale)
	{
		var nobody = tale.Someone(p => throw new Violation("asked: " + p));
		foreach (var computer in tale.World.Computers.Values)
		{
			var run = tale.Run(computer, nobody, ("WhatIf", true));
			tale.Holds(run.Code == 0 && !run.Shown.Contains("is done."), "-WhatIf says that all is done", run);
			nobody.Confirm = _ => 2;
			run = tale.Run(computer, nobody, ("Confirm", true));
			tale.Holds(run.Code == 2 && !run.Shown.Contains("is done."), "-Confirm with No says that all is done", run);
		}
		tale.Holds(tale.Run("WRK01", nobody, ("Server", "WRK02")).Code == 1, "another server is not refused");
		tale.Holds(tale.Run("WRK01", nobody, ("Step", "stop-runbook-worker@WRK02")).Code == 1, "a step of another computer is not refused");
		tale.Holds(tale.World.Events.Count == 0, "something was changed: " + tale.World.Events.FirstOrDefault());
		var one = tale.Run("WRK01", tale.Truthful(), ("Step", "capture-settings@WRK01"));
		tale.Holds(one.Code == 0 && !one.Shown.Contains("Everything"), "one step is taken for all", one);
		tale.Holds(tale.World.Events.All(e => e.Contains("capture-settings")), "more than the one step was done");
	}

	public static void Note(Tale tale)
	{
		tale.Everywhere(new Random(7), tale.Truthful(), Jobs.Nothing, 300);
		Harmless.Same(tale, "automation", "acknowledged:\n" +
			"  - { check: worker-windows, servers: [WRK01], by: 'CONTOSO\\anna', on: '2026-11-20', note: 'one more' }\n");
	}
}
