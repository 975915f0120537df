// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// The group of twelve that tests/facts/twelve was collected from: two domains, gateways and agents by hand in the
// other one, databases with other names on an availability group, all healthy, 2012 R2 with update rollup 14.
namespace Played;

public static class Contoso
{
	private const string Om = @"SOFTWARE\Microsoft\Microsoft Operations Manager\3.0";
	private const string Sql = "SQLAG01-L,14333", Base = "OpsMgr_CONTOSO", Warehouse = "OpsMgrDW_CONTOSO";

	public static World Build(string folder, string language)
	{
		var world = new World(folder);
		world.Group.Name = "CONTOSO-OM";
		foreach (var name in new[] { "ms01", "ms02", "ms03" })
			Server(world, world.Add(name));
		foreach (var (name, domain) in new[] { ("con01", "contoso.com"), ("con02", "contoso.com"), ("con03", "fabrikam.com") })
			Console(Machine(world.Add(name, domain)));
		WebConsole(Machine(world.Add("web01")));
		Reporting(Machine(world.Add("rep01")));
		foreach (var name in new[] { "gw01", "gw02" })
			Gateway(world, world.Add(name, "fabrikam.com"));
		foreach (var name in new[] { "app17", "app18" })
			Agent(Machine(world.Add(name, "fabrikam.com")));
		Console(world.Find("ms01"));
		Collector(world.Find("ms02"));
		Watch(world);
		Know(world);
		foreach (var computer in world.Computers.Values)
			Languages.Speak(computer, language);
		return world;
	}

	public static Computer Machine(Computer c)
	{
		c.Drives = "CE";
		c.Row("Win32_Processor")["NumberOfCores"] = 8u;
		c.Row("Win32_LogicalDisk")["FreeSpace"] = 40960ul * 1048576;
		c.Services.Remove("RemoteRegistry");
		c.Cim["Win32_OptionalFeature"].Clear();
		foreach (var path in new[] { @"C:\Program Files\Microsoft System Center 2012 R2", @"E:\System Center" })
			Directory.CreateDirectory(c.Local(path));
		if (c.Domain == "fabrikam.com")
			c.UserDomain = "FABRIKAM";
		return c;
	}

	private static void Place(Computer c, string role, string folder = Operations.Folder)
	{
		c.Set(Om + @"\Setup", "InstallDirectory", folder + "\\" + role + "\\");
		c.Set(Operations.Product, "InstallDirectory", folder + "\\");
	}

	private static void Server(World world, Computer c)
	{
		Machine(c);
		Place(c, "Server");
		c.Set(Om + @"\Setup", "Product", "Microsoft System Center 2012 R2 Operations Manager Server");
		c.Set(Om + @"\Setup", "ServerVersion", Operations.Source);
		c.Set(Om + @"\Setup", "DatabaseServerName", Sql);
		c.Set(Om + @"\Setup", "DatabaseName", Base);
		c.Set(Om + @"\Setup", "DataWarehouseDBServerName", Sql);
		c.Set(Om + @"\Setup", "DataWarehouseDBName", Warehouse);
		c.Set(@"SOFTWARE\Microsoft\System Center\2010\Common\Database", "DatabaseServerName", Sql);
		c.Set(@"SOFTWARE\Microsoft\System Center\2010\Common\Database", "DatabaseName", Base);
		c.Set(Om + @"\Server Management Groups\CONTOSO-OM", "Port", 5723);
		c.Set(Operations.Product + @"\Server", "Installed", 1);
		c.Put(Operations.Folder + @"\Server\Tools\TMF\OMTraceTMFVer.Dll", "7.1.10226.1387");
		c.Serve("HealthService");
		c.Serve("OMSDK", account: @"CONTOSO\svc-das");
		c.Serve("cshost", account: @"CONTOSO\svc-das");
		c.Modules.Add("OperationsManager");
		world.Group.Servers.Add(new() { Name = c.FullName, Version = Operations.Source, IsRootManagementServer = c.Name == "ms01" });
	}

