#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The tarball holds the tracked files (and those about to be), what autoreconf makes of them, and nothing else. What is
# installed has all that the manual promises, and goes again.
set -u

: "${builddir:?}" "${srcdir:?}" "${MAKE:=make}"

# A checkout of its own, not a tarball that was unpacked in one
top=$(git -C "$srcdir" rev-parse --show-toplevel 2>/dev/null)
if [ -z "$top" ] || [ "$(cd "$top" && pwd -P)" != "$(cd "$srcdir" && pwd -P)" ]; then
	echo 'not a checkout: nothing to compare with'
	exit 77
fi

list=$builddir/tests/files-list
rm -rf "$list"
mkdir -p "$list"
trap 'rm -rf "$list"' 0

if ! (cd "$builddir" && "$MAKE" distdir distdir=tests/files-list/tree) >"$list/log" 2>&1; then
	cat "$list/log"
	echo '0 passed, 1 failed'
	exit 1
fi
# What a build inside the tree made is not tracked, whatever its folder is called.
inside=$(cd "$builddir" && pwd -P)
inside=${inside#"$(cd "$srcdir" && pwd -P)"/}
case $inside in /*) inside=build ;; esac # it lies outside
# A file that was deleted but not yet committed is no longer expected.
git -C "$srcdir" ls-files --cached --others --exclude-standard -- . ":(exclude)$inside" | while IFS= read -r file; do
	[ ! -e "$srcdir/$file" ] || printf '%s\n' "$file"
done | sort -u >"$list/tracked"
(cd "$list/tree" && find . -type f | sed 's|^\./||') |
	grep -vE '^(Makefile\.in|aclocal\.m4|config\.h\.in|configure|build-aux/.*)$' | sort >"$list/packed"

passed=0 failed=0
fail()
{
	printf 'failed: %s\n' "$*"
	failed=$((failed + 1))
}

if diff "$list/tracked" "$list/packed" >"$list/difference"; then
	passed=$((passed + 1))
else
	sed -n 's/^</tracked, but not in the tarball:/p; s/^>/in the tarball, but not tracked:/p' "$list/difference"
	fail 'the tarball'
fi

# installed PATTERN: a file below the place of installation has such a path.
installed()
{
	if grep -q "$1" "$list/installed"; then passed=$((passed + 1)); else fail "not installed: $1"; fi
}

dest=$(cd "$list" && pwd)/dest
(cd "$builddir" && "$MAKE" install "DESTDIR=$dest") >"$list/log" 2>&1 || cat "$list/log"
find "$dest" -type f >"$list/installed"
for name in "$srcdir"/man/*.[1-8] "$srcdir"/schema/*.json COPYING NEWS README SECURITY; do
	installed "/${name##*/}$"
done
installed '/bin/scupgrade$'
installed '/bash-completion/completions/scupgrade$'
installed '/site-functions/_scupgrade$'
installed '/fish/.*/scupgrade.fish$'
(cd "$builddir" && "$MAKE" uninstall "DESTDIR=$dest") >"$list/log" 2>&1 || cat "$list/log"
if [ -z "$(find "$dest" -type f)" ]; then passed=$((passed + 1)); else fail "left: $(find "$dest" -type f)"; fi

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
