/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Logs of failures in 5,000 lines of noise, logs of good runs, hostile logs, and that it never matters where windows
 * end.
 */
#include "log_maker.h"

#include "helpers.h"

#include "core/text.h"

#define LINES 5000u

static struct catalog *catalog;

static int set_up(void **state)
{
	(void)state;
	catalog = catalog_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	catalog_free(catalog);
	return 0;
}

static struct log_result read_text(const char *name, const struct strbuf *text, struct arena *arena)
{
	return log_read(catalog, name, strbuf_text(text), text->length, arena);
}

/* ---- failures ---- */

static void check_failure(const struct sample *sample, unsigned variant)
{
	const struct sign *sign = log_sign(catalog, sample->sign);
	struct arena *arena = arena_new();
	struct strbuf text = STRBUF_INIT;
	struct log_result result;

	log_make(&text, sample->log, sample, LINES, variant);
	result = read_text(sample->log, &text, arena);
	assert_labelled(sample->sign, result.lines >= LINES && result.shape);
	/* Where it broke off, and what only says that it did, give way to each other. */
	if (sign->role == SIGN_CAUSE)
		assert_text(sample->sign, sample->sign, log_decisive(&result));
	strbuf_clear(&text);
	arena_free(arena);
}

static void test_diagnose__failure_in_noise__the_right_one_decides(void **state)
{
	struct arena *arena = arena_new();
	unsigned count = 0;

	(void)state;
	for (const struct sample *sample = samples_load(arena); sample->sign; sample++)
		check_failure(sample, count++);
	assert_true(count >= 100);
	arena_free(arena);
}

static void test_diagnose__good_runs__nothing_decides(void **state)
{
	static const char *const names[] = {
		"OpsMgrSetupWizard.log",   "OMReporting.log",     "MOMGateway.log", "MOMAgent.log",
		"SMA-WorkerInstaller.log", "SCOMPrereqCheck.log", "Setup0.log",     "events.txt",
		"SSHCommandProbe.log",     "PC1AgentInstall.LOG"
	};
	struct arena *arena = arena_new();

	(void)state;
	for (unsigned i = 0; i < 2 * ARRAY_LEN(names); i++) {
		const char *name = names[i / 2];
		struct strbuf text = STRBUF_INIT;
		struct log_result result;

		log_make(&text, name, NULL, LINES, i);
		result = read_text(name, &text, arena);
		assert_text(name, "", log_decisive(&result));
		assert_labelled(name, result.verdict != LOG_ENDED_BADLY);
		strbuf_clear(&text);
	}
	arena_free(arena);
}

/* The last run counts, whatever the one before said; a file that ends in the middle of one says so. */
static void test_diagnose__several_runs__the_last_one_counts(void **state)
{
	static const char begin[] = "=== Verbose logging started: 1\n", bad[] = "MainEngineThread is returning 1603\n",
			  good[] = "MainEngineThread is returning 0\n",
			  cause[] = "Error 1921. Service could not be stopped.\n";
	struct arena *arena = arena_new();
	struct strbuf text = STRBUF_INIT;
	struct log_result result;

	(void)state;
	strbuf_printf(&text, "%s%s%s%s%s", begin, cause, bad, begin, good);
	result = read_text("a.log", &text, arena);
	assert_string_equal("", log_decisive(&result));
	assert_int_equal(result.runs, 2);
	assert_int_equal(result.verdict, LOG_ENDED_WELL);
	strbuf_printf(&text, "%s%s%s", begin, cause, bad);
	result = read_text("a.log", &text, arena);
	assert_string_equal("service-not-stopped", log_decisive(&result));
	assert_int_equal(result.findings[0].line, 7);
	assert_true(result.has_status && result.status == 1603);
	strbuf_puts(&text, begin);
	result = read_text("a.log", &text, arena);
	assert_string_equal("service-not-stopped", log_decisive(&result));
	assert_int_equal(result.runs, 4);
	strbuf_clear(&text);
	arena_free(arena);
}

