/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * From what was met in a log to its findings.
 *
 * Of several runs in one log the last that says anything counts. In a run the place where it broke off divides: above
 * it, and close to it first, stands the cause; what stands below is consequence. A run that ended well has no cause,
 * whatever stands in it. For each sign the first and the latest line before that place are kept, so that memory does
 * not grow with the log.
 */
#include "pipeline/diagnose_private.h"

#include "core/mask.h"
#include "win/winerror.h"

enum {
	LATEST_KEPT = 1000,         /* after so many lines of one sign the latest says nothing new */
	SHOWN_BYTES = 320, SHOWN_BEFORE = 80, DETAIL_BYTES = 120, OVERLONG = 8192
};

/* ---- what is shown of a line ---- */

static bool inside_character(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

static size_t whole_character(const char *line, size_t at, size_t most)
{
	while (at < most && inside_character(line[at]))
		at++;
	return at;
}

/* Adds LINE, masked; of a long one the part around HIT. What is masked begins well before what is shown, so that a
 * secret's name is not cut off from it. */
static void show_line(struct shown *shown, uint64_t number, const char *line, size_t length, size_t hit)
{
	size_t from =
		length > SHOWN_BYTES && hit > SHOWN_BEFORE ? whole_character(line, hit - SHOWN_BEFORE, length) : 0;
	size_t until = whole_character(line, length - from > SHOWN_BYTES ? from + SHOWN_BYTES : length, length);
	size_t start = whole_character(line, from > SHOWN_BYTES ? from - SHOWN_BYTES : 0, length);
	struct strbuf before = STRBUF_INIT, part = STRBUF_INIT;
	size_t skip;

	mask_secrets(&before, line + start, from - start);
	mask_secrets(&part, line + start, until - start);
	skip = whole_character(strbuf_text(&part), before.length, part.length);
	shown->starts[shown->count] = shown->text.length;
	shown->numbers[shown->count++] = number;
	strbuf_puts(&shown->text, from ? "... " : "");
	if (skip < part.length)
		strbuf_add(&shown->text, part.data + skip, part.length - skip);
	strbuf_puts(&shown->text, until < length ? " ..." : "");
	strbuf_putc(&shown->text, '\0');
	strbuf_clear(&before);
	strbuf_clear(&part);
}

static void show_begin(struct shown *shown)
{
	strbuf_reset(&shown->text);
	shown->count = shown->hit = 0;
}

/* The lines of FROM to UNTIL, at most MOST, from the first or (LAST) to the last. NUMBER: of the first of them. */
static void show_lines(struct shown *shown, uint64_t number, const char *from, const char *until, size_t most)
{
	while (from < until && most > 0) {
		const char *end = memchr(from, '\n', (size_t)(until - from));
		size_t length = (size_t)((end ? end : until) - from);

		if (length && from[length - 1] == '\r')
			length--;
		show_line(shown, number++, from, length, 0);
		from = end ? end + 1 : until;
		most--;
	}
}

static void show_met(struct shown *shown, const struct met *met, size_t hit)
{
	const char *from = met->line, *until = met->line + met->length;
	uint64_t number = met->number;
	unsigned lines = 0;

	show_begin(shown);
	if (memchr(met->line, '\n', met->length)) {
		/* A record: its own lines say all. */
		while (from < until && strchr("\r\n\t ", *from))
			from++;
		show_lines(shown, number, from, until, 2 * CONTEXT_LINES + 1);
		return;
	}
	/* Lines that are not whole any more are left out. */
	while (!met->alone && lines < CONTEXT_LINES && from > met->around_from) {
		const char *at = from - 1;

		while (at > met->around_from && at[-1] != '\n')
			at--;
		if (at == met->around_from && number > lines + 2)
			break;
		from = at;
		lines++;
	}
	if (lines)
		show_lines(shown, number - lines, from, met->line, lines);
	shown->hit = shown->count;
	show_line(shown, number, met->line, met->length, hit);
	until += until < met->around_until && *until == '\r';
	if (!met->alone && until < met->around_until)
		show_lines(shown, number + 1, until + 1, met->around_until, CONTEXT_LINES);
}

static void shown_clear(struct shown *shown)
{
	strbuf_clear(&shown->text);
	shown->count = shown->hit = 0;
}

/* ---- runs ---- */

static void run_reset(struct run *run, size_t signs)
{
	struct tally *tallies = run->tallies;

	for (size_t i = 0; i < signs; i++) {
		struct tally *tally = &tallies[i];

		tally->count = tally->lacked = tally->last_key = 0;
		show_begin(&tally->first.shown);
		show_begin(&tally->latest.shown);
	}
	for (size_t i = 0; i < ERROR_LINES; i++)
		shown_clear(&run->error[i]);
	*run = (struct run){ .tallies = tallies };
}

static void run_clear(struct run *run, size_t signs)
{
	for (size_t i = 0; i < signs; i++) {
		struct occurrence *both[] = { &run->tallies[i].first, &run->tallies[i].latest };

		for (size_t k = 0; k < ARRAY_LEN(both); k++) {
			strbuf_clear(&both[k]->shown.text);
			strbuf_clear(&both[k]->detail);
			strbuf_clear(&both[k]->numbers);
		}
	}
	for (size_t i = 0; i < ERROR_LINES; i++)
		shown_clear(&run->error[i]);
	free(run->tallies);
}

struct judge *judge_new(const struct catalog *catalog)
{
	struct judge *judge = xcalloc(1, sizeof(*judge));

	judge->catalog = catalog;
	judge->run.tallies = xcalloc(catalog->sign_count + 1, sizeof(struct tally));
	judge->earlier.tallies = xcalloc(catalog->sign_count + 1, sizeof(struct tally));
	return judge;
}

void judge_free(struct judge *judge)
{
	if (!judge)
		return;
	run_clear(&judge->run, judge->catalog->sign_count);
	run_clear(&judge->earlier, judge->catalog->sign_count);
	free(judge);
}

bool run_says_something(const struct judge *judge, const struct run *run)
{
	bool found = run->verdict != LOG_ENDED_SOMEHOW || run->place || run->errors;

	for (size_t i = 0; !found && i < judge->catalog->sign_count; i++)
		found = run->tallies[i].count && judge->catalog->signs[i]->role != SIGN_REMARK;
	return found;
}

static void begin_run(struct judge *judge)
{
	struct run old;

	if (run_says_something(judge, &judge->run)) {
		old = judge->earlier;
		judge->earlier = judge->run;
		judge->run = old;
	}
	run_reset(&judge->run, judge->catalog->sign_count);
	judge->run.begun = true;
	judge->runs++;
}

/* Something went wrong at MET: behind the end of a run in a log that does not say where runs begin, this is the next
 * one. */
static void begin_if_ended(struct judge *judge, const struct met *met)
{
	if (judge->run.ended && !judge->begins && judge->run.end_key != met->key)
		begin_run(judge);
	if (!judge->runs)
		judge->runs = 1;
}

static void keep_error(struct run *run, const struct met *met)
{
	size_t at = run->errors < ERROR_LINES ? (size_t)run->errors : ERROR_LINES - 1;

	if (run->errors && run->error_key == met->key)
		return;
	/* The first ones stay, the last ones move up. */
	if (run->errors >= ERROR_LINES) {
		struct shown oldest = run->error[ERROR_LINES / 2];

		memmove(&run->error[ERROR_LINES / 2], &run->error[ERROR_LINES / 2 + 1],
			(ERROR_LINES - ERROR_LINES / 2 - 1) * sizeof(oldest));
		run->error[at] = oldest;
	}
	run->errors++;
	run->error_key = met->key;
	show_begin(&run->error[at]);
	show_line(&run->error[at], met->number, met->line, met->length, 0);
}

static void end_run(struct run *run, const struct met *met, enum log_verdict verdict, const struct pattern_span *spans)
{
	run->ended = true;
	run->end_key = met->key;
	run->verdict = verdict;
	if (spans[1].end > spans[1].start && spans[1].end - spans[1].start < 10) {
		run->status = 0;
		for (size_t i = spans[1].start; i < spans[1].end && met->line[i] >= '0' && met->line[i] <= '9'; i++)
			run->status = run->status * 10 + (met->line[i] - '0');
		run->has_status = met->line[spans[1].start] >= '0' && met->line[spans[1].start] <= '9';
	}
}

void judge_mark(struct judge *judge, const struct met *met, size_t mark, const struct pattern_span *spans)
{
	switch (judge->catalog->marks[mark]->kind) {
	case RUN_BEGIN:
		judge->begins = true;
		begin_run(judge);
		break;
	case RUN_GOOD:
		end_run(&judge->run, met, LOG_ENDED_WELL, spans);
		break;
	case RUN_BAD:
		end_run(&judge->run, met, LOG_ENDED_BADLY, spans);
		break;
	case RUN_UNDO_BEGIN:
		judge->run.undoing = judge->run.rolled_back = true;
		judge->run.undo_key = met->key;
		break;
	case RUN_UNDO_END:
		judge->run.undoing = false;
		break;
	case RUN_ERROR:
		begin_if_ended(judge, met);
		keep_error(&judge->run, met);
		break;
	}
	if (!judge->runs)
		judge->runs = 1;
}

/* ---- signs ---- */

static void keep(struct occurrence *to, const struct met *met, const struct pattern_span *spans)
{
	size_t length = spans[1].end - spans[1].start;
	struct strbuf *detail = &to->detail;

	to->key = met->key;
	to->number = met->number;
	show_met(&to->shown, met, spans[0].start);
	strbuf_reset(detail);
	strbuf_reset(&to->numbers);
	if (length > DETAIL_BYTES)
		length = whole_character(met->line, spans[1].start + DETAIL_BYTES, spans[1].end) - spans[1].start;
	mask_secrets(detail, met->line + spans[1].start, length);
	winerror_explain(&to->numbers, met->line, met->length < OVERLONG ? met->length : OVERLONG, 2);
}

void judge_sign(struct judge *judge, const struct met *met, size_t sign, const struct pattern_span *spans)
{
	const struct sign *row = judge->catalog->signs[sign];
	struct tally *tally;
	bool absence = row->lacks.literal || row->after;

	if (row->role == SIGN_CAUSE || row->role == SIGN_PLACE)
		begin_if_ended(judge, met);
	tally = &judge->run.tallies[sign];
	if (tally->last_key == met->key + 1)
		return;
	tally->last_key = met->key + 1;
	/* What stands below the place, or is undone, is no cause. Something that is missing is told at the end. */
	if (!absence && ((judge->run.undoing && judge->run.undo_key != met->key) ||
			 (judge->run.place && judge->run.place != met->number))) {
		judge->run.consequences++;
		return;
	}
	if (tally->count++ == 0)
		keep(&tally->first, met, spans);
	if (tally->count <= LATEST_KEPT)
		keep(&tally->latest, met, spans);
	if (row->role == SIGN_PLACE && !judge->run.place)
		judge->run.place = met->number;
}

void judge_lacks(struct judge *judge, const struct met *met, size_t sign)
{
	judge->run.tallies[sign].lacked = met->key + 1;
}
