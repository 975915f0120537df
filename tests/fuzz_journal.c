/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Fuzz target: a journal. What the reader took is written by the writer as lines that the reader takes for the same;
 * and so is any text that may stand in a record.
 */
#include "fuzz.h"

#include "core/text.h"
#include "pipeline/journal.h"

enum { TEXT_MOST = 400 };

static bool same_entry(const struct journal_entry *a, const struct journal_entry *b)
{
	return str_eq(a->time, b->time) && str_eq(a->step, b->step) && str_eq(a->by, b->by) &&
	       str_eq(a->note, b->note) && str_eq(a->plan, b->plan) && str_eq(a->content, b->content) &&
	       a->mark == b->mark && a->forced == b->forced;
}

static void must_be_read(const struct journal_entry *entry)
{
	struct strbuf line = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct journal journal;

	journal_format(entry, &line);
	if (!journal_parse(&journal, "line", strbuf_text(&line), line.length, &diags) || journal.count != 1 ||
	    !same_entry(entry, &journal.items[0]))
		bug("what is written is not read: %s", strbuf_text(&line));
	journal_clear(&journal);
	diags_clear(&diags);
	strbuf_clear(&line);
}

static void read_journal(const uint8_t *data, size_t size)
{
	struct diags diags = DIAGS_INIT;
	struct journal journal;
	bool ok = journal_parse(&journal, "fuzz", (const char *)data, size, &diags);

	if (ok != (diags.errors == 0))
		bug("a journal is refused without a reason, or taken with an error");
	if (journal.good_bytes > size)
		bug("more is good than there is");
	for (size_t i = 0; ok && i < journal.count; i++)
		must_be_read(&journal.items[i]);
	journal_clear(&journal);
	diags_clear(&diags);
}

int fuzz_journal(const uint8_t *data, size_t size)
{
	static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";
	struct journal_entry entry = { .time = "2026-11-21T14:02:07Z", .step = "back-up-database", .by = "anna",
				       .plan = zeros, .content = zeros + 48, .mark = MARK_DONE };
	struct strbuf text = STRBUF_INIT;
	size_t offset;

	read_journal(data, size);
	strbuf_add(&text, (const char *)data, size < TEXT_MOST ? size : TEXT_MOST);
	if (strlen(strbuf_text(&text)) == text.length && text_is_utf8(strbuf_text(&text), text.length) &&
	    text_find_unsafe(strbuf_text(&text), text.length, &offset) == 0) {
		entry.note = strbuf_text(&text);
		must_be_read(&entry);
		if (text.length) {
			entry.by = entry.note;
			must_be_read(&entry);
		}
	}
	strbuf_clear(&text);
	return 0;
}
