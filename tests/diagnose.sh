#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# "diagnose" from outside: files, folders and standard input, exit status, the step of a plan, JSON against its schema,
# and that the README shows what it prints.
set -u

: "${SCUPGRADE:?}" "${srcdir:?}"
scratch=$(mktemp -d "${TMPDIR:-/tmp}/scupgrade-diagnose.XXXXXX") || exit 99
trap 'rm -rf "$scratch"' 0
passed=0 failed=0

holds()
{
	what=$1
	shift
	if "$@" >/dev/null 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'failed: %s\n' "$what"
		head -n 20 "$scratch/out" "$scratch/err"
	fi
}

# run STATUS ARGUMENT...
run()
{
	wanted=$1
	shift
	"$SCUPGRADE" diagnose "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
	status=$?
	holds "diagnose $*: status $status, not $wanted" test "$status" = "$wanted"
}

says() { holds "it says $1" grep -qF -- "$1" "$scratch/out"; }
lacks() { ! grep -qF -- "$1" "$scratch/out"; }
silent() { holds "it does not say $1" lacks "$1"; }

cp "$srcdir/tests/plans/om.yaml" "$scratch/plan.yaml" || exit 99
cd "$scratch" || exit 99
mkdir logs empty
cp "$srcdir/tests/logs/full-text.txt" logs/OpsMgrSetupWizard.log || exit 99
log=logs/OpsMgrSetupWizard.log
printf 'MSI (s) (A0:14) [20:00:00:000]: MainEngineThread is returning 0\n' >good.log
printf '[20:00:01]:\tError:\t:Something new.\n' >unknown.log
printf '[20:00:01]:\tInfo:\t:Info:The feature OMServer is installed.\n' >cut.log

# ---- files, folders, standard input ----

(cd logs && "$SCUPGRADE" diagnose OpsMgrSetupWizard.log) >out
cp out readme
holds 'a cause' grep -q '\[sql-full-text-missing\]' out
run 1 "$log"
run 1 logs
says '[sql-full-text-missing]'
run 1 logs/
"$SCUPGRADE" diagnose - <"$log" >out 2>err
holds 'standard input' test $? = 1
says '[sql-full-text-missing]'
run 0 good.log
says 'No failure was found'
says 'nothing has to be repeated'
# Nothing bad, and no word about the end: a setup that was killed or still runs leaves this too.
run 0 cut.log
says 'No failure was found'
says 'Nothing here says that it ended well'
silent 'nothing has to be repeated'
run 1 unknown.log
says 'Something new.'
says 'these logs have no sign that this program knows'
run 2 no-such.log
says 'Next: No log could be read, so nothing is known here.'
silent 'Nothing here says that it ended well'
run 2 empty
silent 'nothing has to be repeated'
run 2 good.log no-such.log
silent 'nothing has to be repeated'
run 2
run 2 --setup-code x
run 2 --step upgrade-gateway@GW01 "$log"
run 2 --force -o "$log" "$log"
holds 'the log is as it was' cmp "$log" "$srcdir/tests/logs/full-text.txt"
run 1 -o written "$log"
holds 'written to a file' grep -q 'sql-full-text-missing' written
iconv -f UTF-8 -t UTF-16 "$log" >wide.log 2>/dev/null && {
	run 1 wide.log
	says '[sql-full-text-missing]'
}

# ---- exit codes ----

run 1 --setup-code -17
says 'InvalidToInstallOnThisMachine'
run 1 --setup-code 4294967279
says 'InvalidToInstallOnThisMachine'
run 1 --setup-code=0x80070652
says 'Another installation is running.'
run 0 --setup-code 3010
says 'a restart is needed'
run 1 --setup-code 1603 good.log
says 'it is the log of another run'

# ---- the step of a plan ----

run 1 --plan plan.yaml "$log"
says '--step says which'
run 1 --plan plan.yaml --step upgrade-management-server@MS01 "$log"
says '[upgrade-management-server@MS01]'
says 'This step is never repeated automatically'
run 2 --plan plan.yaml --step upgrade-management-server@MS09 "$log"
run 2 --plan no-such.yaml "$log"
printf 'Error 1921. Service could not be stopped.\nAction ended 20:00:00: X. Return value 3.\n' >MOMGateway.log
run 1 --plan plan.yaml MOMGateway.log
says '[upgrade-gateway@GW01]. The only step with'
says 'This step is never repeated automatically'

# A cause that is known from other releases says so, and is one all the same.
printf '[20:00:01]:\tError:\t:Ad hoc update to system catalogs is not supported.\n' >OpsMgrSetupWizard.log
{ cat plan.yaml; printf "source: '2019'\ntarget: '2022'\n"; } >later.yaml
run 1 --plan plan.yaml OpsMgrSetupWizard.log
says '[sql-allow-updates]'
silent 'releases other than those of the plan'
run 1 --plan later.yaml OpsMgrSetupWizard.log
says '[sql-allow-updates]'
says 'This is known from releases other than those of the plan.'

# Of several steps with such a log the one that runs, or failed, by the record.
mark() { "$SCUPGRADE" mark plan.yaml "$1" "$2" --quiet >out 2>err || holds "$1 is marked $2" false; }
"$SCUPGRADE" steps plan.yaml --format json | sed -n 's/^{"id": "\([^"]*\)".*/\1/p' >ids
while read -r id && [ "$id" != upgrade-management-server@MS01 ]; do
	mark "$id" "done"
done <ids
mark upgrade-management-server@MS01 started
run 1 --plan plan.yaml "$log"
says '[upgrade-management-server@MS01].'
says 'has it as running.'
mark upgrade-management-server@MS01 failed
run 1 --plan plan.yaml "$log"
says 'has it as failed.'

# ---- secrets and terminals ----

printf '[20:00:01]:\tError:\t:Login failed for user. \033]0;x\007 password=hunter2\n' >secret.log
run 1 secret.log
silent hunter2
silent "$(printf '\033')"
run 1 --format json secret.log
silent hunter2

# ---- JSON ----

if /usr/bin/python3 -c 'import jsonschema; jsonschema.Draft202012Validator' 2>/dev/null; then
	for arguments in "$log" good.log unknown.log 'logs good.log' '--setup-code -17' "--setup-code 77 $log" \
		"--plan plan.yaml --step upgrade-gateway@GW01 $log" no-such.log; do
		# shellcheck disable=SC2086 # words
		"$SCUPGRADE" diagnose --format json $arguments >out 2>err
		/usr/bin/python3 "$srcdir/tests/schema.py" "$srcdir/schema/diagnose.schema.json" out >verdict 2>err
		holds "$arguments fits the schema" grep -q ' valid' verdict
	done
fi

# ---- the README ----

sed -n '/\$ scupgrade diagnose OpsMgrSetupWizard.log/,/^    Log:/p' "$srcdir/README" | sed '1d; $d; s/^    //' >shown
sed '/^Log:/,$d' readme >printed
holds 'the README shows what is printed' cmp shown printed

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
