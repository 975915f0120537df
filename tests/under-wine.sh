#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The program for Windows, which ./bootstrap windows builds, under Wine. The command line, the plain and the full-screen
# wizard and tracking by the same tests and golden files as here; the outputs of all plans byte for byte against the
# program of this system, in a folder with blanks and letters beyond ASCII; killed while it saves. What passes is not
# proven for Windows; the manual lists what was never seen there. Prints failures and counts.
set -u
[ -z "${QUICK_TESTS-}" ] || exit 77

: "${builddir:?}" "${srcdir:?}" "${SCUPGRADE:?}"
program=$srcdir/build-windows/scupgrade.exe

if [ ! -f "$program" ]; then
	echo "$program is not here: ./bootstrap windows builds it"
	exit 77
fi
for tool in wine wineboot wineserver x86_64-w64-mingw32-gcc tmux; do
	if ! command -v "$tool" >/dev/null 2>&1; then
		echo "$tool is not here: nothing is run (wine wine64 gcc-mingw-w64-x86-64 tmux)"
		exit 77
	fi
done

scratch=$(mktemp -d "$builddir/tests/scratch/windows.XXXXXX") || exit 99
WINEPREFIX=$scratch/prefix WINEARCH=win64 WINEDEBUG=-all UNDER_WINE=1
export WINEPREFIX WINEARCH WINEDEBUG UNDER_WINE
unset DISPLAY
trap 'wineserver -k 2>/dev/null; rm -rf "$scratch"' 0
here=$SCUPGRADE
passed=0 failed=0

fail()
{
	printf 'failed: %s\n' "$*"
	failed=$((failed + 1))
}

# holds WHAT COMMAND...: the command succeeds.
holds()
{
	what=$1
	shift
	if "$@" >/dev/null 2>&1; then passed=$((passed + 1)); else fail "$what"; fi
}

# ---- a Windows with the program on it ----

timeout 300 wineboot -i </dev/null >"$scratch/log" 2>&1 || { tail -n 3 "$scratch/log"; exit 99; }
wineserver -w
wineserver -p
cat >"$scratch/scupgrade" <<end
#!/bin/sh
exec wine '$program' "\$@"
end
chmod +x "$scratch/scupgrade"

# suite NAME: a test of the program as a whole, with this program.
suite()
{
	echo "tests/$1.sh:"
	SCUPGRADE=$scratch/scupgrade sh "$srcdir/tests/$1.sh" >"$scratch/log" 2>&1
	result=$?
	grep -v '^[0-9]* passed, [0-9]* failed$' "$scratch/log"
	counts=$(grep '^[0-9]* passed, [0-9]* failed$' "$scratch/log" | tail -n 1)
	[ -n "$counts" ] || counts='0 passed, 1 failed'
	passed=$((passed + ${counts%% *}))
	counts=${counts#*, }
	failed=$((failed + ${counts%% *}))
	[ "$result" -eq 0 ] || [ "${counts%% *}" -gt 0 ] || fail "tests/$1.sh ends with $result"
}

suite cli
suite track
suite tmux

# ---- the same bytes ----

LOGNAME=anna SOURCE_DATE_EPOCH=1795269727
export LOGNAME SOURCE_DATE_EPOCH
mkdir "$scratch/ä b" && cd "$scratch/ä b" || exit 99

# agree ARGUMENT...: both programs print the same and end with the same status.
agree()
{
	"$here" "$@" >../here.out 2>../here.err </dev/null
	expected=$?
	wine "$program" "$@" >../there.out 2>../there.err </dev/null
	holds "$* ends with $?, not $expected" test $? -eq $expected
	holds "$*: other bytes" cmp ../here.out ../there.out
	# Reasons of the system have words of its own.
	holds "$*: other messages" cmp ../here.err ../there.err
}

for plan in "$srcdir"/tests/plans/*.yaml; do
	cp "$plan" . && plan=${plan##*/}
	agree check "$plan"
	case $plan in bad-*) continue ;; esac
	agree command "$plan"
	agree command --shell powershell "$plan"
	agree steps "$plan"
	agree steps --format json "$plan"
	agree status --format json "$plan"
	for format in text html json powershell dot; do agree render "$format" "$plan"; done
	"$here" render ansible -o ../here.folder "$plan" 2>/dev/null
	wine "$program" render ansible -o "wärter" "$plan" 2>/dev/null </dev/null
	holds "render ansible $plan: other files" diff -r -x '.*' ../here.folder "wärter"
	rm -rf "wärter" ../here.folder
