/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of reading files, folders, people and time on a real file system.
 */
#include "helpers.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/memory.h"
#include "os/platform.h"
#include "platform_fixture.h"

static enum file_result read_it(struct fixture *fixture, const char *name, size_t limit)
{
	fixture->why = NULL;
	return platform_read(in(fixture, name), limit, &fixture->text, NULL, &fixture->why);
}

static void test_platform_read__regular_files__all_bytes(void **state)
{
	static const size_t sizes[] = { 0, 1, 4095, 4096, 4097, 65536, 3000000 };
	struct fixture *fixture = *state;
	struct strbuf bytes = STRBUF_INIT;
	size_t i, k;

	for (i = 0; i < ARRAY_LEN(sizes); i++) {
		strbuf_reset(&bytes);
		for (k = 0; k < sizes[i]; k++)
			strbuf_putc(&bytes, (char)(k * 7));
		write_whole_file(in(fixture, "f"), strbuf_text(&bytes), sizes[i]);
		strbuf_puts(&fixture->text, "from before");
		assert_int_equal(read_it(fixture, "f", sizes[i]), FILE_OK);
		assert_int_equal(fixture->text.length, sizes[i]);
		assert_memory_equal(strbuf_text(&fixture->text), strbuf_text(&bytes), sizes[i]);
		if (sizes[i] == 0)
			continue;
		assert_int_equal(read_it(fixture, "f", sizes[i] - 1), FILE_TOO_LARGE);
		assert_non_null(fixture->why);
		assert_text("nothing kept", "", strbuf_text(&fixture->text));
	}
	strbuf_clear(&bytes);
}

static void test_platform_read__identity__tells_what_was_read(void **state)
{
	struct fixture *fixture = *state;
	struct file_identity identity;
	struct digest digest = digest_of("plan", 4);
	struct stat status;

	put(fixture, "f", "plan", 0640);
	identity = identity_of(fixture, "f");
	assert_int_equal(stat(in(fixture, "f"), &status), 0);
	assert_true(identity.exists);
	assert_int_equal(identity.inode, status.st_ino);
	assert_int_equal(identity.size, 4);
	assert_int_equal(identity.mode, 0640);
	assert_int_equal(identity.modified_ns % 1000000000, status.st_mtim.tv_nsec);
	assert_true(digest_equal(&identity.digest, &digest));
	assert_int_equal(platform_read(in(fixture, "none"), 10, &fixture->text, &identity, &fixture->why),
			 FILE_MISSING);
	assert_false(identity.exists);
}

static void test_platform_read__no_regular_file__refused_without_blocking(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(read_it(fixture, "none", 10), FILE_MISSING);
	assert_non_null(fixture->why);
	assert_int_equal(read_it(fixture, "none/none", 10), FILE_MISSING);
	assert_int_equal(mkfifo(in(fixture, "fifo"), 0600), 0);
	assert_int_equal(read_it(fixture, "fifo", 10), FILE_FAILED);
	assert_text("fifo", "it is not a regular file", fixture->why);
	assert_int_equal(read_it(fixture, "", 10), FILE_FAILED);
	assert_text("folder", "it is a folder", fixture->why);
	put(fixture, "f", "x", 0600);
	assert_int_equal(read_it(fixture, "f/none", 10), FILE_FAILED);
	assert_int_equal(platform_read("/dev/null", 10, &fixture->text, NULL, &fixture->why), FILE_FAILED);
	assert_int_equal(symlink("f", in(fixture, "link")), 0);
	assert_int_equal(read_it(fixture, "link", 10), FILE_OK);
	assert_text("through the link", "x", strbuf_text(&fixture->text));
}

/* Standard input becomes a pipe that holds TEXT. */
static enum file_result read_pipe(struct fixture *fixture, const char *text, size_t limit)
{
	int ends[2], saved = dup(STDIN_FILENO);
	enum file_result result;

	assert_true(saved >= 0);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], text, strlen(text)), strlen(text));
	assert_int_equal(close(ends[1]), 0);
	assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	result = platform_read("-", limit, &fixture->text, NULL, &fixture->why);
	assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
	close(ends[0]);
	close(saved);
	return result;
}

static void test_platform_read__standard_input__a_pipe_is_fine(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(read_pipe(fixture, "scupgrade: 1\n", 13), FILE_OK);
	assert_text("pipe", "scupgrade: 1\n", strbuf_text(&fixture->text));
	assert_int_equal(read_pipe(fixture, "scupgrade: 1\n", 12), FILE_TOO_LARGE);
	assert_text("nothing kept", "", strbuf_text(&fixture->text));
	assert_int_equal(read_pipe(fixture, "", 0), FILE_OK);
}

static bool is_private(struct fixture *fixture, const char *path)
{
	return platform_read_private(path, 100, &fixture->text, &fixture->why) == FILE_OK;
}

