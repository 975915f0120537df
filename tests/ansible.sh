#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The Ansible folder, read by ansible-playbook and ansible-lint, and played on pretended machines: the modules for
# Windows are replaced by those of ansible-stubs, which log what would be done. Nothing but this machine is reached.
set -u
[ -z "${QUICK_TESTS-}" ] || exit 77

: "${SCUPGRADE:?}" "${srcdir:?}"

if ! command -v ansible-playbook >/dev/null 2>&1; then
	echo 'ansible-playbook is not here'
	exit 77
fi
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' 0

HOME=$scratch/home
ANSIBLE_LOCAL_TEMP=$scratch/home/tmp
ANSIBLE_NOCOLOR=1
PYTHONDONTWRITEBYTECODE=1
PYTHONUTF8=1
export HOME ANSIBLE_LOCAL_TEMP ANSIBLE_NOCOLOR PYTHONDONTWRITEBYTECODE PYTHONUTF8
mkdir -p "$HOME"

passed=0 failed=0
pass() { passed=$((passed + 1)); }
fail()
{
	failed=$((failed + 1))
	printf '%s\n' "$1"
	[ ! -f "$scratch/output" ] || tail -n 25 "$scratch/output"
}

# holds WHAT COMMAND...
holds()
{
	what=$1
	shift
	if "$@"; then pass; else fail "$what"; fi
}

# quietly COMMAND...: into a file that is shown when something fails.
quietly() { "$@" >"$scratch/output" 2>&1; }

# same FILE NAME: FILE is what tests/expected/NAME has.
same()
{
	if [ "${UPDATE_GOLDEN-}" = 1 ]; then
		cp "$1" "$srcdir/tests/expected/$2" && pass
	elif diff -u "$srcdir/tests/expected/$2" "$1"; then
		pass
	else
		fail "$2 differs"
	fi
}

# made NAME PLAN: renders PLAN into the folder NAME.
made()
{
	holds "render ansible $1" quietly "$SCUPGRADE" render ansible -o "$scratch/$1" "$2"
}

cat >"$scratch/vault.yml" <<'TEXT'
vault_accounts_data_access_password: 'canary "1\'
vault_accounts_data_reader_password: canary-2
vault_accounts_worker_service_password: 'canary "3\'
vault_accounts_application_pool_password: canary-4
TEXT

# The names that README.md lists as done by hand.
by_hand()
{
	# shellcheck disable=SC2016 # the quotes of Markdown
	sed -n 's/^\* `\([^`]*\)`: `files.*/"\1"/p' "$scratch/$1/README.md" | paste -s -d , - |
		sed 's/.*/{"scupgrade_done": [&]}/'
}

# play NAME OPTION...: on the machines as they are; fresh NAME begins anew.
fresh() { rm -f "$scratch/state" "$scratch/log" && : >"$scratch/log"; }
play()
{
	name=$1
	shift
	(
		cd "$scratch/$name" || exit 99
		ANSIBLE_COLLECTIONS_PATH=$srcdir/tests/ansible-stubs
		ANSIBLE_COLLECTIONS_PATHS=$ANSIBLE_COLLECTIONS_PATH
		SCUPGRADE_STUB_STATE=$scratch/state
		SCUPGRADE_STUB_LOG=$scratch/log
		export ANSIBLE_COLLECTIONS_PATH ANSIBLE_COLLECTIONS_PATHS SCUPGRADE_STUB_STATE SCUPGRADE_STUB_LOG
		quietly ansible-playbook -f 1 -i inventory.yml -e @../vault.yml -e ansible_connection=local "$@" \
			site.yml
	)
}
refused() { ! "$@"; }
commands() { grep -c ': command ' "$scratch/log"; }

# ---- what the tools say ----

sed '/name: \(CON01\|WEB01\|REP01\|AGT01\)/d; /^agents:/d' \
	"$srcdir/tests/plans/om.yaml" >"$scratch/small.yaml"
sed '/name: \(MS02\|GW01\|CON01\|REP01\|AGT01\)/d; /^agents:/d' \
	"$srcdir/tests/plans/om.yaml" >"$scratch/hostile.yaml"
