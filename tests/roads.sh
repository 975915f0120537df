#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Every upgrade that is planned, with a group of every role: its facts leave no error, its steps and every output are
# made, and every step can be recorded in order. Then what each flag of an upgrade inserts, once with and once without,
# and facts that fit one side of an upgrade alone. Prints every failure, then "N passed, N failed".
set -u

srcdir=${srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
builddir=${builddir:-$srcdir/build}
SCUPGRADE=${SCUPGRADE:-$builddir/scupgrade}
# shellcheck source=tests/harness.sh
. "$srcdir/tests/harness.sh"
LOGNAME='CONTOSO\anna'
SOURCE_DATE_EPOCH=1795269600
export LOGNAME SOURCE_DATE_EPOCH
collected=2026-11-21T12:00:00Z
cd "$scratch" || exit 99

# ---- releases as facts show them: build, Windows, SQL Server, .NET, PowerShell ----

release_facts()
{
	net=379893 powershell=5.1
	case $1 in
	2012-r2) build=7.1.10226.1387 windows=6.3.9600 sql=12.0.6433.1 ;;
	2016) build=7.2.12324.0 windows=10.0.14393 sql=13.0.6300.2 ;;
	1801) build=7.3.13142.0 windows=10.0.14393 sql=13.0.6300.2 ;;
	1807) build=7.3.13261.0 windows=10.0.14393 sql=13.0.6300.2 ;;
	2019) build=10.19.10649.0 windows=10.0.17763 sql=15.0.4415.2 net=461814 ;;
	2022) build=10.22.11642.0 windows=10.0.20348 sql=15.0.4415.2 net=528449 ;;
	esac
	# Before the step from 2019 to 2022 the framework has to be there.
	[ "$1" != 2019 ] || net=528049
}

# facts FOLDER SERVER ROLE...: a healthy server of the release above.
facts()
{
	file=$1/$2.facts.yaml
	cat >"$file" <<TEXT
scupgrade-facts: 1
server: '$2'
collected: '$collected'
domain: 'contoso.com'
account: { name: 'CONTOSO\\anna', local-administrator: true, elevated: true, operations-manager-administrator: true }
os: { kind: server, version: '$windows', core: false }
hardware: { cores: 8, memory-mb: 32768 }
system-drive: { name: 'C:', free-mb: 40960, file-system: NTFS }
dotnet: { release: $net, framework-3-5: true }
powershell: { version: '$powershell' }
winrm: { running: true, listeners: 1 }
reboot: { pending: false, reasons: [] }
tls: { client-1-0: default, server-1-0: default }
drivers: { oledb: [${oledb-18.7.4.0}], odbc: [17.10.6.1] }
console: { report-viewer-2015: true, sql-clr-types-2014: true }
iis:
  features: [NET-Framework-Core, Web-WebServer, Web-Static-Content, Web-Default-Doc, Web-Dir-Browsing,
    Web-Http-Errors, Web-Http-Logging, Web-Request-Monitor, Web-Filtering, Web-Stat-Compression, Web-Windows-Auth,
    Web-Basic-Auth, Web-Url-Auth, Web-Asp-Net, Web-Asp-Net45, NET-WCF-HTTP-Activation45, Web-Mgmt-Console,
    Web-Metabase]
services:
  - { name: RemoteRegistry, state: running, start: automatic }
  - { name: WinRM, state: running, start: automatic }
TEXT
	[ -z "$3" ] || printf 'builds: { server-version: %s, file-version: %s }\n' "'$build'" "'$build'" >>"$file"
	[ -z "$4" ] || database_facts "$4" >>"$file"
}

