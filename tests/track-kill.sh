#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# mark, killed at each of its system calls in turn: the record can be read afterwards, what was confirmed before is
# still there, and a mark that was confirmed (status 0) stands there too. Prints every failure, then "N passed, N
# failed".
set -u
[ -z "${QUICK_TESTS-}" ] || exit 77

srcdir=${srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
SCUPGRADE=${SCUPGRADE:-$srcdir/build/scupgrade}
command -v strace >/dev/null 2>&1 || exit 77
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' 0
# Sanitizers cannot look for leaks under a tracer.
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
strace -f -qq -o "$scratch/trace" true 2>/dev/null || exit 77
cd "$scratch" || exit 99
cp "$srcdir/tests/plans/om.yaml" plan.yaml
passed=0 failed=0

fail()
{
	printf 'failed: %s\n' "$*"
	failed=$((failed + 1))
}

"$SCUPGRADE" mark plan.yaml back-up-database 'done' --note verified 2>/dev/null || exit 99
cp plan.yaml.journal before
strace -f -qq -o trace "$SCUPGRADE" mark plan.yaml upgrade-management-server@MS01 started 2>/dev/null
# Each call by its name and its turn: strace counts the calls of every name apart.
sed -n 's/^[0-9]* *\([a-z0-9_]*\)(.*/\1/p' trace | awk '{ print $1, ++seen[$1] }' >calls
cp plan.yaml.journal after
for call in flock write fsync; do
	grep -q "$call" trace || fail "$call is not among the calls"
done
[ "$(wc -l <after)" -eq 3 ] || fail 'the second mark'

# check WHEN RECORD: the journal after the kill at call WHEN; RECORD is what stood there before.
check()
{
	if ! "$SCUPGRADE" status plan.yaml >state 2>messages </dev/null; then
		fail "call $1: the record cannot be read: $(head -n 1 messages)"
	elif ! head -c "$(wc -c <"$2")" plan.yaml.journal | cmp -s - "$2"; then
		fail "call $1: what was confirmed before is another"
	elif ! grep -q '^  back-up-database: done' state; then
		fail "call $1: what was confirmed before is not shown"
	elif ! "$SCUPGRADE" mark plan.yaml clean-up-entity-log 'done' 2>messages </dev/null; then
		fail "call $1: nothing can be recorded any more: $(head -n 1 messages)"
	elif ! "$SCUPGRADE" status plan.yaml 2>messages | grep -q '^  clean-up-entity-log: done' ||
		[ -s messages ]; then
		fail "call $1: the mark after it: $(head -n 1 messages)"
	else
		passed=$((passed + 1))
	fi
}

killed=0
while read -r call turn; do
	cp before plan.yaml.journal
	when=$call:$turn
	strace -f -qq -e inject="$call:signal=KILL:when=$turn" -o trace \
		"$SCUPGRADE" mark plan.yaml upgrade-management-server@MS01 started >/dev/null 2>&1 </dev/null
	status=$?
	[ "$status" -ne 0 ] || grep -q "upgrade-management-server@MS01', state: started" plan.yaml.journal ||
		fail "call $when: status 0, but it is not recorded"
	[ "$status" -eq 0 ] || killed=$((killed + 1))
	check "$when" before
done <calls
[ "$killed" -gt 20 ] || fail "only $killed kills hit it"

# The same where there is no record yet: it may be missing or empty, never broken.
while read -r call turn; do
	rm -f plan.yaml.journal
	strace -f -qq -e inject="$call:signal=KILL:when=$turn" -o trace \
		"$SCUPGRADE" mark plan.yaml back-up-database 'done' >/dev/null 2>&1 </dev/null
	if "$SCUPGRADE" status plan.yaml >state 2>messages </dev/null; then
		passed=$((passed + 1))
	else
		fail "call $call:$turn of the first mark: $(head -n 1 messages)"
	fi
done <calls

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
