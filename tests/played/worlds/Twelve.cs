// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// Twelve servers of one group, in two domains: four management servers, of which one is the ACS collector, two pairs of
// gateways, console, web console and Reporting, and an agent that was installed by hand: every role.
namespace Played;

public static class Twelve
{
	public static World Build(string folder)
	{
		var world = new World(folder);
		foreach (var name in new[] { "MS01", "MS02", "MS03", "MS04" })
			Operations.ManagementServer(world, world.Add(name), first: name == "MS01");
		foreach (var name in new[] { "GW01", "GW02" })
			Operations.Gateway(world, world.Add(name, "fabrikam.com"), "dmz");
		foreach (var name in new[] { "GW03", "GW04" })
			Operations.Gateway(world, world.Add(name), "inside");
		Operations.Console(world.Add("CON01"));
		Operations.Agent(world, world.Add("APP01"));
		Operations.WebConsole(world.Add("WEB01"));
		Operations.Reporting(world.Add("REP01"));
		Operations.Collector(world.Find("MS02"));
		Operations.Agents(world, 40);
		return world;
	}
}
