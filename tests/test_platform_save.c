/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of saving: the old file or the new one, complete, and nothing else left; and of the lock beside a file.
 */
#include "helpers.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "os/platform.h"
#include "platform_fixture.h"

#define UNCHANGED "nothing was changed"

static void assert_file(struct fixture *fixture, const char *name, const char *expected, unsigned mode)
{
	char *text = read_whole_file(in(fixture, name), NULL);
	struct stat status;

	assert_text(name, expected, text);
	assert_int_equal(lstat(in(fixture, name), &status), 0);
	assert_int_equal(status.st_mode & 07777, mode);
	free(text);
}

/* How many entries the scratch folder has: a temporary file that stayed would show. */
static size_t entries(struct fixture *fixture)
{
	DIR *folder = opendir(fixture->folder);
	size_t count = 0;

	assert_non_null(folder);
	while (readdir(folder))
		count++;
	closedir(folder);
	return count - 2;
}

static enum save_result save(struct fixture *fixture, const char *name, const char *text, struct save_request request)
{
	request.path = in(fixture, name);
	request.bytes = text;
	request.count = strlen(text);
	fixture->why = NULL;
	return platform_save(&request, NULL, &fixture->why);
}

/* SAVE_FAILED, with the promise in its reason. */
static void assert_failed(struct fixture *fixture, const char *label, enum save_result result)
{
	assert_labelled(label, result == SAVE_FAILED);
	assert_labelled(label, fixture->why && strstr(fixture->why, "; " UNCHANGED));
}

static void test_platform_save__new_file__private_and_identified(void **state)
{
	struct fixture *fixture = *state;
	struct file_identity identity, there;
	struct save_request request = { .path = in(fixture, "plan.yaml"), .bytes = "a: 1\n", .count = 5 };

	assert_int_equal(platform_save(&request, &identity, &fixture->why), SAVE_OK);
	assert_file(fixture, "plan.yaml", "a: 1\n", 0600);
	there = identity_of(fixture, "plan.yaml");
	assert_true(identity.exists);
	assert_int_equal(identity.inode, there.inode);
	assert_int_equal(identity.device, there.device);
	assert_int_equal(identity.size, there.size);
	assert_int_equal(identity.modified_ns, there.modified_ns);
	assert_int_equal(identity.mode, there.mode);
	assert_true(digest_equal(&identity.digest, &there.digest));
	assert_int_equal(entries(fixture), 1);
	/* What a save tells is good for the next one. */
	assert_int_equal(save(fixture, "plan.yaml", "a: 2\n", (struct save_request){ .expected = &identity }), SAVE_OK);
	assert_file(fixture, "plan.yaml", "a: 2\n", 0600);
}

static void test_platform_save__empty_and_large__complete(void **state)
{
	struct fixture *fixture = *state;
	struct save_request request = { .path = NULL };
	struct strbuf bytes = STRBUF_INIT;

	assert_int_equal(save(fixture, "empty", "", (struct save_request){ .path = NULL }), SAVE_OK);
	assert_file(fixture, "empty", "", 0600);
	strbuf_fill(&bytes, 'x', 5000000);
	request.path = in(fixture, "large");
	request.bytes = strbuf_text(&bytes);
	request.count = bytes.length;
	assert_int_equal(platform_save(&request, NULL, &fixture->why), SAVE_OK);
	assert_file(fixture, "large", strbuf_text(&bytes), 0600);
	strbuf_clear(&bytes);
}

static void test_platform_save__modes__kept_but_never_wider_than_0640(void **state)
{
	static const struct {
		mode_t before;
		unsigned after;
	} cases[] = {
		{ 0600, 0600 }, { 0640, 0640 }, { 0644, 0640 }, { 0666, 0640 }, { 0777, 0640 }, { 0604, 0600 },
		{ 0400, 0400 },
	};
	struct fixture *fixture = *state;
	struct file_identity identity;
	size_t i;

	for (i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(platform_remove(in(fixture, "f"), &fixture->why));
		put(fixture, "f", "old", cases[i].before);
		identity = identity_of(fixture, "f");
		assert_int_equal(save(fixture, "f", "new", (struct save_request){ .expected = &identity }), SAVE_OK);
		assert_file(fixture, "f", "new", cases[i].after);
	}
}

