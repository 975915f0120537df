// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// What is put back as it was, whatever that is; and the same group upgraded once more, long after the first time: what
// was saved then counts no more, though it is still there.
namespace Played;

public static class Later
{
	private const string Health = @"SYSTEM\CurrentControlSet\Services\HealthService\Parameters";
	private const string Queues = Health + @"\Management Groups\CONTOSO";

	// Values of one's own, other ones each time.
	private static void Tune(Tale tale, int by, Computer agent)
	{
		foreach (var c in tale.World.Computers.Values.Where(c => c.Services.ContainsKey("OMSDK")))
		{
			c.Set(Health, "Persistence Cache Maximum", 25600 * by);
			c.Set(Operations.Setup, "DataWarehouseDBServerName", "SQL0" + (1 + by));
		}
		agent.Set(Queues, "maximumQueueSizeKb", 20480 * by);
		foreach (var one in tale.World.Group.Subscriptions)
			one.Enabled = one.DisplayName == "Mail to all" || (by == 1) == (one.DisplayName == "Mail to night");
	}

	// Builds of the source again, and no records: to a script it is another upgrade.
	private static void Another(Tale tale)
	{
		foreach (var c in tale.World.Computers.Values)
		{
			c.Registry.Find(@"SOFTWARE\scupgrade")?.Keys.Remove("operations-manager");
			c.Done = false;
			if (!c.Services.ContainsKey("HealthService"))
				continue;
			foreach (var value in new[] { "ServerVersion", "UIVersion" }.Where(v => c.Get(Operations.Setup, v) is not null))
				c.Set(Operations.Setup, value, Operations.Source);
			foreach (var file in c.Files.Keys.Where(f => f.EndsWith("HealthService.dll")).ToList())
				c.Files[file] = Operations.AgentSource;
		}
		foreach (var c in tale.World.Computers.Values.Where(c => !c.Services.ContainsKey("HealthService")))
		{
			if (c.Get(Operations.Setup, "UIVersion") is not null)
				c.Set(Operations.Setup, "UIVersion", Operations.Source);
			foreach (var listed in c.Registry.Find(@"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall").Keys.Values
				.Where(l => l.Value("DisplayName")?.ToString().StartsWith("System Center Operations Manager") == true))
				listed.Values["DisplayVersion"] = Operations.Source;
		}
	}

