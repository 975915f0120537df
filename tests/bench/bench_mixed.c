/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Plans whose servers stand in odd orders, have several roles, or facts of their own: twice as many servers may take
 * twice as long.
 */
#include "bench.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROUNDS 9
#define ROLES_MOST 5

static const char operations[] = "scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO\n"
				 "license-accepted: true\naccounts:\n  data-access: { user: 'CONTOSO\\das' }\n"
				 "  data-reader: { user: 'CONTOSO\\reader' }\nservers:\n";
static const char automation[] = "scupgrade: 1\nproduct: service-management-automation\nmedia-folder: 'C:\\sma'\n"
				 "license: evaluation\n"
				 "database: { server: SQL01, name: SMA, backup-file: 'E:\\SMA.bak' }\n"
				 "monitoring: { operations-manager: false }\naccounts:\n"
				 "  worker-service: { user: 'CONTOSO\\sma' }\n"
				 "  application-pool: { user: 'CONTOSO\\web' }\nservers:\n";

/* COUNT servers with ROLES, which they have in TURN or, a part of the list each, one behind the other. */
static const struct mixed {
	const char *what, *head;
	unsigned count;
	bool turn, facts;               /* FACTS: of each server, in the folder beside the plan */
	const char *roles[ROLES_MOST];
	const char *command[3];         /* what stands before the plan */
	bool folder;                    /* it writes one */
} mixed[] = {
	{ .what = "steps, gateways first", .head = operations, .count = 30000,
	  .roles = { "gateway", "management-server" }, .command = { "steps" } },
	{ .what = "steps, each with facts", .head = operations, .count = 2000, .facts = true,
	  .roles = { "management-server" }, .command = { "steps" } },
	{ .what = "render powershell, roles in turn", .head = operations, .count = 20000, .turn = true,
	  .roles = { "management-server", "gateway", "web-console", "operations-console", "agent" },
	  .command = { "render", "powershell" } },
	{ .what = "render ansible, two roles each", .head = automation, .count = 8000,
	  .roles = { "runbook-worker, web-service" }, .command = { "render", "ansible" }, .folder = true },
};

static FILE *create(const char *path)
{
	FILE *file = fopen(path, "wb");

	if (!file)
		die("%s: %s", path, strerror(errno));
	return file;
}

static void write_facts(const char *folder, unsigned count)
{
	char path[400];

	if (mkdir(folder, 0700) < 0)
		die("%s: %s", folder, strerror(errno));
	for (unsigned i = 0; i < count; i++) {
		FILE *file;

		snprintf(path, sizeof(path), "%s/s%06u.facts.yaml", folder, i);
		file = create(path);
		fprintf(file, "scupgrade-facts: 1\nserver: 's%06u'\ncollected: '2026-11-21T12:00:00Z'\n"
			      "builds:\n  file-version: '7.1.10226.1387'\n", i);
		fclose(file);
	}
}

/* "NAME.yaml" in the scratch folder, its path to PATH of ROOM bytes. */
static void write_plan(const struct mixed *row, const char *name, unsigned count, char *path, size_t room)
{
	char facts[300];
	unsigned roles = 0;
	FILE *file;

	snprintf(path, room, "%s/%s.yaml", bench_folder(), name);
	file = create(path);
	while (roles < ROLES_MOST && row->roles[roles])
		roles++;
	fputs(row->head, file);
	for (unsigned i = 0; i < count; i++)
		fprintf(file, "  - { name: S%06u, roles: [%s] }\n", i,
			row->roles[row->turn ? i % roles : i * roles / count]);
	fclose(file);
	snprintf(facts, sizeof(facts), "%s/%s.facts", bench_folder(), name);
	if (row->facts)
		write_facts(facts, count);
}

static struct bench_case case_of(const struct mixed *row, const char *path, const char *output, const char *folder)
{
	struct bench_case made = { .words = { bench_program() }, .leaves = row->folder ? folder : NULL };
	size_t count = 1;

	for (size_t i = 0; row->command[i]; i++)
		made.words[count++] = row->command[i];
	made.words[count++] = path;
	made.words[count] = row->folder ? output : NULL;
	return made;
}

void bench_mixed(void)
{
	char half[300], whole[300], folder[300], output[320], what[100];

	snprintf(folder, sizeof(folder), "%s/mixed", bench_folder());
	snprintf(output, sizeof(output), "--output=%s", folder);
	for (size_t i = 0; i < ARRAY_LEN(mixed); i++) {
		const struct mixed *row = &mixed[i];

		write_plan(row, row->facts ? "half-facts" : "half-mixed", row->count / 2, half, sizeof(half));
		write_plan(row, row->facts ? "whole-facts" : "whole-mixed", row->count, whole, sizeof(whole));
		struct bench_case cases[] = {
			case_of(row, half, output, folder),
			case_of(row, whole, output, folder),
		};
		bench_run_in_turns(cases, ARRAY_LEN(cases), ROUNDS);
		snprintf(what, sizeof(what), "%s: %u beside half of them", row->what, row->count);
		if (cases[0].run.status == 0 && cases[1].run.status == 0)
			bench_row(what, cases[1].run.ms / cases[0].run.ms, "times", 2.3);
		else
			bench_left_out(what, "it failed");
		unlink(half);
		unlink(whole);
	}
}
