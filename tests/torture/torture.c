/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * See torture.h. torture.sh gives the surroundings: SCUPGRADE, srcdir, FAULTS (the library), and a folder to work in as
 * the only argument. Prints every failure, the calls that never failed, then "N passed, N failed".
 */
#include "torture/torture.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "os/platform.h"

struct fault_row {
	enum fault_call call;
	int error;
	enum fault_way way;
	bool harmless;           /* the program goes on as if nothing had been */
};

#define EACH(call, error) { FAULT_##call, error, FAULT_ONCE, false },

/* clang-format off */
static const struct fault_row rows[] = {
	EACH(malloc, ENOMEM) EACH(calloc, ENOMEM) EACH(realloc, ENOMEM)
	EACH(open, EACCES) EACH(open, EMFILE) EACH(openat, EACCES) EACH(openat, EMFILE) EACH(close, EIO)
	EACH(read, EIO) EACH(write, EIO) EACH(write, ENOSPC) EACH(pread, EIO) EACH(pwrite, EIO) EACH(pwrite, ENOSPC)
	EACH(fsync, EIO) EACH(fsync, EINVAL) EACH(ftruncate, EIO) EACH(flock, ENOLCK) EACH(fcntl, EIO)
	EACH(stat, EIO) EACH(lstat, EIO) EACH(fstat, EIO) EACH(fstatat, EIO)
	EACH(rename, EIO) EACH(renameat, EIO) EACH(renameat2, EIO) EACH(renameat2, EINVAL) EACH(renameat2, ENOSYS)
	EACH(link, EPERM) EACH(linkat, EPERM) EACH(unlink, EIO) EACH(unlinkat, EIO) EACH(mkdir, ENOSPC)
	EACH(mkdirat, ENOSPC) EACH(rmdir, EIO) EACH(chmod, EPERM) EACH(fchmod, EPERM) EACH(fchown, EPERM)
	EACH(getxattr, EIO) EACH(fsetxattr, ENOSPC) EACH(fremovexattr, EPERM)
	EACH(opendir, EACCES) EACH(fdopendir, ENOMEM) EACH(readdir, EIO) EACH(closedir, EIO) EACH(realpath, EACCES)
	EACH(readlink, EACCES)
	EACH(fopen, EACCES) EACH(fclose, EIO) EACH(fflush, EIO) EACH(fwrite, ENOSPC) EACH(fputs, ENOSPC)
	EACH(fprintf, ENOSPC) EACH(setvbuf, EINVAL) EACH(setlocale, ENOENT)
	EACH(getpwuid, EIO) EACH(getgrgid, EIO) EACH(nanosleep, EINTR) EACH(gethostname, ENAMETOOLONG)
	EACH(clock_gettime, EINVAL) EACH(gmtime_r, EOVERFLOW)
	EACH(localtime_r, EOVERFLOW) EACH(poll, EIO) EACH(pselect, EBADF) EACH(pipe2, EMFILE) EACH(socket, EMFILE)
	EACH(posix_spawn, EAGAIN) EACH(waitpid, ECHILD) EACH(mmap, ENOMEM) EACH(mlock, EPERM) EACH(madvise, EINVAL)
	EACH(prctl, EINVAL) EACH(getrlimit, EINVAL)
	EACH(setrlimit, EPERM) EACH(isatty, EIO) EACH(ioctl, EIO)
	EACH(tcgetattr, EIO) EACH(tcsetattr, EIO)
	/* a disk that stays full, a disk that is gone */
	{ FAULT_write, ENOSPC, FAULT_ALWAYS, false },
	{ FAULT_pwrite, ENOSPC, FAULT_ALWAYS, false },
	{ FAULT_write, ENOSPC, FAULT_FULL, false },
	{ FAULT_pwrite, ENOSPC, FAULT_FULL, false },
	{ FAULT_fsync, EIO, FAULT_ALWAYS, false },
	{ FAULT_openat, EACCES, FAULT_ALWAYS, false },
	{ FAULT_getc, EIO, FAULT_ALWAYS, false },    /* what cannot be read does not come back */
	/* no faults at all */
	{ FAULT_open, EINTR, FAULT_ONCE, true },
	{ FAULT_openat, EINTR, FAULT_ONCE, true },
	{ FAULT_read, EINTR, FAULT_ONCE, true },
	{ FAULT_write, EINTR, FAULT_ONCE, true },
	{ FAULT_pread, EINTR, FAULT_ONCE, true },
	{ FAULT_pwrite, EINTR, FAULT_ONCE, true },
	{ FAULT_flock, EINTR, FAULT_ONCE, true },
	{ FAULT_close, EINTR, FAULT_ONCE, true },
	{ FAULT_poll, EINTR, FAULT_ONCE, true },
	{ FAULT_waitpid, EINTR, FAULT_ONCE, true },
	{ FAULT_read, 0, FAULT_SHORT, true },
	{ FAULT_write, 0, FAULT_SHORT, true },
	{ FAULT_pread, 0, FAULT_SHORT, true },
	{ FAULT_pwrite, 0, FAULT_SHORT, true },
};
/* clang-format on */