/* A block: both lines, near each other; the one alone, or too far away, is none. */
static void test_diagnose__block__both_lines_have_to_be_near(void **state)
{
	static const unsigned far[] = { 0, 3, 4, 5, 40 };
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < 2 * ARRAY_LEN(far); i++) {
		bool before = i % 2;
		struct strbuf text = STRBUF_INIT;

		strbuf_puts(&text, "Log Name: Operations Manager\n");
		strbuf_puts(&text, before ? "The old agent was uninstalled.\n" : "Error Code: 80070643\n");
		for (unsigned k = 0; k < far[i / 2]; k++)
			strbuf_puts(&text, "Level: Information\n");
		strbuf_puts(&text, before ? "Error Code: 80070643\n" : "The old agent was uninstalled.\n");
		struct log_result result = read_text("events.txt", &text, arena);
		assert_string_equal(far[i / 2] < 4 ? "push-uninstall-leftovers" : "push-msi-failed",
				    log_decisive(&result));
		strbuf_clear(&text);
	}
	arena_free(arena);
}

static void test_diagnose__nothing_known__last_errors_are_kept(void **state)
{
	struct arena *arena = arena_new();
	struct strbuf text = STRBUF_INIT;
	struct log_result result;

	(void)state;
	for (unsigned i = 1; i <= 20; i++)
		strbuf_printf(&text, "[20:00:00]:\tError:\t:Something new number %u.\n", i);
	result = read_text("OpsMgrSetupWizard.log", &text, arena);
	assert_string_equal("", log_decisive(&result));
	assert_int_equal(result.error_lines, 20);
	assert_int_equal(result.error_count, ERROR_LINES);
	assert_int_equal(result.errors[0].number, 1);
	assert_int_equal(result.errors[2].number, 3);
	assert_int_equal(result.errors[3].number, 18);
	assert_int_equal(result.errors[5].number, 20);
	assert_non_null(strstr(result.errors[5].text, "number 20."));
	strbuf_clear(&text);
	arena_free(arena);
}

/* What is shown of a long line is cut between characters, wherever the hit lies in it. */
static void test_diagnose__a_long_line_of_many_bytes_a_character__is_cut_between_them(void **state)
{
	(void)state;
	for (size_t shift = 0; shift < 8; shift++) {
		struct arena *arena = arena_new();
		struct strbuf text = STRBUF_INIT;
		struct log_result result;

		strbuf_fill(&text, 'x', shift);
		for (size_t i = 0; i < 700; i++)
			strbuf_puts(&text, i % 2 ? "\xE6\x97\xA5" : "\xF0\x9F\x98\x80");
		strbuf_puts(&text, "Error 1921. Service could not be stopped.");
		for (size_t i = 0; i < 700; i++)
			strbuf_puts(&text, i % 2 ? "\xE6\x97\xA5" : "\xF0\x9F\x98\x80");
		strbuf_puts(&text, "\r\n");
		result = read_text("a.log", &text, arena);
		assert_true(result.finding_count > 0);
		for (size_t i = 0; i < result.findings[0].context_count; i++) {
			const char *line = result.findings[0].context[i].text;

			assert_true(text_is_utf8(line, strlen(line)));
		}
		strbuf_clear(&text);
		arena_free(arena);
	}
}

/* ---- where windows end ---- */

/* What was found, without where it lies. */
static void describe(struct strbuf *out, const struct log_result *result, uint64_t lines_before)
{
	for (size_t i = 0; i < result->finding_count; i++) {
		const struct finding *finding = &result->findings[i];

		strbuf_printf(out, "%s %llu %llu %d\n", finding->sign->id,
			      (unsigned long long)(finding->line - lines_before), (unsigned long long)finding->count,
			      finding->weight);
		for (size_t k = 0; k < finding->context_count; k++)
			strbuf_printf(out, "%llu %s\n", (unsigned long long)(finding->context[k].number - lines_before),
				      finding->context[k].text);
	}
}

