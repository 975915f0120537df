#requires -Version 4.0
<#
.SYNOPSIS
Runs the steps of an upgrade plan that belong to this computer.
.DESCRIPTION
Copy this file to every server of the plan, Unblock-File it, and run it there in an elevated PowerShell:
  powershell -NoProfile -ExecutionPolicy Bypass -File FILE.ps1
It finds the steps of the computer, skips what is recorded as done, stops at what has to be done elsewhere
first, and asks for what it cannot see; Enter and yes answer nothing there. A program that was started and
whose end no record knows, and a failed one that must never be repeated by itself, wait for a person who has
read the log. Records lie in the registry of the computer where a step was done. Passwords are asked for when
they are needed and written nowhere. Exit codes: 0 everything for this computer is done; 1 something failed;
2 stopped, run it again later; 3010 restart Windows first.
.PARAMETER Server
The computer whose steps are meant. Another than this one is taken with -WhatIf only.
.PARAMETER Step
The id of one step, to do it alone.
.PARAMETER LogPath
The log, which never has a password. What is to be carried elsewhere is saved in its folder.
.PARAMETER CheckSyntax
Has PowerShell's own parser read this file, says what it finds, and does nothing else.
.PARAMETER WhatIf
Shows every step that is not recorded as done and its command line, passwords masked, and does nothing.
.NOTES
Made by scupgrade VERSION. Plan: SHA-256 DIGEST.
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
  [string] $Server,
  [string] $Step,
  [string] $LogPath,
  [switch] $CheckSyntax
)

$ErrorActionPreference = 'Stop'

# ---- the plan ----

$PlanDigest = 'DIGEST'
$RecordKey = 'SOFTWARE\scupgrade\small\CONTOSO\2012-r2-2016'
$Upgrade = @{ Product = 'small'; Name = 'CONTOSO'; Source = '2012-r2'; Target = '2016'; }
$PlanTitle = 'Small upgrade'
$Lead = 'MS01'

$Accounts = @{
  'account' = @{ Label = 'Service account'; User = 'CONTOSO\svc'; Asks = 'its password' }
}

$Probes = @(
  @{ Key = 'SOFTWARE\Small\Setup'; Value = 'Version'; Product = ''; Service = ''; File = ''; Target = '2.0.100.0' }
)

$Tasks = @(
  @{ Id = 'backup'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Restore it somewhere.';
    Failure = '' }
  @{ Id = 'shrink'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $true; Services = @(); Log = '';
    Verify = 'The table is empty.';
    Failure = '' }
  @{ Id = 'stop-jobs'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The service is stopped.';
    Failure = '' }
  @{ Id = 'upgrade'; Probe = 0; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '%TEMP%\small.log';
    Verify = 'The version is new.';
    Failure = 'The setup log.' }
  @{ Id = 'start-jobs'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @('Jobs'); Log = '';
    Verify = 'The service runs.';
    Failure = '' }
  @{ Id = 'verify'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Everything is green.';
    Failure = '' }
)

$ExitCodes = @(
)

$Commands = @(
  @{ Reader = 'argv'; Program = 'setup.exe'; Words = @(
    @{ Lead = ''; Value = '/silent'; Always = $false; Account = '' }
    @{ Lead = '/User:'; Value = 'CONTOSO\svc'; Always = $false; Account = '' }
    @{ Lead = '/Password:'; Value = ''; Always = $false; Account = 'account' }
  ) }
)

# Requires: numbers of the steps, from 0, that have to be done before.
$Steps = @(
  @{ Id = 'backup'; Title = 'Back up the databases';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 0; Requires = ''; Command = -1;
    Why = 'Nothing may change before.';
    Text = @('Make a backup by hand.') }
  @{ Id = 'shrink'; Title = 'Shrink the log';
    Server = ''; RunOn = ''; Kind = 'sql'; Digest = 'DIGEST'; Task = 1; Requires = ''; Command = -1;
    Why = 'It takes less time then.';
    Text = @('DELETE FROM dbo.Log', 'WHERE GroupName = N''CONTOSO'';') }
  @{ Id = 'stop-jobs@MS02'; Title = 'Stop the jobs of MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 2; Requires = ''; Command = -1; Script = 'Invoke-Script0';
    Why = 'They hold files open.' }
  @{ Id = 'upgrade@MS01'; Title = 'Upgrade server MS01';
    Server = 'MS01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 3; Requires = '0'; Command = 0; File = '';
    Why = 'It comes now.' }
  @{ Id = 'upgrade@MS02'; Title = 'Upgrade server MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 3; Requires = '0 3'; Command = 0; File = '';
    Why = 'It comes now.' }
  @{ Id = 'start-jobs@MS02'; Title = 'Start the jobs of MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 4; Requires = '4'; Command = -1; Script = 'Invoke-Script1';
    Why = 'The new release has to be there.' }
  @{ Id = 'verify'; Title = 'See that everything works';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 5; Requires = '3-4'; Command = -1;
    Why = 'It is the end.';
    Text = @('Open the console.') }
)

# ---- scripts of the steps ----

function Invoke-Script0 {
Stop-Service -Name Jobs
Get-Service -Name Jobs
}

function Invoke-Script1 {
Start-Service -Name Jobs
}


# ---- words ----

# By the rules of the C runtime: \" is a quote, and the backslashes in front of one are doubled.
function ConvertTo-NativeArgument {
  param([string] $Value)
  if ($Value -match '[\x00-\x08\x0A-\x1F\x7F]') { throw 'A value has a control character.' }
  '"' + (($Value -replace '(\\*)"', '$1$1\"') -replace '(\\+)$', '$1$1') + '"'
}

# By the rules of Windows Installer: "" is a quote, and a backslash is itself.
function ConvertTo-MsiValue {
  param([string] $Value)
  if ($Value -match '[\x00-\x08\x0A-\x1F\x7F]') { throw 'A value has a control character.' }
  '"' + $Value.Replace('"', '""') + '"'
}

