/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A step as JSON, the same for "steps --format json" and "render json".
 */
#ifndef SCUPGRADE_STEPS_JSON_H
#define SCUPGRADE_STEPS_JSON_H

#include "pipeline/sequence.h"

/* What was written of the step before: most of the steps of one task differ in a few names. { .sequence = SEQUENCE } to
 * begin with; steps_json_clear() in the end. */
struct steps_json {
	const struct sequence *sequence;
	const struct step *last;            /* NULL: none so far */
	struct strbuf what, why;            /* its members from "kind" to "requires", those from "why" on */
};

/* Adds the step INDEX as one object on one line, without a line feed, with exactly the keys id, phase, server, run-on,
 * title, kind, words, text, requires, follows, why, verify, if-it-fails, source, uncertain. Passwords stand as
 * placeholders. */
void steps_json_put(struct steps_json *json, struct strbuf *out, size_t index);
void steps_json_clear(struct steps_json *json);

#endif
