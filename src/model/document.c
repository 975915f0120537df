/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Where source texts lead, and every source text that there is.
 */
#include "model/document.h"

#include "core/text.h"

static const char *const kind_names[DOCUMENT_KIND_COUNT] = {
	[DOCUMENT_VENDOR] = "vendor", [DOCUMENT_CODE] = "code", [DOCUMENT_FIELD] = "field", [DOCUMENT_OURS] = "ours",
};
static const char *const kind_words[DOCUMENT_KIND_COUNT] = {
	[DOCUMENT_VENDOR] = "the vendor's documentation",
	[DOCUMENT_CODE] = "seen in public tools",
	[DOCUMENT_FIELD] = "reported from practice",
	[DOCUMENT_OURS] = "our reading, not documented",
};

const char *document_kind_name(enum document_kind kind)
{
	return kind_names[kind];
}

const char *document_kind_words(enum document_kind kind)
{
	return kind_words[kind];
}

/* ---- parts ---- */

/* The end of the part at AT: a semicolon outside of brackets, or the end of the text. */
static const char *part_end(const char *at)
{
	bool inside = false;

	for (; *at && (*at != ';' || inside); at++)
		inside = *at == '[' || (inside && *at != ']');
	return at;
}

/* Whether the part from AT to END has tags, all of which say that no document stands behind it. */
static bool is_ours(const char *at, const char *end)
{
	const char *open = memchr(at, '[', (size_t)(end - at));

	return open && (str_starts(open + 1, "OURS") || str_starts(open + 1, "UNCERTAIN"));
}

/* The length of CALL where the part at AT begins with it, as whole words; 0: it does not. */
static size_t call_length(const char *at, const char *end, const char *call)
{
	size_t length = strlen(call);

	if (length > (size_t)(end - at) || strncmp(at, call, length) != 0)
		return 0;
	return at + length == end || strchr(" ,:[", at[length]) ? length : 0;
}

static size_t longest_call(const struct document *document, const char *product, const char *at, const char *end)
{
	size_t longest = 0;

	if (document->product && !(product && str_eq(document->product, product)))
		return 0;
	for (size_t i = 0; i < DOCUMENT_CALLS && document->calls[i]; i++) {
		size_t length = call_length(at, end, document->calls[i]);

		longest = length > longest ? length : longest;
	}
	return longest;
}

static void add_document(struct source_way *way, const struct document *document)
{
	for (size_t i = 0; i < way->count; i++) {
		if (way->documents[i] == document)
			return;
	}
	if (way->count < SOURCE_DOCUMENTS)
		way->documents[way->count++] = document;
}

/* Adds the documents that are called as the part at AT begins; several may share one call. False: none is. */
static bool add_called(struct source_way *way, const char *product, const char *at, const char *end)
{
	size_t longest = 0;

	for (const struct document *const *table = document_tables; *table; table++) {
		for (const struct document *row = *table; row->id; row++) {
			size_t length = longest_call(row, product, at, end);

			longest = length > longest ? length : longest;
		}
	}
	for (const struct document *const *table = document_tables; longest && *table; table++) {
		for (const struct document *row = *table; row->id; row++) {
			if (longest_call(row, product, at, end) == longest)
				add_document(way, row);
		}
	}
	return longest > 0;
}

/* What follows "Windows, .NET: " in the part at AT; NULL: nothing of that kind stands there. */
static const char *behind_label(const char *at, const char *end)
{
	for (; at + 1 < end && *at != '['; at++) {
		if (at[0] == ':' && at[1] == ' ')
			return at + 2;
	}
	return NULL;
}

/* "the same" is what the part before led to. */
static bool add_part(struct source_way *way, const char *product, const char *at, const char *end)
{
	const char *behind = behind_label(at, end);

	if (add_called(way, product, at, end) || (behind && add_called(way, product, behind, end)))
		return true;
	if (way->count && call_length(behind ? behind : at, end, "the same"))
		return true;
	return is_ours(at, end) && add_called(way, product, "our reading", strchr("our reading", '\0'));
}

