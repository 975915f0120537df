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

/* ---- what others do at the same moment ---- */

static void test_platform_save__leftovers__only_ours_of_dead_processes_go(void **state)
{
	struct fixture *fixture = *state;
	char host[256] = "", ours[300], alive[300], elsewhere[300], wide[300];
	struct digest digest;
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0)
		_exit(0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(gethostname(host, sizeof(host) - 1), 0);
	digest = digest_of(host, strlen(host));
	char number[65];
	digest_text(&digest, number);
	number[8] = '\0';
	snprintf(ours, sizeof(ours), ".f.%s.%ld.0.tmp", number, (long)child);
	snprintf(wide, sizeof(wide), ".f.%s.%ld.1.tmp", number, (long)child);
	snprintf(alive, sizeof(alive), ".f.%s.%ld.0.tmp", number, (long)getppid());
	snprintf(elsewhere, sizeof(elsewhere), ".f.%s.%ld.0.tmp", strcmp(number, "00000000") ? "00000000" : "00000001",
		 (long)child);
	put(fixture, ours, "left", 0600);
	put(fixture, wide, "for others", 0644);
	put(fixture, alive, "of one that runs", 0600);
	put(fixture, elsewhere, "of another host", 0600);
	put(fixture, ".f.mine.tmp", "no name of ours", 0600);
	put(fixture, ".g.0.tmp", "of another target", 0600);
	assert_int_equal(save(fixture, "f", "new", (struct save_request){ .path = NULL }), SAVE_OK);
	assert_int_equal(access(in(fixture, ours), F_OK), -1);
	assert_int_equal(entries(fixture), 6);
}

static void test_platform_save__locked_by_another__told_who_after_the_time(void **state)
{
	struct lock_wait soon = { .milliseconds = 120 };
	struct save_request request = { .wait = &soon };
	struct fixture *fixture = *state;
	struct strbuf path = STRBUF_INIT;
	char holder[60];
	int lock;

	strbuf_puts(&path, in(fixture, "f"));
	lock = platform_lock(strbuf_text(&path), NULL, &fixture->why);
	assert_true(lock >= 0);
	assert_failed(fixture, "locked", save(fixture, "f", "new", request));
	snprintf(holder, sizeof(holder), "(process %ld)", (long)getpid());
	assert_non_null(strstr(fixture->why, holder));
	request.locked = true;
	assert_int_equal(save(fixture, "f", "new", request), SAVE_OK);
	platform_unlock(strbuf_text(&path), lock);
	assert_int_equal(entries(fixture), 1);
	strbuf_clear(&path);
}

/* Waits until something is written beside f, which is after the first look at f, or f is new already: on a busy machine
 * the writing is easily missed. Then puts a file of its own there. */
static void edit_without_a_lock(struct fixture *fixture)
{
	struct strbuf from = STRBUF_INIT;
	const struct dirent *entry;
	bool begun = false;
	struct stat now;
	DIR *folder;

	strbuf_puts(&from, in(fixture, "edited"));
	while (!begun) {
		folder = opendir(fixture->folder);
		if (!folder)
			_exit(99);
		while ((entry = readdir(folder)) != NULL)
			begun = begun || strstr(entry->d_name, ".tmp");
		closedir(folder);
		begun = begun || (stat(in(fixture, "f"), &now) == 0 && now.st_size > (off_t)strlen("old"));
	}
	_exit(rename(strbuf_text(&from), in(fixture, "f")) == 0 ? 0 : 98);
}

static void test_platform_save__editor_without_a_lock__its_file_comes_back(void **state)
{
	struct fixture *fixture = *state;
	struct file_identity identity;
	struct strbuf large = STRBUF_INIT;
	int status, noticed = 0;

	strbuf_fill(&large, 'x', 8000000);
	for (int round = 0; round < 50 && !noticed; round++) {
		put(fixture, "f", "old", 0600);
		put(fixture, "edited", "edited", 0600);
		identity = identity_of(fixture, "f");
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0)
			edit_without_a_lock(fixture);
		enum save_result result =
			save(fixture, "f", strbuf_text(&large), (struct save_request){ .expected = &identity });
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_int_equal(status, 0);
		/* The editor came first, or right after us: its file stays either way. */
		assert_true(result == SAVE_CHANGED || result == SAVE_OK);
		noticed += result == SAVE_CHANGED;
		assert_file(fixture, "f", "edited", 0600);
		assert_int_equal(entries(fixture), 1);
	}
	assert_true(noticed > 0);
	strbuf_clear(&large);
}