static const char failure_text[] =
	"[20:00:01]:\tInfo:\t:one\n[20:00:02]:\tInfo:\t:two\n[20:00:03]:\tInfo:\t:three\n"
	"[20:00:04]:\tError:\t:The transaction log for database 'OperationsManager' is full due to 'LOG_BACKUP'.\n"
	"[20:00:05]:\tError:\t:FATAL ACTION: InstallOperationalDatabase\n"
	"[20:00:06]:\tInfo:\t:four\n[20:00:07]:\tInfo:\t:five\n[20:00:08]:\tInfo:\t:six\n";

/* The same at every offset around the end of the first window: PADDING in lines, or in one long line. */
static void check_offsets(size_t first, size_t last, size_t step, bool long_line)
{
	struct strbuf expected = STRBUF_INIT;

	for (size_t padding = first; padding <= last; padding += step) {
		struct arena *arena = arena_new();
		struct strbuf text = STRBUF_INIT, found = STRBUF_INIT;
		size_t lines = 0;

		strbuf_puts(&text, "[20:00:00]:\tInfo:\t:begin\n");
		while (!long_line && text.length + 200 < padding) {
			strbuf_printf(&text, "[20:00:00]:\tInfo:\t:%099d\n", (int)lines);
			lines++;
		}
		strbuf_fill(&text, 'x', padding - text.length - 1);
		strbuf_puts(&text, "\n");
		strbuf_puts(&text, failure_text);
		/* No neighbours of the finding are padding: they have three lines before. */
		struct log_result result = read_text("OpsMgrSetupWizard.log", &text, arena);
		describe(&found, &result, result.lines - 8);
		if (!expected.length)
			strbuf_puts(&expected, strbuf_text(&found));
		assert_text("offset", strbuf_text(&expected), strbuf_text(&found));
		assert_string_equal("sql-log-full", log_decisive(&result));
		strbuf_clear(&text);
		strbuf_clear(&found);
		arena_free(arena);
	}
	strbuf_clear(&expected);
}

static void test_diagnose__every_offset_around_a_window__finds_the_same(void **state)
{
	(void)state;
	check_offsets(300, 700, 100, false);
	check_offsets(60000, 60900, 7, false);
	check_offsets(64800, 66200, 1, false);
	check_offsets(69000, 70200, 3, false);
	check_offsets(64800, 66200, 5, true);
	check_offsets(200000, 200100, 9, true);
}

/* A hit inside of one line of 200 KB, at every offset around the parts in which it is searched. */
static void test_diagnose__hit_in_a_long_line__found_at_every_offset(void **state)
{
	static const char hit[] = "The transaction log for database 'OperationsManager' is full due to 'LOG_BACKUP'.";

	(void)state;
	for (size_t before = 60000; before < 72000; before += before > 65000 && before < 66500 ? 1 : 97) {
		struct arena *arena = arena_new();
		struct strbuf text = STRBUF_INIT;
		struct log_result result;

		strbuf_puts(&text, "[20:00:00]:\tError:\t:");
		strbuf_fill(&text, 'x', before);
		strbuf_puts(&text, hit);
		strbuf_fill(&text, 'y', 140000 - before);
		strbuf_puts(&text, "\n");
		result = read_text("OpsMgrSetupWizard.log", &text, arena);
		assert_string_equal("sql-log-full", log_decisive(&result));
		assert_int_equal(result.findings[0].count, 1);
		assert_int_equal(result.findings[0].line, 1);
		assert_int_equal(result.findings[0].context_count, 1);
		assert_non_null(strstr(result.findings[0].means, "OperationsManager"));
		assert_non_null(strstr(result.findings[0].context[0].text, "is full due to"));
		strbuf_clear(&text);
		arena_free(arena);
	}
}