	private static void Console(Computer c)
	{
		c.Set(Operations.Product, "InstallDirectory", Operations.Folder + "\\");
		c.Set(Operations.Product + @"\Console", "Installed", 1);
		c.Set(Om + @"\Setup", "UIVersion", Operations.Source);
		// Its name is one of the language; the codes are the same everywhere.
		Windows.List(c, "{3ECE8FC7-7020-4756-A71C-C345D4725B77}", "Microsoft Report Viewer 2015 Runtime", "12.0.2402.15");
		Windows.List(c, "{8C06D6DB-A391-4686-B050-99CC522A7843}", "Microsoft System CLR Types for SQL Server 2014", "12.0.2402.11");
	}

	private static void WebConsole(Computer c)
	{
		c.Set(Operations.Product, "InstallDirectory", Operations.Folder + "\\");
		c.Set(Operations.Product + @"\WebConsole", "DEFAULT_SERVER", "ms01.contoso.com");
		c.Set(Operations.Product + @"\WebConsole", "WEBSITE_ID", "1");
		Windows.WebServer(c);
		c.Cim["Win32_OptionalFeature"].RemoveAll(r => (string)r["Name"] is "IIS-BasicAuthentication" or "IIS-URLAuthorization");
		c.Cim["Win32_OptionalFeature"].Add(new() { ["Name"] = "NetFx3", ["InstallState"] = 1u });
		Sites(c, ("Default Web Site", 1, "http", 80), ("Default Web Site", 1, "https", 443));
		c.Put(Operations.Folder + @"\WebConsole\MonitoringView\OMVersion.dll", Operations.Source);
		c.Write(Operations.Folder + @"\WebConsole\WebHost\Web.config",
			"<configuration><system.web><authentication mode=\"Windows\" /></system.web></configuration>");
	}

	// What IIS keeps: one site for each name, with its bindings.
	public static void Sites(Computer c, params (string Name, int Id, string Protocol, int Port)[] bindings)
	{
		var sites = bindings.GroupBy(b => (b.Name, b.Id)).Select(s => $"<site name=\"{s.Key.Name}\" id=\"{s.Key.Id}\"><bindings>" +
			string.Concat(s.Select(b => $"<binding protocol=\"{b.Protocol}\" bindingInformation=\"*:{b.Port}:\" />")) + "</bindings></site>");
		c.Write(@"C:\Windows\System32\inetsrv\config\applicationHost.config", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n" +
			"<configuration><system.applicationHost><sites>" + string.Concat(sites) + "</sites></system.applicationHost></configuration>");
	}

	private static void Reporting(Computer c)
	{
		c.Set(Operations.Product, "InstallDirectory", Operations.Folder + "\\");
		c.Set(Operations.Product + @"\Reporting", "Installed", 1);
		c.Set(Om + @"\Reporting", "DefaultSDKServiceMachine", "ms01.contoso.com");
		Windows.List(c, "{D6E655E7-6318-4C50-B184-55E70DB179C1}", "System Center Operations Manager 2012 Reporting", Operations.Source);
		c.Set(Om + @"\Reporting", "SRSInstance", @"REP01\MSSQLSERVER");
		c.Serve("RemoteRegistry", account: @"NT AUTHORITY\LocalService");
		c.Serve("ReportServer", account: @"CONTOSO\svc-reporting");
		const string space = @"root\Microsoft\SqlServer\ReportServer";
		c.Cim[space + ":__NAMESPACE"] = [new() { ["Name"] = "RS_MSSQLSERVER" }];
		c.Cim[space + @"\RS_MSSQLSERVER:__NAMESPACE"] = [new() { ["Name"] = "v13" }];
		c.Cim[space + @"\RS_MSSQLSERVER\v13\Admin:MSReportServer_ConfigurationSetting"] =
		[
			new() { ["InstanceName"] = "MSSQLSERVER", ["DatabaseServerName"] = @"SQLREP01\RS", ["DatabaseName"] = "ReportServer_SCOM" },
		];
		Database(c.World, @"SQLREP01\RS", "ReportServer_SCOM", 2000, 1500, 1500);
	}

