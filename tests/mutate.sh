#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Do the tests bite? mutate.sh [SEED [COUNT]] puts COUNT (30) faults, always the same for a SEED (1), into the program's
# source, one at a time, in a copy: an operator, a constant, a condition, a call that is missing. It says which test
# catches each, what survives, and how many were caught; fewer than 85 of 100 end it with 1. Takes a quarter of an hour
# on two cores, and is no part of "make check". CONFIGURE has arguments for configure, such as --enable-sanitizers.
#
# What survives is either a hole in the tests or a fault that changes nothing; whoever looks at it decides.
set -u

srcdir=${srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
seed=${1:-1} count=${2:-30}
patience=120 # seconds for one test: a fault that hangs is noticed too
enough=85    # of 100
slow='tests/test_fuzz tests/test_winquote_roundtrip' # take as long as all others together: last
# What no test reaches on purpose: the other system, the end for lack of memory, messages for those who look inside.
left_out='src/os/windows|src/core/debug\.c|src/core/base\.c'

scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' 0
trap 'exit 1' INT TERM HUP
tree=$scratch/tree build=$scratch/build
# Neither slow tests nor the golden files of somebody else
QUICK_TESTS=1
export QUICK_TESTS
unset UPDATE_GOLDEN

die()
{
	echo "mutate.sh: $*" >&2
	exit 99
}

# ---- a copy that builds ----

mkdir "$tree" "$build" || exit 99
(cd "$srcdir" && tar -cf - --exclude=./build --exclude=./.git .) | (cd "$tree" && tar -xf -) || exit 99
[ -x "$tree/configure" ] || (cd "$tree" && ./autogen.sh) >"$scratch/log" 2>&1 || die 'no configure'
# shellcheck disable=SC2086 # several arguments
(cd "$build" && "$tree/configure" ${CONFIGURE-} CFLAGS='-O1 -w') >"$scratch/log" 2>&1 ||
	die "$(tail -n 3 "$scratch/log")"
cd "$build" || exit 99
echo "Building in $build"
if ! { make -s -j2 all && make -s -j2 check TESTS=; } >"$scratch/log" 2>&1; then
	die "$(tail -n 5 "$scratch/log")"
fi
libraries=libcore.a
! grep -q '^libui.a' Makefile || libraries="$libraries libui.a"

# Unit programs first, the whole program after them.
unit=$(make -s -f - list <<'END'
include Makefile
list:
	@echo $(unit_tests) $(ui_tests)
END
)
quick=
for test in $unit; do
	case " $slow " in *" $test "*) ;; *) quick="$quick $test" ;; esac
done
unit="$quick $slow"
whole=$(make -s -f - list <<'END'
include Makefile
list:
	@echo $(filter-out tests/lint.sh tests/files.sh,$(script_tests)) $(pty_tests) $(terminal_tests)
END
)

# run TEST: whether it passes. What it says is in $scratch/log.
run()
{
	(
		builddir=$build srcdir=$tree SCUPGRADE=$build/scupgrade MAKE=make
		export builddir srcdir SCUPGRADE MAKE
		# shellcheck source=tests/environment.sh
		. "$tree/tests/environment.sh"
		case $1 in
		*.sh) timeout -k 5 "$patience" sh "$tree/$1" ;;
		*) timeout -k 5 "$patience" "./$1" ;;
		esac
		status=$?
		[ "$status" -eq 0 ] || [ "$status" -eq 77 ]
	) >"$scratch/log" 2>&1 </dev/null
}

for test in $unit $whole; do
	run "$test" || die "$test fails without any fault: $(tail -n 3 "$scratch/log")"
done

# ---- all faults that could be put in ----

