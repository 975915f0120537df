/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The journal's file: what may be taken for this plan's, and writing a line without touching what stands there.
 *
 * Only two files are ever replaced, as a plan is saved: one whose last line was cut off, and one whose plan has another
 * name now and that is to be adopted. The old one stays beside it, with ~ at the end of its name.
 */
#include "pipeline/tracker_private.h"

/* How long a look at a line that is just being written may wait. */
enum { GLANCE_MILLISECONDS = 1000 };

static void PRINTF_LIKE(5, 6) say(const struct tracker *tracker, struct diags *diags, enum severity severity,
				  const char *code, const char *format, ...)
{
	struct place place = { tracker->path, 0, 0 };
	struct strbuf text = STRBUF_INIT;
	va_list args;

	va_start(args, format);
	strbuf_vprintf(&text, format, args);
	va_end(args);
	diags_add(diags, severity, code, place, "", "", "%s", strbuf_text(&text));
	strbuf_clear(&text);
}

/* ---- whose it is ---- */

/* The journal names another product or other releases. */
static bool is_other(const struct tracker *tracker, const struct journal *journal)
{
	const struct upgrade_identity *head = &journal->head, *plan = &tracker->identity;

	return head->product && (!str_eq(head->product, plan->product) || !str_eq(head->source, plan->source) ||
				 !str_eq(head->target, plan->target));
}

/* A plan or a journal that had no name yet fits every name. */
static bool has_other_name(const struct tracker *tracker, const struct journal *journal)
{
	const char *name = journal->head.name;

	return name && *name && *tracker->identity.name && !str_eq(name, tracker->identity.name);
}

bool tracker_has_other_name(const struct tracker *tracker)
{
	return has_other_name(tracker, &tracker->journal);
}

static bool refuse_other(const struct tracker *tracker, const struct journal *journal, struct diags *diags)
{
	const char *theirs = identity_words(tracker->arena, &journal->head);
	const char *ours = identity_words(tracker->arena, &tracker->identity);
	struct place place = { tracker->path, 1, 1 };

	diags_add(diags, SEV_ERROR, "journal-other", place, "",
		  "Move it to the plan that it belongs to; a new one is begun with the first record.",
		  "This is the record of another upgrade (%s); the plan is about %s.", theirs, ours);
	return false;
}

static void warn_of_name(const struct tracker *tracker, const struct journal *journal, struct diags *diags)
{
	struct place place = { tracker->path, 1, 1 };

	if (has_other_name(tracker, journal))
		diags_add(diags, SEV_WARNING, "journal-name", place, "",
			  "Only if it is the same upgrade under a new name, adopt it with the next record.",
			  "The record was begun for \"%s\", and the plan is about \"%s\".", journal->head.name,
			  tracker->identity.name);
}

static void warn_of_names(const struct tracker *tracker, struct diags *diags)
{
	if (platform_name_count(tracker->path) > 1)
		say(tracker, diags, SEV_WARNING, "journal-linked",
		    "The file has another name (a hard link), under which the same lines appear.");
	if (platform_name_count(strbuf_text(&tracker->plan_path)) > 1)
		say(tracker, diags, SEV_WARNING, "plan-linked",
		    "The plan has another name (a hard link); only %s has this record.",
		    strbuf_text(&tracker->plan_path));
}

/* ---- reading ---- */

static bool read_file(const struct tracker *tracker, struct strbuf *text, struct file_identity *read,
		      struct diags *diags)
{
	const char *why = "";

	switch (platform_log_read(tracker->path, JOURNAL_LIMIT, text, read, &why)) {
	case LOG_OK:
		return true;
	case LOG_MISSING:
		strbuf_reset(text);
		return true;
	case LOG_FOREIGN:
		say(tracker, diags, SEV_ERROR, "journal-damaged", "This is not a journal of scupgrade, so it is left "
								  "alone: %s.",
		    why);
		return false;
	case LOG_CHANGED:
	case LOG_UNSURE:
	case LOG_UNKNOWN:
	case LOG_FAILED:
		break;
	}
	say(tracker, diags, SEV_ERROR, "journal-read", "The journal cannot be read: %s.", why);
	return false;
}

/* JOURNAL is to be cleared either way. */
static bool parse(const struct tracker *tracker, const struct strbuf *text, struct journal *journal,
		  struct diags *diags)
{
	if (!journal_parse(journal, tracker->path, strbuf_text(text), text->length, diags))
		return false;
	if (is_other(tracker, journal))
		return refuse_other(tracker, journal, diags);
	warn_of_name(tracker, journal, diags);
	warn_of_names(tracker, diags);
	return true;
}

static bool is_new(const struct tracker *tracker, const struct diag *one)
{
	if (one->at.file != tracker->path)
		return !tracker->told_records;
	return one->at.line ? one->at.line > tracker->told_lines : !tracker->told;
}

