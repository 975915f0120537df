/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Windows: asking for a password on the console, key by key, so that nothing of it is shown or kept by the console.
 */
#include "os/windows/windows_files.h"

#include "core/lineedit.h"
#include "core/secret.h"
#include "core/text.h"

enum outcome { ASK_MORE, ASK_DONE, ASK_END, ASK_SIGNAL, ASK_TROUBLE };

struct asking {
	HANDLE input, output;
	DWORD mode;
	struct lineedit edit;
	WCHAR high; /* first half of a character that comes in two */
	bool too_long;
};

static void show(const struct asking *asking, const char *text)
{
	WCHAR *wide = windows_wide(text);
	DWORD written;

	/* A console that is gone is told by the next read. */
	(void)WriteConsoleW(asking->output, wide, (DWORD)wcslen(wide), &written, NULL);
	free(wide);
}

static void type(struct asking *asking, WCHAR unit)
{
	uint32_t code = windows_join(&asking->high, unit);
	enum edit_result result;

	if (!code)
		return;
	result = lineedit_code(&asking->edit, code);
	asking->too_long = asking->too_long || result == EDIT_FULL;
	if (result != EDIT_DONE)
		show(asking, "\a");
}

static enum outcome take(struct asking *asking, const KEY_EVENT_RECORD *key)
{
	WCHAR unit = key->uChar.UnicodeChar;

	if (!key->bKeyDown || !unit)
		return ASK_MORE;
	switch (unit) {
	case L'\r':
	case L'\n':
		return ASK_DONE;
	case 0x03:
		return ASK_SIGNAL;
	case 0x08:
	case 0x7F:
		lineedit_key(&asking->edit, EDIT_BACKSPACE);
		return ASK_MORE;
	case 0x15:
		lineedit_key(&asking->edit, EDIT_KILL_LINE);
		asking->too_long = false;
		return ASK_MORE;
	case 0x17:
		lineedit_key(&asking->edit, EDIT_KILL_WORD);
		return ASK_MORE;
	case 0x04:
	case 0x1A:
		return secret_length(asking->edit.hidden) == 0 ? ASK_END : ASK_MORE;
	default:
		break;
	}
	if (unit >= L' ')
		type(asking, unit);
	else
		show(asking, "\a");
	return ASK_MORE;
}

static enum outcome read_line(struct asking *asking)
{
	enum outcome outcome = ASK_MORE;
	INPUT_RECORD record;
	DWORD count;

	while (outcome == ASK_MORE) {
		HANDLE handles[2] = { asking->input, windows_ending() };

		if (WaitForMultipleObjects(2, handles, FALSE, INFINITE) == WAIT_FAILED)
			outcome = ASK_TROUBLE;
		else if (platform_signals_look())
			outcome = ASK_SIGNAL;
		else if (!ReadConsoleInputW(asking->input, &record, 1, &count))
			outcome = ASK_TROUBLE;
		else if (count && record.EventType == KEY_EVENT)
			outcome = take(asking, &record.Event.KeyEvent);
	}
	SecureZeroMemory(&record, sizeof(record));
	return outcome;
}

bool platform_ask_secret(const char *prompt, struct secret *secret, const char **why)
{
	struct asking asking = { .input = windows_console(L"CONIN$"), .output = windows_console(L"CONOUT$") };
	struct strbuf text = STRBUF_INIT;
	enum outcome outcome = ASK_TROUBLE;

	secret_clear(secret);
	*why = "there is no console to ask on";
	lineedit_start_hidden(&asking.edit, secret);
	/* Keys as they come: no echo, no line, and Ctrl-C is a key too. */
	if (asking.input != INVALID_HANDLE_VALUE && asking.output != INVALID_HANDLE_VALUE &&
	    GetConsoleMode(asking.input, &asking.mode) && SetConsoleMode(asking.input, 0)) {
		text_visible(&text, prompt);
		show(&asking, strbuf_text(&text));
		outcome = read_line(&asking);
		*why = outcome == ASK_TROUBLE  ? windows_why("the console")
		       : outcome == ASK_SIGNAL ? "it was interrupted"
					       : "end of input";
		show(&asking, "\r\n");
		(void)SetConsoleMode(asking.input, asking.mode);
	}
	if (outcome == ASK_DONE && asking.too_long) {
		*why = windows_say("it is longer than %u bytes", (unsigned)SECRET_MAX);
		outcome = ASK_TROUBLE;
	}
	if (outcome != ASK_DONE)
		secret_clear(secret);
	strbuf_clear(&text);
	lineedit_clear(&asking.edit);
	if (asking.input != INVALID_HANDLE_VALUE)
		CloseHandle(asking.input);
	if (asking.output != INVALID_HANDLE_VALUE)
		CloseHandle(asking.output);
	return outcome == ASK_DONE;
}
