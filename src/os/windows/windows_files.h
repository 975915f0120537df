/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What reading, saving and locking on Windows share. Included by src/os/windows/ alone.
 */
#ifndef SCUPGRADE_WINDOWS_FILES_H
#define SCUPGRADE_WINDOWS_FILES_H

#include "os/platform.h"
#include "os/windows/windows.h"

/* PATH as CreateFileW opens it, shared for everything; INVALID_HANDLE_VALUE: GetLastError() says why. */
HANDLE windows_open(const char *path, DWORD access, DWORD how, SECURITY_ATTRIBUTES *rights, DWORD flags);
bool windows_is_missing(DWORD error);         /* the file or its folder is not there */
const char *windows_not_regular(HANDLE file); /* NULL: it is a regular file, opened without following links */
bool windows_identify(HANDLE file, struct file_identity *identity); /* all but the digest */
/* Adds all that is left of FILE, at most LIMIT bytes in OUT. */
enum file_result windows_read(HANDLE file, size_t limit, struct strbuf *out, const char **why);
bool windows_write(HANDLE file, const void *bytes, size_t count);
bool windows_environment(const WCHAR *name, struct strbuf *out); /* adds the value; false: not set */

/* A lock on the whole of FILE, waited for as platform.h says. False: *WHY says who holds it, or that it was left. */
bool windows_lock(HANDLE file, bool shared, const struct lock_wait *wait, const char **why);

/* Lines of a console come in UTF-8 from now on. False: standard input cannot be read. */
bool windows_take_lines(void);

#endif
