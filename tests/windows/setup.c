/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Stands for setup.exe: writes the words that it received, by the C runtime and by CommandLineToArgvW, a line each.
 */
#include "probe.h"

#include <shellapi.h>

static void write_words(FILE *out, const char *reader, int count, wchar_t **words)
{
	fprintf(out, "%s [", reader);
	for (int i = 1; i < count; i++) {
		if (i > 1)
			putc(',', out);
		probe_json(out, words[i]);
	}
	fputs("]\n", out);
}

int wmain(int argc, wchar_t **argv)
{
	FILE *out = probe_results();
	int count;
	wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);

	if (!words)
		probe_die("CommandLineToArgvW");
	write_words(out, "runtime", argc, argv);
	write_words(out, "shell32", count, words);
	return fclose(out) ? 99 : 0;
}
