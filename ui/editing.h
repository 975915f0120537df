/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The keys of a line that is typed, wherever one is: a field of a form, a line of a dialog.
 */
#ifndef SCUPGRADE_EDITING_H
#define SCUPGRADE_EDITING_H

#include "core/lineedit.h"
#include "ui/keys.h"

/* False: KEY is none of an editor, and nothing was done. RESULT (may be NULL) says what became of it. */
bool editing_press(struct lineedit *edit, const struct key *key, enum edit_result *result);
/* What the user is told of RESULT; NULL: nothing. */
const char *editing_notice(enum edit_result result);

#endif
