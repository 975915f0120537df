/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of saving a folder: all of it or nothing, and nothing of others is lost.
 */
#include "helpers.h"

#include <dirent.h>
#include <sys/resource.h>
#include <signal.h>
#include <unistd.h>

#include "os/platform.h"
#include "platform_fixture.h"

static const struct folder_file first[] = {
	{ "site.yml", "site 1", 6 }, { "files/a.ps1", "a 1", 3 }, { "files/b.ps1", "b 1", 3 }
};
static const struct folder_file second[] = { { "site.yml", "site 2", 6 }, { "files/a.ps1", "a 2", 3 } };

static bool is_script(const char *name, void *data)
{
	(void)data;
	return str_starts(name, "files/") && strstr(name, ".ps1");
}

static enum save_result make(struct fixture *fixture, const struct folder_file *files, size_t count, bool force)
{
	struct folder_request request = {
		.path = in(fixture, "out"), .files = files, .count = count, .force = force, .is_ours = is_script
	};

	fixture->why = "";
	return platform_save_folder(&request, &fixture->why);
}

static void assert_text_of(struct fixture *fixture, const char *name, const char *expected)
{
	char *text = read_whole_file(in(fixture, name), NULL);

	assert_text(name, expected, text);
	free(text);
}

static size_t entries_of(struct fixture *fixture, const char *name)
{
	DIR *folder = opendir(in(fixture, name));
	size_t count = 0;

	assert_non_null(folder);
	while (readdir(folder))
		count++;
	closedir(folder);
	return count - 2;
}

