/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Logs of 100 MB: the program beside "grep -E" with all its patterns' literals, in UTF-8 and UTF-16, its memory, and
 * the slowest of some hostile logs.
 */
#include "bench.h"

#include "model/flow.h"

#include <unistd.h>

#define MB 1000000u
#define LOG_SIZE (100 * MB)
#define HOSTILE_SIZE (10 * MB)

static const char *const lines[] = {
	"[20:%02u:%02u]:\tInfo:\t:Info:Reading the registry value DatabaseServerName, pass %u.\r\n",
	"[20:%02u:%02u]:\tDebug:\t:Checking whether the feature OMConsole is installed (%u).\r\n",
	"[20:%02u:%02u]:\tAlways:\t:Entering page: PrerequisitesPage %u\r\n",
	"[20:%02u:%02u]:\tInfo:\t:Info:Changed database context to 'OperationsManager'. (%u)\r\n",
	"[20:%02u:%02u]:\tInfo:\t:ImportManagementPack: Loading management pack %u\r\n",
	"[20:%02u:%02u]:\tInfo:\t:Info:The value of InstallDirectory is C:\\Program Files\\Operations Manager\\%u\r\n",
	"[20:%02u:%02u]:\tInfo:\t:Info:SetProgressScreen: currentInstallItem Management server, step %u of all\r\n",
	"[20:%02u:%02u]:\tInfo:\t:Info:Executing a batch of the SQL script build_mom_db.sql, statement %u\r\n",
};

static FILE *create_log(char *path, size_t room, const char *name)
{
	FILE *file;

	snprintf(path, room, "%s/%s", bench_folder(), name);
	file = fopen(path, "wb");
	if (!file)
		die("%s cannot be written", path);
	return file;
}

static void write_log(char *path, size_t room, bool wide)
{
	FILE *file = create_log(path, room, wide ? "wide.log" : "plain.log");
	char line[160], twice[320];

	if (wide)
		fputs("\xFF\xFE", file);
	for (unsigned i = 0, total = 0; total < LOG_SIZE; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		int length = snprintf(line, sizeof(line), lines[i % ARRAY_LEN(lines)], i / 100 % 60, i % 60, i);
#pragma GCC diagnostic pop

		for (int k = 0; wide && k < length; k++) {
			twice[2 * k] = line[k];
			twice[2 * k + 1] = '\0';
		}
		fwrite(wide ? twice : line, 1, (size_t)(wide ? 2 * length : length), file);
		total += (unsigned)length;
	}
	if (fclose(file) != 0)
		die("%s cannot be written", path);
}

static void put_literal(FILE *file, const struct sign_text *text)
{
	for (const char *at = text->literal; at && *at; at++) {
		if (strchr("\\.[]{}()*+?^$|", *at))
			fputc('\\', file);
		fputc(*at == '\t' ? ' ' : *at, file);
	}
	if (text->literal)
		fputc('\n', file);
}

/* What the program looks for, as patterns of grep. */
static void write_patterns(char *path, size_t room)
{
	FILE *file = create_log(path, room, "patterns");

	for (size_t i = 0; flow_at(i); i++) {
		const struct log_tables *tables = flow_at(i)->logs;

		for (size_t k = 0; tables->signs[k]; k++)
			for (const struct sign *sign = tables->signs[k]; sign->id; sign++)
				for (size_t t = 0; t < SIGN_TEXTS; t++)
					put_literal(file, &sign->texts[t]);
		for (size_t k = 0; tables->marks[k]; k++)
			for (const struct log_mark *mark = tables->marks[k]; mark->logs; mark++)
				put_literal(file, &mark->text);
		for (size_t k = 0; tables->noise[k]; k++)
			for (const struct log_noise *noise = tables->noise[k]; noise->logs; noise++)
				put_literal(file, &noise->text);
	}
	if (fclose(file) != 0)
		die("%s cannot be written", path);
}

static const struct {
	const char *name, *piece;
} hostile[] = {
	{ "one line", "x" },
	{ "line feeds", "\n" },
	{ "bytes", "\xFF\x01" },
	{ "a literal", "error 1920 " },
	{ "a place", "Return value 3." },
	{ "error lines", "[20:00:00]:\tError:\t:Login failed for user 'x'.\n" },
	{ "beginnings of a pattern", "ISAPI and CGI " },
	{ "open records", "<Result StatusCode=\"2\">" },
	{ "names of secrets", "Login failed for user password=\n" },
};

static void bench_hostile_logs(void)
{
	const char *slowest = "";
	double ms = 0, kib = 0;
	char path[300];

	for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
		FILE *file = create_log(path, sizeof(path), "hostile.log");
		struct bench_case hostile_case = { .words = { bench_program(), "diagnose", path } };
		struct bench_run run;

		for (size_t total = 0; total < HOSTILE_SIZE; total += strlen(hostile[i].piece))
			fputs(hostile[i].piece, file);
		if (fclose(file) != 0)
			die("%s cannot be written", path);
		bench_run_in_turns(&hostile_case, 1, 3);
		run = hostile_case.run;
		if (run.ms > ms) {
			ms = run.ms;
			slowest = hostile[i].name;
		}
		if (run.kib > kib)
			kib = run.kib;
	}
	unlink(path);
	printf("(%zu hostile logs of 10 MB; slowest: %s)\n", ARRAY_LEN(hostile), slowest);
	bench_row("diagnose of the slowest hostile log, for each MB", ms / 10, "ms", 400);
	bench_row("  memory of the largest", kib / 1024, "MiB", 16);
}

void bench_logs(void)
{
	char plain[300], wide[300], patterns[300], search[700];
	/* Through a pipe: what goes nowhere grep does not look for. */
	struct bench_case cases[] = {
		{ .words = { "sh", "-c", search } },
		{ .words = { bench_program(), "diagnose", plain } },
		{ .words = { bench_program(), "diagnose", wide } },
	};
	struct bench_run grep, utf8, utf16;

	write_log(plain, sizeof(plain), false);
	write_log(wide, sizeof(wide), true);
	write_patterns(patterns, sizeof(patterns));
	snprintf(search, sizeof(search), "LC_ALL=C.UTF-8 grep -E -c -f '%s' '%s' | cat", patterns, plain);
	bench_run_in_turns(cases, ARRAY_LEN(cases), 3);
	grep = cases[0].run;
	utf8 = cases[1].run;
	utf16 = cases[2].run;
	printf("(a log of 100 MB: grep -E %.0f ms, diagnose %.0f ms)\n", grep.ms, utf8.ms);
	if (grep.status > 1 || utf8.status != 0 || utf16.status != 0) {
		bench_left_out("diagnose of 100 MB", "it failed, or there is no grep");
	} else {
		bench_row("diagnose of 100 MB, beside grep -E with all literals", utf8.ms / grep.ms, "times", 2);
		bench_row("  of the same text in UTF-16, beside the same grep", utf16.ms / grep.ms, "times", 2);
		bench_row("  its memory", utf8.kib / 1024, "MiB", 16);
	}
	unlink(plain);
	unlink(wide);
	unlink(patterns);
	bench_hostile_logs();
}
