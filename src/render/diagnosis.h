/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the logs said, for people and for programs.
 */
#ifndef SCUPGRADE_DIAGNOSIS_H
#define SCUPGRADE_DIAGNOSIS_H

#include "pipeline/diagnose.h"

/* The decisive finding with its lines, the others in short, what becomes of the step, the logs; wrapped to WIDTH, every
 * text filtered by text_visible(). */
void diagnosis_text(struct strbuf *out, const struct diagnosis *diagnosis, size_t width);
/* One JSON object (schema/diagnose.schema.json), with a line feed at its end. */
void diagnosis_json(struct strbuf *out, const struct diagnosis *diagnosis);

#endif
