/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Everything that is not ISO C: posix/ and windows/ each have all of it.
 *
 * Functions that can fail return false (or NULL) and leave the reason in *WHY (borrowed until the next call here, never
 * NULL then). It may hold names from the file system: print it through text_visible().
 */
#ifndef SCUPGRADE_PLATFORM_H
#define SCUPGRADE_PLATFORM_H

#include "core/digest.h"
#include "core/strbuf.h"

/* ---- start and end of the program ---- */

/* Before anything else: standard input and output are there and have no buffer or conversion of their own, a closed
 * pipe is a write error, what is made is for its owner. *ARGC and *ARGV are UTF-8 afterwards. False: it cannot run. */
bool platform_start(int *argc, char ***argv);
/* Ends the program as signal NUMBER does, so that whoever waits for it sees what ended it; returns where there is no
 * such way, and the exit status says it. */
void platform_end_by_signal(int number);

/* ---- files ---- */

const char *platform_last_part(const char *path);        /* behind its last separator; borrowed from PATH */

/* What a file was when it was read, to notice that somebody else changed it since. */
struct file_identity {
	bool exists;
	uint64_t device, inode, size;
	int64_t modified_ns;
	unsigned mode;
	struct digest digest;
};

enum file_result {
	FILE_OK,
	FILE_MISSING,
	FILE_TOO_LARGE,       /* over LIMIT bytes: nothing was kept */
	FILE_FAILED           /* *WHY says what the system said */
};

/* Replaces what OUT holds by all of PATH ("-": standard input); OUT is empty when that fails. A directory, a device
 * or a FIFO is FILE_FAILED without blocking ("-" may be a pipe). IDENTITY may be NULL. */
enum file_result platform_read(const char *path, size_t limit, struct strbuf *out, struct file_identity *identity,
			       const char **why);
/* The same for a file that has to be ours, and that nobody else may read or write; no link to one. FILE_FAILED when it
 * is not, *WHY says what is wrong. It is looked at after it was opened. */
enum file_result platform_read_private(const char *path, size_t limit, struct strbuf *out, const char **why);

enum save_result {
	SAVE_OK,              /* the new file is in place, and on the disk */
	/* The new file is in place and IDENTITY is filled, but the disk or its folder could not be synced: it may not
	 * survive a power loss. *WHY says what the system said. */
	SAVE_UNSURE,
	SAVE_EXISTS,          /* something is there and neither FORCE nor EXPECTED allows to replace it */
	SAVE_CHANGED,         /* the file is not what EXPECTED says: somebody changed it, also in the last moment */
	/* *WHY ends with "nothing was changed": the old file is as it was, nothing of ours is left. Also when the lock
	 * was not to be had; *WHY says who holds it. */
	SAVE_FAILED
};

/* The new file is there: SAVE_OK or SAVE_UNSURE. */
static inline bool save_is_done(enum save_result result)
{
	return result == SAVE_OK || result == SAVE_UNSURE;
}

/* How a call waits for a lock that somebody else holds. NULL in its place: LOCK_MILLISECONDS, without telling. */
#define LOCK_MILLISECONDS 10000
struct lock_wait {
	unsigned milliseconds;                                  /* at most; 0: one try */
	/* Told at once and then twenty times a second. HOLDER is who has it (borrowed; text of others: print it through
	 * text_visible()). False: the user does not want to wait any longer. May be NULL. */
	bool (*waiting)(const char *holder, void *data);
	void *data;
};

struct save_request {
	const char *path;
	const void *bytes;
	size_t count;
	const struct file_identity *expected;    /* what was read; NULL: the file is not expected to exist */
	bool force;                              /* replace whatever regular file is there; EXPECTED does not count */
	bool keep_old;                           /* keep the old file as PATH~ */
	/* A new file with passwords, mode 0600: has no name before it is whole, so that nothing stays when the program
	 * is killed. Never replaces: SAVE_EXISTS even with force. SAVE_FAILED where the file system has no files
	 * without a name. */
	bool secret;
	bool locked;                             /* the caller holds platform_lock(path) */
	const struct lock_wait *wait;
	/* A new file gets the group of this one, its mode and its access list, without rights for others; a folder or a
	 * missing file counts for nothing. May be NULL: a new file has mode 0600. */
	const char *like;
};

