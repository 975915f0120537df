/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Draw, one key, one action, draw: what a key does on a page and on its buttons. The focused view sees a key before
 * the loop does, so that Esc closes the innermost thing first; only what concerns the terminal itself is taken before.
 */
#include "ui/loop.h"

#include "core/debug.h"
#include "ui/loop_state.h"

/* ---- the button row ---- */

static struct frame plain_frame(struct ui *ui)
{
	return (struct frame){ .wizard = ui->wizard, .view = &ui->view, .button = ui->button, .message = "" };
}

static void focus_view(struct ui *ui, enum focus_at at)
{
	ui->view.focused = true;
	if (ui->view.ops->focus)
		ui->view.ops->focus(&ui->view, at);
}

static void focus_buttons(struct ui *ui, enum frame_button button)
{
	ui->view.focused = false;
	ui->button = button;
	navigate_commit(ui);
}

/* To the next button in DIRECTION; beyond the ends to the page when WRAP. */
static void move_button(struct ui *ui, int direction, bool wrap)
{
	struct frame frame = plain_frame(ui);
	int button = (int)ui->button;

	do
		button += direction;
	while (button >= 0 && button < BUTTON_COUNT && !frame_has_button(&frame, (enum frame_button)button));
	if (button >= 0 && button < BUTTON_COUNT)
		ui->button = (enum frame_button)button;
	else if (wrap)
		focus_view(ui, direction > 0 ? FOCUS_FIRST : FOCUS_LAST);
}

static void page_key(struct ui *ui, const struct key *key, enum action action);

static void press(struct ui *ui, enum frame_button button)
{
	struct frame frame = plain_frame(ui);
	struct key none = { .name = KEYNAME_CODE };

	if (!frame_has_button(&frame, button))
		return;
	switch (button) {
	case BUTTON_BACK:
		navigate_back(ui);
		break;
	case BUTTON_MIDDLE_1:
	case BUTTON_MIDDLE_2:
		page_key(ui, &none, frame_middle_action(&frame, button));
		break;
	case BUTTON_NEXT:
		navigate_next(ui);
		break;
	case BUTTON_CANCEL:
		navigate_quit(ui, false);
		break;
	case BUTTON_COUNT:
		break;
	}
}

/* True: the button row has used KEY. */
static bool button_key(struct ui *ui, const struct key *key, enum action action)
{
	if (key->name == KEYNAME_LEFT)
		move_button(ui, -1, false);
	else if (key->name == KEYNAME_RIGHT)
		move_button(ui, 1, false);
	else if (key->name == KEYNAME_UP)
		focus_view(ui, FOCUS_LAST);
	else if (action == ACTION_NEXT_FIELD)
		move_button(ui, 1, key->name != KEYNAME_DOWN);
	else if (action == ACTION_PREVIOUS_FIELD)
		move_button(ui, -1, true);
	else if (action == ACTION_ACTIVATE || action == ACTION_TOGGLE)
		press(ui, ui->button);
	else
		return false;
	return true;
}

/* ---- the page ---- */

static bool page_has_text(const struct page *page)
{
	const struct field *const *field;

	for (field = page->fields; field && *field; field++)
		if ((*field)->kind == FIELD_TEXT || (*field)->kind == FIELD_NUMBER || (*field)->kind == FIELD_NAMES ||
		    (*field)->kind == FIELD_SECRET)
			return true;
	return false;
}

static bool in_text(struct ui *ui)
{
	return ui->view.focused && ui->view.ops->in_text && ui->view.ops->in_text(&ui->view);
}

bool loop_takes_letter(const struct ui *ui, enum action action)
{
	return action != ACTION_FACTS && (action != ACTION_QUIT || !page_has_text(ui->view.page));
}