database_facts()
{
	printf 'databases:\n'
	for role in $1; do
		case $role in
		operational) name=OperationsManager ;;
		data-warehouse) name=OperationsManagerDW ;;
		acs) name=OperationsManagerAC ;;
		report-server) name=ReportServer ;;
		*) name=SMA ;;
		esac
		cat <<TEXT
  - { role: $role, server: SQL01, name: $name, version: '$sql', edition: 'Enterprise Edition', full-text: true,
      collation: SQL_Latin1_General_CP1_CI_AS, size-mb: 10000, free-mb: 6000, log-mb: 5000, allow-updates: false,
      rows-to-groom: 10, service-broker: true, sysadmin: true }
TEXT
	done
}

om_facts()
{
	rm -rf facts
	mkdir facts
	release_facts "$1"
	facts facts MS01 yes 'operational data-warehouse'
	facts facts MS02 yes 'operational data-warehouse acs'
	facts facts REP01 '' 'report-server'
	for server in GW01 CON01 WEB01; do
		facts facts $server '' ''
	done
	cat >>facts/MS01.facts.yaml <<TEXT
group: { name: CONTOSO, agents-ad-managed: ${managed:-0}, packs-duplicate-alias: [${aliases-}],
  agent-systems: [{ os-version: '${oldest:-10.0.17763}' }] }
TEXT
}

# om_plan FROM TO LINES...: the lines are added to the plan.
om_plan()
{
	rm -f plan.yaml.journal
	cat >plan.yaml <<TEXT
scupgrade: 1
product: operations-manager
source: '$1'
target: '$2'
management-group: CONTOSO
license-accepted: true
setup-folder: 'D:\\'
accounts:
  data-access: { kind: domain, user: 'CONTOSO\\svc-das' }
  data-reader: { user: 'CONTOSO\\svc-reader' }
servers:
  - { name: MS01, roles: [management-server, operations-console] }
  - { name: MS02, roles: [management-server, acs-collector] }
  - { name: GW01, roles: [gateway] }
  - { name: CON01, roles: [operations-console] }
  - { name: WEB01, roles: [web-console]${web-} }
  - { name: REP01, roles: [reporting-server] }
  - { name: AG01, roles: [agent] }
databases:
  operational: { server: SQL01, name: OperationsManager }
  data-warehouse: { server: SQL01, name: OperationsManagerDW }
  reporting: { server: SQL01, name: ReportServer, temporary: ReportServerTempDB }
  acs: [{ collector: MS02, server: SQL01, name: OperationsManagerAC }]
agents: { push-installed: 1200, unix-linux: ${unix:-40} }
TEXT
	shift 2
	[ $# -eq 0 ] || printf '%s\n' "$@" >>plan.yaml
}

sma_facts()
{
	rm -rf facts
	mkdir facts
	release_facts "$1"
	case $1 in
	2019) sql=14.0.3465.1 ;;
	2012-r2) windows=10.0.14393 ;;
	esac
	for server in WRK01 WRK02; do
		facts facts $server '' sma
	done
	facts facts WEB01 '' sma
}