	private static void Gateway(World world, Computer c)
	{
		Machine(c);
		c.Row("Win32_ComputerSystem")["TotalPhysicalMemory"] = 32768ul * 1048576;
		c.Set(Om + @"\Setup", "InstallDirectory", @"C:\Program Files\System Center Operations Manager\Gateway\");
		c.Set(Om + @"\Setup", "Product", "Microsoft System Center 2012 R2 Operations Manager Server");
		c.Set(Om + @"\Server Management Groups\CONTOSO-OM", "Port", 5723);
		c.Put(@"C:\Program Files\System Center Operations Manager\Gateway\HealthService.dll", "7.1.10305.0");
		c.Serve("HealthService");
		world.Group.Servers.Add(new()
		{
			Name = c.FullName, Version = Operations.AgentSource, IsGateway = true, Domain = "FABRIKAM",
			Primary = world.Group.Servers[c.Name == "gw01" ? 0 : 1],
		});
		var others = c.Name == "gw01" ? new[] { 1, 2 } : [0];
		world.Group.Servers[^1].Failover.AddRange(others.Select(o => world.Group.Servers[o]));
	}

	public static void Agent(Computer c)
	{
		if (c.Domain == "fabrikam.com")
		{
			c.Row("Win32_Processor")["NumberOfCores"] = 4u;
			c.Row("Win32_ComputerSystem")["TotalPhysicalMemory"] = 8192ul * 1048576;
		}
		const string folder = @"C:\Program Files\Microsoft Monitoring Agent\Agent\";
		c.Set(Om + @"\Setup", "InstallDirectory", folder);
		c.Set(Om + @"\Setup", "Product", "Microsoft Monitoring Agent");
		c.Registry.Make(Om + @"\Agent Management Groups\CONTOSO-OM");
		c.Set(@"SYSTEM\CurrentControlSet\Services\HealthService\Parameters\Management Groups\CONTOSO-OM",
			"maximumQueueSizeKb", 15360);
		c.Put(folder + "HealthService.dll", "7.1.10305.0");
		c.Serve("HealthService");
	}

	private static void Collector(Computer c)
	{
		c.Serve("AdtServer", account: @"NT AUTHORITY\NetworkService");
		c.Set(@"SOFTWARE\ODBC\ODBC.INI\OpsMgrAC", "Server", "SQLACS01");
		c.Set(@"SOFTWARE\ODBC\ODBC.INI\OpsMgrAC", "Database", "OpsMgrAC_CONTOSO");
		Database(c.World, "SQLACS01", "OpsMgrAC_CONTOSO", 50000, 20000, 25000);
	}

	public static SqlDatabase Database(World world, string server, string name, long size, long free, long log,
		string edition = "Enterprise Edition: Core-based Licensing (64-bit)", bool suits = true)
	{
		List<object[]> none = [];
		return world.Sql(server, name)
			.Answer("ProductVersion", "13.0.6300.2").Answer("'Edition'", edition)
			.Answer("IsFullTextInstalled", suits).Answer("'Collation'", "SQL_Latin1_General_CP1_CI_AS")
			.Answer("SUM(CONVERT(bigint, size)) / 128 FROM sys.database_files WHERE type = 0", size).Answer("SpaceUsed", free)
			.Answer("SUM(CONVERT(bigint, size)) / 128 FROM sys.database_files WHERE type = 1", log)
			.Answer("configuration_id = 102", false).Answer("is_broker_enabled", suits).Answer("'sysadmin'", true)
			.Answer("grp.name", none);
	}

	private static SqlDatabase Replicated(SqlDatabase database) => database
		.Answer("SELECT grp.name", "AG-OM")
		.Answer("replica.replica_server_name", new List<object[]>
		{
			new object[] { "SQLN01", "synchronous", "synchronized" },
			new object[] { "SQLN02", "synchronous", "synchronized" },
		});

	private static void Watch(World world)
	{
		var servers = world.Group.Servers;
		foreach (var (server, count) in new[] { (0, 500), (1, 390), (3, 160), (4, 150) })
		{
			for (var number = 1; number <= count; number++)
			{
				world.Group.Agents.Add(new()
					{ Name = $"srv{server}{number:000}.{(server < 3 ? "contoso" : "fabrikam")}.com", Primary = servers[server] });
				// Those of the first server have nobody else; gateways stand in for each other.
				if (server > 0)
					world.Group.Agents[^1].Failover.Add(servers[server switch { 3 => 4, 4 => 3, _ => 0 }]);
			}
		}
		foreach (var (name, server) in new[] { ("app17", 3), ("app18", 4) })
		{
			world.Group.Agents.Add(new() { Name = name + ".fabrikam.com", ManuallyInstalled = true, Primary = servers[server] });
			world.Group.Agents[^1].Failover.Add(servers[server == 3 ? 4 : 3]);
		}
		for (var number = 1; number <= 14; number++)
			world.Group.Subscriptions.Add(new() { Name = $"Subscription.{number}", DisplayName = $"Nacht {number}", Enabled = number <= 11 });
		world.Group.Instances.Add(new()
			{ Class = "Microsoft.SystemCenter.ACS.Collector", DisplayName = "ACS", Path = "ms02.contoso.com" });
	}

	// What the group knows of itself, as cmdlets and databases tell it.
	private static void Know(World world)
	{
		var operational = Replicated(Database(world, Sql, Base, 100000, 60000, 50000));
		var warehouse = Replicated(Database(world, Sql, Warehouse, 400000, 250000, 200000));
		Knowledge.Give(world, operational, warehouse);
		Knowledge.Pool(world, world.Group.Servers[4]);
		operational.Answer("AS os JOIN", Knowledge.Table(["6.3.9600"], ["10.0.14393"], ["10.0.17763"]));
		world.Answers["Get-SCOMWebAddressSetting"] = [new() { ["WebConsoleUrl"] = new Uri("https://web01.contoso.com/OperationsManager") }];
		world.Answers["Get-SCOMReportingSetting"] = [new() { ["ReportingServerUrl"] = "http://rep01.contoso.com:80/ReportServer" }];
		world.Answers["Get-SCOMConnector"].Add(new() { ["Name"] = "Contoso Ticket Connector", ["Initialized"] = true });
		world.Answers["Get-SCXAgent"] = [.. Enumerable.Range(1, 40).Select(n => new Dictionary<string, object> { ["Name"] = $"unix{n}" })];
	}
}

// What a Windows of another language says of itself, and what it does not translate.
public static class Languages
{
	private static readonly Dictionary<string, (string System, string Viewer, string Types, string Administrators)> known = new()
	{
		["german"] = ("Microsoft Windows Server 2012 R2 Standard (Deutsch)", "Microsoft Report Viewer 2015-Laufzeit", "Microsoft System-CLR-Typen", @"VORDEFINIERT\Administratoren"),
		["japanese"] = ("Microsoft Windows Server 2012 R2 Standard 日本語", "Microsoft レポート ビューアー 2015 ランタイム", "Microsoft システム CLR 型", @"BUILTIN\管理者"),
	};

	public static void Speak(Computer c, string language)
	{
		if (language == "english")
			return;
		var (system, viewer, types, administrators) = known[language];
		Sids.Known[administrators] = "S-1-5-32-544";
		c.Row("Win32_OperatingSystem")["Caption"] = system;
		c.World.Group.Roles[0].Users.Insert(0, administrators);
		foreach (var (code, name) in new[] { ("{3ECE8FC7-7020-4756-A71C-C345D4725B77}", viewer), ("{8C06D6DB-A391-4686-B050-99CC522A7843}", types) })
		{
			var key = @"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\" + code;
			if (c.Get(key, "DisplayName") is not null)
				c.Set(key, "DisplayName", name);
		}
		foreach (var subscription in c.World.Answers.Values.SelectMany(rows => rows).Where(r => r.ContainsKey("DisplayName")))
			subscription["DisplayName"] = system;
	}
}
