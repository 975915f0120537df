/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Fuzz target: words of a command line, one a line. Whatever they are, they are taken, or refused in a sentence.
 */
#include "fuzz.h"

#include "cli/options.h"

enum { WORDS_MOST = 64 };

int fuzz_options(const uint8_t *data, size_t size)
{
	struct strbuf text = STRBUF_INIT, why = STRBUF_INIT, help = STRBUF_INIT;
	const char *words[WORDS_MOST + 2] = { "scupgrade" };
	struct arena *arena = arena_new();
	struct options options;
	int count = 1;

	strbuf_add(&text, (const char *)data, size);
	for (char *at = text.length ? text.data : NULL; at && count <= WORDS_MOST;) {
		char *end = strchr(at, '\n');

		words[count++] = at;
		if (end)
			*end = '\0';
		at = end ? end + 1 : NULL;
	}
	switch (options_parse(&options, count, words, arena, &why)) {
	case OPTIONS_WRONG:
		if (!why.length || strchr(strbuf_text(&why), '\n') || why.data[why.length - 1] == '\n')
			bug("refused without a sentence: \"%s\"", strbuf_text(&why));
		break;
	case OPTIONS_RUN:
		if (why.length || options.command >= COMMAND_COUNT ||
		    options.argument_count < command_table[options.command].minimum ||
		    options.argument_count > command_table[options.command].maximum ||
		    options.arguments[options.argument_count])
			bug("taken, but it cannot be run");
		break;
	case OPTIONS_HELP:
		options_command_usage(options.command, &help);
		break;
	case OPTIONS_VERSION:
		break;
	}
	strbuf_clear(&text);
	strbuf_clear(&why);
	strbuf_clear(&help);
	arena_free(arena);
	return 0;
}