sma_plan()
{
	rm -f plan.yaml.journal
	cat >plan.yaml <<TEXT
scupgrade: 1
product: service-management-automation
source: '$1'
target: '$2'
media-folder: 'D:\\SMA'
database: { server: SQL01, name: SMA, backup-file: 'E:\\Backup\\SMA.bak' }
accounts:
  worker-service: { user: 'CONTOSO\\svc-sma' }
  application-pool: { user: 'CONTOSO\\svc-smaweb' }
web-service: { admin-group-members: ['CONTOSO\\SMA Admins'] }
servers:
  - { name: WRK01, roles: [runbook-worker] }
  - { name: WRK02, roles: [runbook-worker] }
  - { name: WEB01, roles: [web-service] }
${servers-}
TEXT
	shift 2
	[ $# -eq 0 ] || printf '%s\n' "$@" >>plan.yaml
}

# ---- every edge ----

# All steps are recorded in their order; one that may not start yet would be refused.
record_all()
{
	rm -f plan.yaml.journal
	run steps --format json plan.yaml
	sed -n 's/^{"id": "\([^"]*\)".*/\1/p' "$out" >ids
	refused=
	while read -r id; do
		run mark plan.yaml "$id" started
		[ "$status" -eq 0 ] || refused="$refused $id:$(head -n 1 "$err")"
		run mark plan.yaml "$id" 'done'
		[ "$status" -eq 0 ] || refused="$refused $id"
	done <ids
	if [ -s ids ] && [ -z "$refused" ]; then pass; else fail "$1: not recorded:$refused"; fi
	run status plan.yaml
	expect 0 "$1: status"
	if grep -qE ': *0 of|waits' "$out"; then fail "$1: status is not done: $(head -n 3 "$out")"; else pass; fi
}

# road WHAT: of plan.yaml with facts.
road()
{
	run check plan.yaml --facts facts
	expect 0 "$1: check with healthy facts"
	if grep -qE 'error:|\{[a-z-]+\}' "$out"; then
		fail "$1: $(grep -E 'error:|\{[a-z-]+\}' "$out" | head -n 2)"
	else
		pass
	fi
	run steps plan.yaml
	expect 0 "$1: steps"
	if grep -qE '\{(source|target|server|windows|sql|folder|best|wanted|agent)[a-z-]*\}' "$out"; then
		fail "$1: a slot is not filled: $(grep -E '\{[a-z-]+\}' "$out" | head -n 1)"
	else
		pass
	fi
	run command plan.yaml
	expect 0 "$1: command"
	for format in text markdown html json dot powershell csv; do
		run render $format plan.yaml
		[ "$format" != csv ] || [ "$status" -ne 2 ] || continue
		expect 0 "$1: render $format"
		if [ -s "$out" ]; then pass; else fail "$1: render $format is empty"; fi
	done
	rm -rf playbook
	run render ansible -o playbook plan.yaml
	expect 0 "$1: render ansible"
	record_all "$1"
}

for edge in 2012-r2:2016 2016:2019 1801:2019 1807:2019 2019:2022 2022:2025; do
	om_facts "${edge%:*}"
	om_plan "${edge%:*}" "${edge#*:}"
	road "operations-manager $edge"
	case $edge in
	*:2016) level=UR10 ;;
	*:2019) level=UR6 ;;
	*:2022) level=UR3 ;;
	*) level=UR1 ;;
	esac
	om_plan "${edge%:*}" "${edge#*:}" "update-rollup: $level"
	record_all "operations-manager $edge with $level"
done

for edge in 2012-r2:2016 2016:2019 1801:2019 1807:2019 2019:2022 2022:2025; do
	sma_facts "${edge%:*}"
	case $edge in
	2012-r2:* | 2016:*) sma_plan "${edge%:*}" "${edge#*:}" 'source-level: UR14' ;;
	*) sma_plan "${edge%:*}" "${edge#*:}" ;;
	esac
	road "service-management-automation $edge"
done

# ---- four hops with one plan ----

# answer KEY VALUE: what has to be decided anew for a hop.
answer()
{
	grep -v "^$1:" plan.yaml >answered.yaml
	printf '%s: %s\n' "$1" "$2" >>answered.yaml
	mv answered.yaml plan.yaml
}

