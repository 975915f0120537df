#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# What we hand out, in the nearest real thing: scripts in a real PowerShell on pretended computers (tests/played), T-SQL
# through Microsoft's own parser. Needs the .NET SDK 10 and, once, the packages that tests/played/played.csproj names.
# SEEDS: how many random orders of the stories, 3 unless told, 10 in CI; the first is SEED.
set -u
[ -z "${QUICK_TESTS-}" ] || exit 77

: "${SCUPGRADE:?}" "${srcdir:?}" "${builddir:?}"

# skip REASON: a machine without the tool; where everything has to run it is a failure.
skip()
{
	echo "$1"
	[ "${CI-}" = true ] && exit 1
	exit 77
}

command -v dotnet >/dev/null 2>&1 || skip 'dotnet is not here'
scratch=$(mktemp -d) || exit 99
trap 'kill "${half-}" 2>/dev/null; rm -rf "$scratch"' 0

# Packages are shared by all builds of a user; the rest of what dotnet keeps goes away with the test's home.
if [ -z "${NUGET_PACKAGES-}" ]; then
	NUGET_PACKAGES=$(getent passwd "$(id -u)" | cut -d: -f6)/.nuget/packages
	mkdir -p "$NUGET_PACKAGES" 2>/dev/null || NUGET_PACKAGES=$builddir/tests/played-build/packages
fi
DOTNET_CLI_HOME=$HOME
DOTNET_NOLOGO=1
DOTNET_CLI_TELEMETRY_OPTOUT=1
DOTNET_GENERATE_ASPNET_CERTIFICATE=false
POWERSHELL_TELEMETRY_OPTOUT=1
TMPDIR=$scratch
export NUGET_PACKAGES DOTNET_CLI_HOME DOTNET_NOLOGO DOTNET_CLI_TELEMETRY_OPTOUT DOTNET_GENERATE_ASPNET_CERTIFICATE
export POWERSHELL_TELEMETRY_OPTOUT TMPDIR

made=$builddir/tests/played-build
if ! dotnet build "$srcdir/tests/played/played.csproj" -v q -p:BaseIntermediateOutputPath="$made/obj/" \
	-o "$made/bin" -nodeReuse:false -p:UseSharedCompilation=false >"$scratch/build.log" 2>&1; then
	if grep -q 'error NU' "$scratch/build.log"; then
		grep 'error NU' "$scratch/build.log" | head -n 3
		skip 'the packages cannot be fetched'
	fi
	sort -u "$scratch/build.log"
	exit 1
fi

passed=0 failed=0
# count FILE STATUS: adds what the program counted, and shows FILE when something failed.
count()
{
	counted=$(tail -n 1 "$1")
	case $counted in
	*' passed, '*' failed')
		passed=$((passed + ${counted%% passed*}))
		counted=${counted##*, }
		failed=$((failed + ${counted%% failed*}))
		;;
	*) failed=$((failed + 1)) ;;
	esac
	[ "$2" -eq 0 ] || head -n 100 "$1"
}

# played WORD...: runs the program and adds what it counted.
played()
{
	dotnet "$made/bin/played.dll" "$@" >"$scratch/output" 2>&1
	count "$scratch/output" "$?"
}

# holds WHAT COMMAND...
holds()
{
	what=$1
	shift
	if "$@" >"$scratch/output" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "$what"
		tail -n 20 "$scratch/output"
	fi
}

