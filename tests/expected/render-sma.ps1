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
$Upgrade = @{ Product = 'service-management-automation'; Name = 'SQL01-SMA'; Source = '2012-r2'; Target = '2016'; }
$PlanTitle = 'Service Management Automation 2012 R2 → 2016'
$Lead = 'WEB01'

$Accounts = @{
  'accounts.worker-service' = @{ Label = 'Service account of the workers'; User = 'CONTOSO\svc-sma' }
  'accounts.application-pool' = @{ Label = 'Account of the application pool'; User = 'CONTOSO\svc-smaweb' }
}

$Probes = @(
  @{ Key = ''; Value = ''; Product = 'System Center*Service Management Automation Web Service'; Service = ''; File = ''; Target = '7.3.345.0'; Ask = '' }
  @{ Key = ''; Value = ''; Product = 'System Center*Service Management Automation Powershell'; Service = ''; File = ''; Target = '7.3.345.0'; Ask = '' }
  @{ Key = ''; Value = ''; Product = 'System Center*Service Management Automation Runbook Worker'; Service = ''; File = ''; Target = '7.3.345.0'; Ask = '' }
)

$Tasks = @(
  @{ Id = 'review-requirements'; Probe = -1; Removes = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Every server meets the list.';
    Failure = '' }
  @{ Id = 'capture-settings'; Probe = -1; Removes = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The folder SMA-before-upgrade on the system drive holds the files.';
    Failure = '' }
  @{ Id = 'back-up-database'; Probe = -1; Removes = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'RESTORE VERIFYONLY says that the backup set is valid. It does not check the structure of the data.';
    Failure = '' }
  @{ Id = 'start-maintenance-mode'; Probe = -1; Removes = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The console shows the servers in maintenance mode; event 1215 on them.';
    Failure = '' }
  @{ Id = 'drain-jobs'; Probe = -1; Removes = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'No job is running, and the list of workers is kept in SMA-workers-before.txt.';
    Failure = '' }
  @{ Id = 'stop-runbook-worker'; Probe = -1; Removes = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The service rbsvc is stopped.';
    Failure = '' }
  @{ Id = 'uninstall-web-service'; Probe = 0; Removes = $true; Elsewhere = $false; Optional = $false; Services = @(); Log = 'C:\Windows\Temp\SMA-WebServiceRemove.log';
    Verify = 'Programs and Features no longer lists it.';
    Failure = 'C:\Windows\Temp\SMA-WebServiceRemove.log. Look for "Return value 3" in the log. 0, 1641 and 3010 mean success.' }
  @{ Id = 'uninstall-powershell-module'; Probe = 1; Removes = $true; Elsewhere = $false; Optional = $false; Services = @(); Log = 'C:\Windows\Temp\SMA-PowershellModuleRemove.log';
    Verify = 'Programs and Features no longer lists it.';
    Failure = 'C:\Windows\Temp\SMA-PowershellModuleRemove.log. Look for "Return value 3" in the log. 0, 1641 and 3010 mean success.' }
  @{ Id = 'uninstall-runbook-worker'; Probe = 2; Removes = $true; Elsewhere = $false; Optional = $false; Services = @(); Log = 'C:\Windows\Temp\SMA-WorkerRemove.log';
    Verify = 'Programs and Features no longer lists it.';
    Failure = 'C:\Windows\Temp\SMA-WorkerRemove.log. Look for "Return value 3" in the log. 0, 1641 and 3010 mean success.' }
  @{ Id = 'install-runbook-worker'; Probe = 2; Removes = $false; Elsewhere = $false; Optional = $false; Services = @('rbsvc'); Log = 'C:\Windows\Temp\SMA-WorkerInstaller.log';
    Verify = 'The service rbsvc runs.';
    Failure = 'C:\Windows\Temp\SMA-WorkerInstaller.log. Look for "Return value 3" in the log. 0, 1641 and 3010 mean success.' }
  @{ Id = 'install-powershell-module'; Probe = 1; Removes = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = 'C:\Windows\Temp\SMA-PowershellModuleInstaller.log';
    Verify = 'Get-Module -ListAvailable lists Microsoft.SystemCenter.ServiceManagementAutomation.';
    Failure = 'C:\Windows\Temp\SMA-PowershellModuleInstaller.log. Look for "Return value 3" in the log. 0, 1641 and 3010 mean success.' }
  @{ Id = 'install-web-service'; Probe = 0; Removes = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = 'C:\Windows\Temp\SMA-WebServiceInstaller.log';
    Verify = 'The web service answers on its port, and Get-SmaRunbookWorkerDeployment lists the workers.';
    Failure = 'C:\Windows\Temp\SMA-WebServiceInstaller.log. Look for "Return value 3" in the log. 0, 1641 and 3010 mean success.' }
  @{ Id = 'register-runbook-workers'; Probe = -1; Removes = $false; Elsewhere = $false; Optional = $true; Services = @(); Log = '';
    Verify = 'Get-SmaRunbookWorkerDeployment lists exactly the workers of this plan.';
    Failure = '' }
  @{ Id = 'check-automation'; Probe = -1; Removes = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The workers, runbooks and the license are listed; a test runbook ends (event 50008 in Microsoft-ServiceManagementAutomation).';
    Failure = '' }
  @{ Id = 'register-endpoint'; Probe = -1; Removes = $false; Elsewhere = $false; Optional = $true; Services = @(); Log = '';
    Verify = 'The portal shows the runbooks.';
    Failure = '' }
  @{ Id = 'stop-maintenance-mode'; Probe = -1; Removes = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The console shows the servers as monitored; event 1216 on them.';
    Failure = '' }
)

