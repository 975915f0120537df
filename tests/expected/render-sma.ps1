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
$RecordKey = 'SOFTWARE\scupgrade\service-management-automation\SQL01-SMA\2012-r2-2016'
$Upgrade = @{ Product = 'service-management-automation'; Name = 'SQL01-SMA'; Source = '2012-r2'; Target = '2016'; }
$PlanTitle = 'Service Management Automation 2012 R2 → 2016'
$Lead = 'WEB01'

$Accounts = @{
  'accounts.worker-service' = @{ Label = 'Service account of the workers'; User = 'CONTOSO\svc-sma'; Asks = 'its password' }
  'accounts.application-pool' = @{ Label = 'Account of the application pool'; User = 'CONTOSO\svc-smaweb'; Asks = 'its password' }
  'product-key' = @{ Label = 'License of the new installation'; User = 'product-key'; Asks = 'Product key' }
}

$Probes = @(
  @{ Key = ''; Value = ''; Product = '*Service Management Automation Web Service*'; Service = ''; File = ''; Target = '7.3.345.0' }
  @{ Key = ''; Value = ''; Product = '*Service Management Automation Powershell*'; Service = ''; File = ''; Target = '7.3.345.0' }
  @{ Key = ''; Value = ''; Product = '*Service Management Automation Runbook Worker*'; Service = ''; File = ''; Target = '7.3.345.0' }
)

$Tasks = @(
  @{ Id = 'review-requirements'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Every server meets the list.';
    Failure = '' }
  @{ Id = 'capture-settings'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Below scupgrade-before on the system drive a folder named after the time has the files.';
    Failure = '' }
  @{ Id = 'back-up-database'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $true; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'RESTORE VERIFYONLY says that the backup set is valid. It does not check the structure of the data.';
    Failure = '' }
  @{ Id = 'start-maintenance-mode'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The console shows the servers in maintenance mode; event 1215 on them.';
    Failure = '' }
  @{ Id = 'drain-jobs'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'No job is running, and below scupgrade-before on the system drive files named after the time have the workers and the settings.';
    Failure = '' }
  @{ Id = 'stop-runbook-worker'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The service rbsvc is stopped.';
    Failure = '' }
  @{ Id = 'uninstall-web-service'; Probe = 0; Removes = $true; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = 'C:\Windows\Temp\SMA-WebServiceRemove.log';
    Verify = 'Programs and Features no longer lists it.';
    Failure = 'C:\Windows\Temp\SMA-WebServiceRemove.log. Look for "Return value 3" in the log. 0, 1641 and 3010 mean success.' }
  @{ Id = 'uninstall-powershell-module'; Probe = 1; Removes = $true; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = 'C:\Windows\Temp\SMA-PowershellModuleRemove.log';
    Verify = 'Programs and Features no longer lists it.';
    Failure = 'C:\Windows\Temp\SMA-PowershellModuleRemove.log. Look for "Return value 3" in the log. 0, 1641 and 3010 mean success.' }
  @{ Id = 'uninstall-runbook-worker'; Probe = 2; Removes = $true; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = 'C:\Windows\Temp\SMA-WorkerRemove.log';
    Verify = 'Programs and Features no longer lists it.';
    Failure = 'C:\Windows\Temp\SMA-WorkerRemove.log. Look for "Return value 3" in the log. 0, 1641 and 3010 mean success.' }
  @{ Id = 'install-runbook-worker'; Probe = 2; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @('rbsvc'); Log = 'C:\Windows\Temp\SMA-WorkerInstaller.log';
    Verify = 'The service rbsvc runs.';
    Failure = 'C:\Windows\Temp\SMA-WorkerInstaller.log. The line has passwords, so it logs no property values; even so, keep the log from others. Look for "Return value 3" in the log. 0, 1641 and 3010 mean success.' }
  @{ Id = 'install-powershell-module'; Probe = 1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = 'C:\Windows\Temp\SMA-PowershellModuleInstaller.log';
    Verify = 'Get-Module -ListAvailable lists Microsoft.SystemCenter.ServiceManagementAutomation.';
    Failure = 'C:\Windows\Temp\SMA-PowershellModuleInstaller.log. Look for "Return value 3" in the log. 0, 1641 and 3010 mean success.' }
  @{ Id = 'install-web-service'; Probe = 0; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = 'C:\Windows\Temp\SMA-WebServiceInstaller.log';
    Verify = 'The web service answers on its port, and Get-SmaRunbookWorkerDeployment lists the workers.';
    Failure = 'C:\Windows\Temp\SMA-WebServiceInstaller.log. The line has passwords, so it logs no property values; even so, keep the log from others. Look for "Return value 3" in the log. 0, 1641 and 3010 mean success.' }
  @{ Id = 'restore-worker-settings'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The service rbsvc runs, and the values are those of the copy.';
    Failure = '' }
  @{ Id = 'register-runbook-workers'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $true; Services = @(); Log = '';
    Verify = 'Get-SmaRunbookWorkerDeployment lists exactly the workers of this plan.';
    Failure = '' }
  @{ Id = 'check-automation'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The workers, runbooks and the license are listed; a test runbook ends (event 50008 in Microsoft-ServiceManagementAutomation).';
    Failure = '' }
  @{ Id = 'register-endpoint'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $true; Services = @(); Log = '';
    Verify = 'The portal shows the runbooks.';
    Failure = '' }
  @{ Id = 'stop-maintenance-mode'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The console shows the servers as monitored; event 1216 on them.';
    Failure = '' }
)

