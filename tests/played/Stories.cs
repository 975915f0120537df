// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// The stories of an upgrade that must hold, and who tells them.
namespace Played;

public static class Stories
{
	private static readonly (string World, string Name, Action<Tale> Tell)[] told =
	[
		("seven", "the first one fails after its build changed", Failures.FirstFails),
		("seven", "the first one fails, and a person lets it be repeated", Failures.Repeated),
		("seven", "the first one is finished by hand, and a person says so", Failures.ByHand),
		("seven", "its role vanishes", Failures.Vanishes),
		("seven", "careless answers never count", Failures.Careless),
		("seven", "a false answer that the computer refutes", Failures.Refuted),
		("seven", "a setup is killed half way and runs on", Failures.Hangs),
		("seven", "the first one cannot be seen from a gateway server", Failures.Hidden),
		("seven", "a build of the target without a record", Failures.NoRecord),
		("seven", "a restart is asked for, and looked behind", t => Failures.Restart(t, Fate.Restart)),
		("seven", "a setup restarts Windows, and it is looked behind", t => Failures.Restart(t, Fate.RestartNow)),
		("seven", "a service that runs elsewhere is refused", Failures.ServiceRuns),
		("seven", "agents fail over to the gateway server that a person chose", Jobs.Failover),
		("seven", "nothing is changed by -WhatIf, -Confirm, -Step, -Server", Harmless.Nothing),
		("seven", "one more note in the plan changes no record", t => Harmless.Note(t, "collation")),
		("seven", "a later upgrade keeps lists of its own", Later.Twice),
		("seven", "a window is closed before the service reads what was put back", Later.CutShort),
		("seven", "what nobody recorded is not put back", Later.Unrecorded),
		("automation", "automation: a later upgrade keeps its own time to drain", Later.AutomationTwice),
		("seven", "pushed agents are repaired without APM", Later.WithoutApm),
		("odd", "one management server with strange names", Jobs.Small),
		("odd-automation", "one automation computer with strange names", Jobs.SmallAutomation),
		("automation", "automation: a package fails before it changed anything", t => Replacements.Fails(t, Fate.Early)),
		("automation", "automation: a package fails after it changed everything", t => Replacements.Fails(t, Fate.Late)),
		("automation", "automation: a removal runs on when the window is closed", Replacements.Hangs),
		("automation", "automation: the workers cannot be seen from the web service", Replacements.Hidden),
		("automation", "automation: what Windows lists and no record knows", Replacements.NoRecord),
		("automation", "automation: nothing is changed by -WhatIf, -Confirm, -Step, -Server", Replacements.Nothing),
		("automation", "automation: one more row in the plan changes no record", Replacements.Note),
		("seven", "playbook: a host is looked at", Playbook.Looks),
		("seven", "playbook: a record is the script's", Playbook.Shared),
		("seven", "playbook: a program between two records", Playbook.Runs),
		("seven", "playbook: a text between two records", Playbook.Says),
		("seven", "playbook: nothing starts beside another run", Playbook.Beside),
		("twelve", "from the collector to the proof", Journey.Whole),
		("automation", "automation: from the collector to the proof", Journey.Automation),
	];

	public static string Plans;
	private static readonly Dictionary<string, string> scripts = [];

	// The script of the plan beside the world.
	public static string Script(string world)
	{
		if (!scripts.TryGetValue(world, out var script))
			scripts[world] = script = Tale.Render(Path.Combine(Plans, world + ".yaml"));
		return script;
	}

	// ONLY: the name, or a part of it, or "1/2": every second one, from the first.
	public static IEnumerable<(string, List<string>)> All(string plans, int seeds, int first, string only)
	{
		Plans = plans;
		var all = told.ToList();
		for (var seed = first; seed < first + seeds; seed++)
		{
			var number = seed;
			all.Add(("twelve", $"the whole job in random order, seed {number}", t => Jobs.Whole(t, new Random(number))));
			all.Add(("seven", $"the whole job with failures, seed {number}", t => Jobs.Trouble(t, new Random(number))));
			all.Add(("automation", $"automation in random order, seed {number}", t => Jobs.Replaced(t, new Random(number))));
			all.Add(("automation", $"automation with failures, seed {number}", t => Jobs.Harassed(t, new Random(number))));
		}
		var share = only.Split('/');
		var exact = all.Any(story => story.Name == only);
		return (share.Length == 2 ? all.Where((_, number) => number % int.Parse(share[1]) == int.Parse(share[0]) - 1) :
			all.Where(story => exact ? story.Name == only : story.Name.Contains(only))).Select(story => (story.Name, Told(story.World, story.Tell)));
	}

	private static List<string> Told(string world, Action<Tale> tell)
	{
		Tale tale = null;
		try
		{
			tale = new(world, Script(world));
			tell(tale);
			return tale.Wrong;
		}
		catch (Exception e)
		{
			return [.. tale?.Wrong ?? [], e.ToString()];
		}
		finally
		{
			Here.Story = null;
			if (Environment.GetEnvironmentVariable("PLAYED_KEEP") is null && tale is not null)
				Directory.Delete(tale.World.Folder, true);
		}
	}
}
