// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// The group of twelve on a bad day, as tests/facts/troubled was collected from it: a management server whose Data Access
// Service stands still, another one that is asked all the same, and a gateway with a long name in a workgroup.
namespace Played;

public static class Troubled
{
	public static World Build(string folder)
	{
		var world = Contoso.Build(folder, "english");
		foreach (var name in world.Computers.Keys.Where(n => n is not ("ms01.contoso.com" or "ms02.contoso.com")).ToList())
			world.Computers.Remove(name);
		world.Find("ms01").Services["OMSDK"].State = "Stopped";
		Server(world.Find("ms02"));
		Gateway(Contoso.Machine(world.Add("scom-gateway-server-zwei", "")));
		return world;
	}

	private static void Server(Computer c)
	{
		var world = c.World;
		var group = world.Group;
		group.SkuForLicense = LicenseSku.Eval;
		group.TimeOfExpiration = new DateTime(2027, 3, 1, 0, 0, 0, DateTimeKind.Utc);
		foreach (var type in new[] { "ManualApproval", "ManualApproval", "UpdateAgent", "SomethingNew" })
			group.Pending.Add(new() { AgentName = "x", AgentPendingActionType = type, ManagementServerName = c.FullName });
		// The database does not know of it yet.
		world.Databases.Single(d => d.Name == "OpsMgr_CONTOSO").Answer("SELECT Version, CONVERT(bit, ISNULL(IsManuallyInstalled",
			Knowledge.Table(["7.1.10184.0", false, 1200], ["7.1.10184.0", true, 2]));
		group.Agents.Add(new() { Name = "ad.contoso.com", ActiveDirectoryManaged = true, Version = "", Primary = group.Servers[0] });
		// Their order is the group's own: a gateway without an upper server answers that with an error.
		group.Servers.Single(s => s.Name.StartsWith("gw02")).Primary = null;
		group.Servers[0].HealthState = "Error";
		group.Servers[1].HealthState = "Uninitialized";
		world.Answers["Get-SCOMConnector"].Add(new() { ["Name"] = "it's \u202Eevil\r\nname: '", ["Initialized"] = true });
		world.Answers["Get-SCOMManagementPack"].Add(Knowledge.Pack("Fabrikam.Storage.Array", true, "0123456789abcdef", "System", "SYSTEM"));
		world.Answers["Get-SCOMDataWarehouseSetting"][0]["DataWarehouseServerName"] = null;
		world.Answers.Remove("Get-SCOMWebAddressSetting");
		world.Databases.Single(d => d.Name == "OpsMgr_CONTOSO").Answer("SELECT grp.name", new string('L', 300));
		const string records = @"SOFTWARE\scupgrade\operations-manager\CONTOSO-OM\2012-r2-2016";
		c.Set(records, "review-event-logs@ms02", @"{ time: '2026-11-21T11:00:00Z', step: 'review-event-logs@ms02', state: done, " +
			@"who: 'CONTOSO\anna', by-hand: true, digest: 0123456789abcdef, note: 'it''s done, at 11' }");
		c.Set(records, "upgrade-management-server@ms02", @"{ time: ""2026-11-21T11:30:00Z"", state: started, who: ""CONTOSO\\anna"", by-hand: false }");
		c.Set(records, "not one of ours", "what?");
		c.Set(@"SOFTWARE\Microsoft\MSOLEDBSQL", "InstalledVersion", "18.7.2.0");
		c.Set(@"SOFTWARE\Microsoft\MSOLEDBSQL19", "InstalledVersion", "19.3.0.0");
		c.Put(@"C:\Windows\System32\msodbcsql17.dll", "17.10.6.1");
	}

	private static void Gateway(Computer c)
	{
		c.Set(Operations.Setup, "InstallDirectory", @"D:\Gateway\");
		c.Set(@"SYSTEM\CurrentControlSet\Control\Session Manager", "PendingFileRenameOperations", new[] { @"\??\C:\x" });
		c.Elevated = false;
		c.Cim.Remove("Win32_OptionalFeature");
	}
}
