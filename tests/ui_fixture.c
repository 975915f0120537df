/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The stand-in view has two things to focus: a text, and a list that hands letters to the test.
 */
#include "ui_fixture.h"

#include "helpers.h"
#include "model/flow.h"
#include "model/plan.h"

void (*fixture_letter)(struct view *view, uint32_t code);

struct stand_in {
	struct strbuf text;
	bool in_list;
	unsigned committed;
};

static void close_view(struct view *view)
{
	struct stand_in *stand_in = view->state;

	strbuf_clear(&stand_in->text);
}

static void draw_view(struct view *view, struct canvas *canvas, struct rect body)
{
	struct stand_in *stand_in = view->state;
	struct strbuf line = STRBUF_INIT;

	strbuf_printf(&line, "%s text: %s", view->page->id, strbuf_text(&stand_in->text));
	canvas_text(canvas, body.row, body.column, body.columns, ROLE_FIELD, strbuf_text(&line));
	canvas_text(canvas, body.row + 1, body.column, body.columns, ROLE_NORMAL, "list");
	canvas_area(canvas, (struct rect){ body.row + 1, body.column, 1, 4 }, ACTION_FOCUS, 1);
	if (view->focused)
		canvas_cursor(canvas, body.row + stand_in->in_list, body.column);
	strbuf_clear(&line);
}

static enum view_result move(struct stand_in *stand_in, bool forward)
{
	if (stand_in->in_list == forward)
		return forward ? VIEW_PAST_END : VIEW_PAST_START;
	stand_in->in_list = forward;
	return VIEW_DONE;
}

static enum view_result press_key(struct view *view, const struct key *key, enum action action)
{
	struct stand_in *stand_in = view->state;
	bool free_letter = action == ACTION_NONE || (action >= ACTION_STEP_START && action <= ACTION_DETAILS);

	if (action == ACTION_NEXT_FIELD || action == ACTION_PREVIOUS_FIELD)
		return move(stand_in, action == ACTION_NEXT_FIELD);
	if (action == ACTION_FOCUS) {
		stand_in->in_list = key->code == 1;
		return VIEW_DONE;
	}
	if (action == ACTION_VERIFY) {
		ui_say(view->ui, "verified");
		return VIEW_DONE;
	}
	if (key->name != KEYNAME_CODE)
		return VIEW_IGNORED;
	if (!stand_in->in_list) {
		strbuf_put_code(&stand_in->text, key->code);
		return VIEW_DONE;
	}
	if (free_letter && fixture_letter) {
		fixture_letter(view, key->code);
		return VIEW_DONE;
	}
	return VIEW_IGNORED;
}

static void focus(struct view *view, enum focus_at at)
{
	struct stand_in *stand_in = view->state;

	stand_in->in_list = at == FOCUS_LAST;
}

static bool in_text(struct view *view)
{
	struct stand_in *stand_in = view->state;

	return !stand_in->in_list;
}

static void commit(struct view *view)
{
	struct stand_in *stand_in = view->state;
	const struct field *const *field = view->page->fields;

	for (; field && *field && stand_in->text.length; field++) {
		if ((*field)->kind == FIELD_TEXT) {
			wizard_set(view->wizard, wizard_record(view->wizard), *field, strbuf_text(&stand_in->text),
				   NULL);
			break;
		}
	}
}

static void hint(struct view *view, struct strbuf *out)
{
	const struct stand_in *stand_in = view->state;

	strbuf_printf(out, "hint of the %s", stand_in->in_list ? "list" : "text");
}

static const enum action *actions(struct view *view)
{
	static const enum action some[] = { ACTION_VERIFY, ACTION_FIND, ACTION_NONE };

	(void)view;
	return some;
}

static const char *help(struct view *view)
{
	(void)view;
	return "Help of the field.";
}

static size_t middle_buttons(struct view *view, const char *labels[2], enum action of_buttons[2])
{
	(void)view;
	labels[0] = "Verify";
	of_buttons[0] = ACTION_VERIFY;
	return 1;
}

static const struct view_ops stand_in_view = {
	.state_size = sizeof(struct stand_in), .close = close_view, .draw = draw_view, .key = press_key, .focus = focus,
	.in_text = in_text, .commit = commit, .hint = hint, .actions = actions, .help = help,
	.middle_buttons = middle_buttons
};

/* In place of the real ones: the archive's own table is not linked when this one is there. */
const struct view_ops *const views[PAGE_KIND_COUNT] = { &stand_in_view, &stand_in_view, &stand_in_view,
							&stand_in_view, &stand_in_view, &stand_in_view };

static void start_wizard(struct fixture *fixture)
{
	char path[512];
	struct plan_source source = { 0 };
	const struct wizard_options options = { .plan_path = path };

	snprintf(path, sizeof(path), "%s/contoso.yaml", fixture->folder);
	fixture->wizard = wizard_new(plan_new(flow_at(0)), &source, &options);
}

int fixture_set_up(void **state)
{
	struct fixture *fixture = xcalloc(1, sizeof(*fixture));

	fixture->folder = scratch_folder();
	fixture->rows = 24;
	fixture->columns = 80;
	fixture_letter = NULL;
	if (setenv("XDG_STATE_HOME", fixture->folder, 1) != 0)
		return -1;
	start_wizard(fixture);
	*state = fixture;
	return 0;
}

int fixture_tear_down(void **state)
{
	struct fixture *fixture = *state;

	wizard_free(fixture->wizard);
	strbuf_clear(&fixture->out);
	scratch_remove(fixture->folder);
	free(fixture);
	return 0;
}

void fixture_restart(struct fixture *fixture)
{
	wizard_free(fixture->wizard);
	start_wizard(fixture);
}

const char *fixture_run(struct fixture *fixture, const char *script)
{
	const struct ui_options options = { .color = COLOR_AUTO };
	unsigned bad_line;

	strbuf_reset(&fixture->out);
	fixture->result = ui_run_script(fixture->wizard, &options, script, fixture->rows, fixture->columns,
					&fixture->out, &fixture->signal, &bad_line);
	assert_int_equal(bad_line, 0);
	return strbuf_text(&fixture->out);
}
