#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The schemas against an independent validator (Debian: python3-jsonschema, python3-yaml): the one of "schema" says the
# same as "check" about every plan of tests/plans/ but those listed below, and what "render json" writes fits
# schema/render.schema.json, as what each command with --format json writes fits its own. Left out where the validator
# is not installed.
set -u
[ -z "${QUICK_TESTS-}" ] || exit 77

srcdir=${srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
SCUPGRADE=${SCUPGRADE:-$srcdir/build/scupgrade}
python=/usr/bin/python3
"$python" -c 'import jsonschema, yaml; jsonschema.Draft202012Validator' 2>/dev/null || exit 77
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' 0
cd "$srcdir/tests/plans" || exit 99
passed=0 failed=0

pass() { passed=$((passed + 1)); }

fail()
{
	printf 'failed: %s\n' "$*"
	failed=$((failed + 1))
}

# What "check" refuses and a schema cannot: rules across fields and lists, what a rule knows beyond its form, and what
# other YAML parsers take.
beyond='
account-local
acs-alone agent-on-server gateway-is-management-server no-management-server no-runbook-worker no-web-service
server-twice monitoring-own-server
license-not-accepted media-same
edge-not-planned no-such-edge
certificate-form date-form group-form note-form path-long path-reserved
sql-database-form sql-instance-form sql-login-form web-site-form
yaml-anchor yaml-character yaml-directive yaml-duplicate-key yaml-tag
'
beyond=" $(printf '%s' "$beyond" | tr '\n' ' ') "

"$SCUPGRADE" schema >"$scratch/plan.json" || fail 'schema does not end well'
"$python" "$srcdir/tests/schema.py" "$scratch/plan.json" ./*.yaml >"$scratch/verdicts" 2>"$scratch/why" ||
	fail "the validator: $(tail -n 1 "$scratch/why")"
while read -r plan verdict; do
	name=${plan#./}
	code=${name#bad-}
	code=${code%.yaml}
	if "$SCUPGRADE" check "$name" >/dev/null 2>&1; then wanted=valid; else wanted=invalid; fi
	listed=no
	case $beyond in *" $code "*) listed=yes ;; esac
	case $wanted-$verdict-$listed in
	valid-valid-* | invalid-invalid-no | invalid-valid-yes) pass ;;
	invalid-invalid-yes) fail "$name: the schema can tell; take $code off the list" ;;
	*) fail "$name: check says $wanted, the schema $verdict: $(grep -F "$plan" "$scratch/why" | head -n 2)" ;;
	esac
done <"$scratch/verdicts"
[ "$passed" -gt 40 ] || fail "only $passed plans were judged"

# Every upgrade that can be planned, and what only later releases take.
for edge in '2012-r2 2016' '2016 2019' '1801 2019' '1807 2019' '2019 2022' '2022 2025'; do
	sed '/^source:/d; /^target:/d' om.yaml >"$scratch/edge.yaml"
	printf "source: '%s'\ntarget: '%s'\n" "${edge% *}" "${edge#* }" >>"$scratch/edge.yaml"
	case $edge in *2022 | *2025) sed -i 's/kind: domain/kind: group-managed/' "$scratch/edge.yaml" ;; esac
	"$SCUPGRADE" check "$scratch/edge.yaml" >/dev/null 2>&1 || fail "check $edge"
	case $("$python" "$srcdir/tests/schema.py" "$scratch/plan.json" "$scratch/edge.yaml" 2>"$scratch/why") in
	*' valid') pass ;;
	*) fail "the schema on $edge: $(cat "$scratch/why")" ;;
	esac
done

for plan in om sma single-server full unicode; do
	"$SCUPGRADE" render json "$plan.yaml" >"$scratch/$plan.json" 2>/dev/null || fail "render json $plan"
	# The plan inside of it is a plan.
	"$python" -c 'import json, sys; json.dump(json.load(sys.stdin)["plan"], sys.stdout)' \
		<"$scratch/$plan.json" >"$scratch/$plan.plan.json"
	for judged in "$srcdir/schema/render.schema.json $scratch/$plan.json" \
		"$scratch/plan.json $scratch/$plan.plan.json"; do
		# shellcheck disable=SC2086 # two words
		case $("$python" "$srcdir/tests/schema.py" $judged 2>"$scratch/why") in
		*' valid') pass ;;
		*) fail "$judged: $(cat "$scratch/why")" ;;
		esac
	done
done

for pair in 'minimal.yaml om.yaml' 'om.yaml sma.yaml' 'om.yaml om.yaml'; do
	# shellcheck disable=SC2086 # two words
	"$SCUPGRADE" diff --format json $pair >"$scratch/diff.json" 2>/dev/null
	judged="$srcdir/schema/diff.schema.json $scratch/diff.json"
	# shellcheck disable=SC2086 # two words
	case $("$python" "$srcdir/tests/schema.py" $judged 2>"$scratch/why") in
	*' valid') pass ;;
	*) fail "diff $pair: $(cat "$scratch/why")" ;;
	esac
done

for way in '2012-r2 2025' 'operations-manager 1801 2022' '2025 2016'; do
	# shellcheck disable=SC2086 # two or three words
	"$SCUPGRADE" path --format json $way >"$scratch/path.json" 2>/dev/null
	judged="$srcdir/schema/path.schema.json $scratch/path.json"
	# shellcheck disable=SC2086 # two words
	case $("$python" "$srcdir/tests/schema.py" $judged 2>"$scratch/why") in
	*' valid') pass ;;
	*) fail "path $way: $(cat "$scratch/why")" ;;
	esac
done

# The schema of "render json" is not one that takes everything.
sed 's/"kind": "sql"/"kind": "spell"/' "$scratch/om.json" >"$scratch/wrong.json"
case $("$python" "$srcdir/tests/schema.py" "$srcdir/schema/render.schema.json" "$scratch/wrong.json" 2>/dev/null) in
*' invalid') pass ;;
*) fail 'an unknown kind of step is taken' ;;
esac

# ---- commands with --format json ----

# fits NAME FILE: what a command wrote is what schema/NAME.schema.json says, and holds something.
fits()
{
	case $("$python" "$srcdir/tests/schema.py" "$srcdir/schema/$1.schema.json" "$2" 2>"$scratch/why") in
	*' valid') if [ "$(wc -l <"$2")" -gt 2 ]; then pass; else fail "$1: nothing to judge"; fi ;;
	*) fail "$1: $(cat "$scratch/why")" ;;
	esac
}

# All of them, by the table of options.
commands=$(sed -n '/^\t\[OPTION_FORMAT\]/,/"Form/s/.*/&/p' "$srcdir/src/cli/options_table.c" | grep -o 'IN([A-Z_]*)' |
	tr 'A-Z_' 'a-z-' | sed 's/in(\(.*\))/\1/')
