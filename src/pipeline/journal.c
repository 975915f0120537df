/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Lines of the journal in and out. Each line is read on its own: it is one item of a YAML list, so the whole
 * file is YAML too.
 */
#include "pipeline/journal.h"

#include "core/pattern.h"
#include "core/text.h"

static const char *const mark_names[] = {
	[MARK_STARTED] = "started", [MARK_DONE] = "done",   [MARK_FAILED] = "failed",
	[MARK_SKIPPED] = "skipped", [MARK_RESET] = "reset", [MARK_NOTED] = "noted",   [MARK_COUNT] = NULL,
};

const char *mark_name(enum mark mark)
{
	return mark_names[mark];
}

bool mark_find(const char *name, enum mark *mark)
{
	for (size_t i = 0; i < MARK_COUNT; i++) {
		if (!str_eq(mark_names[i], name))
			continue;
		*mark = (enum mark)i;
		return true;
	}
	return false;
}

/* ---- reading ---- */

static const char *text_of(const struct node *item, const char *key)
{
	const struct node *node = node_find(item, key);

	return node && node->kind == NODE_SCALAR ? node->text : NULL;
}

static bool read_entry(const struct node *item, struct journal_entry *entry)
{
	const char *mark = text_of(item, "state"), *forced = text_of(item, "forced");

	entry->time = text_of(item, "time");
	entry->step = text_of(item, "step");
	entry->by = text_of(item, "by");
	entry->note = text_of(item, "note");
	entry->plan = text_of(item, "plan");
	entry->content = text_of(item, "content");
	entry->forced = str_eq(forced, "true");
	return entry->time && pattern_matches(PATTERN_UTC_TIME, entry->time) && entry->step && *entry->step &&
	       entry->by && entry->note && entry->plan && entry->content && mark && mark_find(mark, &entry->mark);
}

static bool read_line(struct journal *journal, const char *line, size_t length, struct journal_entry *entry)
{
	struct diags ignored = DIAGS_INIT;
	const struct node *root = yamltree_parse(journal->arena, NULL, line, length, &ignored);
	const struct node *item = root && root->kind == NODE_SEQUENCE ? root->child : NULL;
	bool good = item && item->kind == NODE_MAPPING && !item->next && read_entry(item, entry);

	diags_clear(&ignored);
	return good;
}

static void keep(struct journal *journal, const struct journal_entry *entry)
{
	if (journal->count == journal->room) {
		journal->room = journal->room ? 2 * journal->room : 64;
		journal->items = xrealloc(journal->items, journal->room * sizeof(*journal->items));
	}
	journal->items[journal->count++] = *entry;
}

bool journal_parse(struct journal *journal, const char *file, const char *text, size_t length, struct diags *diags)
{
	unsigned line = 1;

	*journal = (struct journal){ .arena = arena_new() };
	for (const char *at = text, *end = text + length; at < end; line++) {
		const char *feed = memchr(at, '\n', (size_t)(end - at));
		struct journal_entry entry = { .line = line };
		struct place place = { file, line, 1 };
		if (!feed) {
			diags_add(diags, SEV_WARNING, "journal-torn", place, "",
				  "What it was about to record did not happen.",
				  "The last line was cut off while it was written; it is ignored.");
			return true;
		}
		if (!read_line(journal, at, (size_t)(feed - at), &entry)) {
			diags_add(diags, SEV_ERROR, "journal-damaged", place, "",
				  "Compare it with a copy; nothing is recorded until it is whole again.",
				  "This is not a line of a journal.");
			return false;
		}
		keep(journal, &entry);
		at = feed + 1;
		journal->good_bytes = (size_t)(at - text);
	}
	return true;
}

void journal_clear(struct journal *journal)
{
	arena_free(journal->arena);
	free(journal->items);
	*journal = (struct journal){ 0 };
}

/* ---- writing ---- */

static void put(struct strbuf *out, const char *key, const char *text)
{
	strbuf_printf(out, "%s: '", key);
	for (const char *at = text; *at; at++) {
		if (*at == '\'')
			strbuf_putc(out, '\'');
		strbuf_putc(out, *at);
	}
	strbuf_putc(out, '\'');
}

void journal_format(const struct journal_entry *entry, struct strbuf *out)
{
	strbuf_puts(out, "- { ");
	put(out, "time", entry->time);
	put(out, ", step", entry->step);
	strbuf_printf(out, ", state: %s, ", mark_name(entry->mark));
	put(out, "by", entry->by);
	put(out, ", note", entry->note);
	if (entry->forced)
		strbuf_puts(out, ", forced: true");
	put(out, ", plan", entry->plan);
	put(out, ", content", entry->content);
	strbuf_puts(out, " }\n");
}