# Quotes only where a reader needs them; public properties always have them.
function ConvertTo-Word {
  param([string] $Reader, [bool] $Always, [string] $Value)
  if (-not $Always -and $Value -cmatch '^[A-Za-z0-9#$*./:?@\\_-]+\z') { return $Value }
  if ($Reader -eq 'msi') { return (ConvertTo-MsiValue $Value) }
  ConvertTo-NativeArgument $Value
}

# The words behind the program as one line. Without secrets it is the line that may be shown: it is made
# from the same list with the secret's place left blank, never by replacing text.
function Get-ArgumentLine {
  param($Command, $Secrets)
  $parts = @()
  foreach ($word in @($Command.Words)) {
    if (-not $word.Account) {
      $parts += $word.Lead + (ConvertTo-Word $Command.Reader $word.Always $word.Value)
      continue
    }
    if ($null -eq $Secrets) {
      $parts += $word.Lead + '********'
      continue
    }
    $plain = $Secrets[$word.Account].GetNetworkCredential().Password
    $parts += $word.Lead + (ConvertTo-Word $Command.Reader $word.Always $plain)
    $plain = $null
  }
  $parts -join ' '
}

# Windows Installer is run from where Windows has it, whatever the search path says.
function Get-Program {
  param($Command)
  if ($Command.Reader -eq 'msi') { return (Join-Path ([Environment]::SystemDirectory) 'msiexec.exe') }
  Resolve-Input $Command.Program
}

