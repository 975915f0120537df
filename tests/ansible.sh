#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The Ansible folder, read by ansible-playbook and ansible-lint, and played on pretended machines: the modules for
# Windows are replaced by those of ansible-stubs, which log what would be done. Nothing but this machine is reached.
# SEEDS: how many random stories, 1 unless told; the first is SEED.
set -u
[ -z "${QUICK_TESTS-}" ] || exit 77

: "${SCUPGRADE:?}" "${srcdir:?}"

if ! command -v ansible-playbook >/dev/null 2>&1; then
	echo 'ansible-playbook is not here'
	[ "${CI-}" = true ] && exit 1
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
vault_product_key_password: canary-5
TEXT

# answers NAME: what README.md says that somebody may answer before the first run.
answers()
{
	# shellcheck disable=SC2016 # the quotes of Markdown
	{
		echo 'scupgrade_answers:'
		sed -n '/^## Asked/q; s/^\* `\([^`]*\)`: `files.*/  \1: done/p' "$scratch/$1/README.md"
		sed -n '1,/^## Asked/d; s/^\* `\([^`]*\)`: `files.*/  \1: run/p' "$scratch/$1/README.md"
	} >"$scratch/$1-answers.yml"
}

# looked NAME: whoever has read what the scripts said says so.
looked()
{
	grep -o "'[A-Za-z0-9.@_-]*: done'" "$scratch/output" | tr -d "'" | sed 's/^/  /' >"$scratch/said"
	[ -s "$scratch/said" ] || return 1
	sed 's/: .*//' "$scratch/said" | grep -v -F -f - "$scratch/$1-answers.yml" >"$scratch/kept"
	cat "$scratch/kept" "$scratch/said" >"$scratch/$1-answers.yml"
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
		quietly ansible-playbook -f 1 -i inventory.yml -e @../vault.yml -e "@../$name-answers.yml" \
			-e ansible_connection=local -e scupgrade_delay=0 "$@" site.yml
	)
}
# through NAME: plays and answers until all is done.
through()
{
	answers "$1"
	until play "$1"; do
		looked "$1" || return 1
	done
}
refused() { ! "$@"; }

# ---- what the tools say ----

sed '/name: \(MS02\|GW01\|CON01\|REP01\|AGT01\)/d; /^agents:/d' \
	"$srcdir/tests/plans/om.yaml" >"$scratch/hostile.yaml"
cat >>"$scratch/hostile.yaml" <<'TEXT'
install-path: 'E:\{{ lookup(''pipe'', ''touch jinja'') }}'
TEXT
made om "$srcdir/tests/plans/om.yaml"
made sma "$srcdir/tests/plans/sma.yaml"
made hostile "$scratch/hostile.yaml"
for name in om sma hostile; do
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
	holds "$name: everything is done" through "$name"
	holds "$name: no password is shown" refused grep -q canary "$scratch/output"
	sed 's/"canary.*/.../; s/canary.*/.../' "$scratch/log" >"$scratch/order"
	same "$scratch/order" "ansible-$name.txt"
	cp "$scratch/log" "$scratch/log-$name"
done

holds 'a password as the C runtime reads it' grep -Fq '/DASAccountPassword:"canary \"1\\" /Data' "$scratch/log-om"
holds 'a password as Windows Installer reads it' grep -Fq 'SERVICEPASSWORD="canary ""3\" CREATE' "$scratch/log-sma"

# ---- a value is a value ----

fresh
holds 'the hostile plan' through hostile
holds 'its text is never an expression' test ! -e "$scratch/hostile/jinja"
holds 'and reaches the program as it is' grep -Fq '/InstallPath:"E:\{{ lookup('\''pipe'\'', '\''touch jinja'\'') }}"' \
	"$scratch/log"

# ---- stories ----

python=$(sed -n '1s/^#! *\([^ ]*python[0-9.]*\).*/\1/p' "$(command -v ansible-playbook)")
mkdir "$scratch/stories"
"${python:-python3}" "$srcdir/tests/ansible-stories.py" "$scratch/stories" "${SEEDS:-1}" "${SEED:-1}" \
	>"$scratch/output" 2>&1
counted=$(tail -n 1 "$scratch/output")
case $counted in
*' passed, '*' failed')
	passed=$((passed + ${counted%% passed*}))
	counted=${counted##*, }
	failed=$((failed + ${counted%% failed}))
	[ "${counted%% failed}" = 0 ] || sed '$d' "$scratch/output"
	;;
*)
	fail 'the stories do not end'
	;;
esac

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