static void test_platform_save__something_there__replaced_only_when_allowed(void **state)
{
	struct fixture *fixture = *state;
	struct file_identity nothing = { .exists = false };

	put(fixture, "f", "old", 0640);
	assert_int_equal(save(fixture, "f", "new", (struct save_request){ .path = NULL }), SAVE_EXISTS);
	assert_non_null(fixture->why);
	assert_int_equal(save(fixture, "f", "new", (struct save_request){ .expected = &nothing }), SAVE_EXISTS);
	assert_file(fixture, "f", "old", 0640);
	assert_int_equal(entries(fixture), 1);
	assert_int_equal(save(fixture, "f", "new", (struct save_request){ .force = true }), SAVE_OK);
	assert_file(fixture, "f", "new", 0640);
	assert_int_equal(entries(fixture), 1);
}

static void test_platform_save__changed_behind_our_back__refused(void **state)
{
	struct fixture *fixture = *state;
	struct file_identity identity;
	struct stat status;
	struct timespec times[2];

	/* Same file, size and time, other bytes: only the digest tells. */
	put(fixture, "f", "old", 0600);
	identity = identity_of(fixture, "f");
	assert_int_equal(stat(in(fixture, "f"), &status), 0);
	put(fixture, "f", "OLD", 0600);
	times[0] = status.st_atim;
	times[1] = status.st_mtim;
	assert_int_equal(utimensat(AT_FDCWD, in(fixture, "f"), times, 0), 0);
	assert_int_equal(save(fixture, "f", "new", (struct save_request){ .expected = &identity }), SAVE_CHANGED);
	assert_non_null(strstr(fixture->why, UNCHANGED));
	assert_file(fixture, "f", "OLD", 0600);

	/* Another file with the same bytes and time. */
	identity = identity_of(fixture, "f");
	identity.inode++;
	assert_int_equal(save(fixture, "f", "new", (struct save_request){ .expected = &identity }), SAVE_CHANGED);

	/* Only touched. */
	identity = identity_of(fixture, "f");
	identity.modified_ns--;
	assert_int_equal(save(fixture, "f", "new", (struct save_request){ .expected = &identity }), SAVE_CHANGED);

	/* Gone. */
	identity = identity_of(fixture, "f");
	assert_true(platform_remove(in(fixture, "f"), &fixture->why));
	assert_int_equal(save(fixture, "f", "new", (struct save_request){ .expected = &identity }), SAVE_CHANGED);
	assert_int_equal(entries(fixture), 0);
	assert_int_equal(save(fixture, "f", "new", (struct save_request){ .expected = &identity, .force = true }),
			 SAVE_OK);
	assert_file(fixture, "f", "new", 0600);
}

static void test_platform_save__keep_old__under_a_tilde(void **state)
{
	struct fixture *fixture = *state;
	struct save_request keep = { .force = true, .keep_old = true };

	assert_int_equal(save(fixture, "f", "first", keep), SAVE_OK);
	assert_int_equal(entries(fixture), 1);
	assert_int_equal(chmod(in(fixture, "f"), 0640), 0);
	assert_int_equal(save(fixture, "f", "second", keep), SAVE_OK);
	assert_file(fixture, "f", "second", 0640);
	assert_file(fixture, "f~", "first", 0640);
	assert_int_equal(save(fixture, "f", "third", keep), SAVE_OK);
	assert_file(fixture, "f~", "second", 0640);
	assert_int_equal(entries(fixture), 2);

	/* f~ is the same file as f, as after a save that failed at its last step. */
	assert_true(platform_remove(in(fixture, "f~"), &fixture->why));
	strbuf_reset(&fixture->text);
	strbuf_puts(&fixture->text, in(fixture, "f~"));
	assert_int_equal(link(in(fixture, "f"), strbuf_text(&fixture->text)), 0);
	assert_int_equal(save(fixture, "f", "fourth", keep), SAVE_OK);
	assert_file(fixture, "f", "fourth", 0640);
	assert_file(fixture, "f~", "third", 0640);
	assert_int_equal(entries(fixture), 2);

	/* A link under that name is replaced, not followed. */
	put(fixture, "precious", "precious", 0600);
	assert_true(platform_remove(in(fixture, "f~"), &fixture->why));
	assert_int_equal(symlink("precious", in(fixture, "f~")), 0);
	assert_int_equal(save(fixture, "f", "fifth", keep), SAVE_OK);
	assert_file(fixture, "precious", "precious", 0600);
	assert_file(fixture, "f~", "fourth", 0640);

	/* A folder under that name cannot go: nothing is done. */
	assert_true(platform_remove(in(fixture, "f~"), &fixture->why));
	assert_int_equal(mkdir(in(fixture, "f~"), 0700), 0);
	assert_failed(fixture, "folder", save(fixture, "f", "sixth", keep));
	assert_file(fixture, "f", "fifth", 0640);
	assert_int_equal(entries(fixture), 3);
}