# A name without a folder is one in the current folder.
function Resolve-Input {
  param([string] $Path)
  if ($Path.Contains('\')) { return $Path }
  [IO.Path]::Combine((Get-Location).ProviderPath, $Path)
}

# ---- what is said, and the log ----

function Write-Log {
  param([string] $Text)
  if ($WhatIfPreference) { return }
  $now = [DateTime]::UtcNow.ToString('s') + 'Z '
  [IO.File]::AppendAllText($LogPath, $now + $Text + [Environment]::NewLine)
}

function Write-Line {
  param([string] $Text)
  Write-Host $Text
  Write-Log $Text
}

# One of the answers; there is no default, and who answers something else again and again is taken for absent.
function Read-Choice {
  param([string] $Question, [string[]] $Answers)
  for ($try = 1; $try -le 5; $try++) {
    $answer = ([string] (Read-Host $Question)).Trim()
    if ($Answers -contains $answer) {
      Write-Log ($Question + ' ' + $answer)
      return $answer.ToLowerInvariant()
    }
    Write-Host ('The answers are: ' + ($Answers -join ', '))
  }
  Write-Line 'None of the answers came.'
  'stop'
}

# The computer's name and one of the words, typed; '' is any other answer, and stops.
function Read-Typed {
  param([string] $Question, [string] $Name, [string[]] $Words)
  $typed = ([string] (Read-Host $Question)).Trim() -replace '\s+', ' '
  foreach ($word in $Words) {
    if ($typed -eq ($Name + ' ' + $word)) {
      Write-Log ('typed: ' + $typed)
      return $word
    }
  }
  Write-Log 'typed: something else'
  ''
}

# Beside the log; its path. The name comes from a fixed list.
function Save-Text {
  param([string] $Name, [string[]] $Lines)
  $path = [IO.Path]::Combine([IO.Path]::GetDirectoryName($LogPath), $Name)
  [IO.File]::WriteAllLines($path, $Lines, (New-Object System.Text.UTF8Encoding $true))
  $path
}

# ---- this computer and others ----

# Names without a domain are compared by their first label.
function Test-Same {
  param([string] $One, [string] $Other)
  if ($One.Contains('.') -and $Other.Contains('.')) { return ($One -eq $Other) }
  ($One -split '\.')[0] -eq ($Other -split '\.')[0]
}

function Get-ThisComputer {
  $network = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
  if ($network.DomainName) { return ($network.HostName + '.' + $network.DomainName) }
  $network.HostName
}

# By its DNS name, or by the one of at most 15 characters.
function Test-Here {
  param([string] $Computer)
  (Test-Same $Computer (Get-ThisComputer)) -or ($Computer -eq $env:COMPUTERNAME)
}

function Test-Elevated {
  $user = [Security.Principal.WindowsIdentity]::GetCurrent()
  $principal = New-Object System.Security.Principal.WindowsPrincipal $user
  $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
}

# What cannot be reached costs one time-out a run.
$Hidden = @{ }

function Open-Registry {
  param([string] $Computer)
  if (Test-Here $Computer) {
    return [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
  }
  if ($Hidden.ContainsKey($Computer)) { throw $Hidden[$Computer] }
  Write-Host ('Looks at ' + $Computer + ' ...')
  try {
    [Microsoft.Win32.RegistryKey]::OpenRemoteBaseKey('LocalMachine', $Computer, 'Registry64')
  }
  catch {
    $Hidden[$Computer] = $_.Exception.GetBaseException().Message
    throw $Hidden[$Computer]
  }
}

# '' when the key or the value is not there; an error when the registry cannot be read.
function Get-RegistryText {
  param([string] $Computer, [string] $Key, [string] $Name)
  $root = Open-Registry $Computer
  try {
    $opened = $root.OpenSubKey($Key)
    if (-not $opened) { return '' }
    [string] $opened.GetValue($Name)
    $opened.Close()
  }
  finally {
    $root.Close()
  }
}

# Of this computer, in a 64-bit PowerShell.
function Test-PendingRestart {
  $windows = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\'
  if (Test-Path ($windows + 'Component Based Servicing\RebootPending')) { return $true }
  if (Test-Path ($windows + 'WindowsUpdate\Auto Update\RebootRequired')) { return $true }
  $session = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager'
  $manager = Get-ItemProperty -LiteralPath $session -ErrorAction SilentlyContinue
  @($manager.PendingFileRenameOperations | Where-Object { $_ }).Count -gt 0
}

# ---- builds ----

function Get-ProductBuild {
  param([string] $Product)
  $root = Open-Registry $env:COMPUTERNAME
  $paths = @(
    'SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall'
    'SOFTWARE\Wow6432Node\Microsoft\Windows\CurrentVersion\Uninstall'
  )
  try {
    foreach ($path in $paths) {
      $list = $root.OpenSubKey($path)
      if (-not $list) { continue }
      foreach ($name in $list.GetSubKeyNames()) {
        $entry = $list.OpenSubKey($name)
        if (-not $entry) { continue }
        $title = [string] $entry.GetValue('DisplayName')
        if ($title -like $Product) { [string] $entry.GetValue('DisplayVersion') }
        $entry.Close()
      }
      $list.Close()
    }
  }
  finally {
    $root.Close()
  }
}

# The version of a file beside a service's program.
function Get-FileBuild {
  param([string] $Service, [string] $File)
  $image = Get-RegistryText $env:COMPUTERNAME ('SYSTEM\CurrentControlSet\Services\' + $Service) 'ImagePath'
  if (-not $image) { return '' }
  $program = $image -replace '(?i)\.exe.*$', '.exe'
  $path = [IO.Path]::Combine([IO.Path]::GetDirectoryName($program.Trim('"')), $File)
  if (-not [IO.File]::Exists($path)) { return '' }
  $version = [Diagnostics.FileVersionInfo]::GetVersionInfo($path)
  @(
    $version.FileMajorPart
    $version.FileMinorPart
    $version.FileBuildPart
    $version.FilePrivatePart
  ) -join '.'
}

# Of this computer. Known: it could be looked at. Build: the highest found, or nothing.
function Get-Build {
  param($Probe)
  $found = @{ Known = $true; Build = $null; Why = '' }
  $texts = @()
  try {
    if ($Probe.Product) { $texts = @(Get-ProductBuild $Probe.Product) }
    elseif ($Probe.Service) { $texts = @(Get-FileBuild $Probe.Service $Probe.File) }
    else { $texts = @(Get-RegistryText $env:COMPUTERNAME $Probe.Key $Probe.Value) }
  }
  catch {
    $found.Known = $false
    $found.Why = $_.Exception.Message
  }
  foreach ($text in $texts) {
    $build = [version] '0.0'
    if (-not [version]::TryParse([string] $text, [ref] $build)) { continue }
    if ($null -eq $found.Build -or $build -gt $found.Build) { $found.Build = $build }
  }
  $found
}

# ---- records ----

# What was done stands in the registry of the computer where it was done, one value a step, where the others can
# read it. A row is one of the journal's; its digest is of what the step runs, so that a note or a confirmation
# that comes later changes nothing.
function ConvertTo-Quoted {
  param([string] $Text)
  "'" + ($Text -replace '[\x00-\x1F\x7F]', ' ').Replace("'", "''") + "'"
}

function Save-Record {
  param($Step, [string] $State, [bool] $ByHand, [string] $Note)
  $row = '{ time: ' + (ConvertTo-Quoted ([DateTime]::UtcNow.ToString('s') + 'Z'))
  $row += ', step: ' + (ConvertTo-Quoted $Step.Id) + ', state: ' + $State
  $row += ', who: ' + (ConvertTo-Quoted ($env:USERDOMAIN + '\' + $env:USERNAME))
  $row += ', by-hand: ' + ([string] $ByHand).ToLowerInvariant()
  $row += ', digest: ' + (ConvertTo-Quoted $Step.Digest) + ', note: ' + (ConvertTo-Quoted $Note) + ' }'
  $root = Open-Registry $env:COMPUTERNAME
  try {
    $key = $root.CreateSubKey($RecordKey)
    $key.SetValue($Step.Id, $row)
    $key.Flush()
    $key.Close()
  }
  finally {
    $root.Close()
  }
  Write-Log ('recorded: ' + $row)
}

# Nothing when there is none; an error when it cannot be read.
function Get-Record {
  param([string] $Computer, $Step)
  $text = Get-RegistryText $Computer $RecordKey $Step.Id
  if (-not $text) { return }
  $row = @{ }
  foreach ($found in [regex]::Matches($text, "([a-z-]+): ('(?:[^']|'')*'|[a-z-]+)")) {
    $value = $found.Groups[2].Value
    if ($value.StartsWith("'")) { $value = $value.Substring(1, $value.Length - 2).Replace("''", "'") }
    $row[$found.Groups[1].Value] = $value
  }
  if (@('started', 'done', 'failed', 'skipped', 'reset') -notcontains $row['state']) {
    throw ('The record of ' + $Step.Id + ' cannot be understood: ' + $text)
  }
  $row
}

# ---- what is done ----

# Where a step is done: on its server, where its task says, or else on the first server that is changed.
function Get-Place {
  param($Step)
  if ($Step.Server) { return $Step.Server }
  if ($Step.RunOn) { return $Step.RunOn }
  $Lead
}

# What a record says, in a word: 'changed' is done, with other words or another text than the plan has now.
function Get-RecordState {
  param($Step, $Record)
  if ($Record['state'] -eq 'started') { return 'unknown' }
  if ($Record['state'] -eq 'reset') { return 'open' }
  if ($Record['state'] -eq 'done' -and $Record['digest'] -ne $Step.Digest) { return 'changed' }
  $Record['state']
}

# Why a program cannot know whether a step of this computer without a record is done; '' when it can.
function Get-Doubt {
  param($Step)
  $task = $Tasks[$Step.Task]
  if ($task.Probe -lt 0) { return '' }
  $found = Get-Build $Probes[$task.Probe]
  if (-not $found.Known) { return ('The build cannot be read: ' + $found.Why) }
  if ($null -eq $found.Build) {
    if ($task.Removes) { return 'Nothing of it was found here, and no record says that it was removed.' }
    return ''
  }
  if ($found.Build -lt [version] $Probes[$task.Probe].Target) { return '' }
  'The build is ' + $found.Build + ', that of the target, and no record says that its setup ended well.'
}

# State: 'done', 'skipped', 'open', 'failed', 'changed', 'unknown' (somebody has to look), or 'hidden': it cannot
# be seen from here. What a person typed on this computer counts until the other one says something later.
function Get-StepState {
  param($Step)
  $place = Get-Place $Step
  $here = Test-Here $place
  $found = @{ State = 'open'; Place = $place; Why = ''; Restart = $false; Record = $null }
  $own = Get-Record $env:COMPUTERNAME $Step
  $record = $own
  if (-not $here) {
    $record = $null
    try {
      $record = Get-Record $place $Step
    }
    catch {
      $found.State = 'hidden'
      $found.Why = $_.Exception.Message
    }
    if ($own -and (-not $record -or $own['time'] -gt $record['time'])) { $record = $own }
  }
  if ($record) {
    $found.Record = $record
    $found.State = Get-RecordState $Step $record
    $said = $record['time'] + ' by ' + $record['who']
    if ($found.State -eq 'unknown') { $found.Why = 'It was started at ' + $said + ', and no record says how it ended.' }
    if ($found.State -eq 'failed') { $found.Why = 'It failed at ' + $said + ': ' + $record['note'] }
    if ($found.State -eq 'changed') { $found.Why = 'It was done at ' + $said + ', and what it runs has changed since.' }
    $found.Restart = $found.State -eq 'unknown' -and $record['note'].StartsWith('restart')
  }
  elseif ($here) {
    $found.Why = Get-Doubt $Step
    if ($found.Why) { $found.State = 'unknown' }
  }
  $found
}

function Test-Settled {
  param($Step, $Found)
  $Found.State -eq 'done' -or ($Found.State -eq 'skipped' -and -not $Tasks[$Step.Task].Backup)
}

function Test-Service {
  param([string] $Computer, [string] $Service)
  $name = $Computer
  if (Test-Here $Computer) { $name = '.' }
  [string] (Get-Service -ComputerName $name -Name $Service -ErrorAction Stop).Status -eq 'Running'
}

# '0 3-7', or several of that kind, as numbers.
function Expand-Set {
  param($Set)
  foreach ($part in @($Set -split ' ')) {
    if ($part -match '^(\d+)-(\d+)$') { ([int] $Matches[1])..([int] $Matches[2]) }
    elseif ($part) { [int] $part }
  }
}

# Whether all that a step needs is done. What can be seen not to be done is not talked away here: it is decided on
# the computer where it is done. What cannot be seen is said by a person, who types the name and a word.
function Test-Requirement {
  param($Step)
  foreach ($number in @(Expand-Set $Step.Requires)) {
    $needed = $Steps[$number]
    $found = Get-StepState $needed
    if (Test-Settled $needed $found) { continue }
    if ($found.State -ne 'hidden') {
      Write-Line ('Not yet: ' + $Step.Title)
      Write-Line ('First comes, on ' + $found.Place + ': ' + $needed.Title)
      if ($found.Why) { Write-Line $found.Why }
      if (-not (Test-Here $found.Place)) { Write-Line 'Run this script there: it asks there what it cannot see.' }
      return $false
    }
    Write-Line ($needed.Title + ' comes before ' + $Step.Title + '.')
    Write-Line ('From here it cannot be seen: ' + $found.Why)
    Write-Line ('How to see it on ' + $found.Place + ': ' + $Tasks[$needed.Task].Verify)
    Write-Line 'A step that starts too early can damage the databases.'
    $question = 'If you have seen there that it is done, type "' + $found.Place + ' done"; anything else stops'
    if ((Read-Typed $question $found.Place @('done')) -ne 'done') { return $false }
    Save-Record $needed 'done' $true ('seen on ' + $found.Place)
  }
  $true
}

# ---- what runs ----

# Setups that run on this computer; an idle service of Windows Installer, which lingers, is none.
function Get-RunningSetup {
  foreach ($name in 'SetupChainerUI', 'setup') {
    foreach ($process in @([Diagnostics.Process]::GetProcessesByName($name))) {
      $name + '.exe, process ' + $process.Id + ', since ' + $process.StartTime.ToString('s')
    }
  }
  try {
    $mutex = [Threading.Mutex]::OpenExisting('Global\_MSIExecute')
    $mutex.Close()
    'Windows Installer'
  }
  catch [Threading.WaitHandleCannotBeOpenedException] {
    return
  }
  catch [UnauthorizedAccessException] {
    'Windows Installer'
  }
}

# Before a setup that has to be alone in the group: no other one of its kind is under way, and what is to be
# stopped on the servers that have not had theirs is stopped.
function Test-Alone {
  param($Step, $Task)
  if (-not $Task.Alone) { return $true }
  foreach ($other in @($Steps | Where-Object { $_.Task -eq $Step.Task -and $_.Id -ne $Step.Id })) {
    $place = Get-Place $other
    $found = Get-StepState $other
    if ($found.State -eq 'done') { continue }
    if ($found.State -eq 'unknown') {
      Write-Line ('Not yet: on ' + $place + ' a setup is under way, or nobody knows how it ended. ' + $found.Why)
      return $false
    }
    foreach ($service in @($Task.Services)) {
      $runs = $false
      try {
        $runs = Test-Service $place $service
      }
      catch {
        Write-Line ('Whether ' + $service + ' is stopped on ' + $place + ' cannot be seen from here.')
        $question = 'If you have seen that it is, type "' + $place + ' stopped"; anything else stops'
        if ((Read-Typed $question $place @('stopped')) -ne 'stopped') { return $false }
        break
      }
      if ($runs) {
        Write-Line ('Not yet: ' + $service + ' runs on ' + $place + '. Stop it there first.')
        return $false
      }
    }
  }
  $true
}

# ---- passwords ----

# Where a command line, and so a password in it, is written down; $true when the administrator goes on.
function Confirm-Exposure {
  param($Command)
  $here = $env:COMPUTERNAME
  $found = @()
  $audit = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\Audit'
  if ((Get-RegistryText $here $audit 'ProcessCreationIncludeCmdLine_Enabled') -eq '1') {
    $found += 'Event 4688 of the Security log records every command line.'
  }
  $shell = 'SOFTWARE\Policies\Microsoft\Windows\PowerShell\'
  if ((Get-RegistryText $here ($shell + 'Transcription') 'EnableTranscripting') -eq '1') {
    $found += 'PowerShell writes a transcript of what is shown. This script shows no password.'
  }
  if ((Get-RegistryText $here ($shell + 'ModuleLogging') 'EnableModuleLogging') -eq '1') {
    $found += 'Event 4103 records what the functions of a script are given.'
  }
  $installer = 'SOFTWARE\Policies\Microsoft\Windows\Installer'
  if ($Command.Reader -eq 'msi' -and (Get-RegistryText $here $installer 'Debug') -eq '7') {
    $found += 'Windows Installer writes passwords into its log (policy Debug is 7).'
  }
  foreach ($text in $found) { Write-Line ('Warning: ' + $text) }
  if ($found.Count -eq 0) { return $true }
  Write-Line 'The program takes passwords on its command line only. Change them afterwards if you go on.'
  (Read-Choice 'Go on? yes or no' @('yes', 'no')) -eq 'yes'
}

# Why a password cannot be used; '' when it can.
function Get-PasswordFault {
  param([string] $Plain)
  if ($Plain.Length -eq 0) { return 'The password is empty.' }
  if ([regex]::IsMatch($Plain, '[\x00-\x1F\x7F]')) { return 'The password has a control character.' }
  ''
}

# What no document says that the installer takes; '' when there is nothing of it.
function Get-PasswordDoubt {
  param([string] $Plain)
  if ($Plain.Contains('"')) { return 'The password has a double quote, and no document says that the installer takes one.' }
  if ($Plain.Contains(' /')) { return 'The password has a space before a slash, which an installer may take for a switch.' }
  if ($Plain.EndsWith('\')) { return 'The password ends with a backslash, which an installer may take for one of its own.' }
  ''
}

# Typed twice, for nothing else finds a slip before setup does.
function Read-Secret {
  param([string] $Account)
  $entry = $Accounts[$Account]
  for ($try = 1; $try -le 3; $try++) {
    $credential = Get-Credential -UserName $entry.User -Message ($entry.Label + ': ' + $entry.Asks)
    if (-not $credential) { break }
    if ($credential.UserName.TrimStart('\') -ne $entry.User) {
      Write-Line ('The account has to be ' + $entry.User + ', as in the plan.')
      continue
    }
    $plain = $credential.GetNetworkCredential().Password
    $fault = Get-PasswordFault $plain
    $doubt = Get-PasswordDoubt $plain
    if (-not $fault) {
      $again = Get-Credential -UserName $entry.User -Message ($entry.Label + ': the same again')
      if (-not $again) { break }
      if ($again.GetNetworkCredential().Password -cne $plain) { $fault = 'The two differ.' }
    }
    $plain = $null
    if ($fault) {
      Write-Line $fault
      continue
    }
    if (-not $doubt) { return $credential }
    Write-Line $doubt
    if ((Read-Choice 'Use it all the same? yes or no' @('yes', 'no')) -eq 'yes') { return $credential }
  }
  throw ('No password for ' + $entry.Label + '.')
}

# ---- running ----

# The exit code, once the program has ended.
function Start-Program {
  param([string] $File, [string] $Line, [string] $Activity)
  if ($Line.Length + $File.Length -gt 32760) { throw 'The command line is longer than Windows takes.' }
  $start = New-Object System.Diagnostics.ProcessStartInfo
  $start.FileName = $File
  $start.Arguments = $Line
  $start.UseShellExecute = $false
  $start.WorkingDirectory = (Get-Location).ProviderPath
  $process = [System.Diagnostics.Process]::Start($start)
  $start.Arguments = ''
  $watch = [System.Diagnostics.Stopwatch]::StartNew()
  try {
    while (-not $process.WaitForExit(1000)) {
      if ($Activity) { Write-Progress -Activity $Activity -Status ('Running for ' + $watch.Elapsed.ToString('hh\:mm\:ss')) }
    }
    $process.ExitCode
  }
  finally {
    if ($Activity) { Write-Progress -Activity $Activity -Completed }
    if (-not $process.HasExited) { Write-Line 'The program still runs. Wait for its end.' }
    $process.Dispose()
  }
}

# The last lines of a log, on the screen alone, without those that name a switch with a password.
function Show-LogEnd {
  param([string] $Log, $Command)
  if (-not $Log) { return }
  $path = [Environment]::ExpandEnvironmentVariables($Log)
  Write-Line ('Log: ' + $path)
  if (-not [IO.File]::Exists($path)) {
    Write-Line 'It is not there.'
    return
  }
  $leads = @($Command.Words | Where-Object { $_.Account } | ForEach-Object { $_.Lead.Trim('/') })
  foreach ($text in @(Get-Content -LiteralPath $path -Tail 20)) {
    $secret = $false
    foreach ($lead in $leads) {
      $name = $lead.Substring(0, $lead.Length - 1)
      if ($text.IndexOf($name, [StringComparison]::OrdinalIgnoreCase) -ge 0) { $secret = $true }
    }
    if ($secret) { Write-Host '  (a line that may hold a password is left out)' }
    else { Write-Host ('  ' + $text) }
  }
}

# What the exit code means, and what reads the log. The codes of setups come with either sign.
function Show-Code {
  param([int] $Code, $Task)
  foreach ($known in $ExitCodes) {
    if ($known.Code -eq [Math]::Abs([long] $Code)) { Write-Line ('That means: ' + $known.Means) }
  }
  if ($Task.Log) {
    $name = $Task.Log.Substring($Task.Log.LastIndexOf('\') + 1)
    Write-Line ('On a copy of the log: scupgrade diagnose --setup-code ' + $Code + ' ' + $name)
  }
}

# 'done', 'failed', or 'unknown', from the builds before and after. Where nothing was before, what came is new.
function Get-Result {
  param($Task, $Before, $After)
  if ($null -eq $After -or -not $After.Known) { return 'unknown' }
  if ($null -eq $After.Build) {
    if ($Task.Removes) { return 'done' }
    if ($null -ne $Before -and $null -ne $Before.Build) { return 'failed' }
    return 'unknown'
  }
  if ($Task.Removes) { return 'failed' }
  if ($After.Build -ge [version] $Probes[$Task.Probe].Target) { return 'done' }
  if ($null -ne $Before -and $null -ne $Before.Build -and $After.Build -le $Before.Build) { return 'failed' }
  'unknown'
}

# The services that do not run, after ten minutes at most.
function Wait-Service {
  param($Task)
  foreach ($service in @($Task.Services)) {
    for ($try = 1; $try -le 60; $try++) {
      if (Test-Service $env:COMPUTERNAME $service) { break }
      Write-Progress -Activity 'Waiting for the services' -Status $service
      Start-Sleep -Seconds 5
    }
    if (-not (Test-Service $env:COMPUTERNAME $service)) { $service }
  }
  Write-Progress -Activity 'Waiting for the services' -Completed
}

# Files, restarts and builds that are looked at before the program starts; $false: the administrator stops.
function Test-Ready {
  param($Step, $Before)
  $file = Resolve-Input $Step.File
  if ($Step.File -and -not [IO.File]::Exists($file)) { throw ('There is no file ' + $file) }
  if ($file.StartsWith('\\')) {
    Write-Line 'Warning: run from a network folder, a silent setup can wait for an answer that nobody sees.'
  }
  if ($null -ne $Before -and $null -ne $Before.Build) { Write-Line ('Build before: ' + $Before.Build) }
  if (-not (Test-PendingRestart)) { return $true }
  Write-Line 'Windows waits for a restart. Restart it, then run this script again.'
  (Read-Choice 'Go on without the restart? yes or no' @('yes', 'no')) -eq 'yes'
}

# Asks for the passwords at the last moment and forgets them whatever happens. The exit code, or nothing. The record
# says that it was started before it is: whatever becomes of this window, nobody takes it for done or for new.
function Invoke-Secretly {
  param($Step, $Command, $Before)
  $secrets = @{}
  $line = $null
  $build = ''
  if ($null -ne $Before -and $null -ne $Before.Build) { $build = 'build ' + $Before.Build }
  try {
    $needed = @($Command.Words | Where-Object { $_.Account } | ForEach-Object { $_.Account })
    if ($needed.Count -gt 0 -and -not (Confirm-Exposure $Command)) { return }
    foreach ($account in $needed) { $secrets[$account] = Read-Secret $account }
    $line = Get-ArgumentLine $Command $secrets
    Save-Record $Step 'started' $false $build
    Start-Program (Get-Program $Command) $line $Step.Title
  }
  finally {
    $line = $null
    $secrets.Clear()
    $Error.Clear()
    [GC]::Collect()
  }
}

# A restart of Windows since the time of a record.
function Test-Restarted {
  param([string] $Since)
  $start = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime.ToUniversalTime()
  $start.ToString('s') + 'Z' -gt $Since
}

# What a person decides who has read the log: 'repeat', 'done', or '' for neither. What the computer shows not to be
# so is not believed.
function Resolve-Step {
  param($Step, $Task, $Found, $Now)
  Write-Line $Found.Why
  if ($Task.Failure) { Write-Line ('Where to look: ' + $Task.Failure) }
  Write-Line ('How to see that it is done: ' + $Task.Verify)
  Write-Line 'Nothing is repeated and nothing counts as done until somebody has read the log and says so.'
  $question = 'Type "' + $Found.Place + ' repeat" to run it again, or "' + $Found.Place +
    ' done" when you have seen that it ended well; anything else stops'
  $answer = Read-Typed $question $Found.Place @('repeat', 'done')
  if ($answer -ne 'done' -or $null -eq $Now) { return $answer }
  $old = $Task.Once -and $Now.Known -and $Now.Build -lt [version] $Probes[$Task.Probe].Target
  if ($old -or ($Task.Removes -and $Now.Known -and $null -ne $Now.Build)) {
    Write-Line 'That cannot be: what is installed here says something else.'
    return ''
  }
  $missing = @($Task.Services | Where-Object { -not (Test-Service $env:COMPUTERNAME $_) })
  if ($missing.Count -gt 0) {
    Write-Line ('That cannot be: these services do not run: ' + ($missing -join ', '))
    return ''
  }
  $answer
}

# The look at what a program left, at once or after the restart.
function Complete-Command {
  param($Step, $Task, $Before, [string] $Note)
  $after = $null
  if ($Task.Probe -ge 0) { $after = Get-Build $Probes[$Task.Probe] }
  if ($null -ne $after -and $null -ne $after.Build) { Write-Line ('Build after: ' + $after.Build) }
  $result = Get-Result $Task $Before $after
  if ($result -eq 'failed') {
    $why = 'the program ended well, but the build is not ' + $Probes[$Task.Probe].Target
    if ($Task.Removes) { $why = 'the program ended well, but the product is still there' }
    Save-Record $Step 'failed' $false $why
    Write-Line ($why + '.')
    Show-LogEnd $Task.Log $Commands[$Step.Command]
    return 'failed'
  }
  $missing = @(Wait-Service $Task)
  if ($missing.Count -gt 0) {
    Save-Record $Step 'failed' $false ('these services do not run: ' + ($missing -join ', '))
    Write-Line ('These services do not run: ' + ($missing -join ', '))
    return 'failed'
  }
  if ($result -eq 'done') {
    Save-Record $Step 'done' $false $Note
    return 'done'
  }
  Write-Line ('How to see that it is done: ' + $Task.Verify)
  $place = Get-Place $Step
  if ((Read-Typed ('If it is, type "' + $place + ' done"; anything else stops') $place @('done')) -ne 'done') { return 'stop' }
  Save-Record $Step 'done' $true $Note
  'done'
}

# A setup that was started and left nothing of its role has taken the role away: no line repairs that.
function Test-Vanished {
  param($Task, $Found, $Now)
  if (-not $Task.Once -or $null -eq $Now -or -not $Now.Known -or $null -ne $Now.Build) { return $false }
  if ($Found.Record) { Write-Line $Found.Why }
  Write-Line 'The role is not on this computer any more, or never was. Nothing is run here.'
  Write-Line 'If a setup took it away: stop, keep the logs, and restore as the runbook says.'
  $true
}

function Invoke-CommandStep {
  param($Step, $Task, $Found)
  $command = $Commands[$Step.Command]
  $before = $null
  if ($Task.Probe -ge 0) { $before = Get-Build $Probes[$Task.Probe] }
  if (Test-Vanished $Task $Found $before) { return 'failed' }
  if ($Found.Restart) {
    if (-not (Test-Restarted $Found.Record['time'])) { return 'restart' }
    return (Complete-Command $Step $Task $null $Found.Record['note'])
  }
  $asks = $Found.State -eq 'unknown' -or $Found.State -eq 'changed'
  # What failed and left what it is about is not simply run again: a removal, for one, would find nothing.
  if ($Found.State -eq 'failed') { $asks = $Task.Once -or [bool] (Get-Doubt $Step) }
  if ($asks) {
    $answer = Resolve-Step $Step $Task $Found $before
    if (-not $answer) { return 'stop' }
    if ($answer -eq 'done') {
      Save-Record $Step 'done' $true ''
      return 'done'
    }
  }
  if (-not (Test-Alone $Step $Task)) { return 'wait' }
  if (-not (Test-Ready $Step $before)) { return 'stop' }
  Write-Line ('Runs: ' + (Get-Action $Step))
  $code = Invoke-Secretly $Step $command $before
  if ($null -eq $code) { return 'stop' }
  Write-Line ('Exit code: ' + $code)
  if (@(0, 1641, 3010) -notcontains $code) {
    Save-Record $Step 'failed' $false ('exit code ' + $code)
    Show-Code $code $Task
    Show-LogEnd $Task.Log $command
    if ($Task.Failure) { Write-Line ('Where to look: ' + $Task.Failure) }
    return 'failed'
  }
  if ($code -ne 0) {
    Save-Record $Step 'started' $false ('restart after exit code ' + $code)
    return 'restart'
  }
  Complete-Command $Step $Task $before 'exit code 0'
}

function Show-Text {
  param([string[]] $Lines)
  foreach ($text in @($Lines)) { Write-Host ('    ' + $text) }
}

# The text of a step in a PowerShell of its own: this one loads no module of the product, whose files a setup that
# comes later replaces. The exit code.
function Start-Script {
  param($Task, [string[]] $Lines)
  $shell = [IO.Path]::Combine([Environment]::SystemDirectory, 'WindowsPowerShell\v1.0\powershell.exe')
  $fault = [IO.Path]::Combine([IO.Path]::GetDirectoryName($LogPath), $Task.Id + '.error')
  $quoted = "'" + $fault.Replace("'", "''") + "'"
  $all = @("trap { [IO.File]::WriteAllText($quoted, `$_.Exception.Message); Write-Host (`$_.Exception.Message); exit 1 }")
  if ([IO.File]::Exists($fault)) { [IO.File]::Delete($fault) }
  $path = Save-Text ($Task.Id + '.ps1') ($all + $Lines)
  $code = Start-Program $shell ('-NoProfile -ExecutionPolicy Bypass -File ' + (ConvertTo-NativeArgument $path)) ''
  if ([IO.File]::Exists($fault)) { Write-Log ('It says: ' + [IO.File]::ReadAllText($fault)) }
  $code
}

# One of the answers, 'skip' (recorded here, with why) or 'stop'. The only way back is not skipped.
function Read-Decision {
  param($Step, $Task, [string] $Question, [string[]] $Answers)
  if ($Task.Backup) { return (Read-Choice ($Question + '; or stop') ($Answers + 'stop')) }
  $answer = Read-Choice ($Question + '; or skip, or stop') ($Answers + @('skip', 'stop'))
  if ($answer -ne 'skip') { return $answer }
  $why = ([string] (Read-Host 'Why is it not needed? Enter alone stops')).Trim()
  if (-not $why) { return 'stop' }
  Save-Record $Step 'skipped' $true $why
  'skip'
}

# What is to become of a script step: 'run', 'done', 'skip' or 'stop'. One for other computers is shown and saved; one
# for all of them, one that is not always needed, and one whose end nobody knows are run only when somebody says so.
function Get-Decision {
  param($Step, $Task, $Found, [string[]] $Lines)
  if ($Task.Elsewhere) {
    Show-Text $Lines
    Write-Line ('Saved as ' + (Save-Text ($Task.Id + '.ps1') $Lines))
    return (Read-Decision $Step $Task 'Run it on those computers, then say done' @('done'))
  }
  if ($Task.Optional -or -not $Step.Server -or $Found.State -ne 'open') {
    Show-Text $Lines
    if ($Found.Why) { Write-Line $Found.Why }
    return (Read-Decision $Step $Task 'run it here, or say done' @('run', 'done'))
  }
  'run'
}

function Invoke-ScriptStep {
  param($Step, $Task, $Found)
  $definition = (Get-Item -LiteralPath ('Function:\' + $Step.Script)).Definition
  $lines = @(($definition -split '\r?\n') | Where-Object { $_ })
  $answer = Get-Decision $Step $Task $Found $lines
  if ($answer -eq 'stop' -or $answer -eq 'skip') { return $answer }
  if ($answer -eq 'run') {
    Save-Record $Step 'started' $false ''
    $code = Start-Script $Task $lines
    if ($code -ne 0) {
      Save-Record $Step 'failed' $false ('exit code ' + $code)
      Write-Line ('The script of this step ended with ' + $code + '.')
      return 'failed'
    }
    Write-Line ('How to see that it is done: ' + $Task.Verify)
    if ((Read-Choice 'Look, then say done; or stop' @('done', 'stop')) -ne 'done') { return 'stop' }
  }
  Save-Record $Step 'done' ($answer -eq 'done') ''
  'done'
}

function Invoke-ManualStep {
  param($Step, $Task)
  Show-Text $Step.Text
  if ($Step.Kind -eq 'sql') { Write-Line ('Saved as ' + (Save-Text ($Task.Id + '.sql') $Step.Text)) }
  Write-Line ('How to see that it is done: ' + $Task.Verify)
  $answer = Read-Decision $Step $Task 'Do it, then say done' @('done')
  if ($answer -ne 'done') { return $answer }
  Save-Record $Step 'done' $true ''
  'done'
}

# ---- the whole ----

# What a step does, in one line.
function Get-Action {
  param($Step)
  switch ($Step.Kind) {
    'command' {
      $command = $Commands[$Step.Command]
      return (Get-Program $command) + ' ' + (Get-ArgumentLine $command $null)
    }
    'powershell' {
      return ('PowerShell: ' + $Step.Script)
    }
    'sql' {
      return 'shown and saved, for SQL Server'
    }
    default {
      return 'shown, done by hand'
    }
  }
}

# 'done', 'skip', 'wait', 'stop', 'failed' or 'restart'.
function Invoke-Step {
  param($Step, $Found)
  $task = $Tasks[$Step.Task]
  $running = @(Get-RunningSetup)
  if ($running.Count -gt 0) {
    Write-Line ('Not yet: a setup runs on this computer: ' + ($running -join '; '))
    return 'wait'
  }
  if (-not (Test-Requirement $Step)) { return 'wait' }
  if ($Step.Why) { Write-Host ('Why here: ' + $Step.Why) }
  switch ($Step.Kind) {
    'command' {
      return (Invoke-CommandStep $Step $task $Found)
    }
    'powershell' {
      return (Invoke-ScriptStep $Step $task $Found)
    }
    default {
      return (Invoke-ManualStep $Step $task)
    }
  }
}

# How many faults PowerShell's own parser finds in this file.
function Test-Syntax {
  $tokens = $null
  $faults = $null
  $parser = [System.Management.Automation.Language.Parser]
  [void] $parser::ParseFile($PSCommandPath, [ref] $tokens, [ref] $faults)
  foreach ($fault in @($faults)) {
    Write-Host ('Line ' + $fault.Extent.StartLineNumber + ': ' + $fault.Message)
  }
  @($faults).Count
}

function Test-Start {
  if (-not (Test-Here $Server)) { throw ('This is not ' + $Server + '. Only -WhatIf looks at others.') }
  if (-not (Test-Elevated)) { throw 'Run this script in a window that was opened as administrator.' }
  if ([Environment]::Is64BitOperatingSystem -and -not [Environment]::Is64BitProcess) {
    throw 'Run this script in the 64-bit PowerShell.'
  }
  if (-not [IO.Directory]::Exists([IO.Path]::GetDirectoryName($LogPath))) {
    [void] [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($LogPath))
  }
}

# One run of this script on one computer.
function Enter-Run {
  $mutex = New-Object System.Threading.Mutex $false, 'Global\scupgrade'
  $held = $false
  try {
    $held = $mutex.WaitOne(0)
  }
  catch [Threading.AbandonedMutexException] {
    $held = $true
  }
  if (-not $held) { throw 'This script runs on this computer already, in another window.' }
  $mutex
}

# The steps of this computer, one after the other, until one does not end in 'done'. What the last one ended with.
function Invoke-Mine {
  $number = 0
  foreach ($current in $mine) {
    $number++
    Write-Line ''
    Write-Line ('[' + $number + '/' + $mine.Count + '] ' + $current.Title)
    $found = Get-StepState $current
    if (Test-Settled $current $found) {
      Write-Line ('Recorded as ' + $found.State + '.')
      continue
    }
    if (-not $PSCmdlet.ShouldProcess($current.Title, (Get-Action $current))) {
      $script:left++
      continue
    }
    $result = Invoke-Step $current $found
    if ($result -eq 'done' -or $result -eq 'skip') { continue }
    return $result
  }
  if ($script:left -gt 0) { return 'left' }
  'done'
}

if (-not $Server) { $Server = Get-ThisComputer }
if (-not $LogPath) { $LogPath = [IO.Path]::Combine($env:LOCALAPPDATA, 'scupgrade', 'scupgrade.log') }
$LogPath = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($LogPath)
if ($CheckSyntax) {
  $faults = Test-Syntax
  Write-Host ('Syntax: ' + $faults + ' faults')
  if ($faults -gt 0) { exit 1 }
  exit 0
}
$here = Test-Here $Server
$mine = @($Steps | Where-Object { ($here -and (Test-Here (Get-Place $_))) -or (Test-Same (Get-Place $_) $Server) })
if ($Step) { $mine = @($mine | Where-Object { $_.Id -eq $Step }) }
if ($mine.Count -eq 0) {
  Write-Host ('The plan has no such step for ' + $Server + '. Its computers:')
  $places = @($Steps | ForEach-Object { Get-Place $_ } | Sort-Object -Unique)
  foreach ($place in $places) { Write-Host ('  ' + $place) }
  exit 1
}

$status = 0
$left = 0
$run = $null
try {
  if (-not $WhatIfPreference) {
    Test-Start
    $run = Enter-Run
  }
  Write-Line ($PlanTitle + ', plan ' + $PlanDigest + ', on ' + $Server)
  Write-Line ('Upgrade: ' + $Upgrade.Product + ' ' + $Upgrade.Name + ', ' + $Upgrade.Source + ' to ' + $Upgrade.Target)
  switch (Invoke-Mine) {
    'done' {
      if ($Step) { Write-Line ('The step ' + $Step + ' is done. Others were not looked at.') }
      else { Write-Line ('Everything for ' + $Server + ' is done.') }
    }
    'left' {
      Write-Line ('Nothing was changed in the steps that were only shown or refused: ' + $left + ' are not done.')
      if (-not $WhatIfPreference) { $status = 2 }
    }
    'failed' {
      Write-Line 'Stopped: a step failed.'
      $status = 1
    }
    'restart' {
      Write-Line 'Windows has to be restarted; then run this script again here, which looks at what setup left.'
      $status = 3010
    }
    default {
      Write-Line 'Stopped. Run this script again here when it may go on.'
      $status = 2
    }
  }
}
catch {
  Write-Host ('Stopped: ' + $_.Exception.Message)
  if ($run) { Write-Log ('stopped: ' + $_.Exception.Message) }
  $status = 1
}
finally {
  if ($run) { $run.ReleaseMutex() }
}
exit $status
