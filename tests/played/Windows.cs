// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// What every pretended Windows has, and the classes of .NET that only Windows answers.
using System.Security.Principal;

namespace Played;

public static class Windows
{
	// Windows Server 2012 R2, healthy, with nothing of the product.
	public static void Install(Computer c)
	{
		c.Cim["Win32_OperatingSystem"] =
		[
			new() { ["Caption"] = "Microsoft Windows Server 2012 R2 Standard", ["Version"] = "6.3.9600", ["ProductType"] = 3u,
				["BuildNumber"] = "9600", ["LastBootUpTime"] = new DateTime(2026, 11, 1, 2, 0, 0, DateTimeKind.Utc),
				["OSLanguage"] = 1033u, ["OperatingSystemSKU"] = 7u },
		];
		c.Cim["Win32_ComputerSystem"] =
		[
			new() { ["Name"] = c.NetBios, ["DNSHostName"] = c.Name, ["PartOfDomain"] = c.InDomain, ["DomainRole"] = 3,
				["Domain"] = c.InDomain ? c.Domain : "WORKGROUP", ["TotalPhysicalMemory"] = 17179869184ul, ["UserName"] = null },
		];
		c.Cim["Win32_Processor"] = [new() { ["NumberOfCores"] = 4u, ["NumberOfLogicalProcessors"] = 4u }];
		c.Cim["Win32_LogicalDisk"] =
		[
			new() { ["DeviceID"] = "C:", ["DriveType"] = 3u, ["FileSystem"] = "NTFS", ["FreeSpace"] = 64424509440ul },
			new() { ["DeviceID"] = "D:", ["DriveType"] = 5u, ["FileSystem"] = "UDF", ["FreeSpace"] = 0ul },
			new() { ["DeviceID"] = "E:", ["DriveType"] = 3u, ["FileSystem"] = "NTFS", ["FreeSpace"] = 214748364800ul },
		];
		c.Cim["Win32_OptionalFeature"] = [new() { ["Name"] = "NetFx3", ["InstallState"] = 1u }];
		const string windows = @"SOFTWARE\Microsoft\Windows\CurrentVersion";
		c.Registry.Make(windows + @"\Uninstall");
		c.Registry.Make(windows + @"\WSMAN\Listener\*+HTTP");
		c.Registry.Make(@"SYSTEM\CurrentControlSet\Control\Session Manager");
		c.Set(@"SYSTEM\CurrentControlSet\Services\Tcpip\Parameters", "Hostname", c.Name);
		c.Set(@"SOFTWARE\Microsoft\PowerShell\3\PowerShellEngine", "PowerShellVersion", "4.0");
		c.Set(@"SOFTWARE\Microsoft\Windows NT\CurrentVersion", "InstallationType", "Server");
		c.Set(@"SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full", "Install", 1);
		c.Set(@"SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full", "Release", 379893);
		c.Set(@"SOFTWARE\Microsoft\NET Framework Setup\NDP\v3.5", "Install", 1);
		c.Serve("WinRM", account: @"NT AUTHORITY\NetworkService");
		c.Serve("RemoteRegistry", account: @"NT AUTHORITY\LocalService");
		// It lingers for ten minutes after its last work; that alone is no setup.
		c.Serve("msiserver").State = "Stopped";
		c.Put(@"C:\Windows\System32\msiexec.exe");
		c.Put(@"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe");
	}

	// A product in Programs and Features.
	public static void List(Computer c, string code, string name, string version)
	{
		var key = @"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\" + code;
		c.Set(key, "DisplayName", name);
		c.Set(key, "DisplayVersion", version);
		c.Set(key, "Publisher", "Microsoft Corporation");
	}

	// IIS with every feature that the products' web parts need.
	public static void WebServer(Computer c)
	{
		c.Serve("W3SVC");
		c.Set(@"SOFTWARE\Microsoft\InetStp", "MajorVersion", 8);
		c.Set(@"SOFTWARE\Microsoft\InetStp", "MinorVersion", 5);
		foreach (var name in new[] { "WebServer", "StaticContent", "DefaultDocument", "DirectoryBrowsing", "HttpErrors",
			"HttpLogging", "RequestMonitor", "RequestFiltering", "HttpCompressionStatic", "BasicAuthentication",
			"WindowsAuthentication", "URLAuthorization", "ASPNET", "ASPNET45", "ManagementConsole", "Metabase" })
			c.Cim["Win32_OptionalFeature"].Add(new() { ["Name"] = "IIS-" + name, ["InstallState"] = 1u });
		c.Cim["Win32_OptionalFeature"].Add(new() { ["Name"] = "WCF-HTTP-Activation45", ["InstallState"] = 1u });
	}

	public static void Server2016(Computer c)
	{
		c.Row("Win32_OperatingSystem")["Caption"] = "Microsoft Windows Server 2016 Standard";
		c.Row("Win32_OperatingSystem")["Version"] = "10.0.14393";
		c.Row("Win32_OperatingSystem")["BuildNumber"] = "14393";
		c.Set(@"SOFTWARE\Microsoft\PowerShell\3\PowerShellEngine", "PowerShellVersion", "5.1.14393.0");
		c.Set(@"SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full", "Release", 394802);
	}

