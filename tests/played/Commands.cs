// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// What stands behind the functions of commands/.
using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Played;

public static class Clock
{
	public static void Sleep(int milliseconds)
	{
		Here.Moment("sleeps");
		Here.World.Now = Here.World.Now.AddMilliseconds(milliseconds);
	}
}

public static class Modules
{
	// A name, or the folder of a module.
	public static bool Has(string name) => Here.Computer.Modules.Contains(PretendedPath.GetFileName(name.TrimEnd('\\'))) ||
		name.StartsWith("Microsoft.PowerShell.") || name == "CimCmdlets";
}

public static class Cim
{
	public static List<PSObject> Get(string[] computers, string space, string name, string filter, string query)
	{
		if (!string.IsNullOrEmpty(query))
		{
			var parts = Regex.Match(query, @"(?i)^\s*select\s+.+?\s+from\s+(\w+)(?:\s+where\s+(.+))?$");
			(name, filter) = (parts.Groups[1].Value, parts.Groups[2].Value);
		}
		var found = new List<PSObject>();
		foreach (var there in computers ?? ["."])
			found.AddRange(Rows(Here.World.Reach(there), space, name).Where(r => Fits(r, filter)).Select(Played.Rows.Object));
		return found;
	}

	private static List<Dictionary<string, object>> Rows(Computer computer, string space, string name)
	{
		Here.Moment("cim " + space + ":" + name);
		if (name.Equals("Win32_Service", StringComparison.OrdinalIgnoreCase))
			return [.. computer.Services.Values.Select(Row)];
		if (name.Equals("Win32_Process", StringComparison.OrdinalIgnoreCase))
			return [.. computer.Programs.Select(Row)];
		var key = Regex.IsMatch(space, @"(?i)^root[\\/]cimv2$") ? name : space + ":" + name;
		return computer.Cim.TryGetValue(key, out var rows) ? rows : throw new InvalidOperationException("Invalid class");
	}

	private static Dictionary<string, object> Row(Service service) => new()
	{
		["Name"] = service.Name, ["State"] = service.State, ["StartMode"] = service.Start, ["StartName"] = service.Account,
		["PathName"] = service.Image, ["Started"] = service.State == "Running", ["DisplayName"] = service.Name,
	};

	private static Dictionary<string, object> Row(Running program) => new()
	{
		["Name"] = program.Image, ["ProcessId"] = (uint)program.Id, ["CommandLine"] = program.CommandLine,
		["CreationDate"] = program.Since, ["ExecutablePath"] = program.CommandLine.Split('"')[1],
	};

	// Terms "Name operator value", joined by and, or by or.
	private static bool Fits(Dictionary<string, object> row, string filter)
	{
		if (string.IsNullOrWhiteSpace(filter))
			return true;
		if (Regex.IsMatch(filter, @"(?i)\sor\s"))
			return Regex.Split(filter, @"(?i)\sor\s").Any(part => Fits(row, part));
		return Regex.Split(filter, @"(?i)\sand\s").All(part => FitsOne(row, part.Trim(' ', '(', ')')));
	}

	private static bool FitsOne(Dictionary<string, object> row, string term)
	{
		var parts = Regex.Match(term, @"(?i)^(\w+)\s*(=|<>|!=|like)\s*(?:'([^']*)'|""([^""]*)""|(\w+))$");
		if (!parts.Success)
			throw new Violation("a filter that the tests cannot read: " + term);
		var wanted = parts.Groups[3].Value + parts.Groups[4].Value + parts.Groups[5].Value;
		var value = Convert.ToString(row.GetValueOrDefault(parts.Groups[1].Value));
		return parts.Groups[2].Value.ToLowerInvariant() switch
		{
			"=" => value.Equals(wanted, StringComparison.OrdinalIgnoreCase),
			"like" => Regex.IsMatch(value, "(?i)^" + Regex.Escape(wanted).Replace("%", ".*") + "$"),
			_ => !value.Equals(wanted, StringComparison.OrdinalIgnoreCase),
		};
	}
}

public static class Logs
{
	public static List<PSObject> Get(Hashtable filter)
	{
		var levels = (filter["Level"] as IEnumerable)?.Cast<object>().Select(Convert.ToInt32).ToHashSet();
		return [.. Here.Computer.Log.Where(e => levels is null || levels.Contains((int)e["Level"])).Select(Rows.Object)];
	}
}

// The Data Access Service, and what the group keeps.
public static class Sdk
{
	private static Computer connected;

	private static Computer Asked(object session)
	{
		var there = session switch
		{
			PSObject { BaseObject: Computer c } => c,
			Computer c => c,
			_ => connected is not null && connected.World == Here.World ? connected : Here.Computer,
		};
		if (!there.Runs("OMSDK"))
			throw new InvalidOperationException("The Data Access service is either not running or not yet initialized.");
		return there;
	}

	private static Group Ask(object session, [System.Runtime.CompilerServices.CallerMemberName] string what = "")
	{
		Here.Moment("asks the group for " + what);
		return Asked(session).World.Group;
	}

	public static Computer Connect(string name)
	{
		Here.Moment("connects");
		connected = Asked(Here.World.Reach(name));
		return connected;
	}

