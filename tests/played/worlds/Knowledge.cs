// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// What a management group knows of itself, as its databases and cmdlets tell it: worked out from the group each time.
namespace Played;

public static class Knowledge
{
	public const string Rollup = "7.1.10226.1387";
	private static readonly Guid pool = new("11111111-2222-3333-4444-555555555555");

	public static List<object[]> Table(params object[][] rows) => [.. rows];

	private static List<object[]> Rows<T>(IEnumerable<T> items, Func<T, object[]> row) => [.. items.Select(row)];

	// OPERATIONAL and WAREHOUSE are databases of the world that answer what is asked of every database already.
	public static void Give(World world, SqlDatabase operational, SqlDatabase warehouse)
	{
		Cmdlets(world, warehouse);
		warehouse.Answer("dbo.SqlPatchVersion", Table([Rollup], ["7.1.10226.1052"]))
			.Answer("dbo.MemberDatabase", Table([warehouse.Server]));
		operational.Answer("dbo.SqlPatchVersion", Table([Rollup], ["7.1.10226.1052"]))
			.Answer("fn_GetEntityChangeLogGroomingWatermark", 1200L);
		Servers(world.Group, operational);
		Agents(world.Group, operational);
		Settings(world, operational);
	}

	private static void Cmdlets(World world, SqlDatabase warehouse)
	{
		world.Answers["Get-SCOMDataWarehouseSetting"] =
			[new() { ["DataWarehouseServerName"] = warehouse.Server, ["DataWarehouseDatabaseName"] = warehouse.Name }];
		world.Answers["Get-SCOMConnector"] =
			[new() { ["Name"] = "Operations Manager Internal Connector", ["Initialized"] = false }];
		world.Answers["Get-SCOMManagementPack"] =
		[
			.. Enumerable.Range(1, 168).Select(n => Pack($"Microsoft.Pack{n}", true, "31bf3856ad364e35", "System", "Windows")),
			.. Enumerable.Range(1, 57).Select(n => Pack($"Contoso.Pack{n}", false, "", "System")),
		];
		world.Answers["Get-SCOMResourcePool"] = [new()
			{ ["Id"] = Guid.Empty, ["Name"] = "AllManagementServersPool", ["Members"] = new[] { world.Group.Servers[0] } }];
	}

	// The pool of network devices has MEMBER.
	public static void Pool(World world, ManagementServer member) => world.Answers["Get-SCOMResourcePool"].Add(new()
		{ ["Id"] = pool, ["Name"] = "Contoso.Pool.Network", ["DisplayName"] = "Netz", ["Members"] = new[] { member } });

	public static Dictionary<string, object> Pack(string name, bool closed, string token, params string[] aliases) => new()
	{
		["Name"] = name, ["DisplayName"] = name, ["Sealed"] = closed, ["KeyToken"] = token, ["Version"] = new Version(7, 1, 10226, 0),
		["References"] = aliases.ToDictionary(a => a, _ => "reference"),
	};

	private static void Servers(Group group, SqlDatabase database) => database
		.Answer("dbo.__MOMManagementGroupInfo__", () => Table([group.Name]))
		.Answer("SELECT DisplayName, Version FROM dbo.MTV_HealthService WHERE IsManagementServer = 1 AND IsGateway = 0",
			() => Rows(group.Servers.Where(s => !s.IsGateway), s => [s.Name, s.Version]))
		.Answer("WHERE IsRHS = 1", () => Rows(group.Servers.Where(s => s.IsRootManagementServer), s => [s.Name]))
		.Answer("SELECT DisplayName, Version FROM dbo.MTV_HealthService WHERE IsGateway = 1",
			() => Rows(group.Servers.Where(s => s.IsGateway), s => [s.Name, s.Version]));

	private static void Agents(Group group, SqlDatabase database) => database
		.Answer("SELECT Version, CONVERT(bit, ISNULL(IsManuallyInstalled", () => Rows(
			group.Agents.GroupBy(a => (a.Version, a.ManuallyInstalled)), g => [g.Key.Version, g.Key.ManuallyInstalled, g.Count()]))
		.Answer("SELECT TOP 20000 DisplayName", () => Rows(group.Agents.Where(a => a.ManuallyInstalled), a => [a.Name, a.Version]))
		.Answer("dbo.RelationshipGenericView", () => Rows(group.Agents.SelectMany(a => a.Failover.DefaultIfEmpty()
			.Select(f => (a.Primary.Name, Other: f?.Name))).GroupBy(p => p), g => [g.Key.Name, g.Key.Other, g.Count()]))
		.Answer("TABLE_NAME = 'MTV_Microsoft$Windows$OperatingSystem'",
			Table(["BaseManagedEntityId"], ["OSVersion_53D6DEB6_BE2E_D1B6_D49E_A623518BD867"]))
		.Answer("AS os JOIN", Table(["10.0.14393"]))
		.Answer("dbo.AgentPendingAction", () => group.Pending.Count == 0 ? Table() : Table([0, group.Pending.Count]))
		.Answer("WHERE Category = 'Notification'", () => group.Subscriptions.Count)
		.Answer("WHERE Category = 'Notification' AND Enabled <> 0", () => group.Subscriptions.Count(s => s.Enabled));

	private static void Settings(World world, SqlDatabase database) => database
		.Answer("OBJECT_ID('dbo.MTV_Microsoft$Unix$Computer') IS NULL", 40)
		.Answer("OBJECT_ID('dbo.MTV_System$NetworkManagement$Node') IS NOT NULL", Table([pool, 350]))
		.Answer("dbo.SecureReferenceOverride", Table(
			["Microsoft.SystemCenter.DataWarehouse.ActionAccount", "Microsoft.SystemCenter.DataWarehouseSynchronizationService", "CONTOSO", "svc-writer"],
			["Microsoft.SystemCenter.DataWarehouse.ReportDeploymentActionAccount", "Microsoft.SystemCenter.CollectionManagementServer", "CONTOSO", "svc-reader"],
			["Microsoft.SystemCenter.DataWarehouse.ReportDeploymentActionAccount", "Microsoft.SystemCenter.DataWarehouseSynchronizationService", "CONTOSO", "svc-reader"]))
		.Answer("TABLE_NAME = 'MT_Microsoft$SystemCenter$ManagementGroup'", Table(["SQLServerName_43FB076F_7970_4C86_6DCA_8BD541F45E3A"]))
		.Answer("dbo.[MT_Microsoft$SystemCenter$ManagementGroup]", Table([database.Server]))
		.Answer("SELECT MPName, MPVersion FROM", Table()).Answer("pack.MPXML", Table());
}
