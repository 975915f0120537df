/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * How the collector reads a computer of Operations Manager.
 */
#include "flows/om/om_collector.h"

#include "flows/om/om.h"

/* clang-format off */
static const char *const setup_keys[] = {
	"$omSetup = 'HKLM:\\SOFTWARE\\Microsoft\\Microsoft Operations Manager\\3.0\\Setup'",
	"$omProduct = 'HKLM:\\SOFTWARE\\Microsoft\\System Center Operations Manager\\12\\Setup'",
	NULL
};

static const char *const functions[] = {
	"function Get-SetupFileVersion {",
	"    param([string] $Relative)",
	"",
	"    $folder = Get-RegistryValue -Key $omSetup -Name 'InstallDirectory'",
	"    if (-not $folder) {",
	"        return $null",
	"    }",
	"    return Get-FileVersion -File (Join-Path -Path $folder -ChildPath $Relative)",
	"}",
	"",
	"# A text of a program's own file; an outer document that it names is not read.",
	"function Read-Xml {",
	"    param([string] $File)",
	"",
	"    $document = New-Object System.Xml.XmlDocument",
	"    $document.XmlResolver = $null",
	"    $document.LoadXml([IO.File]::ReadAllText($File))",
	"    return $document",
	"}",
	"",
	"function Get-Site {",
	"    param([string] $Id, [string] $Name)",
	"",
	"    $file = Join-Path -Path $env:windir -ChildPath 'System32\\inetsrv\\config\\applicationHost.config'",
	"    foreach ($site in (Read-Xml -File $file).SelectNodes('//sites/site')) {",
	"        if (($Id -and ($site.GetAttribute('id') -eq $Id)) -or ($Name -and ($site.GetAttribute('name') "
	"-eq $Name))) {",
	"            return $site",
	"        }",
	"    }",
	"    return $null",
	"}",
	"",
	"# In Programs and Features by its code, or by a part that lies in the store of shared programs: names "
	"are translated.",
	"function Test-Installed {",
	"    param([string[]] $Codes, [string] $Part)",
	"",
	"    foreach ($root in $uninstallRoots) {",
	"        foreach ($code in $Codes) {",
	"            if (Test-Path -LiteralPath (Join-Path -Path $root -ChildPath $code)) {",
	"                return $true",
	"            }",
	"        }",
	"    }",
	"    return Test-Path -LiteralPath (Join-Path -Path (Join-Path -Path $env:windir -ChildPath "
	"'assembly\\GAC_MSIL') -ChildPath $Part)",
	"}",
	"",
	NULL
};

static const char *const roles[] = {
	"$folder = [string] (Get-RegistryValue -Key $omSetup -Name 'InstallDirectory')",
	"if (Test-Path -LiteralPath 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\OMSDK') {",
	"    'management-server'",
	"}",
	"elseif ($folder -like '*\\Gateway*') {",
	"    'gateway'",
	"}",
	"elseif ((Get-RegistryValue -Key $omSetup -Name 'Product') -eq 'Microsoft Monitoring Agent') {",
	"    'agent'",
	"}",
	"if (Test-Path -LiteralPath (Join-Path -Path $omProduct -ChildPath 'Console')) {",
	"    'operations-console'",
	"}",
	"if (Test-Path -LiteralPath (Join-Path -Path $omProduct -ChildPath 'WebConsole')) {",
	"    'web-console'",
	"}",
	"if (Test-Path -LiteralPath (Join-Path -Path $omProduct -ChildPath 'Reporting')) {",
	"    'reporting-server'",
	"}",
	"if (Test-Path -LiteralPath 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\AdtServer') {",
	"    'acs-collector'",
	"}",
	NULL
};

static const char *const installed_where[] = {
	"Read-List -Key 'install.management-groups' -Query {",
	"    foreach ($kind in 'Server Management Groups', 'Agent Management Groups') {",
	"        $key = Join-Path -Path 'HKLM:\\SOFTWARE\\Microsoft\\Microsoft Operations Manager\\3.0' "
	"-ChildPath $kind",
	"        if (Test-Path -LiteralPath $key) {",
	"            foreach ($group in @(Get-ChildItem -LiteralPath $key)) {",
	"                $group.PSChildName",
	"            }",
	"        }",
	"    }",
	"}",
	"Read-Fact -Key 'install.folder' -Query { Get-RegistryValue -Key $omSetup -Name 'InstallDirectory' }",
	NULL
};