/* Errors, and what lies behind what was told before. */
static void tell_new(struct tracker *tracker, const struct diags *found, struct diags *diags)
{
	for (size_t i = 0; i < found->count; i++) {
		const struct diag *one = &found->items[i];

		if (one->severity == SEV_ERROR || is_new(tracker, one))
			diags_add(diags, one->severity, one->code, one->at, one->path, one->hint, "%s", one->text);
	}
}

/* FOUND: what a replay found. */
static void tell_replayed(struct tracker *tracker, const struct diags *found, struct diags *diags)
{
	tell_new(tracker, found, diags);
	tracker->told_lines = tracker->journal.lines + tracker->journal.torn;
	tracker->told = tracker->told_records = true;
}

void tracker_replay_again(struct tracker *tracker, const char *now, struct diags *diags)
{
	struct diags found = DIAGS_INIT;

	tracker_replay(tracker, now, &found);
	tell_replayed(tracker, &found, diags);
	diags_clear(&found);
}

/* Takes TEXT over as what the journal holds. */
static bool take(struct tracker *tracker, const char *now, const struct strbuf *text, const struct file_identity *read,
		 struct diags *diags)
{
	struct journal journal;
	struct diags found = DIAGS_INIT;
	bool good = parse(tracker, text, &journal, &found);

	if (good) {
		journal_clear(&tracker->journal);
		tracker->journal = journal;
		tracker->read = *read;
		tracker->digest = digest_of(strbuf_text(text), text->length);
		tracker_replay(tracker, now, &found);
		tell_replayed(tracker, &found, diags);
	} else {
		tell_new(tracker, &found, diags);
		journal_clear(&journal);
	}
	diags_clear(&found);
	return good;
}

/* The journal is what was read before, and what was written since. */
static bool is_known(const struct tracker *tracker, const struct strbuf *text)
{
	struct digest digest = digest_of(strbuf_text(text), text->length);

	return tracker->journal.lines > 0 && digest_equal(&digest, &tracker->digest);
}

bool tracker_read_locked(struct tracker *tracker, const char *now, struct strbuf *text, struct diags *diags)
{
	struct file_identity read;

	if (!read_file(tracker, text, &read, diags))
		return false;
	if (!is_known(tracker, text))
		return take(tracker, now, text, &read, diags);
	tracker->read = read;
	return true;
}

static bool is_cut_off(const struct strbuf *text)
{
	return text->length > 0 && strbuf_text(text)[text->length - 1] != '\n';
}

bool tracker_read(struct tracker *tracker, const char *now, struct diags *diags)
{
	const struct lock_wait glance = { .milliseconds = GLANCE_MILLISECONDS };
	struct strbuf text = STRBUF_INIT;
	struct file_identity read;
	const char *why;
	bool good = read_file(tracker, &text, &read, diags);
	int lock = -1;

	/* It may just be written: what a writer has begun is whole once its lock is free. */
	if (good && is_cut_off(&text))
		lock = platform_lock(tracker->path, &glance, &why);
	if (lock >= 0) {
		good = read_file(tracker, &text, &read, diags);
		platform_unlock(tracker->path, lock);
	}
	good = good && take(tracker, now, &text, &read, diags);
	strbuf_clear(&text);
	return good;
}

/* ---- writing ---- */

static bool refuse_write(const struct tracker *tracker, struct diags *diags, const char *why)
{
	say(tracker, diags, SEV_ERROR, "journal-write", "Nothing was recorded: %s.", why);
	return false;
}

static bool judge_save(const struct tracker *tracker, enum save_result result, const char *why, struct diags *diags)
{
	switch (result) {
	case SAVE_OK:
		return true;
	case SAVE_UNSURE:
		say(tracker, diags, SEV_WARNING, "journal-unsure",
		    "It is recorded, but it may not survive a power loss: %s.", why);
		return true;
	case SAVE_EXISTS:
	case SAVE_CHANGED:
		return refuse_write(tracker, diags, "somebody wrote to the journal at the same moment");
	case SAVE_FAILED:
		break;
	}
	return refuse_write(tracker, diags, why);
}

static bool judge_append(const struct tracker *tracker, enum log_outcome result, const char *why, struct diags *diags)
{
	switch (result) {
	case LOG_OK:
		return true;
	case LOG_UNSURE:
		return judge_save(tracker, SAVE_UNSURE, why, diags);
	case LOG_UNKNOWN:
		say(tracker, diags, SEV_ERROR, "journal-write",
		    "It is not known whether it was recorded: %s. The next look at the record tells.", why);
		return false;
	case LOG_CHANGED:
	case LOG_MISSING:
		return judge_save(tracker, SAVE_CHANGED, why, diags);
	case LOG_FOREIGN:
	case LOG_FAILED:
		break;
	}
	return refuse_write(tracker, diags, why);
}

