/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A step as JSON, the same for "steps --format json" and "render json".
 */
#ifndef SCUPGRADE_STEPS_JSON_H
#define SCUPGRADE_STEPS_JSON_H

#include "pipeline/sequence.h"

/* Adds the step INDEX as one object on one line, without a line feed, with exactly the keys id, phase, server, title,
 * kind, words, text, requires, follows, why, verify, source. Passwords stand as placeholders. */
void step_json(struct strbuf *out, const struct sequence *sequence, size_t index);

#endif
