#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The rules that a reviewer would otherwise repeat. Prints every violation, then "N passed, N failed", counted in rules.
# Runs in "make check" and "make lint", or by hand from the source folder with the program in build/.
# shellcheck disable=SC2086 # lists of files are split on purpose
set -u

srcdir=${srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
builddir=${builddir:-$srcdir/build}
program=${SCUPGRADE:-$builddir/scupgrade}
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

sources=$(find src ui -name '*.[ch]' | sort)
tests=$(ls tests/*.[ch] tests/bench/*.[ch] tests/torture/*.[ch])
headers=$(printf '%s\n' $sources $tests | grep '\.h$')
scripts='bootstrap autogen.sh .ci/run src/os/windows/*.sh tests/*.sh'
fragments='configure.ac Makefile.am m4/*.m4 */local.mk src/os/local.mk'
manual='man/scupgrade.1 man/scupgrade-plan.5 man/scupgrade-facts.5 man/scupgrade-releases.7'

# ---- who may know whom ----

# A folder is a layer: what it may know besides itself. What those know it may know too.
layers='
src/core
src/os src/core
src/win src/core
src/model src/core src/win
src/flows/common src/model
src/flows/om src/flows/common src/model
src/flows/sma src/flows/common src/model
src/flows src/flows/om src/flows/sma
src/pipeline src/model src/os
src/render src/pipeline
src/wizard src/pipeline src/render
src/plain src/wizard
ui src/wizard
src/cli src/flows src/plain src/wizard ui
'

# judge_layers MODE LIST: LIST has lines FILE KNOWN-FILE WHAT; prints those whose first file's folder may not know the
# second one's. What is for one system counts as what is for all. MODE "named": also what front ends see through the
# wizard's headers only.
judge_layers()
{
	printf '%s\n' "$layers" | awk -v named="$1" '
		function layer(file) { sub(/\/[^\/]*$/, "", file); sub(/^src\/os\/.*/, "src/os", file); return file }
		FNR == NR {
			if (NF) name[++count] = $1
			for (i = 1; i <= NF; i++) knows[$1, $i] = 1
			next
		}
		FNR == 1 {      # what they know it knows: the lowest layer stands first
			for (i = 1; i <= count; i++) for (j = 1; j < i; j++) if (knows[name[i], name[j]])
				for (k = 1; k < j; k++) if (knows[name[j], name[k]]) knows[name[i], name[k]] = 1
		}
		{
			from = layer($1)
			to = layer($2)
			if (from == "src/core" && $2 ~ /^src\/os\/(memory\.h|[a-z]*\/[a-z]*_memory)$/) next
			if (named && from ~ /^(ui|src\/plain)$/ && to ~ /^src\/(pipeline|render)$/) print
			else if (!knows[from, to]) print
		}' - "$2"
}

# The header of an include lies below src, or in ui.
grep -HE '^#[ 	]*include "' $sources |
	sed 's|^\([^:]*\):[^"]*"\(.*\)".*|\1 src/\2 \2|; s| src/ui/| ui/|' >"$scratch/includes"
{
	while read -r source header name; do
		[ -f "$header" ] || echo "$source: $name is not FOLDER/NAME of a header"
	done <"$scratch/includes"
	judge_layers named "$scratch/includes" | sed 's|^\([^ ]*\) .* |\1: includes |'
} >"$scratch/found"
rule 'A source includes only what its folder may know'

# The same by what the linker sees, which a declaration by hand does not escape. U OBJECT SYMBOL, D OBJECT SYMBOL.
objects=$(cd "$builddir" && find src ui -name '*.o' 2>/dev/null)
if command -v nm >/dev/null 2>&1 && [ -n "$objects" ]; then
	(cd "$builddir" && nm -g $objects) | awk '
		/^(src|ui)\/.*:$/ { object = $1; sub(/\.o:$/, "", object); sub(/libui_a-/, "", object) }
		NF == 2 && $1 == "U" { print "U", object, $2 }
		NF == 3 && $2 !~ /[Uvw]/ { print "D", object, $3 }' | sort -u >"$scratch/symbols"
	# OBJECT OBJECT SYMBOL: the first needs what the second has. The register is how products are found.
	awk '$1 == "D" { home[$3] = $2 }
		$1 == "U" { needs[++count] = $2; symbol[count] = $3 }
		END {
			for (i = 1; i <= count; i++)
				if (symbol[i] in home && home[symbol[i]] != needs[i] &&
				    home[symbol[i]] != "src/flows/register")
					print needs[i], home[symbol[i]], symbol[i]
		}' "$scratch/symbols" >"$scratch/uses"
	{
		judge_layers '' "$scratch/uses"
		# Memory lies below everything.
		grep '^src/os/[a-z]*/[a-z]*_memory ' "$scratch/uses"
		[ -s "$scratch/uses" ] || echo '(no symbols at all)'
	} | sed 's|^\([^ ]*\) \([^ ]*\) \(.*\)|\1 needs \3 of \2|' >"$scratch/found"
	rule 'An object needs only what its folder may know'

	awk '$3 ~ /^platform_(user|time_utc|date_local|clock_local)$/ && $1 !~ /^src\/(os|cli|wizard)\// {
		print $1 " needs " $3 }' "$scratch/uses" >"$scratch/found"
	rule 'The clock and the name of the user are read in src/cli and src/wizard alone'

	for folder in src/core src/win src/model; do
		sed -n "s|^\($folder/[^/ ]*\) \($folder/[^/ ]*\) .*|\1 \2|p" "$scratch/uses" | sort -u |
			tsort 2>&1 >/dev/null | sed 's/^tsort: //'
	done >"$scratch/found"
	rule 'There is no circle between objects of core, win or model'
else
	skipped nm 'circles and layers by symbols'
fi

# HEADERS (an extended regular expression): the only files that may include them.
system_headers='
(ncurses|curses|panel|menu|form|term)(w)?\.h|ncursesw?/.* ui/screen.c ui/screen_words.c
yaml\.h src/core/yamlread.[ch]
pcre2\.h src/core/pattern.c
(fcntl|termios|pwd|unistd|sys/.*)\.h src/os/posix/* src/os/windows/* ui/screen*.c
(windows|io|aclapi|sddl|shellapi)\.h src/os/windows/* ui/screen_windows.c
'
printf '%s\n' "$system_headers" | while read -r names allowed; do
	[ -n "$names" ] || continue
	grep -HnE "^#[ 	]*include <($names)>" $sources | while IFS= read -r found; do
		for pattern in $allowed; do
			# shellcheck disable=SC2254
			case ${found%%:*} in $pattern) continue 2 ;; esac
		done
		printf '%s\n' "$found"
	done
done >"$scratch/found"
rule 'A library has one door'

grep -nE '^#[ 	]*include "[^"]*\.c"' $sources $tests >"$scratch/found"
rule 'Nobody includes a source'

for source in $sources $tests; do
	own=${source#src/}
	own=${own#tests/}
	own=${own#bench/}
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

grep -HnE '(^|[^a-z_])(stdout|puts\(|putchar\(|printf\()' $sources |
	grep -vE '^(src/cli/|src/os/[^:]*_start\.c:|ui/)|^[^:]*:[0-9]+:[ 	]*(/?\*)|".*stdout' >"$scratch/found"
rule 'Nothing below src/cli writes to standard output'

# FILE:COUNT of the calls that look inside a password.
exposed='
src/core/lineedit.c:1
src/pipeline/passwords.c:2
src/win/winquote.c:1
'
grep -H 'secret_expose(' $sources | grep -vE '^src/core/secret\.[ch]:|^[^:]*:[ 	]*\*' | cut -d: -f1 | sort |
	uniq -c |
	while read -r count source; do
		printf '%s\n' "$exposed" | grep -Fxq "$source:$count" || echo "$source: $count calls"
	done >"$scratch/found"
rule 'secret_expose has no callers but the listed ones'

# ---- what is collected is used ----

# Declarations, definitions and tables are no use. What is required tells rows apart, and goes with its list.
awk '
	FNR == 1 { end = "" }
	!end && /^extern const struct field / { end = ";" }
	!end && /^(static )?const struct field .* = \{/ {
		end = "};$"
		name = $0
		sub(/ = .*/, "", name)
		sub(/.*[ *]/, "", name)
		if (name ~ /^fact_/) where[name] = FILENAME
	}
	end {
		if (/FIELD_REQUIRED/) delete where[name]
		if ($0 ~ end) end = ""
		next
	}
	/^[ 	]*(\/\*|\*)/ { next }
	{
		gsub(/[^A-Za-z0-9_]+/, " ")
		for (i = 1; i <= NF; i++) used[$i] = 1
	}
	END { for (name in where) if (!(name in used)) print where[name] ": " name }