$ExitCodes = @(
  @{ Code = 1601; Means = 'The Windows Installer service cannot be reached. Start the service, then run the line again.' }
  @{ Code = 1602; Means = 'Somebody canceled it, or a dialog could not be shown. Run it again; silent runs with /qn.' }
  @{ Code = 1603; Means = 'It failed; the code says no more than that. Look in the log for the first "Return value 3" and the lines above it.' }
  @{ Code = 1605; Means = 'What was to be removed is not installed. Check the product code; a removal has nothing to do then.' }
  @{ Code = 1612; Means = 'The source of the installed product is not available. Provide the original media, then run the line again.' }
  @{ Code = 1618; Means = 'Another installation is running. Wait until it has ended, then run the same line again.' }
  @{ Code = 1619; Means = 'The package could not be opened. Check the path, and that the account can read it; copy it to a local drive.' }
  @{ Code = 1620; Means = 'The file is not a valid package. Copy it again from the media, and check its signature.' }
  @{ Code = 1622; Means = 'The log cannot be written: its folder does not exist. Make the folder of /l*v, then run the line again; nothing was installed.' }
  @{ Code = 1624; Means = 'A transform cannot be applied. Check the paths of TRANSFORMS.' }
  @{ Code = 1625; Means = 'A policy forbids it, or the prompt is not elevated. Use an elevated prompt, or have the package allowed.' }
  @{ Code = 1632; Means = 'The Temp folder is full, or may not be written. Free space, or put the rights of the Temp folder back.' }
  @{ Code = 1633; Means = 'The package is for another platform. Use the package for this machine''s platform.' }
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
    @{ Lead = ''; Value = '/liwearumo'; Always = $false; Account = '' }
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
    @{ Lead = 'PRODUCTKEY='; Value = ''; Always = $true; Account = 'product-key' }
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
    @{ Lead = ''; Value = '/liwearumo'; Always = $false; Account = '' }
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
    @{ Lead = 'PRODUCTKEY='; Value = ''; Always = $true; Account = 'product-key' }
  ) }
)

