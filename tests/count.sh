#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# usage: count.sh FOLDER. Counts the tests in the logs of "make check" below FOLDER: those that cmocka names, those that
# a script counts itself in a last line "N passed, N failed", else one per program. Prints that kind of line, before it
# the ends of the logs of what failed; exits with 1 when a test failed or none ran.
set -u

folder=${1:?usage: count.sh FOLDER}

find "$folder" -name '*.trs' | sort | {
	passed=0 failed=0 skipped=0
	while IFS= read -r trs; do
		result=$(sed -n 's/^:global-test-result: //p' "$trs")
		# "PASSED FAILED" of one log. cmocka's lines come once per group.
		counts=$(awk '
			/^\[  PASSED  \] [0-9]+ test/ { passed += $4; own = 1 }
			/^\[  FAILED  \] [0-9]+ test\(s\), listed below/ { failed += $4; own = 1 }
			/^[0-9]+ passed, [0-9]+ failed$/ { last_passed = $1; last_failed = $3; script = 1 }
			END {
				if (script) { passed += last_passed; failed += last_failed }
				if (own || script) print passed + 0, failed + 0
			}' "${trs%.trs}.log")
		case $result in
		PASS) counts=${counts:-1 0} ;;
		SKIP) counts='0 0' skipped=$((skipped + 1)) ;;
		*)
			# A program that crashed says nothing of the test that it died in.
			case ${counts:-0 0} in *' 0') counts="${counts%% *}"; counts="${counts:-0} 1" ;; esac
			printf 'failed: %s\n' "$(basename "${trs%.trs}")"
			tail -n 12 "${trs%.trs}.log" | tr -cd '\n\40-\176' | cut -c 1-200 | sed 's/^/  /'
			;;
		esac
		passed=$((passed + ${counts% *}))
		failed=$((failed + ${counts#* }))
	done
	# Nothing ran: the tests could not even be built.
	[ $((passed + failed + skipped)) -gt 0 ] || failed=1
	[ "$skipped" -eq 0 ] || printf 'skipped test programs: %d\n' "$skipped"
	printf '%d passed, %d failed\n' "$passed" "$failed"
	[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