/* A new journal, or one instead of the old one, which stays with ~ at the end of its name. */
static bool save_whole(struct tracker *tracker, const struct strbuf *all, struct diags *diags)
{
	const struct save_request request = {
		.path = tracker->path,
		.bytes = strbuf_text(all),
		.count = all->length,
		.expected = tracker->read.exists ? &tracker->read : NULL,
		.keep_old = tracker->read.exists,
		.locked = true,
		.like = strbuf_text(&tracker->plan_path),
	};
	const char *why = "";
	enum save_result result = platform_save(&request, NULL, &why);

	return judge_save(tracker, result, why, diags);
}

/* What a journal holds after it was written. */
struct written {
	struct digest digest;
	size_t length;
};

static struct written written_of(const struct strbuf *text, const struct strbuf *behind)
{
	struct digester digester;

	digest_begin(&digester);
	digest_add(&digester, strbuf_text(text), text->length);
	digest_add(&digester, strbuf_text(behind), behind->length);
	return (struct written){ digest_end(&digester), text->length + behind->length };
}

static bool append_lines(struct tracker *tracker, const struct strbuf *lines, const struct strbuf *text,
			 struct written *written, struct diags *diags)
{
	struct strbuf behind = STRBUF_INIT;
	enum log_outcome result;
	const char *why = "";

	/* The line feed that the last line lost. */
	strbuf_puts(&behind, tracker->journal.open ? "\n" : "");
	strbuf_add(&behind, strbuf_text(lines), lines->length);
	result = platform_log_append(tracker->path, &tracker->read, strbuf_text(&behind), behind.length, &why);
	*written = written_of(text, &behind);
	strbuf_clear(&behind);
	return judge_append(tracker, result, why, diags);
}

/* What counts of TEXT, and LINES; the first line is a new one where the name is another. */
static void put_whole(const struct tracker *tracker, const struct strbuf *text, const struct strbuf *lines,
		      struct strbuf *out)
{
	const struct journal *journal = &tracker->journal;
	size_t from = 0;

	if (tracker_has_other_name(tracker)) {
		journal_format_head(&tracker->identity, out);
		from = journal->head_bytes;
	}
	strbuf_add(out, strbuf_text(text) + from, journal->good_bytes - from);
	if (journal->open && journal->good_bytes > from)
		strbuf_putc(out, '\n');
	strbuf_add(out, strbuf_text(lines), lines->length);
}

static bool write_lines(struct tracker *tracker, const struct strbuf *lines, const struct strbuf *text,
			struct written *written, struct diags *diags)
{
	struct strbuf all = STRBUF_INIT, nothing = STRBUF_INIT;
	bool done;

	if (tracker->read.exists && !tracker->journal.torn && !tracker_has_other_name(tracker))
		return append_lines(tracker, lines, text, written, diags);
	put_whole(tracker, text, lines, &all);
	done = save_whole(tracker, &all, diags);
	*written = written_of(&all, &nothing);
	strbuf_clear(&all);
	return done;
}

/* What was written, without another look at the file, which could fail. What servers recorded may lie behind it. */
static void take_entry(struct tracker *tracker, size_t step, const struct journal_entry *entry,
		       const struct written *written, struct diags *diags)
{
	struct journal *journal = &tracker->journal;
	struct diags found = DIAGS_INIT;

	journal->lines += journal->lines == 0;
	journal->head = tracker->identity;
	journal->open = journal->torn = false;
	journal->good_bytes = written->length;
	tracker->digest = written->digest;
	journal_add(journal, entry);
	if (tracker->record_count || tracker->builds)
		tracker_replay(tracker, entry->time, &found);
	else
		tracker_replay_last(tracker, step, entry->time, &found);
	tell_replayed(tracker, &found, diags);
	diags_clear(&found);
}

bool tracker_write(struct tracker *tracker, size_t step, const struct journal_entry *entry, const struct strbuf *text,
		   struct diags *diags)
{
	const struct upgrade_identity *head = tracker->journal.lines == 0 ? &tracker->identity : NULL;
	struct strbuf lines = STRBUF_INIT;
	struct written written;
	bool done = false;

	if (head)
		journal_format_head(head, &lines);
	journal_format(entry, &lines);
	if (!journal_reads_back(strbuf_text(&lines), lines.length, head, entry))
		refuse_write(tracker, diags, "the line could not be read again");
	/* With room for a first line that is longer. */
	else if (text->length + lines.length + YAML_SCALAR_LIMIT > JOURNAL_LIMIT)
		refuse_write(tracker, diags, "the journal would become larger than 64 MiB, the most that is read");
	else
		done = write_lines(tracker, &lines, text, &written, diags);
	if (done)
		take_entry(tracker, step, entry, &written, diags);
	strbuf_clear(&lines);
	return done;
}
