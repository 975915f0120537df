# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The module OperationsManager. Where the Data Access Service that is asked does not run, each of them fails.

function New-SCOMManagementGroupConnection {
  [CmdletBinding()]
  param(
    [Parameter(Position = 0)] [string[]] $ComputerName,
    [pscredential] $Credential,
    [switch] $PassThru
  )
  foreach ($one in $ComputerName) {
    $made = [Played.Sdk]::Connect($one)
    if ($PassThru) { $made }
  }
}

function Get-SCOMManagementGroupConnection {
  [CmdletBinding()]
  param([string[]] $ComputerName)
  [Played.Sdk]::Connections()
}

function Remove-SCOMManagementGroupConnection {
  [CmdletBinding(SupportsShouldProcess = $true)]
  param([Parameter(ValueFromPipeline = $true)] $Connection)
  process { [Played.Sdk]::Disconnect($Connection) }
}

function Get-SCOMManagementGroup {
  [CmdletBinding()]
  param($SCSession, [string[]] $ComputerName, [pscredential] $Credential)
  [Played.Sdk]::Group($SCSession)
}

function Get-SCOMManagementServer {
  [CmdletBinding()]
  param([Parameter(Position = 0)] [string[]] $Name, $SCSession, [string[]] $ComputerName, [pscredential] $Credential)
  [Played.Sdk]::Servers($SCSession, $Name)
}

function Get-SCOMGatewayManagementServer {
  [CmdletBinding()]
  param([Parameter(Position = 0)] [string[]] $Name, $SCSession, [string[]] $ComputerName, [pscredential] $Credential)
  [Played.Sdk]::Servers($SCSession, $Name) | Where-Object { $_.IsGateway }
}

function Get-SCOMRMSEmulator {
  [CmdletBinding()]
  param($SCSession, [string[]] $ComputerName, [pscredential] $Credential)
  [Played.Sdk]::Servers($SCSession, $null) | Where-Object { $_.IsRootManagementServer }
}

function Get-SCOMAgent {
  [CmdletBinding()]
  param(
    [Parameter(Position = 0)] [string[]] $DNSHostName, $ManagementServer,
    $SCSession, [string[]] $ComputerName, [pscredential] $Credential
  )
  [Played.Sdk]::Agents($SCSession, $DNSHostName, $ManagementServer)
}

function Repair-SCOMAgent {
  [CmdletBinding(SupportsShouldProcess = $true)]
  param(
    [Parameter(Mandatory = $true, ValueFromPipeline = $true)] [Played.Agent[]] $Agent,
    [pscredential] $Actionaccount, [switch] $NoAPM, [switch] $PassThru
  )
  process {
    [Played.Sdk]::Repair($Agent, $NoAPM)
  }
}

function Set-SCOMParentManagementServer {
  [CmdletBinding(SupportsShouldProcess = $true)]
  param(
    [Parameter(ValueFromPipeline = $true)] [Played.Agent[]] $Agent,
    $GatewayServer,
    [Played.ManagementServer] $PrimaryServer,
    [Played.ManagementServer[]] $FailoverServer,
    [switch] $PassThru
  )
  process {
    foreach ($one in @($Agent) + @($GatewayServer) | Where-Object { $_ }) {
      if ($PSCmdlet.ShouldProcess($one.Name)) { [Played.Sdk]::Parent($one, $PrimaryServer, $FailoverServer) }
    }
  }
}

function Get-SCOMPendingManagement {
  [CmdletBinding()]
  param($SCSession, [string[]] $ComputerName, [pscredential] $Credential)
  [Played.Sdk]::Pending($SCSession)
}

function Approve-SCOMPendingManagement {
  [CmdletBinding(SupportsShouldProcess = $true)]
  param(
    [Parameter(ValueFromPipeline = $true)] $PendingAction, [pscredential] $ActionAccount, [switch] $PassThru
  )
  process { if ($PSCmdlet.ShouldProcess($PendingAction.AgentName)) { [Played.Sdk]::Settle($PendingAction) } }
}

function Deny-SCOMPendingManagement {
  [CmdletBinding(SupportsShouldProcess = $true)]
  param([Parameter(ValueFromPipeline = $true)] $PendingAction, [switch] $PassThru)
  process { if ($PSCmdlet.ShouldProcess($PendingAction.AgentName)) { [Played.Sdk]::Settle($PendingAction) } }
}

function Get-SCOMNotificationSubscription {
  [CmdletBinding()]
  param(
    [string[]] $DisplayName, [string[]] $Name, [Guid[]] $Id,
    $SCSession, [string[]] $ComputerName, [pscredential] $Credential
  )
  [Played.Sdk]::Subscriptions($SCSession)
}

function Disable-SCOMNotificationSubscription {
  [CmdletBinding(SupportsShouldProcess = $true)]
  param(
    [Parameter(Position = 0, ValueFromPipeline = $true)] [Played.Subscription[]] $Subscription, [switch] $PassThru
  )
  process {
    foreach ($one in $Subscription) {
      if ($PSCmdlet.ShouldProcess($one.Name)) { [Played.Sdk]::Enable($one, $false) }
    }
  }
}

