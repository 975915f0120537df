/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the POSIX sources behind platform.h share; nobody else includes it.
 */
#ifndef SCUPGRADE_PLATFORM_POSIX_H
#define SCUPGRADE_PLATFORM_POSIX_H

#include "os/platform.h"

#include <sys/stat.h>

/* Formats a reason and returns it: borrowed until the next call. */
const char *posix_why(const char *format, ...) PRINTF_LIKE(1, 2);

/* Opens the folder of PATH, once for all that follows, and points *NAME at the last part. Returns a descriptor, or
 * -1 and *WHY; a path without a file name is refused. */
int posix_open_folder(const char *path, const char **name, const char **why);

/* read and write that go on after an interruption and a short transfer. READ stops at end of file and returns the
 * count; both return -1 with errno. */
ssize_t posix_read(int descriptor, char *bytes, size_t count);
int posix_write(int descriptor, const void *bytes, size_t count);
int posix_close(int descriptor);

/* Fills all of IDENTITY but the digest. */
void posix_identify(const struct stat *status, struct file_identity *identity);

/* What is wrong with STATUS as a file to read or replace ("it is a folder"), or NULL. */
const char *posix_not_regular(const struct stat *status);

#endif
