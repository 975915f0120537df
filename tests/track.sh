#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Tracking from outside: what mark refuses, what stands in the record, what status and the plain checklist print
# (against the files in tests/expected/), and two who record at the same time. UPDATE_GOLDEN=1 rewrites the files.
# Prints every failure, then "N passed, N failed".
set -u

srcdir=${srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
builddir=${builddir:-$srcdir/build}
SCUPGRADE=${SCUPGRADE:-$builddir/scupgrade}
# shellcheck source=tests/harness.sh
. "$srcdir/tests/harness.sh"
LOGNAME='CONTOSO\anna'
SOURCE_DATE_EPOCH=1795250100
export LOGNAME SOURCE_DATE_EPOCH
mkdir "$scratch/work"
cd "$scratch/work" || exit 99
cp "$srcdir/tests/plans/om.yaml" plan.yaml

# Without the first line, which says what the journal is about.
lines() { [ "$(wc -l <plan.yaml.journal)" -eq $(($1 + 1)) ]; }

# ---- a step by the name of its server ----

run mark plan.yaml review-event-logs@ms02.contoso.com started
expect 0 'a step of a server, by its whole name'
run mark plan.yaml review-event-logs@MS02 'done'
expect 0 'and by the name in the plan'
run mark plan.yaml review-event-logs@MS99.contoso.com started
expect 2 'a step of no server'
rm plan.yaml.journal

# ---- the second management server ----

run mark plan.yaml upgrade-management-server@MS02 started
expect 1 'the second management server'
holds 'it names what is missing' grep -q 'it waits for back-up-database, upgrade-management-server@MS01$' "$err"
holds 'it has its code' grep -q '\[step-waits\]$' "$err"
holds 'nothing is recorded, and no journal begun' test ! -e plan.yaml.journal
run mark plan.yaml upgrade-management-server@MS02 'done'
expect 1 'the second management server done'
run mark plan.yaml back-up-database 'done' --note verified
expect 0 'the backup'
run mark plan.yaml upgrade-management-server@MS01 started
expect 1 'the first management server before what the plan prepares'
holds 'it names what is missing' grep -q 'it waits for review-event-logs@MS01, .*, \.\.\.$' "$err"
run mark plan.yaml back-up-acs-database@MS02 skipped --note 'no ACS database here'
expect 1 'a backup is not skipped'
holds 'it has its code' grep -q '\[skip-backup\]$' "$err"
run mark --anyway plan.yaml back-up-acs-database@MS02 skipped --note 'no ACS database here'
expect 1 'with force neither'
run mark plan.yaml clean-up-entity-log skipped
expect 1 'skip without a note'
holds 'the option is named' grep -q -e '--note' "$err"
run mark plan.yaml clean-up-entity-log skipped --note '12 rows only'
expect 0 'skip with a note'
prepared=2
for step in $("$SCUPGRADE" steps --format json plan.yaml | sed -n '/"id": "upgrade-management-server@MS01"/{
	s/.*"requires": \[//
	s/\].*//
	s/[",]//g
	p
}'); do
	case $step in back-up-database | clean-up-entity-log) continue ;; esac
	run mark plan.yaml "$step" 'done'
	expect 0 "$step"
	prepared=$((prepared + 1))
done
holds 'there is something to prepare' test "$prepared" -ge 10
run mark plan.yaml upgrade-management-server@MS01 started
expect 0 'the first management server'
run mark plan.yaml upgrade-management-server@MS02 started
expect 1 'the second one while the first runs'
run mark --anyway plan.yaml upgrade-management-server@MS02 started
expect 1 'anyway does not start it either'
run mark plan.yaml upgrade-web-console@WEB01 started
expect 1 'the web console'
holds 'each is named' grep -q \
	'it waits for save-web-config@WEB01, upgrade-management-server@MS01, upgrade-management-server@MS02' "$err"
holds 'so many lines are recorded' lines $((prepared + 1))
run mark plan.yaml upgrade-management-server@MS01 failed --note 0x80131904
expect 0 'failed'
holds 'where to look is told' grep -q 'Where to look: ' "$err"
run mark plan.yaml upgrade-management-server@MS02 started
expect 1 'the second one after the first has failed'
run mark plan.yaml upgrade-management-server@MS01 'done'
expect 0 'done after a failure'
run mark plan.yaml upgrade-management-server@MS02 started
expect 0 'the second one now'

# ---- skip, note, force ----

run mark plan.yaml upgrade-management-server@MS02 noted --note 'setup shows 40 %'
expect 0 'a note alone'
run mark plan.yaml upgrade-management-server@MS02 noted
expect 1 'a note that is missing'
run mark plan.yaml upgrade-management-server@MS01 reset
expect 1 'reset under what was started'
holds 'anyway is named' grep -q -e '--anyway' "$err"
run mark --anyway plan.yaml upgrade-management-server@MS01 reset
expect 0 'reset with anyway'
holds 'anyway is recorded' sh -c "tail -n 1 plan.yaml.journal | grep -q 'forced: true'"
run mark --anyway plan.yaml upgrade-management-server@MS01 'done'
expect 0 'anyway where none is needed'
holds 'and is not recorded then' sh -c "! tail -n 1 plan.yaml.journal | grep -q forced"
run mark plan.yaml no-such-step 'done'
expect 2 'a step that is not there'
run mark plan.yaml back-up-database finished
expect 2 'a state that is none'
run mark plan.yaml raise-agent-queue 'done' --note "$(printf 'two\nlines')"
expect 1 'a note of two lines'
holds 'no line is missing' lines $((prepared + 7))
holds 'the first line says what it is about' sh -c "head -n 1 plan.yaml.journal | grep -qxFe \
	\"- { journal: 1, product: 'operations-manager', name: 'CONTOSO', source: '2012-r2', target: '2016' }\""
run mark plan.yaml back-up-database 'done'
expect 0 'done a second time'
holds 'it is told' grep -q '^note: back-up-database: It is done already, by .*\[step-already\]$' "$err"
mkdir else
cp plan.yaml else
sed "s/\(step: 'back-up-database', state: done, .*content: '\)[0-9a-f]*'/\10123456789abcdef'/" plan.yaml.journal \
	>else/plan.yaml.journal
run mark else/plan.yaml back-up-database 'done'
expect 0 'done a second time, after what it runs was changed'
holds 'that is told' grep -q 'done already, by .*; but what it runs was changed since\. .*\[step-already\]$' "$err"
LOGNAME=' ' "$SCUPGRADE" mark else/plan.yaml back-up-database noted --note x 2>"$err"
holds 'a blank is nobody' sh -c "! tail -n 1 else/plan.yaml.journal | grep -q \"by: ' '\""
rm -r else
run mark plan.yaml back-up-database failed
expect 1 'failed after done'
holds 'the way is named' grep -q 'reset' "$err"
holds 'no line was added' lines $((prepared + 7))

# ---- status ----

run status plan.yaml
expect 0 status
same "$out" status.out
run status --format json plan.yaml
expect 0 'status --format json'
line='"since": "2026-11-21T08:35:00Z", "by": "CONTOSO\\anna", "note": "verified", "may-start": false, "changed": false'
line="$line, \"forced\": false, \"record\": null"
holds 'status --format json: what is done' \
	grep -Fxq "    {\"id\": \"back-up-database\", \"state\": \"done\", $line}," "$out"
holds 'status --format json: every step' test \
	"$(grep -c '"state": "' "$out")" -eq "$(grep -c '^  ' "$expected/status.out")"
if command -v python3 >/dev/null 2>&1; then
	holds 'status --format json is JSON' python3 -m json.tool "$out"
fi

cp plan.yaml broken.yaml
run mark broken.yaml review-event-logs@MS01 failed
run mark broken.yaml REVIEW-EVENT-LOGS@ms02 'done'
expect 0 'ids in any case'
holds 'and recorded as they are' grep -q "'review-event-logs@MS02', state: done" broken.yaml.journal
run status broken.yaml
expect 0 'a failed step is no failure of status'
run status --exit-code broken.yaml
expect 1 'but with --exit-code'
run status --exit-code plan.yaml
expect 0 'which needs a failed one'

# ---- the checklist, line by line ----

# number ID: of the step, as the checklist counts. The answers go by what is asked: see dialogue.h.
number() { "$SCUPGRADE" steps --format json plan.yaml | grep '"id": "' | grep -n "\"id\": \"$1\"" | sed 's/:.*//'; }
what='What was done'
backup=$(number back-up-database)
cat >"$scratch/answers" <<END
$what	show $(number upgrade-management-server@MS02)
$what	start $(number upgrade-acs-collector@MS02)
$what	done $(number upgrade-management-server@MS02)
$what	reset $backup
Set it back anyway?	yes
$what	skip $backup snapshot of the storage
$what	done $backup snapshot of the storage
$what	skip $(number upgrade-management-server@MS02) it is gone
$what	reset $(number upgrade-management-server@MS02)
$what	skip $(number upgrade-management-server@MS02) it is gone
Skip it anyway?	yes
$what	quit
END
"$builddir/tests/interview" "$scratch/answers" "$SCUPGRADE" track --plain plan.yaml >"$out" 2>"$err"
status=$?
expect 0 'track --plain'
holds 'standard output stays free' test ! -s "$out"
holds 'a step that waits is refused' grep -q '^Error: It may not start before' "$err"
holds 'a step is recorded' grep -q '^Recorded: [0-9]*, Upgrade management server MS02, done.$' "$err"
holds 'and so is one by force' sh -c "tail -n 1 plan.yaml.journal | grep -q 'server@MS02.*skipped.*forced: true'"
printf 'start %s\n' "$(number save-web-config@WEB01)" | "$SCUPGRADE" track -p plan.yaml >"$out" 2>"$err"
status=$?
expect 0 'track at end of input'
holds 'it says that nothing is lost' grep -q 'What was recorded stays' "$err"
tail -n 1 plan.yaml.journal >"$scratch/last"
holds 'the last word was obeyed' grep -q "'save-web-config@WEB01', state: started" "$scratch/last"
holds 'no draft is left' sh -c "! find \"\${XDG_STATE_HOME:-.}\" -name 'draft*.yaml' | grep -q ."

# ---- why a step failed ----

printf 'log 1 %s\nlog 1\nlog 1 no-such.log\nquit\n' "$srcdir/tests/logs/full-text.txt" |
	"$SCUPGRADE" track --plain plan.yaml >"$out" 2>"$err"
status=$?
expect 0 'track reads a log'
holds 'the cause is told' grep -q '\[sql-full-text-missing\]' "$err"
holds 'a path is asked for' grep -q '^Error: Say which log' "$err"
holds 'what cannot be read is told' grep -q '^Error: no-such.log cannot be read' "$err"

# ---- what track cannot do ----

run track no-such-plan.yaml
expect 2 'track of a plan that is not there'
run track --plain "$srcdir/tests/plans/bad-missing.yaml"
expect 1 'track of a plan with errors'
run track -
expect 2 'track of standard input'
run track --plain --facts - plan.yaml
expect 2 'track with facts from standard input'
holds 'track with facts from standard input: why' grep -q 'read more than once here' "$err"
run track --no-input plan.yaml
expect 2 'track without input'
run track
expect 2 'track of nothing'
if command -v setsid >/dev/null 2>&1; then
	TERM=xterm setsid -w "$SCUPGRADE" track plan.yaml </dev/null >"$out" 2>"$err"
	status=$?
	expect 2 'track without a terminal'
	holds 'it names the way without one' grep -q 'scupgrade mark' "$err"
fi
mkdir other
cp plan.yaml other/plan.yaml
echo 'no journal' >other/plan.yaml.journal
for command in 'track --plain' status 'mark'; do
	# shellcheck disable=SC2086 # words on purpose
	case $command in
	mark) run mark other/plan.yaml back-up-database 'done' ;;
	*) run $command other/plan.yaml ;;
	esac
	expect 2 "$command with a journal that is none"
	holds "$command: the place is told" grep -q '^other/plan.yaml.journal:1:1: error: .*\[journal-damaged\]$' "$err"
