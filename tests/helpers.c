/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What every test program shares: labelled assertions, golden files, scratch folders, a look into our own memory.
 */
#include "helpers.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef WITH_COVERAGE
#include <gcov.h>
#include <signal.h>
#include <sys/syscall.h>

/* What children did counts, too, when they end without exit() or by a signal that the code raises. */
static void write_counts(void)
{
	__gcov_dump();
	__gcov_reset();
}

int raise(int number)
{
	write_counts();
	return (int)syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), number);
}

void _exit(int status)
{
	write_counts();
	for (;;)
		syscall(SYS_exit_group, status);
}
#endif

/* ---- text ---- */

char *take_text(struct strbuf *text)
{
	char *copy = xrealloc(NULL, text->length + 1);

	memcpy(copy, strbuf_text(text), text->length + 1);
	strbuf_clear(text);
	return copy;
}

char *findings_text(const struct diags *diags)
{
	struct strbuf text = STRBUF_INIT;
	const struct diag *diag;
	size_t i;

	strbuf_puts(&text, "");
	for (i = 0; i < diags->count; i++) {
		diag = &diags->items[i];
		strbuf_printf(&text, "%s %s%s%s\n", severity_name(diag->severity), diag->path, *diag->path ? " " : "",
			      diag->code);
	}
	return take_text(&text);
}

void assert_text(const char *label, const char *expected, const char *actual)
{
	if (str_eq(expected, actual))
		return;
	print_error("%s\nexpected: \"%s\"\nactual:   \"%s\"\n", label, expected ? expected : "(null)",
		    actual ? actual : "(null)");
	fail();
}

void assert_labelled(const char *label, bool condition)
{
	if (condition)
		return;
	print_error("%s\n", label);
	fail();
}

/* ---- files ---- */

const char *source_path(const char *relative)
{
	static char path[4096];
	const char *folder = getenv("srcdir");

	snprintf(path, sizeof(path), "%s/%s", folder && *folder ? folder : ".", relative);
	return path;
}

char *read_whole_file(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	struct strbuf bytes = STRBUF_INIT;
	size_t got;

	if (!file) {
		print_error("%s: %s\n", path, strerror(errno));
		fail();
		return NULL;
	}
	do {
		got = fread(strbuf_reserve(&bytes, 65536), 1, 65536, file);
		bytes.length += got;
	} while (got > 0);
	bytes.data[bytes.length] = '\0';
	assert_labelled(path, !ferror(file));
	fclose(file);
	if (length)
		*length = bytes.length;
	return take_text(&bytes);
}

void write_whole_file(const char *path, const char *bytes, size_t length)
{
	FILE *file = fopen(path, "wb");
	bool written = file && fwrite(bytes, 1, length, file) == length;

	if (file && fclose(file) != 0)
		written = false;
	assert_labelled(path, written);
}

void assert_golden(const char *relative, const char *actual)
{
	const char *path = source_path(relative), *update = getenv("UPDATE_GOLDEN");
	char *expected;
	bool equal;

	if (str_eq(update, "1")) {
		write_whole_file(path, actual, strlen(actual));
		return;
	}
	expected = read_whole_file(path, NULL);
	equal = str_eq(expected, actual);
	if (!equal)
		print_error("%s differs\n---- expected\n%s\n---- actual\n%s\n----\n", relative, expected, actual);
	free(expected);
	assert_labelled(relative, equal);
}

char *scratch_folder(void)
{
	const char *parent = getenv("TMPDIR");
	struct strbuf path = STRBUF_INIT;

	strbuf_printf(&path, "%s/scupgrade-test-XXXXXX", parent && *parent ? parent : "/tmp");
	if (!mkdtemp(path.data)) {
		print_error("%s: %s\n", path.data, strerror(errno));
		fail();
	}
	return take_text(&path);
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status;
	(void)kind;
	(void)where;
	return remove(path);
}

void scratch_remove(char *folder)
{
	bool removed = nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS) == 0;

	assert_labelled(folder, removed);
	free(folder);
}

/* ---- memory ---- */

enum { CODE = 0x5A, LOOK_SIZE = 1 << 16 };

void decode_canary(char *text, const char *coded, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		text[i] = (char)(coded[i] ^ CODE);
}

static bool is_canary(const char *bytes, const char *coded, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if ((char)(bytes[i] ^ CODE) != coded[i])
			return false;
	}
	return true;
}

static bool range_holds(int memory, char *look, uintptr_t start, uintptr_t end, const char *coded, size_t count)
{
	uintptr_t at;
	ssize_t got;
	size_t i;

	for (at = start; at < end; at += LOOK_SIZE - count) {
		got = pread(memory, look, end - at < LOOK_SIZE ? end - at : LOOK_SIZE, (off_t)at);
		if (got < (ssize_t)count)
			return false;       /* a hole, or the last few bytes that the look before saw */
		for (i = 0; i + count <= (size_t)got; i++) {
			if (is_canary(look + i, coded, count))
				return true;
		}
	}
	return false;
}

bool can_read_memory(void)
{
	int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);

	if (memory >= 0)
		close(memory);
	return memory >= 0;
}

bool memory_holds(const char *coded, size_t count)
{
	/* Sanitizers map terabytes that nobody writes text to. */
	const uintptr_t largest = (uintptr_t)256 << 20;
	int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	FILE *maps = fopen("/proc/self/maps", "re");
	char *look = mmap(NULL, LOOK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uintptr_t start, end, own = (uintptr_t)look;
	char line[512], flags[5];
	bool found = false;

	assert_true(memory >= 0 && maps && look != MAP_FAILED);
	while (!found && fgets(line, sizeof(line), maps)) {
		if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %4s", &start, &end, flags) != 3 || flags[1] != 'w' ||
		    end - start > largest)
			continue;
		/* Not our own look: the kernel may have put it into one range with others. */
		if (own >= start && own < end)
			found = range_holds(memory, look, start, own, coded, count) ||
				range_holds(memory, look, own + LOOK_SIZE, end, coded, count);
		else
			found = range_holds(memory, look, start, end, coded, count);
	}
	munmap(look, LOOK_SIZE);
	fclose(maps);
	close(memory);
	return found;
}
