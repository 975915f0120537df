// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// A pretended network of computers: what scripts see of it, and what they did to it. A world is built by one file of
// worlds/, and holds nothing of the machine that the test runs on but one folder for each pretended drive.
using System.Management.Automation;

namespace Played;

// What a test must never see. It is raised where it happens, in the world, whatever the script says of itself.
public sealed class Violation(string what) : Exception(what);

public sealed class World
{
	public readonly Dictionary<string, Computer> Computers = new(StringComparer.OrdinalIgnoreCase);
	public readonly List<SqlDatabase> Databases = [];
	public readonly Group Group = new();
	public readonly Automation Automation = new();
	public readonly List<Dictionary<string, object>> Nothing = [];
	// What a cmdlet that needs no logic of its own gives: rows, each a mapping of properties.
	public readonly Dictionary<string, List<Dictionary<string, object>>> Answers = new(StringComparer.OrdinalIgnoreCase);
	// What happened, in order: setups, services, records; and what must not have happened.
	public readonly List<string> Events = [];
	public readonly List<string> Violations = [];
	public readonly string Folder;
	public DateTime Now = new(2026, 12, 5, 20, 0, 0, DateTimeKind.Utc);

	public World(string folder)
	{
		Folder = folder;
	}

	public Computer Add(string name, string domain = "contoso.com")
	{
		var computer = new Computer(this, name, domain);
		Computers.Add(computer.FullName, computer);
		return computer;
	}

	// By host name or full name; nothing when there is none.
	public Computer Find(string name)
	{
		if (name is null or "" or "." or "localhost")
			return Here.Computer;
		if (Computers.TryGetValue(name, out var exact))
			return exact;
		return Computers.Values.FirstOrDefault(c => c.Answers(name));
	}

	// One that can be reached from the computer that runs the script: an error as the network gives it.
	public Computer Reach(string name)
	{
		var found = Find(name);
		if (found is null || !Here.Computer.Reaches(found))
			throw new IOException("The network path was not found.");
		return found;
	}

	public SqlDatabase Sql(string server, string name)
	{
		var found = Databases.FirstOrDefault(d =>
			d.Server.Equals(server, StringComparison.OrdinalIgnoreCase) &&
			d.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
		if (found is null)
			Databases.Add(found = new SqlDatabase { Server = server, Name = name });
		return found;
	}

	public void Note(string what) => Events.Add(what);

	public void Violated(string what)
	{
		Violations.Add(what);
		throw new Violation(what);
	}

	public List<PSObject> Answer(string command) =>
		(Answers.TryGetValue(command, out var rows) ? rows : Nothing).Select(Rows.Object).ToList();
}

public static class Rows
{
	public static PSObject Object(Dictionary<string, object> row)
	{
		var made = new PSObject();
		foreach (var (name, value) in row)
			made.Properties.Add(new PSNoteProperty(name, value));
		return made;
	}
}

public sealed class Service
{
	public string Name, Account = "LocalSystem", Start = "Auto", State = "Running", Image = "";
}

// A program that runs on a pretended computer, for as long as the story says.
public sealed class Running
{
	public string Image, CommandLine;
	public int Id;
	public DateTime Since;
}

public sealed class Computer
{
	public readonly World World;
	public readonly string Name, Domain, Folder;
	public readonly Key Registry = new("HKEY_LOCAL_MACHINE");
	public readonly Key User = new("HKEY_CURRENT_USER");
	public readonly Dictionary<string, Service> Services = new(StringComparer.OrdinalIgnoreCase);
	// Versions of files, by their Windows path. A file that is here exists.
	public readonly Dictionary<string, string> Files = new(StringComparer.OrdinalIgnoreCase);
	// Rows of WMI classes; "namespace:class" for those outside root\cimv2.
	public readonly Dictionary<string, List<Dictionary<string, object>>> Cim = new(StringComparer.OrdinalIgnoreCase);
	public readonly List<Certificate> Certificates = [];
	public readonly HashSet<string> Modules = new(StringComparer.OrdinalIgnoreCase);
	public readonly List<Running> Programs = [];
	public readonly List<Dictionary<string, object>> Log = [];
	// Computers that this one cannot reach: a gateway in another network.
	public readonly HashSet<string> Unreachable = new(StringComparer.OrdinalIgnoreCase);
	public string Network = "inside";
	public string UserName = "anna", UserDomain = "CONTOSO";
	public bool Elevated = true, Is64Bit = true, InDomain = true;
	public bool DriveExists(char drive) => Drives.Contains(char.ToUpperInvariant(drive));
	public string Drives = "CDE";
	// What is so, whatever builds and records say: whether the role had its upgrade to the end, was broken by it, and
	// whether somebody who read the log lets it be repeated.
	public bool Done, Broken, MayRepeat;
	// A run of script or playbook holds its mutex there.
	public bool Busy;
	// What becomes of the next setups here.
	public readonly Queue<Fate> Fates = new();

