/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Loaded into the program by LD_PRELOAD: makes one call fail, as faults.h says. For glibc: what fails within the C
 * library (the write behind fputs) cannot be reached from here, so the streams' functions fail as a whole.
 */
#include "torture/faults.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <link.h>
#include <locale.h>
#include <poll.h>
#include <pwd.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static struct faults *shared;

/* What is written behind the end of the program (by a coverage build) is not its own any more. */
static void leave_run(void)
{
	shared = NULL;
}

static int (*program_main)(int, char **, char **);

/* As the last of what atexit() holds, so that it comes first: before the counts of a coverage build are written. */
static int main_with_end(int argc, char **argv, char **variables)
{
	if (atexit(leave_run) != 0)
		abort();
	return program_main(argc, argv, variables);
}

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*before)(void),
		      void (*behind)(void), void (*behind_loader)(void), void *stack);

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*before)(void),
		      void (*behind)(void), void (*behind_loader)(void), void *stack)
{
	int (*real)(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void), void (*)(void),
		    void *);
	void *found = dlsym(RTLD_NEXT, "__libc_start_main");

	memcpy(&real, &found, sizeof(found));
	program_main = main;
	return real(main_with_end, argc, argv, before, behind, behind_loader, stack);
}

/* By bare system calls: open, mmap and close are ours. */
__attribute__((constructor)) static void join_run(void)
{
	const char *path = getenv(FAULTS_VARIABLE);
	long file = path ? syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC) : -1;
	void *map;

	unsetenv("LD_PRELOAD");
	unsetenv(FAULTS_VARIABLE);
	if (file < 0)
		return;
	/* SYS_mmap gives the address as a number. */
	map = (void *)syscall(SYS_mmap, NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0L);
	syscall(SYS_close, file);
	if (map != MAP_FAILED)
		shared = map;
}

/* POSIX has dlsym give functions as void *; ISO C knows no such cast. */
static void find(const char *name, void *function)
{
	void *found = dlsym(RTLD_NEXT, name);

	memcpy(function, &found, sizeof(found));
}

enum strike { STRIKE_NOT, STRIKE_HALF, STRIKE_WHOLE };

/* Counts CALL, and says whether it is to be one of those that the run wants; errno is set then. */
static enum strike strike(enum fault_call call)
{
	enum strike how = STRIKE_NOT;
	unsigned count;

	if (!shared || !shared->armed)
		return STRIKE_NOT;
	count = ++shared->counts[call];
	if (call != shared->call || shared->way == FAULT_NEVER || count < shared->turn)
		return STRIKE_NOT;
	if (count == shared->turn)
		how = shared->way == FAULT_FULL || shared->way == FAULT_SHORT ? STRIKE_HALF : STRIKE_WHOLE;
	else if (shared->way == FAULT_ALWAYS || shared->way == FAULT_FULL)
		how = STRIKE_WHOLE;
	shared->struck += how != STRIKE_NOT;
	if (how == STRIKE_WHOLE)
		errno = shared->error;
	return how;
}

static bool strikes(enum fault_call call)
{
	return strike(call) == STRIKE_WHOLE;
}

/* ---- calls that only fail ---- */

#define FAULT(type, name, parameters, arguments, failure) \
	type name parameters \
	{ \
		static type(*real) parameters; \
		if (!real) \
			find(#name, &real); \
		if (strikes(FAULT_##name)) \
			return failure; \
		return real arguments; \
	}

FAULT(int, ftruncate, (int file, off_t size), (file, size), -1)
FAULT(int, flock, (int file, int how), (file, how), -1)
FAULT(int, stat, (const char *path, struct stat *status), (path, status), -1)
FAULT(int, lstat, (const char *path, struct stat *status), (path, status), -1)
FAULT(int, fstat, (int file, struct stat *status), (file, status), -1)
FAULT(int, fstatat, (int folder, const char *path, struct stat *status, int flags), (folder, path, status, flags), -1)
FAULT(int, rename, (const char *from, const char *to), (from, to), -1)
FAULT(int, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), -1)
FAULT(int, renameat2, (int a, const char *from, int b, const char *to, unsigned flags), (a, from, b, to, flags), -1)
FAULT(int, link, (const char *from, const char *to), (from, to), -1)
FAULT(int, linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags), -1)
FAULT(int, unlink, (const char *path), (path), -1)
FAULT(int, unlinkat, (int folder, const char *path, int flags), (folder, path, flags), -1)
FAULT(int, mkdir, (const char *path, mode_t mode), (path, mode), -1)
FAULT(int, mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode), -1)
FAULT(int, rmdir, (const char *path), (path), -1)
FAULT(int, chmod, (const char *path, mode_t mode), (path, mode), -1)
FAULT(int, fchmod, (int file, mode_t mode), (file, mode), -1)
FAULT(int, fchown, (int file, uid_t user, gid_t group), (file, user, group), -1)
FAULT(ssize_t, getxattr, (const char *path, const char *name, void *to, size_t room), (path, name, to, room), -1)
FAULT(int, fsetxattr, (int file, const char *name, const void *from, size_t size, int flags),
      (file, name, from, size, flags), -1)
