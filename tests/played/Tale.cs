// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// What a story is told with: a world, the script that the program rendered for its plan, and people who answer.
using System.Diagnostics;

namespace Played;

public sealed class Tale
{
	public readonly World World;
	public readonly List<string> Wrong = [];
	private string script;
	// What is taken out of every script, and what comes into its place; and whether it was there.
	public static (string, string) Without;
	public static bool Found;

	public string Script
	{
		get => script;
		set
		{
			var (text, instead) = Without;
			Found = text is not null && value.Contains(text);
			script = Found ? value.Replace(text, instead) : value;
		}
	}

	public Tale(string world, string script)
	{
		World = Worlds.Build(world);
		Script = script;
	}

	// What "scupgrade render powershell PLAN" gives.
	public static string Render(string plan) => Start("render", "powershell", plan);

	public static string Start(params string[] words)
	{
		var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("SCUPGRADE"), words)
			{ RedirectStandardOutput = true, RedirectStandardError = true };
		using var program = Process.Start(start);
		var errors = program.StandardError.ReadToEndAsync();
		var text = program.StandardOutput.ReadToEnd();
		program.WaitForExit();
		return program.ExitCode == 0 ? text : throw new InvalidOperationException("render: " + errors.Result);
	}

	public Computer this[string name] => World.Find(name) ?? throw new InvalidOperationException("no computer " + name);

	public Run Run(string name, Person person, params (string, object)[] arguments) =>
		Run(this[name], person, arguments);

	public Run Run(Computer computer, Person person, params (string, object)[] arguments)
	{
		var run = Play.Script(computer, @"C:\Users\anna\upgrade.ps1", Script,
			arguments.ToDictionary(a => a.Item1, a => a.Item2), person);
		if (Environment.GetEnvironmentVariable("PLAYED_SHOW") is not null)
			Console.WriteLine("==== " + computer.Name + ": " + run.Code + "\n" + run.Shown);
		Wrong.AddRange(World.Violations);
		World.Violations.Clear();
		Kept();
		if (run.Ended is not null and not CutOff)
			Wrong.Add(computer.Name + ": " + run.Ended.Message + "\n" + Tail(run.Shown));
		return run;
	}

	public static string Tail(string text) => string.Join('\n', text.Split('\n').TakeLast(14).Select(l => "      " + l));

	public void Holds(bool holds, string what, Run run = null)
	{
		if (!holds)
			Wrong.Add(what + (run is null ? "" : "\n" + Tail(run.Shown)));
	}

	// Whether a setup was started on a computer since the events that were counted.
	public bool SetupSince(int events, string name = "") =>
		World.Events.Skip(events).Any(e => e.StartsWith(name) && (e.EndsWith(": setup") || e.EndsWith(": msiexec")));

	public static void Restarted(Computer c)
	{
		c.Registry.Find(@"SYSTEM\CurrentControlSet\Control\Session Manager").Values.Remove("PendingFileRenameOperations");
		c.Row("Win32_OperatingSystem")["LastBootUpTime"] = DateTime.UtcNow.AddSeconds(2);
	}

	// Somebody went to the computer and brought its setup to an end by hand.
	public static void Repaired(Computer c)
	{
		Programs.Upgraded(c, true);
		(c.Done, c.Broken) = (true, false);
		c.Programs.Clear();
	}

	// ---- people ----

	// One who does what is asked, and says what is so.
	public Person Truthful() => Someone(Truth);

	public Person Someone(Func<string, string> answer) => new()
	{
		Answer = answer,
		Passwords = new(StringComparer.OrdinalIgnoreCase)
		{
			[@"CONTOSO\svc-das"] = Passwords.Das, [@"CONTOSO\svc-reader"] = Passwords.Reader,
			[@"CONTOSO\svc-sma"] = Passwords.Sma, [@"CONTOSO\svc-smaweb"] = Passwords.Sma,
			["product-key"] = Passwords.Key,
			[@"CONTOSO\svc-das & 'co"] = Passwords.Das, [@"CONTOSO\svc-reader $x"] = Passwords.Reader,
			[@"CONTOSO\svc-sma $x"] = Passwords.Sma, [@"CONTOSO\svc-sma & 'web"] = Passwords.Sma,
		},
	};

	public string Truth(string prompt)
	{
		if (prompt.StartsWith("run it here"))
			return "run";
		if (prompt.StartsWith("Do it, then") || prompt.StartsWith("Look, then") || prompt.StartsWith("Run it on those"))
			return "done";
		if (prompt.StartsWith("Type the one that these agents reach"))
			return "";
		if (prompt.StartsWith("Go on"))
			return prompt.Contains("restart") ? "no" : "yes";
		var named = System.Text.RegularExpressions.Regex.Match(prompt, "[Tt]ype \"(\\S+) (repeat|done|stopped)\"");
		if (!named.Success)
			throw new Violation("nobody expected the question: " + prompt);
		var there = this[named.Groups[1].Value];
		if (named.Groups[2].Value == "stopped")
			return there.Runs("OMSDK") ? "no" : named.Groups[1].Value + " stopped";
		if (there.Done)
			return named.Groups[1].Value + " done";
		if (there.Registry.Find(@"SOFTWARE\Microsoft\ServiceManagementAutomation") is not null)
			return Look(there, named.Groups[1].Value, named.Groups[2].Value);
		if (named.Groups[2].Value == "repeat" && there.MayRepeat)
			return named.Groups[1].Value + " repeat";
		// The window was closed before the setup came up: its log says that nothing ran.
		if (named.Groups[2].Value == "repeat" && there == Here.Computer && !there.Broken && there.Services.ContainsKey("HealthService"))
			return named.Groups[1].Value + " repeat";
		return there == Here.Computer && !there.Broken && !there.Services.ContainsKey("HealthService") ? named.Groups[1].Value + " done" : "no";
	}

	// What was started or failed there, and how that ended, is to be seen on the computer.
	private static string Look(Computer there, string name, string word)
	{
		var open = Records.All(there.Registry.Find(@"SOFTWARE\scupgrade")).Select(r => r.Key)
			.FirstOrDefault(step => Records.State(there, step) is "started" or "failed" && step.Contains("install-"));
		if (open is null || there != Here.Computer)
			return "no";
		return name + (Automations.Did(there, open) ? " done" : word == "repeat" ? " repeat" : " no");
	}

	// What was saved of before the upgrade, on any computer: it is never changed any more, nor taken away.
	private readonly Dictionary<string, string> saved = [];

	private void Kept()
	{
		foreach (var computer in World.Computers.Values)
		{
			var before = Path.Combine(computer.Folder, "C", "scupgrade-before");
			if (!Directory.Exists(before))
				continue;
			foreach (var file in Directory.GetFiles(before, "*", SearchOption.AllDirectories))
				saved.TryAdd(file, File.ReadAllText(file));
		}
		foreach (var (file, text) in saved.Where(s => !File.Exists(s.Key) || File.ReadAllText(s.Key) != s.Value).ToList())
		{
			Wrong.Add("what was saved is not kept: " + file);
			saved.Remove(file);
		}
	}

	// ---- the whole job ----

	// Runs the script on computers in a random order until all of them are done. After a restart that it asks for
	// Windows is restarted; AFTER says what a person does when a step failed.
	public bool Everywhere(Random random, Person person, Action<Computer, Run> after, int most)
	{
		var open = World.Computers.Values.ToList();
		Run last = null;
		for (var turn = 0; turn < most && open.Count > 0 && Wrong.Count == 0; turn++)
		{
			var computer = open[random.Next(open.Count)];
			last = Run(computer, person);
			if (last.Code == 0 && last.Ended is null)
				open.Remove(computer);
			else if (last.Code == 3010 || computer.Get(@"SYSTEM\CurrentControlSet\Control\Session Manager", "PendingFileRenameOperations") is not null)
				Restarted(computer);
			else if (last.Code == 1 || last.Ended is CutOff)
				after(computer, last);
		}
		Holds(open.Count == 0, "not done: " + string.Join(", ", open.Select(c => c.Name)), last);
		return open.Count == 0;
	}

	// What the plan promised.
	public void Upgraded()
	{
		foreach (var c in World.Computers.Values)
		{
			if (!c.Services.ContainsKey("HealthService"))
				continue;
			Holds(c.Done, c.Name + " is not upgraded");
			foreach (var service in c.Services.Values)
				Holds(service.State == "Running" || service.Name == "msiserver", service.Name + " does not run on " + c.Name);
		}
		foreach (var one in World.Group.Subscriptions)
			Holds(one.Enabled == (one.DisplayName != "Old pager"), "subscription " + one.DisplayName + " is not as before");
		Holds(!Secrets().Any(), "a password in " + string.Join(", ", Secrets()));
	}

	// The same for an automation deployment, whose jobs had DRAIN seconds to end.
	public void Automated(int drain)
	{
		foreach (var c in World.Computers.Values.Where(c => World.Automation.Workers.Contains(c.Name)))
			Holds(c.Runs("rbsvc"), "the runbook worker does not run on " + c.Name);
		foreach (var c in World.Computers.Values)
			Holds(!Automations.Old(c), "something of the old release is left on " + c.Name);
		Holds(World.Group.Instances.All(i => !i.InMaintenanceMode), "maintenance mode is left on");
		Holds(World.Automation.DrainTimeInSeconds == drain, "the time to drain is not as before");
		Holds(!Secrets().Any(), "a password in " + string.Join(", ", Secrets()));
	}

	// Files of the pretended computers that hold a password.
	private IEnumerable<string> Secrets() => Directory.EnumerateFiles(World.Folder, "*", SearchOption.AllDirectories)
		.Where(f => Passwords.All.Any(File.ReadAllText(f).Contains));
}
