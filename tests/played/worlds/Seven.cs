// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// Seven computers: three management servers, one with a name of more than 15 characters; a gateway server in a network of
// its own, from which nothing else can be seen; one inside; a console and a web console.
namespace Played;

public static class Seven
{
	public static World Build(string folder)
	{
		var world = new World(folder);
		foreach (var name in new[] { "MS01", "MS02", "MS03-of-the-second-site" })
			Operations.ManagementServer(world, world.Add(name), first: name == "MS01");
		Operations.Collector(world.Find("MS02"));
		Operations.Gateway(world, world.Add("GW01", "fabrikam.com"), "dmz");
		Operations.Gateway(world, world.Add("GW02"), "inside");
		Operations.Console(world.Add("CON01"));
		Operations.WebConsole(world.Add("WEB01"));
		Operations.Agents(world, 12);
		return world;
	}
}
