/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Whoever may use a file may use what takes its place: mode, owner, group and access list of what is saved.
 */
#include "helpers.h"

#include <errno.h>
#include <grp.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "os/platform.h"
#include "platform_fixture.h"

/* ---- mode, owner, group ---- */

static void test_platform_save__modes__kept(void **state)
{
	static const mode_t modes[] = { 0600, 0640, 0660, 0664, 0644, 0666, 0777, 0604, 0400 };
	struct fixture *fixture = *state;
	struct file_identity identity;
	struct stat status;
	size_t i;

	for (i = 0; i < ARRAY_LEN(modes); i++) {
		assert_true(platform_remove(in(fixture, "f"), &fixture->why));
		put(fixture, "f", "old", modes[i]);
		identity = identity_of(fixture, "f");
		assert_int_equal(save(fixture, "f", "new", (struct save_request){ .expected = &identity }), SAVE_OK);
		assert_file(fixture, "f", "new", modes[i]);
	}
	/* For root the owner stays too: what is saved with sudo is still the other's. */
	if (geteuid() != 0)
		skip();
	put(fixture, "theirs", "old", 0660);
	assert_int_equal(chown(in(fixture, "theirs"), 1234, 5678), 0);
	assert_int_equal(save(fixture, "theirs", "new", (struct save_request){ .force = true }), SAVE_OK);
	assert_file(fixture, "theirs", "new", 0660);
	assert_int_equal(stat(in(fixture, "theirs"), &status), 0);
	assert_int_equal(status.st_uid, 1234);
	assert_int_equal(status.st_gid, 5678);
}

static void test_platform_save__like_another_file__its_mode_without_others(void **state)
{
	static const struct {
		mode_t like;
		unsigned after;
	} cases[] = { { 0600, 0600 }, { 0640, 0640 }, { 0660, 0660 }, { 0664, 0660 }, { 0777, 0660 }, { 0440, 0640 } };
	struct fixture *fixture = *state;
	struct save_request request = { .path = NULL };
	struct strbuf like = STRBUF_INIT;

	strbuf_puts(&like, in(fixture, "plan"));
	request.like = strbuf_text(&like);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(platform_remove(in(fixture, "new"), &fixture->why));
		put(fixture, "plan", "plan", cases[i].like);
		assert_int_equal(save(fixture, "new", "text", request), SAVE_OK);
		assert_file(fixture, "new", "text", cases[i].after);
	}
	assert_true(platform_remove(in(fixture, "plan"), &fixture->why));
	assert_int_equal(save(fixture, "none", "text", request), SAVE_OK);
	assert_file(fixture, "none", "text", 0600);
	strbuf_clear(&like);
}

/* Runs SAVE as another user than root, who is in no group. Returns what it says. */
static enum save_result save_as_somebody(struct fixture *fixture, const char *name, struct save_request request)
{
	enum save_result result = SAVE_OK;
	int status = -1;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		if (setgroups(0, NULL) != 0 || setegid(4321) != 0 || seteuid(4321) != 0)
			_exit(99);
		result = save(fixture, name, "new", request);
		if (seteuid(0) != 0)
			_exit(99);
		_exit(result == SAVE_FAILED && !strstr(fixture->why, "chgrp") ? 98 : (int)result);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return (enum save_result)WEXITSTATUS(status);
}

static void test_platform_save__group_that_cannot_be_kept__refused_when_it_loses_rights(void **state)
{
	struct save_request force = { .force = true };
	struct fixture *fixture = *state;
	struct stat status;

	if (geteuid() != 0)
		skip();
	assert_int_equal(chmod(fixture->folder, 0777), 0);
	put(fixture, "shared", "old", 0660);
	assert_int_equal(save_as_somebody(fixture, "shared", force), SAVE_FAILED);
	assert_file(fixture, "shared", "old", 0660);
	put(fixture, "open", "old", 0644); /* the group may what everybody may */
	assert_int_equal(save_as_somebody(fixture, "open", force), SAVE_OK);
	assert_file(fixture, "open", "new", 0644);
	/* A folder that gives its group to what is made in it */
	assert_int_equal(chown(fixture->folder, (uid_t)-1, 4321), 0);
	assert_int_equal(chmod(fixture->folder, 02777), 0);
	put(fixture, "team", "old", 0660);
	assert_int_equal(stat(in(fixture, "team"), &status), 0);
	assert_int_equal(status.st_gid, 4321);
	assert_int_equal(save_as_somebody(fixture, "team", force), SAVE_OK);
	assert_file(fixture, "team", "new", 0660);
	assert_int_equal(stat(in(fixture, "team"), &status), 0);
	assert_int_equal(status.st_gid, 4321);
}

/* ---- access lists ---- */

/* As Linux keeps them: the owner reads and writes, user 1234 reads, the group may nothing; the mask and the others are
 * to be filled in. */
struct list {
	unsigned char bytes[44];
};

static struct list list_of(unsigned mask, unsigned others)
{
	struct list list = { { 2,
			       0,
			       0,
			       0,
			       1,
			       0,
			       6,
			       0,
			       255,
			       255,
			       255,
			       255,
			       2,
			       0,
			       4,
			       0,
			       0xD2,
			       4,
			       0,
			       0,
			       4,
			       0,
			       0,
			       0,
			       255,
			       255,
			       255,
			       255,
			       16,
			       0,
			       (unsigned char)mask,
			       0,
			       255,
			       255,
			       255,
			       255,
			       32,
			       0,
			       (unsigned char)others,
			       0,
			       255,
			       255,
			       255,
			       255 } };

	return list;
}

static void put_list(struct fixture *fixture, const char *name, const char *kind, struct list list)
{
	if (setxattr(in(fixture, name), kind, list.bytes, sizeof(list.bytes), 0) != 0) {
		assert_int_equal(errno, ENOTSUP);
		skip();
	}
}

