/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Plans that come first, by their records. They are only read, and the plans that they name in turn are not looked at.
 */
#include "pipeline/earlier.h"

#include "core/text.h"
#include "model/earlier.h"
#include "pipeline/collect.h"
#include "pipeline/tracker.h"
#include "pipeline/validate.h"

void earlier_path(const char *plan_path, const char *name, struct strbuf *out)
{
	strbuf_add(out, plan_path, (size_t)(platform_last_part(plan_path) - plan_path));
	strbuf_puts(out, name);
}

static struct earlier_plan unknown(const char *name, const char *found)
{
	return (struct earlier_plan){ .name = name, .state = EARLIER_UNKNOWN, .found = found };
}

/* The first error of DIAGS, in the plan's arena. */
static const char *first_error(const struct plan *plan, const struct diags *diags)
{
	return arena_strdup(plan->arena, diags_first(diags, SEV_ERROR)->text);
}

/* The time: whose clock is ahead is no matter here. */
#define LATEST "9999-12-31T23:59:59Z"

/* What lies beside the plan at PATH, *FACTS, which is owned; NULL: nothing. False: not all of it can be read, as DIAGS
 * says. */
static bool read_facts(const char *path, struct facts **facts, struct diags *diags)
{
	struct strbuf place = STRBUF_INIT;
	bool whole;

	*facts = NULL;
	if (facts_found(path, &place))
		(void)facts_load(strbuf_text(&place), LATEST, facts, diags);
	strbuf_clear(&place);
	whole = !*facts || facts_are_whole(*facts);
	if (whole)
		diags_clear(diags); /* single keys are no matter, and no reason for what fails later */
	return whole;
}

/* How many steps of OTHER are open by its record at PATH. False: DIAGS says why it cannot be told. */
static bool count_open(const struct plan *other, const char *path, const struct facts *facts, size_t *open,
		       struct diags *diags)
{
	struct arena *arena = arena_new();
	struct sequence sequence = sequence_build(other, arena);
	struct tracker *tracker = tracker_open(other, &sequence, path, facts, LATEST, diags);

	*open = 0;
	for (size_t i = 0; tracker && i < sequence.count; i++)
		*open += !tracker_is_settled(tracker, i);
	tracker_free(tracker);
	arena_free(arena);
	return tracker != NULL;
}

static struct earlier_plan judge(const struct plan *plan, const char *name, const struct plan *other, const char *path)
{
	const struct release *target = plan_hop(plan)->target, *theirs = plan_hop(other)->target;
	struct diags diags = DIAGS_INIT;
	struct facts *facts = NULL;
	struct earlier_plan result;
	size_t open;

	if (theirs != target) {
		result = unknown(name, arena_printf(plan->arena, "it leads to %s, and this plan to %s", theirs->brief,
						    target->brief));
	} else if (!validate_plan(other, &diags) || !read_facts(path, &facts, &diags) ||
		   !count_open(other, path, facts, &open, &diags)) {
		result = unknown(name, first_error(plan, &diags));
	} else if (open) {
		result = (struct earlier_plan){ name, EARLIER_OPEN,
						arena_printf(plan->arena, "%zu of its steps are open", open) };
	} else {
		result = (struct earlier_plan){ name, EARLIER_DONE, "every step of it is done" };
	}
	diags_clear(&diags);
	facts_free(facts);
	return result;
}

/* Whether PATH is a link, or one of the folders behind its first START bytes. */
static bool has_link(const char *path, size_t start)
{
	struct strbuf part = STRBUF_INIT, target = STRBUF_INIT;
	bool link = false;

	for (size_t end = start; !link && path[start]; end++) {
		end += strcspn(path + end, "/");
		strbuf_reset(&part);
		strbuf_add(&part, path, end);
		link = platform_link_target(strbuf_text(&part), &target);
		if (!path[end])
			break;
	}
	strbuf_clear(&part);
	strbuf_clear(&target);
	return link;
}

/* No link, so that what lies beside or below is what is read. */
static struct earlier_plan look_at(struct plan *plan, const char *plan_path, const char *name)
{
	struct strbuf path = STRBUF_INIT, bytes = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct earlier_plan result;
	struct plan *other = NULL;
	const char *why;

	earlier_path(plan_path, name, &path);
	if (!rule_plan_name(name, NULL))
		result = unknown(name, "it is not the name of a plan beside this one or below it");
	else if (has_link(strbuf_text(&path), path.length - strlen(name)))
		result = unknown(name, "it is a link, which is not followed");
	else if (platform_same_file(strbuf_text(&path), plan_path))
		result = unknown(name, "it is this plan");
	else if (platform_read(strbuf_text(&path), YAML_FILE_LIMIT, &bytes, NULL, &why) != FILE_OK)
		result = unknown(name, arena_printf(plan->arena, "it cannot be read: %s", why));
	else if (plan_read(name, strbuf_text(&bytes), bytes.length, &other, &diags) != LOAD_OK || diags.errors)
		result = unknown(name, first_error(plan, &diags));
	else
		result = judge(plan, name, other, strbuf_text(&path));
	plan_free(other);
	diags_clear(&diags);
	strbuf_clear(&bytes);
	strbuf_clear(&path);
	return result;
}

void earlier_look(struct plan *plan, const char *plan_path)
{
	const struct names *names = &plan->answers->upgraded_before;
	struct earlier_plan *items;

	plan->earlier = NULL;
	if (!names->count || !plan_path || str_eq(plan_path, "-"))
		return;
	items = arena_array(plan->arena, names->count, sizeof(*items));
	for (size_t i = 0; i < names->count; i++)
		items[i] = look_at(plan, plan_path, names->items[i]);
	plan->earlier = items;
}
