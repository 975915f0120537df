#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The command lines of the program, read by Windows' own readers as Wine has them: a program that is started by
# CreateProcessW or from cmd must receive exactly the intended words, a package exactly the intended properties. The
# values are passwords, which may be almost anything (tests/windows/values: "all" shells carry it; "some": cmd must
# refuse it; "words": this too, and Wine's installer is not asked, which misreads it). What passes here is not proven
# for Windows, for Wine has faults of its own.
set -u
[ -z "${QUICK_TESTS-}" ] || exit 77

: "${builddir:?}" "${srcdir:?}" "${SCUPGRADE:?}"

for tool in wine wineboot wineserver x86_64-w64-mingw32-gcc wixl; do
	if ! command -v "$tool" >/dev/null 2>&1; then
		echo "$tool is not here: no line is run (wine wine64 gcc-mingw-w64-x86-64 wixl, 300 MB)"
		exit 77
	fi
done

scratch=$(mktemp -d "$builddir/tests/scratch/wine.XXXXXX") || exit 99
WINEPREFIX=$scratch/prefix WINEARCH=win64 WINEDEBUG=-all
export WINEPREFIX WINEARCH WINEDEBUG
unset DISPLAY
trap 'wineserver -k 2>/dev/null; rm -rf "$scratch"' 0
failed=0 refused=0

fail()
{
	printf '%s\n' "$*"
	exit 99
}

# ---- Windows ----

# The server starts services that keep standard output: they get none of ours.
timeout 300 wineboot -i </dev/null >"$scratch/log" 2>&1 || fail "wineboot: $(tail -n 3 "$scratch/log")"
wineserver -w
probe="$WINEPREFIX/drive_c/a probe"
mkdir "$probe" || exit 99
for name in setup msiexec run; do
	x86_64-w64-mingw32-gcc -O1 -Wall -Wextra -municode -o "$probe/$name.exe" "$srcdir/tests/windows/$name.c" \
		-lshell32 -lmsi -ladvapi32 2>"$scratch/log" || fail "$name: $(cat "$scratch/log")"
done
wixl -o "$probe/WorkerInstaller.msi" "$srcdir/tests/windows/probe.wxs" >"$scratch/log" 2>&1 ||
	fail "wixl: $(cat "$scratch/log")"
wineserver -p60
: >"$probe/lines"
(cd "$probe" && timeout 120 wine run.exe) </dev/null >/dev/null 2>&1 || fail 'wine does not run a program'

# ---- lines ----

cat >"$scratch/om.yaml" <<'end'
scupgrade: 1
product: operations-manager
management-group: CONTOSO
license-accepted: true
setup-folder: 'C:\a probe'
install-path: 'D:\System Center (x86) & more'
accounts:
  data-access: { user: 'CONTOSO\svc-das' }
  data-reader: { user: 'CONTOSO\svc-reader' }
servers: [ { name: MS01, roles: [management-server] } ]
end
cat >"$scratch/sma.yaml" <<'end'
scupgrade: 1
product: service-management-automation
media-folder: 'C:\a probe'
license: evaluation
database: { server: SQL01, port: 1433, name: SMA, backup-file: 'E:\SMA.bak' }
monitoring: { operations-manager: false }
accounts: { worker-service: { user: 'CONTOSO\svc-sma' }, application-pool: { user: 'CONTOSO\svc-smaweb' } }
worker: { install-folder: 'C:\Program Files\a & b\SMA' }
servers: [ { name: WRK01, roles: [runbook-worker] }, { name: WEB01, roles: [web-service] } ]
end

# line SHELL PRODUCT SERVER: the line with the password of $scratch/passwords; empty: refused.
line()
{
	rm -f "$scratch/out"
	"$SCUPGRADE" command --shell "$1" --passwords "$scratch/passwords" -o "$scratch/out" "$scratch/$2.yaml" "$3" \
		2>"$scratch/log" && tail -n 1 "$scratch/out"
}

# What Start-Process makes of it: the program in quotes, then the one text.
# shellcheck disable=SC1112 # they are meant
unquote='s/\(['"'"'‘’‚‛]\)\1/\1/g'
from_powershell()
{
	sed -n "s/^Start-Process -Wait -FilePath '\(.*\)' -ArgumentList '\(.*\)'\$/\"\1\" \2/p" | sed "$unquote"
}

