/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The first thing on the Ready page: the servers in the order in which their own steps come, and what happens on each.
 */
#include "ui/view_summary.h"

#include "core/text.h"
#include "ui/cells.h"

/* Its row for each server of PLAN, and how many steps it has; where they stand among those of all servers. */
static struct turn *count_turns(const struct plan *plan, const struct sequence *sequence)
{
	size_t servers = plan_server_count(plan), first = 0;
	struct turn *turns = xcalloc(servers + 1, sizeof(*turns));

	for (size_t i = 0; i < sequence->count; i++)
		if (sequence->items[i].server)
			turns[sequence->items[i].row].steps++;
	for (size_t i = 0; i < servers; i++) {
		turns[i].server = plan_server(plan, i);
		turns[i].first = first;
		first += turns[i].steps;
		turns[i].steps = 0;
	}
	return turns;
}

/* A server's turn is when its last command comes, the one that installs what was uninstalled before, or its last
 * step. */
static void add_step(struct summary_state *state, struct turn *turn, const struct step *step, size_t at)
{
	bool command = step->words.count > 0;

	state->turn_steps[turn->first + turn->steps++] = at;
	if (command || !turn->commands)
		turn->at = at;
	turn->commands += command;
}

/* TURNS, by row, in the order in which they come; those without a step last. */
static void put_in_order(struct summary_state *state, const struct turn *turns, size_t servers,
			 const struct sequence *sequence)
{
	state->turn_count = 0;
	for (size_t i = 0; i < sequence->count; i++) {
		const struct turn *turn = &turns[sequence->items[i].row];

		if (sequence->items[i].server && turn->at == i)
			state->turns[state->turn_count++] = *turn;
	}
	for (size_t i = 0; i < servers; i++)
		if (!turns[i].steps)
			state->turns[state->turn_count++] = turns[i];
}

void summary_find_turns(struct view *view)
{
	struct summary_state *state = view->state;
	const struct sequence *sequence = wizard_sequence(view->wizard);
	const struct plan *plan = wizard_plan(view->wizard);
	struct turn *turns = count_turns(plan, sequence);
	size_t servers = plan_server_count(plan);

	free(state->turns);
	free(state->turn_steps);
	state->turns = xcalloc(servers + 1, sizeof(*state->turns));
	state->turn_steps = xcalloc(sequence->count + 1, sizeof(*state->turn_steps));
	for (size_t i = 0; i < sequence->count; i++)
		if (sequence->items[i].server)
			add_step(state, &turns[sequence->items[i].row], &sequence->items[i], i);
	put_in_order(state, turns, servers, sequence);
	free(turns);
}

/* The last part of a path of Windows, without the ending of a program. */
static const char *program_name(const char *path, struct arena *arena)
{
	const char *slash = strrchr(path, '\\'), *name = slash ? slash + 1 : path;

	return arena_strndup(arena, name, strlen(name) - (str_ends(name, ".exe") ? strlen(".exe") : 0));
}

/* When its turn comes, and the programs that run there. */
const char *summary_turn_words(struct view *view, const struct turn *turn, struct arena *arena)
{
	const struct summary_state *state = view->state;
	const struct sequence *sequence = wizard_sequence(view->wizard);
	const struct plan *plan = wizard_plan(view->wizard);
	const char *note = field_row_note(plan->flow->servers, plan, &turn->server->record, arena);
	const char *words, *last = NULL;
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text, "%s%s", note, *note ? ": " : "");
	for (size_t i = 0; i < turn->steps; i++) {
		const struct step *step = &sequence->items[state->turn_steps[turn->first + i]];
		const char *program = step->words.count ? program_name(step->words.items[0].value, arena) : NULL;

		if (!program || (last && str_eq(program, last)))
			continue;
		strbuf_printf(&text, "%s%s", last ? ", " : "", program);
		last = program;
	}
	if (!turn->commands && turn->steps) {
		put_count(&text, turn->steps, "step");
		strbuf_puts(&text, " by hand");
	} else if (!turn->steps) {
		strbuf_puts(&text, "nothing");
	}
	words = arena_strdup(arena, strbuf_text(&text));
	strbuf_clear(&text);
	return words;
}

