// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// A FILE that ends in .json has steps, as "scupgrade steps --format json" gives them: their texts are taken.
// played sql FILE...                    T-SQL through the parsers of the oldest and the newest SQL Server
// played walk COMMANDS.TSV FILE...      what Windows PowerShell 4.0 does not have
// played collect WORLD SCRIPT FOLDER    the collector on each computer of a world; its files go to FOLDER
// played stories PLANS N SEED [PART]    the upgrades played: N random orders, the first of SEED; only stories with PART
//                                       in their name, or with "1/2" every second one. SCUPGRADE is the program that
//                                       renders the scripts
// played without PLANS                  the stories fail when what they are about is taken out of the script
// played fail WORLD SCRIPT COMPUTER FOLDER   each thing that the collector asks for there fails in turn
// played odd WORLD SCRIPT COMPUTER      the collector started in other ways, and many agents
// The last line is "N passed, N failed".
using System.Text.Json;
using System.Text.RegularExpressions;
using Played;

int passed = 0, failed = 0;

void Check(string what, List<string> errors)
{
	if (errors.Count == 0)
	{
		passed++;
		return;
	}
	failed++;
	Console.WriteLine(what + ":");
	foreach (var error in errors)
		Console.WriteLine("  " + error);
}

// What FILE has of one kind: label and text.
static IEnumerable<(string, string)> Texts(string file, string kind)
{
	if (!file.EndsWith(".json"))
		return [(Path.GetFileName(file), File.ReadAllText(file))];
	using var steps = JsonDocument.Parse(File.ReadAllText(file));
	return [.. steps.RootElement.EnumerateArray().Where(s => s.GetProperty("kind").GetString() == kind)
		.Select(s => (Path.GetFileName(file) + ": " + s.GetProperty("id").GetString(), s.GetProperty("text").GetString()))];
}

switch (args)
{
	case ["sql", .. var files]:
		foreach (var (label, text) in files.SelectMany(f => Texts(f, "sql")))
			// What nobody knows stands in such text as <operational database>, which no server takes.
			Check(label, Sql.Errors(Regex.Replace(text, "<[A-Za-z][A-Za-z0-9 .-]+>", "[x]")));
		break;
	case ["walk", var table, .. var files]:
		var walk = new Walk(table);
		Check("the pretended commands", walk.Pretended());
		foreach (var (label, text) in files.SelectMany(f => Texts(f, "powershell")))
			Check(label, walk.Errors(text, label));
		break;
	case ["collect", var name, var script, var folder]:
		foreach (var (label, errors) in Collector.Play(Worlds.Build(name), File.ReadAllText(script), folder))
			Check(label, errors);
		break;
	case ["stories", var plans, var seeds, var first, .. var only]:
		foreach (var (label, errors) in Stories.All(plans, int.Parse(seeds), int.Parse(first), string.Join(' ', only)))
			Check(label, errors);
		break;
	case ["without", var plans]:
		foreach (var (label, errors) in Mechanisms.TakenOut(plans))
			Check(label, errors);
		break;
	case ["fail", var name, var script, var computer, var folder]:
		foreach (var (label, errors) in Collector.Fail(() => Worlds.Build(name), File.ReadAllText(script), computer, folder))
			Check(label, errors);
		break;
	case ["odd", var name, var script, var computer]:
		foreach (var (label, errors) in Collector.Odd(() => Worlds.Build(name), File.ReadAllText(script), computer))
			Check(label, errors);
		break;
	default:
		Console.Error.WriteLine("usage: played sql FILE... | walk TABLE FILE... | collect WORLD SCRIPT FOLDER |\n"
			+ "       played stories PLANS N SEED [PART]");
		return 2;
}
Worlds.Clean();
Console.WriteLine($"{passed} passed, {failed} failed");
return failed == 0 ? 0 : 1;
