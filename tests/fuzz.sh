#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# fuzz.sh TARGET SECONDS [FOLDER]: makes a fuzzer of tests/TARGET.c (fuzz_plan, fuzz_facts, fuzz_quote, fuzz_diagnose,
# fuzz_journal, fuzz_draft, fuzz_passwords, fuzz_keys, fuzz_dialogue, fuzz_options, fuzz_servers) with clang and
# runs it on one core, from the corpus that the tests replay. What it finds stands in FOLDER (default: fuzz/ here).
# Never a part of the tests.
set -eu

[ $# -ge 2 ] || { sed -n 's/^# \(fuzz\.sh.*\)/\1/p' "$0" >&2; exit 2; }
target=$1 seconds=$2 folder=${3:-fuzz}
source=$(cd "$(dirname "$0")/.." && pwd)
config=${CONFIG_H:-$source/build/config.h}
[ -f "$config" ] || { echo "$config is missing: run ./bootstrap first, or set CONFIG_H" >&2; exit 2; }

mkdir -p "$folder/$target" "$folder/found"
printf '#include "fuzz.h"\nint LLVMFuzzerTestOneInput(const uint8_t *, size_t);\n%s\n' \
	"int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) { return $target(data, size); }" \
	>"$folder/$target.main.c"
core=$(find "$source/src" -name '*.c' ! -path '*/src/cli/main.c' ! -path '*/os/windows/*')
core="$core $source/ui/input.c $source/ui/keys.c"
# shellcheck disable=SC2086,SC2046 # lists
clang -std=c17 -g -O1 -fno-omit-frame-pointer -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
	-include "$config" -I"$source/src" -I"$source" -I"$source/tests" -o "$folder/$target.bin" \
	"$folder/$target.main.c" "$source/tests/$target.c" "$source/tests/decoders.c" $core \
	$(pkg-config --cflags --libs yaml-0.1 libpcre2-8)

case $target in
fuzz_plan) set -- "$source/tests/plans" ;;
fuzz_facts) set -- "$source/tests/facts/healthy" "$source/tests/facts/faulty" ;;
fuzz_diagnose) set -- "$source/tests/logs" ;;
fuzz_quote)
	mkdir -p "$folder/seeds"
	sed 's/^[a-z]* //' "$source/tests/windows/values" |
		awk -v folder="$folder/seeds" '{ file = folder "/" NR; printf "%s", $0 >file; close(file) }'
	set -- "$folder/seeds"
	;;
*) set -- "$source/tests/corpus/${target#fuzz_}" ;;
esac
found=$source/tests/corpus/found/${target#fuzz_}
[ ! -d "$found" ] || set -- "$@" "$found"
case $target in
fuzz_dialogue | fuzz_options) dictionary=-dict=$source/tests/fuzz.dict ;;
*) dictionary= ;;
esac
# shellcheck disable=SC2086 # none is no word
"$folder/$target.bin" $dictionary -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
	-artifact_prefix="$folder/found/" "$folder/$target" "$@"
