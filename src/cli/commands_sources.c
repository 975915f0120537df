/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * "sources": the documents that the tables rest on, and what rests on each.
 */
#include "cli/commands.h"

#include "core/json.h"
#include "core/text.h"
#include "core/wrap.h"
#include "model/certainty.h"
#include "model/document.h"

enum { SOURCES_WIDTH = 79 };

struct use {                                    /* a source text, with where it leads */
	struct source_text text;
	struct source_way way;
};

struct uses {
	struct use *items;                      /* in ARENA */
	size_t count, room;
	struct arena *arena;
	const char *word;                       /* what is looked for; NULL: everything */
};

static void add_use(void *data, const struct source_text *text)
{
	struct uses *uses = data;

	if (uses->count == uses->room) {
		size_t room = uses->room ? 2 * uses->room : 256;
		struct use *items = arena_array(uses->arena, room, sizeof(*items));

		if (uses->count)
			memcpy(items, uses->items, uses->count * sizeof(*items));
		uses->items = items;
		uses->room = room;
	}
	uses->items[uses->count++] = (struct use){ *text, source_way(text->source, text->product) };
}

static bool leads_to(const struct source_way *way, const struct document *document)
{
	for (size_t i = 0; i < way->count; i++) {
		if (way->documents[i] == document)
			return true;
	}
	return false;
}

/* ---- which are wanted ---- */

static bool says_word(const struct document *document, const char *word)
{
	if (text_contains_fold(document->title, word) || text_contains_fold(document->id, word) ||
	    (document->address && text_contains_fold(document->address, word)))
		return true;
	for (size_t i = 0; i < DOCUMENT_CALLS && document->calls[i]; i++) {
		if (text_contains_fold(document->calls[i], word))
			return true;
	}
	return false;
}

/* Whether a row of that name rests on DOCUMENT. */
static bool carries_row(const struct uses *uses, const struct document *document)
{
	for (size_t i = 0; i < uses->count; i++) {
		if (str_eq(uses->items[i].text.row, uses->word) && leads_to(&uses->items[i].way, document))
			return true;
	}
	return false;
}

/* Whether the word is a source text, as a runbook has it, that leads to DOCUMENT. */
static bool is_source_of(const struct document *document, const char *word)
{
	for (size_t i = 0; flow_at(i); i++) {
		struct source_way way = source_way(word, flow_at(i)->id);

		if (leads_to(&way, document))
			return true;
	}
	return false;
}

static bool is_wanted(const struct uses *uses, const struct document *document)
{
	return !uses->word || says_word(document, uses->word) || carries_row(uses, document) ||
	       is_source_of(document, uses->word);
}

/* ---- text ---- */

static void put_text(struct strbuf *out, const struct uses *uses, const struct document *document)
{
	struct strbuf line = STRBUF_INIT;
	size_t rows = 0;

	for (size_t i = 0; i < uses->count; i++)
		rows += leads_to(&uses->items[i].way, document);
	if (out->length)
		strbuf_putc(out, '\n');
	wrap_put(out, document->title, SOURCES_WIDTH, 0, 4);
	/* An address is never broken: it is to be copied. */
	strbuf_printf(out, "    %s\n", document->address ? document->address : "no address known");
	strbuf_printf(&line, "%s, %s; %zu %s of the tables: ", document->date ? document->date : "no date known",
		      document_kind_words(document->kind), rows, rows == 1 ? "text" : "texts");
	for (size_t i = 0; i < DOCUMENT_CALLS && document->calls[i]; i++)
		strbuf_printf(&line, "%s\"%s\"", i ? ", " : "", document->calls[i]);
	wrap_put(out, strbuf_text(&line), SOURCES_WIDTH, 4, 0);
	strbuf_clear(&line);
}

/* ---- JSON ---- */

static void put_use(struct strbuf *out, const char *before, const struct source_text *text)
{
	static const char *const names[] = { [CERTAINTY_DOCUMENTED] = "documented", [CERTAINTY_SEEN] = "seen",
					     [CERTAINTY_DOUBTFUL] = "doubtful" };
	struct strbuf words = STRBUF_INIT;
	enum certainty certainty = certainty_words(&words, text->source);

	json_member(out, before, "product", text->product);
	json_member(out, ", ", "table", text->table);
	json_member(out, ", ", "row", text->row);
	json_member(out, ", ", "source", strbuf_text(&words));
	json_member(out, ", ", "certainty", names[certainty]);
	strbuf_putc(out, '}');
	strbuf_clear(&words);
}

static void put_json(struct strbuf *out, const struct uses *uses, const struct document *document)
{
	bool first = true;

	json_member(out, out->length ? ",\n    {" : "\n    {", "id", document->id);
	json_member(out, ", ", "kind", document_kind_name(document->kind));
	json_member(out, ", ", "title", document->title);
	json_member(out, ", ", "date", document->date);
	json_member(out, ", ", "address", document->address);
	json_member(out, ", ", "product", document->product);
	strbuf_puts(out, ", \"called\": [");
	for (size_t i = 0; i < DOCUMENT_CALLS && document->calls[i]; i++) {
		strbuf_puts(out, i ? ", " : "");
		json_string(out, document->calls[i]);
	}
	strbuf_puts(out, "],\n     \"texts\": [");
	for (size_t i = 0; i < uses->count; i++) {
		if (!leads_to(&uses->items[i].way, document))
			continue;
		put_use(out, first ? "\n      {" : ",\n      {", &uses->items[i].text);
		first = false;
	}
	strbuf_puts(out, "]}");
}

/* ---- the command ---- */

static size_t put_documents(struct strbuf *out, const struct uses *uses, bool json)
{
	size_t count = 0;

	for (const struct document *const *table = document_tables; *table; table++) {
		for (const struct document *row = *table; row->id; row++) {
			if (!is_wanted(uses, row))
				continue;
			(json ? put_json : put_text)(out, uses, row);
			count++;
		}
	}
	return count;
}

int command_sources(const struct session *session)
{
	const struct options *options = session->options;
	struct uses uses = { .arena = arena_new(), .word = options->argument_count ? options->arguments[0] : NULL };
	struct strbuf body = STRBUF_INIT, out = STRBUF_INIT;
	int status = EXIT_FINE;

	source_each(add_use, &uses);
	if (!put_documents(&body, &uses, options->json)) {
		say(session, "no document and no row of the tables has \"%s\"; without a word all are listed",
		    uses.word);
		status = EXIT_PLAN;
	}
	if (options->json)
		strbuf_printf(&out, "{\n  \"format\": 1,\n  \"documents\": [%s]\n}\n", strbuf_text(&body));
	else
		strbuf_puts(&out, strbuf_text(&body));
	if (options->json || status == EXIT_FINE) {
		int written = emit(session, &out, false);

		status = written == EXIT_FINE ? status : written;
	}
	strbuf_clear(&body);
	strbuf_clear(&out);
	arena_free(uses.arena);
	return status;
}