static void test_platform_save_folder__new__whole_and_private(void **state)
{
	struct fixture *fixture = *state;
	struct folder_request deep = { .path = NULL, .files = first, .count = ARRAY_LEN(first) };
	struct stat status;

	assert_int_equal(make(fixture, first, ARRAY_LEN(first), false), SAVE_OK);
	assert_text_of(fixture, "out/site.yml", "site 1");
	assert_text_of(fixture, "out/files/b.ps1", "b 1");
	assert_int_equal(stat(in(fixture, "out"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0700);
	assert_int_equal(stat(in(fixture, "out/files/a.ps1"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
	assert_int_equal(entries_of(fixture, "."), 1);
	deep.path = in(fixture, "new/er/out//");
	assert_int_equal(platform_save_folder(&deep, &fixture->why), SAVE_OK);
	assert_text_of(fixture, "new/er/out/site.yml", "site 1");
	assert_int_equal(entries_of(fixture, "new/er"), 1);
}

static void test_platform_save_folder__again__only_with_force_and_without_what_is_gone(void **state)
{
	struct fixture *fixture = *state;
	struct stat status;

	assert_int_equal(make(fixture, first, ARRAY_LEN(first), false), SAVE_OK);
	assert_int_equal(make(fixture, second, ARRAY_LEN(second), false), SAVE_EXISTS);
	assert_non_null(strstr(fixture->why, "is there already; nothing was changed"));
	assert_text_of(fixture, "out/site.yml", "site 1");
	assert_int_equal(chmod(in(fixture, "out"), 02750), 0);
	assert_int_equal(chmod(in(fixture, "out/site.yml"), 0644), 0);
	assert_int_equal(make(fixture, second, ARRAY_LEN(second), true), SAVE_OK);
	assert_text_of(fixture, "out/site.yml", "site 2");
	assert_text_of(fixture, "out/files/a.ps1", "a 2");
	assert_int_equal(access(in(fixture, "out/files/b.ps1"), F_OK), -1);
	assert_int_equal(entries_of(fixture, "."), 1);
	/* Rights stay. */
	assert_int_equal(stat(in(fixture, "out"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 02750);
	assert_int_equal(stat(in(fixture, "out/site.yml"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0644);
}

static void test_platform_save_folder__something_of_others_in_it__never_replaced(void **state)
{
	static const char *const foreign[] = { "out/notes.txt", "out/files/a.txt", "out/other.ps1" };
	struct fixture *fixture = *state;

	assert_int_equal(make(fixture, first, ARRAY_LEN(first), false), SAVE_OK);
	for (size_t i = 0; i < ARRAY_LEN(foreign); i++) {
		put(fixture, foreign[i], "mine", 0600);
		assert_int_equal(make(fixture, second, ARRAY_LEN(second), true), SAVE_FAILED);
		assert_non_null(strstr(fixture->why, foreign[i] + 4));
		assert_non_null(strstr(fixture->why, "nothing was changed"));
		assert_text_of(fixture, foreign[i], "mine");
		assert_true(platform_remove(in(fixture, foreign[i]), &fixture->why));
	}
	assert_int_equal(symlink("/nowhere", in(fixture, "out/files/link.ps1")), 0);
	assert_int_equal(make(fixture, second, ARRAY_LEN(second), true), SAVE_FAILED);
	assert_text_of(fixture, "out/site.yml", "site 1");
	assert_int_equal(entries_of(fixture, "."), 1);
}

static void test_platform_save_folder__no_folder_in_its_place__refused(void **state)
{
	struct folder_request here = { .path = ".", .files = first, .count = ARRAY_LEN(first), .force = true };
	struct fixture *fixture = *state;

	put(fixture, "out", "a file", 0600);
	assert_int_equal(make(fixture, first, ARRAY_LEN(first), true), SAVE_FAILED);
	assert_text_of(fixture, "out", "a file");
	assert_true(platform_remove(in(fixture, "out"), &fixture->why));
	assert_int_equal(symlink("elsewhere", in(fixture, "out")), 0);
	assert_int_equal(make(fixture, first, ARRAY_LEN(first), true), SAVE_FAILED);
	assert_non_null(strstr(fixture->why, "symbolic link"));
	assert_int_equal(platform_save_folder(&here, &fixture->why), SAVE_FAILED);
	assert_non_null(strstr(fixture->why, "nothing was changed"));
	/* An empty folder is nobody's loss. */
	assert_true(platform_remove(in(fixture, "out"), &fixture->why));
	assert_int_equal(mkdir(in(fixture, "out"), 0755), 0);
	assert_int_equal(make(fixture, first, ARRAY_LEN(first), false), SAVE_OK);
	assert_text_of(fixture, "out/site.yml", "site 1");
}

/* A size limit makes write() fail in the middle, for root too: as good as a full disk. */
static void test_platform_save_folder__write_fails_half_way__nothing_of_it(void **state)
{
	struct fixture *fixture = *state;
	struct strbuf large = STRBUF_INIT;
	struct rlimit before, small;
	enum save_result new, existing;

	strbuf_fill(&large, 'x', 100000);
	const struct folder_file files[] = { { "site.yml", "site 3", 6 },
					     { "files/a.ps1", strbuf_text(&large), large.length } };
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 5000;
	assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	new = make(fixture, files, ARRAY_LEN(files), false);
	assert_int_equal(entries_of(fixture, "."), 0);
	assert_int_equal(make(fixture, first, ARRAY_LEN(first), false), SAVE_OK);
	existing = make(fixture, files, ARRAY_LEN(files), true);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(new, SAVE_FAILED);
	assert_int_equal(existing, SAVE_FAILED);
	assert_non_null(strstr(fixture->why, "nothing was changed"));
	assert_text_of(fixture, "out/site.yml", "site 1");
	assert_text_of(fixture, "out/files/b.ps1", "b 1");
	assert_int_equal(entries_of(fixture, "."), 1);
	strbuf_clear(&large);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_FILES(test_platform_save_folder__new__whole_and_private),
		ON_FILES(test_platform_save_folder__again__only_with_force_and_without_what_is_gone),
		ON_FILES(test_platform_save_folder__something_of_others_in_it__never_replaced),
		ON_FILES(test_platform_save_folder__no_folder_in_its_place__refused),
		ON_FILES(test_platform_save_folder__write_fails_half_way__nothing_of_it),
	};

	return run_tests(tests);
}
