/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Stands for powershell.exe where there is none: looks at the words that it gets, and leaves the result that the runner
 * of "collect" would leave, taken from the file ANSWERS\\SERVER.facts.yaml; without one it fails with a message.
 */
#include <stdio.h>
#include <wchar.h>

static const wchar_t *value_of(int count, wchar_t **words, const wchar_t *name)
{
	for (int i = 1; i + 1 < count; i++)
		if (wcscmp(words[i], name) == 0)
			return words[i + 1];
	return NULL;
}

int wmain(int count, wchar_t **words)
{
	const wchar_t *server = value_of(count, words, L"-Server"), *folder = value_of(count, words, L"-Folder");
	wchar_t path[1024];
	FILE *from, *to;
	int c;

	if (!server || !folder || !value_of(count, words, L"-File") ||
	    swprintf(path, 1024, L"%ls\\collect-facts.ps1", folder) < 0 || !(from = _wfopen(path, L"rb"))) {
		puts("wrong words");
		return 2;
	}
	fclose(from);
	if (swprintf(path, 1024, L"C:\\answers\\%ls.facts.yaml", server) < 0 || !(from = _wfopen(path, L"rb"))) {
		puts("The client cannot connect to the destination specified in the request.");
		return 1;
	}
	if (swprintf(path, 1024, L"%ls\\result.yaml", folder) < 0 || !(to = _wfopen(path, L"wb")))
		return 2;
	while ((c = getc(from)) != EOF)
		putc(c, to);
	fclose(from);
	return fclose(to) != 0;
}
