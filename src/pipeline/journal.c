/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Lines of the journal in and out. Each line is read on its own: it is one item of a YAML list, so the whole
 * file is YAML too.
 */
#include "pipeline/journal.h"

#include "core/pattern.h"
#include "core/text.h"

void journal_path(const char *plan_path, struct strbuf *out)
{
	struct strbuf target = STRBUF_INIT;

	strbuf_puts(out, platform_link_target(plan_path, &target) ? strbuf_text(&target) : plan_path);
	strbuf_puts(out, ".journal");
	strbuf_clear(&target);
}

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

/* How a line of ours begins; with these a torn one is told from what is somebody else's. */
static const char entry_begins[] = "- { time: '", head_begins[] = "- { journal: ";

/* A line that is one mapping, and where its texts are kept. */
struct line {
	struct yamltree *tree;
	const struct node *item;         /* NULL: it is none */
	struct arena *arena;
};

static const char *text_of(const struct line *line, const char *key)
{
	const struct node *node = node_find(line->tree, line->item, key);

	return node && node->kind == NODE_SCALAR ? arena_strdup(line->arena, node_text(line->tree, node)) : NULL;
}

static bool read_entry(const struct line *item, struct journal_entry *entry)
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

static bool read_head(const struct line *item, struct upgrade_identity *head)
{
	head->product = text_of(item, "product");
	head->name = text_of(item, "name");
	head->source = text_of(item, "source");
	head->target = text_of(item, "target");
	return str_eq(text_of(item, "journal"), "1") && head->product && head->name && head->source && head->target;
}

/* Its tree is owned: free with yamltree_free. */
static struct line parse_line(struct arena *arena, const char *bytes, size_t length)
{
	struct strbuf text = STRBUF_INIT;
	struct diags ignored = DIAGS_INIT;
	struct line line = { .arena = arena };
	const struct node *root, *item;

	strbuf_add(&text, bytes, length);
	line.tree = yamltree_parse(NULL, strbuf_text(&text), length, &ignored);
	root = line.tree ? line.tree->nodes : NULL;
	item = root && root->kind == NODE_SEQUENCE ? node_first(root) : NULL;
	diags_clear(&ignored);
	strbuf_clear(&text);
	if (item && item->kind == NODE_MAPPING && !node_next(item))
		line.item = item;
	return line;
}

static void keep(struct journal *journal, const struct journal_entry *entry)
{
	journal->items = xgrow(journal->items, journal->count, &journal->room, sizeof(*journal->items));
	journal->items[journal->count++] = *entry;
}

/* False: the line is none of a journal. */
static bool take_line(struct journal *journal, const char *bytes, size_t length)
{
	struct journal_entry entry = { .line = journal->lines + 1 };
	struct line line = parse_line(journal->arena, bytes, length);
	bool ours = line.item;

	if (ours && read_entry(&line, &entry))
		keep(journal, &entry);
	else
		ours = ours && journal->lines == 0 && read_head(&line, &journal->head);
	yamltree_free(line.tree);
	journal->lines += ours;
	return ours;
}

/* Whether LINE, which does not parse, may be one of ours that was cut off: it begins as one, or all of it is the
 * beginning of one. */
static bool may_be_torn(const char *line, size_t length)
{
	static const char *const begins[] = { entry_begins, head_begins };

	for (size_t i = 0; i < ARRAY_LEN(begins); i++) {
		size_t least = length < strlen(begins[i]) ? length : strlen(begins[i]);

		if (memcmp(line, begins[i], least) == 0)
			return true;
	}
	return false;
}

static bool refuse_line(const struct journal *journal, const char *file, struct diags *diags)
{
	struct place place = { file, journal->lines + 1, 1 };

	diags_add(diags, SEV_ERROR, "journal-damaged", place, "",
		  "Compare it with a copy; nothing is recorded until it is repaired.",
		  "This is not a line of a journal.");
	return false;
}

static void tell_torn(struct journal *journal, const char *file, struct diags *diags)
{
	struct place place = { file, journal->lines + 1, 1 };

	journal->torn = true;
	diags_add(diags, SEV_WARNING, "journal-torn", place, "", "Check whether what it was about to record happened.",
		  "The last line was cut off while it was written; it does not count.");
}

/* An editor on Windows may have put a mark of the byte order in front. */
static size_t skip_mark(const char *text, size_t length)
{
	return length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

bool journal_parse(struct journal *journal, const char *file, const char *text, size_t length, struct diags *diags)
{
	size_t at = skip_mark(text, length);

	*journal = (struct journal){ .arena = arena_new(), .good_bytes = at };
	while (at < length) {
		const char *feed = memchr(text + at, '\n', length - at);
		size_t bytes = feed ? (size_t)(feed - text) - at : length - at;
		size_t shown = bytes - (bytes > 0 && text[at + bytes - 1] == '\r');

		if (!take_line(journal, text + at, shown)) {
			if (feed || !may_be_torn(text + at, bytes))
				return refuse_line(journal, file, diags);
			tell_torn(journal, file, diags);
			return true;
		}
		journal->open = !feed;
		at += bytes + !journal->open;
		journal->good_bytes = at;
		if (journal->lines == 1 && journal->count == 0)
			journal->head_bytes = at;
	}
	return true;
}

void journal_add(struct journal *journal, const struct journal_entry *entry)
{
	struct arena *arena = journal->arena;
	struct journal_entry copy = *entry;

	copy.time = arena_strdup(arena, entry->time);
	copy.step = arena_strdup(arena, entry->step);
	copy.by = arena_strdup(arena, entry->by);
	copy.note = arena_strdup(arena, entry->note);
	copy.plan = arena_strdup(arena, entry->plan);
	copy.content = arena_strdup(arena, entry->content);
	copy.line = ++journal->lines;
	keep(journal, &copy);
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

void journal_format_head(const struct upgrade_identity *identity, struct strbuf *out)
{
	strbuf_puts(out, "- { journal: 1, ");
	put(out, "product", identity->product);
	put(out, ", name", identity->name);
	put(out, ", source", identity->source);
	put(out, ", target", identity->target);
	strbuf_puts(out, " }\n");
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

bool journal_reads_back(const char *lines, size_t length, const struct upgrade_identity *identity,
			const struct journal_entry *entry)
{
	struct strbuf wanted = STRBUF_INIT, again = STRBUF_INIT;
	struct diags ignored = DIAGS_INIT;
	struct journal journal;
	bool same = journal_parse(&journal, "", lines, length, &ignored) && journal.count == 1 &&
		    (journal.head.product != NULL) == (identity != NULL);

	if (same) {
		if (identity) {
			journal_format_head(identity, &wanted);
			journal_format_head(&journal.head, &again);
		}
		journal_format(entry, &wanted);
		journal_format(&journal.items[0], &again);
		same = strbuf_equal(&wanted, &again) && journal.good_bytes == length;
	}
	strbuf_clear(&wanted);
	strbuf_clear(&again);
	journal_clear(&journal);
	diags_clear(&ignored);
	return same;
}
