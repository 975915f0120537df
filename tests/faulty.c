/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * See faulty.h.
 */
#include "faulty.h"

#include "helpers.h"
#include "vouched.h"

#include <errno.h>
#include <sys/stat.h>

#include "model/facts.h"
#include "pipeline/planfile.h"

#define NOW "2026-11-21T14:02:07Z"

/* ---- the folder ---- */

static bool edit_text(struct strbuf *text, const struct faulty_edit *edit)
{
	const char *at = *edit->from ? strstr(strbuf_text(text), edit->from) : strbuf_text(text) + text->length;
	struct strbuf changed = STRBUF_INIT;

	if (!at)
		return false;
	strbuf_add(&changed, strbuf_text(text), (size_t)(at - strbuf_text(text)));
	strbuf_puts(&changed, edit->to);
	strbuf_puts(&changed, at + strlen(edit->from));
	strbuf_clear(text);
	*text = changed;
	return true;
}

void faulty_read_healthy(const struct faulty_ground *ground, const char *server, struct strbuf *text)
{
	struct strbuf path = STRBUF_INIT;
	size_t length;
	char *bytes;

	strbuf_printf(&path, "tests/%s/%s.facts.yaml", ground->facts, server);
	bytes = read_whole_file(source_path(strbuf_text(&path)), &length);
	strbuf_add(text, bytes, length);
	free(bytes);
	strbuf_clear(&path);
}

void faulty_write_file(const char *folder, const char *name, const char *bytes, size_t length)
{
	struct strbuf path = STRBUF_INIT;

	strbuf_printf(&path, "%s/%s", folder, name);
	write_whole_file(strbuf_text(&path), bytes, length);
	strbuf_clear(&path);
}

static void write_server(const struct faulty_ground *ground, const char *folder, const char *server,
			 const struct faulty_edit *edits, bool *used)
{
	struct strbuf text = STRBUF_INIT, name = STRBUF_INIT;

	faulty_read_healthy(ground, server, &text);
	for (size_t i = 0; i < FAULTY_EDITS && edits[i].server; i++) {
		bool all = str_eq(edits[i].server, "all");

		if (!all && !str_eq(edits[i].server, server))
			continue;
		if (edit_text(&text, &edits[i]))
			used[i] = true;
		else
			assert_labelled(edits[i].from, all);
	}
	strbuf_printf(&name, "%s.facts.yaml", server);
	faulty_write_file(folder, strbuf_text(&name), strbuf_text(&text), text.length);
	strbuf_clear(&name);
	strbuf_clear(&text);
}

void faulty_write(const struct faulty_ground *ground, const char *folder, const struct faulty_edit *edits)
{
	bool used[FAULTY_EDITS] = { false };

	if (mkdir(folder, 0700) != 0)
		assert_int_equal(errno, EEXIST);
	for (const char *const *server = ground->servers; *server; server++)
		write_server(ground, folder, *server, edits, used);
	for (size_t i = 0; i < FAULTY_EDITS && edits[i].server; i++)
		assert_labelled(edits[i].to, used[i] || str_eq(edits[i].server, "plan"));
}

/* ---- the judgement ---- */

static struct plan *edited_plan(const struct faulty_ground *ground, const struct faulty_edit *edits)
{
	size_t length;
	char *bytes = read_whole_file(source_path(ground->plan), &length);
	struct strbuf text = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct plan *plan = NULL;

	strbuf_add(&text, bytes, length);
	free(bytes);
	strbuf_puts(&text, ground->more);
	for (size_t i = 0; i < FAULTY_EDITS && edits[i].server; i++)
		assert_labelled(edits[i].from, !str_eq(edits[i].server, "plan") || edit_text(&text, &edits[i]));
	assert_int_equal(plan_read("plan.yaml", strbuf_text(&text), text.length, &plan, &diags), LOAD_OK);
	vouch_for(plan, true, NULL);
	diags_clear(&diags);
	strbuf_clear(&text);
	return plan;
}

/* What "check" finds with the facts of FOLDER. */
static void judge(const struct faulty_ground *ground, const char *folder, const struct faulty_edit *edits, bool all,
		  struct diags *diags, struct facts **facts)
{
	struct plan *plan = edited_plan(ground, edits);

	(void)facts_load(folder, NOW, facts, diags);
	facts_check(*facts, plan, diags);
	prereq_judge(plan, *facts, "2026-11-21", &(struct judge_wish){ all, SEV_NOTE }, diags);
	plan_free(plan);
}

/* The next part of *TEXT, up to a '|' or its end. */
static void next_part(const char **text, char part[256])
{
	size_t length = strcspn(*text, "|");

	assert_in_range(length, 0, 255);
	memcpy(part, *text, length);
	part[length] = '\0';
	*text += length + ((*text)[length] == '|');
}

static bool is_it(const struct diag *diag, const char *wanted)
{
	char head[256], text[256], hint[256];
	struct strbuf line = STRBUF_INIT;
	bool unknown = str_starts(wanted, "unknown "), is;

	next_part(&wanted, head);
	next_part(&wanted, text);
	next_part(&wanted, hint);
	strbuf_printf(&line, "%s %s %s", unknown ? "unknown" : severity_name(diag->severity), diag->code, diag->path);
	is = str_eq(strbuf_text(&line), head) && strstr(diag->text, text) && strstr(diag->hint, hint) &&
	     (!unknown || diag->severity == SEV_NOTE);
	strbuf_clear(&line);
	return is;
}

static const struct diag *find_finding(const struct diags *diags, const char *wanted)
{
	for (size_t i = 0; i < diags->count; i++) {
		if (is_it(&diags->items[i], wanted))
			return &diags->items[i];
	}
	return NULL;
}

static void complain(int number, const char *wanted, const struct diags *diags)
{
	print_error("fault %d, wanted: %s; found:\n", number, wanted);
	diags_print(diags, stderr);
	fail();
}

/* Exactly FINDINGS; those that are not known stand as one note, and for themselves when all are asked for. */
void faulty_assert(const struct faulty_ground *ground, int number, const char *folder, const struct faulty_edit *edits,
		   const char *const *findings)
{
	struct diags diags = DIAGS_INIT, all = DIAGS_INIT;
	struct facts *facts, *again;
	size_t count = 0;
	bool unknown = false;

	judge(ground, folder, edits, false, &diags, &facts);
	judge(ground, folder, edits, true, &all, &again);
	for (size_t i = 0; i < FAULTY_FINDINGS && findings[i]; i++) {
		bool is_unknown = str_starts(findings[i], "unknown ");

		unknown = unknown || is_unknown;
		count += !is_unknown;
		if (!find_finding(is_unknown ? &all : &diags, findings[i]))
			complain(number, findings[i], is_unknown ? &all : &diags);
	}
	count += unknown;
	if (unknown && !find_finding(&diags, "note prerequisites-unknown prerequisites||"))
		complain(number, "the one note", &diags);
	if (diags.count != count)
		complain(number, "nothing else", &diags);
	diags_clear(&diags);
	diags_clear(&all);
	facts_free(facts);
	facts_free(again);
}

void faulty_assert_each(const struct faulty_ground *ground, const struct fault *faults, size_t count)
{
	char *folder = scratch_folder();

	for (size_t i = 0; i < count; i++) {
		faulty_write(ground, folder, faults[i].edits);
		faulty_assert(ground, faults[i].number, folder, faults[i].edits, faults[i].findings);
	}
	scratch_remove(folder);
}
