#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Every example of README, of the manual and of the help is run as it stands, and does what is said of it. Those that
# cannot run here carry a mark (in the manual a comment, .\" Not run: WHY; for the others the list below), and are
# named. Prints every failure, then "N passed, N failed".
set -u

srcdir=${srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
builddir=${builddir:-$srcdir/build}
SCUPGRADE=${SCUPGRADE:-$builddir/scupgrade}
srcdir=$(cd "$srcdir" && pwd) || exit 99
SCUPGRADE=$(cd "$(dirname "$SCUPGRADE")" && pwd)/$(basename "$SCUPGRADE") || exit 99
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' 0
passed=0 failed=0

# Not run, and why: the start of the line.
not_run='
scupgrade: it needs a terminal
scupgrade wizard: it needs a terminal
scupgrade track: it needs a terminal
scupgrade collect: on Windows only
./bootstrap: it builds
./autogen.sh: it builds
make: it builds
'
# Run, with another end than 0: the status and the start of the line.
other_ends='
1 scupgrade check --strict: what is not known counts
1 scupgrade check --after: nothing of it is done here
1 scupgrade diagnose: a cause is found
1 scupgrade diff: they differ
1 scupgrade next: nothing is done of it here
1 scupgrade confirm: these facts tell it
1 scupgrade acknowledge: no restart is pending in these facts
'

mkdir "$scratch/bin" || exit 99
ln -s "$SCUPGRADE" "$scratch/bin/scupgrade"
PATH=$scratch/bin:$PATH
export PATH

pass() { passed=$((passed + 1)); }

fail()
{
	printf 'failed: %s\n' "$*"
	failed=$((failed + 1))
}

# new_home: a folder as somebody has it who follows the examples.
new_home()
{
	HOME=$scratch/home
	export HOME
	rm -rf "$HOME"
	mkdir -p "$HOME/.zsh" "$HOME/.config/fish/completions" "$HOME/logs"
	cd "$HOME" || exit 99
	sed -n '/^    scupgrade: 1$/,/^$/s/^    //p' "$srcdir/README" >plan.yaml
	cp plan.yaml contoso.yaml
	cp "$srcdir/tests/logs/full-text.txt" OpsMgrSetupWizard.log
	cp OpsMgrSetupWizard.log logs/
	cp -r "$srcdir/tests/facts/healthy" facts
	cp -r "$srcdir/tests/facts/healthy" contoso.facts
	cp -r "$srcdir/tests/facts/healthy" contoso.after
	sed 's/GW01/GW02/' contoso.yaml >contoso-new.yaml
	scupgrade next --anyway contoso.yaml -o contoso-2019.yaml 2>"$scratch/err" || fail "no next plan"
	chmod -R u+w .
}

# starts LINE LIST: the words behind the ":" of the row of LIST that LINE starts with.
starts()
{
	printf '%s\n' "$2" | while IFS= read -r row; do
		case $row in
		'') continue ;;
		'scupgrade: '*) [ "$1" = scupgrade ] || continue ;;
		*) case $1 in "${row%%: *}" | "${row%%: *}"[\ /]*) ;; *) continue ;; esac ;;
		esac
		printf '%s\n' "${row#*: }"
		break
	done
}

# play WHERE LINE: runs it.
play()
{
	why=$(starts "$2" "$not_run")
	if [ -n "$why" ]; then
		printf 'not run: %s: %s (%s)\n' "$1" "$(printf '%s' "$2" | head -n 1)" "$why"
		return
	fi
	line=$2
	case $line in *'| dot '*) command -v dot >/dev/null 2>&1 || line=${line%%|*} ;; esac
	wanted=0
	for end in 1 2; do
		[ -z "$(starts "$end $line" "$other_ends")" ] || wanted=$end
	done
	file=$(printf '%s\n' "$line" | sed -n 's/.* -o \([^ ]*\).*/\1/p')
	case $line in 'scupgrade set '* | 'scupgrade confirm '*) ;; *) [ -z "$file" ] || rm -f "$file" ;; esac
	sh -c "$line" >"$scratch/out" 2>"$scratch/err" </dev/null
	status=$?
	if [ "$status" -eq "$wanted" ]; then pass; else fail "$1: $2: status $status: $(tail -n 2 "$scratch/err")"; fi
}

