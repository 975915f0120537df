/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Fuzz targets: any bytes in; a broken promise ends the program. fuzz.sh makes a fuzzer of each, test_fuzz.c replays
 * the corpora. Each returns 0, as fuzzers expect.
 */
#ifndef SCUPGRADE_TESTS_FUZZ_H
#define SCUPGRADE_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Bytes -> plan -> text -> plan -> text: a plan that was taken is saved without a loss, one that was not has a
 * reason. */
int fuzz_plan(const uint8_t *data, size_t size);

/* Bytes -> facts -> the prerequisites of two servers, folders: what was taken can be judged, and its answers are kept
 * in a plan that can be read again. */
int fuzz_facts(const uint8_t *data, size_t size);

/* Bytes as a log -> findings -> text and JSON: no crash, nothing that would harm a terminal. */
int fuzz_diagnose(const uint8_t *data, size_t size);

/* Bytes as a value -> every encoder and every shell -> readers of their own: the same value, or refused. */
int fuzz_quote(const uint8_t *data, size_t size);

/* Bytes -> a journal; and as the texts of a record -> its line -> the same record. */
int fuzz_journal(const uint8_t *data, size_t size);

/* Bytes as a draft -> the wizard -> the next draft -> the same plan. */
int fuzz_draft(const uint8_t *data, size_t size);

/* Bytes as a file of passwords. */
int fuzz_passwords(const uint8_t *data, size_t size);

/* Bytes from a terminal -> keys -> a line that is edited. Of the full screen. */
int fuzz_keys(const uint8_t *data, size_t size);

/* Lines as the answers to the plain front end. */
int fuzz_dialogue(const uint8_t *data, size_t size);

/* Bytes as a list of servers -> rows -> a plan that reads back. */
int fuzz_servers(const uint8_t *data, size_t size);

/* Lines as the words of a command line. */
int fuzz_options(const uint8_t *data, size_t size);

#endif
