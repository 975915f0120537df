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
  'accounts.data-access' = @{ Label = 'Data Access Service account'; User = 'CONTOSO\svc-das' }
  'accounts.data-reader' = @{ Label = 'Data Reader account'; User = 'CONTOSO\svc-reader' }
}

$Probes = @(
  @{ Key = 'SOFTWARE\Microsoft\Microsoft Operations Manager\3.0\Setup'; Value = 'ServerVersion'; Product = ''; Service = ''; File = ''; Target = '7.2.11719.0' }
  @{ Key = ''; Value = ''; Product = ''; Service = 'HealthService'; File = 'HealthService.dll'; Target = '8.0.10918.0' }
  @{ Key = 'SOFTWARE\Microsoft\Microsoft Operations Manager\3.0\Setup'; Value = 'UIVersion'; Product = ''; Service = ''; File = ''; Target = '7.2.11719.0' }
  @{ Key = ''; Value = ''; Product = 'System Center Operations Manager*Web Console*'; Service = ''; File = ''; Target = '7.2.11719.0' }
  @{ Key = ''; Value = ''; Product = 'System Center Operations Manager*Reporting*'; Service = ''; File = ''; Target = '7.2.11719.0' }
)

$Tasks = @(
  @{ Id = 'review-event-logs'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Nothing that recurs is left, and the copy of the log is kept.';
    Failure = '' }
  @{ Id = 'record-registry-values'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The list is kept on the system drive.';
    Failure = '' }
  @{ Id = 'enable-tls-1-0'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'TLS 1.0 is not disabled below SCHANNEL, and the machines were restarted.';
    Failure = '' }
  @{ Id = 'clean-up-entity-log'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The first result, run again, says 0 rows, or at most some thousand new ones.';
    Failure = '' }
  @{ Id = 'set-gateway-failover'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'No warning is printed; each agent behind a gateway server has a failover.';
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
    Verify = 'RESTORE VERIFYONLY says that the backup set is valid; the file lies on another machine too.';
    Failure = '' }
  @{ Id = 'back-up-warehouse-database'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $true; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'RESTORE VERIFYONLY says that the backup set is valid; the file lies on another machine too.';
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
    Verify = 'Below scupgrade-before on the system drive a folder of this time holds the files.';
    Failure = '' }
  @{ Id = 'stop-web-console'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The web console does not answer.';
    Failure = '' }
  @{ Id = 'upgrade-management-server'; Probe = 0; Removes = $false; Once = $true; Alone = $true; Backup = $false; Elsewhere = $false; Optional = $false; Services = @('HealthService', 'OMSDK', 'cshost'); Log = '%LocalAppData%\SCOM\LOGS\OpsMgrSetupWizard.log';
    Verify = 'ServerVersion below HKLM\SOFTWARE\Microsoft\Microsoft Operations Manager\3.0\Setup is 7.2.11719.0 or later; the services HealthService, OMSDK and cshost run.';
    Failure = '%LocalAppData%\SCOM\LOGS\OpsMgrSetupWizard.log of the account that ran setup' }
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
    Verify = 'Agent version 8.0.10918.0 or later; it can take 60 minutes to show.';
    Failure = '' }
  @{ Id = 'upgrade-agent'; Probe = 1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @('HealthService'); Log = 'C:\Windows\Temp\MOMAgent.log';
    Verify = 'Agent version 8.0.10918.0 or later; it can take 60 minutes to show.';
    Failure = 'C:\Windows\Temp\MOMAgent.log: look for "Return value 3".' }
  @{ Id = 'upgrade-unix-agents'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'UNIX/Linux Computers shows the new version and the computers healthy.';
    Failure = '' }
  @{ Id = 'upgrade-web-console'; Probe = 3; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '%LocalAppData%\SCOM\LOGS\OpsMgrSetupWizard.log';
    Verify = 'The web console opens, and its customisations are in web.config again.';
    Failure = '%LocalAppData%\SCOM\LOGS\OpsMgrSetupWizard.log of the account that ran setup' }
  @{ Id = 'upgrade-reporting-server'; Probe = 4; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '%LocalAppData%\SCOM\LOGS\OpsMgrSetupWizard.log';
    Verify = 'A report opens in the Operations console.';
    Failure = 'OMReporting.log beside OpsMgrSetupWizard.log; a broken Reporting Services instance is repaired by ResetSRS.exe from SupportTools.' }
  @{ Id = 'start-web-console'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The web console opens.';
    Failure = '' }
  @{ Id = 'start-services'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'HealthService, OMSDK and cshost run.';
    Failure = '' }
  @{ Id = 'enable-subscriptions'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The list is the one of before.';
    Failure = '' }
  @{ Id = 'enable-acs-forwarding'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'New events of those agents arrive in OperationsManagerAC.';
    Failure = '' }
  @{ Id = 'reset-agent-queue'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $true; Optional = $false; Services = @(); Log = '';
    Verify = 'maximumQueueSizeKb is 15360 on the agents.';
    Failure = '' }
  @{ Id = 'restore-registry-values'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'The values are those of the list, and the health service was restarted.';
    Failure = '' }
  @{ Id = 'adapt-folders'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'No script, task, shortcut or exclusion names the old folder.';
    Failure = '' }
  @{ Id = 'verify-management-group'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Everything in the list is as it should be.';
    Failure = '' }
  @{ Id = 'check-license'; Probe = -1; Removes = $false; Once = $false; Alone = $false; Backup = $false; Elsewhere = $false; Optional = $false; Services = @(); Log = '';
    Verify = 'Help, About says (Retail).';
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
    @{ Lead = ''; Value = 'MOMAgent.msi'; Always = $false; Account = '' }
    @{ Lead = ''; Value = '/qn'; Always = $false; Account = '' }
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
  @{ Id = 'review-event-logs@MS01'; Title = 'Review the event log of MS01';
    Server = 'MS01'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 0; Requires = ''; Command = -1; Script = 'Invoke-Script0';
    Why = 'Errors that recur today are easier to solve before the upgrade, and the copy tells later what is new.' }
  @{ Id = 'review-event-logs@MS02'; Title = 'Review the event log of MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 0; Requires = ''; Command = -1; Script = 'Invoke-Script0';
    Why = 'Errors that recur today are easier to solve before the upgrade, and the copy tells later what is new.' }
  @{ Id = 'record-registry-values@MS01'; Title = 'Record the registry values of MS01';
    Server = 'MS01'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 1; Requires = ''; Command = -1; Script = 'Invoke-Script1';
    Why = 'This upgrade resets values of the health service that were set by hand, and the details of the data warehouse on the other management servers.' }
  @{ Id = 'record-registry-values@MS02'; Title = 'Record the registry values of MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 1; Requires = ''; Command = -1; Script = 'Invoke-Script1';
    Why = 'This upgrade resets values of the health service that were set by hand, and the details of the data warehouse on the other management servers.' }
  @{ Id = 'enable-tls-1-0'; Title = 'Enable TLS 1.0 for the time of setup';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 2; Requires = ''; Command = -1;
    Why = 'The media of 2016 does not know TLS 1.2.';
    Text = @('If TLS 1.0 is disabled on a machine that setup runs on: Write down the values below HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.0, enable it for Client and Server, and restart the machine. The same holds for the SQL Server. After update rollup 4 it can be disabled again.') }
  @{ Id = 'clean-up-entity-log'; Title = 'Groom the table EntityTransactionLog';
    Server = ''; RunOn = ''; Kind = 'sql'; Digest = 'DIGEST'; Task = 3; Requires = ''; Command = -1;
    Why = 'Setup grooms it too, and with more than 100,000 rows to groom it is slow and can time out.';
    Text = @('-- On the SQL Server of the operational database. It can take hours.', 'USE <operational database>;', 'SET NOCOUNT ON;', 'DECLARE @watermark bigint, @removed int;', 'SET @watermark = dbo.fn_GetEntityChangeLogGroomingWatermark();', '', 'SELECT COUNT_BIG(*) AS rows_to_groom', 'FROM dbo.EntityTransactionLog AS t WITH (NOLOCK)', 'WHERE t.EntityTransactionLogId < @watermark', '  AND NOT EXISTS (SELECT * FROM dbo.EntityChangeLog AS c WITH (NOLOCK)', '    WHERE c.EntityTransactionLogId = t.EntityTransactionLogId)', '  AND NOT EXISTS (SELECT * FROM dbo.RelatedEntityChangeLog AS r WITH (NOLOCK)', '    WHERE r.EntityTransactionLogId = t.EntityTransactionLogId);', '', '-- At most 100,000 rows a pass, so that the transaction log does not fill; until a pass removes none.', 'SET @removed = 1;', 'WHILE @removed > 0', 'BEGIN', '  DELETE TOP (100000) t', '  FROM dbo.EntityTransactionLog AS t', '  WHERE t.EntityTransactionLogId < @watermark', '    AND NOT EXISTS (SELECT * FROM dbo.EntityChangeLog AS c', '      WHERE c.EntityTransactionLogId = t.EntityTransactionLogId)', '    AND NOT EXISTS (SELECT * FROM dbo.RelatedEntityChangeLog AS r', '      WHERE r.EntityTransactionLogId = t.EntityTransactionLogId);', '  SET @removed = @@ROWCOUNT;', '  RAISERROR (''%d rows groomed'', 0, 1, @removed) WITH NOWAIT;', 'END;') }
  @{ Id = 'set-gateway-failover'; Title = 'Give agents behind gateway servers a failover';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 4; Requires = ''; Command = -1; Script = 'Invoke-Script2';
    Why = 'While its gateway server is upgraded an agent needs another one to report to.' }
  @{ Id = 'empty-pending-management'; Title = 'Empty Pending Management';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 5; Requires = ''; Command = -1; Script = 'Invoke-Script3';
    Why = 'Agents that wait there can block the upgrade.' }
  @{ Id = 'disable-subscriptions'; Title = 'Record and disable the notification subscriptions';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 6; Requires = ''; Command = -1; Script = 'Invoke-Script4';
    Why = 'The upgrade raises alerts that nobody should be woken for. Only those that were enabled are enabled again.' }
  @{ Id = 'stop-services@MS02'; Title = 'Stop the services on MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 7; Requires = ''; Command = -1; Script = 'Invoke-Script5';
    Why = 'Recommended for every management server but the one being upgraded, so that only setup works on the databases.' }
  @{ Id = 'check-database-space'; Title = 'Check the space of the operational database';
    Server = ''; RunOn = ''; Kind = 'sql'; Digest = 'DIGEST'; Task = 8; Requires = ''; Command = -1;
    Why = 'Setup changes the database in large transactions: without room it fails in the middle.';
    Text = @('-- On the SQL Server of the operational database.', '-- Needed: more than 50 % of the data file free, and a transaction log of at least 50 % of', '-- the database''s size. Where it is less: database properties, Files: raise the initial size', '-- of MOM_DATA by 50 %, and set that of MOM_LOG to half of the database''s size.', 'USE <operational database>;', 'SELECT name, type_desc, size / 128 AS size_mb,', '  CAST(FILEPROPERTY(name, ''SpaceUsed'') AS int) / 128 AS used_mb,', '  100 - 100 * CAST(FILEPROPERTY(name, ''SpaceUsed'') AS bigint) / size AS free_percent', 'FROM sys.database_files;') }
  @{ Id = 'back-up-database'; Title = 'Back up the operational database';
    Server = ''; RunOn = ''; Kind = 'sql'; Digest = 'DIGEST'; Task = 9; Requires = ''; Command = -1;
    Why = 'Nothing rolls an upgrade back; backups are the only way, and the first management server changes the databases. The document says before the second one, a left-over of an older path.';
    Text = @('-- On the SQL Server of the operational database. The file goes to the instance''s own folder for backups:', '-- copy it to another machine afterwards.', 'DECLARE @now nvarchar(20), @file nvarchar(600);', 'SET @now = REPLACE(REPLACE(REPLACE(CONVERT(nvarchar(19), GETDATE(), 126), N''-'', N''''), N'':'', N''''), N''T'', N''-'');', '', 'SET @file = N''<operational database>-before-2016-'' + @now + N''.bak'';', 'BACKUP DATABASE <operational database>', 'TO DISK = @file', 'WITH COPY_ONLY, CHECKSUM;', 'RESTORE VERIFYONLY', 'FROM DISK = @file', 'WITH CHECKSUM;', 'PRINT N''The backup is '' + @file;') }
  @{ Id = 'back-up-warehouse-database'; Title = 'Back up the data warehouse';
    Server = ''; RunOn = ''; Kind = 'sql'; Digest = 'DIGEST'; Task = 10; Requires = ''; Command = -1;
    Why = 'The first management server changes it too, and it may be on another SQL Server.';
    Text = @('-- On the SQL Server of the data warehouse. The file goes to the instance''s own folder for backups:', '-- copy it to another machine afterwards.', 'DECLARE @now nvarchar(20), @file nvarchar(600);', 'SET @now = REPLACE(REPLACE(REPLACE(CONVERT(nvarchar(19), GETDATE(), 126), N''-'', N''''), N'':'', N''''), N''T'', N''-'');', '', 'SET @file = N''<data warehouse>-before-2016-'' + @now + N''.bak'';', 'BACKUP DATABASE <data warehouse>', 'TO DISK = @file', 'WITH COPY_ONLY, CHECKSUM;', 'RESTORE VERIFYONLY', 'FROM DISK = @file', 'WITH CHECKSUM;', 'PRINT N''The backup is '' + @file;') }
  @{ Id = 'back-up-acs-database@MS02'; Title = 'Back up the database of the ACS collector MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'sql'; Digest = 'DIGEST'; Task = 11; Requires = ''; Command = -1;
    Why = 'The wizard of the ACS collector upgrades its database along.';
    Text = @('-- On the SQL Server of the ACS database. The file goes to the instance''s own folder for backups:', '-- copy it to another machine afterwards.', 'DECLARE @now nvarchar(20), @file nvarchar(600);', 'SET @now = REPLACE(REPLACE(REPLACE(CONVERT(nvarchar(19), GETDATE(), 126), N''-'', N''''), N'':'', N''''), N''T'', N''-'');', '', 'SET @file = N''<ACS database>-before-2016-'' + @now + N''.bak'';', 'BACKUP DATABASE <ACS database>', 'TO DISK = @file', 'WITH COPY_ONLY, CHECKSUM;', 'RESTORE VERIFYONLY', 'FROM DISK = @file', 'WITH CHECKSUM;', 'PRINT N''The backup is '' + @file;') }
  @{ Id = 'back-up-report-database'; Title = 'Back up the databases of Reporting Services';
    Server = ''; RunOn = ''; Kind = 'sql'; Digest = 'DIGEST'; Task = 12; Requires = ''; Command = -1;
    Why = 'A failed setup of Reporting can leave Reporting Services broken.';
    Text = @('-- Back up the encryption key too, in Reporting Services Configuration Manager: without it the data sources are lost.', '-- On the SQL Server of the report server database. The file goes to the instance''s own folder for backups:', '-- copy it to another machine afterwards.', 'DECLARE @now nvarchar(20), @file nvarchar(600);', 'SET @now = REPLACE(REPLACE(REPLACE(CONVERT(nvarchar(19), GETDATE(), 126), N''-'', N''''), N'':'', N''''), N''T'', N''-'');', '', 'SET @file = N''<report server database>-before-2016-'' + @now + N''.bak'';', 'BACKUP DATABASE <report server database>', 'TO DISK = @file', 'WITH COPY_ONLY, CHECKSUM;', 'RESTORE VERIFYONLY', 'FROM DISK = @file', 'WITH CHECKSUM;', 'PRINT N''The backup is '' + @file;', '', 'SET @file = N''<temporary database of Reporting>-before-2016-'' + @now + N''.bak'';', 'BACKUP DATABASE <temporary database of Reporting>', 'TO DISK = @file', 'WITH COPY_ONLY, CHECKSUM;', 'RESTORE VERIFYONLY', 'FROM DISK = @file', 'WITH CHECKSUM;', 'PRINT N''The backup is '' + @file;') }
  @{ Id = 'raise-agent-queue'; Title = 'Raise the queue of the agents to 75 MB';
    Server = ''; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 13; Requires = ''; Command = -1; Script = 'Invoke-Script6';
    Why = 'Agents keep their data while no management server takes it.' }
  @{ Id = 'save-web-config@WEB01'; Title = 'Save the web console''s settings on WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 14; Requires = ''; Command = -1; Script = 'Invoke-Script7';
    Why = 'Setup resets web.config, and the choice of SSL to what the registry says.' }
  @{ Id = 'stop-web-console@WEB01'; Title = 'Stop the web console on WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 15; Requires = ''; Command = -1;
    Why = 'Nobody should work in it while it changes.';
    Text = @('On WEB01 open IIS Manager and stop the web console: its web site, or its application pools. The documents name the site "Operations Manager" in one place, the pools "Operations Manager" and "MonitoringViews" in another. [UNCERTAIN] Write down what you stopped.') }
  @{ Id = 'upgrade-management-server@MS01'; Title = 'Upgrade management server MS01';
    Server = 'MS01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 16; Requires = '0-1 4-15 17'; Command = 0; File = 'D:\setup.exe';
    Why = 'The first management server is upgraded alone: a SQL update script runs early in its setup, and run from two servers it damages the databases.' }
  @{ Id = 'upgrade-management-server@MS02'; Title = 'Upgrade management server MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 16; Requires = '11 18'; Command = 0; File = 'D:\setup.exe';
    Why = 'The first management server''s setup has run the SQL update script, which must run once only. The others follow as soon as possible, one at a time: no document says that they may run together.' }
  @{ Id = 'upgrade-acs-collector@MS02'; Title = 'Upgrade ACS collector on MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 17; Requires = '13 19'; Command = -1;
    Why = 'An ACS collector is upgraded along with the management server that it lives on.';
    Text = @('On MS02 start Setup.exe from the media and choose Audit Collection Services. In its wizard choose "Use an existing database", the data source name (OpsMgrAC unless it was changed), where the database server is, and how to log on to it; then Finish. No silent command line is documented.') }
  @{ Id = 'upgrade-gateway@GW01'; Title = 'Upgrade gateway server GW01';
    Server = 'GW01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 18; Requires = '18-19'; Command = 1; File = 'D:\gateway\AMD64\MOMGateway.msi';
    Why = 'Gateway servers come after all management servers.' }
  @{ Id = 'upgrade-operations-console@CON01'; Title = 'Upgrade Operations console on CON01';
    Server = 'CON01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 19; Requires = '18-19'; Command = 2; File = 'D:\setup.exe';
    Why = 'Stand-alone consoles come after the management servers and the gateway servers.' }
  @{ Id = 'approve-agents'; Title = 'Approve the update of 1200 pushed agents in 6 batches of at most 200';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 20; Requires = '18-19'; Command = -1;
    Why = 'Pushed agents appear under Pending Management once the management servers are upgraded. Until then APM events on agents are to be expected.';
    Text = @('In the Operations console open Administration, Device Management, Pending Management. Under "Agent Requires Update" choose at most 200 agents, approve them, wait until they are done, and go on with the next ones. Use an administrator account of those computers or the management server action account.') }
  @{ Id = 'upgrade-agent@AGT01'; Title = 'Upgrade agent on AGT01';
    Server = 'AGT01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 21; Requires = '18-19'; Command = 3; File = 'MOMAgent.msi';
    Why = 'Agents that were installed by hand are upgraded by hand, after the management servers. A console of 2012 R2 on the same machine is removed first.' }
  @{ Id = 'upgrade-unix-agents'; Title = 'Upgrade the agents of UNIX and Linux computers';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 22; Requires = '18-19'; Command = -1;
    Why = 'They come after the management servers, like all agents.';
    Text = @('If the group watches UNIX or Linux computers: Import the UNIX and Linux management packs of 2016, then upgrade the agents: Operations console, Administration, Device Management, UNIX/Linux Computers, Upgrade Agent. By hand, on the computer: sh ./scx-<version>.universalr.<version>.<architecture>.sh --upgrade --enable-opsmgr, with the file from AgentManagement\UnixAgents\DownloadedKits of a management server. Look at the certificate afterwards: newer kits make it again, and then it has to be signed again.') }
  @{ Id = 'upgrade-web-console@WEB01'; Title = 'Upgrade web console on WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 23; Requires = '16 18-19'; Command = 4; File = 'D:\setup.exe';
    Why = 'A stand-alone web console comes after all management servers. Setup resets web.config, so a copy of it was saved first.' }
  @{ Id = 'upgrade-reporting-server@REP01'; Title = 'Upgrade Reporting server REP01';
    Server = 'REP01'; RunOn = ''; Kind = 'command'; Digest = 'DIGEST'; Task = 24; Requires = '14 18-19'; Command = 5; File = 'D:\setup.exe';
    Why = 'Reporting comes last. One page wants gateways, consoles and agents done before it, another lets them run side by side; last is safe. [UNCERTAIN: the documents disagree]' }
  @{ Id = 'start-web-console@WEB01'; Title = 'Start the web console on WEB01';
    Server = 'WEB01'; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 25; Requires = '17 26'; Command = -1;
    Why = 'It was stopped before the upgrade.';
    Text = @('On WEB01 open IIS Manager and start what was stopped before the upgrade: the web site, or the application pools.') }
  @{ Id = 'start-services@MS02'; Title = 'See that the services run on MS02';
    Server = 'MS02'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 26; Requires = '9 19'; Command = -1; Script = 'Invoke-Script8';
    Why = 'They were stopped before the upgrade.' }
  @{ Id = 'enable-subscriptions'; Title = 'Enable the notification subscriptions again';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 27; Requires = '8 18-19'; Command = -1; Script = 'Invoke-Script9';
    Why = 'They were disabled before the upgrade, and only those that were enabled come back.' }
  @{ Id = 'enable-acs-forwarding'; Title = 'Enable audit forwarding on the agents';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 28; Requires = '18-19'; Command = -1;
    Why = 'The upgrade of an agent disables it.';
    Text = @('The upgrade of an agent disables its audit forwarding. In the Operations console open Monitoring, Operations Manager, Agent Details, Agent Health State; choose the agents that forwarded before, and run the task Enable Audit Collection.') }
  @{ Id = 'reset-agent-queue'; Title = 'Reset the queue of the agents to 15 MB';
    Server = ''; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 29; Requires = '15 23-24'; Command = -1; Script = 'Invoke-Script10';
    Why = 'It was raised before the upgrade; 15360 is the default.' }
  @{ Id = 'restore-registry-values@MS01'; Title = 'Set the registry values of MS01 again';
    Server = 'MS01'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 30; Requires = '2 18'; Command = -1; Script = 'Invoke-Script11';
    Why = 'Setup reset what was set by hand; the list was made before.' }
  @{ Id = 'restore-registry-values@MS02'; Title = 'Set the registry values of MS02 again';
    Server = 'MS02'; RunOn = ''; Kind = 'powershell'; Digest = 'DIGEST'; Task = 30; Requires = '3 19'; Command = -1; Script = 'Invoke-Script11';
    Why = 'Setup reset what was set by hand; the list was made before.' }
  @{ Id = 'adapt-folders'; Title = 'Adapt what names the old folder';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 31; Requires = '18-19'; Command = -1;
    Why = 'The folder of setup has another name than that of 2012 R2.';
    Text = @('Scripts, scheduled tasks, shortcuts and exclusions of the virus scanner that name the folder of 2012 R2 no longer fit: its files are now below C:\Program Files\Microsoft System Center 2016\Operations Manager. Change them.') }
  @{ Id = 'verify-management-group'; Title = 'Verify the management group';
    Server = ''; RunOn = ''; Kind = 'manual'; Digest = 'DIGEST'; Task = 32; Requires = '18-19'; Command = -1;
    Why = 'The upgrade is complete only when every feature is upgraded and healthy.';
    Text = @('Health Service Watcher state view: management servers, gateway servers and agents are healthy. Alerts, sorted by the date of their last change: nothing new about the management group. Event logs of the management servers: no new errors, compared with the copy of before. Processor, memory and disk of the database servers as usual. One generic performance report runs.', 'Where application monitoring or client-side monitoring stopped, restart Microsoft Monitoring Agent on that machine. Dashboards on SharePoint are made again.') }
  @{ Id = 'check-license'; Title = 'Check the license';
    Server = ''; RunOn = 'MS01'; Kind = 'powershell'; Digest = 'DIGEST'; Task = 33; Requires = '18-19'; Command = -1; Script = 'Invoke-Script12';
    Why = 'Setup has no switch for the product key. Whether a licensed group becomes an evaluation is not stated. [UNCERTAIN] An evaluation ends 180 days after the installation.' }
)