FAULT(int, fremovexattr, (int file, const char *name), (file, name), -1)
FAULT(DIR *, opendir, (const char *path), (path), NULL)
FAULT(DIR *, fdopendir, (int folder), (folder), NULL)
FAULT(struct dirent *, readdir, (DIR * folder), (folder), NULL)
FAULT(char *, realpath, (const char *path, char *to), (path, to), NULL)
FAULT(ssize_t, readlink, (const char *path, char *to, size_t room), (path, to, room), -1)
FAULT(FILE *, fopen, (const char *path, const char *how), (path, how), NULL)
FAULT(int, setvbuf, (FILE * stream, char *to, int how, size_t size), (stream, to, how, size), -1)
FAULT(char *, setlocale, (int category, const char *name), (category, name), NULL)
FAULT(int, nanosleep, (const struct timespec *time, struct timespec *left), (time, left), -1)
FAULT(int, gethostname, (char *to, size_t room), (to, room), -1)
FAULT(int, clock_gettime, (clockid_t clock, struct timespec *now), (clock, now), -1)
FAULT(struct tm *, gmtime_r, (const time_t *now, struct tm *to), (now, to), NULL)
FAULT(struct tm *, localtime_r, (const time_t *now, struct tm *to), (now, to), NULL)
FAULT(int, poll, (struct pollfd * files, nfds_t count, int ms), (files, count, ms), -1)
FAULT(int, pselect, (int most, fd_set *in, fd_set *out, fd_set *other, const struct timespec *ms, const sigset_t *mask),
      (most, in, out, other, ms, mask), -1)
FAULT(int, pipe2, (int ends[2], int flags), (ends, flags), -1)
FAULT(int, socket, (int domain, int type, int protocol), (domain, type, protocol), -1)
FAULT(int, posix_spawn,
      (pid_t * child, const char *path, const posix_spawn_file_actions_t *files, const posix_spawnattr_t *how,
       char *const words[], char *const variables[]),
      (child, path, files, how, words, variables), shared->error)
FAULT(pid_t, waitpid, (pid_t child, int *status, int options), (child, status, options), -1)
FAULT(void *, mmap, (void *at, size_t size, int protection, int flags, int file, off_t offset),
      (at, size, protection, flags, file, offset), MAP_FAILED)
FAULT(int, mlock, (const void *at, size_t size), (at, size), -1)
FAULT(int, madvise, (void *at, size_t size, int advice), (at, size, advice), -1)
FAULT(int, getrlimit, (__rlimit_resource_t what, struct rlimit *limit), (what, limit), -1)
FAULT(int, setrlimit, (__rlimit_resource_t what, const struct rlimit *limit), (what, limit), -1)
FAULT(int, isatty, (int file), (file), 0)
FAULT(int, tcgetattr, (int file, struct termios *to), (file, to), -1)
FAULT(int, tcsetattr, (int file, int when, const struct termios *mode), (file, when, mode), -1)

/* Done otherwise it does nothing: the power stays on here, and a disk takes its time. */
int fsync(int file)
{
	(void)file;
	return strikes(FAULT_fsync) ? -1 : 0;
}

/* ---- memory: not by dlsym, which wants some ---- */

