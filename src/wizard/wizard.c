/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The wizard's life and the way through its pages.
 */
#include "wizard/wizard_private.h"

#include "core/debug.h"
#include "os/platform.h"
#include "wizard/wizard_checks.h"

/* ---- life ---- */

static const char *copy_text(struct wizard *wizard, const char *text)
{
	return text ? arena_strdup(wizard->arena, text) : NULL;
}

static void copy_options(struct wizard *wizard, const struct wizard_options *options)
{
	const char **drives;
	size_t count = 0;

	wizard->options = (struct wizard_options){
		.plan_path = copy_text(wizard, options->plan_path),
		.license_path = copy_text(wizard, options->license_path),
		.collect = { copy_text(wizard, options->collect.facts_path),
			     copy_text(wizard, options->collect.probe),
			     .own = options->collect.own },
		.track = options->track,
	};
	if (!options->drives)
		return;
	while (options->drives[count])
		count++;
	drives = arena_array(wizard->arena, count + 1, sizeof(*drives));
	for (size_t i = 0; i < count; i++)
		drives[i] = copy_text(wizard, options->drives[i]);
	wizard->options.drives = drives;
}

struct wizard *wizard_new(struct plan *plan, struct plan_source *source, const struct wizard_options *options)
{
	struct wizard *wizard = xcalloc(1, sizeof(*wizard));

	wizard->arena = arena_new();
	copy_options(wizard, options);
	wizard->plan = plan;
	wizard->source = *source;
	*source = (struct plan_source){ 0 };
	wizard->source_path = wizard->options.plan_path;
	wizard->plan_path = wizard->options.plan_path;
	wizard->passwords = passwords_new();
	wizard->repeats = passwords_new();
	wizard->own_lock = wizard->found_lock = -1;
	wizard->presence = -1;
	if (wizard->source.identity.exists && !wizard->options.track)
		wizard->presence = platform_presence(wizard->source_path, &wizard->others);
	if (!plan->file && !wizard->options.track && wizard->options.collect.facts_path) {
		wizard_answer_release(wizard);
		wizard_name_after_facts(wizard, wizard->options.collect.facts_path);
	}
	if (wizard->source.text.length)
		strbuf_add(&wizard->baseline, strbuf_text(&wizard->source.text), wizard->source.text.length);
	else
		wizard_set_baseline(wizard);
	wizard_outputs_init(wizard);
	wizard_start_pages(wizard);
	return wizard;
}

void wizard_free(struct wizard *wizard)
{
	if (!wizard)
		return;
	wizard_forget_tracker(wizard);
	wizard_forget_facts(wizard);
	wizard_drafts_close(wizard);
	platform_presence_end(wizard->presence);
	strbuf_clear(&wizard->others);
	wizard_forget_kept(wizard, true);
	free(wizard->kept);
	free(wizard->typed.items);
	free(wizard->parked_typed.items);
	free(wizard->marks);
	free(wizard->outputs);
	passwords_free(wizard->passwords);
	passwords_free(wizard->repeats);
	plan_source_clear(&wizard->source);
	strbuf_clear(&wizard->baseline);
	strbuf_clear(&wizard->made_path);
	strbuf_clear(&wizard->conflict_text);
	strbuf_clear(&wizard->draft_head);
	strbuf_clear(&wizard->draft_text);
	strbuf_clear(&wizard->draft_trouble);
	strbuf_clear(&wizard->canonical);
	arena_free(wizard->derived);
	arena_free(wizard->steps);
	arena_free(wizard->judged);
	arena_free(wizard->texts);
	arena_free(wizard->text_arena);
	arena_free(wizard->intro_arena);
	plan_free(wizard->plan);
	plan_free(wizard->parked);
	arena_free(wizard->arena);
	free(wizard);
}

/* ---- who, and when ---- */

const char *wizard_user(struct wizard *wizard)
{
	struct strbuf name = STRBUF_INIT;

	if (!wizard->user) {
		platform_user(&name);
		wizard->user = arena_strdup(wizard->arena, strbuf_text(&name));
		strbuf_clear(&name);
	}
	return wizard->user;
}

void wizard_now(char text[21])
{
	platform_time_utc(text);
}

void wizard_today(char text[11])
{
	platform_date_local(text);
}

/* ---- pages ---- */

/* Its index in the flow; the number of pages when it is none of this flow's. */
static size_t index_of(const struct wizard *wizard, const struct page *page)
{
	size_t i = 0;

	while (wizard->plan->flow->pages[i] && wizard->plan->flow->pages[i] != page)
		i++;
	return i;
}

static bool is_page(const struct wizard *wizard, size_t index)
{
	return index < wizard_flow_page_count(wizard);
}

bool wizard_page_visited(const struct wizard *wizard, const struct page *page)
{
	size_t index = index_of(wizard, page);

	return is_page(wizard, index) && wizard->marks[index].visited;
}

