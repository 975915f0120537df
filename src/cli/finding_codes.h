/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the codes of findings mean, for programs that show them and for --select and --ignore. A code of a prerequisite
 * is told by the product's row, all others by the table here.
 */
#ifndef SCUPGRADE_FINDING_CODES_H
#define SCUPGRADE_FINDING_CODES_H

#include "model/document.h"

struct finding_code {
	const char *code;            /* "server-twice"; NULL ends the table */
	const char *text;            /* sentences: what is wrong, and what to do where that is short */
};

extern const struct finding_code finding_codes[];

struct finding_rule {                /* static, or in the arena that was given; never NULL but for the address */
	const char *title;           /* in short */
	const char *text;            /* what has to be true, or what is wrong */
	const char *help;            /* what to do */
	const char *address;         /* of a document that the rule rests on; NULL: none is known */
};

/* Of a CODE that nobody knows all texts are the code. */
struct finding_rule finding_rule(const char *code, struct arena *arena);

bool finding_code_known(const char *code);
/* The code that CODE is likely to mean; NULL: none is near. */
const char *finding_code_nearest(const char *code);

#endif
