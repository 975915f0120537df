// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// A management group and an automation deployment, as the objects that the cmdlets of the products give.
namespace Played;

public enum TraversalDepth { OneLevel, Recursive }

public enum LicenseSku { InvalidLicense, Select, Retail, Eval }

public sealed class Group
{
	public string Name = "CONTOSO";
	public Guid Id = new("7a1a1a1a-0000-0000-0000-000000000001");
	public string Version = "7.1.10226.0";
	public LicenseSku SkuForLicense { get; set; } = LicenseSku.Retail;
	public DateTime TimeOfExpiration { get; set; } = DateTime.MaxValue;
	public Administration Administration => new(this);
	public readonly List<ManagementServer> Servers = [];
	public readonly List<Agent> Agents = [];
	public readonly List<Subscription> Subscriptions = [];
	public readonly List<Pending> Pending = [];
	public readonly List<Monitored> Instances = [];
	public readonly List<UserRole> Roles = [new() { Name = "OperationsManagerAdministrators", Users = [@"CONTOSO\SCOM Admins"] }];
	// Of the servers: who is to be asked. Where OMSDK does not run nobody answers.
	public ManagementServer Server(string name) => Servers.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

public sealed class Administration(Group group)
{
	public Agent[] GetPartialAgentManagedComputers()
	{
		Here.Moment("GetPartialAgentManagedComputers");
		return [.. group.Agents];
	}
}

public sealed class ManagementServer
{
	public Guid Id { get; } = Guid.NewGuid();
	public string Name { get; init; }
	public string DisplayName => Name;
	public string PrincipalName => Name;
	public string ComputerName => Name.Split('.')[0].ToUpperInvariant();
	public string Domain { get; init; } = "CONTOSO";
	public string Version { get; set; }
	public bool IsGateway { get; init; }
	public bool IsRootManagementServer { get; init; }
	public string ActionAccountIdentity { get; init; } = @"CONTOSO\svc-action";
	public int CommunicationPort => 5723;
	public string HealthState { get; set; } = "Success";
	public bool ManuallyInstalled => IsGateway;
	public ManagementServer Primary;
	public readonly List<ManagementServer> Failover = [];
	public ManagementServer GetPrimaryManagementServer() => Primary;
	public IReadOnlyList<ManagementServer> GetFailoverManagementServers() => Failover;
	public override string ToString() => Name;
}

public sealed class Agent
{
	public Guid Id { get; } = Guid.NewGuid();
	public string Name { get; init; }
	public string DisplayName => Name;
	public string PrincipalName => Name;
	public string ComputerName => Name.Split('.')[0].ToUpperInvariant();
	public string Domain { get; init; } = "CONTOSO";
	public string Version { get; set; } = "7.1.10184.0";
	public bool ManuallyInstalled { get; init; }
	public string HealthState { get; set; } = "Success";
	public ManagementServer Primary;
	public readonly List<ManagementServer> Failover = [];
	public string PrimaryManagementServerName => Primary?.Name;
	public string ManagementServerName => Primary?.Name;
	public bool ActiveDirectoryManaged { get; init; }
	// How often it was repaired without APM.
	public int Repaired;
	public ManagementServer GetPrimaryManagementServer() => Primary;
	public IReadOnlyList<ManagementServer> GetFailoverManagementServers() => Failover;
	public override string ToString() => Name;
}

public sealed class Subscription
{
	public Guid Id { get; init; } = Guid.NewGuid();
	public string Name { get; init; }
	public string DisplayName { get; init; }
	public bool Enabled { get; set; }
	public override string ToString() => Name;
}

public sealed class Pending
{
	public string AgentName { get; init; }
	public string AgentPendingActionType { get; init; } = "ManualApproval";
	public string ManagementServerName { get; init; }
}

public sealed class UserRole
{
	public string Name { get; init; }
	public List<string> Users { get; init; } = [];
}

public sealed class MonitoringClass
{
	public string Name { get; init; }
}

// Whom the domain knows by which id. Windows translates some of the names; the ids are the same everywhere.
public static class Sids
{
	public static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
	{
		[@"CONTOSO\SCOM Admins"] = "S-1-5-21-1-2-3-1105",
		[@"BUILTIN\Administrators"] = "S-1-5-32-544", [@"VORDEFINIERT\Administratoren"] = "S-1-5-32-544",
	};
}

// An instance of a class that is monitored.
public sealed class Monitored
{
	public string Class { get; init; }
	public string DisplayName { get; init; }
	public string Path { get; init; }
	public bool InMaintenanceMode { get; set; }

	public void StopMaintenanceMode(DateTime end, TraversalDepth depth)
	{
		if (!InMaintenanceMode)
			throw new InvalidOperationException("The object is not in maintenance mode.");
		Here.Moment("maintenance ends");
		InMaintenanceMode = false;
	}
}

public sealed class Automation
{
	public int DrainTimeInSeconds = 600;
	public string Endpoint = "https://WEB01";
	public readonly List<string> Workers = [];
	public readonly List<Dictionary<string, object>> Jobs = [];
}

// A service as Get-Service gives it.
public sealed class ServiceController(Computer computer, Service service)
{
	public string Name => service.Name;
	public string ServiceName => service.Name;
	public string DisplayName => service.Name;
	public string MachineName => computer == Here.Computer ? "." : computer.Name;
	public string Status => service.State;
	public string StartType => service.Start switch { "Auto" => "Automatic", var other => other };

	public void WaitForStatus(string status, TimeSpan most)
	{
		if (service.State != status)
			throw new TimeoutException("Time out has expired and the operation has not been completed.");
	}

	public void Refresh() { }
	public Computer Computer => computer;
	public Service Service => service;
	public override string ToString() => service.Name;
}

public static class Services
{
	public static List<ServiceController> Get(string[] names, string[] computers)
	{
		Here.Moment("asks for services");
		var found = new List<ServiceController>();
		foreach (var there in computers)
		{
			var computer = Here.World.Reach(there);
			foreach (var name in names)
			{
				var pattern = new System.Management.Automation.WildcardPattern(name,
					System.Management.Automation.WildcardOptions.IgnoreCase);
				var matching = computer.Services.Values.Where(s => pattern.IsMatch(s.Name))
					.Select(s => new ServiceController(computer, s)).ToList();
				if (matching.Count == 0 && !System.Management.Automation.WildcardPattern.ContainsWildcardCharacters(name))
					throw new InvalidOperationException("Cannot find any service with service name '" + name + "'.");
				found.AddRange(matching);
			}
		}
		return found;
	}

	public static void Switch(ServiceController found, bool run)
	{
		var wanted = run ? "Running" : "Stopped";
		if (run && found.Service.Start == "Disabled")
			throw new InvalidOperationException("Service '" + found.Name + "' cannot be started.");
		if (found.Service.State == wanted)
			return;
		Here.Moment((run ? "starts " : "stops ") + found.Name);
		found.Service.State = wanted;
		Here.World.Note(found.Computer.Name + ": " + found.Name + " " + wanted);
	}
}
