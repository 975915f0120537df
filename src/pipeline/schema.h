/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * JSON Schema (2020-12) of the plan file, for editors and other programs. Made from the field tables of all
 * flows, so it cannot fall behind them. It knows keys, kinds, choices, limits and forms; rules across fields are known
 * to "check" alone.
 */
#ifndef SCUPGRADE_SCHEMA_H
#define SCUPGRADE_SCHEMA_H

#include "model/flow.h"

/* Adds the schema, with a line feed at its end. */
void schema_plan(struct strbuf *out);

#endif
