/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the sources for Windows share, and the screen: texts for its calls, reasons, the events that end the program.
 *
 * Everything outside speaks UTF-8; Windows' own calls are the W ones, whatever the code page.
 */
#ifndef SCUPGRADE_WINDOWS_H
#define SCUPGRADE_WINDOWS_H

#include <windows.h>

#include "core/strbuf.h"

/* TEXT as UTF-16; owned (free). Bytes that are no UTF-8 become U+FFFD. */
WCHAR *windows_wide(const char *text);
/* PATH for a call that takes files: "/" as "\", and in the long form (\\?\C:\...) when it is long. Owned (free). */
WCHAR *windows_path(const char *path);
void windows_narrow(const WCHAR *text, struct strbuf *out); /* adds TEXT as UTF-8 */

/* WHAT: and the system's words for GetLastError(), for *WHY of platform.h: borrowed until the next call. WHAT may be
 * NULL. */
const char *windows_why(const char *what);
const char *windows_say(const char *format, ...) PRINTF_LIKE(1, 2); /* a reason of our own, kept likewise */

/* PATH with FORMAT in place of its last part, whose %s is that part: "x\.%s.lock" for ".%s.lock". Adds to OUT. */
void windows_beside(const char *path, const char *before, const char *after, struct strbuf *out);
const char *windows_last_part(const char *path); /* behind the last "\", "/" or "C:" */

/* For its owner, Administrators and SYSTEM alone; NULL when that cannot be made. Static. */
SECURITY_ATTRIBUTES *windows_private(void);

/* The console called NAME, "CONIN$" or "CONOUT$"; INVALID_HANDLE_VALUE: there is none. */
HANDLE windows_console(const WCHAR *name);
/* A code point from units of UTF-16 as they come, *HIGH being what was left of the last one. 0: the other half is still
 * to come, or it is half of nothing. */
uint32_t windows_join(WCHAR *high, WCHAR unit);

bool windows_is_10(void);            /* or later */
bool windows_copy(const char *text); /* to the clipboard */

/* Set while something asks the program to end (see platform_signals_look); to be waited for. */
HANDLE windows_ending(void);
/* PUT_BACK runs when the program crashes, NULL: nothing does. */
void windows_on_crash(void (*put_back)(void));

#endif
