// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// What is small and has strange names: one management server without agents, gateway servers, subscriptions and events,
// on a German Windows, and a web console in another domain; and an automation deployment on one computer.
namespace Played;

public static class Odd
{
	public const string Media = @"D:\it's $x `y & (z)";

	public static World Build(string folder)
	{
		var world = new World(folder);
		world.Group.Name = "Köln -- Co -1";
		var server = world.Add("scom-management-server-1");
		Operations.ManagementServer(world, server, first: true);
		Operations.WebConsole(world.Add("web-console-of-the-second-site", "fabrikam.com"));
		foreach (var computer in world.Computers.Values)
		{
			computer.Put(Media + @"\setup.exe");
			Languages.Speak(computer, "german");
		}
		return world;
	}

	public static World BuildAutomation(string folder)
	{
		var world = new World(folder);
		var computer = world.Add("runbook-worker-number-one");
		Automations.WebService(computer);
		Automations.Worker(computer);
		foreach (var name in new[] { "WorkerInstaller", "WebServiceInstaller", "PowershellModuleInstaller" })
		{
			computer.Put(Media + "\\" + name + ".msi");
			computer.Put("E" + Media[1..] + "\\" + name + ".msi");
		}
		world.Automation.Endpoint = "https://" + computer.Name;
		Operations.ManagementServer(world, world.Add("MS01"), first: true);
		Automations.Watched(world);
		return world;
	}
}
