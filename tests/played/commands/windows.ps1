# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Commands of Windows that Linux lacks. Parameters are those of the real ones, so that an unknown one fails.

function Get-Service {
  [CmdletBinding()]
  param(
    [Parameter(Position = 0, ValueFromPipeline = $true)] [string[]] $Name = '*',
    [string[]] $ComputerName = '.'
  )
  process {
    foreach ($one in $Name) {
      try { [Played.Services]::Get(@($one), $ComputerName) }
      catch { Write-Error -Exception $_.Exception.InnerException }
    }
  }
}

function Stop-Service {
  [CmdletBinding(SupportsShouldProcess = $true)]
  param(
    [Parameter(Position = 0, ValueFromPipeline = $true)] $InputObject,
    [string[]] $Name,
    [switch] $Force,
    [switch] $PassThru
  )
  process {
    $services = @($InputObject | Where-Object { $_ -is [Played.ServiceController] })
    $named = @($Name) + @($InputObject | Where-Object { $_ -is [string] }) | Where-Object { $_ }
    if ($named) { $services += @(Get-Service -Name $named) }
    foreach ($service in $services) {
      if (-not $PSCmdlet.ShouldProcess($service.Name)) { continue }
      [Played.Services]::Switch($service, $false)
      if ($PassThru) { $service }
    }
  }
}

function Start-Service {
  [CmdletBinding(SupportsShouldProcess = $true)]
  param(
    [Parameter(Position = 0, ValueFromPipeline = $true)] $InputObject,
    [string[]] $Name,
    [switch] $PassThru
  )
  process {
    $services = @($InputObject | Where-Object { $_ -is [Played.ServiceController] })
    $named = @($Name) + @($InputObject | Where-Object { $_ -is [string] }) | Where-Object { $_ }
    if ($named) { $services += @(Get-Service -Name $named) }
    foreach ($service in $services) {
      if (-not $PSCmdlet.ShouldProcess($service.Name)) { continue }
      [Played.Services]::Switch($service, $true)
      if ($PassThru) { $service }
    }
  }
}

function Restart-Service {
  [CmdletBinding(SupportsShouldProcess = $true)]
  param(
    [Parameter(Position = 0)] [string[]] $Name,
    [switch] $Force
  )
  Stop-Service -Name $Name
  Start-Service -Name $Name
}

function Get-CimInstance {
  [CmdletBinding()]
  param(
    [Parameter(Position = 0)] [string] $ClassName,
    [string] $Namespace = 'root\cimv2',
    [string] $Filter,
    [string] $Query,
    [string[]] $Property,
    [string[]] $ComputerName,
    [uint32] $OperationTimeoutSec
  )
  try { [Played.Cim]::Get($ComputerName, $Namespace, $ClassName, $Filter, $Query) }
  catch { Write-Error -Exception $_.Exception.InnerException }
}

function Get-WmiObject {
  [CmdletBinding()]
  param(
    [Parameter(Position = 0)] [string] $Class,
    [Parameter(Position = 1)] [string[]] $Property,
    [string] $Namespace = 'root\cimv2',
    [string] $Filter,
    [string] $Query,
    [string[]] $ComputerName
  )
  try { [Played.Cim]::Get($ComputerName, $Namespace, $Class, $Filter, $Query) }
  catch { Write-Error -Exception $_.Exception.InnerException }
}

# Nothing that matches is an error, as it is in the real one.
function Get-WinEvent {
  [CmdletBinding()]
  param(
    [hashtable] $FilterHashtable,
    [string[]] $LogName,
    [long] $MaxEvents,
    [string] $ComputerName
  )
  $found = @([Played.Logs]::Get($FilterHashtable))
  if ($found.Count -eq 0) {
    $why = 'No events were found that match the specified selection criteria.'
    Write-Error -Exception ([Exception] $why) -ErrorId 'NoMatchingEventsFound' -Category ObjectNotFound
    return
  }
  $found
}

function Start-Sleep {
  [CmdletBinding()]
  param(
    [Parameter(Position = 0, ParameterSetName = 'Seconds')] [int] $Seconds,
    [Parameter(ParameterSetName = 'Milliseconds')] [int] $Milliseconds
  )
  [Played.Clock]::Sleep($Seconds * 1000 + $Milliseconds)
}

function Import-Module {
  [CmdletBinding()]
  param(
    [Parameter(Position = 0)] [string[]] $Name,
    [switch] $Force,
    [switch] $PassThru,
    [switch] $DisableNameChecking
  )
  foreach ($one in $Name) {
    if ([Played.Modules]::Has($one)) { continue }
    $why = "The specified module '" + $one + "' was not loaded because no valid module file was found in any module directory."
    Write-Error -Exception ([IO.FileNotFoundException] $why) -Category ObjectNotFound
  }
}

function Get-Module {
  [CmdletBinding()]
  param(
    [Parameter(Position = 0)] [string[]] $Name,
    [switch] $ListAvailable
  )
  foreach ($one in $Name) {
    if ([Played.Modules]::Has($one)) { [pscustomobject] @{ Name = $one; Version = [version] '1.0' } }
  }
}

# Programs of Windows that end at once.
function wevtutil.exe {
  $global:LASTEXITCODE = [Played.Programs]::ExportLog($args)
}

function netsh.exe {
  [Played.Programs]::Netsh($args)
  $global:LASTEXITCODE = 0
}

function net.exe {
  [Played.Programs]::Net($args)
  $global:LASTEXITCODE = 0
}
