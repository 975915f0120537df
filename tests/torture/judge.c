/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What may stand there after a fault or a kill, and what may have been said.
 */
#include "torture/torture.h"

enum side { SIDE_NONE = 0, SIDE_OLD = 1, SIDE_NEW = 2, SIDE_BOTH = 3 };

static void blame(const struct verdict *verdict, const char *what, const char *detail)
{
	strbuf_printf(verdict->why, "%s%s%s\n", what, *detail ? ": " : "", detail);
}

static bool holds(const struct strbuf *text, const char *part)
{
	return strstr(strbuf_text(text), part) != NULL;
}

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), wanted = strlen(end);

	return length >= wanted && str_eq(text + length - wanted, end);
}

/* A lock is free when its process has ended, and may stay. */
static bool is_lock(const char *path)
{
	return name_of(path)[0] == '.' && ends_with(path, ".lock");
}

/* ---- what is there ---- */

static enum side side_of(const struct measure *measure, const struct tree *now, const char *path)
{
	const struct tree_entry *before = tree_find(&measure->before, path), *after = tree_find(&measure->after, path);
	const struct tree_entry *there = tree_find(now, path);
	int side = (tree_same(there, before) ? SIDE_OLD : 0) | (tree_same(there, after) ? SIDE_NEW : 0);

	/* A record without records says what a missing one says. */
	if (ends_with(path, ".journal") && !before && there && there->length == 0)
		side |= SIDE_OLD;
	/* A copy that is kept has the old content sooner than the file has the new one. */
	if (ends_with(path, "~") && side != SIDE_NONE)
		side = SIDE_BOTH;
	return (enum side)side;
}

static bool has_list_of(const struct tree_entry *there, const struct tree_entry *one)
{
	return one && there->list_length == one->list_length && memcmp(there->list, one->list, one->list_length) == 0;
}

/* The mode of a file with an access list says nothing of what its group may. */
static bool is_listed_as_before(const struct verdict *verdict, const struct tree_entry *there)
{
	const struct tree *before = &verdict->measure->before;
	bool is = (there->mode & 077) == 0;

	for (size_t i = 0; !is && i < before->count; i++)
		is = has_list_of(there, &before->items[i]);
	return is;
}

/* Nothing is wider than before and after. */
static void judge_mode(const struct verdict *verdict, const struct tree_entry *there)
{
	const struct tree_entry *before = tree_find(&verdict->measure->before, there->path);
	const struct tree_entry *after = tree_find(&verdict->measure->after, there->path);
	unsigned allowed = (before ? before->mode : 0) | (after ? after->mode : 0);

	if (there->mode & ~allowed)
		blame(verdict, "wider than it was", there->path);
	if ((there->mode & 077) && !has_list_of(there, before) && !has_list_of(there, after))
		blame(verdict, "another access list than it had", there->path);
	if (before && after && before->list_length && !after->list_length)
		blame(verdict, "it lost its access list", there->path);
}

/* Whoever may use a file may use what was to take its place. */
static unsigned widest(const struct tree *tree)
{
	unsigned mode = 0;

	for (size_t i = 0; i < tree->count; i++)
		mode |= tree->items[i].mode;
	return mode;
}

static void judge_extra(struct verdict *verdict, const struct tree_entry *there)
{
	if (is_lock(there->path))
		return;
	verdict->has_left = true;
	if (!verdict->may_leave)
		blame(verdict, "left behind", there->path);
	else if (there->mode & 077 & ~widest(&verdict->measure->before))
		blame(verdict, "left for others to use", there->path);
	else if (!is_listed_as_before(verdict, there))
		blame(verdict, "left without the access list", there->path);
	else if (there->bytes && memmem(there->bytes, there->length, CANARY, strlen(CANARY)))
		blame(verdict, "left with a password", there->path);
}

static enum side look(struct verdict *verdict, const struct tree *now)
{
	const struct measure *measure = verdict->measure;
	int side = SIDE_BOTH;

	for (size_t i = 0; i < measure->before.count; i++)
		side &= (int)side_of(measure, now, measure->before.items[i].path);
	for (size_t i = 0; i < measure->after.count; i++)
		side &= (int)side_of(measure, now, measure->after.items[i].path);
	for (size_t i = 0; i < now->count; i++) {
		const struct tree_entry *there = &now->items[i];

		if (tree_find(&measure->before, there->path) || tree_find(&measure->after, there->path))
			judge_mode(verdict, there);
		else
			judge_extra(verdict, there);
	}
	return (enum side)side;
}