# hops PRODUCT-FUNCTION FIRST ANSWER...: the plan of the next hop is made from the one that is done, up to 2025. Nothing
# is edited but the answers, which belong to one hop alone.
hops()
{
	make=$1 product=$2
	shift 2
	"${make}_plan" 2012-r2 2016 "goal: '2025'" "$@"
	for edge in 2012-r2:2016 2016:2019 2019:2022 2022:2025; do
		"${make}_facts" "${edge%:*}"
		if grep -q "^source: '${edge%:*}'" plan.yaml && grep -q "^target: '${edge#*:}'" plan.yaml; then
			pass
		else
			fail "$product: the plan is not about $edge: $(grep -E '^(source|target)' plan.yaml)"
		fi
		case $make:$edge in
		om:*) answer license-accepted true && answer setup-folder "'D:\'" ;;
		sma:2012-r2:*) answer source-level UR7 ;;
		sma:2016:*) answer source-level UR5 && answer media-folder "'D:\SMA${edge#*:}'" ;;
		sma:*) answer media-folder "'D:\SMA${edge#*:}'" ;;
		esac
		run check plan.yaml --facts facts
		expect 0 "$product $edge: check in the chain"
		record_all "$product $edge in the chain"
		[ "$edge" != 2022:2025 ] || break
		run next plan.yaml -o next.yaml
		expect 0 "$product $edge: next"
		rm -f plan.yaml plan.yaml.journal .plan.yaml*
		mv next.yaml plan.yaml
	done
	run next plan.yaml
	expect 1 "$product: nothing follows 2025"
	rm -f plan.yaml.journal
}

hops om operations-manager
hops sma service-management-automation

# ---- flags ----

has_step()
{
	run steps --format json plan.yaml ${folder:+--facts "$folder"}
	[ "$status" -eq 0 ] || fail "$2: steps: $(head -n 2 "$err")"
	if grep -q "^{\"id\": \"$1[\"@]" "$out"; then pass; else fail "$2: no step $1"; fi
}

has_no_step()
{
	run steps --format json plan.yaml ${folder:+--facts "$folder"}
	[ "$status" -eq 0 ] || fail "$2: steps: $(head -n 2 "$err")"
	if grep -q "^{\"id\": \"$1[\"@]" "$out"; then fail "$2: has the step $1"; else pass; fi
}

# flag STEP FROM TO FROM TO: the first edge has the step, the second one not.
flag()
{
	om_plan "$2" "$3"
	has_step "$1" "$2 to $3"
	om_plan "$4" "$5"
	has_no_step "$1" "$4 to $5"
}

folder=
flag adapt-folders 2016 2019 1801 2019
flag record-registry-values 2016 2019 2019 2022
flag restore-registry-values 2012-r2 2016 2022 2025
flag enable-tls-1-0 2012-r2 2016 2016 2019
flag install-helper-console 2022 2025 2012-r2 2016
flag remove-helper-console 2019 2022 2012-r2 2016
flag grant-logon-right 2016 2019 2019 2022
flag watch-logon-events 1807 2019 2022 2025
flag retire-32-bit 2016 2019 2019 2022
flag retire-unix-platforms 2019 2022 2022 2025
flag retire-old-windows 2016 2019 2019 2022
flag rename-ad-rules 2022 2025 2019 2022
flag upgrade-linux-library 2016 2019 1801 2019
flag find-duplicate-aliases 2019 2022 2022 2025
flag install-sql-drivers 2019 2022 2016 2019
flag install-dotnet 2022 2025 2016 2019
flag allow-aspnet 2019 2022 2022 2025
flag move-windows 2016 2019 2022 2025
flag move-sql-server 2019 2022 1801 2019
flag verify-media 2019 2022 2012-r2 2016
flag review-local-system 2019 2022 2022 2025
flag allow-report-files 2016 2019 2012-r2 2016
flag check-agent-crashes 1807 2019 2022 2025

# Conditions on levels.
om_plan 2022 2025 'update-rollup: UR1'
for step in retire-unix-platforms check-tls-1-3 install-update-hotfix copy-agent-patch update-gateway; do
	has_step $step 'with UR1'
done
om_plan 2022 2025 'update-rollup: UR1-hotfix'
has_no_step install-update-hotfix 'with the hotfix itself'
has_step check-tls-1-3 'with the hotfix itself'
om_plan 2022 2025
for step in check-tls-1-3 install-update-hotfix copy-agent-patch update-gateway run-update-script; do
	has_no_step $step 'without a rollup'
