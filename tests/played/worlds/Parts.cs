// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// Roles of both products as computers have them on 2012 R2: registry, services, files, modules.
namespace Played;

public static class Operations
{
	public const string Setup = @"SOFTWARE\Microsoft\Microsoft Operations Manager\3.0\Setup";
	public const string Product = @"SOFTWARE\Microsoft\System Center Operations Manager\12\Setup";
	public const string Folder = @"C:\Program Files\Microsoft System Center 2012 R2\Operations Manager";
	public const string Source = "7.1.10226.0", Target = "7.2.11719.0";
	public const string AgentSource = "7.1.10184.0", AgentTarget = "8.0.10918.0";

	public static void ManagementServer(World world, Computer c, bool first)
	{
		c.Set(Setup, "ServerVersion", Source);
		c.Set(Setup, "UIVersion", Source);
		c.Set(Setup, "DatabaseVersion", Source);
		c.Set(Setup, "InstallDirectory", Folder + @"\Server\");
		c.Set(Setup, "DatabaseServerName", @"SQL01\OM");
		c.Set(Setup, "DatabaseName", "OperationsManager");
		c.Set(Setup, "DataWarehouseDBServerName", "SQL02");
		c.Set(Setup, "DataWarehouseDBName", "OperationsManagerDW");
		c.Set(Product, "InstallDirectory", Folder);
		c.Set(@"SOFTWARE\Microsoft\Microsoft Operations Manager\3.0\Server Management Groups\" + world.Group.Name, "IsServer", 1);
		c.Serve("HealthService", "\"" + Folder + "\\Server\\HealthService.exe\"");
		c.Registry.Make(@"SYSTEM\CurrentControlSet\Services\HealthService\Parameters");
		c.Serve("OMSDK", "\"" + Folder + "\\Server\\Microsoft.Mom.Sdk.ServiceHost.exe\"", @"CONTOSO\svc-das");
		c.Serve("cshost", "\"" + Folder + "\\Server\\cshost.exe\"", @"CONTOSO\svc-das");
		c.Put(Folder + @"\Server\HealthService.dll", AgentSource);
		// The file follows the update rollups, the registry does not: this is update rollup 14.
		c.Put(Folder + @"\Server\Tools\TMF\OMTraceTMFVer.Dll", "7.1.10226.1387");
		c.Put(@"D:\setup.exe");
		c.Modules.Add("OperationsManager");
		world.Group.Servers.Add(new() { Name = c.FullName, Version = Source, IsRootManagementServer = first });
		if (first)
			Databases(world);
	}

	private static void Databases(World world)
	{
		foreach (var (server, name) in new[] { (@"SQL01\OM", "OperationsManager"), ("SQL02", "OperationsManagerDW") })
			SqlAnswers(world.Sql(server, name));
		Knowledge.Give(world, world.Sql(@"SQL01\OM", "OperationsManager"), world.Sql("SQL02", "OperationsManagerDW"));
	}

	public static SqlDatabase SqlAnswers(SqlDatabase database) => database
		.Answer("ProductVersion", "12.0.6024.0").Answer("'Edition'", "Standard Edition (64-bit)")
		.Answer("IsFullTextInstalled", true).Answer("'Collation'", "SQL_Latin1_General_CP1_CI_AS")
		.Answer("SUM(CONVERT(bigint, size)) / 128 FROM sys.database_files WHERE type = 0", 40960L)
		.Answer("SpaceUsed", 25600L).Answer("SUM(CONVERT(bigint, size)) / 128 FROM sys.database_files WHERE type = 1", 20480L)
		.Answer("configuration_id = 102", false).Answer("is_broker_enabled", true).Answer("'sysadmin'", true)
		.Answer("SELECT grp.name", Knowledge.Table());

	// Both of a pair of gateways lie in one network.
	public static void Gateway(World world, Computer c, string network)
	{
		c.Network = network;
		c.Set(Setup, "InstallDirectory", Folder + @"\Gateway\");
		c.Serve("HealthService", "\"" + Folder + "\\Gateway\\HealthService.exe\"");
		c.Put(Folder + @"\Gateway\HealthService.dll", AgentSource);
		c.Put(@"D:\setup.exe");
		c.Put(@"D:\gateway\AMD64\MOMGateway.msi");
		world.Group.Servers.Add(new()
		{
			Name = c.FullName, Version = AgentSource, IsGateway = true, Primary = world.Group.Servers[0],
			Domain = c.Domain.Split('.')[0].ToUpperInvariant(),
		});
	}

	// One that was installed by hand, with the media beside it.
	public static void Agent(World world, Computer c)
	{
		const string folder = @"C:\Program Files\Microsoft Monitoring Agent\Agent\";
		c.Set(Setup, "InstallDirectory", folder);
		c.Set(Setup, "Product", "Microsoft Monitoring Agent");
		c.Registry.Make(@"SOFTWARE\Microsoft\Microsoft Operations Manager\3.0\Agent Management Groups\" + world.Group.Name);
		c.Serve("HealthService", "\"" + folder + "HealthService.exe\"");
		c.Put(folder + "HealthService.dll", AgentSource);
		c.Put(@"D:\setup.exe");
		c.Put(@"D:\agent\AMD64\MOMAgent.msi");
	}

	public static void Console(Computer c)
	{
		c.Set(Setup, "UIVersion", Source);
		c.Set(Setup, "InstallDirectory", Folder + @"\Console\");
		c.Modules.Add("OperationsManager");
		c.Put(@"D:\setup.exe");
		Windows.List(c, "{3ECE8FC7-7020-4756-A71C-C345D4725B77}", "Microsoft Report Viewer 2015 Runtime", "12.0.2402.15");
		Windows.List(c, "{8C06D6DB-A391-4686-B050-99CC522A7843}", "Microsoft System CLR Types for SQL Server 2014", "12.0.2402.11");
	}

	public static void WebConsole(Computer c)
	{
		c.Set(Product, "InstallDirectory", Folder);
		c.Set(Product + @"\WebConsole", "HTTP_GET_ENABLED", "1");
		c.Set(Product + @"\WebConsole", "BINDING_CONFIGURATION", "DefaultHttpBinding");
		c.Set(Product + @"\WebConsole", "WEBSITE_ID", "1");
		c.Write(Folder + @"\WebConsole\WebHost\web.config", "<configuration>tuned</configuration>");
		c.Put(Folder + @"\WebConsole\MonitoringView\OMVersion.dll", Source);
		Contoso.Sites(c, ("Default Web Site", 1, "http", 80));
		Windows.WebServer(c);
		Windows.List(c, "{20000000-0000-0000-0000-000000000003}", "System Center Operations Manager 2012 Web Console", Source);
		c.Put(@"D:\setup.exe");
	}

	public static void Reporting(Computer c)
	{
		c.Set(Product, "InstallDirectory", Folder);
		c.Set(Product + @"\Reporting", "DefaultSDKServiceMachine", "MS01.contoso.com");
		c.Serve("ReportServer");
		Windows.List(c, "{D6E655E7-6318-4C50-B184-55E70DB179C1}", "System Center Operations Manager 2012 Reporting", Source);
		c.Put(@"D:\setup.exe");
	}

	public static void Collector(Computer c)
	{
		c.Serve("AdtServer");
		c.Set(@"SOFTWARE\ODBC\ODBC.INI\OpsMgrAC", "Server", "SQL02");
		c.Set(@"SOFTWARE\ODBC\ODBC.INI\OpsMgrAC", "Database", "OperationsManagerAC");
		SqlAnswers(c.World.Sql("SQL02", "OperationsManagerAC"));
	}

	// Each reports to one of the servers, gateways included, in turn.
	public static void Agents(World world, int count)
	{
		var servers = world.Group.Servers;
		for (var number = 1; number <= count; number++)
		{
			world.Group.Agents.Add(new()
			{
				Name = $"APP{number:000}.contoso.com", ManuallyInstalled = number % 10 == 0,
				Primary = servers[number % servers.Count],
			});
		}
		foreach (var (name, enabled) in new[] { ("Mail to all", true), ("Mail to night", true), ("Old pager", false) })
			world.Group.Subscriptions.Add(new() { Name = "Subscription." + name.Replace(" ", ""), DisplayName = name, Enabled = enabled });
	}
}

public static class Automations
{
	private const string Root = @"SOFTWARE\Microsoft\ServiceManagementAutomation";
	private const string Uninstall = @"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\";
	public const string Source = "7.2.2355.0", Target = "7.3.345.0";

	private static void Settings(Computer c, string role, string folder)
	{
		c.Set(Root + "\\" + role, "DatabaseServerName", "SQL01");
		c.Set(Root + "\\" + role, "DatabaseServerInstance", "MSSQLSERVER");
		c.Set(Root + "\\" + role, "DatabaseName", "SMA");
		c.Set(Root + "\\" + role, "InstallationFolder", folder);
	}

	private static void Listed(Computer c, string code, string name) => Windows.List(c, code, name, Source);

	private static void Media(Computer c)
	{
		foreach (var name in new[] { "WorkerInstaller", "WebServiceInstaller", "PowershellModuleInstaller" })
		{
			c.Put(@"D:\SMA\" + name + ".msi");
			c.Put(@"E:\SMA2012R2\" + name + ".msi");
		}
	}

	public static void Worker(Computer c)
	{
		const string folder = @"C:\Program Files\Microsoft System Center 2012 R2\Service Management Automation";
		Windows.Server2016(c);
		Settings(c, "RunbookWorker", folder);
		Listed(c, "{10000000-0000-0000-0000-000000000001}",
			"System Center 2012 R2 Service Management Automation Runbook Worker");
		c.Serve("rbsvc", "\"" + folder + "\\Orchestrator.Sandbox.exe\"", @"CONTOSO\svc-sma");
		c.Write(folder + @"\Orchestrator.Settings.config", "<configuration>tuned</configuration>");
		Media(c);
		c.World.Automation.Workers.Add(c.Name);
	}

	public static void WebService(Computer c)
	{
		Settings(c, "WebService", @"c:\inetpub\Service Management Automation");
		c.Set(Root + @"\WebService", "IisSiteName", "SMA");
		Contoso.Sites(c, ("SMA", 1, "https", 9090));
		Listed(c, "{10000000-0000-0000-0000-000000000002}",
			"System Center 2012 R2 Service Management Automation Web Service");
		Listed(c, "{10000000-0000-0000-0000-000000000003}",
			"System Center 2012 R2 Service Management Automation Powershell");
		Windows.WebServer(c);
		Windows.Server2016(c);
		c.Modules.Add("Microsoft.SystemCenter.ServiceManagementAutomation");
		Media(c);
	}

	private static readonly Dictionary<string, (string Code, string Name)> packages = new()
	{
		["WorkerInstaller"] = ("{10000000-0000-0000-0000-000000000001}", "Runbook Worker"),
		["WebServiceInstaller"] = ("{10000000-0000-0000-0000-000000000002}", "Web Service"),
		["PowershellModuleInstaller"] = ("{10000000-0000-0000-0000-000000000003}", "Powershell"),
	};

	public static bool Has(Computer c, string package, string version) =>
		version.Equals(c.Get(Uninstall + packages[package].Code, "DisplayVersion"));

	// A package is installed or removed; what must never be is looked at here.
	public static int? Package(Running program, bool install, string package, string line)
	{
		var c = Here.Computer;
		var all = c.World.Computers.Values;
		c.World.Note(c.Name + ": " + (install ? "installs " : "removes ") + package);
		void Must(bool holds, string what)
		{
			if (!holds)
				c.World.Violated(c.Name + ": " + what);
		}

		Must(c.Programs.Count == 0, "a package while another one is under way");
		if (!install)
		{
			Must(all.All(o => !o.Runs("rbsvc")), "something was removed while a runbook worker runs");
			Must(Has(c, package, Source), "removed although it was not there");
			return End(c, program, () =>
			{
				c.Registry.Remove(Uninstall + packages[package].Code);
				if (package == "WorkerInstaller")
					c.Services.Remove("rbsvc");
			});
		}
		Must(all.All(o => packages.Keys.All(p => !Has(o, p, Source))), "something was installed before all that is old was gone");
		Must(!Has(c, package, Target), "installed twice");
		Must(!line.Contains("CREATEDATABASE=\"Yes\""), "a new database");
		if (package == "WebServiceInstaller")
			Must(all.Where(o => c.World.Automation.Workers.Contains(o.Name)).All(o => Has(o, "WorkerInstaller", Target)), "before the workers");
		return End(c, program, () => Install(c, package));
	}

	// A package changes all that it changes at once, and then ends as the story says.
	private static int? End(Computer c, Running program, Action change)
	{
		var fate = Programs.Next();
		if (fate != Fate.Early)
			change();
		if (fate == Fate.Hangs)
			c.Programs.Add(program);
		return fate switch
		{
			Fate.Early or Fate.Late => 1603,
			Fate.Restart or Fate.RestartNow => Programs.Pending(c, fate),
			Fate.Hangs => null,
			_ => 0,
		};
	}

	// What a person finds who looks for what STEP does: whether it is done.
	public static bool Did(Computer c, string step)
	{
		var package = step.Contains("worker") ? "WorkerInstaller" : step.Contains("module") ? "PowershellModuleInstaller" : "WebServiceInstaller";
		return step.StartsWith("install") ? Has(c, package, Target) : !Has(c, package, Source);
	}

	public static bool Old(Computer c) => packages.Keys.Any(p => Has(c, p, Source));

	private static void Install(Computer c, string package)
	{
		Windows.List(c, packages[package].Code, "System Center 2016 Service Management Automation " + packages[package].Name, Target);
		if (package == "WorkerInstaller")
			c.Serve("rbsvc", "", @"CONTOSO\svc-sma");
	}

	public static void Database(World world) => Operations.SqlAnswers(world.Sql("SQL01", "SMA"));

	public static void Watched(World world)
	{
		foreach (var c in world.Computers.Values)
		{
			foreach (var name in new[] { "Microsoft.Windows.Computer", "Microsoft.SystemCenter.HealthService",
				"Microsoft.SystemCenter.HealthServiceWatcher" })
				world.Group.Instances.Add(new() { Class = name, DisplayName = c.FullName });
		}
	}
}