	// Variables of the process that a script finds; the process of the test has them while the script runs.
	public static void Enter(Computer c)
	{
		Here.Computer = c;
		foreach (var (name, value) in Variables(c))
			Environment.SetEnvironmentVariable(name, value);
	}

	private static Dictionary<string, string> Variables(Computer c) => new()
	{
		["COMPUTERNAME"] = c.NetBios,
		["USERNAME"] = c.UserName,
		["USERDOMAIN"] = c.UserDomain,
		["USERPROFILE"] = @"C:\Users\anna",
		["SystemDrive"] = "C:",
		["SystemRoot"] = @"C:\Windows",
		["windir"] = @"C:\Windows",
		["ProgramData"] = @"C:\ProgramData",
		["ProgramFiles"] = @"C:\Program Files",
		["LOCALAPPDATA"] = @"C:\Users\anna\AppData\Local",
		["TEMP"] = @"C:\Users\anna\AppData\Local\Temp",
		["TMP"] = @"C:\Users\anna\AppData\Local\Temp",
		["PROCESSOR_ARCHITECTURE"] = "AMD64",
	};
}

public static class PretendedEnvironment
{
	public static string MachineName => Here.Computer.NetBios;
	public static string UserName => Here.Computer.UserName;
	public static string UserDomainName => Here.Computer.UserDomain;
	public static bool Is64BitProcess => Here.Computer.Is64Bit;
	public static bool Is64BitOperatingSystem => true;
	public static string SystemDirectory => @"C:\Windows\System32";
	public static string NewLine => "\r\n";
	public static int ProcessorCount => 4;
	public static string CurrentDirectory => @"C:\Users\anna";
	public static string GetEnvironmentVariable(string name) => Environment.GetEnvironmentVariable(name);

	public static string ExpandEnvironmentVariables(string text) =>
		System.Text.RegularExpressions.Regex.Replace(text, "%([^%]+)%", found =>
			Lookup(found.Groups[1].Value) ?? found.Value);

	private static string Lookup(string name)
	{
		foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
		{
			if (((string)entry.Key).Equals(name, StringComparison.OrdinalIgnoreCase))
				return (string)entry.Value;
		}
		return null;
	}
}

public sealed class PretendedClaim
{
	public string Value { get; init; }
}

public sealed class PretendedAccount(string value)
{
	public string Value { get; } = value;
	public object Translate(Type target) => target.Name != "PretendedAccount" ? this : new PretendedAccount(
		Value.StartsWith("S-1-") ? Sids.Known.FirstOrDefault(k => k.Value == Value).Key ?? throw new InvalidOperationException(
			"Some or all identity references could not be translated.") :
		Sids.Known.TryGetValue(Value, out var id) ? id : throw new InvalidOperationException(
			"Some or all identity references could not be translated."));
	public override string ToString() => Value;
}

public sealed class PretendedIdentity
{
	public string Name => Here.Computer.UserDomain + "\\" + Here.Computer.UserName;
	public PretendedAccount[] Groups => [new("S-1-5-32-544"), new("S-1-5-21-1-2-3-1105")];
	public PretendedAccount User => new("S-1-5-21-1-2-3-1001");
	public PretendedClaim[] Claims => [new() { Value = "S-1-5-32-544" }];
	public static PretendedIdentity GetCurrent() => new();
	public void Dispose() { }
}

public sealed class PretendedPrincipal(PretendedIdentity identity)
{
	public PretendedIdentity Identity { get; } = identity;
	public bool IsInRole(WindowsBuiltInRole role) => Here.Computer.Elevated;
}

public sealed class PretendedNetwork
{
	public static PretendedNetwork GetIPGlobalProperties() => new();
	public string DomainName => Here.Computer.InDomain ? Here.Computer.Domain : "";
	public string HostName => Here.Computer.Name;
}

public static class PretendedDns
{
	public static string GetHostName() => Here.Computer.Name;
}

// Windows Installer holds this name while it works.
public sealed class PretendedMutex : IDisposable
{
	public PretendedMutex() { }

	public PretendedMutex(bool owned, string name)
	{
		if (owned || !name.StartsWith(@"Global\"))
			throw new Violation("a mutex that only this session sees: " + name);
		held = name == @"Global\scupgrade" && Here.Computer.Busy;
	}

	private bool held;

	public bool WaitOne(int milliseconds) => !held;
	public void ReleaseMutex() { }

	public static PretendedMutex OpenExisting(string name)
	{
		if (name == @"Global\scupgrade")
			return Here.Computer.Busy ? new() { held = true } : throw new WaitHandleCannotBeOpenedException();
		if (name != @"Global\_MSIExecute")
			throw new Violation("a mutex that nobody here knows: " + name);
		if (!Here.Computer.Programs.Any(p => p.Image == "msiexec.exe"))
			throw new WaitHandleCannotBeOpenedException();
		return new();
	}

	public void Close() { }
	public void Dispose() { }
}
