/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The collector: a script for Windows PowerShell 4.0 and later that reads a server and writes its file of facts.
 */
#ifndef SCUPGRADE_FACTS_SCRIPT_H
#define SCUPGRADE_FACTS_SCRIPT_H

#include "core/strbuf.h"

/* Adds the script, with what all products read: UTF-8 with a byte order mark, CRLF, always the same bytes for one
 * version of this program and one FOLDER, the name of the one where it writes its file when nobody says another (made
 * in the current one); NULL: the current one itself. False: FOLDER has characters that no script can carry, and OUT is
 * unchanged. */
bool facts_script(struct strbuf *out, const char *folder);

#endif
