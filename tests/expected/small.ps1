#requires -Version 4.0
<#
.SYNOPSIS
Runs the steps of an upgrade plan that belong to this computer.
.DESCRIPTION
Copy this file to every server of the plan and run it there, elevated, in a window of your own. It finds the
steps of the computer, skips what is done, stops at what has to be done elsewhere first, and asks for what
it cannot see. It asks for passwords when they are needed and writes them nowhere. Exit codes: 0 everything
for this computer is done; 1 something failed; 2 stopped, run it again later; 3010 restart Windows first.
.PARAMETER Server
The computer whose steps are meant. Another than this one is taken with -WhatIf only.
.PARAMETER Step
The id of one step, to do it alone.
.PARAMETER LogPath
The log, which never has a password. What is to be carried elsewhere is saved in its folder.
.PARAMETER CheckSyntax
Has PowerShell's own parser read this file, says what it finds, and does nothing else.
.PARAMETER WhatIf
Shows every step and command line, passwords masked, and does nothing.
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
$RecordKey = 'SOFTWARE\scupgrade\DIGEST'
$Upgrade = @{ Product = 'small'; Name = 'CONTOSO'; Source = '2012-r2'; Target = '2016'; }
$PlanTitle = 'Small upgrade'
$Lead = 'MS01'

$Accounts = @{
  'account' = @{ Label = 'Service account'; User = 'CONTOSO\svc' }
}

$Probes = @(
  @{ Key = 'SOFTWARE\Small\Setup'; Value = 'Version'; Product = ''; Service = ''; File = ''; Target = '2.0.100.0'; Ask = '' }
)

