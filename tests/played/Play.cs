// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// One run of a script on one pretended computer, in a PowerShell of its own.
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Played;

public sealed class Run
{
	// What the program ends with; nothing when it was cut off.
	public int? Code;
	// What it said itself by exit; nothing when it came to its end without.
	public int? Exit;
	public string Shown;
	public List<object> Output = [];
	// Why it was cut off, or fell over.
	public Exception Ended;
}

// Raised by a story at a moment of its choice: the window was closed, or the computer went down.
public sealed class CutOff : Exception;

public static class Play
{
	private static readonly Dictionary<string, string> general = Functions("windows.ps1");
	private static readonly Dictionary<string, Dictionary<string, string>> modules = new(StringComparer.OrdinalIgnoreCase)
	{
		["OperationsManager"] = Functions("operationsmanager.ps1"),
		["Microsoft.SystemCenter.ServiceManagementAutomation"] = Functions("automation.ps1"),
	};

	private static Dictionary<string, string> Functions(string resource)
	{
		using var stream = typeof(Play).Assembly.GetManifestResourceStream(resource);
		var text = new StreamReader(stream).ReadToEnd();
		var script = Parser.ParseInput(text, out _, out var errors);
		if (errors.Length > 0)
			throw new Violation(resource + ":" + errors[0].Extent.StartLineNumber + ": " + errors[0].Message);
		return script.EndBlock.Statements.OfType<FunctionDefinitionAst>().ToDictionary(f => f.Name,
			f => f.Body.Extent.Text[1..^1], StringComparer.OrdinalIgnoreCase);
	}

	// Functions and parameters of the pretended commands, for the comparison with commands.tsv.
	public static IEnumerable<(string, string)> Commands() =>
		modules.Values.Prepend(general).SelectMany(f => f).Select(f => (f.Key, f.Value));

	private static InitialSessionState Session(Computer computer)
	{
		var session = InitialSessionState.CreateDefault();
		session.Providers.Add(new SessionStateProviderEntry("Registry", typeof(RegistryProvider), null));
		session.Providers.Add(new SessionStateProviderEntry("Store", typeof(StoreProvider), null));
		var known = general.AsEnumerable();
		foreach (var (module, functions) in modules)
		{
			if (computer.Modules.Contains(module))
				known = known.Concat(functions);
		}
		foreach (var (name, body) in known)
			session.Commands.Add(new SessionStateFunctionEntry(name, body));
		// Linux's own way out of the pretended Windows.
		session.Variables.Add(new SessionStateVariableEntry("IsWindows", true, null, ScopedItemOptions.Constant));
		return session;
	}

	// Reading a script takes most of a run: what PowerShell made of a text stands in for the same text again.
	private static readonly Dictionary<string, ScriptBlock> read = [];
	private static readonly PropertyInfo block = typeof(ExternalScriptInfo).GetProperty("ScriptBlock");
	private static readonly MethodInfo clone = typeof(ScriptBlock).GetMethod("Clone", BindingFlags.Instance | BindingFlags.NonPublic);

	private static ExternalScriptInfo Read(Runspace space, string local, string text)
	{
		var found = space.SessionStateProxy.InvokeCommand.GetCommand(local, CommandTypes.ExternalScript);
		if (!read.TryGetValue(text, out var known))
			read[text] = known = ((ExternalScriptInfo)found).ScriptBlock;
		block.SetValue(found, clone.Invoke(known, null));
		return (ExternalScriptInfo)found;
	}

	// The path of the script is one of the pretended computer; what it has on the disk is the text as loaded.
	public static Run Script(Computer computer, string path, string text, Dictionary<string, object> arguments, Person person)
	{
		var before = (Here.Computer, Here.Person, Here.Host);
		Windows.Enter(computer);
		Here.Person = person;
		Sdk.Forget();
		var run = new Run();
		var host = Here.Host ??= new PlayedHost(person);
		host.Exit = null;
		var local = Path.Combine(computer.World.Folder, "loaded", PretendedPath.GetFileName(path));
		Directory.CreateDirectory(Path.GetDirectoryName(local));
		File.WriteAllText(local, Loader.Load(text, Path.GetFileName(local)), new System.Text.UTF8Encoding(true));
		try
		{
			using var space = RunspaceFactory.CreateRunspace(host, Session(computer));
			space.ThreadOptions = PSThreadOptions.UseCurrentThread;
			space.Open();
			Enter(space, computer);
			using var shell = PowerShell.Create(space);
			shell.AddCommand(Read(space, local, text));
			foreach (var (name, value) in arguments)
				shell.AddParameter(name, value);
			shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
			foreach (var item in shell.Invoke())
				Keep(run, host, item);
			run.Exit = host.Exit ?? space.SessionStateProxy.GetVariable("LASTEXITCODE") as int?;
			run.Code = run.Exit ?? (shell.HadErrors ? 1 : 0);
		}
		catch (Exception e)
		{
			run.Ended = Cause(e);
		}
		if (Here.Cut)
			run.Ended = new CutOff();
		host.Exit = null;
		run.Shown = host.Shown;
		if (run.Ended is not null and not CutOff)
			run.Shown += "\n" + run.Ended.Message;
		(_, Here.Person, Here.Host) = before;
		if (before.Host is null)
			Here.Cut = false;
		else
			Windows.Enter(before.Computer);
		return run;
	}

	private static void Keep(Run run, PlayedHost host, PSObject item)
	{
		run.Output.Add(item?.BaseObject);
		host.UI.WriteLine(item?.ToString() ?? "");
	}

	// PowerShell wraps what was raised in the world.
	private static Exception Cause(Exception e)
	{
		for (var inner = e; inner is not null; inner = inner.InnerException)
		{
			if (inner is CutOff or Violation)
				return inner;
		}
		return e;
	}

	private static void Enter(Runspace space, Computer computer)
	{
		var drives = space.SessionStateProxy;
		drives.Drive.New(new PSDriveInfo("Cert", drives.Provider.GetOne("Store"), "Certificates", "", null), "global");
		foreach (var drive in computer.Drives)
		{
			var root = Path.Combine(computer.Folder, drive.ToString());
			var provider = drives.Provider.GetOne("FileSystem");
			drives.Drive.New(new PSDriveInfo(drive.ToString(), provider, root, "", null), "global");
		}
		drives.Path.SetLocation(@"C:\Users\anna");
	}
}
