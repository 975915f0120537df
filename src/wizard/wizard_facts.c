/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Facts from inside the wizard: where they lie, reading them, the collector and how it is run.
 */
#include "core/text.h"
#include "model/proposal.h"
#include "os/platform.h"
#include "pipeline/facts_script.h"
#include "wizard/wizard_checks.h"
#include "wizard/wizard_private.h"

#define COLLECTOR "collect-facts.ps1"
#define ENDING ".facts"
#define COLLECTOR_LIMIT (4u * 1024 * 1024)

const char *const beginning_labels[BEGINNINGS] = { "Get facts", "Load facts", "By hand" };
const char *const beginning_words[BEGINNINGS] = { "get", "load", "hand" };

bool wizard_has_facts(struct wizard *wizard)
{
	return facts_count(wizard_facts(wizard)) > 0;
}

bool wizard_wants_facts(struct wizard *wizard)
{
	return wizard->plan->flow->collector && !wizard_has_facts(wizard) && wizard_check_table(wizard)->open;
}

const char *wizard_facts_path(struct wizard *wizard)
{
	struct strbuf path = STRBUF_INIT;

	if (!wizard->options.collect.facts_path) {
		facts_beside(wizard_plan_path(wizard), &path);
		wizard->facts_place = arena_strdup(wizard->arena, strbuf_text(&path));
		strbuf_clear(&path);
		return wizard->facts_place;
	}
	return wizard->options.collect.facts_path;
}

void beginning_text(struct wizard *wizard, enum beginning beginning, struct strbuf *out)
{
	const struct check_table *table = wizard_check_table(wizard);

	switch (beginning) {
	case BEGIN_GET:
		strbuf_puts(out, "writes " COLLECTOR "; 3 lines to run");
		break;
	case BEGIN_LOAD:
		strbuf_puts(out, "from ");
		text_visible(out, platform_last_part(wizard_facts_path(wizard)));
		strbuf_puts(out, ", or another place");
		break;
	case BEGIN_BY_HAND:
	case BEGINNINGS:
		strbuf_printf(out, table->open == 1 ? "%zu check, for its servers" : "%zu checks, each for its servers",
			      table->open);
		break;
	}
}

/* Why nothing could be read: the first error, with the file that has it, or that there is nothing. */
static void say_why(const struct diags *findings, const char *path, struct strbuf *out)
{
	const struct diag *error = diags_first(findings, SEV_ERROR);

	if (error) {
		text_visible(out, error->at.file ? error->at.file : path);
		strbuf_printf(out, ": %s%s%s", error->text, *error->hint ? " " : "", error->hint);
	} else {
		strbuf_puts(out, "There are no facts in ");
		text_visible(out, path);
		strbuf_puts(out, ".");
	}
}

void wizard_name_after_facts(struct wizard *wizard, const char *path)
{
	struct strbuf plan = STRBUF_INIT, beside = STRBUF_INIT;

	if (wizard->plan_path || platform_last_part(path) != path || !str_ends(path, ENDING))
		return;
	strbuf_add(&plan, path, strlen(path) - strlen(ENDING));
	strbuf_puts(&plan, ".yaml");
	if (plan.length > strlen(".yaml") && facts_found(strbuf_text(&plan), &beside) &&
	    !platform_log_stamp(strbuf_text(&plan)))
		wizard_set_plan_path(wizard, strbuf_text(&plan));
	strbuf_clear(&plan);
	strbuf_clear(&beside);
}

void wizard_track_command(struct wizard *wizard, struct strbuf *out)
{
	const char *facts = wizard->options.collect.facts_path;
	struct strbuf beside = STRBUF_INIT;

	strbuf_puts(out, "scupgrade track ");
	text_visible(out, wizard_plan_path(wizard));
	facts_beside(wizard_plan_path(wizard), &beside);
	if (facts && !str_eq(facts, strbuf_text(&beside))) {
		strbuf_puts(out, " --facts ");
		text_visible(out, facts);
	}
	strbuf_clear(&beside);
}

bool wizard_load_facts(struct wizard *wizard, const char *path, struct strbuf *out)
{
	const char *before = wizard->options.collect.facts_path;

	wizard->options.collect.facts_path = arena_strdup(wizard->arena, path);
	(void)wizard_reread_facts(wizard);
	if (wizard_has_facts(wizard)) {
		strbuf_printf(out, facts_count(wizard->facts) == 1 ? "Facts of %zu server were read from "
								  : "Facts of %zu servers were read from ",
			      facts_count(wizard->facts));
		text_visible(out, path);
		strbuf_puts(out, ".");
		wizard_name_after_facts(wizard, path);
		return true;
	}
	say_why(&wizard->facts_findings, path, out);
	wizard->options.collect.facts_path = before;
	(void)wizard_reread_facts(wizard);
	return false;
}

/* ---- facts that come later ---- */

static void put_steps(struct wizard *wizard, struct strbuf *out)
{
	const struct sequence *sequence = wizard_sequence(wizard);

	for (size_t i = 0; i < sequence->count; i++)
		strbuf_printf(out, "%s\n", sequence->items[i].id);
}

static bool same_bytes(const struct facts *a, const struct facts *b)
{
	struct digest first, second;
	bool has = facts_digest(a, &first);

	return has == facts_digest(b, &second) && (!has || digest_equal(&first, &second));
}

/* The facts at PATH are others than those that were read. */
static bool are_others(struct wizard *wizard, const char *path)
{
	struct collect collect = { .facts_path = path, .clock = wizard_now };
	struct diags ignored = DIAGS_INIT;
	struct facts *facts = NULL;
	bool same;

	(void)collect_facts(&collect, wizard->plan, &facts, &ignored);
	same = same_bytes(facts, wizard_facts(wizard));
	diags_clear(&ignored);
	facts_free(facts);
	return !same;
}

