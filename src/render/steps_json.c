/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A step as JSON.
 */
#include "render/steps_json.h"

#include "core/json.h"
#include "render/render.h"

enum { ID_BYTES = 32 }; /* about what the id of a step takes */

static void put_words(struct strbuf *out, const struct command_words *words)
{
	struct strbuf word = STRBUF_INIT;

	strbuf_puts(out, ", \"words\": ");
	if (words->count == 0) {
		strbuf_puts(out, "null");
		return;
	}
	for (size_t i = 0; i < words->count; i++) {
		strbuf_reset(&word);
		winquote_word(&word, &words->items[i]);
		strbuf_puts(out, i ? ", " : "[");
		json_string(out, strbuf_text(&word));
	}
	strbuf_putc(out, ']');
	strbuf_clear(&word);
}

static void put_set(struct strbuf *out, const char *key, const struct sequence *sequence, const struct step_set *set)
{
	/* The set of a large group is long, and growing copies and wipes. */
	strbuf_reserve(out, set->count * ID_BYTES);
	json_key(out, ", ", key);
	strbuf_putc(out, '[');
	for (size_t i = 0; i < set->count; i++) {
		strbuf_puts(out, i ? ", " : "");
		json_string(out, sequence->items[step_set_at(set, i)].id);
	}
	strbuf_putc(out, ']');
}

static bool has_same_what(const struct step *a, const struct step *b)
{
	return render_runs_alike(a, b) && step_set_is_same(&a->requires, &b->requires);
}

static bool has_same_why(const struct step *a, const struct step *b)
{
	return a->task == b->task && a->why == b->why && a->verify == b->verify &&
	       a->if_it_fails == b->if_it_fails && a->uncertain == b->uncertain;
}

static void put_what(struct strbuf *out, const struct sequence *sequence, const struct step *step)
{
	json_member(out, ", ", "kind", step_kind_name(step->kind));
	put_words(out, &step->words);
	json_member(out, ", ", "text", step->text);
	put_set(out, "requires", sequence, &step->requires);
}

static void put_why(struct strbuf *out, const struct step *step)
{
	json_member(out, ", ", "why", step->why);
	json_member(out, ", ", "verify", step->verify);
	json_member(out, ", ", "if-it-fails", step->if_it_fails);
	json_member(out, ", ", "source", step->task->source);
	json_member(out, ", ", "uncertain", step->uncertain);
}

void steps_json_put(struct steps_json *json, struct strbuf *out, size_t index)
{
	const struct step *step = &json->sequence->items[index];

	if (!json->last || !has_same_what(json->last, step)) {
		strbuf_reset(&json->what);
		put_what(&json->what, json->sequence, step);
	}
	if (!json->last || !has_same_why(json->last, step)) {
		strbuf_reset(&json->why);
		put_why(&json->why, step);
	}
	json->last = step;
	strbuf_puts(out, "{\"id\": ");
	json_string(out, step->id);
	json_member(out, ", ", "phase", step->task->phase);
	json_member(out, ", ", "server", step->server ? step->server->name : NULL);
	json_member(out, ", ", "run-on", step->run_on);
	json_member(out, ", ", "title", step->title);
	strbuf_add(out, strbuf_text(&json->what), json->what.length);
	put_set(out, "follows", json->sequence, &step->follows);
	strbuf_add(out, strbuf_text(&json->why), json->why.length);
	strbuf_putc(out, '}');
}

void steps_json_clear(struct steps_json *json)
{
	strbuf_clear(&json->what);
	strbuf_clear(&json->why);
}