static const char *const builds[] = {
	"Read-Fact -Key 'builds.server-version' -Query { Get-RegistryValue -Key $omSetup -Name 'ServerVersion' }",
	"Read-Fact -Key 'builds.file-version' -Query { Get-SetupFileVersion -Relative "
	"'Tools\\TMF\\OMTraceTMFVer.Dll' }",
	"Read-Fact -Key 'builds.health-service-version' -Query { Get-SetupFileVersion -Relative "
	"'HealthService.dll' }",
	"Read-Fact -Key 'builds.ui-version' -Query { Get-RegistryValue -Key $omSetup -Name 'UIVersion' }",
	"Read-Fact -Key 'builds.web-console-version' -Query {",
	"    $root = Get-RegistryValue -Key $omProduct -Name 'InstallDirectory'",
	"    if ($root) {",
	"        Get-FileVersion -File (Join-Path -Path $root -ChildPath 'WebConsole\\MonitoringView\\OMVersion.dll')",
	"    }",
	"}",
	"# No file of Reporting has the build; the packages of 2016 and 2012 R2 are known by their codes.",
	"Read-Fact -Key 'builds.reporting-version' -Query {",
	"    $found = $null",
	"    foreach ($code in '{8BA0D6E8-6A38-4330-AA6F-CF047DD4DC95}', '{D6E655E7-6318-4C50-B184-55E70DB179C1}') {",
	"        if (-not $found) {",
	"            $found = Get-InstalledVersion -Code $code",
	"        }",
	"    }",
	"    $found",
	"}",
	NULL
};

static const char *const installed[] = {
	"Read-Fact -Key 'console.report-viewer-2015' -Query {",
	"    Test-Installed -Codes '{3ECE8FC7-7020-4756-A71C-C345D4725B77}' -Part "
	"'Microsoft.ReportViewer.WinForms\\12.0.0.0__89845dcd8080cc91'",
	"}",
	"Read-Fact -Key 'console.sql-clr-types-2014' -Query {",
	"    $codes = '{8C06D6DB-A391-4686-B050-99CC522A7843}', '{4AEB505C-95E1-4964-9B64-8D27F3186D30}'",
	"    Test-Installed -Codes $codes -Part 'Microsoft.SqlServer.Types\\12.0.0.0__89845dcd8080cc91'",
	"}",
	"",
	"$webConsole = Join-Path -Path $omProduct -ChildPath 'WebConsole'",
	"if (Test-Path -LiteralPath $webConsole) {",
	"    Read-Fact -Key 'web-console.site' -Query {",
	"        $site = Get-Site -Id ([string] (Get-RegistryValue -Key $webConsole -Name 'WEBSITE_ID'))",
	"        if ($site) {",
	"            $site.GetAttribute('name')",
	"        }",
	"    }",
	"    Read-Fact -Key 'web-console.ssl' -Query {",
	"        $site = Get-Site -Id ([string] (Get-RegistryValue -Key $webConsole -Name 'WEBSITE_ID'))",
	"        if ($site) {",
	"            @($site.SelectNodes('bindings/binding') | Where-Object { $_.GetAttribute('protocol') -eq "
	"'https' }).Count -gt 0",
	"        }",
	"    }",
	"    Read-Fact -Key 'web-console.authorization' -Query {",
	"        $root = Get-RegistryValue -Key $omProduct -Name 'InstallDirectory'",
	"        $file = Join-Path -Path $root -ChildPath 'WebConsole\\WebHost\\Web.config'",
	"        $modes = @((Read-Xml -File $file).SelectNodes('//authentication') | ForEach-Object { "
	"$_.GetAttribute('mode') } | Select-Object -Unique)",
	"        if ($modes.Count -eq 1) {",
	"            @{ 'Windows' = 'mixed'; 'Forms' = 'network' }[$modes[0]]",
	"        }",
	"    }",
	"    Read-Fact -Key 'web-console.management-server' -Query { Get-RegistryValue -Key $webConsole -Name "
	"'DEFAULT_SERVER' }",
	"}",
	"$reporting = 'HKLM:\\SOFTWARE\\Microsoft\\Microsoft Operations Manager\\3.0\\Reporting'",
	"Read-Fact -Key 'reporting.management-server' -Query { Get-RegistryValue -Key $reporting -Name "
	"'DefaultSDKServiceMachine' }",
	"$watched = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\HealthService\\Parameters\\Management Groups'",
	"if (Test-Path -LiteralPath $watched) {",
	"    Read-List -Key 'agent-queues' -Query {",
	"        foreach ($group in @(Get-ChildItem -LiteralPath $watched)) {",
	"            $key = Join-Path -Path $watched -ChildPath $group.PSChildName",
	"            @{ 'group' = $group.PSChildName; 'kb' = [int] (Get-RegistryValue -Key $key -Name "
	"'maximumQueueSizeKb') }",
	"        }",
	"    }",
	"}",
	NULL
};