#define NAME_OF(name) #name,
static const char *const call_names[FAULT_COUNT] = { FAULTS_CALLS(NAME_OF) };

/* What the workers share. */
static struct common {
	unsigned next_job, passed, failed, kills, replaced;
	unsigned struck[FAULT_COUNT];
} *common;

struct work {
	struct rack rack;
	const struct torture_case *test;
	struct measure measure;
};

static unsigned count_up(unsigned *number)
{
	return __atomic_fetch_add(number, 1, __ATOMIC_RELAXED);
}

static bool is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

static bool is_quick(void)
{
	return is_set("QUICK_TESTS");
}

/* Memory is asked for in a thousand places, and refused in one: two thirds of all runs would be about it. */
static unsigned memory_step(void)
{
	if (is_quick())
		return 23;
	return is_set("TORTURE_ALL") ? 1 : 5;
}

/* ---- one case ---- */

static char *read_source(const char *name, size_t *length)
{
	struct strbuf path = STRBUF_INIT, bytes = STRBUF_INIT;
	const char *why;
	char *copy;

	strbuf_printf(&path, "%s/%s", getenv("srcdir"), name);
	if (platform_read(strbuf_text(&path), 1u << 24, &bytes, NULL, &why) != FILE_OK)
		die("torture: %s: %s", name, why);
	copy = xcalloc(1, bytes.length + 1);
	memcpy(copy, strbuf_text(&bytes), bytes.length);
	*length = bytes.length;
	strbuf_clear(&path);
	strbuf_clear(&bytes);
	return copy;
}

static void make_before(const struct torture_case *test, struct tree *before)
{
	*before = (struct tree){ xcalloc(FILES_MOST, sizeof(*before->items)), 0 };
	for (size_t i = 0; i < FILES_MOST && test->files[i].name; i++) {
		const struct torture_file *file = &test->files[i];
		struct tree_entry *entry = &before->items[before->count++];

		*entry = (struct tree_entry){ .path = strdup(file->name), .mode = file->mode & 07777 };
		if (file->mode & LISTED)
			tree_give_list(entry);
		entry->folder = !file->source && !file->text;
		if (file->source) {
			entry->bytes = read_source(file->source, &entry->length);
		} else if (file->text) {
			entry->bytes = strdup(file->text);
			entry->length = strlen(file->text);
		}
	}
}

static bool tree_is(const struct tree *a, const struct tree *b)
{
	bool same = a->count == b->count;

	for (size_t i = 0; same && i < a->count; i++)
		same = tree_same(&a->items[i], tree_find(b, a->items[i].path));
	return same;
}

static void lay_out(struct work *work)
{
	tree_put(&work->measure.before, work->rack.work);
	tree_put(&(struct tree){ NULL, 0 }, work->rack.state);
}

static void run(struct work *work, const char *const *arguments, struct outcome *outcome)
{
	if (work->test->screen)
		run_screen(&work->rack, work->test, outcome);
	else
		run_case(&work->rack, work->test, arguments, outcome);
}

