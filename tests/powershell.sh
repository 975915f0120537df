#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The PowerShell script, read by a grammar of PowerShell. It is no PowerShell: what it misses, the script's own
# -CheckSyntax finds on Windows. Needs node and npm, and fetches the grammar into a folder of its own.
set -u
[ -z "${QUICK_TESTS-}" ] || exit 77

: "${SCUPGRADE:?}" "${srcdir:?}"

for program in node npm timeout; do
	if ! command -v "$program" >/dev/null 2>&1; then
		echo "$program is not here"
		exit 77
	fi
done
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' 0
if ! timeout 120 npm install --prefix "$scratch" --ignore-scripts --no-audit --no-fund --no-package-lock \
	tree-sitter-powershell web-tree-sitter >"$scratch/npm.log" 2>&1; then
	echo 'the grammar cannot be fetched:'
	tail -n 3 "$scratch/npm.log"
	exit 77
fi

passed=0 failed=0
check()
{
	if [ "$2" -eq "$3" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf '%s: %s instead of %s\n' "$1" "$3" "$2"
	fi
}

for plan in om sma single-server full; do
	"$SCUPGRADE" render powershell "$srcdir/tests/plans/$plan.yaml" >"$scratch/$plan.ps1" 2>"$scratch/messages"
	check "render powershell $plan" 0 $?
	node "$srcdir/tests/powershell.js" "$scratch" "$scratch/$plan.ps1"
	check "the grammar reads $plan" 0 $?
done

# The scripts of single steps go through the same reader; and it does find faults.
{
	cat "$scratch/om.ps1"
	printf 'if (1 -eq 1) {\r\n'
} >"$scratch/open.ps1"
node "$srcdir/tests/powershell.js" "$scratch" "$scratch/open.ps1" >/dev/null
check 'an open brace is found' 1 $?
sed "s/'\$1\$1\\\\\"'/'\$1\\\\\"'/" "$scratch/om.ps1" >"$scratch/quoting.ps1"
node "$srcdir/tests/powershell.js" "$scratch" "$scratch/quoting.ps1" >/dev/null
check 'wrong quoting is found' 1 $?

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