# Requires: numbers of the steps, from 0, that have to be done before.
$Steps = @(
  @{ Id = 'review-requirements'; Title = 'Review the system requirements';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 0; Requires = ''; Command = -1;
    Why = 'What does not fit is easier to fix before the old release is gone.';
    Text = @('Runbook workers: Windows Server 2012 R2 or later, PowerShell 4.0 or later.', 'Web services: the same, and IIS 7.5 or later with Basic Authentication, Windows Authentication and URL Authorization, ASP.NET 4.5, .NET 3.5 and 4.5, WCF HTTP Activation.', 'SQL Server: 2012 with a supported service pack, 2014 or 2016.', 'Installed release: 2012 R2 with update rollup 7 or later.', 'One document marks SMA 2016 for Windows Server 2016 only; another takes 2012 R2. Windows Server 2016 is safe. [UNCERTAIN]') }
  @{ Id = 'capture-settings@WRK01'; Title = 'Capture the settings of WRK01';
    Server = 'WRK01'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 1; Requires = ''; Command = -1; Script = 'Invoke-Script0';
    Why = 'Uninstalling loses tuned settings, the certificate binding and the members of the administrators'' group.' }
  @{ Id = 'capture-settings@WRK02'; Title = 'Capture the settings of WRK02';
    Server = 'WRK02'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 1; Requires = ''; Command = -1; Script = 'Invoke-Script0';
    Why = 'Uninstalling loses tuned settings, the certificate binding and the members of the administrators'' group.' }
  @{ Id = 'capture-settings@WEB01'; Title = 'Capture the settings of WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 1; Requires = ''; Command = -1; Script = 'Invoke-Script1';
    Why = 'Uninstalling loses tuned settings, the certificate binding and the members of the administrators'' group.' }
  @{ Id = 'back-up-database'; Title = 'Back up the database';
    Server = ''; RunOn = ''; Kind = 'sql'; Digest = 'DIGEST'; Task = 2; Requires = ''; Command = -1;
    Why = 'The database keeps the runbooks and settings; a full, verified backup is the only way back.';
    Text = @('-- On SQL01, the SQL Server of the database.', 'DECLARE @now nvarchar(20), @file nvarchar(600);', 'SET @now = REPLACE(REPLACE(REPLACE(CONVERT(nvarchar(19), GETDATE(), 126), N''-'', N''''), N'':'', N''''), N''T'', N''-'');', 'SET @file = N''E:\Backup\SMA-'' + @now + N''.bak'';', 'BACKUP DATABASE [SMA]', 'TO DISK = @file', 'WITH COPY_ONLY, CHECKSUM;', 'RESTORE VERIFYONLY', 'FROM DISK = @file', 'WITH CHECKSUM;', 'PRINT N''The backup is '' + @file;') }
  @{ Id = 'start-maintenance-mode'; Title = 'Start maintenance mode';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 3; Requires = ''; Command = -1; Script = 'Invoke-Script2';
    Why = 'The servers are monitored: without it every stopped service raises an alert. The Health Service and its watcher go in too, or heartbeat alerts are raised anyway.' }
  @{ Id = 'drain-jobs'; Title = 'Let the running jobs end';
    Server = ''; RunOn = 'WEB01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 4; Requires = ''; Command = -1; Script = 'Invoke-Script3';
    Why = 'A job that is interrupted starts again from its last checkpoint, or from the beginning.' }
  @{ Id = 'stop-runbook-worker@WRK01'; Title = 'Stop the runbook worker on WRK01';
    Server = 'WRK01'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 5; Requires = '5'; Command = -1; Script = 'Invoke-Script4';
    Why = 'The service is stopped on every worker before anything is uninstalled.' }
  @{ Id = 'stop-runbook-worker@WRK02'; Title = 'Stop the runbook worker on WRK02';
    Server = 'WRK02'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 5; Requires = '5'; Command = -1; Script = 'Invoke-Script4';
    Why = 'The service is stopped on every worker before anything is uninstalled.' }
  @{ Id = 'uninstall-web-service@WEB01'; Title = 'Uninstall the web service from WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 6; Requires = '1-5 7-8'; Command = 0; File = 'E:\SMA2012R2\WebServiceInstaller.msi';
    Why = 'There is no upgrade in place. The backup, the settings and the stopped workers come before.' }
  @{ Id = 'uninstall-powershell-module@WEB01'; Title = 'Uninstall the PowerShell module from WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 7; Requires = '1-5 7-8'; Command = 1; File = 'E:\SMA2012R2\PowershellModuleInstaller.msi';
    Why = 'The new web service needs the new module, so the old one goes too.' }
  @{ Id = 'uninstall-runbook-worker@WRK01'; Title = 'Uninstall the runbook worker from WRK01';
    Server = 'WRK01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 8; Requires = '1-5 7-8'; Command = 2; File = 'E:\SMA2012R2\WorkerInstaller.msi';
    Why = 'There is no upgrade in place. Everything old is removed before anything new is installed.' }
  @{ Id = 'uninstall-runbook-worker@WRK02'; Title = 'Uninstall the runbook worker from WRK02';
    Server = 'WRK02'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 8; Requires = '1-5 7-8'; Command = 2; File = 'E:\SMA2012R2\WorkerInstaller.msi';
    Why = 'There is no upgrade in place. Everything old is removed before anything new is installed.' }
  @{ Id = 'install-runbook-worker@WRK01'; Title = 'Install the runbook worker on WRK01';
    Server = 'WRK01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 9; Requires = '9-12'; Command = 3; File = 'D:\SMA\WorkerInstaller.msi';
    Why = 'With an existing database the workers come before the web service; a new installation has the opposite order.' }
  @{ Id = 'install-runbook-worker@WRK02'; Title = 'Install the runbook worker on WRK02';
    Server = 'WRK02'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 9; Requires = '9-12'; Command = 3; File = 'D:\SMA\WorkerInstaller.msi';
    Why = 'With an existing database the workers come before the web service; a new installation has the opposite order.' }
  @{ Id = 'install-powershell-module@WEB01'; Title = 'Install the PowerShell module on WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 10; Requires = '9-14'; Command = 4; File = 'D:\SMA\PowershellModuleInstaller.msi';
    Why = 'The web service needs the module on its machine.' }
  @{ Id = 'install-web-service@WEB01'; Title = 'Install the web service on WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 11; Requires = '13-15'; Command = 5; File = 'D:\SMA\WebServiceInstaller.msi';
    Why = 'The web service comes last, with the old database details and CREATEDATABASE="No".' }
  @{ Id = 'restore-worker-settings@WRK01'; Title = 'Restore tuned settings of the runbook worker on WRK01';
    Server = 'WRK01'; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 12; Requires = '1 13'; Command = -1;
    Why = 'The uninstallation removed the file with what was tuned in it.';
    Text = @('Compare Orchestrator.Settings.config below the new installation folder with its copy below scupgrade-before on the system drive, line by line. It is another release''s file: put single values back that were tuned, such as MaxRunningJobs, TotalAllowedJobs and MaxRunningJobsPerWorker, never the whole file, and restart the service rbsvc. Where nothing was tuned, nothing is to be done.') }
  @{ Id = 'restore-worker-settings@WRK02'; Title = 'Restore tuned settings of the runbook worker on WRK02';
    Server = 'WRK02'; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 12; Requires = '2 14'; Command = -1;
    Why = 'The uninstallation removed the file with what was tuned in it.';
    Text = @('Compare Orchestrator.Settings.config below the new installation folder with its copy below scupgrade-before on the system drive, line by line. It is another release''s file: put single values back that were tuned, such as MaxRunningJobs, TotalAllowedJobs and MaxRunningJobsPerWorker, never the whole file, and restart the service rbsvc. Where nothing was tuned, nothing is to be done.') }
  @{ Id = 'register-runbook-workers'; Title = 'Register the runbook workers, only if their names changed';
    Server = ''; RunOn = 'WEB01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 13; Requires = '16'; Command = -1; Script = 'Invoke-Script5';
    Why = 'The database still names the old workers. With the same names nothing has to be done. [UNCERTAIN: inferred]' }
  @{ Id = 'check-automation'; Title = 'Check the new deployment';
    Server = ''; RunOn = 'WEB01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 14; Requires = '16'; Command = -1; Script = 'Invoke-Script6';
    Why = 'It is best to see that it works while monitoring is quiet.' }
  @{ Id = 'register-endpoint'; Title = 'Register the endpoint in Windows Azure Pack, if it changed';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 15; Requires = '16'; Command = -1;
    Why = 'The portal knows the web service by its URL, port and certificate.';
    Text = @('If the name, port or certificate of the web service changed: in the Windows Azure Pack portal open the QuickStart tab of Automation and register the endpoint again (URL with port, user, password). Replace a self-signed certificate with a trusted one.') }
  @{ Id = 'stop-maintenance-mode'; Title = 'Stop maintenance mode';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 16; Requires = '5 13-14 16'; Command = -1; Script = 'Invoke-Script7';
    Why = 'The servers are monitored again. There is no cmdlet that stops maintenance mode, so a method of the objects is called.' }
)

