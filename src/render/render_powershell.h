/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The PowerShell script's constant parts, for render_powershell.c and, where it says so, the playbook's. Lines in
 * ASCII, each table ended by NULL. They know Windows and the tables that are written in front of them, and no product.
 */
#ifndef SCUPGRADE_RENDER_POWERSHELL_H
#define SCUPGRADE_RENDER_POWERSHELL_H

#include "render/render.h"

extern const char *const powershell_help[];       /* up to where it is said what the script was made from */
extern const char *const powershell_parameters[]; /* up to the tables of the plan */
extern const char *const powershell_tools[];   /* words, log, registry, builds */
extern const char *const powershell_records[]; /* records, what is done, what runs */
extern const char *const powershell_steps[];   /* passwords, running, kinds of steps */
extern const char *const powershell_run[];     /* the whole */

/* The function Get-RunningSetup, for every script that must not start beside a setup. */
#define POWERSHELL_RUNNING_SETUP										       \
	"# Setups that run on this computer; an idle service of Windows Installer, which lingers, is none.",	       \
	"function Get-RunningSetup {",										       \
	"  foreach ($name in 'SetupChainerUI', 'setup') {",							       \
	"    foreach ($process in @([Diagnostics.Process]::GetProcessesByName($name))) {",			       \
	"      $name + '.exe, process ' + $process.Id + ', since ' + $process.StartTime.ToString('s')",		       \
	"    }",												       \
	"  }",													       \
	"  try {",												       \
	"    $mutex = [Threading.Mutex]::OpenExisting('Global\\_MSIExecute')",					       \
	"    $mutex.Close()",											       \
	"    'Windows Installer'",										       \
	"  }",													       \
	"  catch [Threading.WaitHandleCannotBeOpenedException] {",						       \
	"    return",												       \
	"  }",													       \
	"  catch [UnauthorizedAccessException] {",								       \
	"    'Windows Installer'",										       \
	"  }",													       \
	"}",													       \
	""

/* The function Test-PendingRestart, for every script that must not start before a restart that Windows waits for. */
#define POWERSHELL_PENDING_RESTART										       \
	"# Of this computer, in a 64-bit PowerShell.",								       \
	"function Test-PendingRestart {",									       \
	"  $windows = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\'",					       \
	"  if (Test-Path ($windows + 'Component Based Servicing\\RebootPending')) { return $true }",		       \
	"  if (Test-Path ($windows + 'WindowsUpdate\\Auto Update\\RebootRequired')) { return $true }",		       \
	"  $session = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Session Manager'",				       \
	"  $manager = Get-ItemProperty -LiteralPath $session -ErrorAction SilentlyContinue",			       \
	"  @($manager.PendingFileRenameOperations | Where-Object { $_ }).Count -gt 0",				       \
	"}",													       \
	""

#endif