enum page_state wizard_page_state(struct wizard *wizard, const struct page *page)
{
	size_t index = index_of(wizard, page);

	if (index == wizard->page)
		return PAGE_STATE_CURRENT;
	if (!is_page(wizard, index) || !wizard->marks[index].visited)
		return PAGE_STATE_AHEAD;
	switch (wizard->marks[index].verdict) {
	case VERDICT_OK:
		/* Going on is not being done. */
		return page->kind == PAGE_STEPS && !wizard_is_complete(wizard) ? PAGE_STATE_SEEN : PAGE_STATE_OK;
	case VERDICT_BAD:
		return PAGE_STATE_BAD;
	case VERDICT_NONE:
		break;
	}
	return PAGE_STATE_SEEN;
}

/* The summary leads to the pages that are not on the way. */
static void visit_aside(struct wizard *wizard)
{
	size_t all = wizard_flow_page_count(wizard);

	for (size_t i = 0; i < all; i++) {
		if (wizard->plan->flow->pages[i]->aside)
			wizard->marks[i].visited = true;
	}
}

static void enter(struct wizard *wizard, size_t index)
{
	wizard->page = index;
	wizard->marks[index].visited = true;
	if (wizard_page(wizard)->kind == PAGE_SUMMARY)
		visit_aside(wizard);
	wizard_forget_kept(wizard, false);
	wizard_draft_leave(wizard);
	debug(DEBUG_WIZARD, "page %s", wizard_page(wizard)->id);
}

/* The page that is next to the present one on the way: behind it, or before it (BACK). SIZE_MAX: none. A page aside
 * lies before the summary, and both ways lead there. */
static size_t page_beside(struct wizard *wizard, bool back)
{
	size_t all = wizard_flow_page_count(wizard), index = wizard->page;

	if (wizard_page(wizard)->aside)
		back = false;
	while (back ? index-- > 0 : ++index < all) {
		if (!wizard->plan->flow->pages[index]->aside && wizard_page_applies(wizard, index, true))
			return index;
	}
	return SIZE_MAX;
}

bool wizard_back(struct wizard *wizard)
{
	size_t index = page_beside(wizard, true);

	if (index == SIZE_MAX)
		return false;
	enter(wizard, index);
	return true;
}

bool wizard_goto(struct wizard *wizard, const struct page *page)
{
	size_t index = index_of(wizard, page);

	if (!wizard_page_visited(wizard, page) || (index != wizard->page && !wizard_page_applies(wizard, index, true)))
		return false;
	enter(wizard, index);
	return true;
}

/* The pages that have errors, so that the list of pages shows them. */
static void mark_bad_pages(struct wizard *wizard, const struct diags *diags)
{
	for (size_t i = 0; i < diags->count; i++) {
		const struct page *page = NULL;

		if (diags->items[i].severity == SEV_ERROR)
			page = page_of_path(wizard->plan->flow, diags->items[i].path);
		if (page && is_page(wizard, index_of(wizard, page)))
			wizard->marks[index_of(wizard, page)].verdict = VERDICT_BAD;
	}
}

/* Everything up to the page was seen: who opens a plan file has been through it once. */
static void visit_up_to(struct wizard *wizard, size_t index)
{
	for (size_t i = 0; i < index; i++)
		wizard->marks[i].visited = true;
	enter(wizard, index);
}

static void goto_first_error(struct wizard *wizard, const struct diags *diags)
{
	size_t first = SIZE_MAX;

	for (size_t i = 0; i < diags->count; i++) {
		const struct page *page = NULL;
		size_t index;

		if (diags->items[i].severity == SEV_ERROR)
			page = page_of_path(wizard->plan->flow, diags->items[i].path);
		index = page ? index_of(wizard, page) : SIZE_MAX;
		if (index < first && is_page(wizard, index) && wizard_page_applies(wizard, index, false))
			first = index;
	}
	if (first == SIZE_MAX)
		return;
	visit_up_to(wizard, first);
	mark_bad_pages(wizard, diags);
}

/* ---- Next ---- */

/* The worst of what is open in ROW; CHECK_STATE_COUNT: nothing is. */
static enum check_state worst_open(const struct check_row *row)
{
	enum check_state worst = CHECK_STATE_COUNT;

	for (size_t i = 0; row->open && i < row->count; i++) {
		if (check_is_open(&row->results[i]) && row->results[i].verdict->state < worst)
			worst = row->results[i].verdict->state;
	}
	return worst;
}

