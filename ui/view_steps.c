/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What was written, then the steps in their order: one list with a heading per phase, and the selected entry in full
 * below it. On the last page (view_done.c) the files come again.
 */
#include "sheet.h"
#include "text.h"
#include "view.h"

#include "render.h"

#define DETAIL_LEAST_ROWS 9 /* of the body; below that only the list is shown, Enter shows the rest */
#define LABEL_CELLS 13      /* of the detail's labels: "If it fails  " */
#define SUM_CELLS 10        /* of a SHA-256 that stay */
#define SERVER_CELLS 14
#define KIND_CELLS 14
#define WIDE 70 /* from here on the kind of a step has a column */

enum entry_kind { ENTRY_HEADING, ENTRY_FILE, ENTRY_STEP };

struct entry {
	enum entry_kind kind;
	const char *heading;
	size_t index;
};

struct steps_state {
	struct entry *entries;
	size_t count, room;
	struct listing list;
	enum shell shell;
	struct strbuf help;
};

static const char *const kind_names[] = {
	[STEP_COMMAND] = "command line",
	[STEP_POWERSHELL] = "PowerShell",
	[STEP_SQL] = "SQL",
	[STEP_MANUAL] = "by hand",
};

/* ---- files ---- */

static const char *output_state(const struct output *output)
{
	if (!output->written)
		return output->chosen ? "not written" : "not chosen";
	return output->existed ? "replaced" : "written";
}

static void output_words(const struct output *output, struct strbuf *out)
{
	strbuf_printf(out, "%s: %s\nFile: %s\n", output->label, output_state(output), output->path);
	if (output->written)
		strbuf_printf(out, "SHA-256: %s\n", output->sha256);
}

/* ---- the list ---- */

static void add_entry(struct steps_state *state, enum entry_kind kind, const char *heading, size_t index)
{
	if (state->count == state->room) {
		state->room = state->room ? state->room * 2 : 64;
		state->entries = xrealloc(state->entries, state->room * sizeof(*state->entries));
	}
	state->entries[state->count++] = (struct entry){ kind, heading, index };
}

static void build(struct view *view)
{
	struct steps_state *state = view->state;
	const struct sequence *sequence = wizard_sequence(view->wizard);
	size_t outputs = wizard_output_count(view->wizard);
	const char *phase = NULL;

	state->count = 0;
	add_entry(state, ENTRY_HEADING, "Files", 0);
	for (size_t i = 0; i < outputs; i++)
		if (wizard_output(view->wizard, i)->chosen)
			add_entry(state, ENTRY_FILE, NULL, i);
	for (size_t i = 0; i < sequence->count; i++) {
		if (!str_eq(phase, sequence->items[i].task->phase))
			add_entry(state, ENTRY_HEADING, sequence->items[i].task->phase, i);
		phase = sequence->items[i].task->phase;
		add_entry(state, ENTRY_STEP, NULL, i);
	}
	state->list.at = state->count > 1 ? 1 : 0;
}

static const struct entry *current(const struct steps_state *state)
{
	return state->list.at < state->count ? &state->entries[state->list.at] : NULL;
}

static const struct step *current_step(struct view *view)
{
	const struct entry *entry = current(view->state);

	return entry && entry->kind == ENTRY_STEP ? &wizard_sequence(view->wizard)->items[entry->index] : NULL;
}

/* ---- what is to be run ---- */

/* The command line or script of STEP; a refusal instead of it. */
static bool run_words(struct view *view, const struct step *step, struct strbuf *out)
{
	const struct steps_state *state = view->state;
	struct diags refused = DIAGS_INIT;
	bool made = true;

	if (step->words.count)
		made = render_step_line(wizard_plan(view->wizard), step, state->shell, NULL, out, &refused);
	else if (step->text)
		strbuf_puts(out, step->text);
	for (size_t i = 0; !made && i < refused.count; i++)
		strbuf_printf(out, "%s%s %s", i ? "\n" : "", refused.items[i].text, refused.items[i].hint);
	diags_clear(&refused);
	return made;
}

static const char *server_name(const struct step *step)
{
	return step->server && step->server->name ? step->server->name : "-";
}

static void add_part(struct strbuf *out, const char *label, const char *text)
{
	if (text && text[0])
		strbuf_printf(out, "%s: %s\n\n", label, text);
}

