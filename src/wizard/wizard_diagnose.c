/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A step has failed: what its log says, for either front end. The path is typed, pasted or dropped, so it comes in the
 * forms in which terminals and file managers write one.
 */
#include "wizard/wizard_private.h"

#include "pipeline/diagnose.h"
#include "render/diagnosis.h"

/* PATH without blanks around it, quotes, "file://", and the backslashes that a terminal puts before blanks. */
static void take_path(struct strbuf *out, const char *path)
{
	size_t length;

	path += strspn(path, " \t");
	for (length = strlen(path); length && (path[length - 1] == ' ' || path[length - 1] == '\t'); length--)
		;
	if (length >= 2 && (path[0] == '"' || path[0] == '\'') && path[length - 1] == path[0]) {
		strbuf_add(out, path + 1, length - 2);
		return;
	}
	if (length > 7 && strncmp(path, "file://", 7) == 0) {
		path += 7;
		length -= 7;
	}
	for (size_t i = 0; i < length; i++) {
		if (path[i] == '\\' && i + 1 < length && strchr(" '\"()&", path[i + 1]))
			i++;
		strbuf_putc(out, path[i]);
	}
}

bool wizard_diagnose(struct wizard *wizard, size_t step, const char *typed, size_t width, struct strbuf *out)
{
	struct strbuf path = STRBUF_INIT, local = STRBUF_INIT;
	const char *why = "", *paths[1];
	struct arena *arena = arena_new();
	struct diagnose_request request = { .path_count = 1, .plan = wizard->plan };

	take_path(&path, typed);
	if (str_eq(strbuf_text(&path), "-")) {
		/* A read would wait for ever. */
		strbuf_puts(out, "- cannot be read: standard input is what is typed here.");
		arena_free(arena);
		strbuf_clear(&path);
		return false;
	}
	paths[0] = wizard_reach(wizard, strbuf_text(&path), &local, &why) ? strbuf_text(&local) : strbuf_text(&path);
	request.paths = paths;
	request.sequence = wizard_sequence(wizard);
	request.step = &request.sequence->items[step];
	struct diagnosis diagnosis = diagnose(&request, arena);
	bool read = !diagnosis.unreadable;
	if (read)
		diagnosis_text(out, &diagnosis, width);
	else
		strbuf_printf(out, "%s cannot be read: %s.", strbuf_text(&path), diagnosis.logs[0].why);
	arena_free(arena);
	strbuf_clear(&path);
	strbuf_clear(&local);
	return read;
}
