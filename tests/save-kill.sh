#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Saving over a file, with each of its system calls failing in turn, and killed at each of them: afterwards the file is
# the old one or the new one, whole, and an error leaves no temporary file behind; nor does a kill leave passwords.
# Prints every failure, then "N passed, N failed".
set -u
[ -z "${QUICK_TESTS-}" ] || exit 77

srcdir=${srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
SCUPGRADE=${SCUPGRADE:-$srcdir/build/scupgrade}
if ! command -v strace >/dev/null 2>&1; then
	echo 'strace is not here: no call can be made to fail'
	exit 77
fi
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' 0
# Sanitizers cannot look for leaks under a tracer.
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
if ! strace -f -qq -o "$scratch/trace" true 2>/dev/null; then
	echo 'nothing may be traced here'
	exit 77
fi
cd "$scratch" || exit 99
mkdir folder
file=folder/plan.yaml
passed=0 failed=0

fail()
{
	printf 'failed: %s\n' "$*"
	failed=$((failed + 1))
}

# The new plan has many servers, so that there is something to write.
set --
number=1
while [ "$number" -le 300 ]; do
	set -- "$@" "servers=S$number:management-server"
	number=$((number + 1))
done
set -- new operations-manager management-group=NEW license-accepted=true accounts.data-access.user='CONTOSO\das' \
	accounts.data-reader.user='CONTOSO\reader' "$@" -o "$file" --force

sed 's/CONTOSO/OLD/' "$srcdir/tests/plans/om.yaml" >old
cp old "$file"
# It has the rights of the old file at most, what a kill leaves too.
chmod 600 "$file"
strace -f -qq -o trace "$SCUPGRADE" "$@" 2>messages || fail "saving: $(head -n 1 messages)"
cp "$file" new
cmp -s old new && fail 'the new file is the old one'

# What may stay beside the file: nothing after an error, but for the lock; after a kill also a hidden file.
leftovers() { find folder -mindepth 1 ! -name plan.yaml ! -name .plan.yaml.lock; }

# check LABEL STATUS: what stands there now. left: whether a temporary file may be there too.
check()
{
	if ! cmp -s "$file" old && ! cmp -s "$file" new; then
		fail "$1: neither the old file nor the new one"
	elif [ "$2" -eq 0 ] && ! cmp -s "$file" new; then
		fail "$1: status 0, but the old file"
	elif grep -q 'nothing was changed' messages && ! cmp -s "$file" old; then
		fail "$1: it is said that nothing was changed"
	elif [ "$left" = no ] && [ -n "$(leftovers)" ]; then
		fail "$1: left behind: $(leftovers)"
	else
		passed=$((passed + 1))
	fi
}

# ---- errors ----

left=no refused=0
for call in openat write fchmod flock fsync close renameat2; do
	calls=$(grep -c "[0-9]* *$call(" trace)
	[ "$calls" -gt 0 ] || fail "$call is not among the calls"
	for error in EIO ENOSPC; do
		when=1
		while [ "$when" -le "$calls" ]; do
			cp old "$file"
			strace -f -qq -e inject="$call:error=$error:when=$when" -o injected "$SCUPGRADE" "$@" \
				>/dev/null 2>messages
			status=$?
			[ "$status" -eq 0 ] || refused=$((refused + 1))
			check "$call $when, $error" "$status"
			when=$((when + 1))
		done
	done
done
[ "$refused" -ge 8 ] || fail "only $refused errors were noticed"

# An interrupted call is no error.
calls=$(grep -c '[0-9]* *write(' trace) when=1
while [ "$when" -le "$calls" ]; do
	cp old "$file"
	strace -f -qq -e inject="write:error=EINTR:when=$when" -o injected "$SCUPGRADE" "$@" >/dev/null 2>messages
	status=$?
	[ "$status" -eq 0 ] || fail "write $when, EINTR: status $status"
	check "write $when, EINTR" "$status"
	when=$((when + 1))
done

# ---- kills ----

# strace counts each call by its name: the first openat, the second, ...
left=yes killed=0 replaced=0
: >messages
sed 's/^[0-9]* *\([a-z0-9_]*\)(.*/\1/' trace | grep -E '^[a-z0-9_]+$' | sort | uniq -c | sort -k 2 >calls
while read -r count call; do
	when=1
	while [ "$when" -le "$count" ]; do
		cp old "$file"
		strace -f -qq -e inject="$call:signal=KILL:when=$when" -o injected "$SCUPGRADE" "$@" >/dev/null 2>&1
		status=$?
		if [ "$status" -ne 0 ]; then
			killed=$((killed + 1))
			! cmp -s "$file" new || replaced=$((replaced + 1))
		fi
		check "killed at $call $when" "$status"
		find folder -name '.*.tmp' -type f -perm /077 | grep . && fail "$call $when: others may use it"
		when=$((when + 1))
	done
done <calls
[ "$killed" -gt 40 ] || fail "only $killed kills hit it"
# At the renaming itself, and behind it.
[ "$replaced" -ge 2 ] || fail "only $replaced kills came after the renaming"
[ "$replaced" -lt "$killed" ] || fail 'no kill came before the renaming'
# What the kills left is in nobody's way, and goes.
[ -n "$(leftovers)" ] || fail 'no kill left anything'
"$SCUPGRADE" "$@" 2>messages || fail "saving after the kills: $(head -n 1 messages)"
left=no
check 'saving after the kills' 0

# ---- passwords ----

# Killed anywhere, a file with passwords is there, whole, or nowhere.
cp "$srcdir/tests/plans/om.yaml" folder/om.yaml
for account in data-access data-reader; do
	printf 'accounts.%s.password: SECRET-WORD\n' "$account"
done >passwords
chmod 600 passwords
secret() { strace -f -qq "$@" "$SCUPGRADE" command --passwords passwords -o folder/line folder/om.yaml; }
if secret -o trace 2>messages; then
	mv folder/line whole
	sed 's/^[0-9]* *\([a-z0-9_]*\)(.*/\1/' trace | grep -E '^[a-z0-9_]+$' | sort | uniq -c | sort -k 2 >calls
	while read -r count call; do
		when=1
		while [ "$when" -le "$count" ]; do
			rm -f folder/line
			secret -e inject="$call:signal=KILL:when=$when" -o injected >/dev/null 2>&1
			if [ -e folder/line ] && ! cmp -s folder/line whole; then
				fail "passwords, killed at $call $when: half a file"
			elif grep -rl SECRET-WORD folder | grep -v '^folder/line$'; then
				fail "passwords, killed at $call $when: they stay"
			else
				passed=$((passed + 1))
			fi
			when=$((when + 1))
		done
	done <calls
else
	grep -q 'files without a name' messages || fail "passwords: $(head -n 1 messages)"
fi

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