struct source_way source_way(const char *source, const char *product)
{
	struct source_way way = { .count = 0 };

	for (const char *at = source; *at;) {
		const char *end = part_end(at);

		if (!add_part(&way, product, at, end) && !way.lost)
			way.lost = at;
		at = end + (*end ? 1 + strspn(end + 1, " ") : 0);
	}
	return way;
}

/* ---- every text ---- */

struct walk {
	void (*visit)(void *data, const struct source_text *text);
	void *data;
	const char *product;
};

static void tell(const struct walk *walk, const char *table, const char *row, const char *source)
{
	struct source_text text = { walk->product, table, row, source };

	if (source)
		walk->visit(walk->data, &text);
}

static void walk_fields(const struct walk *walk, const char *table, const struct field *const *fields)
{
	for (; fields && *fields; fields++) {
		tell(walk, table, (*fields)->key, (*fields)->source);
		walk_fields(walk, table, (*fields)->columns);
	}
}

/* Passwords stand on pages alone, not in the plan's file. */
static void walk_page(const struct walk *walk, const struct page *page)
{
	for (const struct field *const *field = page->fields; field && *field; field++) {
		if ((*field)->kind == FIELD_SECRET)
			tell(walk, "field", (*field)->key, (*field)->source);
	}
}

static void walk_logs(const struct walk *walk, const struct log_tables *logs)
{
	for (const struct sign *const *table = logs->signs; *table; table++) {
		for (const struct sign *row = *table; row->id; row++)
			tell(walk, "sign", row->id, row->source);
	}
	for (const struct log_mark *const *table = logs->marks; *table; table++) {
		for (const struct log_mark *row = *table; row->logs; row++)
			tell(walk, "mark", row->text.literal, row->source);
	}
	for (const struct log_noise *const *table = logs->noise; *table; table++) {
		for (const struct log_noise *row = *table; row->logs; row++)
			tell(walk, "noise", row->text.literal, row->source);
	}
	for (const struct exit_code *const *table = logs->codes; *table; table++) {
		for (const struct exit_code *row = *table; row->program; row++)
			tell(walk, "exit-code", row->program, row->source);
	}
}

static void walk_tasks(const struct walk *walk, const struct flow *flow)
{
	for (const struct task *row = flow->tasks; row->id; row++) {
		tell(walk, "step", row->id, row->source);
		tell(walk, "step", row->id, row->build ? row->build->source : NULL);
	}
	for (const struct back_out *row = flow->back_out; row && row->title; row++)
		tell(walk, "back-out", row->title, row->source);
}

static void walk_flow(const struct walk *walk, const struct flow *flow)
{
	walk_fields(walk, "field", flow->fields);
	for (const struct page *const *page = flow->pages; *page; page++)
		walk_page(walk, *page);
	for (const struct field *const *const *table = flow->facts; table && *table; table++)
		walk_fields(walk, "fact", *table);
	for (const struct prereq *row = flow->prereqs; row->id; row++)
		tell(walk, "prerequisite", row->id, row->source);
	for (const struct prereq *row = flow->after; row && row->id; row++)
		tell(walk, "end state", row->id, row->source);
	walk_tasks(walk, flow);
	for (const struct product_release *const *row = flow->releases; row && *row; row++)
		tell(walk, "release", (*row)->release, (*row)->source);
	for (const struct release_edge *row = flow->edges; row && row->id; row++) {
		if (str_eq(row->product, flow->id))
			tell(walk, "upgrade", row->id, row->source);
	}
	if (flow->logs)
		walk_logs(walk, flow->logs);
}

void source_each(void (*visit)(void *data, const struct source_text *text), void *data)
{
	struct walk walk = { visit, data, NULL };

	for (size_t i = 0; flow_at(i); i++) {
		walk.product = flow_at(i)->id;
		walk_flow(&walk, flow_at(i));
	}
	walk.product = NULL;
	for (const struct release *row = releases; row->id; row++) {
		tell(&walk, "support", row->id, row->support_source);
		tell(&walk, "levels", row->id, row->levels_source);
	}
}
