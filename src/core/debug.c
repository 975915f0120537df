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

/* Says which word of LIST is none; a debug run that shows nothing is a riddle. */
static void say_unknown(const char *list)
{
	struct strbuf word = STRBUF_INIT, line = STRBUF_INIT;
	bool known;

	for (size_t length; length = strcspn(list, ","), length || *list; list += length + (list[length] == ',')) {
		strbuf_reset(&word);
		strbuf_add(&word, list, length);
		known = str_eq(strbuf_text(&word), "all");
		for (size_t i = 0; i < DEBUG_AREA_COUNT; i++)
			known = known || str_eq(strbuf_text(&word), names[i]);
		if (known || !length)
			continue;
		strbuf_reset(&line);
		text_visible(&line, strbuf_text(&word));
		fprintf(stderr,
			"scupgrade: SCUPGRADE_DEBUG: there is no part \"%s\"; there are: plan, wizard, ui, all\n",
			strbuf_text(&line));
	}
	strbuf_clear(&word);
	strbuf_clear(&line);
}

/* Where the areas in *MASK go; NULL when the file cannot be opened, and then to nowhere. */
static FILE *open_output(unsigned *mask)
{
	const char *list = getenv("SCUPGRADE_DEBUG"), *path = getenv("SCUPGRADE_DEBUG_FILE");
	size_t i;

	if (!list)
		return NULL;
	say_unknown(list);
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