/* Drafts are for their owner alone, and hold no password. */
static void judge_state(const struct verdict *verdict)
{
	const char *said = strbuf_text(&verdict->outcome->err);
	struct tree state;
	bool kept = false;

	tree_read(&state, verdict->rack->state);
	for (size_t i = 0; i < state.count; i++) {
		const struct tree_entry *there = &state.items[i];

		kept = kept || (there->length && !is_lock(there->path) && !strstr(there->path, ".tmp"));
		if (there->mode & 077)
			blame(verdict, "a draft that others may use", there->path);
		if (there->bytes && memmem(there->bytes, there->length, CANARY, strlen(CANARY)))
			blame(verdict, "a draft with a password", there->path);
	}
	if (!kept && (strstr(said, "a draft is kept") || strstr(said, "kept as a draft")) &&
	    !strstr(said, "no draft is"))
		blame(verdict, "there is no draft, but it is said", "a draft is kept");
	tree_clear(&state);
}

/* ---- what was said ---- */

static void judge_words(const struct verdict *verdict, enum side side)
{
	static const char *const denials[] = { "othing was changed", "othing was recorded", "othing is written",
					       "othing was written", "is not saved", "is not written" };
	static const char *const claims[] = { "is saved as", "\nRecorded", "\nWritten:" };
	const struct outcome *outcome = verdict->outcome;

	for (size_t i = 0; i < ARRAY_LEN(denials); i++) {
		if (!(side & SIDE_OLD) && (holds(&outcome->err, denials[i]) || holds(&outcome->out, denials[i])))
			blame(verdict, "the new content is there, but it is said", denials[i]);
	}
	for (size_t i = 0; i < ARRAY_LEN(claims); i++) {
		if (!(side & SIDE_NEW) && (holds(&outcome->err, claims[i]) || holds(&outcome->out, claims[i])))
			blame(verdict, "the new content is not there, but it is said", claims[i]);
	}
	if (strstr(strbuf_text(&outcome->err), CANARY) ||
	    (!verdict->test->secret && strstr(strbuf_text(&outcome->out), CANARY)))
		blame(verdict, "a password is shown", "");
}

static void judge_status(const struct verdict *verdict, enum side side)
{
	const struct outcome *outcome = verdict->outcome, *wanted = &verdict->measure->outcome;
	char status[32];

	snprintf(status, sizeof(status), "%d", outcome->status);
	if (outcome->hung)
		blame(verdict, "it hangs", "");
	else if (outcome->status >= 128 || outcome->status == 99)
		blame(verdict, "it crashes or leaves the terminal as it was, status", status);
	else if (outcome->status == wanted->status && !(side & SIDE_NEW) && !verdict->test->talks)
		blame(verdict, "the status is that of success, the content the old one", status);
	if (!verdict->test->talks && !verdict->silent && outcome->status == wanted->status &&
	    outcome->err.length == wanted->err.length &&
	    (outcome->out.length != wanted->out.length ||
	     memcmp(strbuf_text(&outcome->out), strbuf_text(&wanted->out), wanted->out.length) != 0))
		blame(verdict, "another output without a word", "");
	if (!verdict->test->talks && strstr(strbuf_text(&outcome->err), ": \n"))
		blame(verdict, "a reason is missing", "");
	if (outcome->status != wanted->status && outcome->err.length == 0 && !verdict->silent)
		blame(verdict, "it fails without a word, status", status);
}

void judge(struct verdict *verdict, bool *is_new)
{
	struct tree now;
	enum side side;

	tree_read(&now, verdict->rack->work);
	side = look(verdict, &now);
	judge_state(verdict);
	/* Who it was is "unknown" then. */
	if (side == SIDE_NONE && verdict->test->nameless && verdict->outcome->status == 0)
		side = SIDE_NEW;
	if (side == SIDE_NONE)
		blame(verdict, "neither the old content nor the new one", "");
	else if (!verdict->killed)
		judge_words(verdict, side);
	if (!verdict->killed)
		judge_status(verdict, side);
	*is_new = (side & SIDE_NEW) != 0;
	tree_clear(&now);
}

/* What the run that followed was to make, where that is another file. */
static bool is_wanted(const struct torture_case *test, const char *path)
{
	for (size_t i = 0; test->again[i]; i++) {
		if (str_eq(test->again[i], path))
			return true;
	}
	return false;
}

void judge_again(const struct verdict *verdict, const struct outcome *again)
{
	struct tree now;

	if (again->status != (verdict->test->again[0] ? 0 : verdict->measure->outcome.status))
		blame(verdict, "the next run fails", strbuf_text(&again->err));
	tree_read(&now, verdict->rack->work);
	for (size_t i = 0; i < now.count; i++) {
		const struct tree_entry *there = &now.items[i];

		if (!is_lock(there->path) && !ends_with(there->path, "~") &&
		    !tree_find(&verdict->measure->before, there->path) &&
		    !tree_find(&verdict->measure->after, there->path) && !is_wanted(verdict->test, there->path))
			blame(verdict, "left behind after the next run", there->path);
	}
	tree_clear(&now);
}
