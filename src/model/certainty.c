/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * How sure a source is, in words.
 */
#include "model/certainty.h"

struct tag {
	const char *name, *words;
	enum certainty certainty;
};

static const struct tag tags[] = {
	{ "DOC", "documented", CERTAINTY_DOCUMENTED },
	{ "PAGE", "documented", CERTAINTY_DOCUMENTED },
	{ "CODE", "seen in tools, not documented", CERTAINTY_SEEN },
	{ "FIELD", "reported from practice, not documented", CERTAINTY_SEEN },
	{ "OURS", "our advice, not documented", CERTAINTY_SEEN },
	{ "UNCERTAIN", "not certain", CERTAINTY_DOUBTFUL },
};

/* The tag at AT, or NULL when the word means something else. */
static const struct tag *tag_at(const char *at)
{
	for (size_t i = 0; i < ARRAY_LEN(tags); i++) {
		size_t length = strlen(tags[i].name);

		if (str_starts(at, tags[i].name) && at[length] && strchr("]:,", at[length]))
			return &tags[i];
	}
	return NULL;
}

/* The brackets at OPEN: "[DOC, CODE]", "[UNCERTAIN: why]". Returns the end, or NULL when they mean something else. */
static const char *put_tags(struct strbuf *out, const char *open, enum certainty *least)
{
	const char *at = open + 1, *close = strchr(open, ']');
	const struct tag *tag = close ? tag_at(at) : NULL;

	if (!tag)
		return NULL;
	strbuf_putc(out, '(');
	for (; tag; tag = tag_at(at)) {
		strbuf_puts(out, tag->words);
		if (tag->certainty > *least)
			*least = tag->certainty;
		at += strlen(tag->name);
		if (*at != ',')
			break;
		strbuf_puts(out, "; ");
		at += 1 + strspn(at + 1, " ");
	}
	strbuf_add(out, at, (size_t)(close - at));
	strbuf_putc(out, ')');
	return close + 1;
}

enum certainty certainty_words(struct strbuf *out, const char *source)
{
	enum certainty least = CERTAINTY_DOCUMENTED;

	for (const char *at = source; *at;) {
		const char *end = *at == '[' ? put_tags(out, at, &least) : NULL;

		if (end)
			at = end;
		else
			strbuf_putc(out, *at++);
	}
	return least;
}

bool certainty_is_closed(const char *source)
{
	for (const char *open = source; (open = strchr(open, '['));) {
		const char *at = open + 1, *close = strchr(open, ']');
		const struct tag *tag;

		if (!close)
			return false;
		while ((tag = tag_at(at))) {
			at += strlen(tag->name);
			if (*at != ',')
				break;
			if (*++at != ' ')
				return false;
			at++;
		}
		if (!tag || (at != close && (*at != ':' || at[1] != ' ')))
			return false;
		open = close + 1;
	}
	return strchr(source, ']') == NULL || strchr(source, '[') != NULL;
}
