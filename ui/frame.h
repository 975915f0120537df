/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What stands around a page: title line, rail, page title, buttons, hints, key line. Drawing only; the loop decides.
 * Private to the loop.
 */
#ifndef SCUPGRADE_FRAME_H
#define SCUPGRADE_FRAME_H

#include "ui/layout.h"
#include "ui/view.h"

enum frame_button { BUTTON_BACK, BUTTON_MIDDLE_1, BUTTON_MIDDLE_2, BUTTON_NEXT, BUTTON_CANCEL, BUTTON_COUNT };

struct frame {
	struct wizard *wizard;
	struct view *view;
	enum frame_button button;        /* has the focus when the view has not */
	const char *message;             /* in place of the hints; "" for none */
	const size_t *errors;            /* of each page that applies, for the rail */
	size_t error_count;
	bool modal;                      /* a dialog is open: hints and keys are its own */
};

/* Draws frame and page. Below the smallest size: one line that says so. */
void frame_draw(const struct frame *frame, struct canvas *canvas);
/* Whether BUTTON is there and can be pressed. */
bool frame_has_button(const struct frame *frame, enum frame_button button);
/* The action of a middle button. */
enum action frame_middle_action(const struct frame *frame, enum frame_button button);

#endif
