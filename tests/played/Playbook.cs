// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// What the playbook runs on a host, played as its module does: parameters by name, a variable for what comes back.
using System.Collections;
using System.Text.RegularExpressions;

namespace Played;

public static class Playbook
{
	private const string Step = "upgrade-management-server@MS01", Key = @"SOFTWARE\scupgrade\operations-manager\CONTOSO\2012-r2-2016";
	private static string look, step;

	private static string Look => look ??= Prepared("look.ps1");
	private static string Do => step ??= Prepared("step.ps1");

	// The module gives the variable before, and takes it back behind.
	private static string Prepared(string name)
	{
		var folder = Worlds.Scratch("playbook");
		Tale.Start("render", "ansible", "--force", "-o", folder, Path.Combine(Stories.Plans, "seven.yaml"));
		var text = File.ReadAllText(Path.Combine(folder, "windows", name));
		var head = Regex.Match(text, @"^param\([^)]*\)\n", RegexOptions.Multiline);
		return text[..(head.Index + head.Length)] + "$Ansible = [pscustomobject] @{ Result = @{ }; Changed = $true }\n. {\n" +
			text[(head.Index + head.Length)..] + "}\n$Ansible.Result\n";
	}

	private static Run Play(Computer computer, string text, params (string, object)[] words)
	{
		var run = Played.Play.Script(computer, @"C:\Users\anna\playbook.ps1", text,
			words.Prepend(("Key", Key)).ToDictionary(w => w.Item1, w => w.Item2), new Person());
		run.Output = [.. run.Output.Where(o => o is not null)];
		return run;
	}

	private static object Member(Run run, string name)
	{
		var found = run.Output.OfType<Hashtable>().LastOrDefault()?[name];
		return found is System.Management.Automation.PSObject wrapped ? wrapped.BaseObject : found;
	}

	private static IDictionary Build() => new Dictionary<string, object>
	{
		["key"] = @"SOFTWARE\Microsoft\Microsoft Operations Manager\3.0\Setup", ["value"] = "ServerVersion", ["target"] = "7.2.0.0",
	};

	public static void Looks(Tale tale)
	{
		var c = tale["MS01"];
		var run = Play(c, Look, ("Build", Build()), ("Services", new object[] { "OMSDK", "nothing" }), ("Files", new object[] { @"D:\no.exe" }));
		tale.Holds(run.Ended is null, "it does not end", run);
		tale.Holds(Member(run, "build")?.ToString().StartsWith("7.1.") == true, "the build is " + Member(run, "build"), run);
		tale.Holds(Text(Member(run, "stopped")) == "nothing", "stopped: " + Text(Member(run, "stopped")), run);
		tale.Holds(Text(Member(run, "missing")) == @"D:\no.exe", "missing: " + Text(Member(run, "missing")), run);
		tale.Holds(Member(run, "busy") is false && Member(run, "pending") is false, "busy, or a restart is pending", run);
		tale.Holds(Regex.IsMatch(Member(run, "boot")?.ToString() ?? "", "^20..-..-..T..:..:..Z$"), "boot: " + Member(run, "boot"), run);
		tale.Holds(Member(run, "records") is Hashtable { Count: 0 }, "records where none are", run);
		c.Busy = true;
		tale.Holds(Member(Play(c, Look), "busy") is true, "another run is not seen");
		c.Busy = false;
		tale.Holds(tale.World.Events.Count == 0, "looking changes something: " + tale.World.Events.FirstOrDefault());
		var worker = new Tale("automation", "")["WRK01"];
		run = Play(worker, Look, ("Build", new Dictionary<string, object> { ["product"] = "*Service Management Automation Runbook Worker*" }));
		tale.Holds(Member(run, "build")?.ToString() is { Length: > 4 }, "no build of an installed program", run);
		run = Play(tale["GW02"], Look, ("Build", new Dictionary<string, object> { ["service"] = "HealthService", ["file"] = "HealthService.dll" }));
		tale.Holds(Member(run, "build")?.ToString().StartsWith("7.1.") == true, "the build of a file is " + Member(run, "build"), run);
	}

	private static string Text(object list) => string.Join(",", (list as IEnumerable)?.Cast<object>() ?? []);

	// What the playbook records the script takes for done, and the other way round.
	public static void Shared(Tale tale)
	{
		var c = tale["MS01"];
		const string id = "review-event-logs@MS01";
		tale.Run(c, tale.Truthful(), ("Step", id));
		var own = Records.Text(c, id);
		var run = Play(c, Look);
		tale.Holds((Member(run, "records") as Hashtable)?[id]?.ToString() == own && own.Contains("state: done"), "not seen", run);
		var digest = Regex.Match(own, "digest: '([^']+)'").Groups[1].Value;
		Play(c, Do, ("Step", id), ("Digest", digest), ("State", "done"), ("ByHand", true), ("Note", "it's so"));
		var other = Records.Text(c, id);
		var shape = new Regex("'(?:[^']|'')*'|true|false");
		tale.Holds(shape.Replace(own, "x") == shape.Replace(other, "x"), "another shape: " + other);
		tale.Holds(other.Contains("by-hand: true") && other.Contains("note: 'it''s so'"), "not as it was said: " + other);
		run = tale.Run(c, tale.Someone(p => throw new Violation("asked: " + p)), ("Step", id));
		tale.Holds(run.Code == 0, "the script does not take it", run);
	}