static void test_platform_save__secret__new_and_private_only(void **state)
{
	struct fixture *fixture = *state;
	struct save_request secret = { .force = true, .secret = true };
	struct file_identity identity;

	assert_int_equal(save(fixture, "line", "password", secret), SAVE_OK);
	assert_file(fixture, "line", "password", 0600);
	assert_int_equal(save(fixture, "line", "other", secret), SAVE_EXISTS);
	identity = identity_of(fixture, "line");
	secret.expected = &identity;
	assert_int_equal(save(fixture, "line", "other", secret), SAVE_EXISTS);
	assert_file(fixture, "line", "password", 0600);
	assert_int_equal(entries(fixture), 1);
}

static void test_platform_save__target_is_no_regular_file__refused(void **state)
{
	static const struct save_request requests[] = { { .force = true }, { .force = false }, { .secret = true } };
	struct fixture *fixture = *state;
	char link_text[10] = "";
	size_t i;

	put(fixture, "f", "old", 0600);
	assert_int_equal(symlink("f", in(fixture, "link")), 0);
	assert_int_equal(symlink("nowhere", in(fixture, "dangling")), 0);
	assert_int_equal(mkdir(in(fixture, "folder"), 0700), 0);
	assert_int_equal(mkfifo(in(fixture, "fifo"), 0600), 0);
	for (i = 0; i < ARRAY_LEN(requests); i++) {
		assert_failed(fixture, "link", save(fixture, "link", "new", requests[i]));
		assert_failed(fixture, "dangling", save(fixture, "dangling", "new", requests[i]));
		assert_failed(fixture, "folder", save(fixture, "folder", "new", requests[i]));
		assert_failed(fixture, "fifo", save(fixture, "fifo", "new", requests[i]));
	}
	assert_file(fixture, "f", "old", 0600);
	assert_int_equal(readlink(in(fixture, "link"), link_text, sizeof(link_text)), 1);
	assert_int_equal(access(in(fixture, "nowhere"), F_OK), -1);
	assert_int_equal(entries(fixture), 5);
}

static void test_platform_save__no_such_place__refused(void **state)
{
	struct save_request force = { .force = true };
	struct fixture *fixture = *state;
	char name[300];

	put(fixture, "f", "old", 0600);
	assert_failed(fixture, "missing folder", save(fixture, "none/f", "new", force));
	assert_failed(fixture, "file as folder", save(fixture, "f/f", "new", force));
	assert_failed(fixture, "slash at the end", save(fixture, "f/", "new", force));
	assert_failed(fixture, "dot", save(fixture, ".", "new", force));
	assert_failed(fixture, "two dots", save(fixture, "..", "new", force));
	memset(name, 'n', sizeof(name));
	name[255] = '\0';
	assert_int_equal(save(fixture, name, "new", force), SAVE_OK);
	assert_file(fixture, name, "new", 0600);
	name[255] = 'n';
	name[256] = '\0';
	assert_failed(fixture, "name too long", save(fixture, name, "new", force));
	assert_int_equal(entries(fixture), 2);
	force.path = "";
	assert_int_equal(platform_save(&force, NULL, &fixture->why), SAVE_FAILED);
}

/* A size limit makes write() fail in the middle, for root too: as good as a full disk. */
static void test_platform_save__write_fails_half_way__old_file_stays(void **state)
{
	struct save_request keep = { .force = true, .keep_old = true };
	struct rlimit before, small;
	struct fixture *fixture = *state;
	struct strbuf bytes = STRBUF_INIT;
	enum save_result existing, new;

	put(fixture, "f", "old", 0600);
	strbuf_fill(&bytes, 'x', 100000);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 5000;
	assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	existing = save(fixture, "f", strbuf_text(&bytes), keep);
	new = save(fixture, "new", strbuf_text(&bytes), keep);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_failed(fixture, "existing", existing);
	assert_failed(fixture, "new", new);
	assert_file(fixture, "f", "old", 0600);
	assert_int_equal(entries(fixture), 1);
	strbuf_clear(&bytes);
}