/* Where the code of curses lies, which takes what malloc gives without a look: that is not ours to mend. */
static struct { uintptr_t from, to; } spared[4];
static size_t spared_count;

static int find_curses(struct dl_phdr_info *library, size_t size, void *data)
{
	(void)size;
	(void)data;
	if (!strstr(library->dlpi_name, "libtinfo") && !strstr(library->dlpi_name, "libncurses"))
		return 0;
	for (int i = 0; i < library->dlpi_phnum && spared_count < 4; i++) {
		const ElfW(Phdr) *part = &library->dlpi_phdr[i];

		if (part->p_type != PT_LOAD || !(part->p_flags & PF_X))
			continue;
		spared[spared_count].from = library->dlpi_addr + part->p_vaddr;
		spared[spared_count].to = spared[spared_count].from + part->p_memsz;
		spared_count++;
	}
	return 0;
}

__attribute__((constructor)) static void find_spared(void)
{
	dl_iterate_phdr(find_curses, NULL);
}

/* Within the C library's look-up of names, which ends the program by itself where it finds no memory. */
static bool in_names;

static bool memory_strikes(enum fault_call call, const void *caller)
{
	if (in_names)
		return false;
	for (size_t i = 0; i < spared_count; i++) {
		if ((uintptr_t)caller >= spared[i].from && (uintptr_t)caller < spared[i].to)
			return false;
	}
	return strikes(call);
}

