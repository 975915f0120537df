/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The Ready page: every answer one key away from its page, the command lines live, which files to write. What a shell
 * cannot carry is shown with the reason and a shell that can.
 */
#include "ui/view_summary.h"

const char *summary_server(const struct summary_state *state)
{
	if (!state->server_count)
		return "-";
	return state->server < state->server_count ? state->servers[state->server]->name : "all servers";
}

static bool render(struct view *view, enum shell shell, const struct password_source *passwords, struct strbuf *out,
		   struct diags *refused)
{
	struct summary_state *state = view->state;
	const struct server *only = state->server < state->server_count ? state->servers[state->server] : NULL;

	return render_commands(wizard_plan(view->wizard), wizard_sequence(view->wizard), only, shell, false, passwords,
			       out, refused);
}

bool summary_literal_line(struct view *view, struct strbuf *out)
{
	struct summary_state *state = view->state;
	struct password_source passwords = { passwords_lookup, wizard_passwords(view->wizard) };
	struct diags refused = DIAGS_INIT;
	bool made = render(view, state->shell, &passwords, out, &refused);

	diags_clear(&refused);
	return made;
}

/* The line for the chosen server and shell; when it is refused, the first shell that takes it. */
static void make_line(struct view *view)
{
	struct summary_state *state = view->state;
	struct strbuf other = STRBUF_INIT;

	strbuf_reset(&state->line);
	diags_clear(&state->refused);
	state->refused = (struct diags)DIAGS_INIT;
	state->able = SHELL_COUNT;
	if (!state->server_count)
		return;
	if (render(view, state->shell, NULL, &state->line, &state->refused)) {
		if (state->line.length && strbuf_text(&state->line)[state->line.length - 1] == '\n')
			strbuf_truncate(&state->line, state->line.length - 1);
		return;
	}
	for (int i = 0; i < SHELL_COUNT && state->able == SHELL_COUNT; i++) {
		struct diags ignored = DIAGS_INIT;

		if (render(view, (enum shell)i, NULL, &other, &ignored))
			state->able = (enum shell)i;
		diags_clear(&ignored);
	}
	strbuf_clear(&other);
}

/* ---- what can be done ---- */

static struct summary_line *current(const struct summary_state *state)
{
	return state->list.at < state->count ? &state->lines[state->list.at] : NULL;
}

/* The pointer of the table goes where the command line is from, and the other way round. */
static void point_at_server(struct summary_state *state)
{
	for (size_t i = 0; state->server < state->server_count && i < state->turn_count; i++) {
		if (state->turns[i].server == state->servers[state->server])
			state->turns_list.at = i;
	}
}

static void follow_pointer(struct view *view)
{
	struct summary_state *state = view->state;
	const struct server *at = state->turn_count ? state->turns[state->turns_list.at].server : NULL;

	for (size_t i = 0; i < state->server_count; i++) {
		if (state->servers[i] != at || state->server == i)
			continue;
		state->server = i;
		make_line(view);
	}
}

static void turn_server(struct view *view, int direction)
{
	struct summary_state *state = view->state;
	size_t count = state->server_count + (state->server_count > 1); /* and all of them */

	if (!count)
		return;
	state->server = (state->server + count + (size_t)direction) % count;
	point_at_server(state);
	make_line(view);
}

static void turn_shell(struct view *view, int direction)
{
	struct summary_state *state = view->state;

	state->shell = (enum shell)(((int)state->shell + SHELL_COUNT + direction) % SHELL_COUNT);
	make_line(view);
}

static void choose_server(struct view *view)
{
	struct summary_state *state = view->state;
	const char **names = xcalloc(state->server_count + 2, sizeof(*names));
	int chosen;

	for (size_t i = 0; i < state->server_count; i++)
		names[i] = state->servers[i]->name;
	names[state->server_count] = "all servers";
	chosen = dialog_choose(view->ui, "Command line for", names, state->server_count + 1, (int)state->server);
	if (chosen >= 0 && state->server_count) {
		state->server = (size_t)chosen;
		point_at_server(state);
		make_line(view);
	}
	free(names);
}

