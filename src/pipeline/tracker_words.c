/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the front ends say about a step: the situation it is in, times, how long. Times are compared as text
 * where that is enough; the journal's are all in UTC and of one form.
 */
#include "pipeline/tracker_private.h"

enum { NAMED_WAITS = 3, MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

/* ---- times ---- */

/* Days since January 1, 1970 in the Gregorian calendar: years begin in March, so that the leap day is the last one. */
static int64_t days_of(int year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1, m = month > 2 ? month - 3 : month + 9;

	return y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

/* Of the digits that TEXT begins with. */
static int number_of(const char *text)
{
	int number = 0;

	for (; *text >= '0' && *text <= '9'; text++)
		number = number * 10 + (*text - '0');
	return number;
}

/* Seconds since 1970; -1: TEXT is no such time. Asked for every line of a journal. */
static int64_t seconds_of(const char *text)
{
	static const char form[] = "0000-00-00T00:00:00Z";

	for (size_t i = 0; i < sizeof(form); i++) {
		if (!text || (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i]))
			return -1;
	}
	return days_of(number_of(text), number_of(text + 5), number_of(text + 8)) * DAY +
	       (int64_t)number_of(text + 11) * HOUR + (int64_t)number_of(text + 14) * MINUTE + number_of(text + 17);
}

int64_t tracker_seconds_between(const char *from, const char *to)
{
	int64_t start = seconds_of(from), end = seconds_of(to);

	return start < 0 || end < start ? -1 : end - start;
}

void tracker_put_elapsed(struct strbuf *out, const char *from, const char *to)
{
	int64_t seconds = tracker_seconds_between(from, to);

	if (seconds >= 0)
		strbuf_printf(out, "%lld:%02d", (long long)(seconds / HOUR), (int)(seconds % HOUR / MINUTE));
}

void tracker_put_time(struct strbuf *out, const char *time, const char *now)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int month = 0, day = 0;

	if (seconds_of(time) < 0)
		return;
	if (strncmp(time, now, strlen("2026-11-21")) != 0 && sscanf(time + 5, "%2d-%2d", &month, &day) == 2 &&
	    month >= 1 && month <= 12)
		strbuf_printf(out, "%s %d ", months[month - 1], day);
	strbuf_printf(out, "%.5s", time + strlen("2026-11-21T"));
}

void tracker_put_origin(const struct tracker *tracker, size_t step, const char *now, struct strbuf *out)
{
	const struct step_status *status = tracker_status(tracker, step);
	const struct step_record *record = status->record;

	if (!record && (!status->by || status->state == STATE_WAITING))
		return;
	if (record && record->build)
		strbuf_printf(out, ", by the facts of %s", record->host);
	else if (record)
		strbuf_printf(out, ", by the record on %s%s", record->host, record->by_hand ? " (by hand)" : "");
	if (status->by)
		strbuf_printf(out, ", %s", status->by);
	if (!status->since)
		return;
	strbuf_puts(out, ", ");
	if (now)
		tracker_put_time(out, status->since, now);
	strbuf_puts(out, now ? " UTC" : status->since);
}

/* ---- the situation ---- */

/* "MS02, MS03" when all are the same task on other servers than OWN; false: they are not. */
static bool put_servers(const struct sequence *sequence, const struct server *own, const size_t *steps, size_t count,
			struct strbuf *out)
{
	size_t start = out->length;

	for (size_t i = 0; i < count; i++) {
		const struct step *step = &sequence->items[steps[i]];

		if (!step->server || step->server == own || step->task != sequence->items[steps[0]].task) {
			strbuf_truncate(out, start);
			return false;
		}
		strbuf_printf(out, "%s%s", i ? ", " : "", step->server->name);
	}
	return true;
}

static void put_waits(const struct tracker *tracker, size_t step, struct strbuf *out)
{
	const struct sequence *sequence = tracker_sequence(tracker);
	size_t steps[NAMED_WAITS], count = tracker_blockers(tracker, step, steps, NAMED_WAITS);

	strbuf_puts(out, "waits for: ");
	if (count <= NAMED_WAITS && put_servers(sequence, sequence->items[step].server, steps, count, out))
		return;
	if (count == 1)
		strbuf_puts(out, sequence->items[steps[0]].title);
	else
		strbuf_printf(out, "%zu steps", count);
}

void tracker_situation(const struct tracker *tracker, size_t step, const char *now, struct strbuf *out)
{
	const struct step_status *status = tracker_status(tracker, step);
	int64_t seconds = tracker_seconds_between(status->started, now);

	if (status->state == STATE_WAITING && tracker_may_start(tracker, step))
		strbuf_puts(out, "may start");
	else if (status->state == STATE_WAITING)
		put_waits(tracker, step, out);
	else if (step_is_unknown(status))
		strbuf_puts(out, status->record->build ? "not known: it has the target's build" :
							 "not known how it ended");
	else
		strbuf_puts(out, step_state_name(status->state));
	if (status->state != STATE_STARTED || step_is_unknown(status) || seconds < 0)
		return;
	if (seconds < HOUR)
		strbuf_printf(out, " %d min", (int)(seconds / MINUTE));
	else
		strbuf_printf(out, " %lld h %02d min", (long long)(seconds / HOUR), (int)(seconds % HOUR / MINUTE));
}
