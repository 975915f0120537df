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
$RecordKey = 'SOFTWARE\scupgrade\operations-manager\CONTOSO\2012-r2-2016'
$Upgrade = @{ Product = 'operations-manager'; Name = 'CONTOSO'; Source = '2012-r2'; Target = '2016'; }
$PlanTitle = 'Operations Manager 2012 R2 → 2016'
$Lead = 'MS01'

$Accounts = @{
  'accounts.data-access' = @{ Label = 'Data Access Service account'; User = 'CONTOSO\svc-das'; Asks = 'its password' }
  'accounts.data-reader' = @{ Label = 'Data Reader account'; User = 'CONTOSO\svc-reader'; Asks = 'its password' }
}

$Probes = @(
  @{ Key = 'SOFTWARE\Microsoft\Microsoft Operations Manager\3.0\Setup'; Value = 'ServerVersion'; Product = ''; Service = ''; File = ''; Target = '7.2.11719.0' }
  @{ Key = ''; Value = ''; Product = ''; Service = 'HealthService'; File = 'HealthService.dll'; Target = '8.0.10918.0' }
  @{ Key = 'SOFTWARE\Microsoft\Microsoft Operations Manager\3.0\Setup'; Value = 'UIVersion'; Product = ''; Service = ''; File = ''; Target = '7.2.11719.0' }
  @{ Key = ''; Value = ''; Product = 'System Center Operations Manager*Web Console*'; Service = ''; File = ''; Target = '7.2.11719.0' }
  @{ Key = ''; Value = ''; Product = 'System Center Operations Manager*Reporting*'; Service = ''; File = ''; Target = '7.2.11719.0' }
)

$Tasks = @(
  @{ Id = 'extract-media'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Setup.exe and the folders gateway and agent are in the folder.';
    Failure = '' }
  @{ Id = 'review-event-logs'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Nothing that recurs is left, and the copy of the log is kept.';
    Failure = '' }
  @{ Id = 'record-registry-values'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The list is kept on the system drive.';
    Failure = '' }
  @{ Id = 'enable-tls-1-0'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'TLS 1.0 is not disabled below SCHANNEL, and the machines were restarted.';
    Failure = '' }
  @{ Id = 'export-management-packs'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Below scupgrade-before on the system drive a folder named after the time has one file for each pack.';
    Failure = '' }
  @{ Id = 'grant-sql-host-rights'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Run by the setup account, Get-WmiObject Win32_OperatingSystem -ComputerName NAME gets an answer from each of them.';
    Failure = '' }
  @{ Id = 'prepare-replicas'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Each replica has the same logins, settings and messages.';
    Failure = '' }
  @{ Id = 'clean-up-entity-log'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The first result, run again, says 0 rows, or at most some thousand new ones.';
    Failure = '' }
  @{ Id = 'set-gateway-failover'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Each agent behind a gateway server has a failover that it reaches, or it is agreed that it has none meanwhile. The list of what was changed is kept on the system drive.';
    Failure = '' }
  @{ Id = 'empty-pending-management'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Get-SCOMPendingManagement returns nothing.';
    Failure = '' }
  @{ Id = 'disable-subscriptions'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'No subscription is enabled, and the list is kept on the system drive.';
    Failure = '' }
  @{ Id = 'stop-services'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'HealthService, OMSDK and cshost are stopped.';
    Failure = '' }
  @{ Id = 'check-database-space'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'More than 50 % of the data file is free, and the log is at least half of the database''s size.';
    Failure = '' }
  @{ Id = 'back-up-database'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $true; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'RESTORE VERIFYONLY says that the backup set is valid; a copy of the file is on another machine.';
    Failure = '' }
  @{ Id = 'back-up-warehouse-database'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $true; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'RESTORE VERIFYONLY says that the backup set is valid; a copy of the file is on another machine.';
    Failure = '' }
  @{ Id = 'back-up-acs-database'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $true; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'RESTORE VERIFYONLY says that the backup set is valid.';
    Failure = '' }
  @{ Id = 'back-up-report-database'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $true; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'RESTORE VERIFYONLY says that the backup set is valid; the key''s file is kept apart.';
    Failure = '' }
  @{ Id = 'raise-agent-queue'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $true; Optional = $false; Services = @(); Log = '';
    Verify = 'maximumQueueSizeKb is 76800 on the agents.';
    Failure = '' }
  @{ Id = 'save-web-config'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Below scupgrade-before on the system drive a folder named after the time has the files.';
    Failure = '' }
  @{ Id = 'stop-web-console'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The web console does not answer.';
    Failure = '' }
  @{ Id = 'upgrade-management-server'; Probe = 0; Removes = $false; Once = $true; Alone = $true; Backup = $false; Elsewhere = $false; Optional = $false; Services = @('HealthService', 'OMSDK', 'cshost'); Log = '%LocalAppData%\SCOM\LOGS\OpsMgrSetupWizard.log';
    Verify = 'ServerVersion below HKLM\SOFTWARE\Microsoft\Microsoft Operations Manager\3.0\Setup is 7.2.11719.0 or later; the services HealthService, OMSDK and cshost run.';
    Failure = '%LocalAppData%\SCOM\LOGS\OpsMgrSetupWizard.log of the account that ran setup' }
  @{ Id = 'start-services'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'HealthService, OMSDK and cshost run.';
    Failure = '' }
  @{ Id = 'upgrade-acs-collector'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The service AdtServer runs, and new events arrive in its database.';
    Failure = '' }
  @{ Id = 'upgrade-gateway'; Probe = 1; Removes = $false; Once = $true; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @('HealthService'); Log = 'C:\Windows\Temp\MOMGateway.log';
    Verify = 'Operations console, Administration, Device Management, Management Servers: version 8.0.10918.0 or later.';
    Failure = 'C:\Windows\Temp\MOMGateway.log: look for "Return value 3".' }
  @{ Id = 'upgrade-operations-console'; Probe = 2; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '%LocalAppData%\SCOM\LOGS\OpsMgrSetupWizard.log';
    Verify = 'UIVersion below HKLM\SOFTWARE\Microsoft\Microsoft Operations Manager\3.0\Setup is 7.2.11719.0 or later.';
    Failure = '%LocalAppData%\SCOM\LOGS\OpsMgrSetupWizard.log of the account that ran setup' }
  @{ Id = 'approve-agents'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Agent version 8.0.10918.0 or later; it can take 60 minutes to show. APM events on agents, even on those without APM, end with their upgrade; where they stay, restart the health service there.';
    Failure = '' }
  @{ Id = 'upgrade-agent'; Probe = 1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @('HealthService'); Log = 'C:\Windows\Temp\MOMAgent.log';
    Verify = 'Agent version 8.0.10918.0 or later; it can take 60 minutes to show. APM events on agents, even on those without APM, end with their upgrade; where they stay, restart the health service there.';
    Failure = 'C:\Windows\Temp\MOMAgent.log: look for "Return value 3".' }
  @{ Id = 'upgrade-unix-agents'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'UNIX/Linux Computers shows the new version and the computers healthy.';
    Failure = '' }
  @{ Id = 'upgrade-web-console'; Probe = 3; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '%LocalAppData%\SCOM\LOGS\OpsMgrSetupWizard.log';
    Verify = 'The web console opens, and its customizations are in web.config again. Programs and Features lists every feature of this machine with version 7.2.11719.0 or later.';
    Failure = '%LocalAppData%\SCOM\LOGS\OpsMgrSetupWizard.log of the account that ran setup' }
  @{ Id = 'upgrade-reporting-server'; Probe = 4; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '%LocalAppData%\SCOM\LOGS\OpsMgrSetupWizard.log';
    Verify = 'A report opens in the Operations console. Programs and Features lists every feature of this machine with version 7.2.11719.0 or later.';
    Failure = 'OMReporting.log beside OpsMgrSetupWizard.log; a broken Reporting Services instance is repaired by ResetSRS.exe from SupportTools.' }
  @{ Id = 'start-web-console'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The web console opens.';
    Failure = '' }
  @{ Id = 'enable-subscriptions'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The list is the same as before.';
    Failure = '' }
  @{ Id = 'restore-gateway-failover'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Each agent of the list has the failover of before, or the new one where it had none.';
    Failure = '' }
  @{ Id = 'enable-acs-forwarding'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'New events of those agents arrive in the ACS database.';
    Failure = '' }
  @{ Id = 'reset-agent-queue'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $true; Optional = $false; Services = @(); Log = '';
    Verify = 'maximumQueueSizeKb on the agents is what it was before.';
    Failure = '' }
  @{ Id = 'restore-registry-values'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The values are those of the list, and the health service was restarted.';
    Failure = '' }
  @{ Id = 'adapt-folders'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'No script, task, shortcut or exclusion refers to the old folder.';
    Failure = '' }
  @{ Id = 'test-availability-group'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The consoles, reports and data are there on each replica.';
    Failure = '' }
  @{ Id = 'verify-management-group'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Everything in the list is as it should be.';
    Failure = '' }
  @{ Id = 'check-license'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Help, About says (Retail).';
    Failure = '' }
  @{ Id = 'take-back-sql-host-rights'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The setup account is neither administrator there nor sysadmin.';
    Failure = '' }
  @{ Id = 'restore-tls-1-0'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The values below SCHANNEL are those that were written down, and the servers connect to their databases.';
    Failure = '' }
)

