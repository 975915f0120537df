/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Runs each line of the UTF-8 file "lines" by CreateProcessW, exactly as it stands: every other way to start a program
 * in Wine quotes once more. Before each it writes "line N" to the results. An empty line is counted and not run.
 */
#include "probe.h"

enum { ROOM = 32768 };

static void run_line(const char *bytes)
{
	static wchar_t line[ROOM];
	STARTUPINFOW startup = { .cb = sizeof(startup) };
	PROCESS_INFORMATION process;
	BOOL started = FALSE;
	DWORD code;

	if (!MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, bytes, -1, line, ROOM))
		probe_die("line");
	/* On a busy machine Wine refuses now and then for reasons of its own. */
	for (unsigned tries = 0; !started && tries < 5; tries++) {
		if (tries)
			Sleep(1000);
		started = CreateProcessW(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process);
	}
	if (!started) {
		fprintf(stderr, "error %lu: %s\n", GetLastError(), bytes);
		return;
	}
	WaitForSingleObject(process.hProcess, 60000);
	if (!GetExitCodeProcess(process.hProcess, &code) || code)
		fprintf(stderr, "exit code %lu: %s\n", code, bytes);
	CloseHandle(process.hThread);
	CloseHandle(process.hProcess);
}

int wmain(void)
{
	static char line[ROOM];
	FILE *lines = fopen("lines", "rb"), *out;

	if (!lines)
		probe_die("lines");
	for (unsigned number = 1; fgets(line, sizeof(line), lines); number++) {
		line[strcspn(line, "\n")] = '\0';
		if (!line[0])
			continue;
		out = probe_results();
		fprintf(out, "line %u\n", number);
		if (fclose(out))
			probe_die("results");
		run_line(line);
	}
	return 0;
}