$ExitCodes = @(
  @{ Code = 1601; Means = 'The Windows Installer service cannot be reached. Start the service, then run the line again.' }
  @{ Code = 1602; Means = 'Somebody cancelled it, or a dialog could not be shown. Run it again; silent runs with /qn.' }
  @{ Code = 1603; Means = 'It failed; the number says no more. Look in the log for the first "Return value 3" and the lines above it.' }
  @{ Code = 1605; Means = 'What was to be removed is not installed. Check the product code; a removal has nothing to do then.' }
  @{ Code = 1612; Means = 'The source of the installed product is not there. Give the original media, then run the line again.' }
  @{ Code = 1618; Means = 'Another installation is running. Wait until it has ended, then run the same line again.' }
  @{ Code = 1619; Means = 'The package could not be opened. Check the path, and that the account can read it; copy it to a local drive.' }
  @{ Code = 1620; Means = 'The file is no valid package. Copy it again from the media, and check its signature.' }
  @{ Code = 1622; Means = 'The log cannot be written: its folder does not exist. Make the folder of /l*v, then run the line again; nothing was installed.' }
  @{ Code = 1624; Means = 'A transform cannot be applied. Check the paths of TRANSFORMS.' }
  @{ Code = 1625; Means = 'A policy forbids it, or the prompt is not elevated. Use an elevated prompt, or have the package allowed.' }
  @{ Code = 1632; Means = 'The Temp folder is full, or may not be written. Free space, or put the rights of the Temp folder back.' }
  @{ Code = 1633; Means = 'The package is for another platform. Take the package for this machine''s platform.' }
  @{ Code = 1638; Means = 'Another version of the product is installed. Compare the versions: the line may be the one of an installation, not of an upgrade.' }
  @{ Code = 1639; Means = 'The command line is wrong. Compare it with the planned one, word by word.' }
  @{ Code = 1654; Means = 'The installation was refused. Read the log.' }
)