/* Under the lock of PATH: looks whether the target is what EXPECTED says, writes a file beside it (0600) to the disk,
 * and puts that in its place in one step. What came back for it is looked at once more where the file system can swap
 * two files, and put back when it is not what was expected (SAVE_CHANGED): so programs that take no lock are noticed,
 * but for a few instants on other file systems. Signals that end the program wait meanwhile.
 * Mode, access list and group of an old file are kept (for root its owner too); where the group cannot be kept and
 * would lose rights by it, SAVE_FAILED says what helps. What killed processes left beside PATH is removed first.
 * Refuses a symbolic link, a folder, a device as target. IDENTITY (may be NULL) gets what is there afterwards. */
enum save_result platform_save(const struct save_request *request, struct file_identity *identity, const char **why);

struct folder_file {
	const char *name;                        /* below the folder, "/" between its parts; no ".", no ".." */
	const void *bytes;
	size_t count;
};

struct folder_request {
	const char *path;
	const struct folder_file *files;
	size_t count;
	bool force;                              /* replace what an earlier run made */
	/* Whether a file that stands there and is not among FILES (its name as in folder_file) was made by an earlier
	 * run: it goes. NULL: none is. */
	bool (*is_ours)(const char *name, void *data);
	void *data;
	const struct lock_wait *wait;
};

/* A folder of files, whole or not at all: made aside and moved into place in one step, its parents before that (0700).
 * A folder that is there already is replaced as a whole: with files of FILES or IS_OURS in it SAVE_EXISTS unless FORCE;
 * with anything else in it always SAVE_FAILED, and *WHY names it. Mode, access list and group stay, of the folder and
 * of files of the same name; new files in an old folder get their rights from it. Where the file system cannot swap two
 * folders, the old one is away for an instant; when the program is killed right then, it comes back with the next save
 * there. */
enum save_result platform_save_folder(const struct folder_request *request, const char **why);

/* How many names (hard links) the file PATH has; 0: it is not there. */
unsigned platform_name_count(const char *path);
/* Where the symbolic link PATH leads, through all links, into OUT. False: it is none, or leads nowhere. */
bool platform_link_target(const char *path, struct strbuf *out);

/* Whether A and B are one file, by whatever names and links; "-" is standard input. False when one is not there. */
bool platform_same_file(const char *a, const char *b);

/* A file or a folder that belongs to us and that nobody else may write to. */
bool platform_is_own(const char *path, const char **why);
bool platform_remove(const char *path, const char **why);       /* a missing file is fine */
bool platform_make_folder(const char *path, const char **why);  /* with parents, mode 0700 */
/* Entries of the folder PATH that are folders themselves (or links to one), sorted without case, without "." and "..":
 * calls EACH(name, data). False: cannot be read. */
bool platform_list_folders(const char *path, void (*each)(const char *name, void *data), void *data, const char **why);
/* The same for the entries that are no folders. */
bool platform_list_files(const char *path, void (*each)(const char *name, void *data), void *data, const char **why);

/* "$XDG_STATE_HOME/scupgrade" or "$HOME/.local/state/scupgrade" into OUT. False when neither is set (and absolute). */
bool platform_state_folder(struct strbuf *out);

/* A lock on PATH: a file ".NAME.lock" beside it, held by flock, open to those who may open PATH. Returns a descriptor
 * >= 0; LOCK_HELD: *WHY says who holds it; or -1: *WHY says what failed. The lock of a process that ended is free,
 * though its file may stay. Ends early when WAIT says so or a signal was caught (platform_signals_catch). */
#define LOCK_HELD (-2)
int platform_lock(const char *path, const struct lock_wait *wait, const char **why);
void platform_unlock(const char *path, int lock);

/* Marks that PATH is open here, for as long as the descriptor is, and looks who else has marked it so: OTHERS names one
 * of them, "" when there is none. Nobody is kept from anything by it. -1: there is no such file, or no such way on this
 * system; end it with platform_presence_end. */
int platform_presence(const char *path, struct strbuf *others);
void platform_presence_end(int presence);                                     /* -1 is fine */

/* ---- people and time ---- */
/* Adds the login name ($LOGNAME, else the user database), for "who" fields; "unknown" if there is none. Safe text. */
void platform_user(struct strbuf *out);
void platform_time_utc(char text[21]);          /* "2026-11-21T14:02:07Z"; SOURCE_DATE_EPOCH is honoured */
void platform_date_local(char text[11]);        /* "2026-11-21" in the local zone, else the same */
int64_t platform_monotonic_ms(void);

