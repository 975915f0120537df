#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The tarball holds the tracked files (and those about to be), what autoreconf makes of them, and nothing else.
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

if diff "$list/tracked" "$list/packed" >"$list/difference"; then
	echo '1 passed, 0 failed'
else
	sed -n 's/^</tracked, but not in the tarball:/p; s/^>/in the tarball, but not tracked:/p' "$list/difference"
	echo '0 passed, 1 failed'
	exit 1
fi
