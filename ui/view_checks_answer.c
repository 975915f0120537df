/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Answers of the administrator on the page of prerequisites: always for what is shown, named before the name is
 * typed, and never for what a filter hides.
 */
#include "ui/view_checks.h"

#include "core/text.h"

enum { SERVERS_SHOWN = 12 };

/* What one answer is about. */
struct targets {
	const struct check_result **items;
	size_t count, checks;
};

static const struct {
	const char *title, *done;
} answer_kinds[] = {
	[ANSWER_CONFIRM] = { "Confirm", "Confirmed." },
	[ANSWER_ACKNOWLEDGE] = { "Acknowledge a warning", "Acknowledged." },
	[ANSWER_AGAINST] = { "Against the document", "Accepted against the document." },
};

static void add_results(const struct checks_state *state, const struct check_row *row, enum answer_kind kind,
			struct targets *targets)
{
	size_t before = targets->count;
	bool *shown = checks_shown(state, row);

	for (size_t i = 0; i < row->count; i++) {
		if (shown[i] && check_answer_kind(&row->results[i]) == kind)
			targets->items[targets->count++] = &row->results[i];
	}
	targets->checks += targets->count > before;
	free(shown);
}

/* What ROW is about as it stands: its failures before its warnings before what is not known. */
static enum answer_kind row_kind(const struct checks_state *state, const struct check_row *row)
{
	enum answer_kind worst = ANSWER_NONE;
	bool *shown = checks_shown(state, row);

	for (size_t i = 0; i < row->count; i++) {
		enum answer_kind kind = check_answer_kind(&row->results[i]);

		if (shown[i] && kind > worst)
			worst = kind;
	}
	free(shown);
	return worst;
}

/* Of one row, or (NULL) of all rows that are shown, what is not known alone. */
static struct targets targets_of(struct view *view, const struct check_row *row)
{
	const struct checks_state *state = view->state;
	struct targets targets = { xcalloc(wizard_checks(view->wizard)->count + 1, sizeof(*targets.items)), 0, 0 };

	if (row && row_kind(state, row) != ANSWER_NONE)
		add_results(state, row, row_kind(state, row), &targets);
	for (size_t i = 0; !row && i < state->count; i++) {
		const struct check_line *line = &state->lines[i];

		if (line->row && !line->result)
			add_results(state, line->row, ANSWER_CONFIRM, &targets);
	}
	return targets;
}

static void target_names(const struct targets *targets, struct strbuf *out)
{
	strbuf_printf(out, " on %s", check_result_server(targets->items[0]));
	for (size_t i = 1; i < targets->count && i < SERVERS_SHOWN; i++)
		strbuf_printf(out, ", %s", check_result_server(targets->items[i]));
	if (targets->count > SERVERS_SHOWN)
		strbuf_printf(out, " and %zu more", targets->count - SERVERS_SHOWN);
}

/* What the name is given for is on the screen while it is typed. */
static void vouch_words(const struct targets *targets, struct strbuf *out)
{
	const struct check_result *first = targets->items[0];
	const struct check_verdict *verdict = first->verdict;

	if (targets->checks > 1) {
		strbuf_printf(out, "You vouch for %zu checks that are not known, %zu answers in all. The note says how "
				   "you know.", targets->checks, targets->count);
		return;
	}
	strbuf_puts(out, verdict->title);
	if (first->server)
		target_names(targets, out);
	if (*check_result_found(first) && targets->count == 1)
		strbuf_printf(out, "\nFound: %s", verdict->found);
	if (check_answer_kind(first) == ANSWER_AGAINST)
		strbuf_printf(out, "\nNeeded: %s A document rules out what was found: the runbook will show it in red. "
				   "The note says why it is accepted all the same.", verdict->needed);
	else if (check_answer_kind(first) == ANSWER_ACKNOWLEDGE)
		strbuf_puts(out, "\nThe note says why it may stay as it is, or what will be done.");
	else
		strbuf_printf(out, "\nYou vouch for this: %s", verdict->needed ? verdict->needed : verdict->title);
}

static bool is_blank(const char *text)
{
	return !text[strspn(text, " ")];
}

static bool all_given(const struct strbuf *texts, void *data, struct strbuf *why)
{
	const struct targets *targets = data;

	if (is_blank(strbuf_text(&texts[0])))
		strbuf_puts(why, "Who vouches for this? A name is needed, such as CONTOSO\\anna.");
	else if (is_blank(strbuf_text(&texts[1])) && answer_note_missing(targets->items, targets->count))
		strbuf_puts(why, answer_note_missing(targets->items, targets->count));
	return why->length == 0;
}

static void give(struct view *view, const struct targets *targets, const char *by, const char *note)
{
	struct checks_state *state = view->state;
	enum answer_kind kind = check_answer_kind(targets->items[0]);
	bool ok;
	struct diags found = DIAGS_INIT;

	strbuf_reset(&state->by);
	strbuf_puts(&state->by, by);
	ok = wizard_answer_results(view->wizard, targets->items, targets->count, by, note, &found);
	ui_say(view->ui, found.count ? found.items[0].text : answer_kinds[kind].done);
	diags_clear(&found);
	if (ok)
		checks_go_to_open(view);
}