# ---- scripts of the steps ----

function Invoke-Script0 {
$ErrorActionPreference = 'Stop'
$folder = Join-Path $env:SystemDrive 'scupgrade-before'
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$time = [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmss')
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
$file = (Join-Path $env:SystemDrive 'registry-before-upgrade.txt')
# What was saved first is from before the upgrade: a repeat keeps it.
if (Test-Path $file) {
  'Kept from an earlier run: ' + $file
  Get-Content -Path $file
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
Set-Content -Path ($file + '.new') -Value $lines -Encoding UTF8
Move-Item -Path ($file + '.new') -Destination $file
Get-Content -Path $file
}

function Invoke-Script2 {
# Primary and failover are two calls, never one; let an agent connect to a new primary before the second.
$ErrorActionPreference = 'Stop'
Import-Module OperationsManager
$gateways = @(Get-SCOMManagementServer | Where-Object { $_.IsGateway })
foreach ($gateway in $gateways) {
  $others = @($gateways | Where-Object { $_.Id -ne $gateway.Id })
  if (-not $others) { Write-Warning ('No second gateway server for ' + $gateway.Name); continue }
  $agents = @(Get-SCOMAgent | Where-Object { $_.PrimaryManagementServerName -eq $gateway.Name })
  foreach ($agent in $agents) {
    if (@($agent.GetFailoverManagementServers()).Count -eq 0) {
      Set-SCOMParentManagementServer -Agent $agent -FailoverServer $others[0]
    }
  }
}
}

function Invoke-Script3 {
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

function Invoke-Script4 {
$ErrorActionPreference = 'Stop'
Import-Module OperationsManager
$folder = Join-Path $env:SystemDrive 'scupgrade-before'
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$time = [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmss')
$file = Join-Path (Join-Path $env:SystemDrive 'scupgrade-before') 'subscriptions.txt'
$enabled = @(Get-SCOMNotificationSubscription | Where-Object { $_.Enabled })
if (-not [IO.File]::Exists($file)) {
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

function Invoke-Script5 {
$ErrorActionPreference = 'Stop'
Stop-Service -Name 'cshost', 'OMSDK', 'HealthService' -Force
$left = @(Get-Service -Name 'cshost', 'OMSDK', 'HealthService' | Where-Object { $_.Status -ne 'Stopped' })
if ($left.Count -gt 0) { throw ('Not stopped: ' + (@($left | ForEach-Object { $_.Name }) -join ', ')) }
'Stopped.'
}

function Invoke-Script6 {
# On every agent, for example through Invoke-Command -ComputerName or a group policy.
$ErrorActionPreference = 'Stop'
$name = 'CONTOSO'
$key = 'HKLM:\SYSTEM\CurrentControlSet\Services\HealthService\Parameters\Management Groups'
$group = Join-Path $key $name
$kept = 'HKLM:\SOFTWARE\scupgrade\agent-queue'
if (-not (Test-Path -LiteralPath $group)) { throw ('This agent does not report to the management group: ' + $group) }
$now = [int] (Get-Item -LiteralPath $group).GetValue('maximumQueueSizeKb', 0)
if (-not (Test-Path -LiteralPath $kept)) { New-Item -Path $kept -Force | Out-Null }
if ($null -eq (Get-Item -LiteralPath $kept).GetValue($name, $null)) {
  Set-ItemProperty -LiteralPath $kept -Name $name -Type DWord -Value $now
}
# An own value above the wanted one stays.
if ($now -ge 76800) { return }
Set-ItemProperty -LiteralPath $group -Name 'maximumQueueSizeKb' -Type DWord -Value 76800
Restart-Service -Name 'HealthService'
}

function Invoke-Script7 {
$ErrorActionPreference = 'Stop'
$folder = Join-Path $env:SystemDrive 'scupgrade-before'
New-Item -ItemType Directory -Path $folder -Force | Out-Null
$time = [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmss')
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

function Invoke-Script8 {
$ErrorActionPreference = 'Stop'
Start-Service -Name 'cshost', 'OMSDK', 'HealthService'
$left = @(Get-Service -Name 'cshost', 'OMSDK', 'HealthService' | Where-Object { $_.Status -ne 'Running' })
if ($left.Count -gt 0) { throw ('Not running: ' + (@($left | ForEach-Object { $_.Name }) -join ', ')) }
'Running.'
}

function Invoke-Script9 {
# Only those that were enabled before: the list was written when they were disabled.
$ErrorActionPreference = 'Stop'
Import-Module OperationsManager
$file = Join-Path (Join-Path $env:SystemDrive 'scupgrade-before') 'subscriptions.txt'
$wanted = @([IO.File]::ReadAllLines($file))
Get-SCOMNotificationSubscription | Where-Object { $wanted -contains [string] $_.Id -and -not $_.Enabled } |
  ForEach-Object { Enable-SCOMNotificationSubscription -Subscription $_ }
$all = @(Get-SCOMNotificationSubscription)
$off = @($all | Where-Object { $wanted -contains [string] $_.Id -and -not $_.Enabled })
if ($off.Count -gt 0) { throw ('Not enabled: ' + (@($off | ForEach-Object { $_.DisplayName }) -join ', ')) }
$all | Format-Table 'DisplayName', 'Enabled' -AutoSize | Out-Host
}

function Invoke-Script10 {
# On every agent, for example through Invoke-Command -ComputerName or a group policy.
$ErrorActionPreference = 'Stop'
$name = 'CONTOSO'
$key = 'HKLM:\SYSTEM\CurrentControlSet\Services\HealthService\Parameters\Management Groups'
$group = Join-Path $key $name
$kept = 'HKLM:\SOFTWARE\scupgrade\agent-queue'
if (-not (Test-Path -LiteralPath $group)) { throw ('This agent does not report to the management group: ' + $group) }
$old = 0
if (Test-Path -LiteralPath $kept) { $old = [int] (Get-Item -LiteralPath $kept).GetValue($name, 0) }
# Where no value was, the product's own.
if ($old -eq 0) { $old = 15360 }
Set-ItemProperty -LiteralPath $group -Name 'maximumQueueSizeKb' -Type DWord -Value $old
Restart-Service -Name 'HealthService'
}

function Invoke-Script11 {
# Only values that were there before and are gone or changed. Restart the health service afterwards.
$ErrorActionPreference = 'Stop'
$file = (Join-Path $env:SystemDrive 'registry-before-upgrade.txt')
$setup = Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Microsoft Operations Manager\3.0\Setup'
foreach ($line in Get-Content -Path $file) {
  $at = $line.IndexOf('=')
  $name = $line.Substring(0, $at).TrimStart('#', ' ')
  $value = $line.Substring($at + 1)
  if ($line.StartsWith('#')) { Write-Output ($name + ' was ' + $value + ', is ' + $setup.$name); continue }
  Set-ItemProperty -Path 'HKLM:\SYSTEM\CurrentControlSet\Services\HealthService\Parameters' -Name $name -Value ([int]$value) -Type DWord
  Write-Output ($name + '=' + $value)
}
}

function Invoke-Script12 {
$ErrorActionPreference = 'Stop'
Import-Module OperationsManager
Get-SCOMManagementGroup | Format-List 'SKUForLicense', 'Version', 'TimeOfExpiration' | Out-Host
# Where it says Eval: Set-SCOMLicense -ProductId with the key, in an elevated window, then restart OMSDK on every management
# server. It needs sysadmin on the operational database for that moment.
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

# '0 3-7' as numbers.
function Expand-Set {
  param([string] $Set)
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
  if ($Plain.Contains(' /')) { return 'The password has a blank before a slash, which an installer may take for a switch.' }
  if ($Plain.EndsWith('\')) { return 'The password ends with a backslash, which an installer may take for one of its own.' }
  ''
}

# Typed twice, for nothing else finds a slip before setup does.
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
    $fault = Get-PasswordFault $plain
    $doubt = Get-PasswordDoubt $plain
    if (-not $fault) {
      $again = Get-Credential -UserName $entry.User -Message ($entry.Label + ': the same password again')
      if (-not $again) { break }
      if ($again.GetNetworkCredential().Password -cne $plain) { $fault = 'The two passwords differ.' }
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
  if ($Found.State -eq 'unknown' -or $Found.State -eq 'changed' -or ($Found.State -eq 'failed' -and $Task.Once)) {
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
  $why = ([string] (Read-Host 'Why is it not needed? Nothing stops')).Trim()
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
