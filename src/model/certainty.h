/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * How sure a source is, in words. Sources in the tables end with tags in brackets ("pre-upgrade tasks [DOC, OURS]");
 * a person reads what they mean.
 */
#ifndef SCUPGRADE_CERTAINTY_H
#define SCUPGRADE_CERTAINTY_H

#include "core/strbuf.h"

enum certainty { CERTAINTY_DOCUMENTED, CERTAINTY_SEEN, CERTAINTY_DOUBTFUL };

/* SOURCE with its tags in words: "pre-upgrade tasks (documented; our advice, not documented)". Returns the least
 * certain of them. */
enum certainty certainty_words(struct strbuf *out, const char *source);

/* Whether each bracket of SOURCE is a list of tags, with a reason at most: "[DOC, OURS]", "[UNCERTAIN: why]". What is
 * written otherwise would count as documented. */
bool certainty_is_closed(const char *source);

#endif
