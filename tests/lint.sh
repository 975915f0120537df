#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The rules that a reviewer would otherwise repeat. Prints every violation, then "N passed, N failed", counted in rules.
# Runs in "make check" and "make lint", or by hand from the source folder with the program in build/.
# shellcheck disable=SC2086 # lists of files are split on purpose
set -u

srcdir=${srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
program=${SCUPGRADE:-$srcdir/build/scupgrade}
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' 0
cd "$srcdir" || exit 99

passed=0 failed=0

# rule NAME: what stands in $scratch/found are its violations, one a line.
rule()
{
	if [ -s "$scratch/found" ]; then
		printf '%s:\n' "$1"
		sed 's/^/  /' "$scratch/found"
		failed=$((failed + 1))
	else
		passed=$((passed + 1))
	fi
}

skipped() { printf 'left out, %s is not here: %s\n' "$1" "$2"; }

sources=$(ls src/*.[ch] ui/*.[ch])
tests=$(ls tests/*.[ch] tests/bench/*.[ch])
scripts='bootstrap autogen.sh .ci/run tests/*.sh'
fragments='configure.ac Makefile.am m4/*.m4 */local.mk'
manual='man/scupgrade.1 man/scupgrade-plan.5 man/scupgrade-facts.5'

# ---- who may include whom ----

# The layer of each header of src/. A header may include those of its own layer and below.
layers='
0 arena base certainty debug diag digest json lineedit nametable pattern platform platform_posix secret strbuf text wrap
0 winname winname_common winquote winquote_decode winquote_encode yamlread yamltree
1 facts facts_private field flow page passwords plan prereq prereq_facts step
3 collect facts_script journal planfile render render_ansible render_powershell render_runbook schema
3 sequence steps_json tracker tracker_private validate
4 commands options prompt prompt_private wizard wizard_private
'

# What a source may include beyond its layer, or may not although the layer would allow it: PATTERN allows|refuses
# HEADERS.
exceptions='
src/flow_om*.[ch] allows flow_om flow_om_tests
src/flow_sma*.[ch] allows flow_sma
src/wizard*.[ch] refuses commands options prompt
src/prompt*.[ch] refuses commands options sequence planfile
src/options*.[ch] refuses commands prompt wizard
src/main.c allows ui
ui/* refuses commands options prompt prompt_private wizard_private planfile validate sequence yamltree
ui/ui.h allows prompt
'

layer_of_header()
{
	printf '%s\n' "$layers" | awk -v name="$1" '{ for (i = 2; i <= NF; i++) if ($i == name) { print $1; exit } }'
}

layer_of_source()
{
	case $1 in
	ui/* | src/main.c) echo 5 ;;
	src/flow_*) echo 1 ;;
	src/fields_common.c) echo 1 ;;
	src/plan_load*.c | src/plan_save*.c | src/render_*.c) echo 3 ;;
	*)
		# A source beside its header, or a further part of it: winname_path.c, text_width.c
		name=${1#src/} name=${name%.?}
		while [ -z "$(layer_of_header "$name")" ] && [ "$name" != "${name%_*}" ]; do name=${name%_*}; done
		layer_of_header "$name"
		;;
	esac
}

# verdict SOURCE HEADER: what the exceptions say, the last word counts.
verdict()
{
	printf '%s\n' "$exceptions" | while read -r pattern word headers; do
		# shellcheck disable=SC2254 # a pattern
		case $1 in
		$pattern) case " $headers " in *" $2 "*) echo "$word" ;; esac ;;
		esac
	done | tail -n 1
}

for source in $sources; do
	layer=$(layer_of_source "$source")
	[ -n "$layer" ] || echo "$source: has no layer in tests/lint.sh"
	sed -n 's/^#[ \t]*include "\(.*\)\.h".*/\1/p' "$source" | while read -r header; do
		[ ! -f "ui/$header.h" ] || [ "${source%%/*}" != ui ] || continue
		case $(verdict "$source" "$header") in
		allows) continue ;;
		refuses)
			echo "$source: includes $header.h"
			continue
			;;
		esac
		other=$(layer_of_header "$header")
		if [ -z "$other" ] || [ "$other" -gt "${layer:-0}" ]; then
			echo "$source: includes $header.h"
		fi
	done
done >"$scratch/found"
rule 'A source includes only what its layer may know'

