/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the POSIX sources behind platform.h share; nobody else includes it.
 */
#ifndef SCUPGRADE_PLATFORM_POSIX_H
#define SCUPGRADE_PLATFORM_POSIX_H

#include "os/platform.h"

#include <signal.h>
#include <sys/stat.h>

/* Formats a reason and returns it: borrowed until the next call. */
const char *posix_why(const char *format, ...) PRINTF_LIKE(1, 2);

/* Opens the folder of PATH, once for all that follows, and points *NAME at the last part. Returns a descriptor, or
 * -1 and *WHY; a path without a file name is refused. */
int posix_open_folder(const char *path, const char **name, const char **why);

/* A CALL that fails by our own mistake only: RESULT is 0, or the program ends with a report. */
void posix_must(int result, const char *call);

/* open that is tried again after an interruption. FLAGS get O_CLOEXEC; what is made has MODE 0600. */
int posix_open_at(int folder, const char *path, int flags);

/* read and write that go on after an interruption and a short transfer. READ stops at end of file and returns the
 * count; both return -1 with errno. */
ssize_t posix_read(int descriptor, char *bytes, size_t count);
int posix_write(int descriptor, const void *bytes, size_t count);
int posix_close(int descriptor);

/* All of the open DESCRIPTOR; the rest as platform_read, but OUT may keep what was read. */
enum file_result posix_read_open(int descriptor, bool regular_only, size_t limit, struct strbuf *out,
				 struct file_identity *identity, const char **why);

/* Fills all of IDENTITY but the digest. */
void posix_identify(const struct stat *status, struct file_identity *identity);

/* What is wrong with STATUS as a file to read or replace ("it is a folder"), or NULL. */
const char *posix_not_regular(const struct stat *status);

/* ---- what stands beside a target while it is saved: posix_aside.c. Only under the target's lock. ---- */

enum { ASIDE_ROOM = 256 };

/* A name that only this process uses for the target NAME: ".NAME.HOST.PID.ATTEMPT" and ENDING (".tmp", ".old"). */
void posix_aside_name(const char *name, unsigned attempt, const char *ending, char out[ASIDE_ROOM]);
/* Removes what processes left beside NAME that are gone: files and folders of our own, and no others. A folder that was
 * on its way out comes back where NAME is missing. What cannot be removed stays. */
void posix_aside_clean(int folder, const char *name);
/* Removes the folder NAME and all below it; links are not followed. 0, or -1 with errno. */
int posix_remove_tree(int folder, const char *name);
/* ---- rights: posix_rights.c ---- */

/* Gives the new file (or folder) DESCRIPTOR what PATH has, whose status is OLD: the group, for root the owner, and the
 * access list; and MODE, which goes for the list too. False, and *WHY, when that cannot be. */
bool posix_take_over(int descriptor, const char *path, const struct stat *old, mode_t mode, const char **why);

/* Signals that would end the program wait until it is over. */
void posix_hold_signals(sigset_t *before);
void posix_release_signals(const sigset_t *before);

/* *WHY with "; nothing was changed" at its end. Returns SAVE_FAILED. */
enum save_result posix_unchanged(const char **why);

#endif