/* What the view had no use for. */
static void fallback_key(struct ui *ui, const struct key *key, enum action action)
{
	struct frame frame = plain_frame(ui);

	if (key->name == KEYNAME_CODE && !loop_takes_letter(ui, action))
		return;
	if (key->name == KEYNAME_PAGE_DOWN || action == ACTION_NEXT_PAGE)
		navigate_next(ui);
	else if (action == ACTION_BACK)
		navigate_back(ui);
	else if (action == ACTION_PAGE_LIST)
		navigate_page_list(ui);
	else if (action == ACTION_HELP)
		navigate_help(ui);
	else if (action == ACTION_SAVE)
		navigate_save(ui);
	else if (action == ACTION_FACTS && !wizard_tracks(ui->wizard))
		navigate_facts(ui);
	else if (action == ACTION_QUIT)
		navigate_quit(ui, false);
	else if (action == ACTION_NEXT_FIELD || action == ACTION_ACTIVATE)
		focus_buttons(ui, BUTTON_NEXT);
	else if (action == ACTION_PREVIOUS_FIELD)
		focus_buttons(ui, frame_has_button(&frame, BUTTON_CANCEL) ? BUTTON_CANCEL : BUTTON_NEXT);
}

static void page_key(struct ui *ui, const struct key *key, enum action action)
{
	struct view *view = &ui->view;

	switch (view->ops->key(view, key, action)) {
	case VIEW_IGNORED:
		fallback_key(ui, key, action);
		return;
	case VIEW_DONE:
		break;
	case VIEW_PAST_END:
		focus_buttons(ui, BUTTON_NEXT);
		break;
	case VIEW_PAST_START:
		focus_buttons(ui, BUTTON_CANCEL);
		break;
	case VIEW_NEXT:
		navigate_next(ui);
		return;
	case VIEW_GOTO:
		ui->answered = view->target;
		navigate_goto(ui, view->target);
		return;
	case VIEW_FACTS:
		navigate_facts(ui);
		return;
	}
	/* The draft follows when a text is left, not letter by letter. */
	if (action == ACTION_NONE)
		ui->typed = true;
	else if ((ui->typed || (action != ACTION_NEXT_FIELD && action != ACTION_PREVIOUS_FIELD)) &&
		 wizard_changed(ui->wizard))
		ui->draft_due = true;
}

static void click(struct ui *ui, struct key *key)
{
	const struct area *area = loop_area_of(ui, key);
	enum action action = area ? (enum action)area->action : ACTION_NONE;

	if (area)
		key->code = (uint32_t)area->argument;
	if (action == ACTION_BUTTON) {
		if (ui->view.focused)
			focus_buttons(ui, (enum frame_button)area->argument);
		ui->button = (enum frame_button)area->argument;
		press(ui, ui->button);
	} else if (action == ACTION_GOTO_PAGE) {
		navigate_goto(ui, wizard_page_at(ui->wizard, (size_t)area->argument));
	} else if (action == ACTION_FOCUS) {
		ui->view.focused = true;
		page_key(ui, key, action);
	} else if (action != ACTION_NONE || key->wheel) {
		if (!loop_terminal_key(ui, key, action))
			page_key(ui, key, action);
	}
}

/* Text for a form while a button has the focus: it would end up in a field that nobody looks at. */
static bool is_stray(const struct ui *ui, const struct key *key, enum action action)
{
	bool letter = key->name == KEYNAME_CODE && action >= ACTION_STEP_START && action <= ACTION_DETAILS;

	return (action == ACTION_NONE || letter) && key->name != KEYNAME_PAGE_UP && key->name != KEYNAME_PAGE_DOWN &&
	       page_has_text(ui->view.page);
}

static void handle(struct ui *ui, struct key *key)
{
	enum action action = key_action(key, in_text(ui));

	if (loop_terminal_key(ui, key, action)) {
		debug(DEBUG_UI, "terminal key %d", (int)key->name);
		return;
	}
	if (key->name == KEYNAME_MOUSE)
		click(ui, key);
	else if (ui->view.focused || (!button_key(ui, key, action) && !is_stray(ui, key, action)))
		page_key(ui, key, action);
}

enum front_result loop_run(struct ui *ui, int *signal)
{
	struct key key;

	if (ui->mouse)
		ui->terminal.mouse(ui->terminal.data, true);
	ui->all = true;
	navigate_start(ui);
	while (!ui->ended) {
		loop_draw(ui);
		navigate_due_draft(ui);
		if (ui->ended)
			break;
		loop_read_key(ui, &key);
		if (key.name != KEYNAME_RESIZE && key.name != KEYNAME_RESUME)
			strbuf_reset(&ui->message);
		handle(ui, &key);
	}
	if (ui->result == FRONT_SIGNAL) {
		navigate_commit(ui);
		navigate_draft(ui);
	}
	*signal = ui->signal;
	return ui->result;
}