function Enable-SCOMNotificationSubscription {
  [CmdletBinding(SupportsShouldProcess = $true)]
  param(
    [Parameter(Position = 0, ValueFromPipeline = $true)] [Played.Subscription[]] $Subscription, [switch] $PassThru
  )
  process {
    foreach ($one in $Subscription) {
      if ($PSCmdlet.ShouldProcess($one.Name)) { [Played.Sdk]::Enable($one, $true) }
    }
  }
}

function Get-SCOMUserRole {
  [CmdletBinding()]
  param(
    [Parameter(Position = 0)] [string[]] $Name, [string[]] $DisplayName, [Guid[]] $Id,
    $SCSession, [string[]] $ComputerName, [pscredential] $Credential
  )
  [Played.Sdk]::Roles($SCSession, $Name)
}

function Get-SCOMClass {
  [CmdletBinding()]
  param([string[]] $Name, [string[]] $DisplayName, $SCSession, [string[]] $ComputerName, [pscredential] $Credential)
  [Played.Sdk]::Classes($SCSession, $Name)
}

function Get-SCOMClassInstance {
  [CmdletBinding()]
  param(
    [Parameter(Position = 0, ValueFromPipeline = $true)] $Class, [string[]] $DisplayName, [string[]] $Name,
    $SCSession, [string[]] $ComputerName, [pscredential] $Credential
  )
  process { [Played.Sdk]::Instances($SCSession, $Class) }
}

# An object that is in maintenance mode already, or that went away, is an error.
function Start-SCOMMaintenanceMode {
  [CmdletBinding(SupportsShouldProcess = $true)]
  param(
    [Parameter(Mandatory = $true, ValueFromPipeline = $true)] [Played.Monitored[]] $Instance,
    [Parameter(Mandatory = $true)] [DateTime] $EndTime,
    [ValidateSet('PlannedOther', 'UnplannedOther', 'PlannedHardwareMaintenance', 'PlannedApplicationMaintenance',
      'UnplannedApplicationMaintenance', 'ApplicationInstallation', 'ApplicationUnresponsive', 'ApplicationUnstable',
      'SecurityIssue', 'LossOfNetworkConnectivity')]
    [string] $Reason,
    [string] $Comment,
    [switch] $PassThru
  )
  process {
    foreach ($one in $Instance) {
      if ($PSCmdlet.ShouldProcess($one.DisplayName)) { [Played.Sdk]::Maintain($one, $EndTime) }
    }
  }
}

function Get-SCOMWebAddressSetting {
  [CmdletBinding()]
  param($SCSession, [string[]] $ComputerName, [pscredential] $Credential)
  [Played.Sdk]::Answer($SCSession, 'Get-SCOMWebAddressSetting')
}

function Get-SCOMReportingSetting {
  [CmdletBinding()]
  param($SCSession, [string[]] $ComputerName, [pscredential] $Credential)
  [Played.Sdk]::Answer($SCSession, 'Get-SCOMReportingSetting')
}

function Get-SCOMDataWarehouseSetting {
  [CmdletBinding()]
  param($SCSession, [string[]] $ComputerName, [pscredential] $Credential)
  [Played.Sdk]::Answer($SCSession, 'Get-SCOMDataWarehouseSetting')
}

function Get-SCOMConnector {
  [CmdletBinding()]
  param([string[]] $Name, [string[]] $DisplayName, [Guid[]] $Id, $SCSession, [string[]] $ComputerName, [pscredential] $Credential)
  [Played.Sdk]::Answer($SCSession, 'Get-SCOMConnector')
}

function Get-SCOMResourcePool {
  [CmdletBinding()]
  param([string[]] $Name, [string[]] $DisplayName, $SCSession, [string[]] $ComputerName, [pscredential] $Credential)
  [Played.Sdk]::Answer($SCSession, 'Get-SCOMResourcePool')
}

function Get-SCOMManagementPack {
  [CmdletBinding()]
  param([string[]] $Name, [string[]] $DisplayName, $SCSession, [string[]] $ComputerName, [pscredential] $Credential)
  [Played.Sdk]::Answer($SCSession, 'Get-SCOMManagementPack')
}

function Export-SCOMManagementPack {
  [CmdletBinding()]
  param([Parameter(ValueFromPipeline = $true)] $ManagementPack, [string] $Path, [switch] $PassThru)
  process { Set-Content -LiteralPath (Join-Path $Path ($ManagementPack.Name + '.xml')) -Value '<ManagementPack />' }
}

function Get-SCXAgent {
  [CmdletBinding()]
  param([string[]] $Name, $SCSession, [string[]] $ComputerName, [pscredential] $Credential)
  [Played.Sdk]::Answer($SCSession, 'Get-SCXAgent')
}