# ---- scripts of the steps ----

function Invoke-Script0 {
$ErrorActionPreference = 'Stop'
$root = 'HKLM:\SOFTWARE\Microsoft\ServiceManagementAutomation'
$worker = Get-ItemProperty -Path ($root + '\RunbookWorker')
$folder, $time = (Join-Path $env:SystemDrive 'scupgrade-before'), [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmssfff')
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$target = Join-Path $folder ('SMA-settings-' + $time)
New-Item -ItemType Directory -Path $target | Out-Null
$worker | Out-File -FilePath (Join-Path $target 'RunbookWorker.txt') -Encoding UTF8
Get-WmiObject Win32_Service -Filter 'Name = ''rbsvc''' | Select-Object 'Name', 'StartName', 'PathName' |
  Out-File -FilePath (Join-Path $target 'rbsvc.txt') -Encoding UTF8
$number = 0
foreach ($file in @(Get-ChildItem -Path $worker.InstallationFolder -Recurse -Filter 'Orchestrator.Settings.config')) {
  $number++
  Copy-Item -LiteralPath $file.FullName -Destination (Join-Path $target ($file.Name + '.' + $number))
  $file.FullName
}
Get-ChildItem -Path $target | Out-Host
}

function Invoke-Script1 {
$ErrorActionPreference = 'Stop'
$root = 'HKLM:\SOFTWARE\Microsoft\ServiceManagementAutomation'
$web = Get-ItemProperty -Path ($root + '\WebService')
$folder, $time = (Join-Path $env:SystemDrive 'scupgrade-before'), [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmssfff')
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$target = Join-Path $folder ('SMA-settings-' + $time)
New-Item -ItemType Directory -Path $target | Out-Null
$web | Out-File -FilePath (Join-Path $target 'WebService.txt') -Encoding UTF8
& netsh.exe http show sslcert | Out-File -FilePath (Join-Path $target 'certificates.txt') -Encoding UTF8
# netsh names a certificate by its hash (thumbprint); the plan takes the serial number.
Get-ChildItem -Path 'Cert:\LocalMachine\My' |
  Select-Object 'Thumbprint', 'SerialNumber', 'Subject', 'NotAfter' | Format-List |
  Out-File -FilePath (Join-Path $target 'serial-numbers.txt') -Encoding UTF8
& net.exe localgroup smaAdminGroup | Out-File -FilePath (Join-Path $target 'smaAdminGroup.txt') -Encoding UTF8
Get-ChildItem -Path $target | Out-Host
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
      if ($instance.InMaintenanceMode) { continue }
      Start-SCOMMaintenanceMode -Instance $instance -EndTime $until -Reason PlannedApplicationMaintenance -Comment 'Upgrade of Service Management Automation'
    }
  }
}
}