$Tasks = @(
  @{ Id = 'backup'; Probe = -1; Removes = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Restore it somewhere.';
    Failure = '' }
  @{ Id = 'shrink'; Probe = -1; Removes = $false; Elsewhere = $false; Optional = $true; Services = @(); Log = '';
    Verify = 'The table is empty.';
    Failure = '' }
  @{ Id = 'stop-jobs'; Probe = -1; Removes = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The service is stopped.';
    Failure = '' }
  @{ Id = 'upgrade'; Probe = 0; Removes = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '%TEMP%\small.log';
    Verify = 'The version is new.';
    Failure = 'The setup log.' }
  @{ Id = 'start-jobs'; Probe = -1; Removes = $false; Elsewhere = $false; Optional = $false; Services = @('Jobs'); Log = '';
    Verify = 'The service runs.';
    Failure = '' }
  @{ Id = 'verify'; Probe = -1; Removes = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
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
    Server = ''; RunOn = ''; Kind = 'manual'; Task = 0; Requires = ''; Command = -1;
    Why = 'Nothing may change before.';
    Text = @('Make a backup by hand.') }
  @{ Id = 'shrink'; Title = 'Shrink the log';
    Server = ''; RunOn = ''; Kind = 'sql'; Task = 1; Requires = ''; Command = -1;
    Why = 'It takes less time then.';
    Text = @('DELETE FROM dbo.Log', 'WHERE GroupName = N''CONTOSO'';') }
  @{ Id = 'stop-jobs@MS02'; Title = 'Stop the jobs of MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'powershell'; Task = 2; Requires = ''; Command = -1; Script = 'Invoke-Script0';
    Why = 'They hold files open.' }
  @{ Id = 'upgrade@MS01'; Title = 'Upgrade server MS01';
    Server = 'MS01'; RunOn = ''; Kind = 'command'; Task = 3; Requires = '0'; Command = 0; File = '';
    Why = 'It comes now.' }
  @{ Id = 'upgrade@MS02'; Title = 'Upgrade server MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'command'; Task = 3; Requires = '0 3'; Command = 0; File = '';
    Why = 'It comes now.' }
  @{ Id = 'start-jobs@MS02'; Title = 'Start the jobs of MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'powershell'; Task = 4; Requires = '4'; Command = -1; Script = 'Invoke-Script1';
    Why = 'The new release has to be there.' }
  @{ Id = 'verify'; Title = 'See that everything works';
    Server = ''; RunOn = ''; Kind = 'manual'; Task = 5; Requires = '3-4'; Command = -1;
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

# One of the answers; there is no default.
function Read-Choice {
  param([string] $Question, [string[]] $Answers)
  while ($true) {
    $answer = ([string] (Read-Host $Question)).Trim()
    if ($Answers -contains $answer) {
      Write-Log ($Question + ' ' + $answer)
      return $answer.ToLowerInvariant()
    }
  }
}

# What is to be carried elsewhere: beside the log. The name comes from a fixed list.
function Save-Text {
  param([string] $Name, [string[]] $Lines)
  $path = [IO.Path]::Combine([IO.Path]::GetDirectoryName($LogPath), $Name)
  [IO.File]::WriteAllLines($path, $Lines, (New-Object System.Text.UTF8Encoding $true))
  Write-Line ('Saved as ' + $path)
}

# ---- this computer and others ----

# Names without a domain are compared by their first label.
function Test-Same {
  param([string] $One, [string] $Other)
  if ($One.Contains('.') -and $Other.Contains('.')) { return ($One -eq $Other) }
  ($One -split '\.')[0] -eq ($Other -split '\.')[0]
}

function Get-ThisComputer {
  $domain = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().DomainName
  if ($domain) { return ($env:COMPUTERNAME + '.' + $domain) }
  $env:COMPUTERNAME
}

function Test-Here {
  param([string] $Computer)
  Test-Same $Computer (Get-ThisComputer)
}

function Test-Elevated {
  $user = [Security.Principal.WindowsIdentity]::GetCurrent()
  $principal = New-Object System.Security.Principal.WindowsPrincipal $user
  $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
}

function Open-Registry {
  param([string] $Computer)
  if (Test-Here $Computer) {
    return [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
  }
  [Microsoft.Win32.RegistryKey]::OpenRemoteBaseKey('LocalMachine', $Computer, 'Registry64')
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

function Test-RegistryKey {
  param([string] $Key)
  $root = Open-Registry $env:COMPUTERNAME
  try {
    $opened = $root.OpenSubKey($Key)
    $null -ne $opened
  }
  finally {
    $root.Close()
  }
}

function Test-PendingRestart {
  $windows = 'SOFTWARE\Microsoft\Windows\CurrentVersion\'
  if (Test-RegistryKey ($windows + 'Component Based Servicing\RebootPending')) { return $true }
  if (Test-RegistryKey ($windows + 'WindowsUpdate\Auto Update\RebootRequired')) { return $true }
  $session = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager'
  $manager = Get-ItemProperty -LiteralPath $session -ErrorAction SilentlyContinue
  @($manager.PendingFileRenameOperations | Where-Object { $_ }).Count -gt 0
}

# ---- builds ----

function Get-ProductBuild {
  param([string] $Computer, [string] $Product)
  $root = Open-Registry $Computer
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

# The version of a file beside a service's program; on other computers through the share of the drive.
function Get-FileBuild {
  param([string] $Computer, [string] $Service, [string] $File)
  $image = Get-RegistryText $Computer ('SYSTEM\CurrentControlSet\Services\' + $Service) 'ImagePath'
  if (-not $image) { return '' }
  $program = $image -replace '(?i)\.exe.*$', '.exe'
  $path = [IO.Path]::Combine([IO.Path]::GetDirectoryName($program.Trim('"')), $File)
  if (-not (Test-Here $Computer)) {
    $path = '\\' + $Computer + '\' + ($path -replace '^([A-Za-z]):', '$1$$')
  }
  $version = [Diagnostics.FileVersionInfo]::GetVersionInfo($path)
  @(
    $version.FileMajorPart
    $version.FileMinorPart
    $version.FileBuildPart
    $version.FilePrivatePart
  ) -join '.'
}

# Known: it could be looked at. Build: the highest found, or nothing.
function Get-Build {
  param($Probe, [string] $Computer)
  $found = @{ Known = $true; Build = $null; Why = '' }
  $texts = @()
  try {
    if ($Probe.Product) { $texts = @(Get-ProductBuild $Computer $Probe.Product) }
    elseif ($Probe.Service) { $texts = @(Get-FileBuild $Computer $Probe.Service $Probe.File) }
    else { $texts = @(Get-RegistryText $Computer $Probe.Key $Probe.Value) }
  }
  catch {
    $found.Known = $false
    $found.Why = $_.Exception.Message
  }
  if (-not $found.Known -and $Probe.Ask -and -not (Test-Here $Computer)) {
    try {
      $texts = @(& $Probe.Ask $Computer)
      $found.Known = $texts.Count -gt 0
    }
    catch {
      $found.Why = $found.Why + ' ' + $_.Exception.Message
    }
  }
  foreach ($text in $texts) {
    $build = [version] '0.0'
    if (-not [version]::TryParse([string] $text, [ref] $build)) { continue }
    if ($null -eq $found.Build -or $build -gt $found.Build) { $found.Build = $build }
  }
  $found
}

# ---- what is done ----

# Steps that were done stand in the registry of the computer where they were done, where others can see them.
function Test-Record {
  param([string] $Computer, [string] $Id)
  try {
    (Get-RegistryText $Computer $RecordKey $Id) -ne ''
  }
  catch {
    $false
  }
}

function Save-Record {
  param([string] $Id)
  $root = Open-Registry $env:COMPUTERNAME
  try {
    $key = $root.CreateSubKey($RecordKey)
    $key.SetValue($Id, [DateTime]::UtcNow.ToString('s') + 'Z ' + $env:USERDOMAIN + '\' + $env:USERNAME)
    $key.Close()
  }
  finally {
    $root.Close()
  }
  Write-Log ('done: ' + $Id)
}

# Where a step is done: on its server, where its task says, or else on the first server that is changed.
function Get-Place {
  param($Step)
  if ($Step.Server) { return $Step.Server }
  if ($Step.RunOn) { return $Step.RunOn }
  $Lead
}

# 'done', 'open', or 'unknown' when it cannot be seen.
function Get-StepState {
  param($Step)
  $place = Get-Place $Step
  $task = $Tasks[$Step.Task]
  if (Test-Record $env:COMPUTERNAME $Step.Id) { return 'done' }
  if (-not (Test-Here $place) -and (Test-Record $place $Step.Id)) { return 'done' }
  if ($task.Probe -lt 0) { return 'unknown' }
  $probe = $Probes[$task.Probe]
  $found = Get-Build $probe $place
  if (-not $found.Known) { return 'unknown' }
  if ($null -eq $found.Build) {
    if ($task.Removes) { return 'done' }
    return 'unknown'
  }
  if ($found.Build -lt [version] $probe.Target) { return 'open' }
  # Setup may still be at work there: its services run only at the end.
  foreach ($service in @($task.Services)) {
    if (-not (Test-Service $place $service)) { return 'unknown' }
  }
  'done'
}

function Test-Service {
  param([string] $Computer, [string] $Service)
  try {
    $name = $Computer
    if (Test-Here $Computer) { $name = '.' }
    [string] (Get-Service -ComputerName $name -Name $Service -ErrorAction Stop).Status -eq 'Running'
  }
  catch {
    $false
  }
}

# '0 3-7' as numbers.
function Expand-Set {
  param([string] $Set)
  foreach ($part in @($Set -split ' ')) {
    if ($part -match '^(\d+)-(\d+)$') { ([int] $Matches[1])..([int] $Matches[2]) }
    elseif ($part) { [int] $part }
  }
}

# Whether all that a step needs is done. What is seen not to be done cannot be talked away; what cannot be
# seen is confirmed by typing the name of the computer where it was done.
function Test-Requirement {
  param($Step)
  foreach ($number in @(Expand-Set $Step.Requires)) {
    $needed = $Steps[$number]
    $place = Get-Place $needed
    $state = Get-StepState $needed
    if ($state -eq 'done') { continue }
    if ($state -eq 'open' -or (Test-Here $place)) {
      Write-Line ('Not yet: ' + $Step.Title)
      Write-Line ('First comes, on ' + $place + ': ' + $needed.Title)
      return $false
    }
    Write-Line ($needed.Title + ' comes before ' + $Step.Title + ', and from here it cannot be seen.')
    Write-Line ('How to see that it is done: ' + $Tasks[$needed.Task].Verify)
    Write-Line 'A step that starts too early can damage the databases.'
    $typed = Read-Host ('If it is done, type ' + $place + '; anything else stops')
    Write-Log ('typed: ' + $typed)
    if (([string] $typed).Trim() -ne $place) { return $false }
    Save-Record $needed.Id
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

function Read-Secret {
  param([string] $Account)
  $entry = $Accounts[$Account]
  for ($try = 1; $try -le 3; $try++) {
    $credential = Get-Credential -UserName $entry.User -Message ($entry.Label + ': its password')
    if (-not $credential) { break }
    if ($credential.UserName.TrimStart('\') -ne $entry.User) {
      Write-Line ('The account has to be ' + $entry.User + ', as in the plan.')
      continue
    }
    $plain = $credential.GetNetworkCredential().Password
    $empty = $plain.Length -eq 0
    $control = [regex]::IsMatch($plain, '[\x00-\x1F\x7F]')
    $quote = $plain.Contains('"')
    $plain = $null
    if ($empty) { Write-Line 'The password is empty.' }
    elseif ($control) { Write-Line 'The password has a control character.' }
    elseif (-not $quote) { return $credential }
    else {
      Write-Line 'The password has a double quote, and no document says that the installer takes one.'
      if ((Read-Choice 'Use it all the same? yes or no' @('yes', 'no')) -eq 'yes') { return $credential }
    }
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
      Write-Progress -Activity $Activity -Status ('Running for ' + $watch.Elapsed.ToString('hh\:mm\:ss'))
    }
    $process.ExitCode
  }
  finally {
    Write-Progress -Activity $Activity -Completed
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

# 'done', 'failed', or 'unknown', from the builds before and after.
function Get-Result {
  param($Task, $Before, $After)
  if ($null -eq $After -or -not $After.Known) { return 'unknown' }
  if ($null -eq $After.Build) {
    if ($Task.Removes) { return 'done' }
    return 'unknown'
  }
  if ($After.Build -ge [version] $Probes[$Task.Probe].Target) { return 'done' }
  if ($Task.Removes -or $null -eq $Before.Build -or $After.Build -le $Before.Build) { return 'failed' }
  'unknown'
}

function Wait-Service {
  param($Task)
  foreach ($service in @($Task.Services)) {
    for ($try = 1; $try -le 60; $try++) {
      if (Test-Service $env:COMPUTERNAME $service) { break }
      Write-Progress -Activity 'Waiting for the services' -Status $service
      Start-Sleep -Seconds 5
    }
    if (-not (Test-Service $env:COMPUTERNAME $service)) {
      Write-Line ('The service ' + $service + ' does not run.')
      $false
    }
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

# Asks for the passwords at the last moment and forgets them whatever happens. The exit code, or nothing.
function Invoke-Secretly {
  param($Step, $Command)
  $secrets = @{}
  $line = $null
  try {
    $needed = @($Command.Words | Where-Object { $_.Account } | ForEach-Object { $_.Account })
    if ($needed.Count -gt 0 -and -not (Confirm-Exposure $Command)) { return }
    foreach ($account in $needed) { $secrets[$account] = Read-Secret $account }
    $line = Get-ArgumentLine $Command $secrets
    Start-Program (Get-Program $Command) $line $Step.Title
  }
  finally {
    $line = $null
    $secrets.Clear()
    $Error.Clear()
    [GC]::Collect()
  }
}

function Invoke-CommandStep {
  param($Step, $Task)
  $command = $Commands[$Step.Command]
  $before = $null
  $after = $null
  if ($Task.Probe -ge 0) { $before = Get-Build $Probes[$Task.Probe] $env:COMPUTERNAME }
  if ((Get-Result $Task $null $before) -eq 'done') {
    Write-Line 'The build is that of the target already.'
    if (-not (Confirm-Step $Task)) { return 'stop' }
    Save-Record $Step.Id
    return 'done'
  }
  if (-not (Test-Ready $Step $before)) { return 'stop' }
  Write-Line ('Runs: ' + (Get-Action $Step))
  $code = Invoke-Secretly $Step $command
  if ($null -eq $code) { return 'stop' }
  Write-Line ('Exit code: ' + $code)
  if (@(0, 1641, 3010) -notcontains $code) {
    Show-Code $code $Task
    Show-LogEnd $Task.Log $command
    if ($Task.Failure) { Write-Line ('Where to look: ' + $Task.Failure) }
    return 'failed'
  }
  if ($Task.Probe -ge 0) { $after = Get-Build $Probes[$Task.Probe] $env:COMPUTERNAME }
  if ($null -ne $after -and $null -ne $after.Build) { Write-Line ('Build after: ' + $after.Build) }
  $result = Get-Result $Task $before $after
  if ($result -eq 'failed') {
    Write-Line ('The program ended well, but the build is not ' + $Probes[$Task.Probe].Target + '.')
    Show-LogEnd $Task.Log $command
    return 'failed'
  }
  if ($code -ne 0) {
    Save-Record $Step.Id
    return 'restart'
  }
  $missing = @(Wait-Service $Task).Count
  if (($result -ne 'done' -or $missing -gt 0) -and -not (Confirm-Step $Task)) { return 'stop' }
  Save-Record $Step.Id
  'done'
}

# What a program cannot see.
function Confirm-Step {
  param($Task)
  Write-Line ('How to see that it is done: ' + $Task.Verify)
  (Read-Choice 'Is it so? yes or no' @('yes', 'no')) -eq 'yes'
}

function Show-Text {
  param([string[]] $Lines)
  foreach ($text in @($Lines)) { Write-Host ('    ' + $text) }
}

# A step for other computers is shown and saved; one for all of them, or one that is not always needed, is
# run only when the administrator says so.
function Invoke-ScriptStep {
  param($Step, $Task)
  $definition = (Get-Item -LiteralPath ('Function:\' + $Step.Script)).Definition
  $lines = @(($definition -split '\r?\n') | Where-Object { $_ })
  $answer = 'run'
  if ($Task.Elsewhere) {
    Show-Text $lines
    Save-Text ($Task.Id + '.ps1') $lines
    $answer = Read-Choice 'Run it on those computers, then say done; or stop' @('done', 'stop')
  }
  elseif ($Task.Optional -or -not $Step.Server) {
    Show-Text $lines
    $answer = Read-Choice 'run it here, done (or not needed), or stop' @('run', 'done', 'stop')
  }
  if ($answer -eq 'stop') { return 'stop' }
  if ($answer -eq 'run') {
    & $Step.Script | Out-Host
    if (-not (Confirm-Step $Task)) { return 'stop' }
  }
  Save-Record $Step.Id
  'done'
}

function Invoke-ManualStep {
  param($Step, $Task)
  Show-Text $Step.Text
  if ($Step.Kind -eq 'sql') { Save-Text ($Task.Id + '.sql') $Step.Text }
  Write-Line ('How to see that it is done: ' + $Task.Verify)
  if ((Read-Choice 'Do it, then say done; or stop' @('done', 'stop')) -eq 'stop') { return 'stop' }
  Save-Record $Step.Id
  'done'
}

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

function Invoke-Step {
  param($Step)
  $task = $Tasks[$Step.Task]
  if ((Get-StepState $Step) -eq 'done') {
    Write-Line 'Done already.'
    return 'done'
  }
  if (-not (Test-Requirement $Step)) { return 'wait' }
  if ($Step.Why) { Write-Host ('Why here: ' + $Step.Why) }
  switch ($Step.Kind) {
    'command' {
      return (Invoke-CommandStep $Step $task)
    }
    'powershell' {
      return (Invoke-ScriptStep $Step $task)
    }
    default {
      return (Invoke-ManualStep $Step $task)
    }
  }
}

# ---- the whole ----

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

if (-not $Server) { $Server = Get-ThisComputer }
if (-not $LogPath) { $LogPath = [IO.Path]::Combine($env:LOCALAPPDATA, 'scupgrade', 'scupgrade.log') }
$LogPath = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($LogPath)
if ($CheckSyntax) {
  $faults = Test-Syntax
  Write-Host ('Syntax: ' + $faults + ' faults')
  if ($faults -gt 0) { exit 1 }
  exit 0
}
$mine = @($Steps | Where-Object { Test-Same (Get-Place $_) $Server })
if ($Step) { $mine = @($mine | Where-Object { $_.Id -eq $Step }) }
if ($mine.Count -eq 0) {
  Write-Host ('The plan has no such step for ' + $Server + '. Its computers:')
  $places = @($Steps | ForEach-Object { Get-Place $_ } | Sort-Object -Unique)
  foreach ($place in $places) { Write-Host ('  ' + $place) }
  exit 1
}

$status = 0
$number = 0
try {
  if (-not $WhatIfPreference) { Test-Start }
  Write-Line ($PlanTitle + ', plan ' + $PlanDigest + ', on ' + $Server)
  Write-Line ('Upgrade: ' + $Upgrade.Product + ' ' + $Upgrade.Name + ', ' + $Upgrade.Source + ' to ' + $Upgrade.Target)
  foreach ($current in $mine) {
    $number++
    Write-Line ''
    Write-Line ('[' + $number + '/' + $mine.Count + '] ' + $current.Title)
    if (-not $PSCmdlet.ShouldProcess($current.Title, (Get-Action $current))) { continue }
    $result = Invoke-Step $current
    if ($result -eq 'done') { continue }
    $status = 2
    if ($result -eq 'failed') { $status = 1 }
    if ($result -eq 'restart') { $status = 3010 }
    break
  }
  if ($status -eq 0) { Write-Line ('Everything for ' + $Server + ' is done.') }
  if ($status -eq 2) { Write-Line 'Stopped. Run this script again here when it may go on.' }
  if ($status -eq 3010) { Write-Line 'Done. Windows has to be restarted; then run this script again here.' }
}
catch {
  Write-Host ('Stopped: ' + $_.Exception.Message)
  $status = 1
}
exit $status