static void test_platform_read_private__modes_and_kinds__only_ours_alone(void **state)
{
	static const struct {
		mode_t mode;
		bool expected;
	} cases[] = {
		{ 0600, true }, { 0400, true }, { 0700, true }, { 0640, false }, { 0604, false }, { 0620, false },
		{ 0602, false }, { 0610, false }, { 0644, false },
	};
	struct fixture *fixture = *state;
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		put(fixture, "f", "x", 0600);
		assert_int_equal(chmod(in(fixture, "f"), cases[i].mode), 0);
		fixture->why = NULL;
		assert_int_equal(is_private(fixture, in(fixture, "f")), cases[i].expected);
		assert_int_equal(fixture->why == NULL, cases[i].expected);
		assert_int_equal(chmod(in(fixture, "f"), 0600), 0);
	}
	assert_int_equal(symlink("f", in(fixture, "link")), 0);
	assert_false(is_private(fixture, in(fixture, "link")));
	assert_text("link", "it is a symbolic link", fixture->why);
	assert_false(is_private(fixture, fixture->folder));
	assert_false(is_private(fixture, in(fixture, "none")));
	if (geteuid() == 0) {
		assert_int_equal(chown(in(fixture, "f"), 12345, (gid_t)-1), 0);
		assert_false(is_private(fixture, in(fixture, "f")));
		assert_text("owner", "it belongs to another user", fixture->why);
	}
}

static void test_platform_remove__file_missing_folder__result(void **state)
{
	struct fixture *fixture = *state;

	put(fixture, "f", "x", 0600);
	assert_true(platform_remove(in(fixture, "f"), &fixture->why));
	assert_int_equal(access(in(fixture, "f"), F_OK), -1);
	assert_true(platform_remove(in(fixture, "f"), &fixture->why));
	fixture->why = NULL;
	assert_false(platform_remove(fixture->folder, &fixture->why));
	assert_non_null(fixture->why);
}

