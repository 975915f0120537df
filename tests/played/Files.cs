// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// The classes of .NET that take Windows paths, over the folders that stand for the drives of pretended computers.
using System.Text;

namespace Played;

public static class Paths
{
	// A path of Linux below the world's folder is one already: PowerShell's own cmdlets hand such paths out.
	public static string Local(Computer computer, string path)
	{
		if (path.StartsWith(computer.World.Folder, StringComparison.Ordinal))
			return Walk(computer.World.Folder, path[computer.World.Folder.Length..]);
		if (path.StartsWith(@"\\") || path.StartsWith("//"))
		{
			var parts = Key.Parts(path);
			var there = computer.World.Reach(parts[0]);
			if (parts.Length < 2 || parts[1].Length != 2 || parts[1][1] != '$')
				throw new IOException("The network name cannot be found.");
			return Walk(Path.Combine(there.Folder, parts[1][..1].ToUpperInvariant()), string.Join('\\', parts.Skip(2)));
		}
		if (path.Length >= 2 && path[1] == ':')
			return Walk(Path.Combine(computer.Folder, path[..1].ToUpperInvariant()), path[2..]);
		throw new Violation("a path that is no full one: " + path);
	}

	// Names as they stand on the disk, whatever their case.
	private static string Walk(string folder, string rest)
	{
		foreach (var part in Key.Parts(rest))
		{
			var next = Path.Combine(folder, part);
			if (part is not (".." or ".") && !Path.Exists(next) && Directory.Exists(folder))
			{
				next = Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(e =>
					Path.GetFileName(e).Equals(part, StringComparison.OrdinalIgnoreCase)) ?? next;
			}
			folder = next;
		}
		return folder;
	}

	public static string Local(string path) => Local(Here.Computer, path);

	// The Windows path of a file of a computer.
	public static string Shown(Computer computer, string local)
	{
		var rest = Path.GetRelativePath(computer.Folder, local);
		return rest[..1] + ":" + (rest.Length > 1 ? rest[1..].Replace('/', '\\') : "\\");
	}

	// The computer that a Windows path leads to, and its path there.
	public static (Computer, string) Owner(string path)
	{
		if (!path.StartsWith(@"\\"))
		{
			var local = Local(path);
			return (Here.Computer, Shown(Here.Computer, local));
		}
		var parts = Key.Parts(path);
		var there = Here.World.Reach(parts[0]);
		return (there, Shown(there, Local(path)));
	}
}

public static class PretendedFile
{
	public static bool Exists(string path)
	{
		try { return File.Exists(Paths.Local(path)); }
		catch (IOException) { return false; }
	}

	private static string ToWrite(string path)
	{
		Here.Moment("file " + path);
		return Paths.Local(path);
	}

	public static string ReadAllText(string path) => File.ReadAllText(Paths.Local(path));
	public static string ReadAllText(string path, Encoding encoding) => File.ReadAllText(Paths.Local(path), encoding);
	public static string[] ReadAllLines(string path) => File.ReadAllLines(Paths.Local(path));
	public static string[] ReadAllLines(string path, Encoding encoding) => File.ReadAllLines(Paths.Local(path), encoding);
	public static byte[] ReadAllBytes(string path) => File.ReadAllBytes(Paths.Local(path));
	public static void WriteAllText(string path, string text) => File.WriteAllText(ToWrite(path), text);

	public static void WriteAllText(string path, string text, Encoding encoding) =>
		File.WriteAllText(ToWrite(path), text, encoding);

	public static void WriteAllLines(string path, string[] lines, Encoding encoding) =>
		WriteAllText(path, string.Concat(lines.Select(l => l + "\r\n")), encoding);

	public static void AppendAllText(string path, string text)
	{
		// The log; no moment of its own, or half of all moments would be lines of it.
		File.AppendAllText(Paths.Local(path), text);
	}

	public static void Copy(string from, string to) => Copy(from, to, false);

	public static void Copy(string from, string to, bool overwrite)
	{
		File.Copy(Paths.Local(from), ToWrite(to), overwrite);
	}