static const char *const more_databases[] = {
	"# The database of Reporting Services is told by WMI only; of several instances the one that Reporting "
	"names.",
	"$reporting = 'HKLM:\\SOFTWARE\\Microsoft\\Microsoft Operations Manager\\3.0\\Reporting'",
	"$instance = [string] (Get-RegistryValue -Key $reporting -Name 'SRSInstance')",
	"if ($instance) {",
	"    try {",
	"        $space = 'root\\Microsoft\\SqlServer\\ReportServer'",
	"        foreach ($outer in @(Get-CimInstance -Namespace $space -ClassName __NAMESPACE)) {",
	"            $inner = $space + '\\' + $outer.Name",
	"            foreach ($release in @(Get-CimInstance -Namespace $inner -ClassName __NAMESPACE)) {",
	"                foreach ($setting in @(Get-CimInstance -Namespace ($inner + '\\' + $release.Name + "
	"'\\Admin') -ClassName MSReportServer_ConfigurationSetting)) {",
	"                    $server = [string] $setting.DatabaseServerName",
	"                    if (($setting.InstanceName -ne $instance.Split('\\')[-1]) -or (-not "
	"$setting.DatabaseName)) {",
	"                        continue",
	"                    }",
	"                    if (('', '.', '(local)', 'localhost') -contains $server) {",
	"                        $server = Get-HostName",
	"                    }",
	"                    [void] $found.Add([ordered] @{ 'role' = 'report-server'; 'server' = $server; 'name' "
	"= [string] $setting.DatabaseName })",
	"                }",
	"            }",
	"        }",
	"    }",
	"    catch {",
	"        Add-Unread -What 'databases' -Why ('report-server: ' + $_.Exception.Message)",
	"    }",
	"}",
	NULL
};

static const struct collector_part parts[] = {
	{ "{setup-keys}", setup_keys },
	{ "{functions}", functions },
	{ "{functions}", om_collect_tools },
	{ "{roles}", roles },
	{ "{installed-where}", installed_where },
	{ "{builds}", builds },
	{ "{installed}", installed },
	{ "{more-databases}", more_databases },
	{ "{group}", om_collect_servers },
	{ "{group}", om_collect_watched },
	{ "{group}", om_collect_settings },
	{ NULL, NULL }
};

static const char *const services[] = {
	"HealthService", "OMSDK", "cshost", "AdtServer", "AdtAgent", "RemoteRegistry", "WinRM", "W3SVC",
	"ReportServer*", NULL
};

static const struct collector_database databases[] = {
	{ "operational", "$omSetup", "DatabaseServerName", "", "DatabaseName" },
	{ "data-warehouse", "$omSetup", "DataWarehouseDBServerName", "", "DataWarehouseDBName" },
	{ "acs", "'HKLM:\\SOFTWARE\\ODBC\\ODBC.INI\\OpsMgrAC'", "Server", "", "Database" },
	{ .role = NULL }
};

static const struct collector_statement statements[] = {
	{ "rows-to-groom", "'SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED; DECLARE @mark bigint; SELECT "
		"@mark = dbo.fn_GetEntityChangeLogGroomingWatermark(); SELECT COUNT_BIG(*) FROM "
		"dbo.EntityTransactionLog AS entry WHERE entry.EntityTransactionLogId < @mark AND NOT EXISTS "
		"(SELECT 1 FROM dbo.EntityChangeLog AS own WHERE own.EntityTransactionLogId = "
		"entry.EntityTransactionLogId) AND NOT EXISTS (SELECT 1 FROM dbo.RelatedEntityChangeLog AS other "
		"WHERE other.EntityTransactionLogId = entry.EntityTransactionLogId)'", "operational" },
	{ .key = NULL }
};
/* clang-format on */

const struct collector om_collector = { parts, services, databases, statements };
