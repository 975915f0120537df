/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The fuzz target of the plan file, in the form that fuzzers expect.
 */
#ifndef SCUPGRADE_TESTS_FUZZ_PLAN_H
#define SCUPGRADE_TESTS_FUZZ_PLAN_H

#include <stddef.h>
#include <stdint.h>

/* Bytes -> plan -> text -> plan -> text; aborts when the two texts differ. Always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
