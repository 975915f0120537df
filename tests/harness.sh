# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# What the scripts that run the program from outside share; they source it. Makes $scratch, a folder that goes away with
# the script, and counts in $passed and $failed.
# shellcheck shell=sh disable=SC2034 # used by those who source it

expected=${srcdir:?}/tests/expected
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' 0
out=$scratch/out err=$scratch/err
passed=0 failed=0

pass() { passed=$((passed + 1)); }

fail()
{
	printf 'failed: %s\n' "$*"
	failed=$((failed + 1))
}

# run ARGUMENT...: the program, with its output in $out and $err and its exit status in $status.
run()
{
	"$SCUPGRADE" "$@" >"$out" 2>"$err" </dev/null
	status=$?
}

# expect STATUS WHAT: of the last run.
expect()
{
	if [ "$status" -eq "$1" ]; then
		pass
	else
		fail "$2: status $status, not $1: $(cat "$err" "$out" | grep -E 'error|refuse|scupgrade:' | head -n 3)"
	fi
}

# holds WHAT COMMAND...: the command succeeds.
holds()
{
	what=$1
	shift
	if "$@" >/dev/null 2>&1; then pass; else fail "$what"; fi
}

# same FILE NAME: FILE is what tests/expected/NAME has. UPDATE_GOLDEN=1 rewrites it; read the difference then.
same()
{
	if [ "${UPDATE_GOLDEN-}" = 1 ]; then
		cp "$1" "$expected/$2" && pass
	elif diff -u "$expected/$2" "$1"; then
		pass
	else
		fail "$2 differs"
	fi
}
