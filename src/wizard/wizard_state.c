/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the wizard's parts stand on: the plan and whether it changed, which pages there are, and what is worked out from
 * the plan and forgotten when it changes.
 */
#include "wizard/wizard_private.h"

#include "model/hop.h"
#include "os/platform.h"
#include "pipeline/earlier.h"

/* Over this many servers a change counts as a change without a look at what it was before: the look costs as much as a
 * draft, and front ends ask after every key. */
enum { COMPARE_LIMIT = 1000 };

void wizard_finding(struct diags *diags, enum severity severity, const char *code, const char *path, const char *hint,
		    const char *format, ...)
{
	struct strbuf text = STRBUF_INIT;
	va_list args;

	va_start(args, format);
	strbuf_vprintf(&text, format, args);
	va_end(args);
	diags_add(diags, severity, code, (struct place){ NULL, 0, 0 }, path, hint, "%s", strbuf_text(&text));
	strbuf_clear(&text);
}

/* ---- the plan ---- */

void wizard_drop_kept(struct wizard *wizard, struct kept_text *kept)
{
	strbuf_clear(&kept->text);
	*kept = wizard->kept[--wizard->kept_count];
}

void wizard_forget_kept(struct wizard *wizard, bool all)
{
	for (size_t i = wizard->kept_count; i-- > 0;) {
		if (all || wizard->kept[i].record != &wizard->plan->answers->record)
			wizard_drop_kept(wizard, &wizard->kept[i]);
	}
}

void wizard_forget_tracker(struct wizard *wizard)
{
	tracker_free(wizard->tracker);
	wizard->tracker = NULL;
	diags_clear(&wizard->tracked);
}

struct plan *wizard_plan(struct wizard *wizard)
{
	return wizard->plan;
}

struct record *wizard_record(struct wizard *wizard)
{
	return &wizard->plan->answers->record;
}

/* What comes next is as large: the arenas keep their memory. */
static void forget_answers(struct wizard *wizard)
{
	wizard_forget_tracker(wizard);
	if (wizard->derived)
		arena_reset(wizard->derived);
	wizard->canonical_known = false;
	wizard->check_table = NULL;
}

static void forget_steps(struct wizard *wizard)
{
	if (wizard->steps)
		arena_reset(wizard->steps);
	wizard->sequence_known = false;
}

static void forget_derived(struct wizard *wizard)
{
	forget_answers(wizard);
	forget_steps(wizard);
}

static void forget_checks(struct wizard *wizard)
{
	if (wizard->judged)
		arena_reset(wizard->judged);
	wizard->checks_known = false;
}

/* When, as the records are dated, so that the two compare. */
static void note_judged(struct wizard *wizard)
{
	char now[21]; /* 2026-11-21T14:02:07Z */

	platform_time_utc(now);
	snprintf(wizard->checked_at, sizeof(wizard->checked_at), "%.10s %.5s UTC", now, now + strlen("2026-11-21T"));
	wizard->gate_open = wizard->checks.open == 0;
}

static void note_change(struct wizard *wizard)
{
	wizard->touched = true;
	wizard->changed_known = false;
	wizard->marks[wizard->page].verdict = VERDICT_NONE;
}

void wizard_touch(struct wizard *wizard)
{
	note_change(wizard);
	forget_derived(wizard);
	forget_checks(wizard);
}

void wizard_touch_answers(struct wizard *wizard, const bool of_check[])
{
	char today[11];

	note_change(wizard);
	/* No step depends on them. */
	forget_answers(wizard);
	if (!wizard->checks_known)
		return;
	wizard_today(today);
	prereq_weigh_again(&wizard->checks, wizard->plan, of_check, today, wizard->judged);
	note_judged(wizard);
}

struct plan *wizard_exchange_plan(struct wizard *wizard, struct plan *plan)
{
	struct plan *before = wizard->plan;

