/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Debug output by subsystem, chosen by the environment once.
 */
#include "core/debug.h"

#include <stdarg.h>

#include "core/strbuf.h"
#include "core/text.h"

static const char *const names[DEBUG_AREA_COUNT] = {
	[DEBUG_PLAN] = "plan",
	[DEBUG_WIZARD] = "wizard",
	[DEBUG_UI] = "ui",
};

/* Whether NAME is one of the words of LIST, which commas part. */
static bool lists(const char *list, const char *name)
{
	size_t length = strlen(name), word;

	for (;; list += word + 1) {
		word = strcspn(list, ",");
		if (word == length && strncmp(list, name, length) == 0)
			return true;
		if (!list[word])
			return false;
	}
}

/* Where the areas in *MASK go; NULL when the file cannot be opened, and then to nowhere. */
static FILE *open_output(unsigned *mask)
{
	const char *list = getenv("SCUPGRADE_DEBUG"), *path = getenv("SCUPGRADE_DEBUG_FILE");
	size_t i;

	if (!list)
		return NULL;
	for (i = 0; i < DEBUG_AREA_COUNT; i++) {
		if (lists(list, names[i]) || lists(list, "all"))
			*mask |= 1u << i;
	}
	return path && *path ? fopen(path, "ae") : stderr;
}

void debug(enum debug_area area, const char *format, ...)
{
	static bool ready;
	static unsigned mask;
	static FILE *output;
	struct strbuf text = STRBUF_INIT, line = STRBUF_INIT;
	va_list args;

	if (!ready) {
		ready = true;
		output = open_output(&mask);
	}
	if (!output || !(mask & 1u << area))
		return;
	va_start(args, format);
	strbuf_vprintf(&text, format, args);
	va_end(args);
	strbuf_printf(&line, "scupgrade: debug: %s: ", names[area]);
	text_visible(&line, strbuf_text(&text));
	strbuf_putc(&line, '\n');
	fputs(strbuf_text(&line), output);
	fflush(output);
	strbuf_clear(&text);
	strbuf_clear(&line);
}