static const struct field *const *columns_of(struct view *view)
{
	return wizard_plan(view->wizard)->flow->servers->columns;
}

/* The first two columns that a list of servers shows are the name and the roles. */
static const char *column_text(struct view *view, const struct turn *turn, int which, struct arena *arena)
{
	const struct field *const *columns = columns_of(view);

	for (size_t i = 0; columns[i]; i++) {
		if ((columns[i]->flags & FIELD_IN_LIST) && which-- == 0)
			return cell_text(view->wizard, columns[i], &turn->server->record, arena);
	}
	return "";
}

static const char *name_of(struct view *view, const struct turn *turn, bool label, struct arena *arena)
{
	const char *name = column_text(view, turn, 0, arena);

	return label ? arena_strndup(arena, name, strcspn(name, ".")) : name;
}

static bool turn_fits(size_t index, const char *text, void *data)
{
	struct view *view = data;
	const struct summary_state *state = view->state;
	struct arena *arena = arena_new();
	const struct turn *turn = &state->turns[index];
	bool fits = text_contains_fold(column_text(view, turn, 0, arena), text) ||
		    text_contains_fold(column_text(view, turn, 1, arena), text);

	arena_free(arena);
	return fits;
}

void summary_ask_filter(struct view *view)
{
	struct summary_state *state = view->state;

	filter_ask(&state->filter, view->ui, "server", state->turn_count, turn_fits, view);
	state->turns_list.at = filter_row(&state->filter, filter_place(&state->filter, state->turns_list.at));
}

void summary_turn_whole(struct view *view, struct strbuf *out)
{
	const struct summary_state *state = view->state;
	const struct turn *turn = &state->turns[state->turns_list.at];
	struct arena *arena = arena_new();

	strbuf_printf(out, "%s\n%s\n", column_text(view, turn, 1, arena), summary_turn_words(view, turn, arena));
	arena_free(arena);
}

/* ---- drawing ---- */

#define NUMBER 2 /* the column of the number, behind the pointer */
#define NAME_MOST 20
#define ROLES_MOST 34
#define GAP 2
#define ROOMY 90 /* narrower, names stand without their domain, as in the list of servers */

struct widths {
	int number, name, roles, all;
	bool labels; /* names without their domain */
};

static const struct turn *turn_at(const struct summary_state *state, size_t place)
{
	return &state->turns[filter_row(&state->filter, place)];
}

/* Without their domains two of the names that are seen would be the same. */
static bool has_namesakes(struct view *view, size_t from, size_t to, struct arena *arena)
{
	const struct summary_state *state = view->state;

	for (size_t i = from; i < to; i++) {
		for (size_t j = i + 1; j < to; j++) {
			if (text_equal_fold(name_of(view, turn_at(state, i), true, arena),
					    name_of(view, turn_at(state, j), true, arena)))
				return true;
		}
	}
	return false;
}

static struct widths measure(struct view *view, int width, size_t from, size_t to, struct arena *arena)
{
	const struct summary_state *state = view->state;
	struct widths widths = { 2, 6, 5, width, false };
	int roles = width * 2 / 5;

	for (size_t rest = state->turn_count; rest >= 100; rest /= 10)
		widths.number++;

	widths.labels = width < ROOMY && !has_namesakes(view, from, to, arena);
	for (size_t i = from; i < to; i++) {
		int name = (int)text_cells(name_of(view, turn_at(state, i), widths.labels, arena));
		int cells = (int)text_cells(column_text(view, turn_at(state, i), 1, arena));

		widths.name = name > widths.name ? name : widths.name;
		widths.roles = cells > widths.roles ? cells : widths.roles;
	}
	widths.name = widths.name > NAME_MOST ? NAME_MOST : widths.name;
	roles = roles > ROLES_MOST ? ROLES_MOST : roles;
	widths.roles = widths.roles > roles ? roles : widths.roles;
	return widths;
}

