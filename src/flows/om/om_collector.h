/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the sources of the collector's part of Operations Manager share. Each array ends with NULL.
 */
#ifndef SCUPGRADE_OM_COLLECTOR_H
#define SCUPGRADE_OM_COLLECTOR_H

#include "core/base.h"

extern const char *const om_collect_tools[]; /* om_collector_tools.c */
extern const char *const om_collect_servers[], *const om_collect_watched[]; /* om_collector_group.c */
extern const char *const om_collect_settings[]; /* om_collector_settings.c */

#endif
