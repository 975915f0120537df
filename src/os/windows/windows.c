/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Texts and paths for Windows' calls, reasons in words, rights.
 */
#include "os/windows/windows.h"

#include <assert.h>
#include <sddl.h>

#include "core/text.h"

enum { LONG_PATH = 240 }; /* MAX_PATH less what the program puts behind a name */

WCHAR *windows_wide(const char *text)
{
	int count = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
	WCHAR *wide = xcalloc((size_t)count + 1, sizeof(*wide));

	if (MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, count) != count)
		bug("a text of %d units has another length now", count);
	return wide;
}

void windows_narrow(const WCHAR *text, struct strbuf *out)
{
	int count = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);

	if (count < 1)
		return;
	if (WideCharToMultiByte(CP_UTF8, 0, text, -1, strbuf_reserve(out, (size_t)count), count, NULL, NULL) != count)
		bug("a text of %d bytes has another length now", count);
	out->length += (size_t)count - 1;
}

/* \\?\ switches off what Windows does to a path: it has to be whole before. */
static WCHAR *long_form(WCHAR *path)
{
	static const WCHAR plain[] = L"\\\\?\\", share[] = L"\\\\?\\UNC\\";
	DWORD count = GetFullPathNameW(path, 0, NULL, NULL);
	WCHAR *whole = xcalloc((size_t)count + ARRAY_LEN(share) + 1, sizeof(*whole));
	bool is_share;

	if (!count || !GetFullPathNameW(path, count, whole, NULL)) {
		free(whole);
		return path;
	}
	is_share = wcsncmp(whole, L"\\\\", 2) == 0;
	if (!is_share || (whole[2] != L'?' && whole[2] != L'.')) {
		const WCHAR *start = is_share ? share : plain;
		size_t cut = is_share ? 2 : 0, length = wcslen(start);

		memmove(whole + length, whole + cut, (wcslen(whole + cut) + 1) * sizeof(*whole));
		memcpy(whole, start, length * sizeof(*whole));
	}
	free(path);
	return whole;
}

WCHAR *windows_path(const char *path)
{
	WCHAR *wide = windows_wide(path);

	for (WCHAR *at = wide; *at; at++)
		if (*at == L'/')
			*at = L'\\';
	return wcslen(wide) < LONG_PATH ? wide : long_form(wide);
}

/* ---- reasons ---- */

/* The last one: *WHY is borrowed until the next call. */
static struct strbuf reason;

const char *windows_say(const char *format, ...)
{
	va_list args;

	strbuf_reset(&reason);
	va_start(args, format);
	strbuf_vprintf(&reason, format, args);
	va_end(args);
	return strbuf_text(&reason);
}

/* In English wherever the program runs, as everything else that it says. */
static void add_system_words(DWORD error)
{
	WCHAR text[512];
	DWORD flags = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK;
	DWORD count = FormatMessageW(flags, NULL, error, MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US), text,
				     ARRAY_LEN(text), NULL);

	if (!count)
		count = FormatMessageW(flags, NULL, error, 0, text, ARRAY_LEN(text), NULL);
	while (count && (text[count - 1] == L' ' || text[count - 1] == L'.'))
		text[--count] = L'\0';
	if (count)
		windows_narrow(text, &reason);
	else
		strbuf_printf(&reason, "error %lu", (unsigned long)error);
}

const char *windows_why(const char *what)
{
	DWORD error = GetLastError();

	strbuf_reset(&reason);
	if (what)
		strbuf_printf(&reason, "%s: ", what);
	add_system_words(error);
	return strbuf_text(&reason);
}

/* ---- names ---- */

const char *windows_last_part(const char *path)
{
	const char *last = path;

	for (const char *at = path; *at; at++)
		if (*at == '/' || *at == '\\' || (*at == ':' && at == path + 1))
			last = at + 1;
	return last;
}

void windows_beside(const char *path, const char *before, const char *after, struct strbuf *out)
{
	const char *last = windows_last_part(path);

	strbuf_add(out, path, (size_t)(last - path));
	strbuf_printf(out, "%s%s%s", before, last, after);
}

/* ---- rights and versions ---- */

SECURITY_ATTRIBUTES *windows_private(void)
{
	static SECURITY_ATTRIBUTES attributes = { .nLength = sizeof(attributes) };

	/* Protected from what the folder gives: all rights for the owner, Administrators and the system. */
	if (!attributes.lpSecurityDescriptor && !ConvertStringSecurityDescriptorToSecurityDescriptorW(
							L"D:P(A;;FA;;;OW)(A;;FA;;;BA)(A;;FA;;;SY)", SDDL_REVISION_1,
							&attributes.lpSecurityDescriptor, NULL))
		return NULL;
	return &attributes;
}

bool windows_is_10(void)
{
	typedef LONG WINAPI version_fn(OSVERSIONINFOW *);
	OSVERSIONINFOW version = { .dwOSVersionInfoSize = sizeof(version) };
	HMODULE module = GetModuleHandleW(L"ntdll.dll");
	/* GetVersionEx says what the manifest claims, this one what is so. */
	FARPROC address = module ? GetProcAddress(module, "RtlGetVersion") : NULL;
	version_fn *ask;

	static_assert(sizeof(ask) == sizeof(address), "one size for all addresses of functions");
	memcpy(&ask, &address, sizeof(ask));
	return ask && ask(&version) == 0 && version.dwMajorVersion >= 10;
}

HANDLE windows_console(const WCHAR *name)
{
	return CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
			   0, NULL);
}

uint32_t windows_join(WCHAR *high, WCHAR unit)
{
	WCHAR first = *high;

	*high = 0;
	if (IS_HIGH_SURROGATE(unit)) {
		*high = unit;
		return 0;
	}
	if (!IS_LOW_SURROGATE(unit))
		return unit;
	return first ? 0x10000u + ((uint32_t)(first - 0xD800) << 10) + (uint32_t)(unit - 0xDC00) : 0;
}

bool windows_copy(const char *text)
{
	WCHAR *wide = windows_wide(text), *target;
	size_t size = (wcslen(wide) + 1) * sizeof(*wide);
	HGLOBAL memory = GlobalAlloc(GMEM_MOVEABLE, size);
	bool done = false;

	target = memory ? GlobalLock(memory) : NULL;
	if (target) {
		memcpy(target, wide, size);
		GlobalUnlock(memory);
	}
	if (target && OpenClipboard(NULL)) {
		done = EmptyClipboard() && SetClipboardData(CF_UNICODETEXT, memory) != NULL;
		CloseClipboard();
	}
	/* What was handed over belongs to the clipboard. */
	if (memory && !done)
		GlobalFree(memory);
	free(wide);
	return done;
}