static enum followed take_others(struct wizard *wizard, const char *path, struct strbuf *out)
{
	struct strbuf before = STRBUF_INIT, now = STRBUF_INIT;
	enum followed followed;

	put_steps(wizard, &before);
	wizard->options.collect.facts_path = arena_strdup(wizard->arena, path);
	(void)wizard_reread_facts(wizard);
	put_steps(wizard, &now);
	followed = strbuf_equal(&before, &now) ? FOLLOWED_FACTS : FOLLOWED_STEPS;
	strbuf_puts(out, "The facts were read again.");
	if (wizard->facts_findings.errors) {
		strbuf_putc(out, ' ');
		say_why(&wizard->facts_findings, path, out);
	}
	strbuf_clear(&before);
	strbuf_clear(&now);
	return followed;
}

enum followed wizard_follow_facts(struct wizard *wizard, bool surely, struct strbuf *out)
{
	enum followed followed = FOLLOWED_NOTHING;
	struct strbuf path = STRBUF_INIT;
	uint64_t stamp;

	if (wizard->options.collect.facts_path)
		strbuf_puts(&path, wizard->options.collect.facts_path);
	else
		facts_beside(wizard_plan_path(wizard), &path);
	stamp = platform_log_stamp(strbuf_text(&path));
	if (stamp && (surely || stamp != wizard->facts_stamp)) {
		wizard->facts_stamp = stamp;
		if (are_others(wizard, strbuf_text(&path)))
			followed = take_others(wizard, strbuf_text(&path), out);
	}
	strbuf_clear(&path);
	return followed;
}

/* ---- filling ---- */

bool wizard_fill(struct wizard *wizard, const char *path, struct strbuf *out, struct diags *found)
{
	size_t filled;

	if (!wizard_load_facts(wizard, path, out))
		return false;
	filled = plan_fill(wizard->plan, wizard->facts, found);
	wizard_rows_changed(wizard, wizard->plan->flow->servers);
	if (filled == 1)
		strbuf_puts(out, " 1 answer was filled in.");
	else if (filled)
		strbuf_printf(out, " %zu answers were filled in.", filled);
	else
		strbuf_puts(out, " Nothing was empty that they could fill.");
	return true;
}

const char *wizard_facts_offer(struct wizard *wizard)
{
	struct strbuf path = STRBUF_INIT;
	const char *offer = NULL;

	if (wizard->options.track || plan_server_count(wizard->plan) || !wizard->plan->flow->collector)
		return NULL;
	if (wizard->options.collect.facts_path)
		return wizard->options.collect.facts_path;
	if (facts_found(wizard->options.plan_path, &path))
		offer = arena_strdup(wizard->arena, strbuf_text(&path));
	strbuf_clear(&path);
	return offer;
}

static void ignore_name(const char *name, void *data)
{
	(void)name;
	(void)data;
}

const char *wizard_facts_here(struct wizard *wizard)
{
	const char *offer = wizard_facts_offer(wizard), *why;

	if (offer)
		return offer;
	offer = wizard_facts_path(wizard);
	return platform_list_files(offer, ignore_name, NULL, &why) ? offer : "";
}

bool is_server_file(const char *path)
{
	const char *dot = strrchr(platform_last_part(path), '.'), *why;

	if (dot && (text_equal_fold(dot, ".yaml") || text_equal_fold(dot, ".yml")))
		return false;
	return !platform_list_files(path, ignore_name, NULL, &why) && !text_equal_fold(dot ? dot : "", ".facts");
}

/* ---- the collector ---- */

/* Beside the plan. */
static const char *collector_path(struct wizard *wizard)
{
	const char *plan = wizard_plan_path(wizard), *name = platform_last_part(plan);

	return arena_printf(wizard->arena, "%.*s" COLLECTOR, (int)(name - plan), plan);
}

/* Writes BYTES to PATH unless it has them already. */
static bool write_new(const char *path, const struct strbuf *bytes, const char **why)
{
	struct save_request request = { .path = path, .bytes = bytes->data, .count = bytes->length };
	struct strbuf old = STRBUF_INIT;
	enum file_result there = platform_read(path, COLLECTOR_LIMIT, &old, NULL, why);
	bool same = there == FILE_OK && old.length == bytes->length && memcmp(old.data, bytes->data, old.length) == 0;
	enum save_result saved = same ? SAVE_OK : platform_save(&request, NULL, why);

	strbuf_clear(&old);
	if (saved == SAVE_EXISTS || saved == SAVE_CHANGED)
		*why = "a file of this name is there already, and it is another one; move it away first";
	return save_is_done(saved);
}

bool wizard_write_collector(struct wizard *wizard, struct strbuf *out)
{
	const char *path = collector_path(wizard), *why = "";
	struct strbuf script = STRBUF_INIT;
	bool ok;

	(void)facts_script(&script, NULL); /* which cannot be refused */
	ok = write_new(path, &script, &why);
	strbuf_clear(&script);
	text_visible(out, path);
	if (!ok) {
		strbuf_printf(out, " was not written: %s.", why);
		return false;
	}
	strbuf_puts(out, " is written. It only reads. Copy it to a server and run it there, elevated, in a folder of "
			 "your choice; on a management server it collects for the whole group.\n\nUnblock-File "
			 ".\\" COLLECTOR "\npowershell -NoProfile -ExecutionPolicy Bypass -File .\\" COLLECTOR "\n"
			 "dir *.facts.yaml\n\n"
			 "What the last line shows goes into the folder ");
	text_visible(out, wizard_facts_path(wizard));
	strbuf_puts(out, " here; then Load facts reads it.");
	return true;
}
