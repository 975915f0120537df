/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The terminal's clipboard as a sequence of bytes (OSC 52).
 */
#ifndef SCUPGRADE_CLIPBOARD_H
#define SCUPGRADE_CLIPBOARD_H

#include "core/strbuf.h"

#define CLIPBOARD_MOST 74994u   /* bytes of text; terminals drop longer ones */

/* Adds the sequence that makes TEXT the clipboard's content; nothing when it is too long. */
void clipboard_sequence(struct strbuf *out, const char *text);

#endif