static void ask(struct view *view, struct targets *targets)
{
	struct checks_state *state = view->state;
	bool needed = answer_note_missing(targets->items, targets->count) != NULL;
	const char *title = answer_kinds[check_answer_kind(targets->items[0])].title;
	const char *const labels[] = { "By", needed ? "Note" : "Note (may stay empty)", NULL };
	struct strbuf texts[2] = { STRBUF_INIT, STRBUF_INIT }, intro = STRBUF_INIT;

	if (!state->by.length)
		strbuf_puts(&state->by, wizard_user(view->wizard));
	strbuf_puts(&texts[0], strbuf_text(&state->by));
	vouch_words(targets, &intro);
	if (dialog_input(view->ui, title, strbuf_text(&intro), labels, texts, 2, all_given, targets))
		give(view, targets, strbuf_text(&texts[0]), strbuf_text(&texts[1]));
	strbuf_clear(&intro);
	strbuf_clear(&texts[0]);
	strbuf_clear(&texts[1]);
}

/* Why nothing can be answered on LINE. */
static const char *refusal(const struct check_line *line)
{
	const struct check_result *one = line_result(line);
	enum check_state state = one ? one->verdict->state : line->row->state;

	if (one ? one->verdict->note != NULL : line->row->answered > 0)
		return "It is answered already; Del withdraws the answer.";
	if (state == CHECK_PLANNED)
		return "A step of the plan does this: nobody needs to vouch for it.";
	return "It has passed: nobody needs to vouch for it.";
}

static struct targets targets_at(struct view *view, const struct check_line *line)
{
	struct targets targets;

	if (!line->result)
		return targets_of(view, line->row);
	targets = (struct targets){ xcalloc(1, sizeof(*targets.items)), 0, 1 };
	if (check_is_askable(line->result))
		targets.items[targets.count++] = line->result;
	return targets;
}

void checks_answer(struct view *view)
{
	const struct check_line *line = checks_fresh(view);
	struct targets targets;

	if (!line || !line->row)
		return;
	targets = targets_at(view, line);
	if (targets.count)
		ask(view, &targets);
	else
		ui_say(view->ui, refusal(line));
	free(targets.items);
}

void checks_answer_more(struct view *view)
{
	const struct check_line *line = checks_fresh(view);
	struct targets choices[3];
	const char *items[3];
	struct arena *arena = arena_new();
	struct strbuf every = STRBUF_INIT;
	size_t count = 0;
	int chosen = -1;

	if (line && line->row && line->result) {
		choices[count] = targets_at(view, line);
		items[count++] = arena_printf(arena, "This check on %s", check_result_server(line->result));
	}
	if (line && line->row) {
		choices[count] = targets_of(view, line->row);
		items[count] = arena_printf(arena, "This check on the servers shown (%zu)", choices[count].count);
		count++;
	}
	choices[count] = targets_of(view, NULL);
	put_count(&every, choices[count].checks, "check");
	strbuf_puts(&every, ", ");
	put_count(&every, choices[count].count, "answer");
	items[count] = arena_printf(arena, "All that is shown and not known (%s)", strbuf_text(&every));
	count++;
	for (size_t i = 0; i < count;) {
		if (choices[i].count) {
			i++;
			continue;
		}
		free(choices[i].items);
		memmove(choices + i, choices + i + 1, (count - i - 1) * sizeof(*choices));
		memmove(items + i, items + i + 1, (count - i - 1) * sizeof(*items));
		count--;
	}
	if (!count)
		ui_say(view->ui, line && line->row ? refusal(line) : "Nothing that is shown is open.");
	else
		chosen = dialog_choose(view->ui, "Answer", items, count, 0);
	if (chosen >= 0)
		ask(view, &choices[chosen]);
	for (size_t i = 0; i < count; i++)
		free(choices[i].items);
	strbuf_clear(&every);
	arena_free(arena);
}

/* The results of LINE that are shown and answered. */
static struct targets answered_at(struct view *view, const struct check_line *line)
{
	const struct checks_state *state = view->state;
	struct targets targets = { xcalloc(line->row->count, sizeof(*targets.items)), 0, 1 };
	bool *shown = checks_shown(state, line->row);

	for (size_t i = 0; i < line->row->count; i++) {
		const struct check_result *result = &line->row->results[i];

		if (shown[i] && result->verdict->note && (!line->result || line->result == result))
			targets.items[targets.count++] = result;
	}
	free(shown);
	return targets;
}

void checks_withdraw(struct view *view)
{
	const struct check_line *line = checks_fresh(view);
	size_t withdrawn = 0;

	/* An older answer may count once the last one is taken back. */
	while (line && line->row) {
		struct targets targets = answered_at(view, line);
		bool any = targets.count > 0;

		withdrawn += targets.count;
		if (any)
			wizard_withdraw_answers(view->wizard, targets.items, targets.count);
		free(targets.items);
		if (!any)
			break;
		line = checks_fresh(view);
	}
	ui_say(view->ui, withdrawn ? "The answer is withdrawn." : "There is no answer of yours to withdraw.");
}
