/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Several logs as one answer: the decisive finding, the step, what becomes of it.
 */
#include "pipeline/diagnose_private.h"

#include "core/text.h"
#include "model/flow.h"
#include "os/platform.h"
#include "win/winerror.h"

enum { WEIGHT_DECIDES = 20, OLDER_COUNTS_LESS = 50, CHECKS_COUNT_MORE = 10 };
static const int64_t day_ns = (int64_t)24 * 3600 * 1000000000;

const char *sign_role_name(enum sign_role role)
{
	static const char *const names[] = { "cause", "place", "summary", "remark" };

	return names[role];
}

const char *sign_next_name(enum sign_next next)
{
	static const char *const names[] = { "ask", "repeat", "restore", "go-on" };

	return names[next];
}

const char *log_verdict_name(enum log_verdict verdict)
{
	static const char *const names[] = { "none", "good", "bad" };

	return names[verdict];
}

/* ---- the logs ---- */

struct path_list {
	const char **items;
	size_t count;
	const char *folder;
	struct arena *arena;
};

static void add_path(struct path_list *list, const char *path)
{
	if ((list->count & (list->count - 1)) == 0) {
		const char **more = arena_array(list->arena, list->count ? list->count * 2 : 1, sizeof(*more));

		if (list->count)
			memcpy(more, list->items, list->count * sizeof(*more));
		list->items = more;
	}
	list->items[list->count++] = path;
}

/* What logs are called; others of a folder are not for us. */
static void add_file(const char *name, void *data)
{
	static const char *const endings[] = { ".log", ".txt", ".xml", ".csv" };
	struct path_list *list = data;
	size_t length = strlen(name);

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		if (length > 4 && text_equal_fold(name + length - 4, endings[i]))
			add_path(list, arena_printf(list->arena, "%s/%s", list->folder, name));
	}
}

static struct path_list list_logs(const struct diagnose_request *request, struct arena *arena)
{
	struct path_list list = { .arena = arena };
	const char *why;

	for (size_t i = 0; i < request->path_count; i++) {
		size_t before = list.count, length = strlen(request->paths[i]);

		while (length > 1 && request->paths[i][length - 1] == '/')
			length--;
		list.folder = arena_strndup(arena, request->paths[i], length);
		if (str_eq(request->paths[i], "-") ||
		    !platform_list_files(request->paths[i], add_file, &list, &why) || list.count == before)
			add_path(&list, request->paths[i]);
	}
	return list;
}

/* ---- setup's exit code ---- */

void each_exit_code(const struct flow *flow, void (*each)(const struct exit_code *code, void *data), void *data)
{
	for (size_t i = 0; flow->logs && flow->logs->codes[i]; i++) {
		for (const struct exit_code *row = flow->logs->codes[i]; row->program; row++)
			each(row, data);
	}
}

const char *exit_code_words(const struct exit_code *code, struct arena *arena)
{
	struct strbuf source = STRBUF_INIT;
	bool doubtful = certainty_words(&source, code->source) == CERTAINTY_DOUBTFUL;

	strbuf_clear(&source);
	return arena_printf(arena, "%s%s %s", doubtful ? "Probably: " : "", code->means, code->remedy);
}

struct wanted_code {
	long value;
	const struct exit_code *found;
};

static void look_at_code(const struct exit_code *code, void *data)
{
	struct wanted_code *wanted = data;

	if (!wanted->found && code->code == wanted->value)
		wanted->found = code;
}

static const struct exit_code *find_code(long value)
{
	struct wanted_code wanted = { value, NULL };

	for (size_t i = 0; flow_at(i); i++)
		each_exit_code(flow_at(i), look_at_code, &wanted);
	return wanted.found;
}

bool diagnose_code(const char *text, long *value, const struct exit_code **code)
{
	const char *at = text + strspn(text, " \t");
	bool negative = *at == '-', hex;
	uint64_t number = 0;

	at += *at == '-' || *at == '+';
	hex = at[0] == '0' && (at[1] == 'x' || at[1] == 'X');
	at += hex ? 2 : 0;
	if (!*at || strlen(at) > 10 || strspn(at, hex ? "0123456789abcdefABCDEF" : "0123456789") != strlen(at))
		return false;
	number = strtoull(at, NULL, hex ? 16 : 10);
	if (number > UINT32_MAX)
		return false;
	/* The unsigned form of a negative one. */
	*value = (long)(int32_t)(uint32_t)number;
	if (negative)
		*value = -(long)number;
	if (winerror_plain((uint32_t)*value) != (uint32_t)*value)
		*value = (long)winerror_plain((uint32_t)*value);
	*code = find_code(*value);
	if (!*code && *value < 0)
		*code = find_code(-*value);
	return true;
}