static void step_words(struct view *view, const struct step *step, struct strbuf *out)
{
	const struct steps_state *state = view->state;
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(out, "%s\nServer: %s\nKind: %s\n\n", step->title, server_name(step), kind_names[step->kind]);
	add_part(out, "Why here", step->why);
	run_words(view, step, &text);
	add_part(out, step->words.count ? shell_name(state->shell) : "Run", strbuf_text(&text));
	add_part(out, "Verify", step->task->verify);
	add_part(out, "If it fails", step->task->failure);
	strbuf_reset(&text);
	if (step->task->source)
		source_words(&text, step->task->source);
	add_part(out, "Source", strbuf_text(&text));
	strbuf_clear(&text);
}

/* ---- drawing ---- */

static int label_cells(struct view *view)
{
	size_t count = wizard_output_count(view->wizard);
	int most = 0;

	for (size_t i = 0; i < count; i++) {
		const struct output *output = wizard_output(view->wizard, i);
		int cells = output->chosen ? (int)text_cells(output->label) : 0;

		if (cells > most)
			most = cells;
	}
	return most;
}

static void draw_file(struct view *view, const struct output *output, struct canvas *canvas, struct rect line,
		      enum role role)
{
	int column = line.column + 5, right, labels = label_cells(view);
	struct strbuf text = STRBUF_INIT;

	canvas_text(canvas, line.row, line.column + 2, 2, output->written ? role : ROLE_WARNING,
		    canvas_symbol(canvas, output->written ? SYMBOL_OK : SYMBOL_UNKNOWN));
	if (output->written && line.columns >= 50)
		strbuf_printf(&text, "%.*s  ", SUM_CELLS, output->sha256);
	strbuf_puts(&text, output_state(output));
	right = canvas_text_right(canvas, line.row, line.column, line.columns, role, strbuf_text(&text));
	labels = labels > (line.columns - right) / 2 ? (line.columns - right) / 2 : labels;
	canvas_text(canvas, line.row, column, labels, role, output->label);
	column += labels + 2;
	canvas_text_left_cut(canvas, line.row, column, line.column + line.columns - right - 2 - column, role,
			     output->path);
	strbuf_clear(&text);
}

static void draw_step(const struct step *step, size_t index, struct canvas *canvas, struct rect line, enum role role)
{
	int kind = line.columns >= WIDE ? KIND_CELLS : 0, server = line.columns >= 50 ? SERVER_CELLS : 0;
	int end = line.column + line.columns - kind;
	char number[24];

	snprintf(number, sizeof(number), "%zu", index + 1);
	canvas_text_right(canvas, line.row, line.column + 1, 4, role, number);
	if (kind)
		canvas_text(canvas, line.row, end + 1, kind - 1, role, kind_names[step->task->kind]);
	if (server)
		canvas_text(canvas, line.row, end - server + 1, server - 1, role, server_name(step));
	canvas_text(canvas, line.row, line.column + 6, end - server - line.column - 6, role, step->title);
}

static void draw_entry(struct view *view, struct canvas *canvas, struct rect line, size_t index)
{
	const struct steps_state *state = view->state;
	const struct entry *entry = &state->entries[index];
	bool at = index == state->list.at, here = at && view->focused;
	enum role role = here ? ROLE_SELECTED : ROLE_NORMAL;

	if (here)
		canvas_fill(canvas, line, ' ', role);
	if (at)
		canvas_text(canvas, line.row, line.column, 1, role, canvas_symbol(canvas, SYMBOL_POINTER));
	if (entry->kind == ENTRY_HEADING)
		canvas_text(canvas, line.row, line.column + 2, line.columns - 2, here ? role : ROLE_HEADING,
			    entry->heading);
	else if (entry->kind == ENTRY_FILE)
		draw_file(view, wizard_output(view->wizard, entry->index), canvas, line, role);
	else
		draw_step(&wizard_sequence(view->wizard)->items[entry->index], entry->index, canvas, line, role);
	canvas_area(canvas, line, ACTION_FOCUS, (int)index);
	if (here)
		canvas_cursor(canvas, line.row, line.column + 2);
}

static int draw_part(struct sheet *sheet, int row, int width, enum role role, const char *label, const char *text)
{
	int column = width >= 40 ? LABEL_CELLS : 0;

	if (!text || !text[0])
		return row;
	sheet_text(sheet, row, 0, width, ROLE_LABEL, label);
	row += !column;
	return row + sheet_wrap(sheet, row, column, width - column, role, text);
}

