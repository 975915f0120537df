/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Foreign text without its secrets: what stands behind a word such as PASSWORD= is replaced, in the forms in which
 * command lines, properties, connection strings, XML and JSON write it. Rather a word too many than one too few.
 */
#ifndef SCUPGRADE_MASK_H
#define SCUPGRADE_MASK_H

#include "core/strbuf.h"

#define MASKED "<masked>"

/* Adds the LENGTH bytes at TEXT (one line) to OUT. Returns how many values were replaced. Linear. */
size_t mask_secrets(struct strbuf *out, const char *text, size_t length);

#endif
