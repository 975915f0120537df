/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: scripts that ask and change the management group itself: its packs, the failover of its agents,
 * what pushed agents have.
 */
#include "flows/om/om_words.h"

/* ---- management packs ---- */

const char om_export_packs_text[] =
	"# What was made or changed here is in unsealed packs, and in no other file.\n"
	"$ErrorActionPreference = 'Stop'\n"
	"Import-Module OperationsManager\n" COMMON_BEFORE_FOLDER
	"$target = Join-Path $folder ('management-packs-' + $time)\n"
	"New-Item -ItemType Directory -Path $target | Out-Null\n"
	"$packs = @(Get-SCOMManagementPack | Where-Object { -not $_.Sealed })\n"
	"$packs | Export-SCOMManagementPack -Path $target\n"
	"$count = @(Get-ChildItem -LiteralPath $target -Filter '*.xml').Count\n"
	"'Exported to ' + $target + ': ' + $count + ' of ' + $packs.Count\n"
	"if ($count -lt $packs.Count) { throw 'Some packs were not exported.' }\n";

/* ---- the failover of agents behind gateway servers ---- */

/* What both scripts share: names are the same when their labels are, unless two domains say otherwise. */
#define FAILOVER                                                                                                       \
	COMMON_KEPT("gateway-failover")                                                                                \
	"$domain = { param([string] $name); ($name + '.').Substring(($name + '.').IndexOf('.') + 1).TrimEnd('.') }\n"  \
	"$same = {\n"                                                                                                  \
	"  param([string] $one, [string] $other)\n"                                                                    \
	"  if ((& $domain $one) -and (& $domain $other)) { return $one -eq $other }\n"                                 \
	"  ($one -split '\\.')[0] -eq ($other -split '\\.')[0]\n"                                                      \
	"}\n"

/* The plan's pairs as members of a hash table; nothing where no gateway server names another one. */
static const char *failover_pairs(const struct scope *scope)
{
	struct strbuf list = STRBUF_INIT;
	const char *text;

	for (size_t i = 0; i < plan_server_count(scope->plan); i++) {
		const struct server *server = plan_server(scope->plan, i);
		const char *other = om_server(server)->failover;

		if (!server->name || !server_has(server, OM_GATEWAY) || !other)
			continue;
		strbuf_printf(&list, "%s%s = %s", list.length ? "; " : "",
			      script_powershell(scope->arena, server->name), script_powershell(scope->arena, other));
	}
	text = arena_strdup(scope->arena, strbuf_text(&list));
	strbuf_clear(&list);
	return text;
}

/* A person chooses among the gateway servers of the same domain, unless the plan has chosen; what is changed is written
 * down before it is, and what is written down first counts. */