static bool path_given(const struct strbuf *texts, void *data, struct strbuf *why)
{
	(void)data;
	if (texts[0].length)
		return true;
	strbuf_puts(why, "A file name is needed. Space on its line leaves the file out.");
	return false;
}

static void edit_path(struct view *view, size_t index)
{
	static const char *const labels[] = { "File", NULL };
	const struct output *output = wizard_output(view->wizard, index);
	struct strbuf path = STRBUF_INIT;

	strbuf_puts(&path, output->path);
	if (dialog_input(view->ui, "Where to write", output->label, labels, &path, 1, path_given, NULL)) {
		wizard_set_output_path(view->wizard, index, strbuf_text(&path));
		wizard_output(view->wizard, index)->chosen = true;
	}
	strbuf_clear(&path);
}

static void toggle(struct view *view, const struct summary_line *line)
{
	if (line->kind == LINE_OUTPUT) {
		struct output *output = wizard_output(view->wizard, line->index);

		output->chosen = !output->chosen;
	} else if (line->kind == LINE_LITERAL) {
		wizard_set_literal(view->wizard, !wizard_literal(view->wizard));
	} else if (line->kind == LINE_SERVER) {
		turn_server(view, 1);
	} else if (line->kind == LINE_SHELL) {
		turn_shell(view, 1);
	}
}

static void whole_line(struct view *view, bool copy)
{
	struct summary_state *state = view->state;
	struct strbuf title = STRBUF_INIT;

	if (!state->line.length) {
		ui_say(view->ui,
		       state->server_count ? "There is no line: see the reason." : "No server has a command line yet.");
	} else if (copy) {
		ui_copy(view->ui, strbuf_text(&state->line));
		ui_say(view->ui, "Copied, with placeholders instead of passwords.");
	} else {
		strbuf_printf(&title, "%s, %s", summary_server(state), shell_name(state->shell));
		dialog_text(view->ui, strbuf_text(&title), strbuf_text(&state->line));
	}
	strbuf_clear(&title);
}

/* A row of the table, and the command line below the table where it is that server's. */
static void whole_turn(struct view *view)
{
	struct summary_state *state = view->state;
	const struct server *server = state->turns[state->turns_list.at].server;
	struct strbuf title = STRBUF_INIT, text = STRBUF_INIT;

	strbuf_puts(&title, server->name);
	summary_turn_whole(view, &text);
	if (state->line.length && state->server < state->server_count && state->servers[state->server] == server) {
		strbuf_printf(&title, ", %s", shell_name(state->shell));
		strbuf_printf(&text, "\n%s", strbuf_text(&state->line));
	}
	dialog_text(view->ui, strbuf_text(&title), strbuf_text(&text));
	strbuf_clear(&title);
	strbuf_clear(&text);
}

static enum view_result activate(struct view *view, const struct summary_line *line)
{
	struct summary_state *state = view->state;

	if (line->kind == LINE_ANSWER) {
		view->target = line->page;
		return VIEW_GOTO;
	}
	if (line->kind == LINE_TURNS && state->turn_count)
		whole_turn(view);
	else if (line->kind == LINE_OUTPUT)
		edit_path(view, line->index);
	else if (line->kind == LINE_SERVER && state->server_count > 1)
		choose_server(view);
	else
		toggle(view, line);
	return VIEW_DONE;
}

static void reveal(struct view *view)
{
	struct summary_state *state = view->state;

	state->reveal = state->typed;
	ui_say(view->ui, state->typed ? "The passwords are shown until the next key." : "No password was typed.");
}

/* ---- keys ---- */

/* Tab goes by kinds of lines: past all answers at once. */
static enum view_result step(struct summary_state *state, int direction)
{
	size_t at = state->list.at, kind = state->count ? state->lines[at].kind : LINE_KIND_COUNT;

