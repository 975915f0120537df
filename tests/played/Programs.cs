// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// Programs that scripts start on a pretended computer. Setups change builds and services early, as the real ones do,
// long before they end; what must never be is looked at here, when they start.
using System.Text.RegularExpressions;

namespace Played;

// What becomes of a setup: it ends well; a prerequisite fails; it fails when the build has changed; it takes the role
// away; it ends well and wants a restart, or makes one itself; it runs on and on.
public enum Fate { Good, Early, Late, Vanishes, Restart, RestartNow, Hangs }

public static class Programs
{
	// The code that it ended with; nothing: it runs on.
	public static int? Run(Running program, PretendedStart start) => program.Image switch
	{
		"powershell.exe" => Shell(start),
		"setup.exe" => Setup(program, start),
		"msiexec.exe" => Installer(program, start),
		_ => throw new Violation("a program that the tests do not know: " + start.FileName + " " + start.Arguments),
	};

	private static int? Shell(PretendedStart start)
	{
		Must(!Passwords.All.Any(start.Arguments.Contains), "a password in the list of processes");
		var path = Regex.Match(start.Arguments, "-File \"?([^\"]+)\"?$").Groups[1].Value;
		var text = File.ReadAllText(Paths.Local(path));
		var run = Play.Script(Here.Computer, path, text, [], Here.Person);
		if (run.Ended is not null)
			throw run.Ended;
		return run.Code;
	}

	public static Fate Next() => Here.Computer.Fates.TryDequeue(out var fate) ? fate : Fate.Good;

	private static void Must(bool holds, string what)
	{
		if (!holds)
			Here.World.Violated(Here.Computer.Name + ": " + what);
	}

	private static void Starts(Running program, string what)
	{
		var c = Here.Computer;
		c.World.Note(c.Name + ": " + what);
		Must(c.Programs.Count == 0, "a setup started where one runs");
		Must(!c.Done, "a setup started that was done");
		Must(!c.Broken || c.MayRepeat, "a failed setup was repeated by itself");
		Must(!Regex.IsMatch(program.CommandLine, "<[a-z-]+>"), "a placeholder in a line");
		c.MayRepeat = false;
	}

	// ---- Operations Manager ----

	private static int? Setup(Running program, PretendedStart start)
	{
		var c = Here.Computer;
		Starts(program, "setup");
		Must(start.Arguments.Contains("/silent") && start.Arguments.Contains("/upgrade"), "no silent upgrade");
		if (!c.Services.ContainsKey("OMSDK"))
			return Finish(c, program, Next());
		var servers = c.World.Computers.Values.Where(o => o.Services.ContainsKey("OMSDK") && o != c).ToList();
		var first = c.World.Computers.Values.First(o => o.Services.ContainsKey("OMSDK"));
		Must(c == first || first.Done, "a further management server started before the first one was done");
		foreach (var other in servers)
		{
			Must(other.Programs.Count == 0, "a setup started while one runs on " + other.Name);
			foreach (var service in new[] { "HealthService", "OMSDK", "cshost" })
				Must(other.Done || !other.Runs(service), service + " runs on " + other.Name);
		}
		Must(Regex.IsMatch(start.Arguments, "/DASAccountPassword:(\"?)" + Regex.Escape(Passwords.Das) + "\\1 "), "another password");
		return Finish(c, program, Next());
	}

	private static int? Finish(Computer c, Running program, Fate fate)
	{
		if (fate == Fate.Early)
		{
			c.Broken = true;
			return 14;
		}
		Upgraded(c, fate != Fate.Late && fate != Fate.Hangs);
		c.Broken = fate is Fate.Late or Fate.Vanishes or Fate.Hangs;
		c.Done = fate is Fate.Good or Fate.Restart or Fate.RestartNow;
		switch (fate)
		{
			case Fate.Vanishes:
				Vanish(c);
				return 1;
			case Fate.Late:
				return 1;
			case Fate.Restart or Fate.RestartNow:
				return Pending(c, fate);
			case Fate.Hangs:
				c.Programs.Add(program);
				return null;
			default:
				return 0;
		}
	}

	// A restart is wanted, or has begun.
	public static int Pending(Computer c, Fate fate)
	{
		c.Set(@"SYSTEM\CurrentControlSet\Control\Session Manager", "PendingFileRenameOperations", new[] { "x" });
		return fate == Fate.Restart ? 3010 : 1641;
	}

