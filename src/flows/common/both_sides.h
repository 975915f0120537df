/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A Windows or SQL Server that was found, against the lists of both releases of the hop.
 */
#ifndef SCUPGRADE_BOTH_SIDES_H
#define SCUPGRADE_BOTH_SIDES_H

#include "flows/common/prereq_facts.h"

enum side { SIDE_NEITHER, SIDE_SOURCE, SIDE_TARGET, SIDE_BOTH };

/* Windows Server of VERSION. A list that is not known takes everything. */
enum side side_of_windows(const struct hop *hop, const unsigned version[4]);
/* SQL Server of VERSION; what the target takes only with an update, after setup, is on the side of none. */
enum side side_of_sql(const struct hop *hop, const unsigned version[4]);
/* The name of SQL Server, "2016", by its version; NULL: not known. */
const char *sql_year(const unsigned version[4]);

/* What to do about SIDE, as the end of what was found: ", which fits 2016, not 2019: move it to Windows Server 2016
 * while on 2016"; "" for both. WHAT: "Windows Server " or "SQL Server ", COMMON: what fits both. TOLD: there is a
 * list of the source's; without one nothing is said of what fits the source. In ARENA. */
const char *side_advice(const struct hop *hop, enum side side, const char *what, const char *common, bool told,
			struct arena *arena);

#endif
