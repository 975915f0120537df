# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The module of Service Management Automation; each asks the web service.

function Get-SmaRunbookWorkerDeployment {
  [CmdletBinding()]
  param([Parameter(Mandatory = $true)] [string] $WebServiceEndpoint, [int] $Port, [pscredential] $Credential)
  [Played.Sma]::Workers($WebServiceEndpoint)
}

function New-SmaRunbookWorkerDeployment {
  [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
  param(
    [string[]] $ComputerName, [Parameter(Mandatory = $true)] [string] $WebServiceEndpoint, [int] $Port,
    [pscredential] $Credential, [switch] $Force
  )
  if ($Force -or $PSCmdlet.ShouldProcess('the deployment')) { [Played.Sma]::Deploy($WebServiceEndpoint, $ComputerName) }
}

function Get-SmaAdminConfiguration {
  [CmdletBinding()]
  param([Parameter(Mandatory = $true)] [string] $WebServiceEndpoint, [int] $Port, [pscredential] $Credential)
  [Played.Sma]::Configuration($WebServiceEndpoint)
}

function Set-SmaAdminConfiguration {
  [CmdletBinding(SupportsShouldProcess = $true)]
  param(
    [int] $DrainTimeInSeconds, [Parameter(Mandatory = $true)] [string] $WebServiceEndpoint, [int] $Port,
    [pscredential] $Credential, [switch] $Force
  )
  if ($PSCmdlet.ShouldProcess('the deployment')) { [Played.Sma]::Drain($WebServiceEndpoint, $DrainTimeInSeconds) }
}

function Get-SmaRunbook {
  [CmdletBinding()]
  param(
    [string[]] $Name, [string[]] $Id, [Parameter(Mandatory = $true)] [string] $WebServiceEndpoint, [int] $Port,
    [pscredential] $Credential
  )
  [Played.Sma]::Answer($WebServiceEndpoint, 'Get-SmaRunbook')
}

function Get-SmaJob {
  [CmdletBinding()]
  param(
    [string[]] $Id, [string] $RunbookId, [string] $RunbookName,
    [Parameter(Mandatory = $true)] [string] $WebServiceEndpoint, [int] $Port, [pscredential] $Credential
  )
  [Played.Sma]::Answer($WebServiceEndpoint, 'Get-SmaJob')
}

function Get-SmaLicense {
  [CmdletBinding()]
  param([Parameter(Mandatory = $true)] [string] $WebServiceEndpoint, [int] $Port, [pscredential] $Credential)
  [Played.Sma]::Answer($WebServiceEndpoint, 'Get-SmaLicense')
}
