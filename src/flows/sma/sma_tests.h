/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: the tests of prerequisites that facts alone raise (sma_tests.c), and whether they do,
 * which says that the row applies.
 */
#ifndef SCUPGRADE_FLOW_SMA_TESTS_H
#define SCUPGRADE_FLOW_SMA_TESTS_H

#include "flows/common/prereq_facts.h"
#include "flows/sma/sma.h"

bool sma_release_differs(const struct scope *scope), sma_folder_differs(const struct scope *scope);
bool sma_certificate_is_wrong(const struct scope *scope), sma_is_evaluation(const struct scope *scope);

enum check_state sma_test_release(struct check_context *context), sma_test_folder(struct check_context *context);
enum check_state sma_test_certificate(struct check_context *context), sma_test_license(struct check_context *context);
enum check_state sma_test_rights(struct check_context *context);

#endif