static void draw_step_detail(struct view *view, const struct step *step, struct sheet *sheet, int width)
{
	const struct steps_state *state = view->state;
	struct strbuf text = STRBUF_INIT, label = STRBUF_INIT;
	enum role role;
	int row = sheet_wrap(sheet, 0, 0, width, ROLE_HEADING, step->title);
	bool made = run_words(view, step, &text);

	strbuf_printf(&label, step->words.count ? "Run (%s)" : "Run", shell_name(state->shell));
	row = draw_part(sheet, row, width, made ? ROLE_CODE : ROLE_ERROR,
			label.length < LABEL_CELLS ? strbuf_text(&label) : shell_name(state->shell),
			strbuf_text(&text));
	row = draw_part(sheet, row, width, ROLE_NORMAL, "Why here", step->why);
	row = draw_part(sheet, row, width, ROLE_NORMAL, "Verify", step->task->verify);
	row = draw_part(sheet, row, width, ROLE_NORMAL, "If it fails", step->task->failure);
	strbuf_reset(&text);
	if (step->task->source) {
		role = source_words(&text, step->task->source);
		draw_part(sheet, row, width, role, "Source", strbuf_text(&text));
	}
	strbuf_clear(&text);
	strbuf_clear(&label);
}

static void draw_detail(struct view *view, struct canvas *canvas, struct rect rect)
{
	const struct entry *entry = current(view->state);
	const struct step *step = current_step(view);
	struct strbuf text = STRBUF_INIT;
	struct sheet sheet;
	int first = 0;

	sheet_init(&sheet, rect.columns - 1, canvas->ascii);
	if (step) {
		draw_step_detail(view, step, &sheet, rect.columns - 1);
	} else if (entry && entry->kind == ENTRY_FILE) {
		output_words(wizard_output(view->wizard, entry->index), &text);
		sheet_wrap(&sheet, 0, 0, rect.columns - 1, ROLE_NORMAL, strbuf_text(&text));
	}
	sheet_show(&sheet, canvas, rect, &first, 0, 1);
	sheet_clear(&sheet);
	strbuf_clear(&text);
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
	struct steps_state *state = view->state;
	int detail = body.rows >= DETAIL_LEAST_ROWS ? body.rows * 2 / 5 : 0;
	struct rect rect = { body.row, body.column, body.rows - (detail ? detail + 1 : 0), body.columns };

	listing_fit(&state->list, state->count, rect.rows > 0 ? (size_t)rect.rows : 0);
	for (int i = 0; i < rect.rows && state->list.first + (size_t)i < state->count; i++)
		draw_entry(view, canvas, (struct rect){ rect.row + i, rect.column, 1, rect.columns - 1 },
			   state->list.first + (size_t)i);
	listing_marks(&state->list, state->count, canvas, rect);
	if (!detail)
		return;
	canvas_hline(canvas, rect.row + rect.rows, body.column, body.columns);
	draw_detail(view, canvas, (struct rect){ rect.row + rect.rows + 1, body.column, detail, body.columns });
}

/* ---- keys ---- */

static void copy_line(struct view *view, const struct step *step)
{
	struct strbuf text = STRBUF_INIT;

	if (!run_words(view, step, &text))
		ui_say(view->ui, strbuf_text(&text));
	else if (!text.length)
		ui_say(view->ui, "There is nothing to copy.");
	else {
		ui_copy(view->ui, strbuf_text(&text));
		ui_say(view->ui, "Copied, with placeholders instead of passwords.");
	}
	strbuf_clear(&text);
}

static void show_line(struct view *view, const struct step *step)
{
	struct strbuf text = STRBUF_INIT;

	run_words(view, step, &text);
	dialog_text(view->ui, step->title, strbuf_text(&text));
	strbuf_clear(&text);
}

static void show_entry(struct view *view)
{
	const struct entry *entry = current(view->state);
	const struct step *step = current_step(view);
	struct strbuf text = STRBUF_INIT;

	if (step)
		step_words(view, step, &text);
	else if (entry && entry->kind == ENTRY_FILE)
		output_words(wizard_output(view->wizard, entry->index), &text);
	if (text.length)
		dialog_text(view->ui, step ? step->title : "File", strbuf_text(&text));
	strbuf_clear(&text);
}

