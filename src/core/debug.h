/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Debug output by subsystem: SCUPGRADE_DEBUG=plan,wizard,ui and SCUPGRADE_DEBUG_FILE (default standard error).
 * Never give it a value of a field: names of pages, keys and counts only. "all" stands for every subsystem.
 */
#ifndef SCUPGRADE_DEBUG_H
#define SCUPGRADE_DEBUG_H

#include "core/base.h"

enum debug_area { DEBUG_PLAN, DEBUG_WIZARD, DEBUG_UI, DEBUG_AREA_COUNT };

void debug(enum debug_area area, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