/* Without any fault: what shall come out. */
static void take_up(struct work *work, const struct torture_case *test)
{
	struct measure *measure = &work->measure;

	tree_clear(&measure->before);
	tree_clear(&measure->after);
	work->test = test;
	make_before(test, &measure->before);
	lay_out(work);
	work->rack.faults->way = FAULT_NEVER;
	if (test->before[0]) {
		run_case(&work->rack, test, test->before, &measure->outcome);
		if (measure->outcome.status != 0)
			die("torture: %s: what comes before it: status %d\n%s", test->label, measure->outcome.status,
			    strbuf_text(&measure->outcome.err));
		tree_clear(&measure->before);
		tree_read(&measure->before, work->rack.work);
		lay_out(work);
	}
	run(work, test->arguments, &measure->outcome);
	memcpy(measure->counts, work->rack.faults->counts, sizeof(measure->counts));
	tree_read(&measure->after, work->rack.work);
	if (measure->outcome.hung || measure->outcome.status > (test->talks ? 3 : 1))
		die("torture: %s without any fault: status %d\n%s", test->label, measure->outcome.status,
		    strbuf_text(&measure->outcome.err));
	if (test->before[0] && tree_is(&measure->before, &measure->after))
		die("torture: %s: what comes before it is what it makes", test->label);
	/* An answer that is not understood leaves the plan as it was. */
	if (test->input && strstr(test->input, "save") && tree_is(&measure->before, &measure->after))
		die("torture: %s without any fault: nothing was saved\n%s", test->label,
		    strbuf_text(&measure->outcome.err));
}

/* ---- one fault, one kill ---- */

static void report(const struct work *work, const char *what, const char *error, unsigned turn,
		   const struct outcome *outcome, const struct strbuf *why)
{
	const struct strbuf *said = &outcome->err;
	struct strbuf text = STRBUF_INIT;

	if (!why->length) {
		count_up(&common->passed);
		return;
	}
	count_up(&common->failed);
	strbuf_printf(&text, "failed: %s: %s %u (%s): %sstatus %d: %s\n", work->test->label, what, turn, error,
		      strbuf_text(why), outcome->status,
		      strbuf_text(said) + (said->length > 300 ? said->length - 300 : 0));
	/* At once, so that those of several workers do not mix. */
	if (write(STDOUT_FILENO, strbuf_text(&text), text.length) < 0)
		die("torture: %s", strerror(errno));
	strbuf_clear(&text);
}

/* Who cannot tidy up leaves something; it has to go with the next run. */
static bool may_leave(enum fault_call call)
{
	return call <= FAULT_realloc || call == FAULT_unlink || call == FAULT_unlinkat || call == FAULT_rmdir ||
	       call == FAULT_openat || (call >= FAULT_fdopendir && call <= FAULT_closedir) ||
	       (call >= FAULT_clock_gettime && call <= FAULT_localtime_r);
}

static void run_again(struct work *work, const struct verdict *verdict)
{
	const struct torture_case *test = work->test;
	struct outcome again = { 0 };

	tree_put(&(struct tree){ NULL, 0 }, work->rack.state);
	work->rack.faults->way = FAULT_NEVER;
	if (test->again[0])
		run_case(&work->rack, test, test->again, &again);
	else
		run(work, test->arguments, &again);
	judge_again(verdict, &again);
	outcome_clear(&again);
}

static bool is_stream(enum fault_call call)
{
	return call >= FAULT_fopen && call <= FAULT_setvbuf;
}

/* False: there is no such call left. */
static bool fail_one(struct work *work, const struct fault_row *row, unsigned turn)
{
	struct faults *faults = work->rack.faults;
	struct strbuf why = STRBUF_INIT;
	struct outcome outcome = { 0 };
	struct verdict verdict = { .test = work->test, .measure = &work->measure, .rack = &work->rack,
				   .outcome = &outcome, .silent = is_stream(row->call), .why = &why };
	bool is_new, struck;

	verdict.may_leave = may_leave(row->call);
	lay_out(work);
	faults->call = row->call;
	faults->error = row->error;
	faults->turn = turn;
	faults->way = row->way;
	run(work, work->test->arguments, &outcome);
	faults->way = FAULT_NEVER;
	struck = faults->struck > 0;
	if (struck) {
		__atomic_fetch_add(&common->struck[row->call], 1, __ATOMIC_RELAXED);
		judge(&verdict, &is_new);
		if (verdict.has_left)
			run_again(work, &verdict);
		if (row->harmless && (outcome.status != work->measure.outcome.status || !is_new))
			strbuf_puts(&why, "this is no fault, yet it fails\n");
		report(work, call_names[row->call],
		       row->way == FAULT_SHORT	  ? "in part"
		       : row->way == FAULT_ALWAYS ? "for ever"
		       : row->way == FAULT_FULL	  ? "full"
						  : strerrorname_np(row->error),
		       turn, &outcome, &why);
	}
	outcome_clear(&outcome);
	strbuf_clear(&why);
	return struck;
}

