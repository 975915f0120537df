/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The bytes of a log as UTF-8 text, piece by piece, whatever its size: UTF-8, UTF-16 of either order (by its mark, or
 * by the zero bytes of its beginning), and bytes of the Western code page 1252 where they are no UTF-8. What cannot be
 * decoded (half a character at the end too) and the character NUL become U+FFFD, so that what comes out is always
 * valid UTF-8 without a NUL. The mark is left out.
 */
#ifndef SCUPGRADE_LOGTEXT_H
#define SCUPGRADE_LOGTEXT_H

#include "core/base.h"

enum log_encoding { ENCODING_UTF8, ENCODING_UTF16_LE, ENCODING_UTF16_BE, ENCODING_CODE_PAGE };

const char *log_encoding_name(enum log_encoding encoding);     /* "UTF-8", "UTF-16", "UTF-16 (big-endian)", ... */

/* Up to ROOM bytes; less only at the end; negative: it failed (then reading ends as at the end of the file). */
typedef ptrdiff_t logtext_read_fn(void *data, char *bytes, size_t room);

struct logtext;

struct logtext *logtext_new(logtext_read_fn *read, void *data);    /* owned: free with logtext_free */
void logtext_free(struct logtext *text);                           /* NULL is fine */
/* The next text into OUT: as much as fits, all but at most 8 bytes of ROOM (at least 16). 0: the end. */
size_t logtext_fill(struct logtext *text, char *out, size_t room);
/* What it was so far: ENCODING_CODE_PAGE as soon as a byte was no UTF-8. */
enum log_encoding logtext_encoding(const struct logtext *text);
bool logtext_failed(const struct logtext *text);
uint64_t logtext_bytes(const struct logtext *text);                /* read so far */

#endif