	// Builds of the target, and the services: after a failure they run as well, which is what misleads.
	public static void Upgraded(Computer c, bool whole)
	{
		var node = c.World.Group.Server(c.FullName);
		foreach (var value in new[] { "ServerVersion", "UIVersion" })
		{
			if (c.Get(Operations.Setup, value) is not null)
				c.Set(Operations.Setup, value, Operations.Target);
		}
		foreach (var listed in c.Registry.Find(@"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall").Keys.Values)
		{
			if (listed.Value("DisplayName")?.ToString().StartsWith("System Center Operations Manager") == true)
				listed.Values["DisplayVersion"] = Operations.Target;
		}
		foreach (var file in c.Files.Keys.Where(f => f.EndsWith("HealthService.dll")).ToList())
			c.Files[file] = Operations.AgentTarget;
		foreach (var file in c.Files.Keys.Where(f => f.EndsWith("OMTraceTMFVer.Dll") || f.EndsWith("OMVersion.dll")).ToList())
			c.Files[file] = Operations.Target;
		// This upgrade resets what was set by hand.
		c.Registry.Find(@"SYSTEM\CurrentControlSet\Services\HealthService\Parameters")?.Values.Remove("Persistence Cache Maximum");
		if (c.Get(Operations.Setup, "DataWarehouseDBServerName") is not null)
			c.Set(Operations.Setup, "DataWarehouseDBServerName", "");
		if (node is not null)
			node.Version = node.IsGateway ? Operations.AgentTarget : Operations.Target;
		if (c.Services.ContainsKey("OMSDK"))
		{
			foreach (var service in new[] { "HealthService", "OMSDK", "cshost" })
				c.Services[service].State = "Running";
		}
	}

	private static void Vanish(Computer c)
	{
		c.Registry.Find(Operations.Setup)?.Values.Remove("ServerVersion");
		foreach (var service in new[] { "OMSDK", "cshost", "HealthService" })
		{
			if (c.Services.TryGetValue(service, out var found))
				found.State = "Stopped";
			c.Registry.Find(@"SYSTEM\CurrentControlSet\Services\" + service)?.Values.Remove("ImagePath");
		}
	}

	// ---- Windows Installer ----

	private static int? Installer(Running program, PretendedStart start)
	{
		var c = Here.Computer;
		var words = Regex.Match(start.Arguments, "^/([ix]) (?:\"([^\"]+)\"|(\\S+))");
		var package = words.Groups[2].Value + words.Groups[3].Value;
		Must(words.Success && start.Arguments.Contains("/qn"), "no silent line of Windows Installer");
		if (!package.EndsWith("MOMGateway.msi") && !package.EndsWith("MOMAgent.msi"))
			return Automations.Package(program, words.Groups[1].Value == "i", PretendedPath.GetFileNameWithoutExtension(package), start.Arguments);
		Starts(program, "msiexec");
		Must(c.World.Computers.Values.Where(o => o.Services.ContainsKey("OMSDK")).All(o => o.Done),
			"a gateway server or agent started before all management servers were done");
		return Finish(c, program, Next());
	}

	// ---- what ends at once ----

	// wevtutil epl LOG FILE: a file that is there already is an error.
	public static int ExportLog(object[] words)
	{
		Here.Moment("exports a log");
		var file = Paths.Local(words[2].ToString());
		if (File.Exists(file))
			return 183;
		File.WriteAllText(file, "events");
		return 0;
	}

	public static string[] Netsh(object[] words) => ["SSL Certificate bindings:", "IP:port : 0.0.0.0:9090"];

	public static string[] Net(object[] words) => ["Members", @"CONTOSO\SMA Admins"];
}

// The passwords of the pretended accounts: with all that lines have to carry, and found nowhere afterwards.
public static class Passwords
{
	public const string Das = "Das-pa$$w0rd-of-the-test", Reader = "Reader-%pw%-of-the-test", Sma = "Sma-^pw&-of-the-test";
	public const string Key = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE";
	public static readonly string[] All = [Das, Reader, Sma, Key];
}

// Records of steps that a script writes into the registry.
public static class Records
{
	public static void Written(Computer computer, string key, string name, object value)
	{
		if (!key.Contains(@"\SOFTWARE\scupgrade\", StringComparison.OrdinalIgnoreCase))
			return;
		computer.World.Note(computer.Name + ": record " + name + " " + value);
		if (Passwords.All.Any(p => value.ToString().Contains(p)))
			computer.World.Violated("a password in a record");
	}

	// The state that the record of a step has on a computer; nothing when there is none.
	public static string State(Computer computer, string step) => Text(computer, step) is { } text ?
		Regex.Match(text, "state: ([a-z]+)").Groups[1].Value : null;

	public static string Text(Computer computer, string step) =>
		All(computer.Registry.Find(@"SOFTWARE\scupgrade")).FirstOrDefault(r => r.Key == step).Value?.ToString();

	public static IEnumerable<KeyValuePair<string, object>> All(Key key) => key is null ? [] :
		key.Values.Concat(key.Keys.Values.SelectMany(All));
}
