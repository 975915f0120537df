/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A step as JSON.
 */
#include "render/steps_json.h"

#include "core/json.h"

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
	json_key(out, ", ", key);
	strbuf_putc(out, '[');
	for (size_t i = 0; i < set->count; i++) {
		strbuf_puts(out, i ? ", " : "");
		json_string(out, sequence->items[set->items[i]].id);
	}
	strbuf_putc(out, ']');
}

void step_json(struct strbuf *out, const struct sequence *sequence, size_t index)
{
	const struct step *step = &sequence->items[index];

	strbuf_puts(out, "{\"id\": ");
	json_string(out, step->id);
	json_member(out, ", ", "phase", step->task->phase);
	json_member(out, ", ", "server", step->server ? step->server->name : NULL);
	json_member(out, ", ", "run-on", step->run_on);
	json_member(out, ", ", "title", step->title);
	json_member(out, ", ", "kind", step_kind_name(step->kind));
	put_words(out, &step->words);
	json_member(out, ", ", "text", step->text);
	put_set(out, "requires", sequence, &step->requires);
	put_set(out, "follows", sequence, &step->follows);
	json_member(out, ", ", "why", step->why);
	json_member(out, ", ", "verify", step->verify);
	json_member(out, ", ", "if-it-fails", step->failure);
	json_member(out, ", ", "source", step->task->source);
	json_member(out, ", ", "uncertain", step->uncertain);
	strbuf_putc(out, '}');
}
