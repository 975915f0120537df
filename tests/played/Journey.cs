// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// The whole way: the collector on each computer, a plan made from its files, that plan's script played to the end, the
// collector again, and the program that compares what is with what the plan promised.
using System.Diagnostics;

namespace Played;

public static class Journey
{
	// What the program says to the words, and the status it ends with.
	private static (int Code, string Said) Program(params string[] words)
	{
		var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("SCUPGRADE"), words)
			{ RedirectStandardOutput = true, RedirectStandardError = true };
		using var program = Process.Start(start);
		var errors = program.StandardError.ReadToEndAsync();
		var text = program.StandardOutput.ReadToEnd();
		program.WaitForExit();
		return (program.ExitCode, text + errors.Result);
	}

	private static void Collected(Tale tale, string folder)
	{
		var (code, script) = Program("facts-script");
		tale.Holds(code == 0, "no collector");
		var events = tale.World.Events.ToList();
		foreach (var facts in tale.World.Computers.Values.Select(c => c.Local(@"C:\Facts")).Where(Directory.Exists))
			Directory.Delete(facts, true);
		foreach (var (computer, errors) in Collector.Play(tale.World, script, folder))
			tale.Wrong.AddRange(errors.Where(e => !e.StartsWith("it changed something")).Select(e => computer + ": " + e));
		tale.World.Events.AddRange(events);
	}

	private static void Way(Tale tale, string product, string[] answers, Action after, string promised)
	{
		var plan = Path.Combine(tale.World.Folder, "made.yaml");
		string before = Path.Combine(tale.World.Folder, "before.facts"), end = Path.Combine(tale.World.Folder, "end.facts");
		Collected(tale, before);
		var made = Program(["new", product, "--from", before, "-o", plan, .. answers]);
		tale.Holds(made.Code == 0, "no plan: " + made.Said);
		var check = Program("check", "--facts", before, plan);
		tale.Holds(check.Code == 0, "the plan from the facts is not right: " + check.Said);
		tale.Script = Tale.Render(plan);
		if (!tale.Everywhere(new Random(1), tale.Truthful(), Jobs.Nothing, 400))
			return;
		after();
		Collected(tale, end);
		if (!Program("check", "--help").Said.Contains("--after"))
			return;
		var proof = Program("check", "--after", "--facts", end, plan);
		tale.Holds(proof.Code == 0, "the end is not what the plan promised: " + proof.Said);
		// One server that was left behind is seen.
		var old = Directory.GetFiles(before).First(f => Path.GetFileName(f).StartsWith(promised));
		File.Copy(old, Path.Combine(end, Path.GetFileName(old)), true);
		proof = Program("check", "--after", "--facts", end, plan);
		tale.Holds(proof.Said.Contains(promised), "a server that was left behind is not seen: " + proof.Said);
	}

	public static void Whole(Tale tale) => Way(tale, "operations-manager",
		["license-accepted=true", @"setup-folder=D:\", @"accounts.data-reader.user=CONTOSO\svc-reader",
			"servers=CON01.contoso.com:operations-console", "servers=APP01.contoso.com:agent"],
		() =>
		{
			tale.Upgraded();
			// The person who approved the agents waited until they had their new build.
			foreach (var agent in tale.World.Group.Agents)
				agent.Version = Operations.AgentTarget;
		}, "MS03");

	public static void Automation(Tale tale) => Way(tale, "service-management-automation",
		[@"media-folder=D:\SMA", @"source-media-folder=E:\SMA2012R2", @"database.backup-file=E:\Backup\SMA.bak",
			@"accounts.application-pool.user=CONTOSO\svc-smaweb", "monitoring.operations-manager=true", "monitoring.management-server=MS01", "monitoring.minutes=120"],
		() => tale.Automated(600), "WRK02");
}