static void draw_cells(struct sheet *sheet, int row, struct widths widths, const char *const texts[4], enum role role,
		       enum role others)
{
	int width = widths.all, name = NUMBER + widths.number + 1, roles = name + widths.name + GAP;

	sheet_reserve(sheet, row + 1);
	canvas_text_right(&sheet->canvas, row, NUMBER, widths.number, role, texts[0]);
	canvas_text(&sheet->canvas, row, name, widths.name, role, texts[1]);
	canvas_text(&sheet->canvas, row, roles, widths.roles, others, texts[2]);
	roles += widths.roles + GAP;
	canvas_text(&sheet->canvas, row, roles, width - roles, others, texts[3]);
}

static void draw_turn(struct view *view, struct sheet *sheet, int row, size_t index, struct widths widths, bool focused)
{
	struct summary_state *state = view->state;
	const struct turn *turn = &state->turns[index];
	bool at = state->turns_list.at == index, here = at && focused;
	enum role role = here ? ROLE_SELECTED : ROLE_NORMAL;
	struct arena *arena = arena_new();
	char number[24];
	const char *const texts[] = { number, name_of(view, turn, widths.labels, arena),
				      column_text(view, turn, 1, arena),
				      summary_turn_words(view, turn, arena) };
	int start = NUMBER + widths.number + 1, most = start + widths.name;
	int named = start + (int)text_cells(texts[1]) + 1;

	snprintf(number, sizeof(number), "%zu", index + 1);
	sheet_reserve(sheet, row + 1);
	if (here)
		canvas_fill(&sheet->canvas, (struct rect){ row, 0, 1, named > most ? most : named }, ' ', role);
	if (at)
		canvas_text(&sheet->canvas, row, 0, 1, role, canvas_symbol(&sheet->canvas, SYMBOL_POINTER));
	draw_cells(sheet, row, widths, texts, role, ROLE_NORMAL);
	canvas_area(&sheet->canvas, (struct rect){ row, 0, 1, widths.all }, ACTION_FOCUS,
		    (int)(TURN_AREA + index));
	if (here)
		canvas_cursor(&sheet->canvas, row, start);
	arena_free(arena);
}

int summary_draw_turns(struct view *view, struct sheet *sheet, struct rect rect, bool focused)
{
	static const char *const titles[] = { "#", "Server", "Roles", "What happens" };
	struct summary_state *state = view->state;
	size_t rows = rect.rows < 1 ? 1 : (size_t)rect.rows, last;
	size_t count = filter_count(&state->filter, state->turn_count);
	struct arena *arena = arena_new();
	struct widths widths;
	int row = rect.row;

	rows = rows < count ? rows : count;
	filter_fit(&state->filter, &state->turns_list, state->turn_count, rows);
	last = state->turns_list.first + rows;
	widths = measure(view, rect.columns - 1, state->turns_list.first, last, arena);
	if (filter_is_on(&state->filter))
		sheet_text(sheet, row++, 0, rect.columns, ROLE_CURRENT,
			   filter_title(arena, &state->filter.text, count, state->turn_count));
	else
		draw_cells(sheet, row++, widths, titles, ROLE_DIM, ROLE_DIM);
	for (size_t i = state->turns_list.first; i < last; i++)
		draw_turn(view, sheet, row + (int)(i - state->turns_list.first), filter_row(&state->filter, i), widths,
			  focused);
	listing_marks(&state->turns_list, count, &sheet->canvas,
		      (struct rect){ row, 0, (int)rows, rect.columns });
	arena_free(arena);
	return row + (int)rows;
}