static void test_platform_make_folder__with_parents__private(void **state)
{
	struct fixture *fixture = *state;
	struct stat status;

	assert_true(platform_make_folder(in(fixture, "a//b/c/"), &fixture->why));
	assert_int_equal(stat(in(fixture, "a/b/c"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0700);
	assert_int_equal(stat(in(fixture, "a"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0700);
	assert_true(platform_make_folder(in(fixture, "a/b/c"), &fixture->why));
	put(fixture, "f", "x", 0600);
	fixture->why = NULL;
	assert_false(platform_make_folder(in(fixture, "f"), &fixture->why));
	assert_non_null(fixture->why);
	assert_false(platform_make_folder(in(fixture, "f/sub"), &fixture->why));
	assert_false(platform_make_folder("", &fixture->why));
}

static void add_name(const char *name, void *data)
{
	strbuf_printf(data, "%s ", name);
}

static void test_platform_list_folders__mixed_entries__folders_sorted(void **state)
{
	static const char *const names[] = { "Windows", "inetpub", "Program Files", ".hidden", "a", "B" };
	struct strbuf list = STRBUF_INIT;
	struct fixture *fixture = *state;
	size_t i;

	assert_true(platform_list_folders(fixture->folder, add_name, &list, &fixture->why));
	assert_text("none", "", strbuf_text(&list));
	for (i = 0; i < ARRAY_LEN(names); i++)
		assert_int_equal(mkdir(in(fixture, names[i]), 0700), 0);
	put(fixture, "file", "x", 0600);
	assert_int_equal(symlink("Windows", in(fixture, "link")), 0);
	assert_int_equal(symlink("nowhere", in(fixture, "dangling")), 0);
	assert_true(platform_list_folders(fixture->folder, add_name, &list, &fixture->why));
	assert_text("sorted", ".hidden a B inetpub link Program Files Windows ", strbuf_text(&list));
	fixture->why = NULL;
	assert_false(platform_list_folders(in(fixture, "none"), add_name, &list, &fixture->why));
	assert_non_null(fixture->why);
	assert_false(platform_list_folders(in(fixture, "file"), add_name, &list, &fixture->why));
	strbuf_clear(&list);
}

/* Sets an environment variable, or takes it away (NULL). */
static void set_variable(const char *name, const char *value)
{
	assert_int_equal(value ? setenv(name, value, 1) : unsetenv(name), 0);
}

static void test_platform_state_folder__environments__absolute_or_none(void **state)
{
	static const struct {
		const char *label, *xdg, *home, *expected;
	} cases[] = {
		{ "XDG", "/s", "/h", "/s/scupgrade" },
		{ "relative XDG", "s", "/h", "/h/.local/state/scupgrade" },
		{ "empty XDG", "", "/h", "/h/.local/state/scupgrade" },
		{ "home", NULL, "/h", "/h/.local/state/scupgrade" },
		{ "neither", NULL, NULL, NULL },
		{ "relative home", NULL, "h", NULL },
	};
	struct strbuf out = STRBUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		strbuf_reset(&out);
		set_variable("XDG_STATE_HOME", cases[i].xdg);
		set_variable("HOME", cases[i].home);
		assert_labelled(cases[i].label, platform_state_folder(&out) == (cases[i].expected != NULL));
		assert_text(cases[i].label, cases[i].expected ? cases[i].expected : "", strbuf_text(&out));
	}
	strbuf_clear(&out);
}

static void test_platform_user__environments__safe_name(void **state)
{
	struct strbuf out = STRBUF_INIT;

	(void)state;
	set_variable("LOGNAME", "anna");
	platform_user(&out);
	assert_text("LOGNAME", "anna", strbuf_text(&out));
	strbuf_reset(&out);
	set_variable("LOGNAME", "an\x1B[31mna");
	platform_user(&out);
	assert_true(out.length > 0);
	assert_null(strchr(strbuf_text(&out), '\x1B'));
	strbuf_reset(&out);
	set_variable("LOGNAME", NULL);
	platform_user(&out);
	assert_true(out.length > 0);
	strbuf_clear(&out);
}

static void test_platform_time_utc__source_date_epoch__fixed(void **state)
{
	static const struct {
		const char *label, *epoch, *time;
	} cases[] = {
		{ "start", "0", "1970-01-01T00:00:00Z" },
		{ "a day", "1795269727", "2026-11-21T14:02:07Z" },
		{ "last", "253402300799", "9999-12-31T23:59:59Z" },
	};
	static const char *const useless[] = { "", "x", "12x", "-1", "253402300800", "99999999999999999999" };
	char text[21], date[11];
	size_t i;

	(void)state;
	set_variable("TZ", "UTC");
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		set_variable("SOURCE_DATE_EPOCH", cases[i].epoch);
		platform_time_utc(text);
		assert_text(cases[i].label, cases[i].time, text);
		platform_date_local(date);
		assert_memory_equal(date, cases[i].time, 10);
		assert_int_equal(date[10], '\0');
	}
	for (i = 0; i < ARRAY_LEN(useless); i++) {
		set_variable("SOURCE_DATE_EPOCH", useless[i]);
		platform_time_utc(text);
		assert_true(strcmp(text, "2024") > 0 && strcmp(text, "9") < 0);
	}
	set_variable("SOURCE_DATE_EPOCH", "1795305600");
	set_variable("TZ", "XYZ-14");
	platform_date_local(date);
	assert_text("local", "2026-11-22", date);
	set_variable("TZ", "UTC");
	set_variable("SOURCE_DATE_EPOCH", NULL);
}

static void test_platform_monotonic_ms__twice__not_backwards(void **state)
{
	int64_t first = platform_monotonic_ms();

	(void)state;
	assert_true(platform_monotonic_ms() >= first);
}

static void test_memory_locked_pages__sizes__zeroed_and_writable(void **state)
{
	static const size_t sizes[] = { 1, 4096, 5000 };
	char *pages;
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_LEN(sizes); i++) {
		pages = memory_locked_pages(sizes[i]);
		for (k = 0; k < sizes[i]; k++)
			assert_int_equal(pages[k], 0);
		memset(pages, 'x', sizes[i]);
		memory_wipe(pages, sizes[i]);
		assert_int_equal(pages[0] | pages[sizes[i] - 1], 0);
		memory_free_pages(pages, sizes[i]);
	}
	memory_wipe(NULL, 0);
}

static void test_memory_large__sizes__zeroed_and_writable(void **state)
{
	static const size_t sizes[] = { MEMORY_LARGE, MEMORY_LARGE + 1, 5 * MEMORY_LARGE - 1 };
	char *memory;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		memory = memory_large(sizes[i]);
		assert_non_null(memory);
		assert_int_equal(memory[0] | memory[sizes[i] / 2] | memory[sizes[i] - 1], 0);
		memset(memory, 'x', sizes[i]);
		memory_free_large(memory, sizes[i]);
	}
	assert_null(memory_large(SIZE_MAX / 2));
	memory_free_large(NULL, MEMORY_LARGE);
}

static void test_platform_is_terminal__file_and_bad_descriptor__false(void **state)
{
	struct fixture *fixture = *state;
	int file;

	put(fixture, "f", "x", 0600);
	file = open(in(fixture, "f"), O_RDONLY);
	assert_true(file >= 0);
	assert_false(platform_is_terminal(file));
	close(file);
	assert_false(platform_is_terminal(-1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_FILES(test_platform_read__regular_files__all_bytes),
		ON_FILES(test_platform_read__identity__tells_what_was_read),
		ON_FILES(test_platform_read__no_regular_file__refused_without_blocking),
		ON_FILES(test_platform_read__standard_input__a_pipe_is_fine),
		ON_FILES(test_platform_read_private__modes_and_kinds__only_ours_alone),
		ON_FILES(test_platform_remove__file_missing_folder__result),
		ON_FILES(test_platform_make_folder__with_parents__private),
		ON_FILES(test_platform_list_folders__mixed_entries__folders_sorted),
		TEST(test_platform_state_folder__environments__absolute_or_none),
		TEST(test_platform_user__environments__safe_name),
		TEST(test_platform_time_utc__source_date_epoch__fixed),
		TEST(test_platform_monotonic_ms__twice__not_backwards),
		TEST(test_memory_locked_pages__sizes__zeroed_and_writable),
		TEST(test_memory_large__sizes__zeroed_and_writable),
		ON_FILES(test_platform_is_terminal__file_and_bad_descriptor__false),
	};

	return run_tests(tests);
}
