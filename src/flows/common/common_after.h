/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Rows of the end state that every product has, from its table of tasks.
 */
#ifndef SCUPGRADE_COMMON_AFTER_H
#define SCUPGRADE_COMMON_AFTER_H

#include "flows/common/prereq_facts.h"

/* What the tasks of the context's server install has the target's build. */
enum check_state common_after_build(struct check_context *context);
/* What the tasks of the context's server leave running runs. */
enum check_state common_after_services(struct check_context *context);

#endif