# Each plan that has no fault: its script, and the text of its steps.
rendered=$scratch/rendered
mkdir "$rendered" || exit 99
for plan in "$srcdir"/tests/plans/[!b]*.yaml "$srcdir"/tests/played/plans/*.yaml; do
	name=$(basename "$plan" .yaml)
	"$SCUPGRADE" render powershell "$plan" >"$rendered/$name.ps1" 2>/dev/null || rm "$rendered/$name.ps1"
	"$SCUPGRADE" steps --format json "$plan" >"$rendered/$name.json" 2>/dev/null || rm "$rendered/$name.json"
done
"$SCUPGRADE" facts-script >"$rendered/collect-facts.ps1"
# What the playbook runs on hosts is the same for every plan.
"$SCUPGRADE" render ansible -o "$scratch/playbook" "$srcdir/tests/plans/om.yaml" >/dev/null 2>&1
cp "$scratch/playbook/windows"/*.ps1 "$rendered"
holds 'scripts and steps are rendered' test -s "$rendered/om.ps1" -a -s "$rendered/sma.json"
played sql "$rendered"/*.json
played walk "$srcdir/tests/played/commands.tsv" "$rendered"/*.ps1 "$rendered"/*.json

# The tools do find faults.
printf 'SELECT TOP 1 FROM;\n' >"$scratch/bad.sql"
dotnet "$made/bin/played.dll" sql "$scratch/bad.sql" >"$scratch/found" 2>&1
holds 'a fault in T-SQL is found' grep -q '1:14: SQL Server 2012' "$scratch/found"
cat >"$scratch/bad.ps1" <<'END'
$x = $a ?? 1
Get-Foo
[IO.Path]::GetRelativePath('a', 'b')
Get-Date -AsUTC
$z.TryGetNonEnumeratedCount()
ForEach-Object -Parallel { 1 }
END
dotnet "$made/bin/played.dll" walk "$srcdir/tests/played/commands.tsv" "$scratch/bad.ps1" >"$scratch/found" 2>&1
for line in 1 2 3 4 5 6; do
	holds "what PowerShell 4.0 lacks in line $line is found" grep -q "bad.ps1:$line:" "$scratch/found"
done

# The collector on every computer of a pretended world; its files are facts.
for world in twelve automation; do
	played collect $world "$rendered/collect-facts.ps1" "$scratch/$world.facts"
done
# The samples of facts are what the collector wrote, whatever the language of Windows; only the time is another one.
same()
{
	for file in "$srcdir/tests/facts/$1"/*; do
		sed "s/^collected: .*/collected: '2026-11-21T12:00:00Z'/" "$scratch/$2.facts/$(basename "$file")" \
			>"$scratch/sample"
		cmp "$file" "$scratch/sample" || return 1
	done
	[ "$(ls "$srcdir/tests/facts/$1")" = "$(ls "$scratch/$2.facts")" ]
}
for sample in twelve:contoso twelve:contoso-german twelve:contoso-japanese sma:deployment sma:deployment-japanese \
	troubled:troubled; do
	world=${sample#*:}
	played collect "$world" "$rendered/collect-facts.ps1" "$scratch/$world.facts"
	holds "tests/facts/${sample%%:*} is what the collector writes in the world $world" same "${sample%%:*}" "$world"
done

# Each thing that it asks for fails in turn: it comes to its end, says what it lacks, and its file is read.
for failing in contoso:ms02 deployment:smaweb01; do
	world=${failing%%:*}
	played fail "$world" "$rendered/collect-facts.ps1" "${failing#*:}" "$scratch/$world.failed"
	for file in "$scratch/$world.failed"/*; do
		"$SCUPGRADE" check --facts "$file" "$srcdir/tests/plans/minimal.yaml" 2>&1
	done | grep "$scratch/$world.failed" | grep ': error:' >"$scratch/refused"
	holds "what the collector writes is read, whatever fails ($world)" test ! -s "$scratch/refused"
done
played odd contoso "$rendered/collect-facts.ps1" ms01

for world in twelve automation; do
	holds "facts of $world are read, and are healthy" \
		"$SCUPGRADE" check --facts "$scratch/$world.facts" "$srcdir/tests/played/plans/$world.yaml"
done

# The upgrades, played: the program renders the scripts of the plans beside the worlds. Two lanes beside each other: the
# environment of a pretended computer is that of its process. Few random orders in a process: one that plays many grows,
# and takes ever longer for each.
if [ "${CI-}" = true ]; then seeds=10; else seeds=3; fi
first=${SEED:-1} few=5
end=$((first + ${SEEDS:-$seeds}))

# tell N FIRST PART: stories in a process of their own, in lane $lane; what it says is counted in the end.
tell()
{
	told=$scratch/told.$lane.$1.$2
	dotnet "$made/bin/played.dll" stories "$srcdir/tests/played/plans" "$@" >"$told" 2>&1 &
	child=$!
	wait "$child"
	echo "$?" >"$told.status"
	[ "$1" -eq 0 ] || echo "random orders $2 to $(($2 + $1 - 1)): $(tail -n 1 "$told")"
}

# One half of the stories, and every other few of the random orders.
lane()
{
	lane=$1 at=$((first + ($1 - 1) * few))
	tell 0 0 "$1/2"
	while [ "$at" -lt "$end" ]; do
		tell $((end - at < few ? end - at : few)) "$at" seed
		at=$((at + 2 * few))
	done
}

(trap 'kill "$child"; exit 1' TERM; lane 2) &
half=$!
lane 1
[ -n "${SEEDS-}" ] || played without "$srcdir/tests/played/plans"
wait "$half"
half=
for file in "$scratch"/told.*.status; do
	count "${file%.status}" "$(cat "$file")"
done

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
