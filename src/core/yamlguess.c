/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Where a mistake in YAML likely is, when the parser notices it later.
 */
#include "core/yamlguess.h"

#include "core/text.h"

/* "key:value" in the line FROM up to END: where the colon is, or NULL. */
static const char *tight_colon(const char *from, const char *end)
{
	const char *at = from;

	while (at < end && strchr(" -{,", *at))
		at++;
	if (at == end || *at < 'a' || *at > 'z')
		return NULL;
	while (at < end && ((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9') || *at == '-'))
		at++;
	return at + 1 < end && *at == ':' && !strchr(" \r\n/\\", at[1]) ? at : NULL;
}

const char *yaml_tight_colon(const char *bytes, const char *until, const char *end)
{
	const char *found = NULL;

	for (const char *line = bytes; line < until;) {
		const char *feed = memchr(line, '\n', (size_t)(end - line));
		const char *stop = feed ? feed : end, *colon = tight_colon(line, stop);

		if (colon)
			found = colon;
		line = stop + (stop < end);
		if (found && line < until && !colon)
			found = NULL;              /* a good line stands between */
	}
	return found;
}

const char *yaml_odd_blank(const char *bytes, const char *until, const char *end, uint32_t *code)
{
	const char *from = until, *stop = memchr(until, '\n', (size_t)(end - until)), *found;

	for (unsigned lines = 0; from > bytes; from--) {
		lines += from[-1] == '\n';
		if (lines == 2)
			break;
	}
	/* Elsewhere it may belong to a text. */
	while ((found = text_find_odd_blank(from, stop ? stop : end, code))) {
		if (found == bytes || strchr(" \n:,{[-", found[-1]))
			return found;
		from = found;
		(void)text_next(&from, end);
	}
	return NULL;
}

const char *yaml_runaway_quote(const char *bytes, const char *until, const char *end)
{
	const char *open = NULL, *found = NULL;
	bool comment = false;

	for (const char *at = bytes; at <= until && at < end; at++) {
		if (*at == '\n')
			comment = false;
		if (open) {
			if (*at == '\\' && *open == '"')
				at++;
			else if (*at == *open && *open == '\'' && at + 1 < end && at[1] == '\'')
				at++;
			else if (*at == *open) {
				found = memchr(open, '\n', (size_t)(at - open)) ? open : NULL;
				open = NULL;
			}
		} else if (*at == '#' && (at == bytes || strchr(" \n", at[-1]))) {
			comment = true;
		} else if (!comment && (*at == '\'' || *at == '"') && at > bytes && strchr(" [{,", at[-1])) {
			open = at;
		}
	}
	return found;
}