done
om_plan 2019 2022 'update-rollup: UR1'
has_step check-agent-crashes 'with a rollup below the cure'
om_plan 2019 2022 'update-rollup: UR2'
has_no_step check-agent-crashes 'with the rollup that cures it'
om_plan 2016 2019 'source-level: UR7'
has_no_step rename-ad-rules 'from UR7'
om_plan 2016 2019 'source-level: UR6'
has_step rename-ad-rules 'from UR6'
om_plan 2019 2022 'source-level: UR4'
has_no_step find-duplicate-aliases 'from UR4'
unix=0
om_plan 2019 2022
has_no_step retire-unix-platforms 'without UNIX'
has_no_step upgrade-unix-agents 'without UNIX'
unix=40
web=', web-upgrade: reinstall'
om_plan 2019 2022
has_step reinstall-web-console 'web-upgrade: reinstall'
has_no_step upgrade-web-console 'web-upgrade: reinstall'
web=
om_plan 2019 2022
has_no_step reinstall-web-console 'in place'
has_step upgrade-web-console 'in place'

om_plan 2019 2022 'update-rollup: UR3'
sed -i "s/name: REP01, roles: \[/&operations-console, web-console, /" plan.yaml
run steps --format json plan.yaml
if [ "$(grep -c '^{"id": "update-[a-z-]*@REP01"' "$out")" -eq 1 ]; then
	pass
else
	fail 'a machine with three roles is updated more than once'
fi

# The agents come once, behind the management packs of the rollup.
om_plan 2019 2022 'update-rollup: UR3'
run steps --format json plan.yaml
if sed -n 's/^{"id": "\([^"]*\)".*/\1/p' "$out" | grep -A 2 '^import-update-packs' | grep -q '^approve-agents'; then
	pass
else
	fail 'agents do not follow the rollup'
fi

# Conditions that facts refute or confirm.
facts_decide()
{
	folder=facts
	om_facts 2016
	om_plan 2016 2019
	for step in move-windows move-sql-server retire-old-windows rename-ad-rules; do
		has_no_step $step 'healthy facts'
	done
	managed=3 oldest=6.1.7601
	om_facts 2016
	build=7.2.12066.0
	facts facts MS02 yes ''
	has_step rename-ad-rules 'agents of Active Directory, UR6'
	has_step retire-old-windows 'agents on 2008 R2'
	managed=0 oldest=
	om_facts 2012-r2
	om_plan 2016 2019
	has_step move-windows 'Windows Server 2012 R2'
	has_step move-sql-server 'SQL Server 2014'
	om_facts 2012-r2
	om_plan 2012-r2 2016
	has_no_step enable-tls-1-0 'TLS 1.0 is on'
	om_facts 2019
	om_plan 2019 2022 'source-level: UR3'
	has_no_step find-duplicate-aliases 'the collector found none'
	has_no_step install-dotnet '4.8 is there'
	has_no_step install-sql-drivers 'the drivers are there'
	aliases=Contoso.Pack
	om_facts 2019
	has_step find-duplicate-aliases 'the collector found one'
	aliases=
}

if "$SCUPGRADE" help steps 2>/dev/null | grep -q -e --facts; then
	facts_decide
fi

# SMA: new servers, new databases.
folder=
sma_plan 2022 2025
has_step move-windows 'kept servers'
has_step move-database 'kept database'
has_step register-runbook-workers 'kept names'
has_no_step register-new-workers 'kept names'
servers="  - { name: WRK11, roles: [runbook-worker], replaces: WRK01 }
  - { name: WRK12, roles: [runbook-worker], replaces: WRK02 }
  - { name: WEB11, roles: [web-service], replaces: WEB01 }"
sma_plan 2022 2025 'source-database: { server: SQL00 }'
has_no_step move-windows 'new servers'
has_step register-new-workers 'new workers'
has_step move-database 'a new database server'
run check plan.yaml
expect 0 'new servers'
run steps --format json plan.yaml
for id in uninstall-runbook-worker@WRK01 install-runbook-worker@WRK11 install-web-service@WEB11; do
	if grep -q "\"id\": \"$id\"" "$out"; then pass; else fail "no $id"; fi