static void test_platform_save__folder_without_permission__old_file_stays(void **state)
{
	struct save_request force = { .force = true };
	struct fixture *fixture = *state;
	enum save_result result;

	if (geteuid() == 0)
		skip();
	put(fixture, "f", "old", 0600);
	assert_int_equal(chmod(fixture->folder, 0500), 0);
	result = save(fixture, "f", "new", force);
	assert_int_equal(chmod(fixture->folder, 0700), 0);
	assert_failed(fixture, "read only", result);
	assert_file(fixture, "f", "old", 0600);
}

/* ---- locks ---- */

/* Tries the lock in another process; true when that got it. */
static bool child_gets_lock(const char *path)
{
	const char *why;
	int status = -1, lock;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		lock = platform_lock(path, &why);
		_exit(lock >= 0 ? 0 : 1);      /* ends without unlocking, as after a crash */
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void test_platform_lock__two_holders__second_told_who(void **state)
{
	struct fixture *fixture = *state;
	char path[4096], process[40];
	const char *why = NULL;
	int lock, second;

	snprintf(path, sizeof(path), "%s", in(fixture, "plan.yaml"));
	lock = platform_lock(path, &why);
	assert_true(lock >= 0);
	assert_false(child_gets_lock(path));
	second = platform_lock(path, &why);
	assert_int_equal(second, -1);
	snprintf(process, sizeof(process), "process %ld on host ", (long)getpid());
	assert_non_null(strstr(why, process));
	platform_unlock(path, lock);
	assert_int_equal(entries(fixture), 0);
	assert_true(child_gets_lock(path));
	assert_int_equal(entries(fixture), 1);       /* the file of the one that ended, which holds nothing */
	lock = platform_lock(path, &why);
	assert_true(lock >= 0);
	assert_int_equal(fcntl(lock, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	platform_unlock(path, lock);
	assert_int_equal(entries(fixture), 0);
}

static void test_platform_lock__link_or_folder_in_its_place__refused(void **state)
{
	struct fixture *fixture = *state;
	char path[4096];
	const char *why = NULL;

	snprintf(path, sizeof(path), "%s", in(fixture, "p"));
	put(fixture, "precious", "precious", 0600);
	assert_int_equal(symlink("precious", in(fixture, ".p.lock")), 0);
	assert_int_equal(platform_lock(path, &why), -1);
	assert_non_null(why);
	assert_file(fixture, "precious", "precious", 0600);
	assert_true(platform_remove(in(fixture, ".p.lock"), &why));
	assert_int_equal(mkdir(in(fixture, ".p.lock"), 0700), 0);
	assert_int_equal(platform_lock(path, &why), -1);
	assert_int_equal(platform_lock(in(fixture, "none/p"), &why), -1);
}

static void test_platform_lock__private_file__with_our_number_in_it(void **state)
{
	struct fixture *fixture = *state;
	char path[4096], *text;
	struct stat status;
	const char *why;
	int lock;

	snprintf(path, sizeof(path), "%s", in(fixture, "p"));
	put(fixture, ".p.lock", "process 1 on host somewhere with a long name that must not stay behind\n", 0600);
	lock = platform_lock(path, &why);
	assert_true(lock >= 0);
	text = read_whole_file(in(fixture, ".p.lock"), NULL);
	assert_null(strstr(text, "somewhere"));
	assert_int_equal(strcspn(text, "\n"), strlen(text) - 1);
	free(text);
	platform_unlock(path, lock);
	lock = platform_lock(path, &why);
	assert_true(lock >= 0);
	assert_int_equal(stat(in(fixture, ".p.lock"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
	platform_unlock(path, lock);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_FILES(test_platform_save__new_file__private_and_identified),
		ON_FILES(test_platform_save__empty_and_large__complete),
		ON_FILES(test_platform_save__modes__kept_but_never_wider_than_0640),
		ON_FILES(test_platform_save__something_there__replaced_only_when_allowed),
		ON_FILES(test_platform_save__changed_behind_our_back__refused),
		ON_FILES(test_platform_save__keep_old__under_a_tilde),
		ON_FILES(test_platform_save__secret__new_and_private_only),
		ON_FILES(test_platform_save__target_is_no_regular_file__refused),
		ON_FILES(test_platform_save__no_such_place__refused),
		ON_FILES(test_platform_save__write_fails_half_way__old_file_stays),
		ON_FILES(test_platform_save__folder_without_permission__old_file_stays),
		ON_FILES(test_platform_lock__two_holders__second_told_who),
		ON_FILES(test_platform_lock__link_or_folder_in_its_place__refused),
		ON_FILES(test_platform_lock__private_file__with_our_number_in_it),
	};

	return run_tests(tests);
}
