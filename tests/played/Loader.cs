// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// Puts the pretended classes into the place of those that only Windows has. Nothing else of a script is touched; a
// class on neither list fails.
using System.Management.Automation.Language;

namespace Played;

public static class Loader
{
	private static readonly Dictionary<string, Type> pretended = new(StringComparer.OrdinalIgnoreCase)
	{
		["Microsoft.Win32.RegistryKey"] = typeof(PretendedRegistryKey),
		["IO.File"] = typeof(PretendedFile),
		["IO.Path"] = typeof(PretendedPath),
		["IO.Directory"] = typeof(PretendedDirectory),
		["IO.DirectoryInfo"] = typeof(PretendedFolder),
		["Environment"] = typeof(PretendedEnvironment),
		["Diagnostics.Process"] = typeof(PretendedProcess),
		["Diagnostics.ProcessStartInfo"] = typeof(PretendedStart),
		["Diagnostics.FileVersionInfo"] = typeof(PretendedFileVersion),
		["Security.Principal.WindowsIdentity"] = typeof(PretendedIdentity),
		["Security.Principal.WindowsPrincipal"] = typeof(PretendedPrincipal),
		["Security.Principal.NTAccount"] = typeof(PretendedAccount),
		["Security.Principal.SecurityIdentifier"] = typeof(PretendedAccount),
		["Net.NetworkInformation.IPGlobalProperties"] = typeof(PretendedNetwork),
		["Net.Dns"] = typeof(PretendedDns),
		["Threading.Mutex"] = typeof(PretendedMutex),
		["Data.SqlClient.SqlConnection"] = typeof(PretendedConnection),
		["Data.SqlClient.SqlConnectionStringBuilder"] = typeof(PretendedConnectionString),
		["Microsoft.EnterpriseManagement.Common.TraversalDepth"] = typeof(TraversalDepth),
	};

	// The same everywhere.
	private static readonly HashSet<string> everywhere = new(StringComparer.OrdinalIgnoreCase)
	{
		"Array", "bool", "byte", "char", "Convert", "DateTime", "DBNull", "decimal", "double", "GC", "Guid", "hashtable", "int",
		"long", "Math", "object", "ordered", "pscustomobject", "psobject", "ref", "regex", "scriptblock", "string",
		"StringComparer", "StringComparison", "switch", "TimeSpan", "uint32", "uint64", "version", "void", "xml",
		"BitConverter", "Exception", "Collections.ArrayList", "Collections.Hashtable", "Collections.IDictionary",
		"Collections.Specialized.OrderedDictionary", "Collections.Generic.List", "Collections.Generic.HashSet",
		"Diagnostics.Stopwatch", "Globalization.CultureInfo", "Globalization.DateTimeStyles", "Globalization.NumberStyles",
		"IO.FileAttributes", "IO.IOException", "Management.Automation.Language.Parser", "Management.Automation.PSCredential",
		"Microsoft.Win32.RegistryHive", "Microsoft.Win32.RegistryView", "Microsoft.Win32.RegistryValueKind",
		"Security.Cryptography.SHA256", "Security.Cryptography.SHA256Managed", "Security.Principal.WindowsBuiltInRole",
		"Security.SecureString", "Text.Encoding", "Text.RegularExpressions.Regex", "Text.RegularExpressions.RegexOptions",
		"Text.StringBuilder", "Text.UTF8Encoding", "Text.UnicodeEncoding", "Threading.WaitHandleCannotBeOpenedException", "Threading.AbandonedMutexException",
		"UnauthorizedAccessException", "Xml.XmlDocument",
	};

	public static string Short(string name) =>
		name.StartsWith("System.", StringComparison.OrdinalIgnoreCase) ? name["System.".Length..] : name;

	// The types that a script names: the place of the name, and the name.
	public static IEnumerable<(IScriptExtent, string)> Types(Ast script)
	{
		foreach (var found in script.FindAll(a => a is TypeExpressionAst or TypeConstraintAst, true))
		{
			var type = found is TypeExpressionAst e ? e.TypeName : ((TypeConstraintAst)found).TypeName;
			while (type is ArrayTypeName array)
				type = array.ElementType;
			if (type is not GenericTypeName generic)
			{
				yield return (type.Extent, type.FullName);
				continue;
			}
			yield return (generic.TypeName.Extent, generic.TypeName.FullName);
			foreach (var argument in generic.GenericArguments)
				yield return (argument.Extent, argument.FullName);
		}
		foreach (CommandAst command in script.FindAll(a => a is CommandAst, true))
		{
			if (!"New-Object".Equals(command.GetCommandName(), StringComparison.OrdinalIgnoreCase))
				continue;
			var named = command.CommandElements.OfType<StringConstantExpressionAst>().Skip(1).FirstOrDefault()
				?? throw new Violation("New-Object with a name that cannot be read: " + command.Extent.Text);
			yield return (named.Extent, named.Value);
		}
	}

	private static readonly Dictionary<string, string> loaded = [];

	public static string Load(string text, string label)
	{
		if (!loaded.TryGetValue(text, out var made))
			loaded[text] = made = Replace(text, label);
		return made;
	}

	private static string Replace(string text, string label)
	{
		var script = Parser.ParseInput(text, out _, out var errors);
		if (errors.Length > 0)
			throw new Violation(label + ":" + errors[0].Extent.StartLineNumber + ": " + errors[0].Message);
		foreach (var (extent, name) in Types(script).OrderByDescending(t => t.Item1.StartOffset))
		{
			if (pretended.TryGetValue(Short(name), out var type))
				text = text[..extent.StartOffset] + type.FullName + text[extent.EndOffset..];
			else if (!everywhere.Contains(Short(name)) && !name.StartsWith("Played."))
				throw new Violation(label + ":" + extent.StartLineNumber + ": a class that the tests do not know: " + name);
		}
		return text;
	}
}