' $sources | sort >"$scratch/found"
rule 'Each fact that is collected is judged or used'

# ---- how files look ----

awk 'FNR == 1 { seen[FILENAME] = 0 }
	FNR <= 4 && /SPDX-License-Identifier: MIT/ { seen[FILENAME] = 1 }
	END { for (file in seen) if (!seen[file]) print file }
' $sources $tests $scripts $fragments $manual >"$scratch/found"
rule 'The licence stands at the top of each file'

grep -nE '[ 	]+$' $sources $tests $scripts $fragments $manual README CONTRIBUTING NEWS SECURITY >"$scratch/found"
rule 'No line ends with a blank'

# What is short in bytes is short; only the rest is looked at by letters.
LC_ALL=C awk '{
	width = 0
	line = $0
	while (at = index(line, "\t")) {
		width = (int((width + at - 1) / 8) + 1) * 8
		line = substr(line, at + 1)
	}
	if (width + length(line) > 120 && last != FILENAME) print last = FILENAME
}' $sources $tests $scripts $fragments CONTRIBUTING NEWS SECURITY | while IFS= read -r file; do
	expand "$file" | LC_ALL=C.UTF-8 grep -nE '^.{121}' | sed "s|^\([0-9]*\):.*|$file:\1|"
done >"$scratch/found"
rule 'No line is longer than 120 columns'