done
holds 'it is left alone' test "$(cat other/plan.yaml.journal)" = 'no journal'

# ---- two at once ----

rm plan.yaml.journal
"$SCUPGRADE" steps --format json plan.yaml | grep -o '"id": "[^"]*"' | sed 's/.*: "\(.*\)"/\1/' >"$scratch/ids"
marks_all()
{
	while read -r id; do
		"$SCUPGRADE" mark plan.yaml "$id" noted --note "$1" 2>>"$scratch/trouble" ||
			echo "$id" >>"$scratch/lost"
	done <"$scratch/ids"
}
marks_all first &
marks_all second
wait
steps=$(wc -l <"$scratch/ids")
holds 'there are steps' test "$steps" -gt 20
holds 'every mark of both was taken' test ! -e "$scratch/lost"
holds 'and every one stands there' lines $((2 * steps))
for who in first second; do
	holds "all of the $who one" test "$(grep -c "note: '$who'" plan.yaml.journal)" -eq "$steps"
done
run status plan.yaml
expect 0 'the record of both'

# Of two who start the same step, one is told.
rm plan.yaml.journal
for who in first second third fourth; do
	"$SCUPGRADE" mark plan.yaml back-up-database started --note "$who" 2>/dev/null && echo "$who" >>"$scratch/won" &