static void turn_shell(struct view *view, int direction)
{
	struct steps_state *state = view->state;

	state->shell = (enum shell)(((int)state->shell + SHELL_COUNT + direction) % SHELL_COUNT);
}

static void find(struct view *view)
{
	static const char *const labels[] = { "Text", NULL };
	struct steps_state *state = view->state;
	const struct sequence *sequence = wizard_sequence(view->wizard);
	struct strbuf text = STRBUF_INIT;
	bool found = false;

	if (dialog_input(view->ui, "Find", "Goes to the next step with this text in its title.", labels, &text, 1, NULL,
			 NULL)) {
		for (size_t i = 1; i <= state->count && !found; i++) {
			size_t index = (state->list.at + i) % state->count;
			const struct entry *entry = &state->entries[index];

			found = entry->kind == ENTRY_STEP &&
				text_contains_fold(sequence->items[entry->index].title, strbuf_text(&text));
			if (found)
				state->list.at = index;
		}
		if (!found)
			ui_say(view->ui, "Not found.");
	}
	strbuf_clear(&text);
}

static enum view_result key(struct view *view, const struct key *pressed, enum action action)
{
	struct steps_state *state = view->state;
	const struct step *step = current_step(view);
	enum view_result result;

	if (action == ACTION_COPY_LINE && step)
		copy_line(view, step);
	else if (action == ACTION_WHOLE_LINE && step)
		show_line(view, step);
	else if (action == ACTION_ACTIVATE || action == ACTION_WHOLE_LINE || action == ACTION_TOGGLE)
		show_entry(view);
	else if (action == ACTION_FIND)
		find(view);
	else if (action == ACTION_FOCUS && (size_t)pressed->code < state->count)
		state->list.at = (size_t)pressed->code;
	else if (pressed->name == KEYNAME_LEFT || pressed->name == KEYNAME_RIGHT)
		turn_shell(view, pressed->name == KEYNAME_LEFT ? -1 : 1);
	else {
		result = listing_key(&state->list, state->count, pressed);
		if (result == VIEW_IGNORED && pressed->name == KEYNAME_PAGE_DOWN && state->count > state->list.room)
			result = VIEW_DONE;
		if (result != VIEW_IGNORED)
			return result;
		return action == ACTION_NEXT_FIELD       ? VIEW_PAST_END
		       : action == ACTION_PREVIOUS_FIELD ? VIEW_PAST_START
							 : VIEW_IGNORED;
	}
	return VIEW_DONE;
}

static void open(struct view *view)
{
	build(view);
}

static void close(struct view *view)
{
	struct steps_state *state = view->state;

	free(state->entries);
	strbuf_clear(&state->help);
}

static void focus(struct view *view, enum focus_at at)
{
	struct steps_state *state = view->state;

	if (at == FOCUS_LAST && state->count)
		state->list.at = state->count - 1;
}

static void hint(struct view *view, struct strbuf *out)
{
	const struct entry *entry = current(view->state);
	const struct step *step = current_step(view);

	if (step && step->words.count)
		strbuf_puts(out,
			    "Enter shows all about this step. Left and Right choose the shell of its line, Alt-L shows "
			    "the line whole, Alt-C copies it.");
	else if (step)
		strbuf_puts(out, "Enter shows all about this step.");
	else if (entry && entry->kind == ENTRY_FILE)
		strbuf_puts(out, "Enter shows the file's full name and its SHA-256.");
	else
		strbuf_puts(out, "Up and Down walk through the files and the steps in their order.");
}

static const enum action *actions(struct view *view)
{
	static const enum action line[] = { ACTION_WHOLE_LINE, ACTION_COPY_LINE, ACTION_FIND, ACTION_NONE };
	static const enum action other[] = { ACTION_FIND, ACTION_NONE };

	return current_step(view) ? line : other;
}

static const char *help(struct view *view)
{
	struct steps_state *state = view->state;
	const struct step *step = current_step(view);

	if (!step)
		return NULL;
	strbuf_reset(&state->help);
	step_words(view, step, &state->help);
	return strbuf_text(&state->help);
}

const struct view_ops view_steps = {
	.state_size = sizeof(struct steps_state),
	.open = open,
	.close = close,
	.draw = draw,
	.key = key,
	.focus = focus,
	.hint = hint,
	.actions = actions,
	.help = help,
};
