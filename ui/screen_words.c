/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What terminfo says, as bytes to send. The line drawing of old terminals is never on here, so that the word that ends
 * the attributes need not end it too.
 */
#include "ui/screen_words.h"

#include <curses.h>
#include <term.h>

#define LINES_OFF "\033(B" /* in front of the word that ends attributes, where a terminal has it there */

bool words_place(void)
{
	const char *place = tigetstr("cup");

	return place && place != (char *)-1;
}

/* Without the delays that tputs() would obey. */
static void add_text(struct strbuf *out, const char *text)
{
	const char *end;

	while (text && *text) {
		end = str_starts(text, "$<") ? strchr(text, '>') : NULL;
		if (end)
			text = end + 1;
		else
			strbuf_putc(out, *text++);
	}
}

static void place(struct strbuf *out, int row, int column)
{
	add_text(out, tparm(cursor_address, row, column, 0, 0, 0, 0, 0, 0, 0));
}

static void in_row(struct strbuf *out, int column)
{
	add_text(out, tparm(column_address, column, 0, 0, 0, 0, 0, 0, 0, 0));
}

static void repeat(struct strbuf *out, char c, int count)
{
	add_text(out, tparm(repeat_char, c, count, 0, 0, 0, 0, 0, 0, 0));
}

void words_add(struct strbuf *out, const char *name)
{
	const char *text = tigetstr(name);

	if (text != (char *)-1)
		add_text(out, text);
}

void words_leave(struct strbuf *out, int rows)
{
	const char *other = tigetstr("rmcup");

	if (other && other != (char *)-1)
		return;
	place(out, rows - 1, 0);
	add_text(out, clr_eol);
}

void words_read(struct words *words, bool mono, struct paint_words *out)
{
	static const int colors[THEME_COLOR_COUNT] = { 0, COLOR_RED, COLOR_GREEN, COLOR_CYAN, COLOR_MAGENTA };
	const char *const texts[] = { exit_attribute_mode, enter_bold_mode,      enter_dim_mode,
				      enter_reverse_mode,  enter_underline_mode, clr_eol };
	const char *known[WORD_COUNT];

	for (size_t i = 0; i < WORD_COUNT; i++) {
		if (i < ARRAY_LEN(texts))
			add_text(&words->texts[i], texts[i]);
		else if (i > WORD_COLORS && !mono)
			add_text(&words->texts[i],
				 tparm(set_a_foreground, colors[i - WORD_COLORS], 0, 0, 0, 0, 0, 0, 0, 0));
		known[i] = strbuf_text(&words->texts[i]);
	}
	if (str_starts(known[0], LINES_OFF))
		known[0] += strlen(LINES_OFF);
	*out = (struct paint_words){ .normal = known[0], .bold = known[1], .dim = known[2], .reverse = known[3],
				     .underline = known[4], .clear_line = known[5], .place = place };
	memcpy(out->colors, known + WORD_COLORS, sizeof(out->colors));
	out->in_row = column_address ? in_row : NULL;
	out->repeat = repeat_char ? repeat : NULL;
}

void words_clear(struct words *words)
{
	for (size_t i = 0; i < WORD_COUNT; i++)
		strbuf_clear(&words->texts[i]);
}