	public Computer(World world, string name, string domain)
	{
		World = world;
		Name = name;
		Domain = domain;
		InDomain = domain != "";
		Folder = Path.Combine(world.Folder, FullName.ToLowerInvariant());
		foreach (var drive in Drives)
			Directory.CreateDirectory(Path.Combine(Folder, drive.ToString()));
		foreach (var needed in new[] { @"C:\Windows\System32", @"C:\Windows\Temp", @"C:\Users\anna\AppData\Local\Temp" })
			Directory.CreateDirectory(Local(needed));
		Windows.Install(this);
	}

	public string FullName => Domain == "" ? Name : Name + "." + Domain;
	// The name of at most 15 characters that NetBIOS, and $env:COMPUTERNAME, have.
	public string NetBios => (Name.Length > 15 ? Name[..15] : Name).ToUpperInvariant();

	public bool Answers(string name)
	{
		var parts = name.Split('.', 2);
		return (parts[0].Equals(Name, StringComparison.OrdinalIgnoreCase) ||
			parts[0].Equals(NetBios, StringComparison.OrdinalIgnoreCase)) &&
			(parts.Length == 1 || parts[1].Equals(Domain, StringComparison.OrdinalIgnoreCase));
	}

	public bool Reaches(Computer other) =>
		other == this || (Network == other.Network && !Unreachable.Contains(other.Name));

	public Key Set(string key, string name, object value)
	{
		var made = Registry.Make(key);
		made.Values[name] = value;
		return made;
	}

	public object Get(string key, string name) => Registry.Find(key)?.Value(name);

	public Service Serve(string name, string image = "", string account = "LocalSystem")
	{
		var service = new Service { Name = name, Image = image, Account = account };
		Services[name] = service;
		Set(@"SYSTEM\CurrentControlSet\Services\" + name, "ImagePath", image);
		return service;
	}

	public bool Runs(string service) => Services.TryGetValue(service, out var found) && found.State == "Running";

	// Where a Windows path of this computer lies on the machine of the test; names are found whatever their case.
	public string Local(string path) => Paths.Local(this, path);

	// A file with a text, for what scripts read.
	public void Write(string path, string text)
	{
		var real = Local(path);
		Directory.CreateDirectory(Path.GetDirectoryName(real));
		File.WriteAllText(real, text);
	}

	// A program file; its version when it has one.
	public void Put(string path, string version = null)
	{
		Write(path, "");
		if (version is not null)
			Files[path] = version;
	}

	public Dictionary<string, object> Row(string cim) => Cim[cim][0];
}

// The computer whose turn it is: scripts of a story run one after the other.
public static class Here
{
	public static Computer Computer;
	public static Person Person;
	public static PlayedHost Host;
	// What a story does before everything that a script changes or asks: nothing, or it cuts the script off.
	public static Action<string> Story;
	// A window that was closed does nothing any more, whatever its script still tries.
	public static bool Cut;

	public static void Moment(string what)
	{
		if (!Cut)
		{
			try { Story?.Invoke(what); }
			catch (CutOff) { Cut = true; }
		}
		if (Cut)
			throw new CutOff();
	}

	public static World World => Computer.World;
}