done
wait
holds 'one has started it' test "$(wc -l <"$scratch/won")" -eq 1
holds 'and it is the one of the record' grep -q "note: '$(cat "$scratch/won")'" plan.yaml.journal

# ---- what facts say against a start ----

"$SCUPGRADE" new operations-manager --from "$srcdir/tests/facts/twelve" -o group.yaml 2>/dev/null
"$SCUPGRADE" set group.yaml license-accepted=true 2>/dev/null
first=upgrade-management-server@ms01
with_facts() { run mark --facts "$srcdir/tests/facts/twelve" group.yaml "$@"; }
with_facts "$first" started
expect 1 'a start that the facts speak against'
holds 'it has its code' grep -q '"Notification subscriptions disabled" is not met yet.*\[prerequisite-failed\]$' "$err"
with_facts disable-subscriptions 'done'
with_facts "$first" started
holds 'facts that are newer than the record count' grep -q '\[prerequisite-failed\]$' "$err"
with_facts disable-subscriptions reset
SOURCE_DATE_EPOCH=1795269600
with_facts disable-subscriptions 'done'
with_facts "$first" started
holds 'a newer record outweighs them' grep -q '\[step-waits\]$' "$err"

cp group.yaml nowhere.yaml
run mark --facts nowhere nowhere.yaml review-event-logs@ms01 started
expect 2 'facts that were named and are not there start nothing'
holds 'which is said' grep -q 'no facts could be read from nowhere' "$err"
holds 'nothing is recorded' test ! -e nowhere.yaml.journal
run mark --facts nowhere nowhere.yaml review-event-logs@ms01 'done'
expect 0 'what was done is recorded all the same'

