#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The record among other files and people: what is none of ours, folders that take nothing, two accounts, who holds it,
# a plan by two names, calls that fail. Prints every failure, then "N passed, N failed".
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

mkdir other
cp plan.yaml other/plan.yaml
run mark plan.yaml back-up-database 'done' --note verified
expect 0 'the backup'

# ---- files that are none of ours, and folders that take nothing ----

# refused CODE WHAT [ENV...]: a mark of other/plan.yaml ends with 2, CODE and one sentence, and touches nothing.
refused()
{
	code=$1 what=$2
	shift 2
	cp -Rp other before
	env "$@" "$SCUPGRADE" mark other/plan.yaml back-up-database 'done' >"$out" 2>"$err" </dev/null
	status=$?
	expect 2 "$what"
	holds "$what: it has its code" grep -q "\[$code\]\$" "$err"
	holds "$what: one sentence" test "$(grep -c 'error: ' "$err")" -eq 1
	holds "$what: nothing is lost" diff -r before other
	rm -rf before
}

: >other/plan.yaml.journal
refused mark-by 'a user name of 5,000 characters' "LOGNAME=$(printf '%05000d' 0)"
printf 'Notes, last line without a line feed' >other/plan.yaml.journal
refused journal-damaged "somebody's notes"
head -c 3000 /dev/zero >other/plan.yaml.journal
refused journal-damaged 'zeros'
truncate -s 67108865 other/plan.yaml.journal
refused journal-damaged 'more than 64 MiB'
sed "s/'operations-manager'/'service-management-automation'/; 1q" plan.yaml.journal >other/plan.yaml.journal
refused journal-other 'the record of another product'
rm other/plan.yaml.journal
ln -s ../plan.yaml.journal other/plan.yaml.journal
refused journal-damaged 'a link'
rm other/plan.yaml.journal
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null 2>&1; then
	# somebody ID GROUP COMMAND...: as another account
	somebody() { id=$1 group=$2 && shift 2 && setpriv --reuid "$id" --regid "$group" --clear-groups "$@"; }
	chmod 755 "$scratch" "$scratch/work" other
	chmod 644 other/plan.yaml
	if somebody 4321 4321 "$SCUPGRADE" status other/plan.yaml >"$out" 2>"$err"; then
		somebody 4321 4321 "$SCUPGRADE" mark other/plan.yaml back-up-database 'done' >"$out" 2>"$err"
		status=$?
		expect 2 'a folder that one may not write to'
		holds 'nothing was recorded' grep -q 'Nothing was recorded: .*Permission denied' "$err"
		holds 'nor begun' test ! -e other/plan.yaml.journal

		# Two accounts of one group share a plan; then root records for them.
		mkdir shared
		cp plan.yaml shared/
		chown -R 4321:5000 shared
		chmod 2770 shared
		chmod 660 shared/plan.yaml
		for who in 4321 4322; do
			somebody "$who" 5000 "$SCUPGRADE" mark shared/plan.yaml clean-up-entity-log noted \
				--note "by $who" >"$out" 2>"$err"
			status=$?
			expect 0 "the record of account $who: $(cat "$err")"
		done
		rm shared/plan.yaml.journal
		run mark shared/plan.yaml clean-up-entity-log noted --note 'by root'
		expect 0 'the record of root'
		for who in 4321 4322; do
			somebody "$who" 5000 "$SCUPGRADE" mark shared/plan.yaml clean-up-entity-log noted \
				--note "by $who" >"$out" 2>"$err"
			status=$?
			expect 0 "the record of account $who after root: $(cat "$err")"
		done
		holds 'owner, group and rights are those of the plan' test \
			"$(stat -c '%u %g %a' shared/plan.yaml.journal)" = '4321 5000 660'

		# What may not be replaced leaves no second name behind.
		mkdir sticky
		cp plan.yaml sticky/
		chown 4322 sticky/plan.yaml
		chmod 1777 sticky
		chmod 666 sticky/plan.yaml
		somebody 4321 4321 "$SCUPGRADE" set sticky/plan.yaml connectors=true >"$out" 2>"$err"
		status=$?
		expect 2 "a plan of another account in a folder as /tmp"
		holds 'it is said' grep -q 'only its owner may replace it in this folder; nothing was changed' "$err"
		holds 'nothing else is there' test "$(ls -A sticky)" = plan.yaml
		holds 'and it is as it was' cmp sticky/plan.yaml plan.yaml
	fi
fi

# ---- who holds the record ----

