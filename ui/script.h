/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A terminal without a terminal: keys from a text, pictures as text. For tests, and for reports of what a screen
 * looked like.
 *
 * One token a line; empty lines and lines that start with # are left out:
 *   plain text                  typed letter by letter
 *   <Enter> <F1> <Alt-L> ...    a key by its name in keys.h
 *   <Text ...>                  plain text that starts with < or #
 *   <Paste ...>                 a bracketed paste
 *   <PasteLines A|B|C>          one of several lines
 *   <Resize 40x12>              columns x rows
 *   <Click ROW COLUMN>, <Wheel up ROW COLUMN>, <Wheel down ROW COLUMN>
 *   <Resume>, <Signal NUMBER>, <Hangup>
 *   <Idle>                      the time passes in which a page waits for keys
 *   <Dump NAME>, <DumpText NAME>    the screen goes to the output, with roles and cursor or without
 * After the last line comes a hang-up.
 */
#ifndef SCUPGRADE_SCRIPT_H
#define SCUPGRADE_SCRIPT_H

#include "ui/loop.h"

struct script;

/* TEXT must outlive it. Dumps, copies to the clipboard ("copied: ..."), "suspended" and "mouse on" go to OUT. Owned:
 * script_free. */
struct script *script_new(const char *text, int rows, int columns, struct strbuf *out);
void script_free(struct script *script);
struct terminal script_terminal(struct script *script);
/* The number of the first line that could not be understood; 0: none so far. The script ends there. */
unsigned script_bad_line(const struct script *script);

#endif
