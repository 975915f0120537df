// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
namespace Played;

public static class Worlds
{
	private static readonly Dictionary<string, Func<string, World>> known = new()
	{
		["twelve"] = Twelve.Build,
		["automation"] = AutomationWorld.Build,
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
			if (run.Ended is not null || run.Code != 0)
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

	private static HashSet<string> Files(Computer computer) =>
		[.. Directory.EnumerateFiles(computer.Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".ps1"))];
}