if command -v flock >/dev/null 2>&1; then
	# Somebody who only reads the journal holds up nobody.
	cp plan.yaml other/plan.yaml
	"$SCUPGRADE" mark other/plan.yaml clean-up-entity-log noted --note begun 2>/dev/null
	(
		exec 9<other/plan.yaml.journal
		flock -s 9
		"$SCUPGRADE" mark other/plan.yaml clean-up-entity-log noted --note more
	) 2>"$err"
	status=$?
	expect 0 'a journal that somebody else reads under a lock'
	# Who has our lock is named, and whoever waits gets it when it is free.
	mkfifo release
	(
		exec 9>other/.plan.yaml.journal.lock
		flock 9
		echo held >"$scratch/held"
		read -r _ <release
	) &
	until [ -s "$scratch/held" ]; do :; done
	"$SCUPGRADE" mark other/plan.yaml clean-up-entity-log noted --note waited 2>"$err" &
	waiting=$!
	# The program "flock" took it, and ended: the shell has it, which the system does not tell.
	while ! grep -q 'is locked by another program; waiting' "$err" && kill -0 "$waiting"; do :; done
	echo go >release
	wait "$waiting"
	status=$?
	expect 0 'it is recorded once the lock is free'
	holds 'it is there' grep -q "note: 'waited'" other/plan.yaml.journal
	# Whatever is written waits in sight.
	# in_sight NAME INPUT COMMAND...: writes other/NAME, whose lock somebody has
	in_sight()
	{
		name=$1 input=$2
		shift 2
		: >"$scratch/held"
		: >"$err"
		(
			exec 9>"other/.$name.lock"
			flock 9
			echo held >"$scratch/held"
			read -r _ <release
		) &
		until [ -s "$scratch/held" ]; do :; done
		printf "%b" "$input" | "$SCUPGRADE" "$@" >"$err" 2>&1 &
		waiting=$!
		while ! grep -qi "waiting.*locked by another\|locked by another program; waiting" "$err" &&
			kill -0 "$waiting" 2>/dev/null; do :; done
		holds "$*: who has it is said" grep -q 'locked by another' "$err"
		echo go >release
		wait "$waiting"
		status=$?
	}
	cp plan.yaml other/waits.yaml
	in_sight waits.yaml '' set other/waits.yaml connectors=true
	expect 0 'set of a plan that is locked'
	in_sight waits.yaml '' confirm other/waits.yaml operating-system --note seen
	expect 0 'confirm in a plan that is locked'
	in_sight out.txt '' steps plan.yaml -o other/out.txt
	expect 0 'an output that is locked'
	in_sight folder '' render ansible plan.yaml -o other/folder
	expect 0 'a folder that is locked'
	in_sight later.yaml 'save\nquit\n' wizard --plain other/later.yaml
	holds 'the wizard has saved it' test -s other/later.yaml
	rm -r other/waits.yaml* other/later.yaml other/out.txt other/folder
fi

# ---- one plan by two names ----

ln -s plan.yaml other/link.yaml
run mark other/link.yaml clean-up-entity-log noted --note 'by the link'
expect 0 'a plan by a link'
holds 'it stands in the journal of the plan' grep -q 'by the link' other/plan.yaml.journal
holds 'there is no other' test ! -e other/link.yaml.journal

# ---- another name ----

sed 's/^management-group: CONTOSO/management-group: FABRIKAM/' plan.yaml >other/plan.yaml
run status other/plan.yaml
expect 0 'status of a record of another name'
holds 'it is told' grep -q 'journal-name' "$err"
run mark other/plan.yaml back-up-database 'done'
expect 1 'a record of another name'
holds 'the option is named' grep -q -e '--adopt' "$err"
run mark --adopt other/plan.yaml back-up-database 'done'
expect 0 'adopted'
run mark other/plan.yaml back-up-database reset
expect 0 'after that'

# ---- calls that fail ----

if command -v strace >/dev/null 2>&1 && strace -f -qq -o "$scratch/trace" true 2>/dev/null; then
	ASAN_OPTIONS=detect_leaks=0
	export ASAN_OPTIONS
	# fault EXPRESSION NOTE: mark with a call that fails
	fault()
	{
		strace -f -qq -o "$scratch/trace" -P "$PWD/other/plan.yaml.journal" -e inject="$1" \
			"$SCUPGRADE" mark other/plan.yaml clean-up-entity-log noted --note "$2" >"$out" 2>"$err"
		status=$?
	}
	fault fsync:error=EIO:when=1 'not synced'
	expect 0 'a record that could not be synced'
	holds 'it is told' grep -q 'may not survive a power loss: .*\[journal-unsure\]$' "$err"
	holds 'it is there' grep -q 'not synced' other/plan.yaml.journal
	cp other/plan.yaml.journal "$scratch/before"
	fault write:error=ENOSPC:when=1 'no room'
	expect 2 'a full disk'
	holds 'it is told' grep -q 'Nothing was recorded: No space left on device\.' "$err"
	holds 'the journal is as it was' cmp -s other/plan.yaml.journal "$scratch/before"
	fault read:error=EIO:when=1 'unread'
	expect 2 'a journal that cannot be read'
	holds 'it is told' grep -q 'journal-read' "$err"
	fault read:error=EIO:when=3 'unread under the lock'
	expect 2 'a journal that cannot be read under the lock'
	holds 'nothing was recorded' cmp -s other/plan.yaml.journal "$scratch/before"
fi

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
