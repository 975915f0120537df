#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The Ansible folder, read by ansible-playbook and ansible-lint, and played on pretended machines: the modules for
# Windows are replaced by those of ansible-stubs, which log what would be done. Nothing but this machine is reached.
# SEEDS: how many random stories, 1 unless told; the first is SEED. MECHANISMS=1: also without what they are about.
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

# ---- stories ----

python=$(sed -n '1s/^#! *\([^ ]*python[0-9.]*\).*/\1/p' "$(command -v ansible-playbook)")
# stories FOLDER WORD...: plays them, and adds what was counted.
stories()
{
	mkdir "$scratch/$1"
	folder=$scratch/$1
	shift
	"${python:-python3}" "$srcdir/tests/ansible-stories" "$folder" "$@" >"$scratch/output" 2>&1
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
}
stories stories "${SEEDS:-1}" "${SEED:-1}"
# Each mechanism taken out, where a story has to fail: minutes, so by hand (make mechanisms).
[ -z "${MECHANISMS-}" ] || stories without without

for pair in whole:om automation:sma; do
	sed 's/"canary.*/.../; s/canary.*/.../' "$scratch/stories/${pair%%:*}.order" >"$scratch/order"
	same "$scratch/order" "ansible-${pair#*:}.txt"
done
holds 'a password as the C runtime reads it' \
	grep -Fq '/DASAccountPassword:"canary \"1\\" /Data' "$scratch/stories/whole.order"
holds 'a password as Windows Installer reads it' \
	grep -Fq 'SERVICEPASSWORD="canary ""3\" CREATE' "$scratch/stories/automation.order"

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
