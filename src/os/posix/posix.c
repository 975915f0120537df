/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * POSIX: reading files and folders. Saving is in posix_save.c, locks in posix_lock.c, asking for a password in
 * posix_ask.c, people and time in posix_system.c.
 */
#include "os/posix/posix.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <unistd.h>

#include "core/text.h"

const char *posix_why(const char *format, ...)
{
	static char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return text;
}

void posix_must(int result, const char *call)
{
	if (result != 0)
		bug("%s: %s", call, strerror(errno));
}

/* ---- files ---- */

int posix_open_at(int folder, const char *path, int flags)
{
	int descriptor;

	do
		descriptor = openat(folder, path, flags | O_CLOEXEC, 0600);
	while (descriptor < 0 && errno == EINTR);
	return descriptor;
}

int posix_open_folder(const char *path, const char **name, const char **why)
{
	const char *slash = strrchr(path, '/');
	struct strbuf folder = STRBUF_INIT;
	int descriptor;

	*name = slash ? slash + 1 : path;
	if (!**name || str_eq(*name, ".") || str_eq(*name, "..")) {
		*why = "it is not the name of a file";
		return -1;
	}
	if (slash)
		strbuf_add(&folder, path, slash == path ? 1 : (size_t)(slash - path));
	else
		strbuf_puts(&folder, ".");
	descriptor = posix_open_at(AT_FDCWD, strbuf_text(&folder), O_RDONLY | O_DIRECTORY);
	if (descriptor < 0)
		*why = posix_why("folder %.500s: %s", strbuf_text(&folder), strerror(errno));
	strbuf_clear(&folder);
	return descriptor;
}

/* Waits where a non-blocking descriptor says that it is not ready: a terminal, or standard input with somebody
 * else's flag. */
static bool wait_for(int descriptor, short event)
{
	struct pollfd wanted = { descriptor, event, 0 };

	return poll(&wanted, 1, -1) >= 0 || errno == EINTR;
}

ssize_t posix_read(int descriptor, char *bytes, size_t count)
{
	size_t done = 0;
	ssize_t got;

	while (done < count) {
		got = read(descriptor, bytes + done, count - done);
		if (got == 0)
			break;
		if (got > 0)
			done += (size_t)got;
		else if (errno == EAGAIN ? !wait_for(descriptor, POLLIN) : errno != EINTR)
			return -1;
	}
	return (ssize_t)done;
}

int posix_write(int descriptor, const void *bytes, size_t count)
{
	const char *at = bytes;
	ssize_t written;

	while (count > 0) {
		written = write(descriptor, at, count);
		if (written >= 0) {
			at += written;
			count -= (size_t)written;
		} else if (errno == EAGAIN ? !wait_for(descriptor, POLLOUT) : errno != EINTR) {
			return -1;
		}
	}
	return 0;
}

/* An interrupted close has closed; trying again could close somebody else's descriptor. */
int posix_close(int descriptor)
{
	return close(descriptor) != 0 && errno != EINTR ? -1 : 0;
}

void posix_identify(const struct stat *status, struct file_identity *identity)
{
	*identity = (struct file_identity){
		.exists = true,
		.device = (uint64_t)status->st_dev,
		.inode = (uint64_t)status->st_ino,
		.size = (uint64_t)status->st_size,
		.modified_ns = (int64_t)status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec,
		.mode = (unsigned)(status->st_mode & 07777),
	};
}

const char *posix_not_regular(const struct stat *status)
{
	if (S_ISREG(status->st_mode))
		return NULL;
	if (S_ISLNK(status->st_mode))
		return "it is a symbolic link";
	return S_ISDIR(status->st_mode) ? "it is a folder" : "it is not a regular file";
}

/* Reads until the end, or one byte over LIMIT. */
static enum file_result read_all(int descriptor, size_t limit, struct strbuf *out, const char **why)
{
	const size_t largest_step = 1u << 20;
	size_t step = 4096;
	ssize_t got;

