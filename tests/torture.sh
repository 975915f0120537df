#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Every command that writes, with each of its calls failing in turn and killed before each of its system calls
# (tests/torture/): afterwards the old or the new content is there, and what was said is true. Then: that every call of
# the system that the program makes did fail. Prints every failure, then "N passed, N failed".
#
# By hand, for one case: FAULTS=build/tests/torture/faults.so build/tests/torture/torture FOLDER "render html"
set -u

srcdir=${srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
builddir=${builddir:-$srcdir/build}
SCUPGRADE=${SCUPGRADE:-$builddir/scupgrade}
FAULTS=$builddir/tests/torture/faults.so
torture=$builddir/tests/torture/torture
export srcdir SCUPGRADE FAULTS

skip()
{
	echo "$1"
	exit 77
}

[ -x "$torture" ] || skip 'it was not built: it needs libvterm, and the full screen'
! grep -q __asan_init "$SCUPGRADE" || skip 'the sanitizers bring a malloc of their own'
if grep -q __gcov_ "$SCUPGRADE"; then
	# In a coverage build each run writes hundreds of files: a sample, and no kill while they are written.
	NO_KILLS=1 QUICK_TESTS=1
	export NO_KILLS QUICK_TESTS
fi
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' 0
(cd "$scratch" && LD_PRELOAD=$FAULTS "$SCUPGRADE" --version >/dev/null 2>preload && [ ! -s preload ]) ||
	skip 'no library may be loaded before others here'

mkdir "$scratch/work"
"$torture" "$scratch/work" >"$scratch/output"
status=$?
grep -v '^never failed: ' "$scratch/output" | grep -v '^[0-9]* passed, [0-9]* failed$'
count=$(grep '^[0-9]* passed, [0-9]* failed$' "$scratch/output")
[ -n "$count" ] || exit 99
passed=${count%% passed*} failed=${count##*, } failed=${failed%% failed*}
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1

# ---- calls that never failed ----

# Each line: why, then the calls. Of a library the memory and the files fail.
exceptions='
memory-only: abort atexit bcmp dirfd exit explicit_bzero fileno free getenv memchr memcmp memcpy memmove memset qsort
said-only-while-the-program-gives-up: fputc
memory-only: snprintf sprintf sscanf strchr strcmp strcspn strdup strerror strftime strlen strncmp strnlen
memory-only: strpbrk strptime strrchr strspn strstr strtoll strtol strtoul strtoull timegm tzset vsnprintf wcwidth
memory-only: nl_langinfo stack_chk_fail fdelt sigaddset sigdelset sigemptyset sigfillset sigismember ferror
memory-only: setenv unsetenv
always-there: geteuid getegid getpid getuid getgid time umask sysconf
fails-by-our-mistake-only: raise kill sigaction signal sigaltstack sigprocmask sigpending munmap posix_spawnattr_.*
fails-by-our-mistake-only: posix_spawn_file_actions_.*
fails-as-a-handler-that-has-nowhere-to-say-so: dup2 tcflow tcflush
only-with-a-second-group-or-account: fchown getgrgid
only-shorter-by-a-signal: nanosleep
only-where-another-call-failed: ftruncate
variables: cpu_model cpu_features2
variables: environ errno_location stderr stdin stdout stdscr curscr cur_term COLS LINES GLOBAL_OFFSET_TABLE_
a-library: yaml_.* pcre2_.*
a-library: clearok define_key delscreen delwin endwin getmouse has_colors
a-library: keypad mouseinterval mousemask newpad newterm nodelay noecho nonl raw
a-library: reset_prog_mode reset_shell_mode resizeterm set_escdelay start_color tigetstr
a-library: tparm typeahead use_default_colors werase wgetch wmove wrefresh
'
# Which calls stand in a program that is not optimized is another question.
if command -v nm >/dev/null 2>&1 && [ -z "${NO_KILLS-}" ]; then
	"$torture" --calls | sort >"$scratch/can-fail"
	sed -n 's/^never failed: //p' "$scratch/output" | sort >"$scratch/never"
	printf '%s\n' "$exceptions" | sed 's/^[^:]*: *//' | tr -s ' ' '\n' | grep . | sed 's/.*/^&$/' >"$scratch/fine"
	# What the program needs of others, under the names that fortified calls have too.
	nm -u "$builddir/libcore.a" "$builddir/libui.a" "$builddir/src/cli/main.o" 2>/dev/null |
		awk '$1 == "U" { print $2 }' | sort -u >"$scratch/needs"
	nm -g "$builddir/libcore.a" "$builddir/libui.a" 2>/dev/null |
		awk 'NF == 3 && $2 != "U" { print $3 }' | sort -u >"$scratch/own"
	comm -23 "$scratch/needs" "$scratch/own" | sed 's/^_*//; s/^isoc[0-9]*_//; s/_chk$//; s/^open_2$/open/
		s/^vfprintf$/fprintf/' | grep -vxE '(asan|ubsan|gcov|llvm).*' | sort -u >"$scratch/calls"
	grep -vf "$scratch/fine" "$scratch/calls" >"$scratch/checked"
	[ -s "$scratch/checked" ] || echo 'no calls at all'
	comm -23 "$scratch/checked" "$scratch/can-fail" |
		sed 's/^/a call that cannot be made to fail: /' >"$scratch/missed"
	comm -12 "$scratch/checked" "$scratch/never" | sed 's/^/a call that never failed: /' >>"$scratch/missed"
	cat "$scratch/missed"
	failed=$((failed + $(wc -l <"$scratch/missed")))
	passed=$((passed + 1))
fi

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