/* Several processes save over what they all have read: one is told that it is saved, the others that they are late. */
static void test_platform_save__savers_at_one_moment__one_wins(void **state)
{
	enum { SAVERS = 4, ROUNDS = 25 };
	struct fixture *fixture = *state;
	struct file_identity identity;
	int gate[2], status;
	pid_t child;
	char byte;

	for (int round = 0; round < ROUNDS; round++) {
		int saved = 0, late = 0;
		put(fixture, "f", "old", 0600);
		identity = identity_of(fixture, "f");
		assert_int_equal(pipe(gate), 0);
		for (int i = 0; i < SAVERS; i++) {
			child = fork();
			assert_true(child >= 0);
			if (child > 0)
				continue;
			close(gate[1]);
			if (read(gate[0], &byte, 1) != 0)
				_exit(99);
			_exit((int)save(fixture, "f", "new", (struct save_request){ .expected = &identity }));
		}
		close(gate[0]);
		close(gate[1]);
		for (int i = 0; i < SAVERS; i++) {
			assert_true(wait(&status) > 0);
			assert_true(WIFEXITED(status));
			saved += WEXITSTATUS(status) == SAVE_OK;
			late += WEXITSTATUS(status) == SAVE_CHANGED;
		}
		assert_int_equal(saved, 1);
		assert_int_equal(late, SAVERS - 1);
	}
	assert_int_equal(entries(fixture), 1);
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

	if (save(fixture, "line", "password", secret) == SAVE_FAILED && strstr(fixture->why, "files without a name"))
		skip(); /* this file system cannot */
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

static const struct lock_wait at_once = { .milliseconds = 0 };

/* Tries the lock in another process; true when that got it. */
static bool child_gets_lock(const char *path)
{
	const char *why;
	int status = -1, lock;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		lock = platform_lock(path, &at_once, &why);
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
	lock = platform_lock(path, &at_once, &why);
	assert_true(lock >= 0);
	assert_false(child_gets_lock(path));
	second = platform_lock(path, &at_once, &why);
	assert_int_equal(second, LOCK_HELD);
	snprintf(process, sizeof(process), "(process %ld)", (long)getpid());
	assert_non_null(strstr(why, "it is locked by test_platform"));
	assert_non_null(strstr(why, process));
	platform_unlock(path, lock);
	assert_int_equal(entries(fixture), 0);
	assert_true(child_gets_lock(path));
	assert_int_equal(entries(fixture), 1);       /* the file of the one that ended, which holds nothing */
	lock = platform_lock(path, &at_once, &why);
	assert_true(lock >= 0);
	assert_int_equal(fcntl(lock, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	platform_unlock(path, lock);
	assert_int_equal(entries(fixture), 0);
}

struct waiter {
	const char *path;
	int lock, told, release_at;
	bool stop, named;
};

static bool count_waits(const char *holder, void *data)
{
	struct waiter *waiter = data;

	waiter->named = strstr(holder, "(process ") != NULL;
	if (++waiter->told == waiter->release_at)
		platform_unlock(waiter->path, waiter->lock);
	return !waiter->stop;
}

static void test_platform_lock__waiting__told_ends_when_free_and_can_be_left(void **state)
{
	struct fixture *fixture = *state;
	struct strbuf path = STRBUF_INIT;
	struct waiter waiter = { .release_at = 2 };
	struct lock_wait wait = { .milliseconds = 60000, .waiting = count_waits, .data = &waiter };
	const char *why = NULL;
	int lock;

	strbuf_puts(&path, in(fixture, "f"));
	waiter.path = strbuf_text(&path);
	waiter.lock = platform_lock(waiter.path, &at_once, &why);
	lock = platform_lock(waiter.path, &wait, &why);
	assert_true(lock >= 0);
	assert_int_equal(waiter.told, 2);
	assert_true(waiter.named);
	waiter.told = waiter.release_at = 0;
	waiter.stop = true;
	assert_int_equal(platform_lock(waiter.path, &wait, &why), LOCK_HELD);
	assert_int_equal(waiter.told, 1);
	/* A signal that asks to leave counts as well. */
	waiter.stop = false;
	platform_signals_catch();
	assert_int_equal(raise(SIGTERM), 0);
	assert_int_equal(platform_lock(waiter.path, &wait, &why), LOCK_HELD);
	assert_int_equal(platform_signals_release(), SIGTERM);
	platform_unlock(waiter.path, lock);
	strbuf_clear(&path);
}

static void test_platform_lock__link_or_folder_in_its_place__refused(void **state)
{
	struct fixture *fixture = *state;
	char path[4096];
	const char *why = NULL;

	snprintf(path, sizeof(path), "%s", in(fixture, "p"));
	put(fixture, "precious", "precious", 0600);
	assert_int_equal(symlink("precious", in(fixture, ".p.lock")), 0);
	assert_int_equal(platform_lock(path, &at_once, &why), -1);
	assert_non_null(why);
	assert_file(fixture, "precious", "precious", 0600);
	assert_true(platform_remove(in(fixture, ".p.lock"), &why));
	assert_int_equal(mkdir(in(fixture, ".p.lock"), 0700), 0);
	assert_int_equal(platform_lock(path, &at_once, &why), -1);
	assert_int_equal(platform_lock(in(fixture, "none/p"), &at_once, &why), -1);
}

static void test_platform_lock__file__open_to_those_who_may_open_the_target(void **state)
{
	struct fixture *fixture = *state;
	struct strbuf path = STRBUF_INIT;
	const char *why;
	int lock;

	strbuf_puts(&path, in(fixture, "p"));
	lock = platform_lock(strbuf_text(&path), &at_once, &why);
	assert_file(fixture, ".p.lock", "", 0600);
	platform_unlock(strbuf_text(&path), lock);
	put(fixture, "p", "plan", 0664);
	lock = platform_lock(strbuf_text(&path), &at_once, &why);
	assert_file(fixture, ".p.lock", "", 0660);
	platform_unlock(strbuf_text(&path), lock);
	strbuf_clear(&path);
}

static void test_platform_same_file__links_and_spellings__one_file(void **state)
{
	struct fixture *fixture = *state;
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;

	put(fixture, "f", "text", 0600);
	put(fixture, "g", "text", 0600);
	strbuf_puts(&a, in(fixture, "f"));
	assert_int_equal(symlink("f", in(fixture, "link")), 0);
	assert_int_equal(link(strbuf_text(&a), in(fixture, "hard")), 0);
	assert_true(platform_same_file(strbuf_text(&a), in(fixture, "link")));
	assert_true(platform_same_file(strbuf_text(&a), in(fixture, "hard")));
	assert_true(platform_same_file(strbuf_text(&a), in(fixture, ".//f")));
	assert_false(platform_same_file(strbuf_text(&a), in(fixture, "g")));
	assert_false(platform_same_file(strbuf_text(&a), in(fixture, "none")));
	assert_false(platform_same_file(in(fixture, "none"), "-"));
	strbuf_clear(&a);
	strbuf_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_FILES(test_platform_save__new_file__private_and_identified),
		ON_FILES(test_platform_save__empty_and_large__complete),
		ON_FILES(test_platform_save__leftovers__only_ours_of_dead_processes_go),
		ON_FILES(test_platform_save__locked_by_another__told_who_after_the_time),
		ON_FILES(test_platform_save__editor_without_a_lock__its_file_comes_back),
		ON_FILES(test_platform_save__savers_at_one_moment__one_wins),
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
		ON_FILES(test_platform_lock__waiting__told_ends_when_free_and_can_be_left),
		ON_FILES(test_platform_lock__file__open_to_those_who_may_open_the_target),
		ON_FILES(test_platform_same_file__links_and_spellings__one_file),
	};

	return run_tests(tests);
}