	while (at < state->count && state->lines[at].kind == kind)
		at += (size_t)direction;
	if (at >= state->count)
		return direction > 0 ? VIEW_PAST_END : VIEW_PAST_START;
	/* To the first of that kind. */
	while (direction < 0 && at > 0 && state->lines[at - 1].kind == state->lines[at].kind)
		at--;
	state->list.at = at;
	return VIEW_DONE;
}

static enum view_result walk(struct summary_state *state, const struct key *key, enum action action)
{
	enum view_result result = listing_key(&state->list, state->count, key);

	if (result != VIEW_IGNORED)
		return result;
	if (action == ACTION_NEXT_FIELD || action == ACTION_PREVIOUS_FIELD)
		return step(state, action == ACTION_NEXT_FIELD ? 1 : -1);
	return key->name == KEYNAME_PAGE_DOWN && state->count > state->list.room ? VIEW_DONE : VIEW_IGNORED;
}

/* True: the table has used KEY; past its ends it is left. */
static bool table_key(struct view *view, const struct key *key)
{
	struct summary_state *state = view->state;
	enum view_result result = filter_key(&state->filter, &state->turns_list, state->turn_count, key);

	if (result == VIEW_DONE)
		follow_pointer(view);
	return result == VIEW_DONE || (result == VIEW_IGNORED && key->name == KEYNAME_PAGE_DOWN);
}

/* The table has the focus then. */
static void find(struct view *view)
{
	struct summary_state *state = view->state;

	state->list.at = 0;
	summary_ask_filter(view);
	follow_pointer(view);
}

static enum view_result click(struct view *view, size_t index)
{
	struct summary_state *state = view->state;
	bool again = state->list.at == index;

	if (index >= TURN_AREA && index - TURN_AREA < state->turn_count) {
		state->list.at = 0;
		state->turns_list.at = index - TURN_AREA;
		follow_pointer(view);
		return VIEW_DONE;
	}
	if (index >= state->count)
		return VIEW_IGNORED;
	state->list.at = index;
	if (state->lines[index].kind != LINE_ANSWER)
		toggle(view, &state->lines[index]);
	else if (again)
		return activate(view, &state->lines[index]);
	return VIEW_DONE;
}

static enum view_result view_summary_key(struct view *view, const struct key *pressed, enum action action)
{
	struct summary_state *state = view->state;
	struct summary_line *line = current(state);
	int side = pressed->name == KEYNAME_LEFT ? -1 : pressed->name == KEYNAME_RIGHT ? 1 : 0;

	state->reveal = false;
	if (action == ACTION_WHOLE_LINE || action == ACTION_COPY_LINE)
		whole_line(view, action == ACTION_COPY_LINE);
	else if (action == ACTION_REVEAL)
		reveal(view);
	else if (action == ACTION_FOCUS)
		return click(view, (size_t)pressed->code);
	else if (pressed->name == KEYNAME_ESC && filter_is_on(&state->filter))
		filter_clear(&state->filter);
	else if (action == ACTION_FIND && state->turn_count)
		find(view);
	else if (line && line->kind == LINE_TURNS && table_key(view, pressed))
		return VIEW_DONE;
	else if (side && line && line->kind == LINE_SERVER)
		turn_server(view, side);
	else if (side && line && line->kind == LINE_SHELL)
		turn_shell(view, side);
	else if (action == ACTION_TOGGLE && line && line->kind != LINE_ANSWER && line->kind != LINE_TURNS)
		toggle(view, line);
	else if ((action == ACTION_ACTIVATE || action == ACTION_EDIT || action == ACTION_TOGGLE) && line)
		return activate(view, line);
	else
		return walk(state, pressed, action);
	return VIEW_DONE;
}

/* ---- the rest of the view ---- */

static void view_summary_open(struct view *view)
{
	struct summary_state *state = view->state;

	summary_build(view);
	state->server = state->server_count; /* so that the first turn is another one */
	follow_pointer(view);
	if (state->server == state->server_count) {
		state->server = 0;
		make_line(view);
	}
}

static void view_summary_close(struct view *view)
{
	struct summary_state *state = view->state;

	arena_free(state->arena);
	free(state->lines);
	free(state->servers);
	free(state->turns);
	free(state->turn_steps);
	filter_clear(&state->filter);
	strbuf_clear(&state->line);
	diags_clear(&state->refused);
}

