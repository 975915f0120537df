// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// A deployment of Service Management Automation: two runbook workers and a web service, monitored from MS01.
namespace Played;

public static class AutomationWorld
{
	public static World Build(string folder)
	{
		var world = new World(folder);
		var web = world.Add("WEB01");
		Automations.WebService(web);
		foreach (var name in new[] { "WRK01", "WRK02" })
			Automations.Worker(world.Add(name));
		Automations.Database(world);
		Operations.ManagementServer(world, world.Add("MS01"), first: true);
		Automations.Watched(world);
		return world;
	}
}