	// One who really runs on the AGENT what is to be run on agents, twice: it was lost on the way once.
	private static Person Thorough(Tale tale, Computer agent, List<int> queues) => tale.Someone(prompt =>
	{
		if (!prompt.StartsWith("Run it on those"))
			return tale.Truth(prompt);
		var raises = queues.Count % 2 == 0;
		var name = raises ? "raise-agent-queue.ps1" : "reset-agent-queue.ps1";
		var text = File.ReadAllText(tale["MS01"].Local(@"C:\Users\anna\AppData\Local\scupgrade\" + name));
		for (var time = 0; time < 2; time++)
		{
			var run = Play.Script(agent, @"C:\Users\anna\" + name, text, [], Here.Person);
			tale.Holds(run.Code == 0, name + " ends with " + run.Code, run);
		}
		queues.Add(Convert.ToInt32(agent.Get(Queues, "maximumQueueSizeKb")));
		return "done";
	});

	private static void Whole(Tale tale, int by, Computer agent)
	{
		Tune(tale, by, agent);
		var before = tale.World.Group.Subscriptions.Select(s => s.Enabled).ToList();
		var queues = new List<int>();
		if (!tale.Everywhere(new Random(by), Thorough(tale, agent, queues), Jobs.Nothing, 400))
			return;
		tale.Holds(tale.World.Group.Subscriptions.Select(s => s.Enabled).SequenceEqual(before), "subscriptions are not as before, time " + by);
		tale.Holds(queues.SequenceEqual([76800, 20480 * by]), "the queue of the agent was " + string.Join(", ", queues));
		foreach (var c in tale.World.Computers.Values.Where(c => c.Services.ContainsKey("OMSDK")))
		{
			tale.Holds(25600 * by == Convert.ToInt32(c.Get(Health, "Persistence Cache Maximum")), "a value of the registry is not back on " + c.Name);
			tale.Holds("SQL0" + (1 + by) == (string)c.Get(Operations.Setup, "DataWarehouseDBServerName"), "the data warehouse is not back on " + c.Name);
			tale.Holds(c.Runs("HealthService"), "the health service does not run on " + c.Name);
		}
	}

	public static void Twice(Tale tale)
	{
		var agent = new Computer(tale.World, "APP01", "contoso.com");
		agent.Serve("HealthService");
		agent.Registry.Make(Queues);
		Whole(tale, 1, agent);
		if (tale.Wrong.Count > 0)
			return;
		Another(tale);
		Whole(tale, 2, agent);
	}

	// Every window is closed once in the middle of it; the next run finds the values right already.
	public static void CutShort(Tale tale)
	{
		var agent = new Computer(tale.World, "APP01", "contoso.com");
		var cut = new HashSet<Computer>();
		agent.Serve("HealthService");
		agent.Registry.Make(Queues);
		agent.Set(Queues, "maximumQueueSizeKb", 20480);
		var raise = System.Text.RegularExpressions.Regex.Replace(Steps("seven", "raise-agent-queue"), "\n", "\r\n");
		Here.Story = what =>
		{
			if (what == "starts HealthService")
				throw new CutOff();
		};
		Play.Script(agent, @"C:\Users\anna\raise.ps1", raise, [], tale.Truthful());
		tale.Holds(!agent.Runs("HealthService"), "the window of the agent was not closed in the middle");
		Here.Story = null;
		Play.Script(agent, @"C:\Users\anna\raise.ps1", raise, [], tale.Truthful());
		tale.Holds(agent.Runs("HealthService"), "the health service does not run on the agent");
		Here.Story = what =>
		{
			var restores = Records.State(Here.Computer, "restore-registry-values@" + Here.Computer.Name) == "started";
			if (restores && what == "starts HealthService" && cut.Add(Here.Computer))
				throw new CutOff();
		};
		Whole(tale, 1, agent);
		tale.Holds(cut.Count == 3, "cut short on " + string.Join(", ", cut.Select(c => c.Name)));
	}

	// Nobody recorded the values: who is to put them back is told so, and says what becomes of that.
	public static void Unrecorded(Tale tale)
	{
		const string recorded = "record-registry-values@MS01", restored = "restore-registry-values@MS01";
		tale["MS01"].Set(@"SOFTWARE\scupgrade\operations-manager\CONTOSO\2012-r2-2016", recorded,
			"{ time: '2026-11-20T10:00:00Z', step: '" + recorded +
			@"', state: skipped, who: 'CONTOSO\anna', by-hand: true, digest: '', note: 'none was set' }");
		var told = false;
		var person = tale.Someone(prompt =>
			told && prompt.StartsWith("run it here") ? "skip" : prompt.StartsWith("Why") ? "compared by hand" : tale.Truth(prompt));
		tale.Everywhere(new Random(1), person, (_, run) => told |= run.Shown.Contains("Nothing was recorded in"), 400);
		tale.Holds(told, "nobody is told that there is nothing to put back");
		tale.Holds(Records.State(tale["MS01"], restored) == "skipped", "not as the person said");
		tale.Upgraded();
	}

	public static void AutomationTwice(Tale tale)
	{
		if (!tale.Everywhere(new Random(1), tale.Truthful(), Jobs.Nothing, 300))
			return;
		tale.Automated(600);
		foreach (var c in tale.World.Computers.Values)
			c.Registry.Find(@"SOFTWARE\scupgrade")?.Keys.Remove("service-management-automation");
		tale.World.Automation.DrainTimeInSeconds = 900;
		// Of the other upgrade only what asks for the time and what puts it back.
		foreach (var step in new[] { "drain-jobs", "check-automation" })
		{
			var text = System.Text.RegularExpressions.Regex.Replace(Steps("automation", step), "\n", "\r\n");
			var run = Play.Script(tale["WEB01"], @"C:\Users\anna\" + step + ".ps1", text, [], tale.Truthful());
			tale.Holds(run.Code == 0, step + " ends with " + run.Code, run);
		}
		tale.Holds(tale.World.Automation.DrainTimeInSeconds == 900, "the time to drain is that of another upgrade");
	}

	private static string Steps(string plan, string id)
	{
		using var steps = System.Text.Json.JsonDocument.Parse(Tale.Start("steps", "--format", "json", Path.Combine(Stories.Plans, plan + ".yaml")));
		return steps.RootElement.EnumerateArray().First(s => s.GetProperty("id").GetString() == id).GetProperty("text").GetString();
	}

	// Pushed agents are repaired without it once they were approved, in batches; those by hand are not.
	public static void WithoutApm(Tale tale)
	{
		var plan = Path.Combine(tale.World.Folder, "no-apm.yaml");
		File.WriteAllText(plan, File.ReadAllText(Path.Combine(Stories.Plans, "seven.yaml"))
			.Replace("push-installed: 36 }", "push-installed: 450, no-apm: true }"));
		tale.Script = Tale.Render(plan);
		Operations.Agents(tale.World, 450);
		if (!tale.Everywhere(new Random(1), tale.Truthful(), Jobs.Nothing, 400))
			return;
		var agents = tale.World.Group.Agents;
		tale.Holds(agents.Where(a => !a.ManuallyInstalled).All(a => a.Repaired == 1), "a pushed agent keeps it");
		tale.Holds(agents.Where(a => a.ManuallyInstalled).All(a => a.Repaired == 0), "an agent by hand was repaired");
	}
}
