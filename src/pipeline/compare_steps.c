/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The steps of two plans.
 */
#include "pipeline/compare.h"

#include "core/json.h"

static const char *text_of(struct strbuf *text, struct arena *arena)
{
	const char *kept = text->length ? arena_strdup(arena, strbuf_text(text)) : NULL;

	strbuf_clear(text);
	return kept;
}

/* An array of JSON: no shell is meant. */
static const char *words_text(const struct sequence *sequence, const struct step *step, struct arena *arena)
{
	struct strbuf text = STRBUF_INIT, word = STRBUF_INIT;

	(void)sequence;
	for (size_t i = 0; i < step->words.count; i++) {
		strbuf_reset(&word);
		winquote_word(&word, &step->words.items[i]);
		strbuf_putc(&text, i ? ' ' : '[');
		json_string(&text, strbuf_text(&word));
		strbuf_putc(&text, i + 1 < step->words.count ? ',' : ']');
	}
	strbuf_clear(&word);
	return text_of(&text, arena);
}

/* One a line. */
static const char *set_text(const struct sequence *sequence, const struct step_set *set, struct arena *arena)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < set->count; i++)
		strbuf_printf(&text, "%s%s", i ? "\n" : "", sequence->items[step_set_at(set, i)].id);
	return text_of(&text, arena);
}

static const char *requires_text(const struct sequence *sequence, const struct step *step, struct arena *arena)
{
	return set_text(sequence, &step->requires, arena);
}

static const char *follows_text(const struct sequence *sequence, const struct step *step, struct arena *arena)
{
	return set_text(sequence, &step->follows, arena);
}

static const char *kind_text(const struct sequence *sequence, const struct step *step, struct arena *arena)
{
	(void)sequence;
	(void)arena;
	return step_kind_name(step->kind);
}

static const char *phase_text(const struct sequence *sequence, const struct step *step, struct arena *arena)
{
	(void)sequence;
	(void)arena;
	return step->task->phase;
}

#define AS_IT_IS(function, member)                                                                                     \
	static const char *function(const struct sequence *sequence, const struct step *step, struct arena *arena)     \
	{                                                                                                              \
		(void)sequence;                                                                                        \
		(void)arena;                                                                                           \
		return step->member;                                                                                   \
	}
AS_IT_IS(title_text, title)
AS_IT_IS(script_text, text)
AS_IT_IS(why_text, why)
AS_IT_IS(verify_text, verify)
AS_IT_IS(failure_text, failure)

/* By the names that "steps --format json" has for them. */
static const struct {
	const char *name;
	const char *(*text_of)(const struct sequence *sequence, const struct step *step, struct arena *arena);
} parts[] = {
	{ "title", title_text },     { "phase", phase_text },       { "kind", kind_text },
	{ "words", words_text },     { "text", script_text },       { "requires", requires_text },
	{ "follows", follows_text }, { "why", why_text },           { "verify", verify_text },
	{ "if-it-fails", failure_text },
};

static void compare_step(const struct sequence *before, size_t old, const struct sequence *after, size_t step,
			 struct arena *arena, struct differences *differences)
{
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		struct difference difference = { CHANGE_CHANGED, after->items[step].id, parts[i].name,
						 parts[i].text_of(before, &before->items[old], arena),
						 parts[i].text_of(after, &after->items[step], arena) };

		if (!str_eq(difference.before, difference.after))
			differences_add(differences, arena, difference);
	}
}

static const char **ids_of(const struct sequence *sequence, struct arena *arena)
{
	const char **ids = arena_array(arena, sequence->count + 1, sizeof(*ids));

	for (size_t i = 0; i < sequence->count; i++)
		ids[i] = sequence->items[i].id;
	return ids;
}

void compare_steps(const struct sequence *before, const struct sequence *after, struct arena *arena,
		   struct differences *differences)
{
	struct matching matching = matching_new(arena, before->count, after->count);
	const bool *moved;

	matching_pair(&matching, arena, ids_of(before, arena), ids_of(after, arena));
	moved = matching_moved(&matching, arena);
	for (size_t i = 0; i < before->count; i++) {
		if (matching.before[i] == SIZE_MAX)
			differences_add(differences, arena,
					(struct difference){ CHANGE_REMOVED, before->items[i].id, NULL,
							     before->items[i].title, NULL });
	}
	for (size_t i = 0; i < after->count; i++) {
		size_t old = matching.after[i];

		if (old == SIZE_MAX) {
			differences_add(differences, arena,
					(struct difference){ CHANGE_ADDED, after->items[i].id, NULL, NULL,
							     after->items[i].title });
			continue;
		}
		compare_step(before, old, after, i, arena, differences);
		if (moved[i])
			differences_add(differences, arena,
					(struct difference){ CHANGE_MOVED, after->items[i].id, NULL,
							     arena_printf(arena, "%zu", old + 1),
							     arena_printf(arena, "%zu", i + 1) });
	}
}