# add LABEL LINE WANTED: LINE is to be run.
add()
{
	printf '%s\n' "$2" >>"$probe/lines"
	printf '%s\n' "$1" >>"$scratch/labels"
	printf '%s\n' "$3" >>"$scratch/wanted"
}

: >"$scratch/labels"
: >"$scratch/wanted"
umask 077
while IFS= read -r row; do
	kind=${row%% *} value=${row#* }
	quoted=$(printf '%s' "$value" | sed "s/'/''/g")
	for product in om sma; do
		case $product:$kind in
		sma:words) continue ;;
		om:*) server=MS01 first=data-access second=data-reader ;;
		sma:*) server=WRK01 first=worker-service second=application-pool ;;
		esac
		printf "accounts.%s.password: '%s'\n" "$first" "$quoted" >"$scratch/passwords"
		printf "accounts.%s.password: 'the last'\n" "$second" >>"$scratch/passwords"
		wanted=$(line argv "$product" "$server") || fail "argv: $value: $(cat "$scratch/log")"
		text=$(line powershell "$product" "$server" | from_powershell)
		[ -n "$text" ] || fail "powershell: $value: $(cat "$scratch/log")"
		# Wine 8.0 counts quotes, and loses count when a property follows: there the one with quotes comes last.
		case $product:$value in sma:*\"*) text=${text%% CREATEDATABASE=*} ;; esac
		add "$product by CreateProcessW: $value" "$text" "$wanted"
		text=$(line cmd "$product" "$server")
		if [ -n "$text" ]; then
			add "$product by cmd: $value" "cmd.exe /d /s /c \"$text\"" "$wanted"
		else
			refused=$((refused + 1))
		fi
		case $kind:${text:+carried} in all:carried | some: | words:) ;; *)
			printf '%s by cmd, "%s": %s: %s\n' "$product" "$kind" "$value" \
				"${text:-refused: $(cat "$scratch/log")}"
			failed=$((failed + 1))
			;;
		esac
	done
done <"$srcdir/tests/windows/values"

# ---- what arrived ----

# arrived PRODUCT INTENDED: whether that stands in $scratch/got. Words are compared as a whole, but for the program;
# each property must be one of the intended words.
arrived()
{
	if [ "$1" = om ]; then
		words=$(printf '%s\n' "$2" | sed 's/^\["C:\\\\a probe\\\\setup\.exe",/[/')
		printf 'runtime %s\nshell32 %s\n' "$words" "$words" | cmp -s - "$scratch/got"
		return
	fi
	[ "$(grep -c '^property ' "$scratch/got")" -eq 2 ] || return
	sed 's/^property //' "$scratch/got" | while IFS= read -r property; do
		[ "$property" != '"INSTALLFOLDER="' ] || continue
		printf '%s\n' "$2" | grep -qF -- ",$property," || exit 1
	done
}

# run_lines: what did not arrive stays in $probe/lines, where a line that did becomes an empty one; what is wrong with
# the others stands in $scratch/wrong.
run_lines()
{
	: >"$probe/results"
	(cd "$probe" && timeout 300 wine run.exe) </dev/null >"$scratch/log" 2>&1 || cat "$scratch/log"
	number=0
	: >"$scratch/wrong"
	exec 3<"$scratch/wanted" 4<"$probe/lines"
	while IFS= read -r label; do
		IFS= read -r wanted <&3
		IFS= read -r text <&4
		number=$((number + 1))
		awk -v wanted="$number" '/^line / { on = $2 == wanted; next } on' "$probe/results" >"$scratch/got"
		if [ -z "$text" ] || arrived "${label%% *}" "$wanted"; then
			echo
			continue
		fi
		printf '%s\n' "$text"
		{
			printf '%s\n  line:     %s\n  intended: %s\n' "$label" "$text" "$wanted"
			sed 's/^/  received: /' "$scratch/got"
		} >>"$scratch/wrong"
	done <"$scratch/labels" >"$scratch/left"
	exec 3<&- 4<&-
	cp "$scratch/left" "$probe/lines"
}

# On a busy machine Wine loses a program now and then. A line that is wrong is wrong each time.
for round in 1 2 3; do
	run_lines
	wrong=$(grep -c . "$probe/lines")
	[ "$wrong" -gt 0 ] || break
	echo "round $round: $wrong lines did not arrive as intended"
done
wineserver -k
cat "$scratch/wrong"
passed=$(($(wc -l <"$scratch/labels") - wrong))
failed=$((failed + wrong))

echo "$refused lines are refused for cmd"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
