// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// Stands for System.Diagnostics.Process: programs of the pretended computer are played by Programs.
namespace Played;

public sealed class PretendedStart
{
	public PretendedStart() { }
	public PretendedStart(string file, string arguments) { FileName = file; Arguments = arguments; }
	public string FileName { get; set; } = "";
	public string Arguments { get; set; } = "";
	public bool UseShellExecute { get; set; } = true;
	public string WorkingDirectory { get; set; } = "";
	public bool RedirectStandardOutput { get; set; }
	public bool RedirectStandardError { get; set; }
	public bool CreateNoWindow { get; set; }
}

public sealed class PretendedProcess : IDisposable
{
	private readonly Running program;
	private readonly int? code;

	private PretendedProcess(Running program, int? code)
	{
		this.program = program;
		this.code = code;
	}

	public string ProcessName => Path.GetFileNameWithoutExtension(program.Image);
	public int Id => program.Id;
	public DateTime StartTime => program.Since;
	public PretendedModule MainModule => new() { FileName = program.CommandLine };
	// A program that hangs never ends; the person closes the window at some moment.
	public bool HasExited => code is not null;
	public int ExitCode => code ?? throw new InvalidOperationException("Process must exit before requested information can be determined.");

	public static PretendedProcess Start(PretendedStart start)
	{
		if (start.UseShellExecute)
			throw new Violation("started through the shell: " + start.FileName);
		Here.Moment("program " + start.FileName);
		var program = new Running
		{
			Image = PretendedPath.GetFileName(start.FileName).ToLowerInvariant(), Id = 4000 + Here.World.Events.Count,
			CommandLine = "\"" + start.FileName + "\" " + start.Arguments, Since = Here.World.Now,
		};
		if (!PretendedFile.Exists(start.FileName))
			throw new System.ComponentModel.Win32Exception(2, "The system cannot find the file specified");
		return new(program, Programs.Run(program, start));
	}

	public bool WaitForExit(int milliseconds)
	{
		Here.World.Now = Here.World.Now.AddMilliseconds(milliseconds);
		if (code is null)
			Here.Moment("waits");
		return code is not null;
	}

	public void WaitForExit()
	{
		while (!WaitForExit(1000)) { }
	}

	public void Refresh() { }
	public void Close() { }
	public void Dispose() { }

	public static PretendedProcess[] GetProcessesByName(string name) =>
		[.. Here.Computer.Programs.Where(p => Path.GetFileNameWithoutExtension(p.Image)
			.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(p => new PretendedProcess(p, null))];

	public static PretendedProcess[] GetProcesses() =>
		[.. Here.Computer.Programs.Select(p => new PretendedProcess(p, null))];

	public static PretendedProcess GetCurrentProcess() =>
		new(new Running { Image = "powershell.exe", Id = 3000, Since = Here.World.Now, CommandLine = "powershell.exe" }, null);
}

public sealed class PretendedModule
{
	public string FileName { get; init; }
}