	public static void Disconnect(object session) => connected = null;
	public static void Forget() => connected = null;
	public static Computer[] Connections() => connected is null ? [] : [connected];

	public static Group Group(object session)
	{
		var group = Ask(session);
		group.Version = group.Server(Asked(session).FullName)?.Version ?? group.Version;
		return group;
	}

	private static bool Matches(string name, string[] wanted) => wanted is null || wanted.Length == 0 ||
		wanted.Any(w => new WildcardPattern(w, WildcardOptions.IgnoreCase).IsMatch(name));

	public static ManagementServer[] Servers(object session, string[] names) =>
		[.. Ask(session).Servers.Where(s => Matches(s.Name, names))];

	public static Agent[] Agents(object session, string[] names, object server) =>
		[.. Ask(session).Agents.Where(a => Matches(a.Name, names) && (server is null || a.Primary == Plain(server)))];

	public static void Repair(Agent[] agents, bool withoutApm)
	{
		Here.Moment("repairs agents");
		if (agents.Length > 200)
			Here.World.Violated("more than 200 agents at once");
		foreach (var agent in agents.Where(_ => withoutApm))
			agent.Repaired++;
	}

	private static object Plain(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;

	public static void Parent(object child, ManagementServer primary, ManagementServer[] failover)
	{
		if (primary is not null && failover is not null)
			throw new Violation("primary and failover in one call");
		Ask(null);
		Here.Moment("sets the parent of " + child);
		Here.World.Note("parent of " + child);
		var (name, list) = Plain(child) is Agent a ? (a.Name, a.Failover) : (((ManagementServer)Plain(child)).Name, ((ManagementServer)Plain(child)).Failover);
		if (failover is null)
			return;
		list.Clear();
		list.AddRange(failover);
	}

	public static Pending[] Pending(object session) => [.. Ask(session).Pending];

	public static void Settle(object pending)
	{
		var group = Ask(null);
		Here.Moment("settles a pending agent");
		group.Pending.Remove((Pending)Plain(pending));
	}

	public static Subscription[] Subscriptions(object session) => [.. Ask(session).Subscriptions];

	public static void Enable(Subscription one, bool enabled)
	{
		Ask(null);
		Here.Moment((enabled ? "enables " : "disables ") + one.Name);
		one.Enabled = enabled;
	}

	public static UserRole[] Roles(object session, string[] names) =>
		[.. Ask(session).Roles.Where(r => Matches(r.Name, names))];

	// With a pattern those that are watched, else whatever is asked for.
	public static MonitoringClass[] Classes(object session, string[] names)
	{
		var group = Ask(session);
		return [.. names.SelectMany(n => WildcardPattern.ContainsWildcardCharacters(n) ?
			group.Instances.Select(i => i.Class).Distinct().Where(c => Matches(c, [n])) : [n])
			.Select(n => new MonitoringClass { Name = n })];
	}

	public static Monitored[] Instances(object session, object named) =>
		[.. Ask(session).Instances.Where(i => i.Class == ((MonitoringClass)Plain(named)).Name)];

	public static void Maintain(Monitored one, DateTime until)
	{
		Ask(null);
		Here.Moment("maintenance of " + one.DisplayName);
		if (one.InMaintenanceMode)
			throw new InvalidOperationException("The object is already in maintenance mode.");
		one.InMaintenanceMode = true;
	}

	// A cmdlet without logic of its own.
	public static List<PSObject> Answer(object session, string command)
	{
		Ask(session, command);
		return Here.World.Answer(command);
	}
}

public static class Sma
{
	private static Automation Ask(string endpoint, [System.Runtime.CompilerServices.CallerMemberName] string what = "")
	{
		Here.Moment("asks the web service for " + what);
		var host = Regex.Match(endpoint, "^https?://([^:/]+)").Groups[1].Value;
		var there = Here.World.Reach(host);
		if (!there.Runs("W3SVC") || there.Get(@"SOFTWARE\Microsoft\ServiceManagementAutomation\WebService", "InstallationFolder") is null)
			throw new InvalidOperationException("Unable to connect to the remote server");
		return there.World.Automation;
	}

	public static List<PSObject> Workers(string endpoint) =>
		[.. Ask(endpoint).Workers.Select(w => Rows.Object(new() { ["ComputerName"] = w, ["RunbookWorkers"] = new[] { w } }))];

	public static void Deploy(string endpoint, string[] names)
	{
		var automation = Ask(endpoint);
		Here.Moment("deploys");
		automation.Workers.Clear();
		automation.Workers.AddRange(names);
	}

	public static PSObject Configuration(string endpoint) =>
		Rows.Object(new() { ["DrainTimeInSeconds"] = Ask(endpoint).DrainTimeInSeconds });

	public static void Drain(string endpoint, int seconds)
	{
		var automation = Ask(endpoint);
		Here.Moment("sets the time to drain");
		automation.DrainTimeInSeconds = seconds;
	}

	public static List<PSObject> Answer(string endpoint, string command)
	{
		Ask(endpoint);
		return Here.World.Answer(command);
	}
}