awk 'FNR == 1 { start = 0 }
	/^{/ { start = FNR }
	/^}$/ && start {
		if (FNR - start > 60) print FILENAME ":" start ": " FNR - start " lines"
		start = 0
	}' $sources >"$scratch/found"
rule 'No function is longer than 60 lines'

awk 'FNR == 1 { guard = FILENAME; sub(/.*\//, "", guard); gsub(/\./, "_", guard); seen[FILENAME] = 0 }
	$0 ~ "^#ifndef SCUPGRADE_([A-Z]+_)?" toupper(guard) "$" { seen[FILENAME] = 1 }
	END { for (file in seen) if (!seen[file]) print file }' $headers >"$scratch/found"
rule 'Each header has its guard'

# ---- the lists of the build ----

# FILE stands in the list of the nearest folder above it that has one, as %D%/PATH.
grep -HoE '%D%/[^ 	\\]+' src/local.mk src/os/local.mk ui/local.mk tests/local.mk |
	sed 's|local\.mk:%D%/||' | sort -u >"$scratch/listed"
for file in $sources $tests; do
	echo "$file"
	# Programs stand there without their ending.
	case $file in tests/test_*.c) echo "${file%.c}" ;; esac
done | sort >"$scratch/files"
comm -12 "$scratch/files" "$scratch/listed" | sed 's|^\(tests/test_[^.]*\)$|\1.c|' | sort -u >"$scratch/there"
sed '/^tests\/test_[^.]*$/d' "$scratch/files" | comm -23 - "$scratch/there" >"$scratch/found"
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
	# As they stand, but options: "Fl -help" is shown as --help.
	sed 's/Fl \([-A-Za-z]\)/-\1/g' man/scupgrade.1 >"$scratch/manual.1"
	sed 's/Fl \([-A-Za-z]\)/-\1/g' man/scupgrade-plan.5 >"$scratch/manual.5"
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

printf '%s\n' schema/*.schema.json | sed 's|.*/||' | unmentioned "$scratch/manual.1" >"$scratch/found"
rule 'scupgrade(1) names each schema'