/* The first answer of PAGE. False: there is none. */
static bool focus_page(struct summary_state *state, const struct page *page)
{
	for (size_t i = 0; i < state->count; i++) {
		if (state->lines[i].page == page) {
			state->list.at = i;
			return true;
		}
	}
	return false;
}

/* The answer whose page owns the first error. */
static void focus_error(struct view *view)
{
	const struct flow *flow = wizard_plan(view->wizard)->flow;

	for (size_t i = 0; i < view->findings.count; i++) {
		const struct diag *diag = &view->findings.items[i];
		const struct page *page = diag->severity == SEV_ERROR ? page_of_path(flow, diag->path) : NULL;

		if (page && focus_page(view->state, page))
			return;
	}
}

static void view_summary_focus(struct view *view, enum focus_at at)
{
	struct summary_state *state = view->state;

	if (at == FOCUS_ERROR)
		focus_error(view);
	else if (at == FOCUS_TARGET)
		(void)focus_page(state, view->target);
	else
		state->list.at = at == FOCUS_LAST && state->count ? state->count - 1 : 0;
}

static void view_summary_hint(struct view *view, struct strbuf *out)
{
	static const char *const hints[] = {
		[LINE_TURNS] = "The servers in the order of their upgrade; below stands the command line of the "
			       "selected one. F8 writes the files; nothing is run on a server from here.",
		[LINE_SERVER] = "Left and Right choose the server; Enter lists them.",
		[LINE_SHELL] = "Left and Right choose where the line will be typed. argv is a JSON array of the words.",
		[LINE_OUTPUT] =
			"Space decides whether this file is written, Enter where. No file ever holds a password.",
		[LINE_LITERAL] =
			"Off: the line has a placeholder for each password. On: what was typed stands in the line "
			"that is printed at the end.",
		[LINE_ANSWER] = "Enter goes to the page where this is changed.",
	};
	const struct summary_line *line = current(view->state);

	if (line)
		strbuf_puts(out, hints[line->kind]);
}

static const enum action *view_summary_actions(struct view *view)
{
	static const enum action own[LINE_KIND_COUNT][3] = {
		[LINE_TURNS] = { ACTION_WHOLE_PAGE, ACTION_NONE },
		[LINE_SERVER] = { ACTION_CHOOSE_SIDE, ACTION_NONE },
		[LINE_SHELL] = { ACTION_CHOOSE_SIDE, ACTION_NONE },
		[LINE_OUTPUT] = { ACTION_TOGGLE, ACTION_EDIT, ACTION_NONE },
		[LINE_LITERAL] = { ACTION_TOGGLE, ACTION_REVEAL, ACTION_NONE },
		[LINE_ANSWER] = { ACTION_CHANGE, ACTION_NONE },
	};
	struct summary_state *state = view->state;
	const struct summary_line *line = current(state);
	size_t count = 0;

	for (const enum action *at = line ? own[line->kind] : NULL; at && *at != ACTION_NONE; at++)
		state->actions[count++] = *at;
	if (filter_is_on(&state->filter))
		state->actions[count++] = ACTION_SHOW_ALL;
	state->actions[count++] = ACTION_NEXT_FIELD;
	if (state->turn_count)
		state->actions[count++] = ACTION_FIND;
	if (line && line->kind == LINE_TURNS)
		state->actions[count++] = ACTION_SELECT;
	if (state->line.length) {
		state->actions[count++] = ACTION_COPY_LINE;
		state->actions[count++] = ACTION_WHOLE_LINE;
	}
	state->actions[count] = ACTION_NONE;
	return state->actions;
}

const struct view_ops view_summary = {
	.state_size = sizeof(struct summary_state),
	.open = view_summary_open,
	.close = view_summary_close,
	.draw = summary_draw,
	.key = view_summary_key,
	.focus = view_summary_focus,
	.hint = view_summary_hint,
	.actions = view_summary_actions,
};
