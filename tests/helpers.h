/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The only file that includes cmocka, and what every test program shares. Only cmocka's assertions, set-up and
 * tear-down are used; the mock functions changed between its versions.
 */
#ifndef SCUPGRADE_TESTS_HELPERS_H
#define SCUPGRADE_TESTS_HELPERS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/diag.h"
#include "core/strbuf.h"

#define TEST(function) cmocka_unit_test(function)
/* Runs an array of TEST() entries; the exit status of the program. (cmocka has an older macro of that name.) */
#undef run_tests
#define run_tests(tests) cmocka_run_group_tests(tests, NULL, NULL)

/* Findings as text, one a line: "error accounts.data-access.user account-form" (without a path: "error
 * empty-plan"), each with its line feed; "" when there is none. Owned: free it. */
char *findings_text(const struct diags *diags);

/* Fails, naming LABEL, unless the texts are equal. */
void assert_text(const char *label, const char *expected, const char *actual);
/* Fails, naming LABEL, unless CONDITION holds. */
void assert_labelled(const char *label, bool condition);

/* A path in the source tree ("tests/plans/x.yaml") made from $srcdir; borrowed until the next call. */
const char *source_path(const char *relative);

/* Compares ACTUAL with the golden file RELATIVE ("tests/expected/x.txt") byte for byte; a difference fails and
 * shows both. With UPDATE_GOLDEN=1 in the environment the file is rewritten instead. */
void assert_golden(const char *relative, const char *actual);

/* A new empty folder below $TMPDIR (or /tmp), removed by scratch_remove with all it holds. Owned: free it. */
char *scratch_folder(void);
void scratch_remove(char *folder);

/* What TEXT has, which is empty then. Owned: free it. */
char *take_text(struct strbuf *text);

/* All bytes of a file; fails when it cannot be read. Owned: free it. LENGTH may be NULL. */
char *read_whole_file(const char *path, size_t *length);
void write_whole_file(const char *path, const char *bytes, size_t length);

/* Proof that something was wiped. A canary is kept coded (each byte exclusive-or 0x5A), so that the test's own
 * table does not hold it: decode_canary() gives the text, memory_holds() says whether it stands anywhere in our
 * writable memory. Not for a process that gave up its own /proc/self/mem (see secret.h) and is not root: look at
 * can_read_memory() first. */
void decode_canary(char *text, const char *coded, size_t count);
bool memory_holds(const char *coded, size_t count);
bool can_read_memory(void);

#endif
