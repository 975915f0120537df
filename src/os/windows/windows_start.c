/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Windows: start and end of the program.
 */
#include "os/windows/windows_files.h"

#include <fcntl.h>
#include <io.h>
#include <shellapi.h>

/* Windows hands the whole line over; its own rules make words of it. */
static bool take_words(int *argc, char ***argv)
{
	int count;
	WCHAR **wide = CommandLineToArgvW(GetCommandLineW(), &count);
	char **words;

	if (!wide)
		return false;
	words = xcalloc((size_t)count + 1, sizeof(*words));
	for (int i = 0; i < count; i++) {
		struct strbuf word = STRBUF_INIT;

		windows_narrow(wide[i], &word);
		words[i] = xcalloc(word.length + 1, 1);
		memcpy(words[i], strbuf_text(&word), word.length);
		strbuf_clear(&word);
	}
	LocalFree(wide);
	*argc = count;
	*argv = words;
	return true;
}

static UINT page_before;

static void put_page_back(void)
{
	(void)SetConsoleOutputCP(page_before);
}

bool platform_start(int *argc, char ***argv)
{
	/* A line feed is a line feed. A descriptor that is not there fails when it is used. */
	for (int descriptor = 0; descriptor <= 2; descriptor++)
		(void)_setmode(descriptor, _O_BINARY);
	if (setvbuf(stdout, NULL, _IONBF, 0) != 0 || !take_words(argc, argv) || !windows_take_lines())
		return false;
	page_before = GetConsoleOutputCP();
	if (page_before && page_before != CP_UTF8 && SetConsoleOutputCP(CP_UTF8))
		(void)atexit(put_page_back);
	return true;
}

/* There are no signals here that others could see: the exit status says it. */
void platform_end_by_signal(int number)
{
	(void)number;
}

const char *platform_last_part(const char *path)
{
	return windows_last_part(path);
}