# ---- what a server recorded ----

mkdir group.facts
cp "$srcdir/tests/facts/twelve/"*.yaml group.facts
rm -f group.yaml.journal
"$SCUPGRADE" render powershell group.yaml -o group.ps1 2>/dev/null
digest=$(sed -n "/Id = 'clean-up-entity-log'; Title/,/Digest/s/.*Digest = '\([0-9a-f]*\)'.*/\1/p" group.ps1)
record() { # record STEP TIME STATE [DIGEST]
	printf "  - { upgrade: '%s', step: '%s', time: '%s', state: %s, who: '%s', digest: '%s', note: 'seen' }\n" \
		'operations-manager\CONTOSO-OM\2012-r2-2016' "$1" "$2" "$3" 'CONTOSO\otto' "${4-$digest}"
}
facts=group.facts/ms01.contoso.com.facts.yaml
sed -i '/^records:/d' "$facts"
{
	echo 'records:'
	record clean-up-entity-log 2026-11-21T09:00:00Z 'done'
	record raise-agent-queue 2026-11-21T09:10:00Z started ''
} >>"$facts"
run status group.yaml
holds 'the record of a server counts, and is named' \
	grep -qF "done, by the record on ms01.contoso.com, CONTOSO\otto, 2026-11-21T09:00:00Z: seen" "$out"