	public static void Move(string from, string to) => File.Move(Paths.Local(from), ToWrite(to));
	public static void WriteAllLines(string path, object[] lines, Encoding encoding) =>
		WriteAllLines(path, [.. lines.Select(l => l.ToString())], encoding);

	public static void Delete(string path) => File.Delete(ToWrite(path));
	public static DateTime GetLastWriteTimeUtc(string path) => File.GetLastWriteTimeUtc(Paths.Local(path));
}

public static class PretendedDirectory
{
	public static bool Exists(string path)
	{
		try { return Directory.Exists(Paths.Local(path)); }
		catch (IOException) { return false; }
	}

	public static object CreateDirectory(string path)
	{
		Here.Moment("folder " + path);
		return Directory.CreateDirectory(Paths.Local(path));
	}

	public static string[] GetFiles(string path) => GetFiles(path, "*");

	public static string[] GetFiles(string path, string pattern) =>
		[.. Directory.GetFiles(Paths.Local(path), pattern).Select(f => Paths.Shown(Here.Computer, f))];

	public static string[] GetDirectories(string path) =>
		[.. Directory.GetDirectories(Paths.Local(path)).Select(f => Paths.Shown(Here.Computer, f))];
}

// Stands for System.IO.DirectoryInfo.
public sealed class PretendedFolder(string path)
{
	public string FullName { get; } = path.TrimEnd('\\') + (path.TrimEnd('\\').EndsWith(':') ? "\\" : "");
	public string Name => Key.Parts(FullName)[^1];
	public FileAttributes Attributes => FileAttributes.Directory;
	public bool Exists => PretendedDirectory.Exists(FullName);

	public PretendedFolder[] GetDirectories() =>
		[.. PretendedDirectory.GetDirectories(FullName).Order(StringComparer.OrdinalIgnoreCase)
			.Select(f => new PretendedFolder(f))];
}

public static class PretendedPath
{
	private static int Last(string path) => path.LastIndexOfAny(['\\', '/']);

	public static string Combine(string first, string second) =>
		second.StartsWith('\\') || (second.Length > 1 && second[1] == ':') ? second :
			first.EndsWith('\\') ? first + second : first + "\\" + second;

	public static string Combine(string first, string second, string third) => Combine(Combine(first, second), third);

	public static string GetDirectoryName(string path)
	{
		var last = Last(path);
		return last < 0 ? "" : last == 2 && path[1] == ':' ? path[..3] : path[..last];
	}

	public static string GetFileName(string path) => path[(Last(path) + 1)..];

	public static string GetFileNameWithoutExtension(string path)
	{
		var name = GetFileName(path);
		var dot = name.LastIndexOf('.');
		return dot < 0 ? name : name[..dot];
	}

	public static string GetExtension(string path)
	{
		var name = GetFileName(path);
		var dot = name.LastIndexOf('.');
		return dot < 0 ? "" : name[dot..];
	}

	public static string GetPathRoot(string path) => path.Length > 1 && path[1] == ':' ? path[..Math.Min(3, path.Length)] : "";
	public static bool IsPathRooted(string path) => path.StartsWith('\\') || (path.Length > 1 && path[1] == ':');
	public static string GetTempPath() => @"C:\Users\anna\AppData\Local\Temp\";
	public static string GetFullPath(string path) => path;
	public static char[] GetInvalidFileNameChars() => ['"', '<', '>', '|', ':', '*', '?', '\\', '/'];
	public static char DirectorySeparatorChar => '\\';
}

// Stands for System.Diagnostics.FileVersionInfo.
public sealed class PretendedFileVersion
{
	public string FileVersion { get; private init; }
	public string ProductVersion => FileVersion;
	private Version Parts => Version.Parse(FileVersion ?? "0.0.0.0");
	public int FileMajorPart => Parts.Major;
	public int FileMinorPart => Parts.Minor;
	public int FileBuildPart => Parts.Build;
	public int FilePrivatePart => Parts.Revision;

	public static PretendedFileVersion GetVersionInfo(string path)
	{
		var (computer, shown) = Paths.Owner(path);
		if (!File.Exists(computer.Local(shown)))
			throw new FileNotFoundException(path);
		return new PretendedFileVersion { FileVersion = computer.Files.GetValueOrDefault(shown) };
	}
}
