/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * How the collector reads a computer of Service Management Automation.
 */
#include "flows/sma/sma.h"

/* clang-format off */
static const char *const product_keys[] = {
	"$smaRoot = 'HKLM:\\SOFTWARE\\Microsoft\\ServiceManagementAutomation'",
	NULL
};

static const char *const roles[] = {
	"if (Test-Path -LiteralPath (Join-Path -Path $smaRoot -ChildPath 'RunbookWorker')) {",
	"    'runbook-worker'",
	"}",
	"if (Test-Path -LiteralPath (Join-Path -Path $smaRoot -ChildPath 'WebService')) {",
	"    'web-service'",
	"}",
	NULL
};

static const char *const builds[] = {
	"$smaWorker = Join-Path -Path $smaRoot -ChildPath 'RunbookWorker'",
	"$smaWeb = Join-Path -Path $smaRoot -ChildPath 'WebService'",
	"Read-Fact -Key 'builds.runbook-worker-version' -Query {",
	"    Get-InstalledVersion -Code '{B2FA6B22-1DDF-4BD4-8B92-ADF17D48262F}' -Folder (Get-RegistryValue -Key "
	"$smaWorker -Name 'InstallationFolder')",
	"}",
	"Read-Fact -Key 'builds.web-service-version' -Query {",
	"    Get-InstalledVersion -Code '{4B76B636-AE9A-47D5-A246-E02909D97CF2}' -Folder (Get-RegistryValue -Key "
	"$smaWeb -Name 'InstallationFolder')",
	"}",
	NULL
};

static const char *const installed[] = {
	"Read-Fact -Key 'sma.worker-folder' -Query { Get-RegistryValue -Key $smaWorker -Name 'InstallationFolder' "
	"}",
	"if (Test-Path -LiteralPath $smaWeb) {",
	"    Read-Fact -Key 'sma.web-service-folder' -Query { Get-RegistryValue -Key $smaWeb -Name "
	"'InstallationFolder' }",
	"    Read-Fact -Key 'sma.site' -Query { Get-RegistryValue -Key $smaWeb -Name 'IisSiteName' }",
	"    Read-Fact -Key 'sma.port' -Query { (Get-SmaBinding)[1] }",
	"    Read-Fact -Key 'sma.ssl' -Query { (Get-SmaBinding)[0] -eq 'https' }",
	"    Read-Fact -Key 'sma.application-pool-account' -Query { Get-RegistryValue -Key $smaWeb -Name "
	"'IisAppPoolAccount' }",
	"    Read-List -Key 'sma.admin-group-members' -Query {",
	"        $members = @(Get-RegistryValue -Key $smaWeb -Name 'IisAuthorizationAdminGroupMembers')",
	"        @($members | ForEach-Object { ([string] $_).Split(',;') } | ForEach-Object { $_.Trim() } | "
	"Where-Object { $_ })",
	"    }",
	"    Read-Fact -Key 'sma.certificate-serial' -Query {",
	"        $certificate = Get-SmaCertificate",
	"        if ($certificate) {",
	"            $certificate.SerialNumber",
	"        }",
	"    }",
	"    Read-Fact -Key 'sma.certificate-name' -Query {",
	"        $certificate = Get-SmaCertificate",
	"        if ($certificate -and ($certificate.Subject -match '(^|,\\s*)CN=([^,\"]+)')) {",
	"            $Matches[2].Trim()",
	"        }",
	"    }",
	"    Read-Fact -Key 'sma.certificate-self-signed' -Query {",
	"        $certificate = Get-SmaCertificate",
	"        if ($certificate) {",
	"            $certificate.Subject -eq $certificate.Issuer",
	"        }",
	"    }",
	"    Read-Fact -Key 'sma.certificate-ends' -Query {",
	"        $certificate = Get-SmaCertificate",
	"        if ($certificate) {",
	"            $certificate.NotAfter.ToUniversalTime().ToString('yyyy-MM-dd', "
	"[Globalization.CultureInfo]::InvariantCulture)",
	"        }",
	"    }",
	"    Read-Fact -Key 'sma.workers' -Query {",
	"        $endpoint = Get-SmaEndpoint",
	"        if ($endpoint) {",
	"            , @(Get-SmaRunbookWorkerDeployment @endpoint | ForEach-Object { [string] $_.ComputerName } | "
	"Sort-Object -Unique)",
	"        }",
	"    }",
	"    Read-Fact -Key 'sma.license' -Query {",
	"        $endpoint = Get-SmaEndpoint",
	"        if ($endpoint) {",
	"            foreach ($license in @(Get-SmaLicense @endpoint)) {",
	"                foreach ($property in $license.PSObject.Properties) {",
	"                    if ($property.Name -match 'Sku|License|Expir') {",
	"                        return [string] $property.Value",
	"                    }",
	"                }",
	"            }",
	"        }",
	"    }",
	"}",
	NULL
};