printf 'scupgrade: 1\nproduct: operations-manager\nservers: []\n' >"$scratch/wrong.yaml"
cp om.yaml "$scratch/om.yaml"
"$SCUPGRADE" mark "$scratch/om.yaml" review-event-logs@MS01 failed --note seen 2>"$scratch/why"
for command in $commands; do
	case $command in
	diagnose) set -- "$srcdir/tests/logs/full-text.txt" ;;
	fields) set -- ;;
	path) set -- operations-manager 2016 2025 ;;
	sources) set -- ;;
	diff) set -- om.yaml full.yaml ;;
	*) set -- "$scratch/om.yaml" ;;
	esac
	"$SCUPGRADE" "$command" --format json "$@" >"$scratch/$command.json" 2>"$scratch/why"
	fits "$command" "$scratch/$command.json"
done
"$SCUPGRADE" check --format json "$scratch/wrong.yaml" om.yaml >"$scratch/check.json" 2>"$scratch/why"
fits check "$scratch/check.json"
"$SCUPGRADE" command --format json --shell argv sma.yaml >"$scratch/command.json" 2>"$scratch/why"
fits command "$scratch/command.json"

# ---- SARIF ----

"$SCUPGRADE" check --format sarif "$scratch/wrong.yaml" om.yaml no-such.yaml >"$scratch/sarif.json" 2>"$scratch/why"
case $("$python" "$srcdir/tests/schema.py" "$srcdir/tests/sarif.schema.json" "$scratch/sarif.json" 2>"$scratch/why") in
*' valid') pass ;;
*) fail "sarif: $(cat "$scratch/why")" ;;
esac

# The published schema of SARIF 2.1.0, where somebody has it.
if [ -n "${SARIF_SCHEMA-}" ]; then
	case $("$python" "$srcdir/tests/schema.py" "$SARIF_SCHEMA" "$scratch/sarif.json" 2>"$scratch/why") in
	*' valid') pass ;;
	*) fail "the published schema of SARIF: $(cat "$scratch/why")" ;;
	esac
fi

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