/* ---- terminal ---- */
bool platform_is_terminal(int descriptor);
const char *platform_terminal_type(void);       /* TERM; NULL or "": not known. A console of Windows needs none. */
/* Reads one line without echo from the controlling terminal after showing PROMPT (filtered) there. Backspace,
 * Ctrl-W and Ctrl-U edit; the marks of a bracketed paste and other key sequences are left out; a control or unsafe
 * character rings the bell. Restores the echo on every way out, signals included. False, and SECRET is empty, at
 * end of input, when there is no terminal, when the line is too long for a secret, or after a signal that did not
 * end the process. */
struct secret;
bool platform_ask_secret(const char *prompt, struct secret *secret, const char **why);

/* Signals by the numbers that they have everywhere; what ends a session on other systems counts as the nearest one. */
enum { SIGNAL_HANGUP = 1, SIGNAL_INTERRUPT = 2, SIGNAL_TERMINATE = 15 };

/* ---- a session without curses: posix_session.c ---- */
/* From here on no signal that asks for an end ends anything: the first that comes is remembered. Those that were
 * ignored stay so. */
void platform_signals_catch(void);
int platform_signals_release(void);                  /* puts back what was there; the number that came, or 0 */
/* Waits until DESCRIPTOR can be read (or is at its end) or a signal came: its number, or 0. */
int platform_signals_wait(int descriptor);
int platform_signals_look(void);                     /* the same without waiting */
/* They come between two waits only; OPEN lets them through for a while, for a call that waits by itself
 * (platform_ask_secret). */
void platform_signals_open(bool open);
/* Around writing to DESCRIPTOR (a negative one is fine), which may wait for a terminal that nobody reads: a signal ends
 * the wait, and what is left to say goes nowhere from then on. */
void platform_output_begin(int descriptor);
void platform_output_end(void);
/* Adds PATH without links and from the root; the file need not exist, its folder must. False: OUT is as it was. */
bool platform_absolute(const char *path, struct strbuf *out);

/* ---- a file that only grows ---- */

/* Whoever appends holds platform_lock(PATH) from before the read; reading needs no lock. A new one is made by
 * platform_save(). */
enum log_outcome {
	LOG_OK,
	LOG_MISSING,
	LOG_FOREIGN,          /* a link, a folder, a device, or over LIMIT bytes: *WHY says which; nothing was done */
	LOG_CHANGED,          /* it is not what READ says: somebody wrote without the lock; nothing was written */
	LOG_UNSURE,           /* all is written, but it may not survive a power loss: *WHY */
	LOG_UNKNOWN,          /* *WHY; a part was written and could not be taken back */
	LOG_FAILED            /* *WHY; nothing was written */
};

/* Replaces what OUT holds by all of the file. IDENTITY is for platform_log_append and platform_save. */
enum log_outcome platform_log_read(const char *path, size_t limit, struct strbuf *out, struct file_identity *identity,
				   const char **why);
/* Writes BYTES behind what READ tells of, down to the disk. Nothing that stands there is touched. */
enum log_outcome platform_log_append(const char *path, const struct file_identity *read, const char *bytes,
				     size_t count, const char **why);
/* What tells whether PATH changed: its size and time of change. 0 when it is not there. */
uint64_t platform_log_stamp(const char *path);

/* ---- a file of any size, read piece by piece: posix_stream.c ---- */

/* Opens PATH ("-": standard input; else a regular file). IDENTITY (may be NULL) gets all but the digest. Returns a
 * stream >= 0 for platform_stream_close, or -1. */
int platform_stream_open(const char *path, struct file_identity *identity, const char **why);
/* All of ROOM, less only at the end; -1: failed. */
ptrdiff_t platform_stream_read(int stream, char *bytes, size_t room, const char **why);
void platform_stream_close(int stream);

/* ---- a command of the user's own: posix_run.c ---- */

/* Puts the drive LETTER (a capital) into OUT as "C:"; false: this system has no drives, or not this one. */
bool platform_drive(char letter, struct strbuf *out);

/* The signal that tells a program that nobody reads its standard output any more, where that is so; else 0. The program
 * goes on without it, and ends by it when it is done. */
int platform_closed_pipe_signal(void);

bool platform_has_powershell(void);     /* Windows PowerShell stands where Windows has it */
/* Runs COMMAND by the shell, without input, until it has ended and what it started has closed its output; after
 * SECONDS, or when a signal asks the program to end, it and what it started are killed. SAID gets the first 4 KiB of
 * what it printed. False: it could not be run, took too long, was interrupted, or ended with an error. */
bool platform_run(const char *command, unsigned seconds, struct strbuf *said, const char **why);

#endif