$ExitCodes = @(
  @{ Code = 1; Means = 'Probably: Setup failed. Read its log: OpsMgrSetupWizard.log in %LocalAppData%\SCOM\LOGS of the account that ran it.' }
  @{ Code = 13; Means = 'Probably: Another version is installed than the one that this media can upgrade. Compare the installed build with what the release can be upgraded from.' }
  @{ Code = 14; Means = 'Probably: A prerequisite failed; nothing was changed. Read SCOMPrereqCheck.log beside setup''s log.' }
  @{ Code = 15; Means = 'Probably: The command line is wrong; nothing was changed. Compare it with the planned one, word by word.' }
  @{ Code = 16; Means = 'Probably: Files of the media are missing or damaged. Extract the media again.' }
  @{ Code = 17; Means = 'A prerequisite or a check of a database failed; nothing was changed. Read SCOMPrereqCheck.log and the first Error line of setup''s log.' }
  @{ Code = 18; Means = 'Probably: Another setup is running on this machine. Wait for it, or end that process by its id.' }
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
  @{ Reader = 'argv'; Program = 'D:\setup.exe'; Words = @(
    @{ Lead = ''; Value = '/silent'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/upgrade'; Always = $false; Account = '' }
    @{ Lead = '/AcceptEndUserLicenseAgreement:'; Value = '1'; Always = $false; Account = '' }
    @{ Lead = '/DASAccountUser:'; Value = 'CONTOSO\svc-das'; Always = $false; Account = '' }
    @{ Lead = '/DASAccountPassword:'; Value = ''; Always = $false; Account = 'accounts.data-access' }
    @{ Lead = '/DataReaderUser:'; Value = 'CONTOSO\svc-reader'; Always = $false; Account = '' }
    @{ Lead = '/DataReaderPassword:'; Value = ''; Always = $false; Account = 'accounts.data-reader' }
  ) }
  @{ Reader = 'msi'; Program = 'msiexec'; Words = @(
    @{ Lead = ''; Value = '/i'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'D:\gateway\AMD64\MOMGateway.msi'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/qn'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/norestart'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/l*v'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'C:\Windows\Temp\MOMGateway.log'; Always = $false; Account = '' }
    @{ Lead = 'AcceptEndUserLicenseAgreement='; Value = '1'; Always = $false; Account = '' }
  ) }
  @{ Reader = 'argv'; Program = 'D:\setup.exe'; Words = @(
    @{ Lead = ''; Value = '/silent'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/upgrade'; Always = $false; Account = '' }
    @{ Lead = '/AcceptEndUserLicenseAgreement:'; Value = '1'; Always = $false; Account = '' }
  ) }
  @{ Reader = 'msi'; Program = 'msiexec'; Words = @(
    @{ Lead = ''; Value = '/i'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'D:\agent\AMD64\MOMAgent.msi'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/qn'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/norestart'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/l*v'; Always = $false; Account = '' }
    @{ Lead = ''; Value = 'C:\Windows\Temp\MOMAgent.log'; Always = $false; Account = '' }
    @{ Lead = 'AcceptEndUserLicenseAgreement='; Value = '1'; Always = $false; Account = '' }
  ) }
  @{ Reader = 'argv'; Program = 'D:\setup.exe'; Words = @(
    @{ Lead = ''; Value = '/silent'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/upgrade'; Always = $false; Account = '' }
    @{ Lead = '/AcceptEndUserLicenseAgreement:'; Value = '1'; Always = $false; Account = '' }
    @{ Lead = '/WebSiteName:'; Value = 'Default Web Site'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/WebConsoleUseSSL'; Always = $false; Account = '' }
    @{ Lead = '/WebConsoleAuthorizationMode:'; Value = 'Mixed'; Always = $false; Account = '' }
  ) }
  @{ Reader = 'argv'; Program = 'D:\setup.exe'; Words = @(
    @{ Lead = ''; Value = '/silent'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/upgrade'; Always = $false; Account = '' }
    @{ Lead = '/AcceptEndUserLicenseAgreement:'; Value = '1'; Always = $false; Account = '' }
    @{ Lead = '/ManagementServer:'; Value = 'MS01'; Always = $false; Account = '' }
  ) }
)

# Requires: numbers of the steps, from 0, that have to be done before.
$Steps = @(
  @{ Id = 'extract-media@MS01'; Title = 'Extract the media of 2016 on MS01';
    Server = 'MS01'; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 0; Requires = ''; Command = -1;
    Why = 'The download and the ISO hold a self-extracting program: setup.exe and the packages exist only after it has run.';
    Text = @('Run the downloaded program (SC2016_SCOM_EN.exe or similar) with /Dir=D:\ /VERYSILENT, best to a local drive. Skip this where Setup.exe is there already.') }
  @{ Id = 'extract-media@MS02'; Title = 'Extract the media of 2016 on MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 0; Requires = ''; Command = -1;
    Why = 'The download and the ISO hold a self-extracting program: setup.exe and the packages exist only after it has run.';
    Text = @('Run the downloaded program (SC2016_SCOM_EN.exe or similar) with /Dir=D:\ /VERYSILENT, best to a local drive. Skip this where Setup.exe is there already.') }
  @{ Id = 'extract-media@GW01'; Title = 'Extract the media of 2016 on GW01';
    Server = 'GW01'; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 0; Requires = ''; Command = -1;
    Why = 'The download and the ISO hold a self-extracting program: setup.exe and the packages exist only after it has run.';
    Text = @('Run the downloaded program (SC2016_SCOM_EN.exe or similar) with /Dir=D:\ /VERYSILENT, best to a local drive. Skip this where Setup.exe is there already.') }
  @{ Id = 'extract-media@CON01'; Title = 'Extract the media of 2016 on CON01';
    Server = 'CON01'; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 0; Requires = ''; Command = -1;
    Why = 'The download and the ISO hold a self-extracting program: setup.exe and the packages exist only after it has run.';
    Text = @('Run the downloaded program (SC2016_SCOM_EN.exe or similar) with /Dir=D:\ /VERYSILENT, best to a local drive. Skip this where Setup.exe is there already.') }
  @{ Id = 'extract-media@WEB01'; Title = 'Extract the media of 2016 on WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 0; Requires = ''; Command = -1;
    Why = 'The download and the ISO hold a self-extracting program: setup.exe and the packages exist only after it has run.';
    Text = @('Run the downloaded program (SC2016_SCOM_EN.exe or similar) with /Dir=D:\ /VERYSILENT, best to a local drive. Skip this where Setup.exe is there already.') }
  @{ Id = 'extract-media@REP01'; Title = 'Extract the media of 2016 on REP01';
    Server = 'REP01'; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 0; Requires = ''; Command = -1;
    Why = 'The download and the ISO hold a self-extracting program: setup.exe and the packages exist only after it has run.';
    Text = @('Run the downloaded program (SC2016_SCOM_EN.exe or similar) with /Dir=D:\ /VERYSILENT, best to a local drive. Skip this where Setup.exe is there already.') }
  @{ Id = 'extract-media@AGT01'; Title = 'Extract the media of 2016 on AGT01';
    Server = 'AGT01'; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 0; Requires = ''; Command = -1;
    Why = 'The download and the ISO hold a self-extracting program: setup.exe and the packages exist only after it has run.';
    Text = @('Run the downloaded program (SC2016_SCOM_EN.exe or similar) with /Dir=D:\ /VERYSILENT, best to a local drive. Skip this where Setup.exe is there already.') }
  @{ Id = 'review-event-logs@MS01'; Title = 'Review the event log of MS01';
    Server = 'MS01'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 1; Requires = ''; Command = -1; Script = 'Invoke-Script0';
    Why = 'Recurring errors are easier to solve before the upgrade, and the copy shows later what is new.' }
  @{ Id = 'review-event-logs@MS02'; Title = 'Review the event log of MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 1; Requires = ''; Command = -1; Script = 'Invoke-Script0';
    Why = 'Recurring errors are easier to solve before the upgrade, and the copy shows later what is new.' }
  @{ Id = 'record-registry-values@MS01'; Title = 'Record the registry values of MS01';
    Server = 'MS01'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 2; Requires = ''; Command = -1; Script = 'Invoke-Script1';
    Why = 'This upgrade resets values of the health service that were set by hand, and the details of the data warehouse on the other management servers.' }
  @{ Id = 'record-registry-values@MS02'; Title = 'Record the registry values of MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 2; Requires = ''; Command = -1; Script = 'Invoke-Script1';
    Why = 'This upgrade resets values of the health service that were set by hand, and the details of the data warehouse on the other management servers.' }
  @{ Id = 'enable-tls-1-0'; Title = 'Enable TLS 1.0 during setup';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 3; Requires = ''; Command = -1;
    Why = 'The media of 2016 does not support TLS 1.2.';
    Text = @('If TLS 1.0 is disabled on a machine that setup runs on: Write down the values below HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.0, enable it for Client and Server, and restart the machine. The same holds for the SQL Server. After update rollup 4 it can be disabled again.') }
  @{ Id = 'export-management-packs'; Title = 'Export the unsealed management packs';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 4; Requires = ''; Command = -1; Script = 'Invoke-Script2';
    Why = 'Your own overrides, views and groups exist nowhere else, and a single pack can be imported again from its file.' }
  @{ Id = 'grant-sql-host-rights'; Title = 'Give the setup account rights on the SQL Server computers';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 5; Requires = ''; Command = -1;
    Why = 'Setup queries these computers through WMI; without the rights it stops halfway with 0x80070005.';
    Text = @('On the SQL Server computers (those of the operational database, of the data warehouse and of Reporting; in a cluster, each node) make the setup account a local administrator for the time of the upgrade, and let the management servers reach TCP 135 and 445, the dynamic ports 49152 to 65535 and UDP 137 there. Both sides need the updates for DCOM hardening (KB5004442): event 10036 on the SQL Server computer says that one of them lacks these. Write down what was granted.') }
  @{ Id = 'prepare-replicas'; Title = 'Check every replica of the databases';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 6; Requires = ''; Command = -1;
    Why = 'What belongs to an instance does not move with a database.';
    Text = @('If a database is in an availability group: On every replica check the logins of the service accounts, the setting "clr enabled", the messages of Operations Manager in sys.messages (18054 is one), and the databases of Reporting Services. Service Broker is on in the operational database. A web site or report that is opened by an alias on its own computer can answer 401, because of the loopback check.') }
  @{ Id = 'clean-up-entity-log'; Title = 'Groom the table EntityTransactionLog';
    Server = ''; RunOn = ''; Kind = 'sql'; Digest = 'DIGEST'; Task = 7; Requires = ''; Command = -1;
    Why = 'Setup grooms it too, and with more than 100,000 rows to groom it is slow and can time out.';
    Text = @('-- On the SQL Server of the operational database. It can take hours. Batches keep the transaction log small in', '-- the recovery model SIMPLE; in FULL, back the log up between them.', '-- Indexed views want QUOTED_IDENTIFIER: sqlcmd has it with -I only.', 'SET QUOTED_IDENTIFIER ON;', 'USE <operational database>;', 'SET NOCOUNT ON;', 'DECLARE @watermark bigint, @removed int;', 'SET @watermark = dbo.fn_GetEntityChangeLogGroomingWatermark();', '', 'SELECT COUNT_BIG(*) AS rows_to_groom', 'FROM dbo.EntityTransactionLog AS t WITH (NOLOCK)', 'WHERE t.EntityTransactionLogId < @watermark', '  AND NOT EXISTS (SELECT * FROM dbo.EntityChangeLog AS c WITH (NOLOCK)', '    WHERE c.EntityTransactionLogId = t.EntityTransactionLogId)', '  AND NOT EXISTS (SELECT * FROM dbo.RelatedEntityChangeLog AS r WITH (NOLOCK)', '    WHERE r.EntityTransactionLogId = t.EntityTransactionLogId);', '', '-- At most 100,000 rows a pass, so that the transaction log does not fill; until a pass removes none.', 'SET @removed = 1;', 'WHILE @removed > 0', 'BEGIN', '  DELETE TOP (100000) t', '  FROM dbo.EntityTransactionLog AS t', '  WHERE t.EntityTransactionLogId < @watermark', '    AND NOT EXISTS (SELECT * FROM dbo.EntityChangeLog AS c', '      WHERE c.EntityTransactionLogId = t.EntityTransactionLogId)', '    AND NOT EXISTS (SELECT * FROM dbo.RelatedEntityChangeLog AS r', '      WHERE r.EntityTransactionLogId = t.EntityTransactionLogId);', '  SET @removed = @@ROWCOUNT;', '  RAISERROR (''%d rows groomed'', 0, 1, @removed) WITH NOWAIT;', 'END;') }
  @{ Id = 'set-gateway-failover'; Title = 'Give agents behind gateway servers a failover';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 8; Requires = ''; Command = -1; Script = 'Invoke-Script3';
    Why = 'While its gateway server is upgraded an agent needs another one to report to.' }
  @{ Id = 'empty-pending-management'; Title = 'Empty Pending Management';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 9; Requires = ''; Command = -1; Script = 'Invoke-Script4';
    Why = 'Agents under Pending Management can block the upgrade.' }
  @{ Id = 'disable-subscriptions'; Title = 'Record and disable the notification subscriptions';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 10; Requires = ''; Command = -1; Script = 'Invoke-Script5';
    Why = 'The upgrade raises alerts that should wake nobody. Only those that were enabled are enabled again.' }
  @{ Id = 'stop-services@MS02'; Title = 'Stop the services on MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 11; Requires = ''; Command = -1; Script = 'Invoke-Script6';
    Why = 'Recommended for every management server but the one being upgraded, so that only setup works on the databases.' }
  @{ Id = 'check-database-space'; Title = 'Check the space of the operational database';
    Server = ''; RunOn = ''; Kind = 'sql'; Digest = 'DIGEST'; Task = 12; Requires = ''; Command = -1;
    Why = 'The upgrade might fail where there is not enough space.';
    Text = @('-- On the SQL Server of the operational database.', '-- Needed: more than 50 % of the data file free, and a transaction log of at least 50 % of', '-- the database''s size. Where it is less: database properties, Files: raise the initial size', '-- of MOM_DATA by 50 %, and set that of MOM_LOG to half of the database''s size.', 'USE <operational database>;', 'SELECT name, type_desc, size / 128 AS size_mb,', '  CAST(FILEPROPERTY(name, ''SpaceUsed'') AS int) / 128 AS used_mb,', '  100 - 100 * CAST(FILEPROPERTY(name, ''SpaceUsed'') AS bigint) / size AS free_percent', 'FROM sys.database_files;') }
  @{ Id = 'back-up-database'; Title = 'Back up the operational database';
    Server = ''; RunOn = ''; Kind = 'sql'; Digest = 'DIGEST'; Task = 13; Requires = ''; Command = -1;
    Why = 'Nothing rolls an upgrade back; backups are the only way, and the first management server changes the databases. The document says before the second one, which is left over from an older upgrade path.';
    Text = @('-- On the SQL Server of the operational database. The file goes to the instance''s own folder for backups:', '-- copy it to another machine afterwards.', 'DECLARE @now nvarchar(20), @file nvarchar(600);', 'SET @now = REPLACE(REPLACE(REPLACE(CONVERT(nvarchar(19), GETDATE(), 126), N''-'', N''''), N'':'', N''''), N''T'', N''-'');', '', 'SET @file = N''<operational database>-before-2016-'' + @now + N''.bak'';', 'BACKUP DATABASE <operational database>', 'TO DISK = @file', 'WITH COPY_ONLY, CHECKSUM;', 'RESTORE VERIFYONLY', 'FROM DISK = @file', 'WITH CHECKSUM;', 'PRINT N''The backup is '' + @file;') }
  @{ Id = 'back-up-warehouse-database'; Title = 'Back up the data warehouse';
    Server = ''; RunOn = ''; Kind = 'sql'; Digest = 'DIGEST'; Task = 14; Requires = ''; Command = -1;
    Why = 'The first management server changes it too, and it may be on another SQL Server.';
    Text = @('-- On the SQL Server of the data warehouse. The file goes to the instance''s own folder for backups:', '-- copy it to another machine afterwards.', 'DECLARE @now nvarchar(20), @file nvarchar(600);', 'SET @now = REPLACE(REPLACE(REPLACE(CONVERT(nvarchar(19), GETDATE(), 126), N''-'', N''''), N'':'', N''''), N''T'', N''-'');', '', 'SET @file = N''<data warehouse>-before-2016-'' + @now + N''.bak'';', 'BACKUP DATABASE <data warehouse>', 'TO DISK = @file', 'WITH COPY_ONLY, CHECKSUM;', 'RESTORE VERIFYONLY', 'FROM DISK = @file', 'WITH CHECKSUM;', 'PRINT N''The backup is '' + @file;') }
  @{ Id = 'back-up-acs-database@MS02'; Title = 'Back up the database of the ACS collector on MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'sql'; Digest = 'DIGEST'; Task = 15; Requires = ''; Command = -1;
    Why = 'The wizard of the ACS collector also upgrades its database.';
    Text = @('-- On the SQL Server of the ACS database. The file goes to the instance''s own folder for backups:', '-- copy it to another machine afterwards.', 'DECLARE @now nvarchar(20), @file nvarchar(600);', 'SET @now = REPLACE(REPLACE(REPLACE(CONVERT(nvarchar(19), GETDATE(), 126), N''-'', N''''), N'':'', N''''), N''T'', N''-'');', '', 'SET @file = N''<ACS database>-before-2016-'' + @now + N''.bak'';', 'BACKUP DATABASE <ACS database>', 'TO DISK = @file', 'WITH COPY_ONLY, CHECKSUM;', 'RESTORE VERIFYONLY', 'FROM DISK = @file', 'WITH CHECKSUM;', 'PRINT N''The backup is '' + @file;') }
  @{ Id = 'back-up-report-database'; Title = 'Back up the databases of Reporting Services';
    Server = ''; RunOn = ''; Kind = 'sql'; Digest = 'DIGEST'; Task = 16; Requires = ''; Command = -1;
    Why = 'A failed setup of Reporting can leave Reporting Services broken.';
    Text = @('-- Back up the encryption key too, in Reporting Services Configuration Manager: without it the data sources are lost.', '-- On the SQL Server of the report server database. The file goes to the instance''s own folder for backups:', '-- copy it to another machine afterwards.', 'DECLARE @now nvarchar(20), @file nvarchar(600);', 'SET @now = REPLACE(REPLACE(REPLACE(CONVERT(nvarchar(19), GETDATE(), 126), N''-'', N''''), N'':'', N''''), N''T'', N''-'');', '', 'SET @file = N''<report server database>-before-2016-'' + @now + N''.bak'';', 'BACKUP DATABASE <report server database>', 'TO DISK = @file', 'WITH COPY_ONLY, CHECKSUM;', 'RESTORE VERIFYONLY', 'FROM DISK = @file', 'WITH CHECKSUM;', 'PRINT N''The backup is '' + @file;', '', 'SET @file = N''<temporary database of Reporting>-before-2016-'' + @now + N''.bak'';', 'BACKUP DATABASE <temporary database of Reporting>', 'TO DISK = @file', 'WITH COPY_ONLY, CHECKSUM;', 'RESTORE VERIFYONLY', 'FROM DISK = @file', 'WITH CHECKSUM;', 'PRINT N''The backup is '' + @file;') }
  @{ Id = 'raise-agent-queue'; Title = 'Raise the queue of the agents to 75 MB';
    Server = ''; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 17; Requires = ''; Command = -1; Script = 'Invoke-Script7';
    Why = 'Agents keep their data while no management server accepts it.' }
  @{ Id = 'save-web-config@WEB01'; Title = 'Save the web console''s settings on WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 18; Requires = ''; Command = -1; Script = 'Invoke-Script8';
    Why = 'Setup resets web.config, and the choice of SSL to what the registry says.' }
  @{ Id = 'stop-web-console@WEB01'; Title = 'Stop the web console on WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 19; Requires = ''; Command = -1;
    Why = 'Nobody should work in it while it changes.';
    Text = @('Open IIS Manager and stop the web console: its web site, or its application pools. The documents name the site "Operations Manager" in one place, the pools "Operations Manager" and "MonitoringViews" in another. [UNCERTAIN] Write down what you stopped.') }
  @{ Id = 'upgrade-management-server@MS01'; Title = 'Upgrade management server MS01';
    Server = 'MS01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 20; Requires = '7-25 27'; Command = 0; File = 'D:\setup.exe';
    Why = 'The first management server is upgraded alone: a SQL update script runs early in its setup, and run from two servers it damages the databases.' }
  @{ Id = 'start-services@MS01'; Title = 'Check that the services run on MS01';
    Server = 'MS01'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 21; Requires = '28'; Command = -1; Script = 'Invoke-Script9';
    Why = 'A management server runs again as soon as its own setup has ended; those that wait for theirs stay stopped.' }
  @{ Id = 'upgrade-management-server@MS02'; Title = 'Upgrade management server MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 20; Requires = '21 28'; Command = 0; File = 'D:\setup.exe';
    Why = 'The first management server''s setup runs the SQL update script, which must run once only. The others follow as soon as possible, one at a time: no document says that they may run together.' }
  @{ Id = 'upgrade-acs-collector@MS02'; Title = 'Upgrade ACS collector on MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 22; Requires = '23 30'; Command = -1;
    Why = 'An ACS collector is upgraded together with its management server.';
    Text = @('Start Setup.exe from the media and choose Audit Collection Services. In its wizard choose "Use an existing database", the data source name (OpsMgrAC unless it was changed), where the database server is, and how to log on to it; then Finish. No silent command line is documented.') }
  @{ Id = 'start-services@MS02'; Title = 'Check that the services run on MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 21; Requires = '19 30'; Command = -1; Script = 'Invoke-Script9';
    Why = 'A management server runs again as soon as its own setup has ended; those that wait for theirs stay stopped.' }
  @{ Id = 'upgrade-gateway@GW01'; Title = 'Upgrade gateway server GW01';
    Server = 'GW01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 23; Requires = '28 30'; Command = 1; File = 'D:\gateway\AMD64\MOMGateway.msi';
    Why = 'Gateway servers come after all management servers.' }
  @{ Id = 'upgrade-operations-console@CON01'; Title = 'Upgrade Operations console on CON01';
    Server = 'CON01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 24; Requires = '28 30'; Command = 2; File = 'D:\setup.exe';
    Why = 'Stand-alone consoles come after the management servers and the gateway servers.' }
  @{ Id = 'approve-agents'; Title = 'Approve the update of 1200 pushed agents in 6 batches of at most 200';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 25; Requires = '28 30'; Command = -1;
    Why = 'Pushed agents appear under Pending Management once the management servers are upgraded. Until then APM events on agents are to be expected.';
    Text = @('In the Operations console open Administration, Device Management, Pending Management. Under "Agent Requires Update" choose at most 200 agents, approve them, wait until they are done, and go on with the next ones. Use an administrator account of those computers or the management server action account.') }
  @{ Id = 'upgrade-agent@AGT01'; Title = 'Upgrade agent on AGT01';
    Server = 'AGT01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 26; Requires = '28 30'; Command = 3; File = 'D:\agent\AMD64\MOMAgent.msi';
    Why = 'Agents that were installed by hand are upgraded by hand, after the management servers. The line names the package for 64-bit Windows; the media has a folder for each platform.' }
  @{ Id = 'upgrade-unix-agents'; Title = 'Upgrade the agents of UNIX and Linux computers';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 27; Requires = '28 30'; Command = -1;
    Why = 'They come after the management servers, like all agents.';
    Text = @('If the group watches UNIX or Linux computers: Import the UNIX and Linux management packs of 2016, then upgrade the agents: Operations console, Administration, Device Management, UNIX/Linux Computers, Upgrade Agent. By hand, on the computer: sh ./scx-<version>.universalr.<version>.<architecture>.sh --upgrade --enable-opsmgr, with the file from AgentManagement\UnixAgents\DownloadedKits of a management server. Check the certificate afterwards: newer kits create a new one, which has to be signed again.') }
  @{ Id = 'upgrade-web-console@WEB01'; Title = 'Upgrade web console on WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 28; Requires = '26 28 30'; Command = 4; File = 'D:\setup.exe';
    Why = 'A stand-alone web console comes after all management servers. Setup resets web.config, so a copy of it was saved first.' }
  @{ Id = 'upgrade-reporting-server@REP01'; Title = 'Upgrade Reporting server REP01';
    Server = 'REP01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 29; Requires = '24 28 30'; Command = 5; File = 'D:\setup.exe';
    Why = 'Reporting comes last. One page has gateways, consoles and agents done before it, another lets them run side by side; last is safe. [UNCERTAIN: the documents disagree]' }
  @{ Id = 'start-web-console@WEB01'; Title = 'Start the web console on WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 30; Requires = '27 38'; Command = -1;
    Why = 'It was stopped before the upgrade.';
    Text = @('Open IIS Manager and start what was stopped before the upgrade: the web site, or the application pools.') }
  @{ Id = 'enable-subscriptions'; Title = 'Enable the notification subscriptions again';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 31; Requires = '18 28 30'; Command = -1; Script = 'Invoke-Script10';
    Why = 'They were disabled before the upgrade, and only those that were enabled come back.' }
  @{ Id = 'restore-gateway-failover'; Title = 'Restore the failover of agents behind gateway servers';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 32; Requires = '16 33'; Command = -1; Script = 'Invoke-Script11';
    Why = 'It was set for the time of the upgrade. Agents that had none keep the new one: no document tells how to empty the list.' }
  @{ Id = 'enable-acs-forwarding'; Title = 'Enable audit forwarding on the agents';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 33; Requires = '28 30 35-36'; Command = -1;
    Why = 'The upgrade of an agent disables it.';
    Text = @('The upgrade of an agent disables its audit forwarding. In the Operations console open Monitoring, Operations Manager, Agent Details, Agent Health State; choose the agents that forwarded before, and run the task Enable Audit Collection.') }
  @{ Id = 'reset-agent-queue'; Title = 'Restore the queue of the agents';
    Server = ''; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 34; Requires = '25 35-36'; Command = -1; Script = 'Invoke-Script12';
    Why = 'It was raised before the upgrade. The old value is kept on each agent; 15360 is the product''s default, for those that had none.' }
  @{ Id = 'restore-registry-values@MS01'; Title = 'Restore the registry values of MS01';
    Server = 'MS01'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 35; Requires = '9 28'; Command = -1; Script = 'Invoke-Script13';
    Why = 'Setup reset what was set by hand; the list was made before.' }
  @{ Id = 'restore-registry-values@MS02'; Title = 'Restore the registry values of MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 35; Requires = '10 30'; Command = -1; Script = 'Invoke-Script13';
    Why = 'Setup reset what was set by hand; the list was made before.' }
  @{ Id = 'adapt-folders'; Title = 'Change what refers to the old folder';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 36; Requires = '28 30'; Command = -1;
    Why = '2016 is installed in a folder of another name than that of 2012 R2.';
    Text = @('Change scripts, scheduled tasks, shortcuts and antivirus exclusions that refer to the folder of 2012 R2: the files are now below C:\Program Files\Microsoft System Center 2016\Operations Manager.') }
  @{ Id = 'test-availability-group'; Title = 'Move the databases to another replica and back';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 37; Requires = '14 28 30'; Command = -1;
    Why = 'What a replica lacks shows only when it is needed.';
    Text = @('If a database is in an availability group: Move the databases of Operations Manager to each other replica in turn, look at the consoles, at the event logs of the management servers and at one report, and move them back.') }
  @{ Id = 'verify-management-group'; Title = 'Verify the management group';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 38; Requires = '28 30'; Command = -1;
    Why = 'The upgrade is complete only when every feature is upgraded and healthy.';
    Text = @('Health Service Watcher state view: management servers, gateway servers and agents are healthy. Alerts, sorted by the date of their last change: nothing new about the management group. Event logs of the management servers: no new errors, compared with the copy from before. Processor, memory and disk of the database servers as usual. One generic performance report runs.', 'Where application monitoring or client-side monitoring stopped, restart Microsoft Monitoring Agent on that machine. Dashboards on SharePoint must be recreated.') }
  @{ Id = 'check-license'; Title = 'Check the license';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 39; Requires = '28 30'; Command = -1; Script = 'Invoke-Script14';
    Why = 'Setup has no switch for the product key. Whether a licensed group becomes an evaluation is not stated. [UNCERTAIN] An evaluation ends 180 days after the installation.' }
  @{ Id = 'take-back-sql-host-rights'; Title = 'Revoke the rights on the SQL Server computers';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 40; Requires = '13 28 30 39 50'; Command = -1;
    Why = 'They were for setup, the update''s SQL script and the license only.';
    Text = @('On the SQL Server computers remove what was added to the local administrators for setup, close the ports again, and revoke sysadmin from the setup account where it was granted for the upgrade.') }
  @{ Id = 'restore-tls-1-0'; Title = 'Restore the setting of TLS 1.0';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 41; Requires = '11 28 30 33 38-39'; Command = -1;
    Why = 'It was enabled for setup only.';
    Text = @('If TLS 1.0 was enabled for setup: on each of those machines put the values below HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.0 back as they were written down, and restart one machine after the other. Not before update rollup 4 is everywhere, which is not in this plan: until then skip this step with a note.') }
)

# ---- scripts of the steps ----

function Invoke-Script0 {
$ErrorActionPreference = 'Stop'
$folder, $time = (Join-Path $env:SystemDrive 'scupgrade-before'), [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmssfff')
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$copy = Join-Path $folder ('OperationsManager-' + $time + '.evtx')
& wevtutil.exe epl 'Operations Manager' $copy
if ($LASTEXITCODE -ne 0) { throw ('wevtutil ended with ' + $LASTEXITCODE) }
'The log was saved as ' + $copy
$recent = @{ LogName = 'Operations Manager'; Level = 1, 2, 3; StartTime = (Get-Date).AddDays(-7) }
$found = @()
# Nothing that matches is an error of Get-WinEvent.
try { $found = @(Get-WinEvent -FilterHashtable $recent -ErrorAction Stop) }
catch { if ($_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') { throw } }
'Warnings and errors of the last seven days: ' + $found.Count
$found | Group-Object 'Id', 'ProviderName' | Sort-Object Count -Descending |
  Format-Table 'Count', 'Name' -AutoSize | Out-Host
}

function Invoke-Script1 {
# The six values of the health service, and where the data warehouse and the agent are.
$ErrorActionPreference = 'Stop'
$folder, $time = (Join-Path $env:SystemDrive 'scupgrade-before'), [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmssfff')
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$all = @(Get-ChildItem -Path ($folder + '\registry-values-*.txt') | Sort-Object 'Name' |
  ForEach-Object { Join-Path $folder $_.Name })
$open = @($all | Where-Object { -not (Test-Path -LiteralPath ($_ + '.put-back')) })
$file = @($open + @(Join-Path $folder ('registry-values-' + $time + '.txt')))[0]
# What was saved first is from before the upgrade: a repeat keeps it.
if ($open.Count -gt 0) {
  'Kept from an earlier run: ' + $file
  Get-Content -LiteralPath $file
  return
}
$names = 'Persistence Cache Maximum', 'Persistence Checkpoint Depth Maximum',
  'Persistence Initial Database Page Count', 'Persistence Maximum Sessions',
  'Persistence Page Hit Cache Size', 'Persistence Version Store Maximum'
$health = Get-ItemProperty -Path 'HKLM:\SYSTEM\CurrentControlSet\Services\HealthService\Parameters'
$setup = Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Microsoft Operations Manager\3.0\Setup'
$lines = @($names | Where-Object { $null -ne $health.$_ } | ForEach-Object { $_ + '=' + $health.$_ })
foreach ($name in 'DataWarehouseDBServerName', 'DataWarehouseDBName', 'InstallDirectory') {
  $lines += '# ' + $name + '=' + $setup.$name
}
Set-Content -LiteralPath ($file + '.new') -Value $lines -Encoding UTF8
Move-Item -LiteralPath ($file + '.new') -Destination $file
Get-Content -LiteralPath $file
}

function Invoke-Script2 {
# What was made or changed here is in unsealed packs, and in no other file.
$ErrorActionPreference = 'Stop'
Import-Module OperationsManager
$folder, $time = (Join-Path $env:SystemDrive 'scupgrade-before'), [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmssfff')
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$target = Join-Path $folder ('management-packs-' + $time)
New-Item -ItemType Directory -Path $target | Out-Null
$packs = @(Get-SCOMManagementPack | Where-Object { -not $_.Sealed })
$packs | Export-SCOMManagementPack -Path $target
$count = @(Get-ChildItem -LiteralPath $target -Filter '*.xml').Count
'Exported to ' + $target + ': ' + $count + ' of ' + $packs.Count
if ($count -lt $packs.Count) { throw 'Some packs were not exported.' }
}

function Invoke-Script3 {
# Primary and failover are two calls, never one; let an agent connect to a new primary before the second.
$ErrorActionPreference = 'Stop'
Import-Module OperationsManager
$folder, $time = (Join-Path $env:SystemDrive 'scupgrade-before'), [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmssfff')
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$all = @(Get-ChildItem -Path ($folder + '\gateway-failover-*.txt') | Sort-Object 'Name' |
  ForEach-Object { Join-Path $folder $_.Name })
$open = @($all | Where-Object { -not (Test-Path -LiteralPath ($_ + '.put-back')) })
$file = @($open + @(Join-Path $folder ('gateway-failover-' + $time + '.txt')))[0]
$domain = { param([string] $name); ($name + '.').Substring(($name + '.').IndexOf('.') + 1).TrimEnd('.') }
$same = {
  param([string] $one, [string] $other)
  if ((& $domain $one) -and (& $domain $other)) { return $one -eq $other }
  ($one -split '\.')[0] -eq ($other -split '\.')[0]
}
# What the plan has chosen: a gateway server, and the one that its agents fail over to.
$pairs = @{  }
$gateways = @(Get-SCOMManagementServer | Where-Object { $_.IsGateway })
$agents = @(Get-SCOMAgent)
$left = @()
foreach ($gateway in $gateways) {
  $alone = @($agents | Where-Object { & $same $_.PrimaryManagementServerName $gateway.Name } |
    Where-Object { -not @($_.GetFailoverManagementServers() | Where-Object { $_.IsGateway }) })
  if ($alone.Count -eq 0) { continue }
  $gateway.Name + ': agents without a failover gateway server: ' + $alone.Count
  $wanted = @($pairs.Keys | Where-Object { & $same $_ $gateway.Name } |
    ForEach-Object { $pairs[$_] })
  $others = @($gateways | Where-Object { $_.Id -ne $gateway.Id })
  if ($wanted.Count -gt 0) { $others = @($others | Where-Object { & $same $_.Name $wanted[0] }) }
  else { $others = @($others | Where-Object { (& $domain $_.Name) -eq (& $domain $gateway.Name) }) }
  $other = @()
  if ($wanted.Count -gt 0) { $other = $others }
  elseif ($others.Count -gt 0) {
    'Gateway servers of the same domain: ' + (@($others | ForEach-Object { $_.Name }) -join ', ')
    $answer = [string] (Read-Host 'Type the one that these agents reach; anything else leaves them')
    $other = @($others | Where-Object { & $same $_.Name $answer.Trim() })
  }
  if ($other.Count -ne 1) { $left += $gateway.Name; continue }
  foreach ($agent in $alone) {
    $old = @($agent.GetFailoverManagementServers())
    $line = $agent.Name + ';' + (@($old | ForEach-Object { $_.Name }) -join ',')
    Add-Content -LiteralPath $file -Value $line -Encoding UTF8
    Set-SCOMParentManagementServer -Agent $agent -FailoverServer ($old + $other)
  }
  'Now ' + $other[0].Name + ', for ' + $alone.Count
}
if ($left.Count -gt 0) { Write-Warning ('No failover for those behind ' + ($left -join ', ')) }
}

function Invoke-Script4 {
$ErrorActionPreference = 'Stop'
Import-Module OperationsManager
foreach ($one in @(Get-SCOMPendingManagement)) {
  $what = $one.AgentName + ', ' + $one.AgentPendingActionType
  $answer = [string] (Read-Host ($what + ': type approve or deny; anything else leaves it'))
  if ($answer.Trim() -eq 'approve') { $one | Approve-SCOMPendingManagement }
  elseif ($answer.Trim() -eq 'deny') { $one | Deny-SCOMPendingManagement }
}
$left = @(Get-SCOMPendingManagement)
$names = @($left | ForEach-Object { $_.AgentName }) -join ', '
if ($left.Count -gt 0) { throw ('Still pending: ' + $names) }
'Nothing is pending.'
}

function Invoke-Script5 {
$ErrorActionPreference = 'Stop'
Import-Module OperationsManager
$folder, $time = (Join-Path $env:SystemDrive 'scupgrade-before'), [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmssfff')
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$all = @(Get-ChildItem -Path ($folder + '\subscriptions-*.txt') | Sort-Object 'Name' |
  ForEach-Object { Join-Path $folder $_.Name })
$open = @($all | Where-Object { -not (Test-Path -LiteralPath ($_ + '.put-back')) })
$file = @($open + @(Join-Path $folder ('subscriptions-' + $time + '.txt')))[0]
$enabled = @(Get-SCOMNotificationSubscription | Where-Object { $_.Enabled })
if ($open.Count -eq 0) {
  $ids = [string[]] @($enabled | ForEach-Object { [string] $_.Id })
  $new = $file + '.' + $time
  [IO.File]::WriteAllLines($new, $ids, (New-Object System.Text.UTF8Encoding $true))
  [IO.File]::Move($new, $file)
}
$known = @([IO.File]::ReadAllLines($file))
foreach ($one in $enabled) {
  if ($known -contains [string] $one.Id) { continue }
  throw ('Enabled since the list was made: ' + $one.DisplayName)
}
$enabled | ForEach-Object { Disable-SCOMNotificationSubscription -Subscription $_ }
$left = @(Get-SCOMNotificationSubscription | Where-Object { $_.Enabled })
if ($left.Count -gt 0) { throw ('Still enabled: ' + $left.Count) }
'Disabled; the list of ' + $known.Count + ' that were enabled is ' + $file
}

function Invoke-Script6 {
$ErrorActionPreference = 'Stop'
Stop-Service -Name 'cshost', 'OMSDK', 'HealthService' -Force
$left = @(Get-Service -Name 'cshost', 'OMSDK', 'HealthService' | Where-Object { $_.Status -ne 'Stopped' })
if ($left.Count -gt 0) { throw ('Not stopped: ' + (@($left | ForEach-Object { $_.Name }) -join ', ')) }
'Stopped.'
}

function Invoke-Script7 {
# On every agent, for example through Invoke-Command -ComputerName or a group policy.
$ErrorActionPreference = 'Stop'
$name = 'CONTOSO'
$key = 'HKLM:\SYSTEM\CurrentControlSet\Services\HealthService\Parameters\Management Groups'
$group = Join-Path $key $name
$kept = 'HKLM:\SOFTWARE\scupgrade\agent-queue'
$back = $name + ' (put back)'
if (-not (Test-Path -LiteralPath $group)) { throw ('This agent does not report to the management group: ' + $group) }
$now = [int] (Get-Item -LiteralPath $group).GetValue('maximumQueueSizeKb', 0)
if (-not (Test-Path -LiteralPath $kept)) { New-Item -Path $kept -Force | Out-Null }
$old = Get-Item -LiteralPath $kept
if ($null -eq $old.GetValue($name, $null) -or $old.GetValue($back, 0)) {
  Set-ItemProperty -LiteralPath $kept -Name $name -Type DWord -Value $now
  Set-ItemProperty -LiteralPath $kept -Name $back -Type DWord -Value 0
}
# A value that was above stays; what a run that was cut short set is set again.
if ([int] (Get-Item -LiteralPath $kept).GetValue($name) -ge 76800) { return }
Set-ItemProperty -LiteralPath $group -Name 'maximumQueueSizeKb' -Type DWord -Value ([Math]::Max($now, 76800))
Restart-Service -Name 'HealthService'
}

function Invoke-Script8 {
$ErrorActionPreference = 'Stop'
$folder, $time = (Join-Path $env:SystemDrive 'scupgrade-before'), [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmssfff')
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$target = Join-Path $folder ('web-console-' + $time)
New-Item -ItemType Directory -Path $target | Out-Null
$setup = 'HKLM:\SOFTWARE\Microsoft\System Center Operations Manager\12\Setup'
$settings = Join-Path $target 'WebConsole-registry.txt'
Get-ItemProperty -Path ($setup + '\WebConsole') | Out-File -FilePath $settings -Encoding UTF8
$installed = (Get-ItemProperty -Path $setup).InstallDirectory
$number = 0
foreach ($file in @(Get-ChildItem -Path $installed -Recurse -Filter 'web.config')) {
  $number = $number + 1
  Copy-Item -LiteralPath $file.FullName -Destination (Join-Path $target ('web' + $number + '.config'))
  Add-Content -Path (Join-Path $target 'where.txt') -Value ('web' + $number + '.config ' + $file.FullName) -Encoding UTF8
}
# Setup takes the choice of SSL from the registry. SSL on: HTTP_GET_ENABLED 0, BINDING_CONFIGURATION DefaultHttpsBinding.
# SSL off: 1 and DefaultHttpBinding. Correct them before the upgrade where they do not fit. [value types UNCERTAIN]
Get-Content -LiteralPath $settings
'Saved in ' + $target + ': ' + $number + ' web.config'
if ($number -eq 0) { throw 'No web.config was found.' }
}

function Invoke-Script9 {
$ErrorActionPreference = 'Stop'
Start-Service -Name 'cshost', 'OMSDK', 'HealthService'
$left = @(Get-Service -Name 'cshost', 'OMSDK', 'HealthService' | Where-Object { $_.Status -ne 'Running' })
if ($left.Count -gt 0) { throw ('Not running: ' + (@($left | ForEach-Object { $_.Name }) -join ', ')) }
'Running.'
}

function Invoke-Script10 {
# Only those that were enabled before: the list was written when they were disabled.
$ErrorActionPreference = 'Stop'
Import-Module OperationsManager
$folder, $time = (Join-Path $env:SystemDrive 'scupgrade-before'), [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmssfff')
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$all = @(Get-ChildItem -Path ($folder + '\subscriptions-*.txt') | Sort-Object 'Name' |
  ForEach-Object { Join-Path $folder $_.Name })
$open = @($all | Where-Object { -not (Test-Path -LiteralPath ($_ + '.put-back')) })
$file = @($open + @(Join-Path $folder ('subscriptions-' + $time + '.txt')))[0]
if ($all.Count -eq 0) {
  throw ('Nothing was recorded in ' + $folder + ': put back by hand what is missing, or skip this step.')
}
if ($open.Count -eq 0) { 'Enabled again already, by ' + $all[-1]; return }
$wanted = @([IO.File]::ReadAllLines($file))
Get-SCOMNotificationSubscription | Where-Object { $wanted -contains [string] $_.Id -and -not $_.Enabled } |
  ForEach-Object { Enable-SCOMNotificationSubscription -Subscription $_ }
$all = @(Get-SCOMNotificationSubscription)
$off = @($all | Where-Object { $wanted -contains [string] $_.Id -and -not $_.Enabled })
if ($off.Count -gt 0) { throw ('Not enabled: ' + (@($off | ForEach-Object { $_.DisplayName }) -join ', ')) }
New-Item -ItemType File -Path ($file + '.put-back') | Out-Null
$all | Format-Table 'DisplayName', 'Enabled' -AutoSize | Out-Host
}

function Invoke-Script11 {
# What the list says was there before; the first line of an agent counts.
$ErrorActionPreference = 'Stop'
Import-Module OperationsManager
$folder, $time = (Join-Path $env:SystemDrive 'scupgrade-before'), [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmssfff')
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$all = @(Get-ChildItem -Path ($folder + '\gateway-failover-*.txt') | Sort-Object 'Name' |
  ForEach-Object { Join-Path $folder $_.Name })
$open = @($all | Where-Object { -not (Test-Path -LiteralPath ($_ + '.put-back')) })
$file = @($open + @(Join-Path $folder ('gateway-failover-' + $time + '.txt')))[0]
$domain = { param([string] $name); ($name + '.').Substring(($name + '.').IndexOf('.') + 1).TrimEnd('.') }
$same = {
  param([string] $one, [string] $other)
  if ((& $domain $one) -and (& $domain $other)) { return $one -eq $other }
  ($one -split '\.')[0] -eq ($other -split '\.')[0]
}
if ($open.Count -eq 0) { 'No failover is to be put back.'; return }
$servers = @(Get-SCOMManagementServer)
$agents = @(Get-SCOMAgent)
$seen = @()
foreach ($line in [IO.File]::ReadAllLines($file)) {
  $name, $before = $line.Split(';')
  if ($seen -contains $name) { continue }
  $seen += $name
  $agent = @($agents | Where-Object { $_.Name -eq $name })
  $names = @(([string] $before).Split(',') | Where-Object { $_ })
  $old = @($servers | Where-Object { $names -contains $_.Name })
  if ($agent.Count -eq 0) { Write-Warning ('Not there any more: ' + $name); continue }
  if ($old.Count -eq 0) { 'Had none, and keeps the new one: ' + $name; continue }
  Set-SCOMParentManagementServer -Agent $agent[0] -FailoverServer $old
  'As before: ' + $name
}
New-Item -ItemType File -Path ($file + '.put-back') | Out-Null
}

function Invoke-Script12 {
# On every agent, for example through Invoke-Command -ComputerName or a group policy.
$ErrorActionPreference = 'Stop'
$name = 'CONTOSO'
$key = 'HKLM:\SYSTEM\CurrentControlSet\Services\HealthService\Parameters\Management Groups'
$group = Join-Path $key $name
$kept = 'HKLM:\SOFTWARE\scupgrade\agent-queue'
$back = $name + ' (put back)'
if (-not (Test-Path -LiteralPath $group)) { throw ('This agent does not report to the management group: ' + $group) }
$old = 0
if (Test-Path -LiteralPath $kept) { $old = [int] (Get-Item -LiteralPath $kept).GetValue($name, 0) }
# Where no value was, the product's own.
if ($old -eq 0) { $old = 15360 }
Set-ItemProperty -LiteralPath $group -Name 'maximumQueueSizeKb' -Type DWord -Value $old
if (Test-Path -LiteralPath $kept) {
  Set-ItemProperty -LiteralPath $kept -Name $back -Type DWord -Value 1
}
Restart-Service -Name 'HealthService'
}

function Invoke-Script13 {
# Only values that were there before and are gone or changed.
$ErrorActionPreference = 'Stop'
$folder, $time = (Join-Path $env:SystemDrive 'scupgrade-before'), [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmssfff')
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$all = @(Get-ChildItem -Path ($folder + '\registry-values-*.txt') | Sort-Object 'Name' |
  ForEach-Object { Join-Path $folder $_.Name })
$open = @($all | Where-Object { -not (Test-Path -LiteralPath ($_ + '.put-back')) })
$file = @($open + @(Join-Path $folder ('registry-values-' + $time + '.txt')))[0]
if ($all.Count -eq 0) {
  throw ('Nothing was recorded in ' + $folder + ': put back by hand what is missing, or skip this step.')
}
if ($open.Count -eq 0) { 'Set again already, by ' + $all[-1]; return }
$health = 'HKLM:\SYSTEM\CurrentControlSet\Services\HealthService\Parameters'
$setup = 'HKLM:\SOFTWARE\Microsoft\Microsoft Operations Manager\3.0\Setup'
$restart = $file + '.restart'
$changed = 0
foreach ($line in Get-Content -LiteralPath $file) {
  $at = $line.IndexOf('=')
  $name = $line.Substring(0, $at).TrimStart('#', ' ')
  $value = $line.Substring($at + 1)
  $key, $type = $health, 'DWord'
  if ($line.StartsWith('#')) { $key, $type = $setup, 'String' }
  $now = [string] (Get-Item -LiteralPath $key).GetValue($name)
  if (-not $value -or $now -eq $value) { continue }
  if ($name -eq 'InstallDirectory') { $name + ' was ' + $value + ', is ' + $now; continue }
  New-Item -ItemType File -Path $restart -Force | Out-Null
  Set-ItemProperty -LiteralPath $key -Name $name -Type $type -Value $value
  $name + ' was ' + $now + ', is ' + $value + ' again'
  $changed++
}
# Also when a run before this one ended between the first value and the service that reads it.
if (Test-Path -LiteralPath $restart) { Restart-Service -Name 'HealthService' -Force }
'Set again: ' + $changed
New-Item -ItemType File -Path ($file + '.put-back') | Out-Null
}

function Invoke-Script14 {
$ErrorActionPreference = 'Stop'
Import-Module OperationsManager
Get-SCOMManagementGroup | Format-List 'SKUForLicense', 'Version', 'TimeOfExpiration' | Out-Host
# Where it says Eval: Set-SCOMLicense -ProductId with the key, in an elevated window, then restart OMSDK on every management
# server. It needs sysadmin on the operational database for that moment.
