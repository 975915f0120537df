// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// The provider "Registry" with the drive HKLM:, so that the real Get-ItemProperty, New-Item and the like run.
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Provider;
using Microsoft.Win32;

namespace Played;

[CmdletProvider("Registry", ProviderCapabilities.ShouldProcess)]
public sealed class RegistryProvider : NavigationCmdletProvider, IPropertyCmdletProvider
{
	protected override Collection<PSDriveInfo> InitializeDefaultDrives() =>
	[
		new PSDriveInfo("HKLM", ProviderInfo, "HKEY_LOCAL_MACHINE", "", null),
		new PSDriveInfo("HKCU", ProviderInfo, "HKEY_CURRENT_USER", "", null),
	];

	private static Key Hive(string path, out string rest)
	{
		var parts = Key.Parts(path);
		rest = string.Join('\\', parts.Skip(1));
		if (parts.Length == 0)
			return null;
		return parts[0].ToUpperInvariant() switch
		{
			"HKEY_LOCAL_MACHINE" => Here.Computer.Registry,
			"HKEY_CURRENT_USER" => Here.Computer.User,
			_ => null,
		};
	}

	private static Key Find(string path) => Hive(path, out var rest)?.Find(rest);

	private Key Existing(string path)
	{
		var key = Find(path);
		if (key is null)
		{
			WriteError(new ErrorRecord(new ItemNotFoundException("Cannot find path '" + path + "' because it does not exist."),
				"PathNotFound", ErrorCategory.ObjectNotFound, path));
		}
		return key;
	}

	private void Show(Key key, string path) =>
		WriteItemObject(new PretendedRegistryKey(Here.Computer, key, false), path, true);

	protected override bool IsValidPath(string path) => true;
	protected override bool ItemExists(string path) => Find(path) is not null;
	protected override bool IsItemContainer(string path) => Find(path) is not null;
	protected override bool HasChildItems(string path) => Find(path)?.Keys.Count > 0;

	protected override void GetItem(string path)
	{
		Here.Moment("reads " + path);
		var key = Existing(path);
		if (key is not null)
			Show(key, path);
	}

	protected override void GetChildItems(string path, bool recurse)
	{
		Here.Moment("lists " + path);
		foreach (var (name, child) in Existing(path)?.Keys.ToList() ?? [])
		{
			Show(child, path + "\\" + name);
			if (recurse)
				GetChildItems(path + "\\" + name, true);
		}
	}

	protected override void GetChildNames(string path, ReturnContainers containers)
	{
		foreach (var name in Existing(path)?.Keys.Keys.ToList() ?? [])
			WriteItemObject(name, path + "\\" + name, true);
	}

	protected override void NewItem(string path, string type, object value)
	{
		if (Find(path) is not null && !Force)
		{
			WriteError(new ErrorRecord(new IOException("A key in this path already exists."), "Exists",
				ErrorCategory.ResourceExists, path));
			return;
		}
		if (!ShouldProcess(path, "New Item"))
			return;
		Here.Moment("key " + path);
		var hive = Hive(path, out var rest);
		if (Force)
			hive.Remove(rest);
		Show(hive.Make(rest), path);
	}

	protected override void RemoveItem(string path, bool recurse)
	{
		if (Existing(path) is null || !ShouldProcess(path, "Remove Key"))
			return;
		Here.Moment("no key " + path);
		Hive(path, out var rest).Remove(rest);
	}

	public void GetProperty(string path, Collection<string> names)
	{
		var key = Existing(path);
		if (key is null)
			return;
		var found = new PSObject();
		foreach (var name in names is { Count: > 0 } ? names.ToList() : [.. key.Values.Keys])
		{
			var value = key.Value(name);
			if (value is null)
			{
				WriteError(new ErrorRecord(new PSArgumentException("Property " + name + " does not exist at path " + path + "."),
					"PropertyNotFound", ErrorCategory.InvalidArgument, path));
				continue;
			}
			found.Properties.Add(new PSNoteProperty(name, value));
		}
		WritePropertyObject(found, path);
	}

	public object GetPropertyDynamicParameters(string path, Collection<string> names) => null;

	public sealed class Typed
	{
		[Parameter]
		public RegistryValueKind Type { get; set; } = RegistryValueKind.Unknown;
	}

	public void SetProperty(string path, PSObject value)
	{
		var key = Existing(path);
		if (key is null || !ShouldProcess(path, "Set Property"))
			return;
		foreach (var property in value.Properties)
		{
			Here.Moment("value " + property.Name);
			var plain = property.Value is PSObject wrapped ? wrapped.BaseObject : property.Value;
			key.Values[property.Name] = plain;
			key.Kinds[property.Name] = (DynamicParameters as Typed)?.Type ?? RegistryValueKind.Unknown;
			Records.Written(Here.Computer, key.Path, property.Name, plain);
		}
	}

	public object SetPropertyDynamicParameters(string path, PSObject value) => new Typed();

	public void ClearProperty(string path, Collection<string> names) => throw new NotSupportedException();
	public object ClearPropertyDynamicParameters(string path, Collection<string> names) => null;
}