/* False: it ends before it. */
static bool kill_one(struct work *work, unsigned turn)
{
	const struct torture_case *test = work->test;
	struct outcome outcome = { 0 };
	struct strbuf why = STRBUF_INIT;
	struct verdict verdict = { .test = test, .measure = &work->measure, .rack = &work->rack,
				   .outcome = &outcome, .killed = true, .may_leave = true, .why = &why };
	bool is_new, killed;

	lay_out(work);
	killed = run_killed(&work->rack, test, turn, &outcome);
	if (killed) {
		count_up(&common->kills);
		judge(&verdict, &is_new);
		if (is_new)
			count_up(&common->replaced);
		run_again(work, &verdict);
		report(work, "killed before call", "SIGKILL", turn, &outcome, &why);
	}
	outcome_clear(&outcome);
	strbuf_clear(&why);
	return killed;
}

/* ---- all of them ---- */

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

/* Not while the counts of a coverage build are written, which would be lost for all. */
static bool may_kill(const struct torture_case *test)
{
	return !test->screen && !getenv("NO_KILLS");
}

/* One call of the case NUMBER, every turn; the row behind the last one is the kills. */
static void do_job(struct work *work, const struct torture_case *test, size_t number, size_t row)
{
	unsigned step = 1, first = 1;

	if (work->test != test)
		take_up(work, test);
	if (row == ROWS) {
		if (is_quick())
			step = 5;
		for (unsigned turn = 1; may_kill(test) && kill_one(work, turn); turn += step)
			;
		return;
	}
	/* The full screen waits for keys by poll, which is no part of saving. */
	if (work->measure.counts[rows[row].call] == 0 || (test->screen && rows[row].call == FAULT_poll))
		return;
	if (rows[row].call <= FAULT_realloc) {
		/* Cases begin alike: each takes other ones. */
		step = memory_step();
		first += (unsigned)number % step;
	}
	for (unsigned turn = first; fail_one(work, &rows[row], turn); turn += step)
		;
}

static void work_off(const char *folder, unsigned number, const char *only)
{
	struct work work = { .test = NULL };
	const struct torture_case *cases;
	size_t count;

	cases = torture_cases(&count);
	rack_open(&work.rack, folder, number);
	for (unsigned job; (job = count_up(&common->next_job)) < count * (ROWS + 1);) {
		size_t at = job / (ROWS + 1);

		if (!only || str_eq(only, cases[at].label))
			do_job(&work, &cases[at], at, job % (ROWS + 1));
	}
	tree_clear(&work.measure.before);
	tree_clear(&work.measure.after);
	outcome_clear(&work.measure.outcome);
	rack_close(&work.rack);
}

int main(int argc, char **argv)
{
	long workers = sysconf(_SC_NPROCESSORS_ONLN);
	bool fine = true;

	if (argc > 1 && str_eq(argv[1], "--calls")) {
		for (size_t i = 0; i < FAULT_COUNT; i++)
			puts(call_names[i]);
		return 0;
	}
	if (argc < 2)
		die("torture: name a folder to work in");
	common = mmap(NULL, sizeof(*common), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (common == MAP_FAILED)
		die("torture: %s", strerror(errno));
	for (long i = 0; i < workers; i++) {
		pid_t child = fork();

		if (child < 0)
			die("torture: fork: %s", strerror(errno));
		if (child == 0) {
			work_off(argv[1], (unsigned)i, argc > 2 ? argv[2] : NULL);
			exit(0);
		}
	}
	for (int status; wait(&status) > 0 || errno == EINTR;)
		fine = fine && status == 0;
	for (size_t i = 0; i < FAULT_COUNT; i++) {
		if (!common->struck[i])
			printf("never failed: %s\n", call_names[i]);
	}
	printf("kills: %u, %u of them behind the change\n", common->kills, common->replaced);
	printf("%u passed, %u failed\n", common->passed, common->failed + !fine);
	return fine && !common->failed ? 0 : 1;
}
