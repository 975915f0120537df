/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Numbers of errors that Windows, Windows Installer and what stands on them report, in words.
 */
#ifndef SCUPGRADE_WINERROR_H
#define SCUPGRADE_WINERROR_H

#include "core/strbuf.h"

/* What CODE means ("access is denied"): a number of Windows itself, the same as 0x8007xxxx, or one of .NET, WMI,
 * security and SQL clients that setups meet. NULL: not one of those that are known here. */
const char *winerror_text(uint32_t code);
/* The same number as Windows itself counts: 0x80070643 is 1603. Others stay as they are. */
uint32_t winerror_plain(uint32_t code);
/* Adds "0x80070643 is 1603, fatal error during installation" for the first such numbers of TEXT that are known (in hex
 * behind 0x, eight hex digits that begin with 8, or negative), with "; " between; at most MOST. Returns how many. */
unsigned winerror_explain(struct strbuf *out, const char *text, size_t length, unsigned most);

#endif