cat >>"$scratch/hostile.yaml" <<'TEXT'
install-path: 'E:\{{ lookup(''pipe'', ''touch jinja'') }}'
TEXT
made om "$srcdir/tests/plans/om.yaml"
made sma "$srcdir/tests/plans/sma.yaml"
made small "$scratch/small.yaml"
made hostile "$scratch/hostile.yaml"
for name in om sma small hostile; do
	holds "syntax of $name" quietly ansible-playbook -i "$scratch/$name/inventory.yml" --syntax-check \
		"$scratch/$name/site.yml"
done
if command -v ansible-lint >/dev/null 2>&1; then
	for name in om sma; do
		holds "ansible-lint of $name" quietly sh -c "cd '$scratch/$name' && ansible-lint --offline -p"
	done
else
	echo 'left out, ansible-lint is not here'
fi

# ---- the order ----

for name in om sma; do
	fresh
	holds "$name: everything is done" play "$name" -e "$(by_hand "$name")"
	holds "$name: no password is shown" refused grep -q canary "$scratch/output"
	sed 's/"canary.*/.../' "$scratch/log" >"$scratch/order"
	same "$scratch/order" "ansible-$name.txt"
	cp "$scratch/log" "$scratch/log-$name"
	cp "$scratch/log" "$scratch/before"
	holds "$name: a second run" play "$name" -e "$(by_hand "$name")"
	holds "$name: a second run does nothing" cmp "$scratch/before" "$scratch/log"
done

holds 'a password as the C runtime reads it' grep -Fq '/DASAccountPassword:"canary \"1\\" /Data' "$scratch/log-om"
holds 'a password as Windows Installer reads it' grep -Fq 'SERVICEPASSWORD="canary ""3\" CREATE' "$scratch/log-sma"

fresh
holds 'steps by hand stop the run' refused play small
holds 'nothing is installed then' test "$(commands)" -eq 0
holds 'it says which one' grep -q 'files/enable-tls-1-0.txt' "$scratch/output"

# ---- what goes wrong ----

fresh
SCUPGRADE_STUB_FAIL=MS01
export SCUPGRADE_STUB_FAIL
holds 'the first server fails' refused play small -e "$(by_hand small)"
unset SCUPGRADE_STUB_FAIL
holds 'then no other one is begun' test "$(commands)" -eq 1
holds 'and the exit code is shown' grep -q 'the program ended with 1603' "$scratch/output"
holds 'it is done again, then the rest' play small -e "$(by_hand small)"
holds 'each once more than the first' test "$(commands)" -eq 4

fresh
holds 'the second server alone' refused play small --limit MS02 -e "$(by_hand small)"
holds 'has to wait for the first' test "$(commands)" -eq 0
fresh
holds 'the first server alone' refused play small --limit MS01
holds 'has to wait for the backup' test "$(commands)" -eq 0
fresh
holds 'a gateway server alone' refused play small --limit GW01 -e "$(by_hand small)"
holds 'has to wait for the management servers' test "$(commands)" -eq 0

fresh
SCUPGRADE_STUB_PENDING=MS01
export SCUPGRADE_STUB_PENDING
holds 'a pending restart' refused play small -e "$(by_hand small)"
holds 'comes first' test "$(commands)" -eq 0
holds 'restarts when it may' play small -e scupgrade_restart=true -e "$(by_hand small)"
holds 'before the program runs' sh -c "grep -n -m 1 -A 1 'MS01: restart' '$scratch/log' | grep -q 'MS01: command'"
unset SCUPGRADE_STUB_PENDING

fresh
SCUPGRADE_STUB_RESTART=MS01
export SCUPGRADE_STUB_RESTART
holds 'a restart that the program wants' refused play small -e "$(by_hand small)"
unset SCUPGRADE_STUB_RESTART
holds 'stops before the next server' test "$(commands)" -eq 1
holds 'the program is not run again' play small -e "$(by_hand small)"
holds 'each ran once' test "$(commands)" -eq 3

# ---- a value is a value ----

fresh
holds 'the hostile plan' play hostile -e "$(by_hand hostile)"
holds 'its text is never an expression' test ! -e "$scratch/hostile/jinja"
holds 'and reaches the program as it is' grep -Fq '/InstallPath:"E:\{{ lookup('\''pipe'\'', '\''touch jinja'\'') }}"' \
	"$scratch/log"

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
