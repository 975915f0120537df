# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The full-screen front end; left out as a whole by --disable-ui.

noinst_LIBRARIES += libui.a

libui_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
libui_a_SOURCES = \
	%D%/canvas.c %D%/canvas.h \
	%D%/cells.c %D%/cells.h \
	%D%/dialog.c %D%/dialog.h \
	%D%/dialog_browse.c \
	%D%/dialog_input.c \
	%D%/dialog_row.c \
	%D%/dialog_servers.c %D%/dialog_servers.h \
	%D%/editing.c %D%/editing.h \
	%D%/filter.c %D%/filter.h \
	%D%/form.c %D%/form.h \
	%D%/form_draw.c \
	%D%/form_findings.c \
	%D%/form_incoming.c \
	%D%/form_kinds.c \
	%D%/form_parts.h \
	%D%/form_rows.c \
	%D%/form_words.c \
	%D%/frame.c %D%/frame.h \
	%D%/keys.c %D%/keys.h \
	%D%/layout.c %D%/layout.h \
	%D%/loop.c %D%/loop.h \
	%D%/loop_state.c %D%/loop_state.h \
	%D%/navigate.c \
	%D%/navigate_facts.c \
	%D%/screen.h \
	%D%/script.c %D%/script.h \
	%D%/sheet.c %D%/sheet.h \
	%D%/theme.c %D%/theme.h \
	%D%/ui.c %D%/ui.h \
	%D%/view.h \
	%D%/view_checks.c %D%/view_checks.h \
	%D%/view_checks_answer.c \
	%D%/view_checks_draw.c \
	%D%/view_checks_lines.c \
	%D%/view_done.c \
	%D%/view_form.c \
	%D%/view_steps.c %D%/view_steps.h \
	%D%/view_steps_draw.c \
	%D%/view_steps_facts.c \
	%D%/view_steps_log.c \
	%D%/view_steps_words.c \
	%D%/view_summary.c %D%/view_summary.h \
	%D%/view_summary_draw.c \
	%D%/view_summary_lines.c \
	%D%/view_summary_turns.c \
	%D%/view_text.c \
	%D%/views.c

if WINDOWS
libui_a_SOURCES += %D%/screen_windows.c
else
libui_a_SOURCES += \
	%D%/clipboard.c %D%/clipboard.h \
	%D%/input.c %D%/input.h \
	%D%/paint.c %D%/paint.h \
	%D%/screen.c \
	%D%/screen_signals.c %D%/screen_signals.h \
	%D%/screen_words.c %D%/screen_words.h
endif
