/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The levels of source and target as answers.
 */
#include "flows/common/common.h"

#include "model/hop.h"

/* "RTM, UR1, UR2" */
static const char *list_levels(const struct release *release, struct arena *arena)
{
	struct strbuf text = STRBUF_INIT;
	const char *kept;

	for (const struct release_level *level = release->levels; level->id; level++)
		strbuf_printf(&text, "%s%s", text.length ? ", " : "", level->id);
	kept = arena_strdup(arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

static bool check_level(const struct scope *scope, const struct release *release, const char *id, struct report *to)
{
	if (!id || release_level_find(release, id))
		return true;
	return report_error(to, "no-such-level",
			    arena_printf(scope->arena, "One of %s.", list_levels(release, scope->arena)),
			    "%s has no level \"%s\" that this program knows.", release->brief, id);
}

static bool check_source_level(const struct scope *scope, struct report *to)
{
	return check_level(scope, scope->hop->source, scope->plan->answers->source_level, to);
}

static bool check_update_level(const struct scope *scope, struct report *to)
{
	return check_level(scope, scope->hop->target, scope->plan->answers->update_level, to);
}

/* A road that goes on needs the level at which the next hop begins. */
const char *common_stage_level(const struct scope *scope)
{
	const struct release_edge *road[RELEASE_ROAD_LIMIT];
	const struct release *goal = plan_goal(scope->plan);
	const struct flow *flow = scope->plan->flow;

	if (!goal || !release_road(flow->edges, flow->id, scope->hop->target, goal, road))
		return NULL;
	return road[0]->stage_level;
}

const struct release_level *common_update(const struct scope *scope)
{
	const char *id = scope->plan->answers->update_level;
	const struct release_level *level;

	if (!id)
		id = common_stage_level(scope);
	level = id ? release_level_find(scope->hop->target, id) : NULL;
	return level == scope->hop->target->levels ? NULL : level;
}

/* Where nothing depends on the level of the source, nobody is asked for it. */
static bool asks_source_level(const struct scope *scope)
{
	const struct edge_flag *flag = scope->hop->edge ? scope->hop->edge->flags : NULL;

	for (; flag && flag->flag != RELEASE_FLAG_COUNT; flag++) {
		if (flag->below)
			return true;
	}
	return false;
}

const struct field common_source_level = {
	.key = "source-level",
	.kind = FIELD_TEXT,
	.flags = FIELD_THIS_HOP,
	.next_from = &common_update_level,
	.offset = AT_TEXT(struct answers, source_level),
	.label = "Update rollup of {source} in use now",
	.brief = "Source level",
	.help = "RTM for the first release, else as UR3. May stay empty: facts give it, and without them steps that "
		"depend on it begin with \"If\".",
	.example = "UR3",
	.rule = rule_text,
	.tidy = tidy_trim,
	.check = check_source_level,
	.applies = asks_source_level,
	.source = "build tables [DOC]",
};

const struct field common_update_level = {
	.key = "update-rollup",
	.kind = FIELD_TEXT,
	.flags = FIELD_THIS_HOP,
	.preset_of = common_stage_level,
	.offset = AT_TEXT(struct answers, update_level),
	.label = "Update rollup to install right after setup",
	.brief = "Update rollup",
	.help = "As UR3; RTM or empty: none. It is installed on every role after setup and before the agents, so that "
		"each agent is updated only once.",
	.example = "UR3",
	.rule = rule_text,
	.tidy = tidy_trim,
	.check = check_update_level,
	.source = "build tables [DOC]; right after setup [FIELD]",
};
