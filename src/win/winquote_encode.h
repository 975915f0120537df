/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What no Windows command line can carry; shared by the sources of winquote only.
 */
#ifndef SCUPGRADE_WINQUOTE_ENCODE_H
#define SCUPGRADE_WINQUOTE_ENCODE_H

#include "core/base.h"

enum flaw { FLAW_NONE, FLAW_ENCODING, FLAW_CONTROL, FLAW_INVISIBLE };

/* The first flaw of the LENGTH bytes at TEXT. A tab is none: every reader has a way to carry it. */
enum flaw winquote_flaw(const char *text, size_t length);

#endif
