/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Big and hostile plan files: time and memory of the program beside those of libyaml's event loop over the same file.
 */
#include "bench.h"

#include "render/render.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <yaml.h>

#define RUNS 15
#define RENDERS 9
#define ENOUGH_MS 6000          /* of all rounds: what takes long is hardly stretched by anything else */
#define LEAST_MS 5
#define EVENTS_SECONDS 2        /* libyaml needs minutes for a MiB of "[": this much is time enough to compare with */
#define MIB (1024u * 1024u)

int bench_events(const char *path)
{
	const struct rlimit limit = { EVENTS_SECONDS, EVENTS_SECONDS };
	FILE *file = fopen(path, "rb");
	yaml_parser_t parser;
	yaml_event_t event;
	bool more = true;

	if (!file || setrlimit(RLIMIT_CPU, &limit) < 0 || !yaml_parser_initialize(&parser))
		return 2;
	yaml_parser_set_input_file(&parser, file);
	while (more && yaml_parser_parse(&parser, &event)) {
		more = event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	fclose(file);
	return more ? 1 : 0;
}

static double ms_of(struct timeval time)
{
	return (double)time.tv_sec * 1000 + (double)time.tv_usec / 1000;
}

/* Its time is that of the processor, which other programs on the machine do not stretch. */
static struct bench_run run_once(const char *const *given)
{
	char *words[6] = { NULL };
	struct rusage usage;
	struct bench_run run;
	pid_t child;
	int status;

	child = fork();
	if (child < 0)
		die("fork: %s", strerror(errno));
	if (child == 0) {
		int nowhere = open("/dev/null", O_RDWR);

		if (nowhere < 0 || dup2(nowhere, 0) < 0 || dup2(nowhere, 1) < 0 || dup2(nowhere, 2) < 0)
			_exit(126);
		for (size_t i = 0; given[i]; i++)
			memcpy(&words[i], &given[i], sizeof(words[i])); /* execvp() changes nothing */
		execvp(words[0], words);
		_exit(127);
	}
	if (wait4(child, &status, 0, &usage) != child)
		die("wait: %s", strerror(errno));
	run.ms = ms_of(usage.ru_utime) + ms_of(usage.ru_stime);
	run.kib = (double)usage.ru_maxrss;
	run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return run;
}

static struct bench_run run_case(const struct bench_case *which)
{
	const char *const removal[] = { "rm", "-r", which->leaves, NULL };
	struct bench_run run = run_once(which->words);

	if (which->leaves && run.status == 0 && run_once(removal).status != 0)
		die("%s: it cannot be removed", which->leaves);
	return run;
}

static void keep(struct bench_run *kept, struct bench_run run, bool first)
{
	if (first || run.ms < kept->ms)
		kept->ms = run.ms;
	if (run.kib > kept->kib)
		kept->kib = run.kib;
	if (first || !kept->status)
		kept->status = run.status;
}

void bench_run_in_turns(struct bench_case cases[], size_t count, unsigned rounds)
{
	double total = 0;

	for (unsigned round = 0; round < rounds && total < ENOUGH_MS; round++)
		for (size_t i = 0; i < count; i++) {
			struct bench_run run = run_case(&cases[i]);

			keep(&cases[i].run, run, round == 0);
			total += run.ms;
		}
}

static FILE *create(char *path, size_t room, const char *name)
{
	FILE *file;

	snprintf(path, room, "%s/%s.yaml", bench_folder(), name);
	file = fopen(path, "wb");
	if (!file)
		die("%s: %s", path, strerror(errno));
	return file;
}

static double finish(FILE *file, const char *path)
{
	struct stat entry;

	if (fclose(file) != 0 || stat(path, &entry) < 0)
		die("%s: %s", path, strerror(errno));
	return (double)entry.st_size;
}

double bench_write_plan(char *path, size_t room, const char *name, unsigned count)
{
	FILE *file = create(path, room, name);
	unsigned i;

	fputs("scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO\nlicense-accepted: true\n"
	      "accounts:\n  data-access: { kind: domain, user: 'CONTOSO\\svc-das' }\n"
	      "  data-reader: { user: 'CONTOSO\\svc-reader' }\ndatabases:\n"
	      "  operational: { server: SQL01, name: OperationsManager }\n"
	      "  data-warehouse: { server: SQL02, name: OperationsManagerDW }\nservers:\n"
	      "  - { name: MS000000, roles: [management-server] }\n",
	      file);
	for (i = 1; i < count; i++)
		fprintf(file, "  - { name: GW%06u, roles: [gateway] }\n", i);
	return finish(file, path);
}

/* Plans of SERVERS servers, of half as many, and of 300; what is written to a folder goes below SCRATCH. */
struct format_paths {
	const char *small, *half, *whole;
	const char *servers, *scratch;
};

/* IS_COMPARED: beside check. */
static void bench_format(const char *format, const struct format_paths *paths, bool is_compared)
{
	char folder[300], option[310], what[80];
	const char *program = bench_program(), *output = paths->scratch ? option : NULL;
	const char *leaves = paths->scratch ? folder : NULL;
	struct bench_case cases[] = {
		{ .words = { program, "render", format, paths->small, output }, .leaves = leaves },
		{ .words = { program, "render", format, paths->half, output }, .leaves = leaves },
		{ .words = { program, "render", format, paths->whole, output }, .leaves = leaves },
		{ .words = { program, "check", paths->whole } },
	};
	const struct bench_run *small = &cases[0].run, *half = &cases[1].run, *whole = &cases[2].run;

	snprintf(folder, sizeof(folder), "%s/scupgrade-rendered-%ld", paths->scratch ? paths->scratch : "",
		 (long)getpid());
	snprintf(option, sizeof(option), "--output=%s", folder);
	bench_run_in_turns(cases, ARRAY_LEN(cases), RENDERS);
	if (small->status != 0 || half->status != 0 || whole->status != 0) {
		snprintf(what, sizeof(what), "render %s", format);
		bench_left_out(what, "it failed");
		return;
	}
	if (is_compared) {
		snprintf(what, sizeof(what), "render %s of %s servers, beside check", format, paths->servers);
		bench_row(what, whole->ms / cases[3].run.ms, "times", 3);
	}
	snprintf(what, sizeof(what), "render %s of %s servers, beside half of them", format, paths->servers);
	bench_row(what, whole->ms / half->ms, "times", 2.3);
	snprintf(what, sizeof(what), "render %s of 300 servers", format);
	bench_row(what, small->ms, "ms", 500);
}

/* Where files cost no disk: to see thousands of them through to a disk takes the system whatever it takes. */
static const char *memory_folder(void)
{
	return access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : bench_folder();
}

/* Every format: 300 servers in a moment, and linear up to 100,000. Two files for each server are the system's time
 * more than ours: of those only whether they are linear. */
static void bench_formats(const char *half_path, const char *path)
{
	char small_path[300], few_path[300], more_path[300];
	struct format_paths paths = { small_path, half_path, path, "100,000", NULL };
	struct format_paths few = { small_path, few_path, more_path, "4,000", memory_folder() };

	bench_write_plan(small_path, sizeof(small_path), "small", 300);
	bench_write_plan(few_path, sizeof(few_path), "few", 2000);
	bench_write_plan(more_path, sizeof(more_path), "more", 4000);
	for (const struct renderer *renderer = renderers; renderer->name; renderer++)
		bench_format(renderer->name, &paths, true);
	paths.scratch = memory_folder();
	for (const struct folder_renderer *renderer = folder_renderers; renderer->name; renderer++) {
		if (str_eq(renderer->name, "command-files"))
			bench_format(renderer->name, &few, false);
		else
			bench_format(renderer->name, &paths, true);
	}
	unlink(small_path);
	unlink(few_path);
	unlink(more_path);
}

static void bench_big(void)
{
	char half_path[300], path[300];
	const char *program = bench_program();
	struct bench_case cases[] = {
		{ .words = { bench_itself(), "--events", path } },
		{ .words = { program, "check", half_path } },
		{ .words = { program, "check", path } },
		{ .words = { program, "steps", path } },
	};
	const struct bench_run *events = &cases[0].run, *half = &cases[1].run, *whole = &cases[2].run;
	double bytes;

	bench_write_plan(half_path, sizeof(half_path), "half", 50000);
	bytes = bench_write_plan(path, sizeof(path), "whole", 100000);
	bench_run_in_turns(cases, ARRAY_LEN(cases), RUNS);
	if (events->status != 0 || whole->status != 0 || half->status != 0) {
		bench_left_out("check of 100,000 servers", "check finds errors in the plan that the bench wrote");
		return;
	}
	printf("(a plan of 100,000 servers has %.1f MiB; bare events %.0f ms, check %.0f ms)\n", bytes / MIB,
	       events->ms, whole->ms);
	bench_row("check of 100,000 servers, beside libyaml's bare events", whole->ms / events->ms, "times", 1.4);
	bench_row("  its memory, beside the size of the file", whole->kib * 1024 / bytes, "times", 6);
	bench_row("  100,000 servers beside 50,000", whole->ms / half->ms, "times", 2.3);
	if (cases[3].run.status == 0)
		bench_row("steps of 100,000 servers, beside check", cases[3].run.ms / whole->ms, "times", 3);
	else
		bench_left_out("steps of 100,000 servers, beside check", "it failed");
	bench_formats(half_path, path);
	unlink(half_path);
	unlink(path);
}

/* 1 MiB of PIECE over and over behind HEAD. */
static const struct hostile {
	const char *name, *head, *piece;
} hostile[] = {
	{ "nested lists", "scupgrade: 1\nservers: ", "[" },
	{ "nested mappings", "scupgrade: 1\nservers: ", "{a: " },
	{ "nested blocks", "", "- " },
	{ "nested question marks", "", "? " },
	{ "open quote", "scupgrade: 1\nmanagement-group: '", "x" },
	{ "open double quote", "scupgrade: 1\nmanagement-group: \"", "\\x41" },
	{ "long plain value", "scupgrade: 1\nmanagement-group: ", "ab " },
	{ "folded block", "scupgrade: 1\nmanagement-group: >\n", "  x\n\n" },
	{ "long comment", "scupgrade: 1\n#", "#" },
	{ "many comments", "scupgrade: 1\n", "#\n" },
	{ "empty lines", "scupgrade: 1\n", "\n" },
	{ "the same key", "scupgrade: 1\n", "product: operations-manager\n" },
	{ "unknown keys", "scupgrade: 1\n", "unknown-key-that-is-rather-long: 1\n" },
	{ "aliases", "a: &a [x]\nservers:\n", "- *a\n" },
	{ "anchors", "servers:\n", "- &a x\n" },
	{ "tags", "servers:\n", "- !!str x\n" },
	{ "documents", "scupgrade: 1\n", "---\n" },
	{ "directives", "", "%YAML 1.1\n" },
	{ "bad servers", "scupgrade: 1\nservers:\n", "- { nam: 'a b', rolls: [gatway] }\n" },
	{ "empty servers", "scupgrade: 1\nservers: [", "{}," },
	{ "one server, many times", "scupgrade: 1\nservers: [", "{name: A}," },
	{ "commas", "scupgrade: 1\nservers: [", "," },
	{ "colons", "", ": " },
	{ "tabs", "scupgrade: 1\nservers:\n", "\t" },
	{ "control characters", "scupgrade: 1\nmanagement-group: \"", "\\u202e\\e" },
	{ "zero bytes", "", "" },
	{ "bytes that are no UTF-8", "scupgrade: 1\nmanagement-group: ", "\xff\xfe" },
};

static void write_hostile(char *path, size_t room, const struct hostile *input)
{
	FILE *file = create(path, room, "hostile");
	size_t length = strlen(input->piece), total = strlen(input->head);

	fputs(input->head, file);
	while (total < MIB) {
		if (length)
			fputs(input->piece, file);
		else
			fputc(0, file);
		total += length ? length : 1;
	}
	finish(file, path);
}

static void bench_hostile(void)
{
	const char *slowest = "", *largest = "";
	double times = 0, kib = 0;
	char path[300];

	for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
		struct bench_case cases[] = {
			{ .words = { bench_itself(), "--events", path } },
			{ .words = { bench_program(), "check", path } },
		};
		const struct bench_run *run = &cases[1].run;
		double needed;

		write_hostile(path, sizeof(path), &hostile[i]);
		bench_run_in_turns(cases, ARRAY_LEN(cases), RUNS);
		if (run->status != 1 && run->status != 2)
			printf("check of a hostile MiB (%s) ends with %d\n", hostile[i].name, run->status);
		/* Of what libyaml refuses at once little but our start is left. */
		needed = run->ms / (cases[0].run.ms + LEAST_MS);
		if (needed > times) {
			times = needed;
			slowest = hostile[i].name;
		}
		if (run->kib > kib) {
			kib = run->kib;
			largest = hostile[i].name;
		}
	}
	unlink(path);
	printf("(%zu hostile inputs of 1 MiB; slowest: %s, largest: %s)\n", ARRAY_LEN(hostile), slowest, largest);
	bench_row("check of the slowest hostile MiB, beside libyaml's bare events", times, "times", 1.5);
	bench_row("check of the largest hostile MiB", kib / 1024, "MiB", 32);
}

void bench_plans(void)
{
	bench_big();
	bench_hostile();
}