done

# ---- the record, a new plan, logs ----

# record FOLDER PROGRAM...: a record and a new plan in FOLDER, and what the program said of it
record()
{
	folder=$1
	shift
	mkdir "$folder" && cp "$srcdir/tests/plans/om.yaml" "$folder/plän.yaml" || return 1
	(
		cd "$folder" || exit 1
		for state in started 'done' 'done' failed; do
			"$@" mark plän.yaml review-event-logs@MS01 "$state" --note 'ö'
		done
		"$@" new operations-manager -o neu.yaml management-group=GRÜPPE license-accepted=true \
			'accounts.data-access.user=CONTOSO\das' 'accounts.data-reader.user=CONTOSO\read' \
			servers=MS01:management-server
		"$@" status plän.yaml
		"$@" diagnose "$srcdir/tests/logs"
	) >"$folder/said" 2>&1 </dev/null
}

record ../here.record "$here"
record ../there.record wine "$program"
holds 'mark, new, status and diagnose leave and say the same' diff -r -x '.*' ../here.record ../there.record

# ---- collect, with a stand-in for PowerShell ----

shell="$WINEPREFIX/drive_c/windows/system32/WindowsPowerShell/v1.0"
mkdir -p "$shell" "$WINEPREFIX/drive_c/answers"
rm -f "$shell/powershell.exe"
holds 'the stand-in' x86_64-w64-mingw32-gcc -O1 -municode -o "$shell/powershell.exe" \
	"$srcdir/tests/windows/powershell.c"
cp "$srcdir"/tests/facts/healthy/MS01.facts.yaml "$WINEPREFIX/drive_c/answers"
printf 'nothing: of this\n' >"$WINEPREFIX/drive_c/answers/MS02.facts.yaml"

collect()
{
	wine "$program" collect "$@" >../there.out 2>../there.err </dev/null
	status=$?
}

cp "$srcdir/tests/plans/eight-servers.yaml" "grüppe.yaml"
collect "grüppe.yaml" MS01
holds 'collect: one server' test $status -eq 0
holds 'collect: its facts stand beside the plan' cmp "grüppe.facts/MS01.contoso.com.facts.yaml" \
	"$srcdir/tests/facts/healthy/MS01.facts.yaml"
collect "grüppe.yaml" MS01 MS02 MS03 NOBODY
holds 'collect: what fails is said by the exit status' test $status -eq 1
holds 'collect: what is no file of facts is not kept' test -z "$(find grüppe.facts -name 'MS02*')"
holds 'collect: the last line of what failed is the hint' grep -q 'cannot connect to the destination' ../there.err
holds 'collect: a server that the plan does not have' grep -q 'no server "NOBODY"' ../there.err
holds 'collect: nothing half is left' test -z "$(find grüppe.facts -name '*.tmp')"

# ---- killed while it saves ----

cp "$srcdir/tests/plans/om.yaml" old.yaml
sed 's/CONTOSO$/FABRIKAM/; s/management-group: .*/management-group: FABRIKAM/' old.yaml >new.yaml
wine "$program" render json old.yaml >../old.json 2>/dev/null
wine "$program" render json new.yaml >../new.json 2>/dev/null
round=0
while [ $round -lt 40 ]; do
	cp ../old.json target.json
	# From the start of the program to its end and beyond
	timeout -s KILL "0.$((round * 23 % 60 + 10))" wine "$program" render json --force -o target.json new.yaml \
		>/dev/null 2>&1 </dev/null
	if ! cmp -s target.json ../old.json && ! cmp -s target.json ../new.json; then
		fail "killed: target.json is neither old nor new (round $round)"
		break
	fi
	round=$((round + 1))
done
holds 'killed at any moment: old or new' test $round -eq 40
wine "$program" render json --force -o target.json new.yaml >/dev/null 2>&1 </dev/null
holds 'the next save goes through' cmp target.json ../new.json
holds 'and leaves nothing of the killed ones' test -z "$(find . -name '*.tmp')"

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