holds 'the digest of the script is that of the desk' test "$(grep -c 'was changed since' "$out")" -eq 0
holds 'begun there, and nobody knows more' grep -q '  raise-agent-queue: unknown, by the record on ms01' "$out"
holds 'which is said' grep -q '\[steps-unknown\]$' "$err"
holds 'nothing gets into the journal by itself' test ! -e group.yaml.journal
run mark group.yaml raise-agent-queue started
expect 1 'what nobody knows is not started again'
run mark group.yaml clean-up-entity-log 'done'
expect 0 'a record is taken over'
holds 'with where it comes from' grep -q "note: 'by the record on ms01.contoso.com, CONTOSO" group.yaml.journal
run check group.yaml
holds 'check says what is not known' grep -q '\[steps-unknown\]$' "$out"
record disable-subscriptions 2099-11-21T09:10:00Z failed '' >>"$facts"
SOURCE_DATE_EPOCH=1795269600
run mark --facts "$srcdir/tests/facts/twelve" group.yaml disable-subscriptions 'done'
run check group.yaml
holds 'check tells a contradiction' grep -q 'the journal .* says done, and later the record on ms01' "$out"
printf 'nonsense\n' >group.yaml.journal
run check group.yaml
expect 0 'a journal that cannot be read does not make the plan wrong'
holds 'and is told' grep -q '^group.yaml.journal:1:1: warning: .*\[journal-damaged\]$' "$out"
run check --format json group.yaml group.yaml
holds 'in the other form too' grep -q '"code": "journal-damaged", "file": "group.yaml.journal"' "$out"
run render csv group.yaml
expect 2 'a checklist with a journal that cannot be read'
holds 'nothing comes out' test ! -s "$out"

# What does not fit together in the journal is a finding of check without facts too, and a checklist counts what servers
# recorded.
rm group.yaml.journal
run mark group.yaml review-event-logs@ms01 noted --note looked
run render csv group.yaml
holds 'the checklist has what a server recorded' grep -q 'clean-up-entity-log.*CONTOSO.otto' "$out"
mkdir alone
cp group.yaml group.yaml.journal alone
sed -i "s/time: '2026/time: '2036/" alone/group.yaml.journal
run check alone/group.yaml
expect 0 'a journal with a time to come, and no facts'
holds 'it is told with its line' grep -q '^alone/group.yaml.journal:2:1: warning: .*\[journal-future\]$' "$out"
rm alone/group.yaml.journal
if [ -z "${UNDER_WINE-}" ]; then # which sees no link that leads nowhere
	ln -s nowhere alone/group.yaml.journal
	run check alone/group.yaml
	holds 'a link that leads nowhere' grep -q 'warning: .*\[journal-damaged\]$' "$out"
fi

# A build of the target that a record explains is no finding.
mkdir sma.facts
cp "$srcdir/tests/facts/sma/"*.yaml sma.facts
"$SCUPGRADE" new service-management-automation --from sma.facts database.backup-file='E:\SMA.bak' \
	monitoring.management-server=MS01 -o sma.yaml 2>/dev/null
sed -i "s/runbook-worker-version: .*/runbook-worker-version: '7.3.345.0'/" sma.facts/wrk01*
run check --select installed-release sma.yaml
holds 'a build that nothing explains' grep -q 'wrk01.contoso.com: .*\[installed-release\]$' "$out"
sed -i '/^records:/d' sma.facts/wrk01*
cat >>sma.facts/wrk01.contoso.com.facts.yaml <<'END'
records:
  - upgrade: 'service-management-automation\SQL01-AUTO-SMA_PROD\2012-r2-2016'
    step: 'install-runbook-worker@wrk01.contoso.com'
    time: '2026-11-21T09:00:00Z'
    state: done
