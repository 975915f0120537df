#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# What is read is never written to, whatever name leads there and whoever allows it; a folder of outputs is whole or not
# there, and holds no file of another plan.
set -u

: "${SCUPGRADE:?}" "${srcdir:?}"
scratch=$(mktemp -d "${TMPDIR:-/tmp}/scupgrade-inputs.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' 0
passed=0
failed=0

holds() {
	what=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'FAILED: %s\n' "$what"
		sed 's/^/    /' "$scratch/err"
	fi
}

cp "$srcdir/tests/plans/om.yaml" "$scratch/plan.yaml" || exit 1
cd "$scratch" || exit 1
printf "accounts.data-access.password: x\naccounts.data-reader.password: y\n" >passwords
chmod 600 passwords
mkdir facts
printf "scupgrade-facts: 1\nserver: MS01\ncollected: '2026-11-21T14:00:00Z'\n" >facts/ms01.yaml
step=$("$SCUPGRADE" steps --format json plan.yaml | sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' | head -n 1)
"$SCUPGRADE" mark plan.yaml "$step" started 2>err || exit 1
ln -s plan.yaml link.yaml
ln plan.yaml hard.yaml
cp -a . ../copy.$$ && mv ../copy.$$ before

# OUTPUT COMMAND...: refused with status 2, and everything is as it was.
keeps() {
	output=$1
	shift
	"$SCUPGRADE" "$@" --force -o "$output" >out 2>err
	status=$?
	holds "$* -o $output: status $status, not 2" test "$status" = 2
	holds "$* -o $output: is said" grep -q 'is not written to, --force or not' err
	for file in plan.yaml plan.yaml.journal passwords facts/ms01.yaml; do
		holds "$* -o $output: $file is as it was" cmp -s "$file" "before/$file"
	done
}

for name in plan.yaml ./plan.yaml "$scratch/plan.yaml" link.yaml hard.yaml plan.yaml.journal; do
	keeps "$name" command plan.yaml MS01
	keeps "$name" status plan.yaml
done
keeps plan.yaml check plan.yaml
keeps plan.yaml check --format json plan.yaml
keeps plan.yaml steps plan.yaml
keeps plan.yaml render json plan.yaml
keeps plan.yaml command link.yaml
keeps plan.yaml.journal render text link.yaml
keeps facts/ms01.yaml check --facts facts plan.yaml
keeps facts/ms01.yaml command --facts facts/ms01.yaml plan.yaml
keeps passwords command --passwords passwords plan.yaml
cat plan.yaml >copy.yaml
# shellcheck disable=SC2094 # that is what is tried
"$SCUPGRADE" check --force -o copy.yaml - <copy.yaml >out 2>err
holds 'check of standard input, into it' test "$?" = 2
holds 'standard input is as it was' cmp -s copy.yaml plan.yaml

# Nor is any plan written over with what is none.
cp plan.yaml foreign.yaml
for words in sources schema fields 'path 2016 2019' facts-script 'completion bash' 'steps link.yaml' \
	'render html link.yaml'; do
	# shellcheck disable=SC2086 # words
	"$SCUPGRADE" $words --force -o foreign.yaml >out 2>err
	holds "$words over a plan" test "$?" = 2
	holds "$words: it is said" grep -q 'foreign.yaml is a plan: it is not written over' err
	holds "$words: the plan is as it was" cmp -s foreign.yaml plan.yaml
done
"$SCUPGRADE" new operations-manager --from facts --force -o foreign.yaml >out 2>err
holds 'a plan over a plan' test "$?" = 0
printf 'scupgrade: not a plan of this program\n' >foreign.yaml
"$SCUPGRADE" sources --force -o foreign.yaml >out 2>err
holds 'what is no plan is replaced' test "$?" = 0

# ---- folders ----

render() {
	"$SCUPGRADE" render ansible "$@" >out 2>err
	status=$?
}

render -o play plan.yaml
holds 'a folder is made' test "$status" = 0
(cd play && find . -type f | sort) >list
for late in files/enable-subscriptions.ps1 files/set-gateway-failover-12.ps1; do
	echo old >"play/$late"
done
render -o play plan.yaml
holds 'a folder is not replaced unasked' test "$status" = 2
holds 'nor is a file in it' test -e play/files/set-gateway-failover-12.ps1
render --force -o play plan.yaml
holds 'a folder is replaced' test "$status" = 0
(cd play && find . -type f | sort) | diff list - >difference
holds 'steps that are gone leave no file' test ! -s difference
echo mine >play/files/notes.txt
render --force -o play plan.yaml
holds 'a folder with a file of somebody else is left' test "$status" = 2
holds 'that file is named' grep -q 'files/notes.txt' err
holds 'that file is there' test "$(cat play/files/notes.txt)" = mine
find . -maxdepth 1 -name '.*.tmp' -o -maxdepth 1 -name '.play*' ! -name '.*.lock' >leftovers
holds "nothing is left: $(cat leftovers)" test ! -s leftovers

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