	forget_derived(wizard);
	forget_checks(wizard);
	wizard_forget_kept(wizard, true);
	wizard_forget_facts(wizard);
	wizard->typed.count = 0;
	wizard->plan = plan;
	wizard->touched = true;
	wizard->changed_known = false;
	wizard->gate_open = false;
	wizard_start_pages(wizard);
	return before;
}

void wizard_replace_plan(struct wizard *wizard, struct plan *plan)
{
	plan_free(wizard_exchange_plan(wizard, plan));
	plan_free(wizard->parked); /* what it holds may be of a file that is none any more */
	wizard->parked = NULL;
}

const struct strbuf *wizard_canonical(struct wizard *wizard)
{
	if (!wizard->canonical_known) {
		strbuf_reset(&wizard->canonical);
		plan_format(wizard->plan, &wizard->canonical);
		wizard->canonical_known = true;
		wizard->canonical_number++;
	}
	return &wizard->canonical;
}

void wizard_keep_canonical(struct wizard *wizard, const struct strbuf *text)
{
	if (wizard->canonical_known)
		return;
	strbuf_reset(&wizard->canonical);
	strbuf_add(&wizard->canonical, strbuf_text(text), text->length);
	wizard->canonical_known = true;
	wizard->canonical_number++;
}

bool wizard_changed(struct wizard *wizard)
{
	if (!wizard->touched)
		return false;
	if (plan_server_count(wizard->plan) > COMPARE_LIMIT)
		return true;
	if (!wizard->changed_known) {
		wizard->changed = !strbuf_equal(wizard_canonical(wizard), &wizard->baseline);
		wizard->changed_known = true;
	}
	return wizard->changed;
}

void wizard_set_baseline(struct wizard *wizard)
{
	const struct strbuf *now = wizard_canonical(wizard);

	strbuf_reset(&wizard->baseline);
	strbuf_add(&wizard->baseline, strbuf_text(now), now->length);
	wizard->touched = false;
	wizard->changed_known = false;
}

/* ---- pages ---- */

size_t wizard_flow_page_count(const struct wizard *wizard)
{
	size_t count = 0;

	while (wizard->plan->flow->pages[count])
		count++;
	return count;
}

/* The present page always counts as there: a change on it must not take it away from under the cursor. */
bool wizard_page_applies(struct wizard *wizard, size_t index, bool fresh)
{
	const struct page *page = wizard->plan->flow->pages[index];

	if (wizard->options.track)
		return page->kind == PAGE_STEPS;
	if (!page_applies(page, wizard->plan))
		return false;
	if (!page->after_checks)
		return true;
	if (fresh)
		return wizard_checks(wizard)->open == 0;
	return wizard->gate_open || index == wizard->page;
}

const struct page *wizard_page(const struct wizard *wizard)
{
	return wizard->plan->flow->pages[wizard->page];
}

/* In the list of pages: a page aside only while one is there. */
static bool is_listed(struct wizard *wizard, size_t index)
{
	if (wizard->plan->flow->pages[index]->aside && index != wizard->page)
		return false;
	return wizard_page_applies(wizard, index, false);
}

const struct page *wizard_review_page(struct wizard *wizard, size_t index)
{
	const struct page *const *page = wizard->plan->flow->pages;

	for (size_t i = 0; page[i] && page[i]->kind != PAGE_SUMMARY; i++) {
		if (wizard_page_applies(wizard, i, false) && index-- == 0)
			return page[i];
	}
	return NULL;
}

size_t wizard_page_count(struct wizard *wizard)
{
	size_t all = wizard_flow_page_count(wizard), count = 0;

	for (size_t i = 0; i < all; i++)
		count += is_listed(wizard, i);
	return count;
}

size_t wizard_page_index(struct wizard *wizard)
{
	size_t index = 0;

	for (size_t i = 0; i < wizard->page; i++)
		index += is_listed(wizard, i);
	return index;
}

const struct page *wizard_page_at(struct wizard *wizard, size_t index)
{
	size_t all = wizard_flow_page_count(wizard);

	for (size_t i = 0; i < all; i++) {
		if (is_listed(wizard, i) && index-- == 0)
			return wizard->plan->flow->pages[i];
	}
	return NULL;
}