/* ---- encodings, secrets ---- */

static void widen(struct strbuf *out, const char *text, bool big)
{
	strbuf_add(out, big ? "\xFE\xFF" : "\xFF\xFE", 2);
	for (; *text; text++) {
		char pair[2] = { big ? '\0' : *text, big ? *text : '\0' };

		strbuf_add(out, pair, 2);
	}
}

static void test_diagnose__encodings__read_alike(void **state)
{
	struct arena *arena = arena_new();
	struct strbuf plain = STRBUF_INIT, wanted = STRBUF_INIT;

	(void)state;
	strbuf_puts(&plain, failure_text);
	struct log_result result = read_text("OpsMgrSetupWizard.log", &plain, arena);
	describe(&wanted, &result, 0);
	for (int kind = 0; kind < 4; kind++) {
		struct strbuf text = STRBUF_INIT, found = STRBUF_INIT;

		if (kind == 3)
			strbuf_puts(&text, "\xEF\xBB\xBF");
		if (kind == 3)
			strbuf_puts(&text, failure_text);
		else
			widen(&text, failure_text, kind == 1);
		if (kind == 2)
			strbuf_putc(&text, 'x');        /* half a character at the end */
		result = read_text("OpsMgrSetupWizard.log", &text, arena);
		describe(&found, &result, 0);
		if (kind != 2)
			assert_text("encoding", strbuf_text(&wanted), strbuf_text(&found));
		assert_string_equal("sql-log-full", log_decisive(&result));
		strbuf_clear(&text);
		strbuf_clear(&found);
	}
	strbuf_clear(&plain);
	strbuf_clear(&wanted);
	arena_free(arena);
}

static void test_diagnose__passwords_around_a_finding__are_masked(void **state)
{
	static const char text[] =
		"[20:00:01]:\tInfo:\t:CommandLine: setup.exe /silent /DASAccountPassword:hunter2 x "
		"/DataReaderUser:C\\r\n"
		"[20:00:02]:\tInfo:\t:Data Source=SQL01;Password=hunter2;User ID=sa\n"
		"[20:00:03]:\tError:\t:Login failed for user 'sa'. password=\"hunter2\"\n"
		"[20:00:04]:\tInfo:\t:PROPERTY CHANGE: Adding SQLPASSWORD property. Its value is 'hunter2'.\n"
		"[20:00:05]:\tError:\t:Something new, pwd: hunter2\n";
	struct strbuf log = STRBUF_INIT, found = STRBUF_INIT;
	struct arena *arena = arena_new();
	struct log_result result;

	(void)state;
	strbuf_puts(&log, text);
	result = read_text("OpsMgrSetupWizard.log", &log, arena);
	describe(&found, &result, 0);
	for (size_t i = 0; i < result.error_count; i++)
		strbuf_puts(&found, result.errors[i].text);
	assert_string_equal("sql-login-failed", log_decisive(&result));
	assert_null(strstr(strbuf_text(&found), "hunter2"));
	assert_non_null(strstr(strbuf_text(&found), "/DASAccountPassword:<masked> /DataReaderUser:C"));
	strbuf_clear(&log);
	strbuf_clear(&found);
	arena_free(arena);
}

/* ---- hostile ---- */

