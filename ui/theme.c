/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * How roles look. One accent (cyan) for the current thing, reverse for the selection, dim for what is not yet
 * reachable.
 */
#include "ui/theme.h"

#include <assert.h>

struct theme_row {
	char letter;
	struct look color, mono;
};

/* clang-format off */
static const struct theme_row theme[] = {
	[ROLE_NORMAL]       = { '.', { .color = THEME_DEFAULT }, { .color = THEME_DEFAULT } },
	[ROLE_TITLE]        = { 'T', { .bold = true }, { .bold = true } },
	[ROLE_LINE]         = { '-', { .dim = true }, { .dim = true } },
	[ROLE_HEADING]      = { 'H', { .bold = true }, { .bold = true } },
	[ROLE_CURRENT]      = { 'C', { .color = THEME_CYAN, .bold = true }, { .bold = true } },
	[ROLE_DIM]          = { 'd', { .dim = true }, { .dim = true } },
	[ROLE_LABEL]        = { 'l', { .color = THEME_DEFAULT }, { .color = THEME_DEFAULT } },
	[ROLE_FIELD]        = { '_', { .underline = true }, { .underline = true } },
	[ROLE_FIELD_FOCUS]  = { 'F', { .reverse = true }, { .reverse = true } },
	[ROLE_SELECTED]     = { 'S', { .reverse = true }, { .reverse = true } },
	[ROLE_BUTTON]       = { 'b', { .color = THEME_DEFAULT }, { .color = THEME_DEFAULT } },
	[ROLE_BUTTON_FOCUS] = { 'B', { .reverse = true }, { .reverse = true } },
	[ROLE_BUTTON_OFF]   = { 'o', { .dim = true }, { .dim = true } },
	[ROLE_ERROR]        = { 'E', { .color = THEME_RED }, { .bold = true } },
	[ROLE_WARNING]      = { 'W', { .color = THEME_MAGENTA }, { .bold = true } },
	[ROLE_OK]           = { 'K', { .color = THEME_GREEN }, { .color = THEME_DEFAULT } },
	[ROLE_UNKNOWN]      = { 'U', { .color = THEME_CYAN }, { .color = THEME_DEFAULT } },
	[ROLE_KEY]          = { 'k', { .color = THEME_CYAN }, { .bold = true } },
	[ROLE_HINT]         = { 'h', { .color = THEME_DEFAULT }, { .color = THEME_DEFAULT } },
	[ROLE_CODE]         = { 'c', { .color = THEME_DEFAULT }, { .color = THEME_DEFAULT } }
};
/* clang-format on */

static_assert(ARRAY_LEN(theme) == ROLE_COUNT, "every role has a look");

struct look theme_look(enum role role, bool mono)
{
	return mono ? theme[role].mono : theme[role].color;
}

char theme_letter(enum role role)
{
	return theme[role].letter;
}
