// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// The registry of a pretended computer, as a tree in memory, and the class of .NET that opens it.
using Microsoft.Win32;

namespace Played;

public sealed class Key(string path)
{
	public readonly string Path = path;
	public readonly SortedDictionary<string, Key> Keys = new(StringComparer.OrdinalIgnoreCase);
	public readonly SortedDictionary<string, object> Values = new(StringComparer.OrdinalIgnoreCase);
	public readonly Dictionary<string, RegistryValueKind> Kinds = new(StringComparer.OrdinalIgnoreCase);

	public static string[] Parts(string path) =>
		path.Split(['\\', '/'], StringSplitOptions.RemoveEmptyEntries);

	public Key Find(string path)
	{
		var key = this;
		foreach (var part in Parts(path))
		{
			if (!key.Keys.TryGetValue(part, out key))
				return null;
		}
		return key;
	}

	public Key Make(string path)
	{
		var key = this;
		foreach (var part in Parts(path))
		{
			if (!key.Keys.TryGetValue(part, out var next))
				key.Keys[part] = next = new Key(key.Path + "\\" + part);
			key = next;
		}
		return key;
	}

	public void Remove(string path)
	{
		var parts = Parts(path);
		Find(string.Join('\\', parts[..^1]))?.Keys.Remove(parts[^1]);
	}

	public object Value(string name) => Values.TryGetValue(name ?? "", out var value) ? value : null;
}

// Stands for Microsoft.Win32.RegistryKey.
public sealed class PretendedRegistryKey : IDisposable
{
	private readonly Key key;
	private readonly Computer computer;
	private readonly bool writable;

	public PretendedRegistryKey(Computer computer, Key key, bool writable)
	{
		this.computer = computer;
		this.key = key;
		this.writable = writable;
	}

	public static PretendedRegistryKey OpenBaseKey(RegistryHive hive, RegistryView view) =>
		new(Here.Computer, hive == RegistryHive.CurrentUser ? Here.Computer.User : Here.Computer.Registry, true);

	public static PretendedRegistryKey OpenRemoteBaseKey(RegistryHive hive, string machineName) =>
		OpenRemoteBaseKey(hive, machineName, RegistryView.Default);

	public static PretendedRegistryKey OpenRemoteBaseKey(RegistryHive hive, string machineName, RegistryView view)
	{
		var there = Here.World.Reach(machineName);
		if (there.Services.TryGetValue("RemoteRegistry", out var service) && service.State != "Running")
			throw new IOException("The network path was not found.");
		return new(there, there.Registry, true);
	}

	public string Name => key.Path;
	public int ValueCount => key.Values.Count;
	public int SubKeyCount => key.Keys.Count;
	public string[] Property => [.. key.Values.Keys];

	private PretendedRegistryKey Wrap(Key found, bool write) => found is null ? null : new(computer, found, write);

	public PretendedRegistryKey OpenSubKey(string name) => Wrap(key.Find(name), false);
	public PretendedRegistryKey OpenSubKey(string name, bool writable) => Wrap(key.Find(name), writable);

	public PretendedRegistryKey CreateSubKey(string name)
	{
		Here.Moment("key " + name);
		return Wrap(key.Make(name), true);
	}

	public string[] GetSubKeyNames() => [.. key.Keys.Keys];
	public string[] GetValueNames() => [.. key.Values.Keys];
	public object GetValue(string name) => key.Value(name);
	public object GetValue(string name, object otherwise) => key.Value(name) ?? otherwise;

	public RegistryValueKind GetValueKind(string name) =>
		key.Kinds.TryGetValue(name, out var kind) ? kind : RegistryValueKind.String;

	public void SetValue(string name, object value) => SetValue(name, value, RegistryValueKind.Unknown);

	public void SetValue(string name, object value, RegistryValueKind kind)
	{
		if (!writable)
			throw new UnauthorizedAccessException("Cannot write to the registry key.");
		Here.Moment("value " + name);
		key.Values[name] = value;
		key.Kinds[name] = kind;
		Records.Written(computer, key.Path, name, value);
	}

	public void DeleteValue(string name) => DeleteValue(name, true);

	public void DeleteValue(string name, bool throwOnMissing)
	{
		Here.Moment("no value " + name);
		if (!key.Values.Remove(name) && throwOnMissing)
			throw new ArgumentException("No value exists with that name.");
	}

	public void Flush() { }
	public void Close() { }
	public void Dispose() { }
	public override string ToString() => key.Path;
}
