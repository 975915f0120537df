/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the loop, the dialogs and the views stand on: the picture of the moment, the next key, what is said. Knows no
 * page and no dialog.
 */
#include "ui/loop_state.h"

#include "model/flow.h"
#include "os/platform.h"

#define IDLE_MS 2000 /* how soon one sees what somebody else recorded */

struct ui *loop_new(struct wizard *wizard, const struct terminal *terminal, const struct ui_options *options)
{
	struct ui *ui = xcalloc(1, sizeof(*ui));
	int rows, columns;

	ui->wizard = wizard;
	ui->terminal = *terminal;
	ui->mouse = options->mouse;
	terminal->size(terminal->data, &rows, &columns);
	canvas_init(&ui->canvas, rows, columns, options->ascii);
	return ui;
}

void loop_close_view(struct ui *ui)
{
	struct view *view = &ui->view;

	if (!view->ops)
		return;
	if (view->ops->close)
		view->ops->close(view);
	free(view->state);
	diags_clear(&view->findings);
	*view = (struct view){ 0 };
}

void loop_free(struct ui *ui)
{
	loop_close_view(ui);
	canvas_clear(&ui->canvas);
	strbuf_clear(&ui->message);
	free(ui->errors);
	free(ui);
}

struct wizard *loop_wizard(struct ui *ui)
{
	return ui->wizard;
}

bool loop_ending(const struct ui *ui)
{
	return ui->ended;
}

enum action loop_clicked(const struct ui *ui)
{
	return ui->clicked;
}

bool ui_ascii(const struct ui *ui)
{
	return ui->canvas.ascii;
}

void ui_say(struct ui *ui, const char *text)
{
	strbuf_reset(&ui->message);
	strbuf_puts(&ui->message, text);
}

void ui_copy(struct ui *ui, const char *text)
{
	ui->terminal.copy(ui->terminal.data, text);
}

void loop_end(struct ui *ui, enum front_result result, int signal)
{
	if (ui->ended)
		return;
	ui->ended = true;
	ui->result = result;
	ui->signal = signal;
}

/* ---- pictures ---- */

void loop_overlay_begin(struct ui *ui, void (*overlay)(struct ui *ui, struct canvas *canvas, void *data), void *data)
{
	if (ui->overlay_count == LOOP_OVERLAYS)
		bug("more than %d dialogs over each other", LOOP_OVERLAYS);
	ui->overlays[ui->overlay_count++] = (struct overlay){ overlay, data };
}

void loop_overlay_end(struct ui *ui)
{
	ui->overlay_count--;
}

static bool too_small(const struct ui *ui)
{
	return ui->canvas.rows < LAYOUT_MIN_ROWS || ui->canvas.columns < LAYOUT_MIN_COLUMNS;
}

/* The rail says the same as the page of checks, whatever a key there answered, read or verified. */
static void count_failed(struct ui *ui)
{
	size_t at = wizard_page_index(ui->wizard);

	if (at < ui->error_count && wizard_page(ui->wizard)->kind == PAGE_CHECKS)
		ui->errors[at] = wizard_checks(ui->wizard)->counts[CHECK_FAILED];
}

void loop_draw(struct ui *ui)
{
	struct frame frame = { .wizard = ui->wizard, .view = &ui->view, .button = ui->button, .errors = ui->errors,
			       .error_count = ui->error_count, .modal = ui->overlay_count > 0 };
	size_t i;

	count_failed(ui);
	frame.message = strbuf_text(&ui->message);
	canvas_blank(&ui->canvas);
	frame_draw(&frame, &ui->canvas);
	for (i = 0; i < ui->overlay_count && !too_small(ui); i++) {
		ui->canvas.area_count = 0;         /* only the uppermost can be clicked */
		ui->overlays[i].draw(ui, &ui->canvas, ui->overlays[i].data);
	}
	ui->terminal.show(ui->terminal.data, &ui->canvas, ui->all);
	ui->all = false;
}

/* ---- keys ---- */

bool loop_terminal_key(struct ui *ui, const struct key *key, enum action action)
{
	if (key->name == KEYNAME_RESIZE) {
		canvas_resize(&ui->canvas, key->row, key->column);
		ui->all = true;
	} else if (key->name == KEYNAME_RESUME || action == ACTION_REDRAW) {
		ui->all = true;
	} else if (key->name == KEYNAME_SIGNAL) {
		loop_end(ui, FRONT_SIGNAL, (int)key->code);
	} else if (key->name == KEYNAME_HANGUP) {
		loop_end(ui, FRONT_SIGNAL, SIGNAL_HANGUP);
	} else if (action == ACTION_INTERRUPT) {
		loop_end(ui, FRONT_SIGNAL, SIGNAL_INTERRUPT);
	} else if (action == ACTION_SUSPEND) {
		ui->terminal.suspend(ui->terminal.data);
		ui->all = true;
	} else if (action == ACTION_MOUSE) {
		ui->mouse = !ui->mouse;
		ui->terminal.mouse(ui->terminal.data, ui->mouse);
		ui_say(ui, ui->mouse ? "The mouse is on; F9 turns it off." : "The mouse is off.");
	} else {
		return too_small(ui);      /* nothing can be seen: wait */
	}
	return true;
}

const struct area *loop_area_of(const struct ui *ui, const struct key *key)
{
	if (key->name != KEYNAME_MOUSE || key->wheel)
		return NULL;
	return canvas_area_at(&ui->canvas, key->row, key->column);
}

void loop_dialog_key(struct ui *ui, void (*overlay)(struct ui *ui, struct canvas *canvas, void *data), void *data,
		     struct key *key)
{
	const struct area *area;
	enum action action;

	*key = (struct key){ .name = KEYNAME_HANGUP };
	loop_overlay_begin(ui, overlay, data);
	while (!ui->ended) {
		loop_draw(ui);
		if (!ui->terminal.read(ui->terminal.data, key, -1))
			*key = (struct key){ .name = KEYNAME_HANGUP };
		/* Digits stay digits: a dialog may have a text. */
		action = key_action(key, true);
		if (!loop_terminal_key(ui, key, action))
			break;
	}
	loop_overlay_end(ui);
	area = loop_area_of(ui, key);
	ui->clicked = area ? (enum action)area->action : ACTION_NONE;
	if (area)
		key->code = (uint32_t)area->argument;
	if (ui->ended)
		*key = (struct key){ .name = KEYNAME_SIGNAL, .code = (uint32_t)ui->signal };
}

void loop_read_key(struct ui *ui, struct key *key)
{
	bool (*idle)(struct view *view) = ui->view.ops->idle;

	do {
		if (!ui->terminal.read(ui->terminal.data, key, idle ? IDLE_MS : -1))
			*key = (struct key){ .name = KEYNAME_HANGUP };
		if (key->name == KEYNAME_TIMEOUT && idle && idle(&ui->view))
			loop_draw(ui);
	} while (key->name == KEYNAME_TIMEOUT);
}
