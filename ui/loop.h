/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The loop of the full-screen front end apart from any terminal: keys come from a source, canvases go to a sink. ui.c
 * connects it to a real screen, tests to a script.
 */
#ifndef SCUPGRADE_LOOP_H
#define SCUPGRADE_LOOP_H

#include "ui/ui.h"
#include "ui/view.h"

struct terminal {                    /* what the loop needs of a terminal */
	void *data;
	void (*size)(void *data, int *rows, int *columns);
	/* Waits at most TIMEOUT_MS (-1: for ever), then it is KEYNAME_TIMEOUT. False never: the end is
	 * KEYNAME_HANGUP. */
	bool (*read)(void *data, struct key *key, int timeout_ms);
	/* ALL: nothing of the old screen can be trusted */
	void (*show)(void *data, const struct canvas *canvas, bool all);
	void (*copy)(void *data, const char *text);             /* clipboard */
	void (*mouse)(void *data, bool on);
	void (*suspend)(void *data);                            /* Ctrl-Z */
};

struct ui *loop_new(struct wizard *wizard, const struct terminal *terminal, const struct ui_options *options);
void loop_free(struct ui *ui);
/* Until the wizard is finished, left, or a signal came. */
enum front_result loop_run(struct ui *ui, int *signal);

/* For dialogs: draws the page and then OVERLAY over it, shows it, reads the next key. */
void loop_dialog_key(struct ui *ui, void (*overlay)(struct ui *ui, struct canvas *canvas, void *data), void *data,
		     struct key *key);
/* What a dialog returned by loop_dialog_key() as KEYNAME_MOUSE was clicked on: the action of the area (argument in
 * key->code) or ACTION_NONE. */
enum action loop_clicked(const struct ui *ui);
/* A dialog that opens another one keeps its own picture under it: begin before, end after, nested as they come. */
void loop_overlay_begin(struct ui *ui, void (*overlay)(struct ui *ui, struct canvas *canvas, void *data), void *data);
void loop_overlay_end(struct ui *ui);
bool loop_ending(const struct ui *ui);       /* a signal or hang-up came: dialogs close */
struct wizard *loop_wizard(struct ui *ui);

#endif