function Invoke-Script3 {
$ErrorActionPreference = 'Stop'
Import-Module Microsoft.SystemCenter.ServiceManagementAutomation
$folder, $time = (Join-Path $env:SystemDrive 'scupgrade-before'), [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmssfff')
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$all = @(Get-ChildItem -Path ($folder + '\SMA-drain-time-*.txt') | Sort-Object 'Name' |
  ForEach-Object { Join-Path $folder $_.Name })
$open = @($all | Where-Object { -not (Test-Path -LiteralPath ($_ + '.put-back')) })
$file = @($open + @(Join-Path $folder ('SMA-drain-time-' + $time + '.txt')))[0]
$path = Join-Path $folder ('SMA-' + $time)
Get-SmaRunbookWorkerDeployment -WebServiceEndpoint 'https://WEB01' -Port 9090 |
  Out-File -FilePath ($path + '-workers.txt') -Encoding UTF8
$configuration = Get-SmaAdminConfiguration -WebServiceEndpoint 'https://WEB01' -Port 9090
$configuration |
  Out-File -FilePath ($path + '-configuration.txt') -Encoding UTF8
if ($open.Count -eq 0) {
  Set-Content -LiteralPath $file -Value $configuration.DrainTimeInSeconds -Encoding UTF8
}
Set-SmaAdminConfiguration -WebServiceEndpoint 'https://WEB01' -Port 9090 -DrainTimeInSeconds 300
# As long as the drain time, for what runs to come to its end.
for ($waited = 0; $waited -le 300; $waited += 15) {
  $running = @(Get-SmaJob -WebServiceEndpoint 'https://WEB01' -Port 9090 | Where-Object { $_.JobStatus -eq 'Running' })
  if ($running.Count -eq 0) { break }
  Start-Sleep -Seconds 15
}
'Jobs that run: ' + $running.Count
$running | Select-Object 'JobId', 'RunbookName', 'StartTime' | Out-Host
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
try {
  $workers | ForEach-Object { Get-Service -ComputerName $_ -Name 'rbsvc' | Stop-Service }
  New-SmaRunbookWorkerDeployment -ComputerName $workers -WebServiceEndpoint 'https://WEB01' -Port 9090 -Force
}
finally {
  $workers | ForEach-Object { Get-Service -ComputerName $_ -Name 'rbsvc' | Start-Service }
}
}

function Invoke-Script6 {
$ErrorActionPreference = 'Stop'
Import-Module Microsoft.SystemCenter.ServiceManagementAutomation
$folder, $time = (Join-Path $env:SystemDrive 'scupgrade-before'), [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmssfff')
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$all = @(Get-ChildItem -Path ($folder + '\SMA-drain-time-*.txt') | Sort-Object 'Name' |
  ForEach-Object { Join-Path $folder $_.Name })
$open = @($all | Where-Object { -not (Test-Path -LiteralPath ($_ + '.put-back')) })
$file = @($open + @(Join-Path $folder ('SMA-drain-time-' + $time + '.txt')))[0]
if ($open.Count -gt 0) {
  $old = [int] (Get-Content -LiteralPath $file)
  Set-SmaAdminConfiguration -WebServiceEndpoint 'https://WEB01' -Port 9090 -DrainTimeInSeconds $old
  New-Item -ItemType File -Path ($file + '.put-back') | Out-Null
}
Get-SmaRunbookWorkerDeployment -WebServiceEndpoint 'https://WEB01' -Port 9090 | Out-Host
Get-SmaAdminConfiguration -WebServiceEndpoint 'https://WEB01' -Port 9090 | Out-Host
Get-SmaRunbook -WebServiceEndpoint 'https://WEB01' -Port 9090 | Select-Object -First 5 RunbookName | Out-Host
# Where it says evaluation: Set-SmaLicense with -ProductKey and the same endpoint. An evaluation ends after 180 days.
Get-SmaLicense -WebServiceEndpoint 'https://WEB01' -Port 9090 | Out-Host
@('WRK01', 'WRK02') | ForEach-Object { Get-Service -ComputerName $_ -Name 'rbsvc' } | Format-Table 'MachineName', 'Status' | Out-Host
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
