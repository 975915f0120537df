// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
namespace Played;

public static class Worlds
{
	private static readonly Dictionary<string, Func<string, World>> known = new()
	{
		["twelve"] = Twelve.Build,
		["seven"] = Seven.Build,
		["automation"] = AutomationWorld.Build,
		["odd"] = Odd.Build,
		["odd-automation"] = Odd.BuildAutomation,
		["contoso"] = folder => Contoso.Build(folder, "english"),
		["contoso-german"] = folder => Contoso.Build(folder, "german"),
		["contoso-japanese"] = folder => Contoso.Build(folder, "japanese"),
		["troubled"] = Troubled.Build,
		["deployment"] = folder => Deployment.Build(folder, "english"),
		["deployment-japanese"] = folder => Deployment.Build(folder, "japanese"),
	};

	private static readonly string scratch = Directory.CreateTempSubdirectory("scupgrade-played.").FullName;
	private static int number;

	public static World Build(string name) => known[name](Path.Combine(scratch, $"world{++number}"));

	public static string Scratch(string name) => Path.Combine(scratch, name);

	public static void Clean() => Directory.Delete(scratch, true);
}

public static class Collector
{
	// The collector on each computer, unchanged; what it wrote is copied to FOLDER. What nothing answered is an error.
	public static IEnumerable<(string, List<string>)> Play(World world, string script, string folder)
	{
		Directory.CreateDirectory(folder);
		foreach (var computer in world.Computers.Values)
		{
			var errors = new List<string>();
			var facts = computer.Local(@"C:\Facts");
			Directory.CreateDirectory(facts);
			var before = Files(computer);
			var run = Played.Play.Script(computer, @"C:\Users\anna\collect-facts.ps1", script,
				new() { ["Path"] = @"C:\Facts" }, new Person());
			if (run.Ended is not null || (run.Exit ?? 0) != 0)
				errors.Add("it ended with " + (run.Ended?.Message ?? run.Code.ToString()) + ": " + run.Shown);
			var made = Files(computer).Except(before).ToList();
			if (made.Count != 1)
				errors.Add("it wrote " + made.Count + " files: " + string.Join(", ", made));
			foreach (var file in made)
			{
				File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), true);
				errors.AddRange(File.ReadLines(file).Where(l => l.Contains("why:") && l.Contains("pretended")));
			}
			errors.AddRange(world.Events.Select(e => "it changed something: " + e));
			world.Events.Clear();
			errors.AddRange(world.Violations);
			yield return (computer.FullName, errors);
		}
	}

	// What fails once in a while: each thing that the collector asks for on the computer NAME fails in turn, wherever it is
	// asked. It has to come to its end all the same, with one file; what it lacks then is said there, and the rest is there.
	public static IEnumerable<(string, List<string>)> Fail(Func<World> build, string script, string name, string folder)
	{
		Directory.CreateDirectory(folder);
		var asked = new List<string>();
		var whole = Keys(Once(build(), script, name, what => asked.Add(what), out _));
		var number = 0;
		foreach (var one in asked.Distinct().ToList())
		{
			var text = Once(build(), script, name, what =>
			{
				if (what == one)
					throw new InvalidOperationException("pretended to fail");
			}, out var errors);
			if (text is not null)
				File.WriteAllText(Path.Combine(folder, $"{++number:000}.facts.yaml"), text);
			errors.AddRange(Silent(whole, Keys(text)));
			yield return (one, errors);
		}
	}

	// Other ways to start it, and a group that is larger than what a file may hold.
	public static IEnumerable<(string, List<string>)> Odd(Func<World> build, string script, string name)
	{
		var whole = Once(build(), script, name, _ => { }, out var errors);
		yield return ("as usual", errors);

		var world = build();
		var printed = Run(world.Find(name), script, new() { ["Print"] = true });
		errors = Clean(printed, Files(world.Find(name)), 0);
		if (Lines(string.Join('\n', printed.Output)) != Lines(whole))
			errors.Add("-Print and the file differ");
		yield return ("-Print", errors);

		world = build();
		var without = Run(world.Find(name), script, new() { ["Print"] = true, ["NoGroup"] = true, ["NoSql"] = true, ["FolderDepth"] = 0 });
		errors = Clean(without, Files(world.Find(name)), 0);
		errors.AddRange(Keys(string.Join('\n', without.Output)).Keys.Where(k => k is "databases" or "replicas" or "folders" ||
			k.StartsWith("group.")).Select(k => k + " is there"));
		yield return ("-NoGroup -NoSql -FolderDepth 0", errors);

		world = build();
		world.Find(name).Is64Bit = false;
		var narrow = Run(world.Find(name), script, new() { ["Print"] = true });
		yield return ("in a 32-bit PowerShell", narrow.Ended?.Message.Contains("32-bit") == true ? [] : ["it ran"]);

		world = build();
		world.Find(name).Modules.Clear();
		errors = Clean(Run(world.Find(name), script, new() { ["Print"] = true }), Files(world.Find(name)), 0);
		yield return ("without the module", errors);

		world = build();
		var servers = world.Group.Servers;
		for (var number = 0; number < 21000; number++)
			world.Group.Agents.Add(new() { Name = $"by{number}.contoso.com", ManuallyInstalled = true, Primary = servers[number % 5] });
		var watch = System.Diagnostics.Stopwatch.StartNew();
		var many = Run(world.Find(name), script, new() { ["Print"] = true });
		errors = Clean(many, Files(world.Find(name)), 0);
		var lines = string.Join('\n', many.Output);
		if (lines.Split("{ name: 'by").Length - 1 > 20000 || !lines.Contains("group.manual-agents: cut after 20000 entries"))
			errors.Add("the list of agents is not cut");
		if (watch.Elapsed.TotalSeconds > 240)
			errors.Add($"it took {watch.Elapsed.TotalSeconds:0} seconds");
		yield return ("21,000 agents that were installed by hand", errors);
	}

	private static Run Run(Computer computer, string script, Dictionary<string, object> arguments) =>
		Played.Play.Script(computer, @"C:\Users\anna\collect-facts.ps1", script, arguments, new Person());

	// It came to its end and wrote so many files.
	private static List<string> Clean(Run run, HashSet<string> files, int wanted)
	{
		var errors = new List<string>();
		if (run.Ended is not null || (run.Exit ?? 0) != 0)
			errors.Add("it ended with " + (run.Ended?.Message ?? run.Exit.ToString()));
		var made = files.Count(f => f.EndsWith(".facts.yaml"));
		if (made != wanted)
			errors.Add("it wrote " + made + " files");
		return errors;
	}

	// Without the time, and the folder that only the file needs.
	private static string Lines(string text) => string.Join('\n', text.TrimEnd().Split('\n').Where(l => !l.StartsWith("collected:") &&
		!l.Contains(@"'C:\Facts'")));

	private static string Once(World world, string script, string name, Action<string> moment, out List<string> errors)
	{
		var computer = world.Find(name);
		Directory.CreateDirectory(computer.Local(@"C:\Facts"));
		errors = [];
		Here.Story = moment;
		var run = Played.Play.Script(computer, @"C:\Users\anna\collect-facts.ps1", script, new() { ["Path"] = @"C:\Facts" }, new Person());
		Here.Story = null;
		if (run.Ended is not null || (run.Exit ?? 0) != 0)
			errors.Add("it ended with " + (run.Ended?.Message ?? run.Code.ToString()) + ": " + run.Shown);
		var made = Directory.GetFiles(computer.Local(@"C:\Facts"));
		if (made.Length == 1)
			return File.ReadAllText(made[0]);
		errors.Add("it wrote " + made.Length + " files");
		return null;
	}

	// "group.name" and what stands there.
	private static Dictionary<string, string> Keys(string text)
	{
		var found = new Dictionary<string, string>();
		var (outer, key) = ("", "");
		foreach (var line in (text ?? "").Split('\n'))
		{
			var parts = System.Text.RegularExpressions.Regex.Match(line, "^( {0,2})([a-z0-9-]+):(.*)$");
			if (!parts.Success)
			{
				found[key] = found.GetValueOrDefault(key, "") + line;
				continue;
			}
			outer = parts.Groups[1].Length == 0 ? parts.Groups[2].Value : outer;
			key = parts.Groups[1].Length == 0 ? outer : outer + "." + parts.Groups[2].Value;
			found[key] = parts.Groups[3].Value;
		}
		return found;
	}

	// What is not there, or another one, without a word below "unread" about its first part.
	private static IEnumerable<string> Silent(Dictionary<string, string> whole, Dictionary<string, string> left)
	{
		var said = left.GetValueOrDefault("unread", "");
		var lost = whole.Keys.Where(k => !left.ContainsKey(k)).ToList();
		foreach (var key in lost.Where(k => !said.Contains("what: '" + k.Split('.')[0] + "'")))
			yield return key + " is lost without a word";
		if (lost.Count > 16)
			yield return "much is lost: " + string.Join(", ", lost);
	}

	private static HashSet<string> Files(Computer computer) =>
		[.. Directory.EnumerateFiles(computer.Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".ps1"))];
}
