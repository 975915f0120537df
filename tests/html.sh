#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The HTML runbook in a real browser: axe finds nothing in it, light or dark, wide or narrow, and printed it stays thin.
# Needs chromium, node and npm, and fetches axe-core into a folder of its own.
set -u
[ -z "${QUICK_TESTS-}" ] || exit 77

: "${SCUPGRADE:?}" "${srcdir:?}"

# skip REASON: a machine without the tool; where everything has to run it is a failure.
skip()
{
	echo "$1"
	[ "${CI-}" = true ] && exit 1
	exit 77
}

for program in chromium npm timeout; do
	command -v "$program" >/dev/null 2>&1 || skip "$program is not here"
done
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' 0
if ! timeout 120 npm install --prefix "$scratch" --ignore-scripts --no-audit --no-fund --no-package-lock \
	axe-core@4.14.1 >"$scratch/npm.log" 2>&1; then
	tail -n 3 "$scratch/npm.log"
	skip 'axe-core cannot be fetched'
fi
HOME=$scratch
export HOME

passed=0 failed=0
# holds WHAT COMMAND...
holds()
{
	what=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "$what"
	fi
}

# browse OPTION... FILE: a browser without a window.
browse()
{
	timeout 300 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage "$@" 2>"$scratch/browser"
}

# with_axe FILE: the page, which takes no script of its own, and axe, which leaves what it found as its only text.
with_axe()
{
	sed '/http-equiv="Content-Security-Policy"/d' "$1"
	printf '<script>\n'
	cat "$scratch/node_modules/axe-core/axe.min.js"
	cat <<'END'
</script>
<script>
axe.run().then(function (found) {
	var text = found.violations.map(function (one) {
		var where = one.nodes.map(function (node) { return node.html; });
		return one.id + ': ' + one.help + ': ' + where.join(' | ');
	}).join('\n');
	document.documentElement.innerHTML = '<body><pre></pre></body>';
	document.querySelector('pre').textContent = 'axe: ' + found.violations.length + ' of ' +
		(found.violations.length + found.passes.length) + '\n' + text + '\n';
});
</script>
END
}

# clean FILE OPTION...: axe looked, and found nothing.
clean()
{
	file=$1
	shift
	browse --virtual-time-budget=60000 "$@" --dump-dom "$file" >"$scratch/found"
	grep -q 'axe: 0 of [1-9][0-9]' "$scratch/found" && return
	sed -n '/axe: /,$p' "$scratch/found" | cut -c 1-400 | head -n 20
	return 1
}

# pages FILE: how many sheets of A4 it needs.
pages()
{
	browse --no-pdf-header-footer --print-to-pdf="$scratch/printed.pdf" "$1" >/dev/null
	grep -ac '/Type */Page$' "$scratch/printed.pdf"
}

# plan NUMBER: three servers, or that many of every role.
plan()
{
	cat <<'END'
scupgrade: 1
product: operations-manager
source: 2012-r2
target: '2016'
management-group: CONTOSO
license-accepted: true
setup-folder: 'D:\'
accounts: { data-access: { user: 'CONTOSO\svc-das' }, data-reader: { user: 'CONTOSO\svc-reader' } }
agents: { push-installed: 1200, unix-linux: 0 }
servers:
  - { name: MS01, roles: [management-server, operations-console] }
  - { name: MS02, roles: [management-server] }
  - { name: GW01, roles: [gateway] }
END
	number=4
	while [ "$number" -le "$1" ]; do
		case $number in
		?) role=management-server ;;
		1?) role=gateway ;;
		2[0-3]) role=operations-console ;;
		24) role=web-console ;;
		25) role=reporting-server ;;
		*) role=agent ;;
		esac
		echo "  - { name: 'S$number', roles: [$role] }"
		number=$((number + 1))
	done
}

for count in 3 30 300; do
	plan "$count" >"$scratch/$count.yaml"
	"$SCUPGRADE" render html -o "$scratch/$count.html" "$scratch/$count.yaml" 2>/dev/null
done
"$SCUPGRADE" render html -o "$scratch/sma.html" "$srcdir/tests/plans/sma.yaml" 2>/dev/null
# Of three servers, with all that nobody has told yet.
plan 3 | sed '/^agents: /d' >"$scratch/unknown.yaml"
"$SCUPGRADE" render html -o "$scratch/unknown.html" "$scratch/unknown.yaml" 2>/dev/null
for name in 3 30 300 sma; do
	with_axe "$scratch/$name.html" >"$scratch/axe-$name.html"
	holds "axe finds nothing in the runbook of $name" clean "$scratch/axe-$name.html"
done
holds 'axe finds nothing on a small screen' clean "$scratch/axe-3.html" --window-size=400,800
holds 'axe finds nothing in the dark' clean "$scratch/axe-3.html" --blink-settings=preferredColorScheme=0
for name in 3 unknown; do
	holds "three servers need fewer than 12 sheets ($name)" test "$(pages "$scratch/$name.html")" -lt 12
done
holds 'thirty need fewer than 24' test "$(pages "$scratch/30.html")" -lt 24
holds 'three hundred need fewer than 60' test "$(pages "$scratch/300.html")" -lt 60

# It does find faults.
printf '<html><body><img src="x"></body></html>' >"$scratch/bad.html"
with_axe "$scratch/bad.html" >"$scratch/axe-bad.html"
clean "$scratch/axe-bad.html" >"$scratch/said"
holds 'a picture without a text is found' grep -q '^image-alt: ' "$scratch/said"

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