done
if grep -qE '"id": "(un)?install-runbook-worker@(WRK01", "phase": "Install|WRK11", "phase": "Uninstall)' "$out"; then
	fail 'a new worker is uninstalled or an old one installed'
else
	pass
fi
record_all 'new servers'
servers=
sma_plan 2012-r2 2016
has_no_step move-database '2012 R2 to 2016'

# ---- what fits one side alone ----

# one_side FROM TO WINDOWS SQL TEXT: such facts are an error whose text has TEXT.
one_side()
{
	om_facts "$1"
	[ -z "$3" ] || windows=$3
	[ -z "$4" ] || sql=$4
	facts facts MS01 yes 'operational data-warehouse'
	om_plan "$1" "$2"
	run check plan.yaml --facts facts
	expect 1 "$1 to $2, Windows $3 SQL Server $4"
	if cat "$out" "$err" | tr '\n' ' ' | tr -s ' ' | grep -qF "$5"; then
		pass
	else
		fail "$1 to $2: not said: $5: $(grep error: "$out" | head -n 3)"
	fi
}

one_side 2016 2019 6.3.9600 '' 'which fits 2016, not 2019: move to Windows Server 2016 while on 2016'
one_side 2016 2019 10.0.17763 '' 'which fits 2019, not 2016: move there only after the upgrade'
one_side 2016 2019 '' 12.0.6433.1 'which fits 2016, not 2019: move to SQL Server 2016 while on 2016'
one_side 2016 2019 '' 14.0.3465.1 'which fits 2019, not 2016: move there only after the upgrade'
one_side 1807 2019 6.3.9600 '' 'which fits 1807, not 2019: move to Windows Server 2016 while on 1807'
one_side 2019 2022 10.0.14393 '' 'which fits 2019, not 2022: move to Windows Server 2019 while on 2019'
one_side 2019 2022 '' 13.0.6300.2 'which fits 2019, not 2022: move to SQL Server 2017 or 2019 while on 2019'
one_side 2019 2022 '' 15.0.4000.1 'which fits neither 2019 nor 2022'
one_side 2022 2025 10.0.26100 '' 'which fits 2025, not 2022: move there only after the upgrade'
oledb=
om_facts 2019
unset oledb
om_plan 2019 2022
run check --all plan.yaml --facts facts
if grep -qF 'there is no OLE DB driver' "$out"; then pass; else fail 'a missing driver is not told'; fi
one_side 2022 2025 '' 17.0.1000.7 'which setup refuses until UR1 of 2025 is installed'

# Where one list is not known the check says so.
om_plan 2012-r2 2016
run check --all plan.yaml
[ "$status" -ne 2 ] || run check plan.yaml
if cat "$out" "$err" | tr '\n' ' ' | tr -s ' ' |
	grep -qF 'For 2012 R2 no list was read: only 2016 is checked.'; then
	pass
else
	fail 'that only the target is judged is not said'
fi

# ---- answers that cannot be ----

for line in 'update-rollup: UR77' 'source-level: UR77'; do
	om_plan 2016 2019 "$line"
	run check plan.yaml
	expect 1 "$line"
done
om_plan 2016 2019
sed -i 's/kind: domain/kind: group-managed/' plan.yaml
run check plan.yaml
expect 1 'a group managed account before setup takes it'
om_plan 2019 2022
sed -i 's/kind: domain/kind: group-managed/' plan.yaml
run check plan.yaml
expect 0 'a group managed account'
run command plan.yaml MS01
if grep -q 'DASAccountUser' "$out" && ! grep -q 'DASAccountPassword' "$out"; then
	pass
else
	fail "a group managed account has a password: $(cat "$out")"
fi

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