	do {
		if (out->room > out->length + 1 + step)
			step = out->room - out->length - 1;
		if (step > limit + 1 - out->length)
			step = limit + 1 - out->length;
		got = posix_read(descriptor, strbuf_reserve(out, step), step);
		if (got < 0) {
			*why = strerror(errno);
			return FILE_FAILED;
		}
		out->length += (size_t)got;
		out->data[out->length] = '\0';
		if (out->length > limit)
			return FILE_TOO_LARGE;
		if ((size_t)got < step)
			return FILE_OK;
		step = step < largest_step ? step * 2 : largest_step;
	} while (true);
}

enum file_result posix_read_open(int descriptor, bool regular_only, size_t limit, struct strbuf *out,
				 struct file_identity *identity, const char **why)
{
	enum file_result result;
	struct stat status;

	if (fstat(descriptor, &status) != 0) {
		*why = strerror(errno);
		return FILE_FAILED;
	}
	if (regular_only && posix_not_regular(&status)) {
		*why = posix_not_regular(&status);
		return FILE_FAILED;
	}
	if (S_ISREG(status.st_mode) && status.st_size > 0) {
		if ((uint64_t)status.st_size > limit)
			return FILE_TOO_LARGE;
		strbuf_reserve(out, (size_t)status.st_size + 1);
	}
	result = read_all(descriptor, limit, out, why);
	if (result == FILE_OK && identity) {
		posix_identify(&status, identity);
		identity->digest = digest_of(strbuf_text(out), out->length);
	}
	return result;
}