void *malloc(size_t size)
{
	return memory_strikes(FAULT_malloc, __builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

/* Here, so that it is known who asked. */
char *strdup(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = memory_strikes(FAULT_malloc, __builtin_return_address(0)) ? NULL : __libc_malloc(size);

	return copy ? memcpy(copy, text, size) : NULL;
}

void *calloc(size_t count, size_t size)
{
	return memory_strikes(FAULT_calloc, __builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return memory_strikes(FAULT_realloc, __builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

/* ---- names ---- */

#define FAULT_NAMES(type, name, parameter, argument) \
	type name(parameter) \
	{ \
		static type (*real)(parameter); \
		type result; \
		if (!real) \
			find(#name, &real); \
		if (strikes(FAULT_##name)) \
			return NULL; \
		in_names = true; \
		result = real(argument); \
		in_names = false; \
		return result; \
	}

FAULT_NAMES(struct passwd *, getpwuid, uid_t user, user)
FAULT_NAMES(struct group *, getgrgid, gid_t group, group)

/* ---- what closes has closed, also when it fails ---- */

#define FAULT_CLOSING(name, parameter, argument, failure) \
	int name(parameter) \
	{ \
		static int (*real)(parameter); \
		bool fails = strikes(FAULT_##name); \
		int result; \
		if (!real) \
			find(#name, &real); \
		result = real(argument); \
		if (fails) \
			errno = shared->error; \
		return fails ? failure : result; \
	}

FAULT_CLOSING(close, int file, file, -1)
FAULT_CLOSING(closedir, DIR *folder, folder, -1)
FAULT_CLOSING(fclose, FILE *stream, stream, EOF)

/* ---- bytes: some may be moved only; what a terminal loses is typed again ---- */

static bool is_terminal(int file)
{
	struct termios mode;
	int before = errno;
	bool is = syscall(SYS_ioctl, file, TCGETS, &mode) == 0;

	errno = before;
	return is;
}

#define FAULT_BYTES(name, parameters, arguments) \
	ssize_t name parameters \
	{ \
		static ssize_t(*real) parameters; \
		if (!real) \
			find(#name, &real); \
		switch (is_terminal(file) ? STRIKE_NOT : strike(FAULT_##name)) { \
		case STRIKE_WHOLE: \
			return -1; \
		case STRIKE_HALF: \
			count = count > 1 ? count / 2 : count; \
			break; \
		case STRIKE_NOT: \
			break; \
		} \
		return real arguments; \
	}

FAULT_BYTES(read, (int file, void *bytes, size_t count), (file, bytes, count))
FAULT_BYTES(write, (int file, const void *bytes, size_t count), (file, bytes, count))
FAULT_BYTES(pread, (int file, void *bytes, size_t count, off_t at), (file, bytes, count, at))
FAULT_BYTES(pwrite, (int file, const void *bytes, size_t count, off_t at), (file, bytes, count, at))

/* ---- streams: the failure stays with the stream (0x20 is glibc's _IO_ERR_SEEN) ---- */

static bool stream_fails(enum fault_call call, FILE *stream)
{
	if (!strikes(call))
		return false;
	stream->_flags |= 0x20;
	return true;
}

#define FAULT_STREAM(type, name, parameters, arguments, failure) \
	type name parameters \
	{ \
		static type(*real) parameters; \
		if (!real) \
			find(#name, &real); \
		return stream_fails(FAULT_##name, stream) ? failure : real arguments; \
	}

FAULT_STREAM(int, fflush, (FILE * stream), (stream), EOF)
FAULT_STREAM(size_t, fwrite, (const void *bytes, size_t size, size_t count, FILE *stream),
	     (bytes, size, count, stream), 0)
FAULT_STREAM(int, fputs, (const char *text, FILE *stream), (text, stream), EOF)
FAULT_STREAM(int, getc, (FILE * stream), (stream), EOF)

/* Also under the names that fortified calls have. */
int __fprintf_chk(FILE *stream, int flag, const char *format, ...);
/* The format is the caller's, checked where it stands. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

int __vfprintf_chk(FILE *stream, int flag, const char *format, va_list words);

int vfprintf(FILE *stream, const char *format, va_list words)
{
	static int (*real)(FILE *, const char *, va_list);

	if (!real)
		find("vfprintf", &real);
	return stream_fails(FAULT_fprintf, stream) ? -1 : real(stream, format, words);
}

int __vfprintf_chk(FILE *stream, int flag, const char *format, va_list words)
{
	(void)flag;
	return vfprintf(stream, format, words);
}

int fprintf(FILE *stream, const char *format, ...)
{
	va_list words;
	int result;

	va_start(words, format);
	result = vfprintf(stream, format, words);
	va_end(words);
	return result;
}

int __fprintf_chk(FILE *stream, int flag, const char *format, ...)
{
	va_list words;
	int result;

	(void)flag;
	va_start(words, format);
	result = vfprintf(stream, format, words);
	va_end(words);
	return result;
}

#pragma GCC diagnostic pop

/* ---- calls with a last argument that may be missing ---- */

static long last_argument(va_list words)
{
	return va_arg(words, long);
}

#define FAULT_VARIADIC(name, parameters, last, arguments) \
	int name(parameters, ...) \
	{ \
		static int (*real)(parameters, ...); \
		va_list words; \
		long argument; \
		if (!real) \
			find(#name, &real); \
		va_start(words, last); \
		argument = last_argument(words); \
		va_end(words); \
		return strikes(FAULT_##name) ? -1 : real arguments; \
	}
#define TWO(a, b) a, b
#define THREE(a, b, c) a, b, c

int open(const char *path, int flags, ...)
{
	static int (*real)(const char *, int, ...);
	size_t length = strlen(path);
	va_list words;
	long argument;

	if (!real)
		find("open", &real);
	va_start(words, flags);
	argument = last_argument(words);
	va_end(words);
	/* The counts of a program that ends by a signal. */
	if (length > 5 && strcmp(path + length - 5, ".gcda") == 0)
		leave_run();
	return strikes(FAULT_open) ? -1 : real(path, flags, argument);
}

FAULT_VARIADIC(openat, THREE(int folder, const char *path, int flags), flags, (folder, path, flags, argument))
FAULT_VARIADIC(fcntl, TWO(int file, int command), command, (file, command, argument))
FAULT_VARIADIC(ioctl, TWO(int file, unsigned long request), request, (file, request, argument))

int __open_2(const char *path, int flags);

int __open_2(const char *path, int flags)
{
	return open(path, flags, 0);
}

int prctl(int option, ...)
{
	static int (*real)(int, ...);
	long arguments[4];
	va_list words;

	if (!real)
		find("prctl", &real);
	va_start(words, option);
	for (int i = 0; i < 4; i++)
		arguments[i] = va_arg(words, long);
	va_end(words);
	return strikes(FAULT_prctl) ? -1 : real(option, arguments[0], arguments[1], arguments[2], arguments[3]);
}
