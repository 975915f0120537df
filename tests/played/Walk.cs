// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// What Windows PowerShell 4.0 and .NET Framework 4.5 do not have must not stand in a script: its syntax tree is walked.
// Commands and parameters have to be those of commands.tsv, classes and members those of the reference assemblies.
using System.Management.Automation.Language;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Played;

public sealed class Walk
{
	private static readonly HashSet<string> common = new(StringComparer.OrdinalIgnoreCase)
	{
		"Verbose", "Debug", "ErrorAction", "WarningAction", "ErrorVariable", "WarningVariable", "OutVariable", "OutBuffer",
		"PipelineVariable",
	};

	// Parameters that the provider adds, which no reference page lists with the command.
	private static readonly HashSet<string> provided = new(StringComparer.OrdinalIgnoreCase)
	{
		"Set-ItemProperty -Type", "Get-ChildItem -File", "Get-ChildItem -Directory", "Get-Content -Encoding",
		"Get-Content -Raw", "Get-Content -Tail", "Set-Content -Encoding", "Add-Content -Encoding",
	};

	private static readonly HashSet<string> programs = new(StringComparer.OrdinalIgnoreCase)
	{
		"wevtutil.exe", "netsh.exe", "net.exe",
	};

	private readonly Dictionary<string, HashSet<string>> commands = new(StringComparer.OrdinalIgnoreCase);
	// Of the product, after its first release: scripts use it only where Get-Command shows it, and it may be pretended.
	private readonly HashSet<string> later = new(StringComparer.OrdinalIgnoreCase);
	private readonly Dictionary<string, HashSet<string>> types = new(StringComparer.OrdinalIgnoreCase);
	private readonly HashSet<string> members = new(StringComparer.OrdinalIgnoreCase);
	private readonly List<string> found = [];
	private string label;