# HEADERS (an extended regular expression): the only files that may include them.
system_headers='
(ncurses|curses|panel|menu|form|term)(w)?\.h|ncursesw?/.* ui/screen.c
yaml\.h src/yamlread.[ch]
pcre2\.h src/pattern.c
(fcntl|termios|pwd|unistd|sys/.*)\.h src/platform_posix*.[ch] ui/screen*.c src/main.c
'
printf '%s\n' "$system_headers" | while read -r headers allowed; do
	[ -n "$headers" ] || continue
	for source in $sources; do
		for pattern in $allowed; do
			# shellcheck disable=SC2254
			case $source in $pattern) continue 2 ;; esac
		done
		grep -nE "^#[ 	]*include <($headers)>" "$source" | sed "s|^|$source:|"
	done
done >"$scratch/found"
rule 'A library has one door'

grep -nE '^#[ 	]*include "[^"]*\.c"' $sources $tests >"$scratch/found"
rule 'Nobody includes a source'

for source in $sources $tests; do
	own=${source##*/}
	own=${own%.c}
	case $source in *.h) continue ;; esac
	[ -f "${source%.c}.h" ] || continue
	first=$(sed -n 's/^#[ \t]*include [<"]\(.*\)[">].*/\1/p' "$source" | head -n 1)
	case $first in "$own.h" | "${own}_private.h") ;; *) echo "$source: includes $first before $own.h" ;; esac
done >"$scratch/found"
rule 'A source includes its own header first'

grep -n '<cmocka' $sources $tests | grep -v '^tests/helpers\.h:' >"$scratch/found"
rule 'Only helpers.h includes cmocka'

# ---- what a layer may say ----

grep -nE 'Operations Manager|Service Management|System Center|SCOM|MOM|setup\.exe|msiexec' ui/*.[ch] >"$scratch/found"
rule 'The front end names no product'

for source in $sources; do
	case $source in src/commands*.c | src/main.c | ui/*) continue ;; esac
	grep -nE '(^|[^a-z_])(stdout|puts\(|putchar\(|printf\()' "$source" | grep -vE '^[0-9]+:[ 	]*(/?\*)' |
		grep -v '".*stdout' | sed "s|^|$source:|"
done >"$scratch/found"
rule 'Nothing below commands.c writes to standard output'

# FILE:COUNT of the calls that look inside a password.
exposed='
src/lineedit.c:1
src/passwords.c:2
src/winquote.c:1
'
for source in $sources; do
	case $source in src/secret.[ch]) continue ;; esac
	count=$(grep -v '^[ 	]*\*' "$source" | grep -c 'secret_expose(')
	[ "$count" -eq 0 ] || printf '%s\n' "$exposed" | grep -Fxq "$source:$count" || echo "$source: $count calls"
done >"$scratch/found"
rule 'secret_expose has no callers but the listed ones'

# ---- how files look ----

for file in $sources $tests $scripts $fragments $manual; do
	head -n 4 "$file" | grep -q 'SPDX-License-Identifier: MIT' || echo "$file"
done >"$scratch/found"
rule 'The licence stands at the top of each file'

grep -nE '[ 	]+$' $sources $tests $scripts $fragments $manual README CONTRIBUTING NEWS SECURITY >"$scratch/found"
rule 'No line ends with a blank'

for file in $sources $tests $scripts $fragments CONTRIBUTING NEWS SECURITY; do
	expand "$file" | LC_ALL=C.UTF-8 grep -nE '^.{121}' | sed "s|^\([0-9]*\):.*|$file:\1|"
done >"$scratch/found"
rule 'No line is longer than 120 columns'

for file in $sources; do
	awk -v file="$file" '
		/^{/ { start = NR }
		/^}$/ && start {
			if (NR - start > 60) print file ":" start ": " NR - start " lines"
			start = 0
		}' "$file"
done >"$scratch/found"
rule 'No function is longer than 60 lines'

for file in src/*.h ui/*.h tests/*.h; do
	guard=$(echo "${file##*/}" | tr '[:lower:].' '[:upper:]_')
	grep -qE "^#ifndef SCUPGRADE_([A-Z]+_)?$guard\$" "$file" || echo "$file"
done >"$scratch/found"
rule 'Each header has its guard'

# ---- the lists of the build ----

for file in src/*.[ch] ui/*.[ch] tests/*.[ch]; do
	folder=${file%%/*} name=${file#*/}
	# Programs stand there without their ending.
	case $name in test_*.c) name="${name%.c}\\(\\.c\\)\\?" ;; esac
	pattern="%D%/$name\\([ \\\\]\\|\$\\)"
	grep -q "$pattern" "$folder/local.mk" || echo "$file"
done >"$scratch/found"
rule 'Each source stands in the list of its folder'

# ---- scripts and the manual ----

