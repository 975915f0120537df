# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Read in by the shell that runs one test, after it set builddir and srcdir: the same surroundings everywhere, and a
# home folder of the test's own that goes away with it.

: "${builddir:?}" "${srcdir:?}"

TZ=UTC
LC_ALL=C.UTF-8
TERM=xterm-256color
export TZ LC_ALL TERM
unset LANG LANGUAGE COLUMNS LINES ESCDELAY COLORTERM NO_COLOR NCURSES_NO_UTF8_ACS TERMINFO TMUX STY ACCESSIBLE \
	XDG_CONFIG_HOME XDG_RUNTIME_DIR SCUPGRADE_DEBUG SCUPGRADE_DEBUG_FILE SOURCE_DATE_EPOCH

LSAN_OPTIONS="suppressions=$srcdir/tests/lsan.supp:print_suppressions=0"
UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS UBSAN_OPTIONS

mkdir -p "$builddir/tests/scratch" || exit 99
HOME=$(mktemp -d "$builddir/tests/scratch/home.XXXXXX") || exit 99
XDG_STATE_HOME=$HOME/state
export HOME XDG_STATE_HOME
test_home=$HOME
trap 'chmod -R u+w "$test_home" && rm -rf "$test_home"' 0