enum file_result platform_read(const char *path, size_t limit, struct strbuf *out, struct file_identity *identity,
			       const char **why)
{
	bool standard_input = str_eq(path, "-");
	int descriptor = STDIN_FILENO;
	enum file_result result;

	strbuf_reset(out);
	if (limit > SIZE_MAX / 4)
		limit = SIZE_MAX / 4;
	if (identity)
		*identity = (struct file_identity){ .exists = false };
	/* O_NONBLOCK: a FIFO without a writer must not hang the program before it can be refused. */
	if (!standard_input)
		descriptor = posix_open_at(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	if (descriptor < 0) {
		*why = strerror(errno);
		return errno == ENOENT ? FILE_MISSING : FILE_FAILED;
	}
	result = posix_read_open(descriptor, !standard_input, limit, out, identity, why);
	if (!standard_input && posix_close(descriptor) != 0 && result == FILE_OK) {
		*why = strerror(errno);
		result = FILE_FAILED;
	}
	if (result == FILE_TOO_LARGE)
		*why = posix_why("it is larger than %zu bytes", limit);
	if (result != FILE_OK)
		strbuf_clear(out);
	return result;
}

bool platform_same_file(const char *a, const char *b)
{
	struct stat first, second;

	return (str_eq(a, "-") ? fstat(STDIN_FILENO, &first) : stat(a, &first)) == 0 &&
	       (str_eq(b, "-") ? fstat(STDIN_FILENO, &second) : stat(b, &second)) == 0 &&
	       first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

unsigned platform_name_count(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 ? (unsigned)status.st_nlink : 0;
}

/* What is wrong with the open file of STATUS as one that is ours alone; NULL: nothing. */
static const char *not_private(const struct stat *status)
{
	if (posix_not_regular(status))
		return posix_not_regular(status);
	if (status->st_uid != geteuid())
		return "it belongs to another user";
	return status->st_mode & 077
		       ? posix_why("others may use it too (mode %04o); \"chmod 600\" makes it private",
				   (unsigned)(status->st_mode & 07777))
		       : NULL;
}

enum file_result platform_read_private(const char *path, size_t limit, struct strbuf *out, const char **why)
{
	const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
	enum file_result result = FILE_FAILED;
	struct stat status;
	int descriptor;

	strbuf_reset(out);
	do {
		descriptor = open(path, flags);
	} while (descriptor < 0 && errno == EINTR);
	if (descriptor < 0) {
		*why = errno == ELOOP ? "it is a symbolic link" : strerror(errno);
		return errno == ENOENT ? FILE_MISSING : FILE_FAILED;
	}
	if (fstat(descriptor, &status) != 0)
		*why = strerror(errno);
	else if (not_private(&status))
		*why = not_private(&status);
	else
		result = posix_read_open(descriptor, true, limit, out, NULL, why);
	if (posix_close(descriptor) != 0 && result == FILE_OK) {
		*why = strerror(errno);
		result = FILE_FAILED;
	}
	if (result != FILE_OK)
		strbuf_clear(out);
	return result;
}

bool platform_is_own(const char *path, const char **why)
{
	struct stat status;

	if (stat(path, &status) != 0)
		*why = posix_why("%.500s: %s", path, strerror(errno));
	else if (status.st_uid != geteuid())
		*why = posix_why("%.500s belongs to another user", path);
	else if (status.st_mode & 022)
		*why = posix_why("others may write to %.500s (mode %04o); \"chmod go-w\" on it helps", path,
				 (unsigned)(status.st_mode & 07777));
	else
		return true;
	return false;
}

bool platform_remove(const char *path, const char **why)
{
	if (unlink(path) == 0 || errno == ENOENT)
		return true;
	*why = strerror(errno);
	return false;
}

bool platform_make_folder(const char *path, const char **why)
{
	struct strbuf part = STRBUF_INIT;
	struct stat status;
	size_t end = 0;
	bool made = true;

	do {
		end += strspn(path + end, "/");
		end += strcspn(path + end, "/");
		strbuf_reset(&part);
		strbuf_add(&part, path, end);
		made = mkdir(strbuf_text(&part), 0700) == 0 || errno == EEXIST;
	} while (made && path[end]);
	if (!made) {
		*why = posix_why("folder %.500s: %s", strbuf_text(&part), strerror(errno));
	} else if (stat(path, &status) != 0) {
		*why = posix_why("folder %.500s: %s", path, strerror(errno));
		made = false;
	} else if (!S_ISDIR(status.st_mode)) {
		*why = posix_why("%.500s is not a folder", path);
		made = false;
	}
	strbuf_clear(&part);
	return made;
}

static int compare_names(const void *a, const void *b)
{
	const char *const *first = a, *const *second = b;
	int order = text_compare_fold(*first, *second);

	return order ? order : strcmp(*first, *second);
}

/* Whether NAME in the open folder is a folder, or leads to one. One that cannot be looked at is left out. */
static bool is_folder(DIR *folder, const char *name)
{
	struct stat status;

	return !str_eq(name, ".") && !str_eq(name, "..") && fstatat(dirfd(folder), name, &status, 0) == 0 &&
	       S_ISDIR(status.st_mode);
}

/* Whether NAME in the open folder is anything else. What it is, or why it cannot be read, shows when it is read. */
static bool is_file(DIR *folder, const char *name)
{
	struct stat status;

	return fstatat(dirfd(folder), name, &status, 0) != 0 || !S_ISDIR(status.st_mode);
}

static bool list_entries(const char *path, bool (*wanted)(DIR *folder, const char *name),
			 void (*each)(const char *name, void *data), void *data, const char **why)
{
	size_t count = 0, room = 0, i;
	const struct dirent *entry;
	char **names = NULL;
	DIR *folder = opendir(path);
	int error;

	if (!folder) {
		*why = strerror(errno);
		return false;
	}
	while (errno = 0, (entry = readdir(folder)) != NULL) {
		if (!wanted(folder, entry->d_name))
			continue;
		names = xgrow(names, count, &room, sizeof(*names));
		names[count] = xrealloc(NULL, strlen(entry->d_name) + 1);
		memcpy(names[count++], entry->d_name, strlen(entry->d_name) + 1);
	}
	error = errno;
	if (closedir(folder) != 0 && error == 0)
		error = errno;
	if (count)
		qsort(names, count, sizeof(*names), compare_names);
	for (i = 0; i < count; i++) {
		if (error == 0)
			each(names[i], data);
		free(names[i]);
	}
	free(names);
	if (error)
		*why = strerror(error);
	return error == 0;
}

bool platform_list_folders(const char *path, void (*each)(const char *name, void *data), void *data, const char **why)
{
	return list_entries(path, is_folder, each, data, why);
}

bool platform_list_files(const char *path, void (*each)(const char *name, void *data), void *data, const char **why)
{
	return list_entries(path, is_file, each, data, why);
}

bool platform_state_folder(struct strbuf *out)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state && *state == '/')
		strbuf_printf(out, "%s/scupgrade", state);
	else if (home && *home == '/')
		strbuf_printf(out, "%s/.local/state/scupgrade", home);
	else
		return false;
	return true;
}
