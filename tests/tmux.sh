#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# Both products once through the full-screen wizard in a second, independent terminal emulator. With UNDER_WINE the
# program is one for Windows: Wine's console opens without TERM only, and never tells that the window has another size.
set -eu
[ -z "${QUICK_TESTS-}" ] || exit 77

: "${srcdir:?}" "${SCUPGRADE:?}" "${HOME:?}"

if ! command -v tmux >/dev/null 2>&1; then
	echo "no tmux here" >&2
	exit 77
fi

LOGNAME=anna
SOURCE_DATE_EPOCH=1795269727
export LOGNAME SOURCE_DATE_EPOCH
unset TMUX

work=$(mktemp -d "$HOME/tmux.XXXXXX")
plan=
# A socket's path must be short; each product has a server of its own, for one that ends takes its time.
socket=$(mktemp -d "${TMPDIR:-/tmp}/scupgrade.XXXXXX")

terminal() { tmux -f /dev/null -S "$socket/$plan" "$@"; }
finish()
{
	[ -z "$plan" ] || terminal kill-server 2>/dev/null || :
	rm -rf "$work" "$socket"
}
trap finish 0

# shows TEXT: waits for it on the screen; capturing takes a few milliseconds, which is the pause between two looks.
shows()
{
	tries=3000
	while [ $tries -gt 0 ]; do
		if terminal capture-pane -p -t wizard 2>/dev/null | grep -qF -- "$1"; then
			return 0
		fi
		tries=$((tries - 1))
	done
	echo "not on the screen: $1" >&2
	terminal capture-pane -p -t wizard >&2 || :
	return 1
}

# The number of the page, as the title names it.
page_shown() { terminal capture-pane -p -t wizard | sed -n '1s/.* \([0-9][0-9]*\) of [0-9].*/\1/p'; }

# turn KEY: to another page, whatever its number is: those that are not there keep theirs.
turn()
{
	here=$(page_shown)
	terminal send-keys -t wizard "$1"
	tries=3000
	while [ $tries -gt 0 ]; do
		page=$(page_shown)
		[ -z "$page" ] || [ "$page" = "$here" ] || return 0
		tries=$((tries - 1))
	done
	echo "no page comes after page $here by $1" >&2
	terminal capture-pane -p -t wizard >&2
	return 1
}

press() { terminal send-keys -t wizard "$1" && shows "$2"; }

# at_ready: whether the page that the title names is Ready; a console may show the title before the buttons.
at_ready()
{
	seen=
	while [ "$seen" != "$(terminal capture-pane -p -t wizard)" ]; do
		seen=$(terminal capture-pane -p -t wizard)
	done
	case $seen in *'[ Write the files ]'*) ;; *) return 1 ;; esac
}

# walk PLAN: from the first page to Ready and to the end, however many pages there are; leaves the lines in $work/lines.
# A plan with nothing open begins at Ready; the way leads from its second page.
walk()
{
	plan=$1
	# What is open of several servers, of one, of the whole plan
	by="by: anna, on: '2026-11-20', note: seen }"
	{
		cat "$srcdir/tests/ui/$plan"
		echo confirmed:
		"$SCUPGRADE" check --all "$srcdir/tests/ui/$plan" 2>/dev/null | sed -n \
			-e "s/^.*: not known on \(.*\)\. \[\(.*\)]\$/  - { check: \2, servers: [\1], $by/p" -e t \
			-e "s/^.*: \([A-Z0-9]*\): .*: not known\. \[\(.*\)]$/  - { check: \2, servers: [\1], $by/p" \
			-e t -e "s/^.*: not known\. \[\(.*\)]\$/  - { check: \1, $by/p"
	} >"$work/$plan"
	rm -f "$work/lines"
	terminal new-session -d -s wizard -x 80 -y 24 "cd '$work' && ${UNDER_WINE:+unset TERM &&} \
		'$SCUPGRADE' wizard $plan >lines; \
		echo \"ended with \$?\"; read -r line"
	shows "[ Write the files ]"
	until [ "$(page_shown)" = 2 ]; do
		turn Escape
	done
	until at_ready; do
		turn F8
	done
	shows "Ready To Upgrade"
	shows "[ Write the files ]"
	if [ -z "${UNDER_WINE-}" ]; then
		terminal resize-window -t wizard -x 40 -y 10
		shows "$page of "
		terminal resize-window -t wizard -x 132 -y 43
		shows "Answers"
		terminal resize-window -t wizard -x 80 -y 24
	fi
	press F8 "S Start"
	press F8 "Files written"
	press F8 "ended with 0"
	terminal kill-server
}

holds()
{
	if ! grep -qxF -- "$1" "$work/lines"; then
		echo "not among the lines: $1" >&2
		cat "$work/lines" >&2
		return 1
	fi
}

walk om.yaml
line='setup.exe /silent /upgrade /AcceptEndUserLicenseAgreement:1'
line="$line /DASAccountUser:CONTOSO\\svc-das /DASAccountPassword:<password>"
holds "$line /DataReaderUser:CONTOSO\\svc-reader /DataReaderPassword:<password>"
walk sma.yaml
grep -q '^msiexec .*SERVICEPASSWORD=<password>' "$work/lines"
echo '2 passed, 0 failed'
