// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// Programs that scripts start on a pretended computer.
namespace Played;

public static class Programs
{
	// The code that it ended with; nothing: it runs on.
	public static int? Run(Running program, PretendedStart start) =>
		throw new Violation("a program that the tests do not know: " + start.FileName + " " + start.Arguments);

	// wevtutil epl LOG FILE: a file that is there already is an error.
	public static int ExportLog(object[] words)
	{
		var file = Paths.Local((string)words[2]);
		Here.Moment("exports a log");
		if (File.Exists(file))
			return 183;
		File.WriteAllText(file, "events");
		return 0;
	}

	public static string[] Netsh(object[] words) => ["SSL Certificate bindings:", "IP:port : 0.0.0.0:9090"];

	public static string[] Net(object[] words) => ["Members", @"CONTOSO\SMA Admins"];
}

// Records of steps that a script writes into the registry.
public static class Records
{
	public static void Written(Computer computer, string key, string name, object value)
	{
		if (key.Contains(@"\SOFTWARE\scupgrade\", StringComparison.OrdinalIgnoreCase))
			computer.World.Note(computer.Name + ": record " + name + " " + value);
	}
}