# The codes of findings are literals in these calls, which may be broken over lines.
reporters='(report_add|report_error|report_warning|diags_add|plan_report|plan_error|refuse)[a-z_]*'
{
	for source in $(printf '%s\n' $sources | grep "^src/.*\.c$"); do
		tr '\n\t' '  ' <"$source" |
			grep -oE "$reporters"'\([^;"]*"[a-z0-9]+(-[a-z0-9]+)+"' | sed 's/.*"\(.*\)"/\1/'
	done
	# Each of these plans has the finding that its name says.
	printf '%s\n' tests/plans/bad-*.yaml | sed 's|.*/bad-\(.*\)\.yaml|\1|'
} | sort -u >"$scratch/codes"
unmentioned "$scratch/manual" <"$scratch/codes" >"$scratch/found"
rule 'The manual has each code of a finding'

# finding_codes.c says in the same words what DIAGNOSTICS says: of each code here, and of no other there but those of
# prerequisites, which are ids of the products' rows.
sed -n '/^\.Sh DIAGNOSTICS/,/^\.Ss Prerequisites/s/^\.It Li //p' man/scupgrade.1 | sort >"$scratch/listed"
sed -n 's/^\t{ "\([a-z0-9-]*\)",.*/\1/p' src/cli/finding_codes.c | sort >"$scratch/table"
{
	comm -23 "$scratch/listed" "$scratch/table"
	unmentioned "$scratch/table" <"$scratch/codes"
} >"$scratch/found"
rule 'finding_codes.c has each code of a finding'
if command -v mandoc >/dev/null 2>&1; then
	mandoc -T ascii -O width=900 man/scupgrade.1 | sed "s/.$(printf '\b')//g" |
		tr -s ' \n' '  ' >"$scratch/squeezed"
	tr -s '\t\n' '  ' <src/cli/finding_codes.c | sed 's/" *"//g' | grep -oE '\{ "[a-z0-9-]+", "([^"\]|\\.)*" \}' |
		sed 's/^{ "\([a-z0-9-]*\)", "\(.*\)" }$/\1 \2/; s/\\\(.\)/\1/g' >"$scratch/table"
	while IFS= read -r row; do
		grep -qF -- "$row" "$scratch/squeezed" || printf '%s\n' "$row"
	done <"$scratch/table" >"$scratch/found"
	[ -s "$scratch/table" ] || echo '(no codes at all)' >"$scratch/found"
	rule 'The manual says of each code what finding_codes.c says'

	# And of each prerequisite what its row says, but for what depends on the releases.
	cat src/flows/*/*_checks.c | tr -s '\t\n' '  ' | sed 's/" *"//g' |
		grep -oE '\.(title|needed|remedy) = "([^"\]|\\.)*"' | sed 's/^[^"]*"\(.*\)"$/\1/; s/\\\(.\)/\1/g' |
		grep -v '{' >"$scratch/table"
	[ -s "$scratch/table" ] || echo '(no prerequisites at all)' >"$scratch/table"
	while IFS= read -r row; do
		grep -qF -- "$row" "$scratch/squeezed" || printf '%s\n' "$row"
	done <"$scratch/table" >"$scratch/found"
	rule 'The manual says of each prerequisite what its row says'
fi

if [ -x "$program" ]; then
	"$program" fields --format json >"$scratch/fields" || echo 'fields --format json failed'
	grep -o '"key": *"[^"]*"' "$scratch/fields" | sed 's/.*"\(.*\)"/\1/' >"$scratch/keys"
	[ -s "$scratch/keys" ] || echo '(no keys at all)' >>"$scratch/keys"
	unmentioned "$scratch/manual.5" <"$scratch/keys" >"$scratch/found"
	rule 'scupgrade-plan(5) has each key'
	tr -s ' \n' '  ' <"$scratch/manual.5" >"$scratch/squeezed"
	grep -oE '"kind": *"(one|list) of: [^"]*"' "$scratch/fields" | sed 's/.*"\(.* of: .*\)"/\1/' | sort -u |
		while IFS= read -r kind; do
			grep -qF -- "$kind" "$scratch/squeezed" || printf '%s\n' "$kind"
		done >"$scratch/found"
	rule 'scupgrade-plan(5) has the words that each key takes'

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