static const char *const functions[] = {
	"# Protocol and port of the first binding of the web service's site.",
	"function Get-SmaBinding {",
	"    $site = Get-Site -Name ([string] (Get-RegistryValue -Key $smaWeb -Name 'IisSiteName'))",
	"    if (-not $site) {",
	"        throw 'IIS has no site of this name.'",
	"    }",
	"    foreach ($binding in $site.SelectNodes('bindings/binding')) {",
	"        if ($binding.GetAttribute('bindingInformation') -match ':(\\d+):[^:]*$') {",
	"            return @($binding.GetAttribute('protocol'), [int] $Matches[1])",
	"        }",
	"    }",
	"    throw 'The site has no binding.'",
	"}",
	"",
	"# What Windows answers with on the port of the web service; nothing without https.",
	"function Get-SmaCertificate {",
	"    $binding = Get-SmaBinding",
	"    if ($binding[0] -ne 'https') {",
	"        return $null",
	"    }",
	"    $key = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\\SslBindingInfo\\0.0.0.0:' + "
	"$binding[1]",
	"    $hash = Get-RegistryValue -Key $key -Name 'SslCertHash'",
	"    if ($null -eq $hash) {",
	"        return $null",
	"    }",
	"    $store = [string] (Get-RegistryValue -Key $key -Name 'SslCertStoreName')",
	"    if (-not $store) {",
	"        $store = 'My'",
	"    }",
	"    $thumb = (@($hash | ForEach-Object { '{0:X2}' -f $_ }) -join '')",
	"    foreach ($certificate in @(Get-ChildItem -LiteralPath ('Cert:\\LocalMachine\\' + $store))) {",
	"        if ($certificate.Thumbprint -eq $thumb) {",
	"            return $certificate",
	"        }",
	"    }",
	"    return $null",
	"}",
	"",
	"# Where the web service is asked: by the name of its certificate, as it must be. Nothing when it does "
	"not run or the",
	"# module is not here; neither is started.",
	"function Get-SmaEndpoint {",
	"    $module = 'Microsoft.SystemCenter.ServiceManagementAutomation'",
	"    $service = @(Get-Service | Where-Object { $_.Name -eq 'W3SVC' })",
	"    if (($service.Count -eq 0) -or ([string] $service[0].Status -ne 'Running')) {",
	"        throw 'The web server of this computer does not run.'",
	"    }",
	"    if (-not (Get-Module -ListAvailable -Name $module)) {",
	"        throw 'The module of Service Management Automation is not on this computer.'",
	"    }",
	"    $null = Import-Module -Name $module -WarningAction SilentlyContinue",
	"    $binding = Get-SmaBinding",
	"    $name = 'localhost'",
	"    if ($facts.Contains('sma.certificate-name')) {",
	"        $name = $facts['sma.certificate-name']",
	"    }",
	"    return @{ 'WebServiceEndpoint' = $binding[0] + '://' + $name; 'Port' = $binding[1] }",
	"}",
	"",
	NULL
};

static const struct collector_part parts[] = {
	{ "{product-keys}", product_keys },
	{ "{functions}", functions },
	{ "{roles}", roles },
	{ "{builds}", builds },
	{ "{installed}", installed },
	{ NULL, NULL }
};

static const char *const services[] = { "W3SVC", "rbsvc", NULL };

static const struct collector_database databases[] = {
	{ "sma", "(Join-Path -Path $smaRoot -ChildPath 'WebService')",
	  "DatabaseServerName", "DatabaseServerInstance", "DatabaseName" },
	{ "sma", "(Join-Path -Path $smaRoot -ChildPath 'RunbookWorker')",
	  "DatabaseServerName", "DatabaseServerInstance", "DatabaseName" },
	{ .role = NULL }
};
/* clang-format on */

const struct collector sma_collector = { parts, services, databases, NULL };
