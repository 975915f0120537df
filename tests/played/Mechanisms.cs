// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// What the stories are about, taken out of the script one after the other: the story that is about it has to fail. Rows
// whose text is no longer in the script fail too.
namespace Played;

public static class Mechanisms
{
	private static readonly (string Story, string Without, string With)[] known =
	[
		("the first one fails after its build changed",
			"Save-Record $Step 'failed' $false ('exit code ' + $code)\r\n    Show-Code", "Show-Code"),
		("the first one fails after its build changed", "{ $asks = $Task.Once -or", "{ $asks = $false -and"),
		("careless answers never count", "if ($typed -eq ($Name + ' ' + $word)) {", "if ($typed -ne 'x') {"),
		("a false answer that the computer refutes", "if ($old -or ($Task", "if ($false -and ($Task"),
		("its role vanishes", "if (Test-Vanished $Task $Found $before) { return 'failed' }", ""),
		("a setup is killed half way and runs on", "$running = @(Get-RunningSetup)", "$running = @()"),
		("a setup is killed half way and runs on", "Save-Record $Step 'started' $false $build", ""),
		("the first one cannot be seen from a gateway server", "$found.State = 'hidden'", "$found.State = 'done'"),
		("a build of the target without a record",
			"$found.Why = Get-Doubt $Step", ""),
		("a restart is asked for, and looked behind",
			"Save-Record $Step 'started' $false ('restart after", "Save-Record $Step 'done' $false ('restart after"),
		("a setup restarts Windows, and it is looked behind", "@(0, 1641, 3010)", "@(0, 3010)"),
		("a service that runs elsewhere is refused", "if (-not (Test-Alone $Step $Task)) { return 'wait' }", ""),
		("nothing is changed by -WhatIf", "if (-not $PSCmdlet.ShouldProcess(", "if ($false -and $PSCmdlet.ShouldProcess("),
		("one more note in the plan changes no record", "$RecordKey = '", "$RecordKey = $PlanDigest + '"),
		("the whole job in random order, seed 1", "if (-not (Test-Requirement $Step)) { return 'wait' }", ""),
		("the whole job in random order, seed 1",
			"ForEach-Object { Enable-SCOMNotificationSubscription -Subscription $_ }", "Out-Null"),
		("automation in random order, seed 1", "-DrainTimeInSeconds $old", "-DrainTimeInSeconds 300"),
		("automation: a package fails after it changed everything", "-or [bool] (Get-Doubt $Step)", ""),
		("automation: what Windows lists and no record knows", "$found.Why = Get-Doubt $Step", ""),
		("automation: the workers cannot be seen", "$found.State = 'hidden'", "$found.State = 'done'"),
		("automation: one more row in the plan changes no record", "$RecordKey = '", "$RecordKey = $PlanDigest + '"),
		("a later upgrade keeps lists of its own", "New-Item -ItemType File -Path ($file + '.put-back') | Out-Null", ""),
		("a later upgrade keeps lists of its own", " -or $old.GetValue($back, 0)", ""),
		("a window is closed before the service reads what was put back", "if (Test-Path -LiteralPath $restart)", "if ($changed -gt 0)"),
		("pushed agents are repaired without APM", "@without", ""),
		("from the collector to the proof", "Save-Record $Step 'done' $false $Note", ""),
	];

	public static IEnumerable<(string, List<string>)> TakenOut(string plans)
	{
		foreach (var (story, without, with) in known)
		{
			Tale.Without = (without, with);
			var told = Stories.All(plans, 1, 1, story).ToList();
			var failed = told.Count > 0 && told.All(t => t.Item2.Count > 0);
			yield return (story + " holds without: " + without, failed && Tale.Found ? [] : [Tale.Found ? "" : "it is not in the script"]);
		}
		Tale.Without = (null, null);
	}
}
