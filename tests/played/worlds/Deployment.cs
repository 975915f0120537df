// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// The deployment of Service Management Automation that tests/facts/sma was collected from.
namespace Played;

public static class Deployment
{
	private const string Root = @"SOFTWARE\Microsoft\ServiceManagementAutomation\";
	private const string Folder = @"C:\Program Files\Microsoft System Center 2012 R2\Service Management Automation\";

	public static World Build(string folder, string language)
	{
		var world = new World(folder);
		foreach (var name in new[] { "wrk01", "wrk02", "smaweb01" })
			Machine(world.Add(name));
		foreach (var name in new[] { "wrk01", "wrk02" })
		{
			var c = world.Find(name);
			Settings(c, "RunbookWorker", Folder);
			// A code that a release may have changed: the folder tells.
			Windows.List(c, "{10000000-0000-0000-0000-000000000001}", "SMA", "7.2.1563.0");
			c.Set(@"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{10000000-0000-0000-0000-000000000001}", "InstallLocation", Folder);
			c.Serve("rbsvc", account: @"CONTOSO\svc-sma");
			c.Cim["Win32_OptionalFeature"].Add(new() { ["Name"] = "NetFx3", ["InstallState"] = 1u });
			world.Automation.Workers.Add(name);
		}
		Web(world, world.Find("smaweb01"));
		Contoso.Database(world, @"SQL01\AUTO", "SMA_PROD", 20000, 12000, 8000, "Standard Edition (64-bit)", false);
		world.Answers["Get-SmaLicense"] = [new() { ["LicenseSku"] = "Retail" }];
		foreach (var computer in world.Computers.Values)
			Languages.Speak(computer, language);
		return world;
	}

	private static void Machine(Computer c)
	{
		Contoso.Machine(c);
		Windows.Server2016(c);
		Contoso.Agent(c);
		Directory.Delete(c.Local(@"E:\System Center"));
	}

	private static void Settings(Computer c, string role, string folder)
	{
		c.Set(Root + role, "DatabaseServerName", "SQL01");
		c.Set(Root + role, "DatabaseServerInstance", "AUTO");
		c.Set(Root + role, "DatabaseName", "SMA_PROD");
		c.Set(Root + role, "InstallationFolder", folder);
	}

	private static void Web(World world, Computer c)
	{
		Settings(c, "WebService", @"C:\inetpub\Service Management Automation\");
		c.Set(Root + "WebService", "IisSiteName", "SMA");
		c.Set(Root + "WebService", "IisAppPoolAccount", @"CONTOSO\svc-smaweb");
		c.Set(Root + "WebService", "IisAuthorizationAdminGroupMembers", @"CONTOSO\SMA Admins");
		Windows.List(c, "{4B76B636-AE9A-47D5-A246-E02909D97CF2}", "SMA", "7.2.1563.0");
		Windows.WebServer(c);
		c.Cim["Win32_OptionalFeature"].Add(new() { ["Name"] = "NetFx3", ["InstallState"] = 1u });
		c.Modules.Add("Microsoft.SystemCenter.ServiceManagementAutomation");
		Contoso.Sites(c, ("Default Web Site", 1, "http", 80), ("SMA", 2, "https", 9090));
		c.Set(@"SYSTEM\CurrentControlSet\Services\HTTP\Parameters\SslBindingInfo\0.0.0.0:9090", "SslCertHash", new byte[] { 0x0A, 0xFF, 0x10 });
		c.Set(@"SYSTEM\CurrentControlSet\Services\HTTP\Parameters\SslBindingInfo\0.0.0.0:9090", "SslCertStoreName", "My");
		c.Certificates.Add(new() { Thumbprint = "00", SerialNumber = "01", Subject = "CN=other", Issuer = "CN=other" });
		c.Certificates.Add(new()
		{
			Thumbprint = "0AFF10", SerialNumber = "3A5F00C2D14E", Subject = "CN=smaweb01.contoso.com, O=Contoso", Issuer = "CN=Contoso CA",
			NotAfter = new DateTime(2027, 10, 1, 12, 0, 0, DateTimeKind.Utc),
		});
	}
}