$Commands = @(
  @{ Reader = 'msi'; Program = 'msiexec'; Words = @(
    @{ Lead = ''; Value = '/x'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'E:\SMA2012R2\WebServiceInstaller.msi'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/qn'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/norestart'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/l*v'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'C:\Windows\Temp\SMA-WebServiceRemove.log'; Always = $false; Account = '' }
  ) }
  @{ Reader = 'msi'; Program = 'msiexec'; Words = @(
    @{ Lead = ''; Value = '/x'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'E:\SMA2012R2\PowershellModuleInstaller.msi'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/qn'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/norestart'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/l*v'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'C:\Windows\Temp\SMA-PowershellModuleRemove.log'; Always = $false; Account = '' }
  ) }
  @{ Reader = 'msi'; Program = 'msiexec'; Words = @(
    @{ Lead = ''; Value = '/x'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'E:\SMA2012R2\WorkerInstaller.msi'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/qn'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/norestart'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/l*v'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'C:\Windows\Temp\SMA-WorkerRemove.log'; Always = $false; Account = '' }
  ) }
  @{ Reader = 'msi'; Program = 'msiexec'; Words = @(
    @{ Lead = ''; Value = '/i'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'D:\SMA\WorkerInstaller.msi'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/qn'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/norestart'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/l*v'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'C:\Windows\Temp\SMA-WorkerInstaller.log'; Always = $false; Account = '' }
    @{ Lead = 'SERVICEACCOUNT='; Value = 'CONTOSO\svc-sma'; Always = $true; Account = '' }
    @{ Lead = 'SERVICEPASSWORD='; Value = ''; Always = $true; Account = 'accounts.worker-service' }
    @{ Lead = 'CREATEDATABASE='; Value = 'No'; Always = $true; Account = '' }
    @{ Lead = 'DATABASEAUTHENTICATION='; Value = 'Windows'; Always = $true; Account = '' }
    @{ Lead = 'SQLSERVER='; Value = 'SQL01, 1433'; Always = $true; Account = '' }
    @{ Lead = 'SQLDATABASE='; Value = 'SMA'; Always = $true; Account = '' }
    @{ Lead = 'INSTALLFOLDER='; Value = 'C:\Program Files\Microsoft System Center 2016\Service Management Automation'; Always = $true; Account = '' }
    @{ Lead = 'ETWMANIFEST='; Value = 'Yes'; Always = $true; Account = '' }
    @{ Lead = 'SENDTELEMETRYREPORTS='; Value = 'Yes'; Always = $true; Account = '' }
    @{ Lead = 'MSUPDATE='; Value = 'No'; Always = $true; Account = '' }
    @{ Lead = 'MsiHiddenProperties='; Value = 'SERVICEPASSWORD'; Always = $false; Account = '' }
  ) }
  @{ Reader = 'msi'; Program = 'msiexec'; Words = @(
    @{ Lead = ''; Value = '/i'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'D:\SMA\PowershellModuleInstaller.msi'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/qn'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/norestart'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/l*v'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'C:\Windows\Temp\SMA-PowershellModuleInstaller.log'; Always = $false; Account = '' }
  ) }
  @{ Reader = 'msi'; Program = 'msiexec'; Words = @(
    @{ Lead = ''; Value = '/i'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'D:\SMA\WebServiceInstaller.msi'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/qn'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/norestart'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/l*v'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'C:\Windows\Temp\SMA-WebServiceInstaller.log'; Always = $false; Account = '' }
    @{ Lead = 'APPOOLACCOUNT='; Value = 'CONTOSO\svc-smaweb'; Always = $true; Account = '' }
    @{ Lead = 'APPOOLPASSWORD='; Value = ''; Always = $true; Account = 'accounts.application-pool' }
    @{ Lead = 'ADMINGROUPMEMBERS='; Value = 'CONTOSO\SMA Admins'; Always = $true; Account = '' }
    @{ Lead = 'CREATEDATABASE='; Value = 'No'; Always = $true; Account = '' }
    @{ Lead = 'DATABASEAUTHENTICATION='; Value = 'Windows'; Always = $true; Account = '' }
    @{ Lead = 'SQLSERVER='; Value = 'SQL01, 1433'; Always = $true; Account = '' }
    @{ Lead = 'SQLDATABASE='; Value = 'SMA'; Always = $true; Account = '' }
    @{ Lead = 'SITENAME='; Value = 'SMA'; Always = $true; Account = '' }
    @{ Lead = 'WEBSERVICEPORT='; Value = '9090'; Always = $true; Account = '' }
    @{ Lead = 'INSTALLFOLDER='; Value = 'c:\inetpub\Service Management Automation'; Always = $true; Account = '' }
    @{ Lead = 'USESSL='; Value = 'Yes'; Always = $true; Account = '' }
    @{ Lead = 'SPECIFYCERTIFICATE='; Value = 'No'; Always = $true; Account = '' }
    @{ Lead = 'ETWMANIFEST='; Value = 'Yes'; Always = $true; Account = '' }
    @{ Lead = 'SENDTELEMETRYREPORTS='; Value = 'Yes'; Always = $true; Account = '' }
    @{ Lead = 'MSUPDATE='; Value = 'No'; Always = $true; Account = '' }
    @{ Lead = 'MsiHiddenProperties='; Value = 'APPOOLPASSWORD'; Always = $false; Account = '' }
  ) }
)

# Requires: numbers of the steps, from 0, that have to be done before.
$Steps = @(
  @{ Id = 'review-requirements'; Title = 'Review the system requirements';
    Server = ''; RunOn = ''; Kind = 'manual'; Task = 0; Requires = ''; Command = -1;
    Why = 'What does not fit is cheaper to find before the old release is gone.';
    Text = @('Runbook workers: Windows Server 2012 R2 or later, PowerShell 4.0 or later.', 'Web services: the same, and IIS 7.5 or later with Basic Authentication, Windows Authentication and URL Authorization, ASP.NET 4.5, .NET 3.5 and 4.5, WCF HTTP Activation.', 'SQL Server: 2012 with a supported service pack, 2014 or 2016.', 'Today''s release: 2012 R2 with update rollup 7 or later.', 'One document marks SMA 2016 for Windows Server 2016 only; another takes 2012 R2. Windows Server 2016 is safe. [UNCERTAIN]') }
  @{ Id = 'capture-settings@WRK01'; Title = 'Capture the settings of WRK01';
    Server = 'WRK01'; RunOn = ''; Kind = 'powershell'; Task = 1; Requires = ''; Command = -1; Script = 'Invoke-Script0';
    Why = 'Uninstalling loses tuned settings, the certificate binding and the members of the administrators'' group.' }
  @{ Id = 'capture-settings@WRK02'; Title = 'Capture the settings of WRK02';
    Server = 'WRK02'; RunOn = ''; Kind = 'powershell'; Task = 1; Requires = ''; Command = -1; Script = 'Invoke-Script0';
    Why = 'Uninstalling loses tuned settings, the certificate binding and the members of the administrators'' group.' }
  @{ Id = 'capture-settings@WEB01'; Title = 'Capture the settings of WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'powershell'; Task = 1; Requires = ''; Command = -1; Script = 'Invoke-Script1';
    Why = 'Uninstalling loses tuned settings, the certificate binding and the members of the administrators'' group.' }
  @{ Id = 'back-up-database'; Title = 'Back up the database';
    Server = ''; RunOn = ''; Kind = 'sql'; Task = 2; Requires = ''; Command = -1;
    Why = 'The database keeps the runbooks and settings; a full, verified backup is the only way back.';
    Text = @('BACKUP DATABASE [SMA]', 'TO DISK = N''E:\Backup\SMA.bak''', 'WITH COPY_ONLY, CHECKSUM, NOINIT;', '', 'DECLARE @position int;', 'SELECT TOP (1) @position = position', 'FROM msdb.dbo.backupset', 'WHERE database_name = N''SMA''', 'ORDER BY backup_set_id DESC;', '', 'RESTORE VERIFYONLY', 'FROM DISK = N''E:\Backup\SMA.bak''', 'WITH CHECKSUM, FILE = @position;') }
  @{ Id = 'start-maintenance-mode'; Title = 'Start maintenance mode';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Task = 3; Requires = ''; Command = -1; Script = 'Invoke-Script2';
    Why = 'The servers are monitored: without it every stopped service raises an alert. Health Service and its watcher too, or heartbeat alerts come all the same.' }
  @{ Id = 'drain-jobs'; Title = 'Let the running jobs end';
    Server = ''; RunOn = 'WEB01'; Kind = 'powershell'; Task = 4; Requires = ''; Command = -1; Script = 'Invoke-Script3';
    Why = 'A job that is cut off starts again from its last checkpoint, or from the beginning.' }
  @{ Id = 'stop-runbook-worker@WRK01'; Title = 'Stop the runbook worker on WRK01';
    Server = 'WRK01'; RunOn = ''; Kind = 'powershell'; Task = 5; Requires = '5'; Command = -1; Script = 'Invoke-Script4';
    Why = 'The service is stopped on every worker before anything is uninstalled.' }
  @{ Id = 'stop-runbook-worker@WRK02'; Title = 'Stop the runbook worker on WRK02';
    Server = 'WRK02'; RunOn = ''; Kind = 'powershell'; Task = 5; Requires = '5'; Command = -1; Script = 'Invoke-Script4';
    Why = 'The service is stopped on every worker before anything is uninstalled.' }
  @{ Id = 'uninstall-web-service@WEB01'; Title = 'Uninstall the web service from WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'command'; Task = 6; Requires = '1-5 7-8'; Command = 0; File = 'E:\SMA2012R2\WebServiceInstaller.msi';
    Why = 'There is no upgrade in place. The backup, the settings and the stopped workers come before.' }
  @{ Id = 'uninstall-powershell-module@WEB01'; Title = 'Uninstall the PowerShell module from WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'command'; Task = 7; Requires = '1-5 7-8'; Command = 1; File = 'E:\SMA2012R2\PowershellModuleInstaller.msi';
    Why = 'The new web service needs the new module, so the old one goes too.' }
  @{ Id = 'uninstall-runbook-worker@WRK01'; Title = 'Uninstall the runbook worker from WRK01';
    Server = 'WRK01'; RunOn = ''; Kind = 'command'; Task = 8; Requires = '1-5 7-8'; Command = 2; File = 'E:\SMA2012R2\WorkerInstaller.msi';
    Why = 'There is no upgrade in place. Everything old is gone before anything new comes.' }
  @{ Id = 'uninstall-runbook-worker@WRK02'; Title = 'Uninstall the runbook worker from WRK02';
    Server = 'WRK02'; RunOn = ''; Kind = 'command'; Task = 8; Requires = '1-5 7-8'; Command = 2; File = 'E:\SMA2012R2\WorkerInstaller.msi';
    Why = 'There is no upgrade in place. Everything old is gone before anything new comes.' }
  @{ Id = 'install-runbook-worker@WRK01'; Title = 'Install the runbook worker on WRK01';
    Server = 'WRK01'; RunOn = ''; Kind = 'command'; Task = 9; Requires = '9-12'; Command = 3; File = 'D:\SMA\WorkerInstaller.msi';
    Why = 'With an existing database the workers come before the web service; a fresh installation goes the other way.' }
  @{ Id = 'install-runbook-worker@WRK02'; Title = 'Install the runbook worker on WRK02';
    Server = 'WRK02'; RunOn = ''; Kind = 'command'; Task = 9; Requires = '9-12'; Command = 3; File = 'D:\SMA\WorkerInstaller.msi';
    Why = 'With an existing database the workers come before the web service; a fresh installation goes the other way.' }
  @{ Id = 'install-powershell-module@WEB01'; Title = 'Install the PowerShell module on WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'command'; Task = 10; Requires = '9-14'; Command = 4; File = 'D:\SMA\PowershellModuleInstaller.msi';
    Why = 'The web service needs the module on its machine.' }
  @{ Id = 'install-web-service@WEB01'; Title = 'Install the web service on WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'command'; Task = 11; Requires = '13-15'; Command = 5; File = 'D:\SMA\WebServiceInstaller.msi';
    Why = 'The web service comes last, with the database details of before and CREATEDATABASE="No".' }
  @{ Id = 'register-runbook-workers'; Title = 'Register the runbook workers, only if their names changed';
    Server = ''; RunOn = 'WEB01'; Kind = 'powershell'; Task = 12; Requires = '16'; Command = -1; Script = 'Invoke-Script5';
    Why = 'The database still names the old workers. With the same names nothing has to be done. [UNCERTAIN: inferred]' }
  @{ Id = 'check-automation'; Title = 'Check the new deployment';
    Server = ''; RunOn = 'WEB01'; Kind = 'powershell'; Task = 13; Requires = '16'; Command = -1; Script = 'Invoke-Script6';
    Why = 'Now is the time to see that it works, while monitoring is quiet.' }
  @{ Id = 'register-endpoint'; Title = 'Register the endpoint in Windows Azure Pack, if it changed';
    Server = ''; RunOn = ''; Kind = 'manual'; Task = 14; Requires = '16'; Command = -1;
    Why = 'The portal knows the web service by its URL, port and certificate.';
    Text = @('If the name, port or certificate of the web service changed: in the Windows Azure Pack portal open the QuickStart tab of Automation and register the endpoint again (URL with port, user, password). Replace a self-signed certificate by a trusted one. Put back what you changed in Orchestrator.Settings.config, and start a test runbook.') }
  @{ Id = 'stop-maintenance-mode'; Title = 'Stop maintenance mode';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Task = 15; Requires = '5 13-14 16'; Command = -1; Script = 'Invoke-Script7';
    Why = 'The servers are monitored again. There is no cmdlet that stops maintenance mode, so the objects are told themselves.' }
)

# ---- scripts of the steps ----

function Invoke-Script0 {
$ErrorActionPreference = 'Continue'
$folder = Join-Path $env:SystemDrive 'SMA-before-upgrade'
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$root = 'HKLM:\SOFTWARE\Microsoft\ServiceManagementAutomation'
Get-ItemProperty -Path ($root + '\RunbookWorker') | Out-File (Join-Path $folder 'RunbookWorker.txt')
Get-WmiObject Win32_Service -Filter 'Name = ''rbsvc''' | Select-Object 'Name', 'StartName', 'PathName' |
  Out-File (Join-Path $folder 'rbsvc.txt')
$installed = (Get-ItemProperty -Path ($root + '\RunbookWorker')).InstallationFolder
Get-ChildItem -Path $installed -Recurse -Filter 'Orchestrator.Settings.config' | Copy-Item -Destination $folder
Get-ChildItem $folder
}

function Invoke-Script1 {
$ErrorActionPreference = 'Continue'
$folder = Join-Path $env:SystemDrive 'SMA-before-upgrade'
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$root = 'HKLM:\SOFTWARE\Microsoft\ServiceManagementAutomation'
Get-ItemProperty -Path ($root + '\WebService') | Out-File (Join-Path $folder 'WebService.txt')
& netsh.exe http show sslcert | Out-File (Join-Path $folder 'certificates.txt')
& net.exe localgroup smaAdminGroup | Out-File (Join-Path $folder 'smaAdminGroup.txt')
Get-ChildItem $folder
}

function Invoke-Script2 {
$ErrorActionPreference = 'Stop'
Import-Module OperationsManager
New-SCOMManagementGroupConnection -ComputerName 'MS01'
$servers = @('WRK01', 'WRK02', 'WEB01')
$until = (Get-Date).AddMinutes(120)
$short = { param($name); ($name -split '\.')[0] }
$managing = @(Get-SCOMManagementServer | ForEach-Object { & $short $_.DisplayName })
$classes = 'Microsoft.Windows.Computer', 'Microsoft.SystemCenter.HealthService', 'Microsoft.SystemCenter.HealthServiceWatcher'
foreach ($server in $servers) {
  if ($managing -contains (& $short $server)) { throw ('A management server never goes into maintenance mode: ' + $server) }
  foreach ($class in $classes) {
    $instances = @(Get-SCOMClass -Name $class | Get-SCOMClassInstance |
      Where-Object { (& $short $_.DisplayName) -eq (& $short $server) })
    if (-not $instances) { Write-Warning ('Not monitored: ' + $server + ' as ' + $class) }
    foreach ($instance in $instances) {
      Start-SCOMMaintenanceMode -Instance $instance -EndTime $until -Reason PlannedApplicationMaintenance -Comment 'Upgrade of Service Management Automation'
    }
  }
}
}

function Invoke-Script3 {
$ErrorActionPreference = 'Stop'
Import-Module Microsoft.SystemCenter.ServiceManagementAutomation
Get-SmaRunbookWorkerDeployment -WebServiceEndpoint 'https://WEB01' -Port 9090 | Out-File 'SMA-workers-before.txt'
Get-SmaAdminConfiguration -WebServiceEndpoint 'https://WEB01' -Port 9090 | Out-File 'SMA-configuration-before.txt'
Get-Content 'SMA-workers-before.txt', 'SMA-configuration-before.txt'
Set-SmaAdminConfiguration -WebServiceEndpoint 'https://WEB01' -Port 9090 -DrainTimeInSeconds 300
}

function Invoke-Script4 {
$ErrorActionPreference = 'Stop'
Stop-Service -Name 'rbsvc'
(Get-Service -Name 'rbsvc').WaitForStatus('Stopped', [TimeSpan]::FromMinutes(10))
Get-Service -Name 'rbsvc'
}

function Invoke-Script5 {
# Only if a runbook worker has another name than before. The list is complete: it replaces the old one.
$ErrorActionPreference = 'Stop'
Import-Module Microsoft.SystemCenter.ServiceManagementAutomation
$workers = @('WRK01', 'WRK02')
$workers | ForEach-Object { Get-Service -ComputerName $_ -Name 'rbsvc' | Stop-Service }
New-SmaRunbookWorkerDeployment -ComputerName $workers -WebServiceEndpoint 'https://WEB01' -Port 9090
$workers | ForEach-Object { Get-Service -ComputerName $_ -Name 'rbsvc' | Start-Service }
}

function Invoke-Script6 {
$ErrorActionPreference = 'Stop'
Import-Module Microsoft.SystemCenter.ServiceManagementAutomation
Get-SmaRunbookWorkerDeployment -WebServiceEndpoint 'https://WEB01' -Port 9090
Get-SmaAdminConfiguration -WebServiceEndpoint 'https://WEB01' -Port 9090
Get-SmaRunbook -WebServiceEndpoint 'https://WEB01' -Port 9090 | Select-Object -First 5 RunbookName
Get-SmaLicense -WebServiceEndpoint 'https://WEB01' -Port 9090
@('WRK01', 'WRK02') | ForEach-Object { Get-Service -ComputerName $_ -Name 'rbsvc' } | Format-Table 'MachineName', 'Status'
}

function Invoke-Script7 {
$ErrorActionPreference = 'Stop'
Import-Module OperationsManager
New-SCOMManagementGroupConnection -ComputerName 'MS01'
$servers = @('WRK01', 'WRK02', 'WEB01')
$recursive = [Microsoft.EnterpriseManagement.Common.TraversalDepth]::Recursive
$short = { param($name); ($name -split '\.')[0] }
$managing = @(Get-SCOMManagementServer | ForEach-Object { & $short $_.DisplayName })
$classes = 'Microsoft.Windows.Computer', 'Microsoft.SystemCenter.HealthService', 'Microsoft.SystemCenter.HealthServiceWatcher'
foreach ($server in $servers) {
  if ($managing -contains (& $short $server)) { throw ('A management server never goes into maintenance mode: ' + $server) }
  foreach ($class in $classes) {
    $instances = @(Get-SCOMClass -Name $class | Get-SCOMClassInstance |
      Where-Object { (& $short $_.DisplayName) -eq (& $short $server) })
    if (-not $instances) { Write-Warning ('Not monitored: ' + $server + ' as ' + $class) }
    foreach ($instance in $instances) {
      if ($instance.InMaintenanceMode) { $instance.StopMaintenanceMode([DateTime]::UtcNow, $recursive) }
    }
  }
}
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