static void test_diagnose__hostile_logs__come_to_an_end(void **state)
{
	static const char *const pieces[] = {
		"x", "\n", "\r", " ", "\xFF", "\xC3", "\xEF\xBB", "Return value 3.", "error 1920", "FATAL ACTION:",
		"RollBack", "Starting*RollBack\n", "error: error: error:", "Property(S): password=",
		"transaction log for database ", "Application Ended: Failed\n", "=== Verbose logging started\n",
		"<Result StatusCode=\"2\"><Check>", "<Check Title=\"aCheckTitle\" StatusCode=\"2\" />", "</Result>",
		"SQL Server version 17.", "Microsoft.ACS.", "Could not load management pack ", "\\\\\\", "'''", "||||",
		"Note: 1: 2205", "Error Code: 80070005\n", "Event ID: 20052\n", "%n%s%s%n", "\x1B[2J", "\xE2\x80\xAE",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		for (int head = 0; head < 4; head++) {
			static const char *const heads[] = { "", "[20:00:00]:\tError:\t:", "MSI (s) (A0:14): ",
							     "<Result StatusCode=\"2\">" };
			struct arena *arena = arena_new();
			struct strbuf text = STRBUF_INIT;
			struct log_result result;

			strbuf_puts(&text, heads[head]);
			while (text.length < 300000)
				strbuf_puts(&text, pieces[i]);
			result = read_text("x.log", &text, arena);
			assert_int_equal(result.bytes, text.length);
			assert_true(result.finding_count <= catalog->sign_count);
			strbuf_clear(&text);
			arena_free(arena);
		}
	}
}

static void test_diagnose__empty_and_binary__nothing_decides(void **state)
{
	struct arena *arena = arena_new();
	struct strbuf text = STRBUF_INIT;
	struct log_result result = read_text("x.log", &text, arena);

	(void)state;
	assert_int_equal(result.lines, 0);
	assert_int_equal(result.finding_count, 0);
	for (unsigned i = 0, bits = 1; i < 300000; i++, bits = bits * 1103515245 + 12345)
		strbuf_putc(&text, (char)(bits >> 16));
	result = read_text("x.log", &text, arena);
	assert_string_equal("", log_decisive(&result));
	strbuf_clear(&text);
	arena_free(arena);
}

/* ---- codes ---- */

static void test_diagnose_code__forms_of_a_number__the_same_row(void **state)
{
	static const struct {
		const char *text, *word;
		long value;
	} cases[] = {
		{ "-17", "InvalidToInstallOnThisMachine", -17 },
		{ "17", "InvalidToInstallOnThisMachine", 17 },
		{ "4294967279", "InvalidToInstallOnThisMachine", -17 },
		{ "0xFFFFFFEF", "InvalidToInstallOnThisMachine", -17 },
		{ "1618", "another", 1618 },
		{ "0x80070652", "another", 1618 },
		{ "-2147023278", "another", 1618 },
		{ "0", "It worked", 0 },
		{ "77", NULL, 77 },
	};
	static const char *const wrong[] = { "", "x", "1.5", "0x", "99999999999", "1 2", "--1" };
	const struct exit_code *code;
	long value;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_labelled(cases[i].text, diagnose_code(cases[i].text, &value, &code));
		assert_labelled(cases[i].text, value == cases[i].value && (code != NULL) == (cases[i].word != NULL));
		if (code)
			assert_labelled(cases[i].text, str_eq(code->word, cases[i].word) ||
							       text_contains_fold(code->means, cases[i].word));
	}
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_labelled(wrong[i], !diagnose_code(wrong[i], &value, &code));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_diagnose__failure_in_noise__the_right_one_decides),
		TEST(test_diagnose__good_runs__nothing_decides),
		TEST(test_diagnose__several_runs__the_last_one_counts),
		TEST(test_diagnose__block__both_lines_have_to_be_near),
		TEST(test_diagnose__nothing_known__last_errors_are_kept),
		TEST(test_diagnose__every_offset_around_a_window__finds_the_same),
		TEST(test_diagnose__a_long_line_of_many_bytes_a_character__is_cut_between_them),
		TEST(test_diagnose__hit_in_a_long_line__found_at_every_offset),
		TEST(test_diagnose__encodings__read_alike),
		TEST(test_diagnose__passwords_around_a_finding__are_masked),
		TEST(test_diagnose__hostile_logs__come_to_an_end),
		TEST(test_diagnose__empty_and_binary__nothing_decides),
		TEST(test_diagnose_code__forms_of_a_number__the_same_row),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