#define ACCESS "system.posix_acl_access"
#define DEFAULT "system.posix_acl_default"

static void assert_list(struct fixture *fixture, const char *name, struct list expected)
{
	struct list found = { { 0 } };

	assert_int_equal(getxattr(in(fixture, name), ACCESS, found.bytes, sizeof(found.bytes)), sizeof(found.bytes));
	assert_memory_equal(found.bytes, expected.bytes, sizeof(found.bytes));
}

static void assert_no_list(struct fixture *fixture, const char *name)
{
	char byte;

	assert_int_equal(getxattr(in(fixture, name), ACCESS, &byte, 1), -1);
	assert_int_equal(errno, ENODATA);
}

/* The mode shows the mask in the place of the group: without the list the group would get what it never had. */
static void test_platform_save__access_list__goes_with_the_file(void **state)
{
	struct save_request force = { .force = true, .keep_old = true };
	struct fixture *fixture = *state;

	put(fixture, "plan", "old", 0600);
	put_list(fixture, "plan", ACCESS, list_of(4, 4));
	assert_file(fixture, "plan", "old", 0644);
	assert_int_equal(save(fixture, "plan", "new", force), SAVE_OK);
	assert_file(fixture, "plan", "new", 0644);
	assert_list(fixture, "plan", list_of(4, 4));
	assert_list(fixture, "plan~", list_of(4, 4));
	assert_int_equal(save(fixture, "none", "new", force), SAVE_OK);
	assert_no_list(fixture, "none");
}

static void test_platform_save__like_a_file_with_an_access_list__the_list_without_others(void **state)
{
	struct fixture *fixture = *state;
	struct save_request request = { .path = NULL };
	struct strbuf like = STRBUF_INIT;

	put(fixture, "plan", "plan", 0600);
	put_list(fixture, "plan", ACCESS, list_of(4, 4));
	strbuf_puts(&like, in(fixture, "plan"));
	request.like = strbuf_text(&like);
	assert_int_equal(save(fixture, "journal", "text", request), SAVE_OK);
	assert_file(fixture, "journal", "text", 0640);
	assert_list(fixture, "journal", list_of(4, 0));
	strbuf_clear(&like);
}

/* A folder with a default list gives it to what is made there: the file that had none has none afterwards. */
static void test_platform_save__folder_with_a_default_list__gives_nobody_more(void **state)
{
	struct fixture *fixture = *state;
	struct save_request secret = { .secret = true };

	put(fixture, "plan", "old", 0640);
	put_list(fixture, ".", DEFAULT, list_of(4, 0));
	assert_int_equal(save(fixture, "plan", "new", (struct save_request){ .force = true }), SAVE_OK);
	assert_file(fixture, "plan", "new", 0640);
	assert_no_list(fixture, "plan");
	assert_int_equal(save(fixture, "passwords", "new", secret), SAVE_OK);
	assert_file(fixture, "passwords", "new", 0600);
	assert_list(fixture, "passwords", list_of(0, 0));
}

static void test_platform_lock__access_list_of_the_target__opens_the_lock_too(void **state)
{
	struct fixture *fixture = *state;
	struct strbuf path = STRBUF_INIT;
	int lock;

	put(fixture, "plan", "old", 0600);
	put_list(fixture, "plan", ACCESS, list_of(6, 0));
	strbuf_puts(&path, in(fixture, "plan"));
	lock = platform_lock(strbuf_text(&path), NULL, &fixture->why);
	assert_true(lock >= 0);
	assert_list(fixture, ".plan.lock", list_of(6, 0));
	platform_unlock(strbuf_text(&path), lock);
	strbuf_clear(&path);
}

static void test_platform_save_folder__access_lists__go_with_folder_and_files(void **state)
{
	static const struct folder_file files[] = { { "a.yml", "new", 3 }, { "files/b.ps1", "new", 3 } };
	struct folder_request request = { .files = files, .count = ARRAY_LEN(files), .force = true };
	struct fixture *fixture = *state;
	struct strbuf path = STRBUF_INIT;

	strbuf_puts(&path, in(fixture, "out"));
	request.path = strbuf_text(&path);
	assert_int_equal(platform_save_folder(&request, &fixture->why), SAVE_OK);
	put_list(fixture, "out", ACCESS, list_of(4, 0));
	assert_int_equal(chmod(in(fixture, "out"), 0740), 0);
	put_list(fixture, "out/a.yml", ACCESS, list_of(6, 0));
	assert_int_equal(platform_save_folder(&request, &fixture->why), SAVE_OK);
	assert_list(fixture, "out/a.yml", list_of(6, 0));
	assert_no_list(fixture, "out/files/b.ps1");
	assert_int_equal(getxattr(in(fixture, "out"), ACCESS, NULL, 0), sizeof(struct list));
	assert_int_equal(getxattr(in(fixture, "out/files"), ACCESS, NULL, 0), sizeof(struct list));
	strbuf_clear(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_FILES(test_platform_save__modes__kept),
		ON_FILES(test_platform_save__like_another_file__its_mode_without_others),
		ON_FILES(test_platform_save__group_that_cannot_be_kept__refused_when_it_loses_rights),
		ON_FILES(test_platform_save__access_list__goes_with_the_file),
		ON_FILES(test_platform_save__like_a_file_with_an_access_list__the_list_without_others),
		ON_FILES(test_platform_save__folder_with_a_default_list__gives_nobody_more),
		ON_FILES(test_platform_lock__access_list_of_the_target__opens_the_lock_too),
		ON_FILES(test_platform_save_folder__access_lists__go_with_folder_and_files),
	};

	return run_tests(tests);
}