/* "... : 2 have failed, 1 warning needs a note, 3 are not known.", counted in checks as the page does. */
static void say_open(struct wizard *wizard, struct diags *diags)
{
	const struct check_table *table = wizard_check_table(wizard);
	size_t of[CHECK_STATE_COUNT + 1] = { 0 };
	struct strbuf text = STRBUF_INIT;
	static const struct {
		enum check_state state;
		const char *one, *many;
	} words[] = {
		{ CHECK_FAILED, " has failed", " have failed" },
		{ CHECK_WARNING, " warning needs a note", " warnings need a note" },
		{ CHECK_UNKNOWN, " is not known", " are not known" },
	};

	for (size_t i = 0; i < table->count; i++)
		of[worst_open(&table->rows[i])]++;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t count = of[words[i].state];

		if (!count)
			continue;
		strbuf_printf(&text, "%s%zu%s", text.length ? ", " : "", count,
			      count == 1 ? words[i].one : words[i].many);
	}
	wizard_finding(diags, SEV_ERROR, "checks-open", "",
		       "Fix what has failed, acknowledge warnings with a note, confirm what is not known.",
		       "The prerequisites do not let the upgrade go on: %s.", strbuf_text(&text));
	strbuf_clear(&text);
}

static bool check_gate(struct wizard *wizard, struct diags *diags)
{
	if (wizard_checks(wizard)->open == 0)
		return true;
	say_open(wizard, diags);
	return false;
}

static bool check_all(struct wizard *wizard, struct diags *diags)
{
	bool ok = validate_plan(wizard->plan, diags);
	size_t all = wizard_flow_page_count(wizard);
	char today[11];

	wizard_today(today);
	ok = prereq_judge_notes(wizard->plan, today, diags) && ok;

	for (size_t i = 0; i < all; i++) {
		if (wizard_page_applies(wizard, i, false))
			ok = wizard_check_typed(wizard, wizard->plan->flow->pages[i], diags) && ok;
	}
	mark_bad_pages(wizard, diags);
	return check_gate(wizard, diags) && ok;
}

static bool check_page(struct wizard *wizard, const struct page *page, struct diags *diags)
{
	bool ok;

	if (page->kind == PAGE_SUMMARY)
		return check_all(wizard, diags) && wizard_write_outputs(wizard, diags);
	ok = wizard_check_typed(wizard, page, diags);
	ok = validate_page(wizard->plan, page, diags) && ok;
	if (page->kind == PAGE_CHECKS)
		ok = check_gate(wizard, diags) && ok;
	return ok;
}

enum wizard_move wizard_next(struct wizard *wizard, struct diags *diags)
{
	struct diags found = DIAGS_INIT;
	size_t next;
	bool ok = check_page(wizard, wizard_page(wizard), &found);

	diags_add_all(diags, &found);
	diags_clear(&found);
	wizard->marks[wizard->page].verdict = ok ? VERDICT_OK : VERDICT_BAD;
	if (!ok)
		return WIZARD_STAYED;
	next = page_beside(wizard, false);
	if (next != SIZE_MAX) {
		enter(wizard, next);
		return WIZARD_MOVED;
	}
	wizard_draft_leave(wizard);
	wizard_draft_remove(wizard);
	return WIZARD_FINISHED;
}

enum wizard_move wizard_go_on_to(struct wizard *wizard, const struct page *page, struct diags *diags)
{
	enum wizard_move move = WIZARD_MOVED;

	while (move == WIZARD_MOVED && wizard_page(wizard)->kind < PAGE_SUMMARY &&
	       wizard_page_number(wizard, wizard_page(wizard)) < wizard_page_number(wizard, page)) {
		diags_clear(diags);
		move = wizard_next(wizard, diags);
	}
	return move;
}

/* ---- a plan that was begun before ---- */

void wizard_judge_passed(struct wizard *wizard)
{
	for (size_t i = 0; i < wizard->page; i++) {
		const struct page *page = wizard->plan->flow->pages[i];
		struct diags found = DIAGS_INIT;

		if (page->kind > PAGE_CHECKS || wizard->marks[i].verdict != VERDICT_NONE || !wizard->marks[i].visited)
			continue;
		wizard->marks[i].verdict = check_page(wizard, page, &found) ? VERDICT_OK : VERDICT_BAD;
		diags_clear(&found);
	}
}

/* The first page of KIND; the number of pages when none is there. */
static size_t page_of_kind(struct wizard *wizard, enum page_kind kind)
{
	size_t index = 0;

	while (is_page(wizard, index) &&
	       (wizard->plan->flow->pages[index]->kind != kind || !wizard_page_applies(wizard, index, true)))
		index++;
	return index;
}

void wizard_goto_open(struct wizard *wizard, const struct diags *diags)
{
	bool recorded = wizard->plan->file && wizard_is_fixed(wizard);
	bool listed = wizard->plan->file && plan_server_count(wizard->plan) > 0;
	size_t index;

	if (diags->errors) {
		goto_first_error(wizard, diags);
	} else if (recorded || (listed && !wizard_checks(wizard)->open)) {
		index = page_of_kind(wizard, recorded ? PAGE_STEPS : PAGE_SUMMARY);
		if (!is_page(wizard, index))
			return;
		visit_up_to(wizard, index);
		visit_aside(wizard);
	}
	wizard->opened = wizard->page;
	wizard_judge_passed(wizard);
}