# joined: lines that end with a backslash and what follows, as one.
joined() { awk '{ held = held $0; if (sub(/\\$/, "", held)) next; print held; held = "" }'; }

# ---- the help ----

commands=$(scupgrade help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p')
[ -n "$commands" ] || fail 'no commands'
# shellcheck disable=SC2086 # a list
for command in $commands; do
	scupgrade help "$command" | awk '/^Usage:/ { exit } /^Examples:/ { on = 1; next }
		on && NF { print substr($0, 3) }' |
		joined >"$scratch/lines"
	[ -s "$scratch/lines" ] || fail "help $command has no examples"
	new_home
	while IFS= read -r line; do
		play "help $command" "$line"
	done <"$scratch/lines"
done

# ---- the manual ----

for page in "$srcdir"/man/*.[1-8]; do
	sed 's/\\e/\\/g' "$page" | joined | awk '
		/^\.\\" Not run: / { why = substr($0, 14); next }
		/^\.Bd -literal/ { literal = 1; next }
		/^\.Ed/ { literal = 0; next }
		/^\.(Dl|D1) (scupgrade|powershell)/ { line = substr($0, 5) }
		literal && /^(scupgrade [a-z-]|powershell(\.exe)? )/ { line = $0 }
		line { print (why ? "mark: " why ": " : "run: ") line; line = why = "" }' >"$scratch/lines"
	new_home
	while IFS= read -r line; do
		case $line in
		'run: '*) play "${page##*/}" "${line#run: }" ;;
		*) printf 'not run: %s: %s\n' "${page##*/}" "${line#mark: }" ;;
		esac
	done <"$scratch/lines"
done

# ---- README ----

# Its commands with what they print, to the letter: on standard output, or else on standard error.
new_home
awk '/^    \$ / { if (held) print held; held = substr($0, 7); next }
	/^    / || /^$/ { if (held) held = held "\n" substr($0, 5); next }
	{ if (held) { print held; printf "\036" } held = "" }' "$srcdir/README" >"$scratch/shown"
count=$(tr -cd '\036' <"$scratch/shown" | wc -c)
[ "$count" -ge 3 ] || fail "only $count examples in README"
number=1
while [ "$number" -le "$count" ]; do
	awk -v RS='\036' -v number="$number" 'NR == number' "$scratch/shown" |
		sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' >"$scratch/one"
	line=$(head -n 1 "$scratch/one")
	tail -n +2 "$scratch/one" >"$scratch/expected"
	sh -c "$line" >"$scratch/out" 2>"$scratch/err" </dev/null
	[ -s "$scratch/out" ] || cp "$scratch/err" "$scratch/out"
	if diff -u "$scratch/expected" "$scratch/out"; then pass; else fail "README: $line"; fi
	number=$((number + 1))
done

# What it says of each command is how the help writes it.
sed -n 's/^    \(scupgrade [a-z-]*\)\(.*\)/\1\2/p' "$srcdir/README" >"$scratch/lines"
while IFS= read -r line; do
	usage=${line%%  *}
	command=${usage#scupgrade }
	command=${command%% *}
	wanted=$(scupgrade help "$command" | sed -n 's/^Usage: \(.*\) \[OPTION\.\.\.\]\(.*\)/\1\2/p')
	if [ "$usage" = "$wanted" ]; then pass; else fail "README: \"$usage\", not \"$wanted\""; fi
done <"$scratch/lines"
# And what is built by hand is not run.
sed -n 's/^    \(\(\.\/\|make\).*\)/\1/p' "$srcdir/README" >"$scratch/lines"
while IFS= read -r line; do
	play README "$line"
done <"$scratch/lines"

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