# Prints FILE, line, column, length of what goes, and what comes instead, for each; tabulators between. Comments,
# texts and preprocessor lines are left alone.
faults()
{
	for file in $(cd "$tree" && find src ui -name '*.c' | LC_ALL=C sort | grep -Ev "$left_out"); do
		awk -v file="$file" '
			function fault(at, size, text) { print file "\t" FNR "\t" at "\t" size "\t" text }
			# Everywhere that FROM stands in the line outside of texts.
			function each(from, text,    at, rest, base) {
				base = 0; rest = bare
				while ((at = index(rest, from)) > 0) {
					fault(base + at, length(from), text)
					base += at + length(from) - 1
					rest = substr(bare, base + 1)
				}
			}
			function number(    at, rest, base, digits) {
				base = 0; rest = bare
				while (match(rest, /[^A-Za-z0-9_.\[][0-9]+[^A-Za-z0-9_.x]/)) {
					at = RSTART + 1; digits = substr(rest, at, RLENGTH - 2)
					fault(base + at, length(digits), digits + 1)
					base += at + length(digits) - 1
					rest = substr(bare, base + 1)
				}
			}
			{
				bare = $0
				gsub(/\\./, "__", bare)
				while (match(bare, /"[^"]*"/))
					bare = substr(bare, 1, RSTART - 1) blanks(RLENGTH) \
						substr(bare, RSTART + RLENGTH)
				gsub(/\047[^\047]*\047/, "___", bare)
			}
			function blanks(n,    text) { text = ""; while (n-- > 0) text = text "_"; return text }
			/^#/ || /^[ \t]*(\/\*|\*)/ || /^[A-Za-z].*;$/ || inside {
				if (/\/\*/) inside = 1
				if (/\*\//) inside = 0
				next
			}
			/static_assert|enum \{/ { next }
			{
				sub(/\/\*.*/, "", bare)
				each(" == ", " != "); each(" != ", " == ")
				each(" <= ", " < "); each(" >= ", " > ")
				each(" < ", " <= "); each(" > ", " >= ")
				each(" && ", " || "); each(" || ", " && ")
				each(" + ", " - "); each(" - ", " + ")
				each("++", "--"); each("--", "++")
				each(" += ", " -= "); each(" -= ", " += ")
				each("return true;", "return false;"); each("return false;", "return true;")
				each(" = true;", " = false;"); each(" = false;", " = true;")
				each("break;", ";"); each("continue;", ";")
				if (bare ~ /^\t+(if|while) \(.*\)( \{)?$/ && match(bare, /\(/))
					fault(RSTART, 1, "(!!!")
				if (bare ~ /^\t+[a-z_]+\(.*\);$/ && match(bare, /[a-z_]/))
					fault(RSTART, length(bare) - RSTART + 1, ";")
				number()
			}' "$tree/$file"
	done
}

# COUNT of the lines of standard input in an order that SEED alone decides.
choose()
{
	awk -v seed="$seed" '
		function next_number() { seed = (seed * 16807) % 2147483647; return seed }
		BEGIN { seed = (seed * 7919) % 2147483646 + 1; for (i = 0; i < 8; i++) next_number() }
		{ lines[NR] = $0 }
		END {
			for (i = NR; i > 1; i--) {
				k = next_number() % i + 1
				kept = lines[i]; lines[i] = lines[k]; lines[k] = kept
			}
			for (i = 1; i <= NR; i++) print lines[i]
		}'
}

# ---- one at a time ----

# catch: the test that fails; nothing when all pass. The likeliest come first: those that the file is called after.
catch()
{
	stem=${file##*/}
	stem=${stem%.c}
	likely=
	for test in $unit; do
		name=${test#tests/test_}
		case $stem in
		"$name"*) likely="$test $likely" ;;
		*) case $name in "${stem%%_*}"*) likely="$likely $test" ;; esac ;;
		esac
	done
	for test in $likely $unit; do
		case " $seen " in *" $test "*) continue ;; esac
		seen="$seen $test"
		make -s "$test" >"$scratch/log" 2>&1 || continue
		run "$test" || { echo "$test"; return; }
	done
	make -s scupgrade >"$scratch/log" 2>&1
	for test in $whole; do
		run "$test" || { echo "$test"; return; }
	done
}

faults | choose >"$scratch/faults"
echo "$(wc -l <"$scratch/faults") faults are possible; $count of them, seed $seed:"
tab=$(printf '\t')
done=0 caught=0
while [ "$done" -lt "$count" ] && IFS=$tab read -r file line column size text <&3; do
	cp -p "$tree/$file" "$scratch/kept"
	awk -v line="$line" -v column="$column" -v size="$size" -v text="$text" '
		FNR == line {
			if (text == "(!!!") { text = "(!("; sub(/\)( \{)?$/, ")&") }
			$0 = substr($0, 1, column - 1) text substr($0, column + size)
		}
		{ print }' "$scratch/kept" >"$tree/$file"
	# A fault that does not compile is none, and counts for nothing.
	# shellcheck disable=SC2086 # several libraries
	if make -s -j2 $libraries >"$scratch/log" 2>&1; then
		done=$((done + 1)) seen=
		by=$(catch)
		if [ -n "$by" ]; then
			caught=$((caught + 1)) verdict="caught by ${by#tests/}"
		else
			verdict=SURVIVED
		fi
		printf '%2d %s\n   %s:%s: %s\n' "$done" "$verdict" "$file" "$line" \
			"$(sed -n "${line}s/^[[:blank:]]*//p" "$tree/$file")"
	fi
	cp -p "$scratch/kept" "$tree/$file"
	touch "$tree/$file"
done 3<"$scratch/faults"
[ "$done" -gt 0 ] || die 'no faults'
echo "$caught of $done caught, $((100 * caught / done)) %"
[ $((100 * caught)) -ge $((enough * done)) ]
