/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Fuzz target: no bytes may crash or hang the reader of facts, whatever it took can be judged, and what was found
 * stands in a note that counts once the plan was saved and read again.
 */
#include "fuzz.h"

#include "model/facts.h"
#include "model/flow.h"
#include "pipeline/after.h"
#include "pipeline/planfile.h"
#include "pipeline/tracker.h"

static const char plan_text[] = "scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO\n"
				"servers:\n  - { name: MS01, roles: [management-server, operations-console] }\n"
				"  - { name: WEB01, roles: [web-console, reporting-server] }\n";

static struct plan *read_plan(const char *text, size_t length)
{
	struct diags diags = DIAGS_INIT;
	struct plan *plan;

	if (plan_read("plan", text, length, &plan, &diags) != LOAD_OK) {
		diags_print(&diags, stderr);
		bug("the plan cannot be read:\n%s", text);
	}
	diags_clear(&diags);
	return plan;
}

/* What the wizard keeps of an answer: who said it, and what was found then. */
static void answer(struct plan *plan, const struct check_result *result)
{
	const struct field *rows_field = result->verdict->raw == CHECK_WARNING ? &field_acknowledged : &field_confirmed;
	struct rows *rows = field_rows_at(rows_field, &plan->answers->record);
	struct record *row = plan_new_record(plan, rows_field);
	const char *const values[][2] = {
		{ "check", result->verdict->prereq->id }, { "server", result->server ? result->server->name : "" },
		{ "by", "anna" }, { "on", "2026-11-21" }, { "note", "seen" }, { "found", result->verdict->mark },
	};

	for (size_t i = 0; i < ARRAY_LEN(values); i++)
		field_store(fields_find(rows_field->columns, values[i][0]), plan, row, values[i][1], NULL);
	rows_insert(plan, rows, rows->count, row);
}

/* With an answer to everything that is open, nothing but failures is, also in the plan as it is saved. */
static void check_answers(const struct check_list *list, struct plan *plan, const struct facts *facts)
{
	struct arena *arena = arena_new();
	struct strbuf text = STRBUF_INIT;
	struct check_list again;
	struct plan *saved;

	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].verdict->raw == CHECK_WARNING || list->items[i].verdict->raw == CHECK_UNKNOWN)
			answer(plan, &list->items[i]);
	}
	plan_format(plan, &text);
	saved = read_plan(strbuf_text(&text), text.length);
	again = prereq_run(saved, facts, NULL, arena);
	for (size_t i = 0; i < again.count; i++) {
		if (check_is_open(&again.items[i]) && again.items[i].verdict->state != CHECK_FAILED)
			bug("the answer to %s (%s) does not count:\n%s", again.items[i].verdict->prereq->id,
			    again.items[i].verdict->found, strbuf_text(&text));
	}
	strbuf_clear(&text);
	plan_free(saved);
	arena_free(arena);
}

static void add_folder(const char *name, void *data)
{
	*(size_t *)data += strlen(name);
}

/* What servers recorded counts, whatever it is, and can be told. */
static void count_records(const struct plan *plan, const struct facts *facts, struct arena *arena, struct diags *diags)
{
	static const char now[] = "2026-11-21T14:00:00Z";
	struct sequence sequence = sequence_build(plan, arena);
	struct tracker *tracker = tracker_open(plan, &sequence, "/nowhere/fuzz.yaml", NULL, now, diags);
	struct strbuf text = STRBUF_INIT;

	tracker_use_records(tracker, facts, now, diags);
	for (size_t i = 0; i < sequence.count; i++) {
		tracker_situation(tracker, i, now, &text);
		tracker_put_origin(tracker, i, now, &text);
	}
	tracker_free(tracker);
	strbuf_clear(&text);
}

static void judge(const struct facts *facts, struct diags *diags)
{
	struct plan *plan = read_plan(plan_text, sizeof(plan_text) - 1);
	struct arena *arena = arena_new();
	struct check_list list = prereq_run(plan, facts, NULL, arena);
	size_t bytes = 0;

	facts_check(facts, plan, diags);
	prereq_judge(plan, facts, NULL, &(struct judge_wish){ true, SEV_NOTE }, diags);
	after_judge(plan, facts, facts, &(struct judge_wish){ true, SEV_NOTE }, diags);
	count_records(plan, facts, arena, diags);
	facts_folders(facts, "MS01", "", add_folder, &bytes);
	facts_folders(facts, "MS01", "C:\\", add_folder, &bytes);
	facts_folders(facts, "MS01", "C:\\Program Files", add_folder, &bytes);
	check_answers(&list, plan, facts);
	arena_free(arena);
	plan_free(plan);
}

int fuzz_facts(const uint8_t *data, size_t size)
{
	struct diags diags = DIAGS_INIT;
	struct strbuf text = STRBUF_INIT;
	struct facts *facts;
	bool ok;

	strbuf_add(&text, (const char *)data, size);
	ok = facts_read("fuzz", strbuf_text(&text), size, "2026-11-21T14:00:00Z", &facts, &diags);
	strbuf_reset(&text);
	if (ok != (diags.errors == 0))
		bug("facts are refused without a reason, or taken with an error");
	judge(facts, &diags);
	for (size_t i = 0; i < diags.count; i++)
		diag_format(&text, &diags.items[i]);
	strbuf_clear(&text);
	diags_clear(&diags);
	facts_free(facts);
	return 0;
}
