/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the small Windows programs of tests/wine.sh share: they write what they received as JSON, in the form of
 * "scupgrade command --shell argv", so that the two can be compared as lines.
 */
#ifndef SCUPGRADE_TESTS_WINDOWS_PROBE_H
#define SCUPGRADE_TESTS_WINDOWS_PROBE_H

#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

static inline void probe_die(const char *what)
{
	fprintf(stderr, "%s: error %lu\n", what, GetLastError());
	exit(99);
}

static inline void probe_json(FILE *out, const wchar_t *text)
{
	int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
	char *bytes = calloc(1, (size_t)length + 1);

	if (!bytes || !WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, length, NULL, NULL))
		probe_die("text");
	putc('"', out);
	for (const char *at = bytes; *at; at++) {
		if (*at == '\t') {
			fputs("\\t", out);
			continue;
		}
		if (*at == '"' || *at == '\\')
			putc('\\', out);
		putc(*at, out);
	}
	putc('"', out);
	free(bytes);
}

/* Results go to a file: what a Windows program prints is changed on its way. */
static inline FILE *probe_results(void)
{
	FILE *out = _wfopen(L"C:\\a probe\\results", L"ab");

	if (!out)
		probe_die("results");
	return out;
}

#endif
