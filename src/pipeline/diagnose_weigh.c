/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * From what a run left to its findings, by weight.
 */
#include "pipeline/diagnose_private.h"

#include "core/text.h"
#include "model/release.h"

enum {
	NEAR_PLACE = 200,           /* lines above the place that count as close to it */
	WEIGHT_NEAR = 100, WEIGHT_CAUSE = 80, WEIGHT_ABSENCE = 60, WEIGHT_PLACE = 40, WEIGHT_SUMMARY = 20,
	LESS_DOUBTFUL = 5, LESS_OTHER_RELEASE = 10
};

/* Whether what should be missing is: a run that ended well misses nothing. */
static bool is_missing(const struct run *run, const struct sign *sign, const struct tally *tally, uint64_t last)
{
	if (run->verdict == LOG_ENDED_WELL)
		return false;
	if (!sign->lacks.literal)
		return tally->latest.number == last;
	return sign->after ? tally->lacked <= tally->latest.key + 1 : tally->lacked == 0;
}

static bool is_absence(const struct sign *sign)
{
	return sign->lacks.literal || sign->after;
}

static bool is_of_release(const struct sign *sign, const struct plan *plan)
{
	const struct hop *hop = plan ? plan_hop(plan) : NULL;

	for (const char *at = sign->releases; hop && at && *at;) {
		size_t length = strcspn(at, " ");

		if ((strlen(hop->source->id) == length && strncmp(at, hop->source->id, length) == 0) ||
		    (strlen(hop->target->id) == length && strncmp(at, hop->target->id, length) == 0))
			return true;
		at += length + strspn(at + length, " ");
	}
	return !hop || !sign->releases;
}

/* The line of a sign that tells: near the place when there is one. */
static const struct occurrence *telling(const struct run *run, const struct tally *tally)
{
	bool near = run->place && tally->first.number + NEAR_PLACE >= run->place;

	return run->place && !near ? &tally->latest : &tally->first;
}

static int weight_of(const struct run *run, const struct finding *finding)
{
	const struct sign *sign = finding->sign;
	int weight = 0;

	if (run->verdict == LOG_ENDED_WELL || sign->role == SIGN_REMARK)
		return 0;
	if (sign->role == SIGN_PLACE)
		weight = WEIGHT_PLACE;
	else if (sign->role == SIGN_SUMMARY)
		weight = WEIGHT_SUMMARY;
	else if (is_absence(sign))
		weight = WEIGHT_ABSENCE;
	else if (run->place && finding->line <= run->place && finding->line + NEAR_PLACE >= run->place)
		weight = WEIGHT_NEAR;
	else
		weight = WEIGHT_CAUSE;
	if (finding->certainty == CERTAINTY_DOUBTFUL)
		weight -= LESS_DOUBTFUL;
	if (finding->other_release)
		weight -= LESS_OTHER_RELEASE;
	return weight;
}

/* MEANS with DETAIL for {1} up to its bar; without a detail what stands behind the bar. */
static const char *fill_means(struct arena *arena, const char *means, const char *detail)
{
	const char *bar = strstr(means, " | "), *slot = strstr(means, "{1}");

	if (!slot)
		return means;
	if (!*detail && bar)
		return bar + 3;
	size_t rest = bar ? (size_t)(bar - slot - 3) : strlen(slot + 3);
	return arena_printf(arena, "%.*s%s%.*s", (int)(slot - means), means, detail, (int)rest, slot + 3);
}

/* "OMDBSqlVersion" in words: "OMDB Sql Version". */
static const char *split_words(struct arena *arena, const char *name)
{
	struct strbuf out = STRBUF_INIT;
	const char *kept;

	for (const char *at = name; *at; at++) {
		bool upper = *at >= 'A' && *at <= 'Z', lower_next = at[1] >= 'a' && at[1] <= 'z';

		if (at > name && upper && ((at[-1] >= 'a' && at[-1] <= 'z') || lower_next))
			strbuf_putc(&out, ' ');
		strbuf_putc(&out, *at);
	}
	kept = arena_strdup(arena, strbuf_text(&out));
	strbuf_clear(&out);
	return kept;
}

static const char *kept_text(struct arena *arena, const struct shown *shown, size_t index)
{
	return arena_strdup(arena, strbuf_text(&shown->text) + shown->starts[index]);
}

static void fill_finding(struct finding *finding, const struct run *run, const struct sign *sign,
			 const struct tally *tally, const struct plan *plan, const char *file, struct arena *arena)
{
	const struct occurrence *told = telling(run, tally);
	const char *detail = strbuf_text(&told->detail);
	struct strbuf source = STRBUF_INIT;

	*finding = (struct finding){ .sign = sign, .file = file, .line = told->number, .count = tally->count };
	finding->means =
		fill_means(arena, sign->means,
			   sign->logs == LOG_CHECKS ? split_words(arena, detail) : arena_strdup(arena, detail));
	finding->numbers = arena_strdup(arena, strbuf_text(&told->numbers));
	finding->certainty = certainty_words(&source, sign->source);
	finding->source = arena_strdup(arena, strbuf_text(&source));
	strbuf_clear(&source);
	finding->other_release = !is_of_release(sign, plan);
	for (size_t i = 0; i < told->shown.count; i++)
		finding->context[i] = (struct log_line){ told->shown.numbers[i], kept_text(arena, &told->shown, i) };
	finding->context_count = told->shown.count;
	finding->context_hit = told->shown.hit;
	finding->weight = weight_of(run, finding);
}

/* Of the same weight the first line; of the same line what is special to a step. */
static bool goes_before(const struct finding *a, const struct finding *b)
{
	if (a->weight != b->weight)
		return a->weight > b->weight;
	if (a->line != b->line)
		return a->line < b->line;
	return a->sign->task && !b->sign->task;
}

static void insert(struct log_result *result, const struct finding *finding)
{
	size_t at = result->finding_count++;

	for (; at > 0 && goes_before(finding, &result->findings[at - 1]); at--)
		result->findings[at] = result->findings[at - 1];
	result->findings[at] = *finding;
}

void judge_finish(struct judge *judge, uint64_t last, const struct plan *plan, struct log_result *result,
		  struct arena *arena)
{
	bool earlier = !run_says_something(judge, &judge->run) && run_says_something(judge, &judge->earlier);
	const struct run *run = earlier ? &judge->earlier : &judge->run;

	result->runs = judge->runs ? judge->runs : 1;
	result->verdict = run->verdict;
	result->has_status = run->has_status;
	result->status = run->status;
	result->rolled_back = run->rolled_back;
	result->consequences = run->consequences;
	result->findings = arena_array(arena, judge->catalog->sign_count + 1, sizeof(*result->findings));
	for (size_t i = 0; i < judge->catalog->sign_count; i++) {
		const struct sign *sign = judge->catalog->signs[i];
		const struct tally *tally = &run->tallies[i];
		struct finding finding;

		if (!tally->count || (is_absence(sign) && !is_missing(run, sign, tally, last)))
			continue;
		fill_finding(&finding, run, sign, tally, plan, result->path, arena);
		insert(result, &finding);
	}
	result->error_lines = run->errors;
	for (size_t i = 0; i < ERROR_LINES && i < run->errors; i++)
		result->errors[result->error_count++] =
			(struct log_line){ run->error[i].numbers[0], kept_text(arena, &run->error[i], 0) };
}
