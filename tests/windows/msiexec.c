/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Stands for msiexec.exe, which drops inner quotes in Wine: hands the properties of its command line to Windows
 * Installer as they are, and writes the values that the package (tests/windows/probe.wxs) saw. Then uninstalls it.
 */
#include "probe.h"

#include <msi.h>

static const wchar_t *skip_blanks(const wchar_t *at)
{
	while (*at == L' ')
		at++;
	return at;
}

/* Behind one word; its text without quotes in WORD. */
static const wchar_t *take_word(const wchar_t *at, wchar_t *word, size_t room)
{
	BOOL quoted = FALSE;
	size_t length = 0;

	for (at = skip_blanks(at); *at && (quoted || *at != L' '); at++) {
		if (*at == L'"')
			quoted = !quoted;
		else if (length + 1 < room)
			word[length++] = *at;
	}
	word[length] = L'\0';
	return skip_blanks(at);
}

static void write_property(FILE *out, const wchar_t *name)
{
	wchar_t value[4096];
	DWORD size = sizeof(value);

	if (RegGetValueW(HKEY_CURRENT_USER, L"Software\\scupgrade probe", name, RRF_RT_REG_SZ, NULL, value, &size))
		probe_die("registry");
	fputs("property ", out);
	probe_json(out, value);
	putc('\n', out);
}

int wmain(void)
{
	wchar_t word[1024], package[1024] = L"";
	const wchar_t *at = take_word(GetCommandLineW(), word, 1024);
	FILE *out = probe_results();

	while (*at == L'/') {
		at = take_word(at, word, 1024);
		if (!wcscmp(word, L"/i"))
			at = take_word(at, package, 1024);
		else if (!wcscmp(word, L"/l*v"))
			at = take_word(at, word, 1024);
	}
	MsiSetInternalUI(INSTALLUILEVEL_NONE, NULL);
	SetLastError(MsiInstallProductW(package, at));
	if (GetLastError())
		probe_die("install");
	write_property(out, L"password");
	write_property(out, L"folder");
	SetLastError(MsiInstallProductW(package, L"REMOVE=ALL"));
	if (GetLastError())
		probe_die("uninstall");
	return fclose(out) ? 99 : 0;
}