if command -v shellcheck >/dev/null 2>&1; then
	shellcheck -x $scripts >"$scratch/found" 2>&1
	rule 'shellcheck is content'
else
	skipped shellcheck 'scripts'
fi

if command -v mandoc >/dev/null 2>&1; then
	mandoc -T lint -W warning $manual >"$scratch/found" 2>&1
	rule 'mandoc is content'
	# Terminals print bold and underlined text by overstriking.
	mandoc -T utf8 -O width=200 man/scupgrade.1 | sed "s/.$(printf '\b')//g" >"$scratch/manual.1"
	mandoc -T utf8 -O width=200 man/scupgrade-plan.5 | sed "s/.$(printf '\b')//g" >"$scratch/manual.5"
else
	skipped mandoc 'the form of the manual'
	cat man/scupgrade.1 >"$scratch/manual.1"
	cat man/scupgrade-plan.5 >"$scratch/manual.5"
fi
cat "$scratch/manual.1" "$scratch/manual.5" >"$scratch/manual"

# unmentioned FILE: those of the words on standard input that do not stand in FILE as words of their own.
unmentioned()
{
	sort -u | while IFS= read -r word; do
		escaped=$(printf '%s\n' "$word" | sed 's/[][\.*^$]/\\&/g')
		grep -qE -- "(^|[^A-Za-z0-9_.-])$escaped(\$|[^A-Za-z0-9_-])" "$1" || printf '%s\n' "$word"
	done
}

# The codes of findings are literals in these calls, which may be broken over lines.
reporters='(report_add|report_error|report_warning|diags_add|plan_report|plan_error|refuse)[a-z_]*'
{
	for source in src/*.c; do
		tr '\n\t' '  ' <"$source" |
			grep -oE "$reporters"'\([^;"]*"[a-z0-9]+(-[a-z0-9]+)+"' | sed 's/.*"\(.*\)"/\1/'
	done
	# Each of these plans has the finding that its name says.
	printf '%s\n' tests/plans/bad-*.yaml | sed 's|.*/bad-\(.*\)\.yaml|\1|'
} | unmentioned "$scratch/manual" >"$scratch/found"
rule 'The manual has each code of a finding'

# The keys of the table of facts; those of the columns of a list stand behind its own: services[].name
awk -F'"' '
	/\\$/ { next }
	FNR == NR { if (match($0, /[a-z]+_columns,/)) list[substr($0, RSTART, RLENGTH - 1)] = $2; next }
	/^(static )?const struct fact / { table = $0; sub(/.*fact /, "", table); sub(/\[.*/, "", table) }
	/\.key = "|= (TLS|BUILD|ROWS)\("/ {
		prefix = /TLS\(/ ? "tls." : /BUILD\(/ ? "builds." : table == "server_facts" ? "" : list[table] "[]."
		print prefix $2
	}' src/facts_table.c src/facts_table.c | sort >"$scratch/keys"
sed -n 's/^\.It Cm //p' man/scupgrade-facts.5 | grep -v '^scupgrade-facts$' | sort >"$scratch/items"
comm -3 "$scratch/keys" "$scratch/items" | sed 's/^\t\(.*\)/\1 (is no key)/' >"$scratch/found"
[ -s "$scratch/keys" ] || echo '(no keys at all)' >>"$scratch/found"
rule 'scupgrade-facts(5) has each key and no other'

if [ -x "$program" ]; then
	"$program" fields --format json >"$scratch/fields" || echo 'fields --format json failed'
	grep -o '"key": *"[^"]*"' "$scratch/fields" | sed 's/.*"\(.*\)"/\1/' >"$scratch/keys"
	[ -s "$scratch/keys" ] || echo '(no keys at all)' >>"$scratch/keys"
	unmentioned "$scratch/manual.5" <"$scratch/keys" >"$scratch/found"
	rule 'scupgrade-plan(5) has each key'

	"$program" --help >"$scratch/help"
	grep -oE '(^|[ ,])--?[a-zA-Z][a-z-]*' "$scratch/help" | sed 's/^[ ,]*//' >"$scratch/words"
	sed -n '/^[Cc]ommands/,/^[^ ]*[Oo]ptions/s/^  \([a-z][a-z-]*\).*/\1/p' "$scratch/help" >>"$scratch/words"
	[ -s "$scratch/words" ] || echo '(no options at all)' >>"$scratch/words"
	unmentioned "$scratch/manual.1" <"$scratch/words" >"$scratch/found"
	rule 'scupgrade(1) has each command and option'
else
	skipped "$program" 'the manual against the program'
fi

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
