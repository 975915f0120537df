// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// What must change nothing: looking, refusing, another computer, and words in the plan that no step runs.
namespace Played;

public static class Harmless
{
	public static void Nothing(Tale tale)
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

	// MORE at the end of the plan of WORLD, rendered and run again: nobody is asked, nothing is done.
	public static void Same(Tale tale, string world, string more)
	{
		var plan = Path.Combine(tale.World.Folder, world + "-noted.yaml");
		File.WriteAllText(plan, File.ReadAllText(Path.Combine(Stories.Plans, world + ".yaml")) + more);
		tale.Script = Tale.Render(plan);
		tale.Holds(tale.Script != Stories.Script(world), "the row is not in the plan");
		var events = tale.World.Events.Count;
		foreach (var computer in tale.World.Computers.Values)
		{
			var run = tale.Run(computer, tale.Someone(p => throw new Violation("asked: " + p)));
			tale.Holds(run.Code == 0, "not done any more on " + computer.Name, run);
		}
		tale.Holds(tale.World.Events.Count == events, "something was done again");
	}

	public static void Note(Tale tale, string check)
	{
		tale.Everywhere(new Random(7), tale.Truthful(), Jobs.Nothing, 300);
		Same(tale, "seven", $"confirmed:\n  - {{ check: {check}, by: 'CONTOSO\\anna', on: '2026-11-20', note: 'one more' }}\n");
	}
}