static void judge_code(const struct diagnose_request *request, struct diagnosis *result, struct arena *arena)
{
	const char *words;
	long value;

	result->code_note = "";
	if (!request->code)
		return;
	if (!diagnose_code(request->code, &value, &result->code)) {
		result->code_note = arena_printf(arena, "\"%s\" is not an exit code.", request->code);
		return;
	}
	words = winerror_text((uint32_t)value);
	if (!result->code && words)
		result->code_note = arena_printf(arena, "To Windows, %ld means: %s.", value, words);
	else if (!result->code)
		result->code_note = arena_printf(arena, "No document says what %ld means.", value);
	if ((result->code && !result->code->good) || (!result->code && value != 0))
		result->failed = true;
	for (size_t i = 0; i < result->log_count; i++) {
		const struct log_result *log = &result->logs[i];

		if (log->has_status && log->status != value && (value >= 1600 || value == 0))
			result->code_note = arena_printf(arena, "%s ended with %ld, not with %ld: it is the log of "
							 "another run.", log->path, log->status, value);
	}
}

/* ---- one answer ---- */

static bool goes_before(const struct finding *a, const struct finding *b)
{
	return a->weight > b->weight;
}

/* What the prerequisite checker said explains why setup did not begin; a log that is a day older than the newest one
 * is of another run. */
static void weigh_across(struct diagnosis *result)
{
	int64_t newest = 0;

	for (size_t i = 0; i < result->log_count; i++) {
		if (result->logs[i].modified_ns > newest)
			newest = result->logs[i].modified_ns;
	}
	for (size_t i = 0; i < result->log_count; i++) {
		struct log_result *log = &result->logs[i];

		for (size_t k = 0; k < log->finding_count; k++) {
			struct finding *finding = &log->findings[k];

			if (finding->weight && log->shape && log->shape->kind == LOG_CHECKS)
				finding->weight += CHECKS_COUNT_MORE;
			if (log->modified_ns && newest - log->modified_ns > day_ns)
				finding->weight -= OLDER_COUNTS_LESS;
		}
	}
}

static void gather(struct diagnosis *result, struct arena *arena)
{
	size_t total = 0;

	for (size_t i = 0; i < result->log_count; i++)
		total += result->logs[i].finding_count;
	result->findings = arena_array(arena, total + 1, sizeof(*result->findings));
	for (size_t i = 0; i < result->log_count; i++) {
		for (size_t k = 0; k < result->logs[i].finding_count; k++) {
			const struct finding *finding = &result->logs[i].findings[k];
			size_t at = result->finding_count++;

			for (; at > 0 && goes_before(finding, result->findings[at - 1]); at--)
				result->findings[at] = result->findings[at - 1];
			result->findings[at] = finding;
		}
	}
	result->decided = result->finding_count && result->findings[0]->weight >= WEIGHT_DECIDES;
}

static bool log_failed(const struct log_result *log)
{
	return log->verdict == LOG_ENDED_BADLY || (log->verdict == LOG_ENDED_SOMEHOW && log->error_lines);
}

struct diagnosis diagnose(const struct diagnose_request *request, struct arena *arena)
{
	struct path_list paths = list_logs(request, arena);
	struct catalog *catalog = catalog_new();
	struct diagnosis result = { .log_count = paths.count, .advice = "" };

	result.logs = arena_array(arena, paths.count + 1, sizeof(*result.logs));
	for (size_t i = 0; i < paths.count; i++) {
		result.logs[i].path = paths.items[i];
		read_log(catalog, request->plan, &result.logs[i], arena);
		result.unreadable = result.unreadable || result.logs[i].why;
		result.failed = result.failed || log_failed(&result.logs[i]);
	}
	catalog_free(catalog);
	weigh_across(&result);
	gather(&result, arena);
	result.failed = result.failed || result.decided;
	judge_code(request, &result, arena);
	diagnose_step(request, &result, arena);
	return result;
}