	public Walk(string table)
	{
		foreach (var line in File.ReadLines(table).Where(l => l.Length > 0 && l[0] != '#'))
		{
			var columns = line.Split('\t');
			if (columns[2] == "-")
				continue;
			if (!commands.TryGetValue(columns[1], out var known))
				commands[columns[1]] = known = new(StringComparer.OrdinalIgnoreCase);
			known.UnionWith(columns[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
			if (columns[0] == "OperationsManager" && columns.Length > 3)
				later.UnionWith(columns[3].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => columns[1] + " " + p));
		}
		foreach (var assembly in Directory.GetFiles(Net45(), "*.dll"))
			Read(assembly);
	}

	private static string Net45() => typeof(Walk).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
		.First(a => a.Key == "Net45").Value;

	private void Read(string assembly)
	{
		using var reader = new PEReader(File.OpenRead(assembly));
		if (!reader.HasMetadata)
			return;
		var data = reader.GetMetadataReader();
		foreach (var handle in data.TypeDefinitions)
		{
			var type = data.GetTypeDefinition(handle);
			if ((type.Attributes & System.Reflection.TypeAttributes.VisibilityMask) != System.Reflection.TypeAttributes.Public)
				continue;
			var full = data.GetString(type.Namespace) + "." + data.GetString(type.Name).Split('`')[0];
			if (!types.TryGetValue(Loader.Short(full), out var names))
				types[Loader.Short(full)] = names = new(StringComparer.OrdinalIgnoreCase);
			names.UnionWith(type.GetMethods().Select(m => data.GetString(data.GetMethodDefinition(m).Name)));
			names.UnionWith(type.GetProperties().Select(p => data.GetString(data.GetPropertyDefinition(p).Name)));
			names.UnionWith(type.GetFields().Select(f => data.GetString(data.GetFieldDefinition(f).Name)));
			members.UnionWith(names);
		}
	}

	private void Add(Ast where, string what) =>
		found.Add($"{label}:{where.Extent.StartLineNumber}: {what}: {where.Extent.Text.Split('\n')[0].Trim()}");

	// "file:line: what: text" for each thing that is not there.
	public List<string> Errors(string text, string name)
	{
		label = name;
		found.Clear();
		var script = Parser.ParseInput(text, out var tokens, out var errors);
		foreach (var error in errors)
			found.Add($"{label}:{error.Extent.StartLineNumber}: {error.Message}");
		foreach (var node in script.FindAll(_ => true, true))
			Look(node);
		var own = script.FindAll(a => a is FunctionDefinitionAst, true).Cast<FunctionDefinitionAst>().ToLookup(f => f.Name,
			StringComparer.OrdinalIgnoreCase);
		foreach (CommandAst command in script.FindAll(a => a is CommandAst, true))
			Look(command, own);
		foreach (var token in tokens.Where(t => t is StringExpandableToken && (t.Text.Contains("`u{") || t.Text.Contains("`e"))))
			found.Add($"{label}:{token.Extent.StartLineNumber}: an escape of later versions: {token.Text}");
		return [.. found];
	}

	private void Look(Ast node)
	{
		var newer = node switch
		{
			TernaryExpressionAst => "?:",
			PipelineChainAst => "&& and ||",
			UsingStatementAst => "using",
			TypeDefinitionAst => "class and enum",
			PipelineAst { Background: true } => "&",
			BinaryExpressionAst { Operator: TokenKind.QuestionQuestion } => "??",
			AssignmentStatementAst { Operator: TokenKind.QuestionQuestionEquals } => "??=",
			MemberExpressionAst { NullConditional: true } => "?.",
			IndexExpressionAst { NullConditional: true } => "?[]",
			ForEachStatementAst { Flags: not ForEachFlags.None } => "foreach -parallel",
			_ => null,
		};
		if (newer is not null)
			Add(node, newer + " is not in 4.0");
		if (node is TypeExpressionAst or TypeConstraintAst)
			LookType(node);
		if (node is MemberExpressionAst { Member: StringConstantExpressionAst member } use)
			LookMember(use, member.Value);
	}

	private static readonly HashSet<string> accelerators = new(StringComparer.OrdinalIgnoreCase)
	{
		"array", "bool", "byte", "char", "decimal", "double", "hashtable", "int", "long", "object", "ordered", "pscredential",
		"pscustomobject", "psobject", "ref", "regex", "scriptblock", "string", "switch", "uint32", "uint64", "void", "xml",
	};

	private static string Name(ITypeName type) => type switch
	{
		ArrayTypeName array => Name(array.ElementType),
		GenericTypeName generic => Name(generic.TypeName),
		_ => Loader.Short(type.FullName),
	};

	// Classes of PowerShell and of the products are in no reference assembly of .NET.
	private static bool Outside(string name) => accelerators.Contains(name) || name.StartsWith("Management.Automation.",
		StringComparison.OrdinalIgnoreCase) || name.StartsWith("Microsoft.EnterpriseManagement.", StringComparison.OrdinalIgnoreCase);

	private void LookType(Ast node)
	{
		var name = Name(node is TypeExpressionAst e ? e.TypeName : ((TypeConstraintAst)node).TypeName);
		if (!Outside(name) && !types.ContainsKey(name))
			Add(node, "no class of .NET 4.5");
	}

	private void LookMember(MemberExpressionAst use, string name)
	{
		if (use is { Static: true, Expression: TypeExpressionAst type })
		{
			var owner = Name(type.TypeName);
			if (types.TryGetValue(owner, out var known) && !known.Contains(name))
				Add(use, "no member of .NET 4.5");
		}
		else if (use is InvokeMemberExpressionAst && !members.Contains(name) && !Products.Contains(name))
		{
			Add(use, "a method of no class of .NET 4.5");
		}
	}

	// Methods of the products' objects and of PowerShell's own.
	private static readonly HashSet<string> Products = new(StringComparer.OrdinalIgnoreCase)
	{
		"GetFailoverManagementServers", "GetPrimaryManagementServer", "GetPartialAgentManagedComputers", "StopMaintenanceMode", "GetNetworkCredential",
		"GetUnresolvedProviderPathFromPSPath", "ShouldProcess", "ParseFile", "ParseInput", "InvokeScript",
	};

	private void Look(CommandAst command, ILookup<string, FunctionDefinitionAst> own)
	{
		var name = command.GetCommandName();
		if (name is null || own.Contains(name))
			return;
		if (programs.Contains(name))
			return;
		if (!commands.TryGetValue(name, out var known))
		{
			Add(command, "no command of 4.0 or the product in commands.tsv");
			return;
		}
		foreach (var parameter in command.CommandElements.OfType<CommandParameterAst>())
		{
			var given = parameter.ParameterName;
			if (!known.Contains(given) && !common.Contains(given) && !provided.Contains(name + " -" + given))
				Add(parameter, name + " has no such parameter");
		}
	}

	// Commands that the tests pretend, with parameters that the real ones do not have.
	public List<string> Pretended()
	{
		found.Clear();
		foreach (var (name, body) in Play.Commands().Where(c => !programs.Contains(c.Item1)))
		{
			label = name;
			var parsed = Parser.ParseInput(body, out _, out _);
			if (!commands.TryGetValue(name, out var known))
				Add(parsed, "not in commands.tsv");
			foreach (var parameter in parsed.ParamBlock?.Parameters ?? [])
			{
				if (known?.Contains(parameter.Name.VariablePath.UserPath) == false &&
					!later.Contains(name + " " + parameter.Name.VariablePath.UserPath))
					Add(parameter, "the real one has no such parameter");
			}
		}
		return [.. found];
	}
}