const char *om_failover_text(const struct scope *scope)
{
	return arena_printf(
		scope->arena,
		"# Primary and failover are two calls, never one; let an agent connect to a new primary before the "
		"second.\n"
		"$ErrorActionPreference = 'Stop'\n"
		"Import-Module OperationsManager\n" FAILOVER
		"# What the plan has chosen: a gateway server, and the one that its agents fail over to.\n"
		"$pairs = @{ %s }\n"
		"$gateways = @(Get-SCOMManagementServer | Where-Object { $_.IsGateway })\n"
		"$agents = @(Get-SCOMAgent)\n"
		"$left = @()\n"
		"foreach ($gateway in $gateways) {\n"
		"  $alone = @($agents | Where-Object { & $same $_.PrimaryManagementServerName $gateway.Name } |\n"
		"    Where-Object { -not @($_.GetFailoverManagementServers() | Where-Object { $_.IsGateway }) })\n"
		"  if ($alone.Count -eq 0) { continue }\n"
		"  $gateway.Name + ': agents without a failover gateway server: ' + $alone.Count\n"
		"  $wanted = @($pairs.Keys | Where-Object { & $same $_ $gateway.Name } |\n"
		"    ForEach-Object { $pairs[$_] })\n"
		"  $others = @($gateways | Where-Object { $_.Id -ne $gateway.Id })\n"
		"  if ($wanted.Count -gt 0) { $others = @($others | Where-Object { & $same $_.Name $wanted[0] }) }\n"
		"  else { $others = @($others | Where-Object { (& $domain $_.Name) -eq (& $domain $gateway.Name) }) }\n"
		"  $other = @()\n"
		"  if ($wanted.Count -gt 0) { $other = $others }\n"
		"  elseif ($others.Count -gt 0) {\n"
		"    'Gateway servers of the same domain: ' + (@($others | ForEach-Object { $_.Name }) -join ', ')\n"
		"    $answer = [string] (Read-Host 'Type the one that these agents reach; anything else leaves them')\n"
		"    $other = @($others | Where-Object { & $same $_.Name $answer.Trim() })\n"
		"  }\n"
		"  if ($other.Count -ne 1) { $left += $gateway.Name; continue }\n"
		"  foreach ($agent in $alone) {\n"
		"    $old = @($agent.GetFailoverManagementServers())\n"
		"    $line = $agent.Name + ';' + (@($old | ForEach-Object { $_.Name }) -join ',')\n"
		"    Add-Content -LiteralPath $file -Value $line -Encoding UTF8\n"
		"    Set-SCOMParentManagementServer -Agent $agent -FailoverServer ($old + $other)\n"
		"  }\n"
		"  'Now ' + $other[0].Name + ', for ' + $alone.Count\n"
		"}\n"
		"if ($left.Count -gt 0) { Write-Warning ('No failover for those behind ' + ($left -join ', ')) }\n",
		failover_pairs(scope));
}

const char om_restore_failover_text[] =
	"# What the list says was there before; the first line of an agent counts.\n"
	"$ErrorActionPreference = 'Stop'\n"
	"Import-Module OperationsManager\n" FAILOVER
	"if ($open.Count -eq 0) { 'No failover is to be put back.'; return }\n"
	"$servers = @(Get-SCOMManagementServer)\n"
	"$agents = @(Get-SCOMAgent)\n"
	"$seen = @()\n"
	"foreach ($line in [IO.File]::ReadAllLines($file)) {\n"
	"  $name, $before = $line.Split(';')\n"
	"  if ($seen -contains $name) { continue }\n"
	"  $seen += $name\n"
	"  $agent = @($agents | Where-Object { $_.Name -eq $name })\n"
	"  $names = @(([string] $before).Split(',') | Where-Object { $_ })\n"
	"  $old = @($servers | Where-Object { $names -contains $_.Name })\n"
	"  if ($agent.Count -eq 0) { Write-Warning ('Not there any more: ' + $name); continue }\n"
	"  if ($old.Count -eq 0) { 'Had none, and keeps the new one: ' + $name; continue }\n"
	"  Set-SCOMParentManagementServer -Agent $agent[0] -FailoverServer $old\n"
	"  'As before: ' + $name\n"
	"}\n" COMMON_PUT_BACK;

/* ---- pushed agents ---- */

/* In batches as the approvals; agents that were installed by hand have it from their line. */
const char om_leave_out_apm_text[] =
	"$ErrorActionPreference = 'Stop'\n"
	"Import-Module OperationsManager\n"
	"# The switch came after the first release of 2016. Without it: Operations console, Administration, Device\n"
	"# Management, Agent Managed, Repair; where its pages do not offer it, only MOMAgent.msi does (NOAPM=1).\n"
	"if (-not (Get-Command Repair-SCOMAgent).Parameters.ContainsKey('NoAPM')) {\n"
	"  throw 'Repair-SCOMAgent has no -NoAPM here: install the update rollup first, or use the console.'\n"
	"}\n"
	"$without = @{ NoAPM = $true }\n"
	"$agents = @(Get-SCOMAgent | Where-Object { -not $_.ManuallyInstalled })\n"
	"'Pushed agents: ' + $agents.Count\n"
	"for ($i = 0; $i -lt $agents.Count; $i += 200) {\n"
	"  $part = @($agents | Select-Object -Skip $i -First 200)\n"
	"  Repair-SCOMAgent -Agent $part @without\n"
	"  'Repaired: ' + ($i + $part.Count)\n"
	"}\n";