size_t wizard_start_page(struct wizard *wizard)
{
	size_t count = wizard_flow_page_count(wizard), page = 0;

	while (page + 1 < count && !wizard_page_applies(wizard, page, false))
		page++;
	/* A plan that exists has chosen. */
	if (wizard->plan->flow->pages[page]->chooses && wizard->plan->file && hop_is_planned(plan_hop(wizard->plan)) &&
	    page + 1 < count)
		page++;
	return page;
}

void wizard_start_pages(struct wizard *wizard)
{
	free(wizard->marks);
	wizard->marks = xcalloc(wizard_flow_page_count(wizard), sizeof(*wizard->marks));
	wizard->page = wizard->opened = wizard_start_page(wizard);
	for (size_t i = 0; i <= wizard->page; i++)
		wizard->marks[i].visited = wizard_page_applies(wizard, i, false);
}

/* ---- prerequisites and steps ---- */

struct arena *wizard_derived(struct wizard *wizard)
{
	if (!wizard->derived)
		wizard->derived = arena_new();
	return wizard->derived;
}

/* PROBE: run the probe first, which asks every server and takes its time. */
static void read_facts(struct wizard *wizard, bool probe)
{
	struct collect collect = wizard->options.collect;

	collect.clock = wizard_now;
	if (!probe)
		collect = (struct collect){ .facts_path = collect.facts_path, .clock = collect.clock };
	wizard_forget_facts(wizard);
	collect_facts(&collect, wizard->plan, &wizard->facts, &wizard->facts_findings);
	wizard->facts_read = true;
	plan_use_facts(wizard->plan, wizard->facts);
}

void wizard_forget_facts(struct wizard *wizard)
{
	diags_clear(&wizard->facts_findings);
	plan_use_facts(wizard->plan, NULL);
	wizard->canonical_known = false; /* what is not answered may come from facts */
	facts_free(wizard->facts);
	wizard->facts = NULL;
	wizard->facts_read = false;
}

const struct facts *wizard_facts(struct wizard *wizard)
{
	if (!wizard->facts_read)
		read_facts(wizard, false);
	return wizard->facts;
}

const struct facts *wizard_reread_facts(struct wizard *wizard)
{
	forget_derived(wizard);
	forget_checks(wizard);
	read_facts(wizard, false);
	return wizard->facts;
}

const struct check_list *wizard_checks(struct wizard *wizard)
{
	char today[11];

	if (!wizard->checks_known) {
		wizard_today(today);
		if (!wizard->judged)
			wizard->judged = arena_new();
		wizard->checks = prereq_run(wizard->plan, wizard_facts(wizard), today, wizard->judged);
		wizard->checks_known = true;
		note_judged(wizard);
	}
	return &wizard->checks;
}

const struct diags *wizard_facts_findings(const struct wizard *wizard)
{
	return &wizard->facts_findings;
}

const struct check_list *wizard_recheck(struct wizard *wizard)
{
	/* Steps go by the plan, by facts, and by plans before it: where there are none of these, they stay. */
	bool more = wizard->facts || wizard->plan->answers->upgraded_before.count;

	forget_answers(wizard);
	forget_checks(wizard);
	earlier_look(wizard->plan, wizard_plan_path(wizard));
	read_facts(wizard, true);
	if (more || wizard->facts)
		forget_steps(wizard);
	return wizard_checks(wizard);
}

const char *wizard_checked_at(const struct wizard *wizard)
{
	return wizard->checked_at;
}

const struct sequence *wizard_sequence(struct wizard *wizard)
{
	if (!wizard->sequence_known) {
		/* What facts refute is no step. */
		(void)wizard_facts(wizard);
		if (!wizard->steps)
			wizard->steps = arena_new();
		wizard->sequence = sequence_build(wizard->plan, wizard->steps);
		wizard->sequence_known = true;
	}
	return &wizard->sequence;
}
