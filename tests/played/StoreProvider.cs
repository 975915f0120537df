// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// The drive Cert: with the stores of a pretended computer.
using System.Management.Automation;
using System.Management.Automation.Provider;

namespace Played;

public sealed class Certificate
{
	public string Thumbprint { get; init; }
	public string SerialNumber { get; init; }
	public string Subject { get; init; }
	public string Issuer { get; init; }
	public DateTime NotAfter { get; init; }
}

[CmdletProvider("Store", ProviderCapabilities.None)]
public sealed class StoreProvider : NavigationCmdletProvider
{
	// The certificates of "LocalMachine\My"; nothing else is there.
	private static List<Certificate> Find(string path)
	{
		var parts = Key.Parts(path);
		return parts.Length == 3 && parts[1].Equals("LocalMachine", StringComparison.OrdinalIgnoreCase) &&
			parts[2].Equals("My", StringComparison.OrdinalIgnoreCase) ? Here.Computer.Certificates : null;
	}

	protected override bool IsValidPath(string path) => true;
	protected override bool ItemExists(string path) => Find(path) is not null;
	protected override bool IsItemContainer(string path) => Find(path) is not null;

	protected override void GetChildItems(string path, bool recurse)
	{
		Here.Moment("certificates");
		foreach (var certificate in Find(path))
			WriteItemObject(certificate, path + "\\" + certificate.Thumbprint, false);
	}
}