END
run check --select installed-release sma.yaml
holds 'a record explains it' test ! -s "$out"

# ---- the end state ----

mkdir group.after
for file in "$srcdir/tests/facts/twelve/"*.yaml; do
	sed "s/^collected: .*/collected: '2026-11-21T13:59:00Z'/; s/7\.1\.10226\.[0-9]*/7.2.11719.0/g
		s/7\.1\.10184\.0/8.0.10918.0/g; s/7\.1\.10305\.0/8.0.10918.0/g" "$file" >"group.after/${file##*/}"
done
# Of Reporting from 1801 on no facts tell.
sed -i '/^builds:/d; /reporting-version/d' group.after/rep01*
rm group.yaml.journal
cp group.yaml alone.yaml
run check --after alone.yaml
expect 2 'an end state without facts'
holds 'what is missing is said' grep -q -e '--facts' "$err"
run check --after --facts group.after group.yaml
expect 0 'as the plan promised'
holds 'but for what no facts tell' test "$(grep -c '^[^ ]' "$out")" -eq 1
holds 'and nothing of the start' grep -q 'not known on rep01.contoso.com\. \[after-unknown\]$' "$out"
sed -i 's/subscriptions-enabled: 11/subscriptions-enabled: 9/' group.after/*
sed -i "s/'OMSDK', state: 'running'/'OMSDK', state: 'stopped'/" group.after/ms02*
run check --after --facts group.after group.yaml
expect 1 'not as the plan promised'
holds 'the server and what is wrong' \
	grep -q 'error: ms02.contoso.com: .*: OMSDK is stopped, and should be running. \[after-services\]$' "$out"
holds 'the facts beside the plan tell of before' grep -q '9 of 14 are enabled, and 11 were before the upgrade' "$out"
holds 'two errors' test "$(grep -c ': error: ' "$out")" -eq 2
for form in json sarif github; do
	run check --after --format "$form" --facts group.after group.yaml
	expect 1 "the same as $form"
	holds "with its code ($form)" grep -q 'after-services' "$out"
done
run mark --facts "$srcdir/tests/facts/twelve" group.yaml clean-up-entity-log 'done'
run check --after --facts group.after group.yaml
holds 'once recorded, the record has to be whole' grep -q 'steps are open by the record.*\[after-steps\]$' "$out"
sed -i '/subscriptions-enabled/d' group.after/*
run check --after --all --select after-subscriptions --facts group.after group.yaml
expect 0 'what is not known is no failure'
holds 'but a note' grep -q 'note: .*not known. \[after-subscriptions\]$' "$out"

# ---- what is said behind the plan of the next hop ----

cat >over.yaml <<'TEXT'
scupgrade: 1
product: operations-manager
management-group: HQ
license-accepted: true
accounts: { data-access: { kind: domain, user: 'CONTOSO\das' }, data-reader: { user: 'CONTOSO\reader' } }
servers: [{ name: MS01, roles: [management-server] }]
TEXT
for step in $("$SCUPGRADE" steps --format json over.yaml 2>/dev/null | sed -n 's/.*{"id": "\([^"]*\)".*/\1/p'); do
	"$SCUPGRADE" mark over.yaml "$step" 'done' 2>/dev/null
done
holds 'every step is done' test "$("$SCUPGRADE" status over.yaml 2>/dev/null | tail -n 1)" = 'Next: nothing.'
printf '\nnext\n\n' | "$SCUPGRADE" wizard --plain over.yaml >"$out" 2>"$err"
holds 'the plan of the next hop is among the files' grep -q '^scupgrade: written: over-2019.yaml$' "$err"
holds 'and goes on' grep -q '^scupgrade: go on with: scupgrade wizard over-2019.yaml$' "$err"

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