	private static Run Start(Computer c, string program = @"D:\setup.exe")
	{
		Environment.SetEnvironmentVariable("SCUPGRADE_LINE", "/silent /upgrade /AcceptEndUserLicenseAgreement:1 " +
			@"/DASAccountUser:CONTOSO\svc-das /DASAccountPassword:""" + Passwords.Das + @""" /DataReaderUser:CONTOSO\svc-reader " +
			@"/DataReaderPassword:""" + Passwords.Reader + @"""");
		return Play(c, Do, ("Step", Step), ("Digest", "0123456789abcdef"), ("ByHand", false), ("Note", "build 7.1"),
			("Before", Records.Text(c, Step) ?? ""), ("Program", program));
	}

	public static void Runs(Tale tale)
	{
		var ends = new (Fate Fate, string State, string Note)[]
		{
			(Fate.Early, "failed", "exit code 14"), (Fate.Late, "failed", "exit code 1"),
			(Fate.Restart, "started", "restart after exit code 3010"), (Fate.Good, "started", "ended with exit code 0, not looked at yet"),
		};
		foreach (var (fate, state, note) in ends)
		{
			var one = new Tale("seven", "");
			foreach (var name in new[] { "MS02", "MS03-of-the-second-site" })
			{
				foreach (var service in new[] { "HealthService", "OMSDK", "cshost" })
					one[name].Services[service].State = "Stopped";
			}
			one["MS01"].Fates.Enqueue(fate);
			var run = Start(one["MS01"]);
			var record = Records.Text(one["MS01"], Step) ?? "";
			tale.Holds(record.Contains("state: " + state) && record.Contains("note: '" + note + "'"), fate + ": " + record, run);
			tale.Holds(one.World.Events.Any(e => e.Contains("record " + Step) && e.Contains("build 7.1")), "nothing says that it starts", run);
			tale.Holds(!run.Shown.Contains(Passwords.Das), "the password comes back", run);
			tale.Holds(Environment.GetEnvironmentVariable("SCUPGRADE_LINE") is null or "", "programs inherit the line");
			tale.Wrong.AddRange(one.World.Violations);
		}
		var missing = Start(tale["MS01"], @"D:\no.exe");
		tale.Holds(Records.Text(tale["MS01"], Step)?.Contains("it could not be started: ") == true, "no record says so", missing);
	}

	public static void Says(Tale tale)
	{
		var c = tale["MS01"];
		Run Say(string text) => Play(c, Do, ("Step", "x"), ("Digest", "0"), ("ByHand", false), ("Before", Records.Text(c, "x") ?? ""), ("Text", text));
		var run = Say("'one'\n@(1, 2) | ForEach-Object { [pscustomobject] @{ Number = $_ } } | Format-Table | Out-Host\nWrite-Warning 'three'\n");
		tale.Holds(run.Output.OfType<string>().Any(o => o == "one") && run.Output.OfType<string>().Any(o => o.Contains("Number")) &&
			run.Output.OfType<string>().Any(o => o.Contains("three")), "not all of it comes back", run);
		tale.Holds(Records.Text(c, "x").Contains("note: 'ran without an error"), "no record: " + Records.Text(c, "x"), run);
		run = Say("throw 'it went wrong'\n");
		tale.Holds(Member(run, "fault")?.ToString() == "it went wrong", "no fault comes back", run);
		tale.Holds(Records.State(c, "x") == "failed", "no record says failed", run);
	}

	public static void Beside(Tale tale)
	{
		var c = tale["MS01"];
		c.Busy = true;
		var run = Start(c);
		tale.Holds(!tale.SetupSince(0) && Records.Text(c, Step) is null, "it starts beside another run", run);
		c.Busy = false;
		Play(c, Do, ("Step", Step), ("Digest", "0"), ("State", "started"), ("ByHand", false), ("Note", ""));
		Environment.SetEnvironmentVariable("SCUPGRADE_LINE", "/silent");
		run = Play(c, Do, ("Step", Step), ("Digest", "0"), ("ByHand", false), ("Note", ""), ("Before", ""), ("Program", @"D:\setup.exe"));
		tale.Holds(!tale.SetupSince(0), "it starts although the record changed meanwhile", run);
	}
}
