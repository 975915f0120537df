/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Windows: what ends a session (Ctrl-C, Ctrl-Break, the window that is closed, log-off, shutdown), and lines from the
 * console.
 */
#include "os/windows/windows_files.h"

#include <fcntl.h>
#include <io.h>
#include <signal.h>

enum { LINE_UNITS = 8192, PIPE_BYTES = 1 << 20 };

/* The system calls the handler in a thread of its own, and leaves no other way to it. */
static volatile LONG ending;
static HANDLE ending_event;
static bool catching;

/* Standard input where it is a console: its lines come through PIPE as UTF-8, for a console's own bytes lose what is
 * not in its code page. */
static HANDLE line_console = INVALID_HANDLE_VALUE, line_pipe = INVALID_HANDLE_VALUE;

HANDLE windows_ending(void)
{
	if (!ending_event)
		ending_event = CreateEventW(NULL, TRUE, FALSE, NULL);
	return ending_event;
}

/* Whoever reads a line gets one: the reader looks at what ended it. */
static void wake_reader(void)
{
	INPUT_RECORD enter[2] = {
		{ .EventType = KEY_EVENT,
		  .Event.KeyEvent = { .bKeyDown = TRUE,
				      .wRepeatCount = 1,
				      .wVirtualKeyCode = VK_RETURN,
				      .uChar.UnicodeChar = L'\r' } },
		{ .EventType = KEY_EVENT,
		  .Event.KeyEvent = { .wRepeatCount = 1, .wVirtualKeyCode = VK_RETURN, .uChar.UnicodeChar = L'\r' } },
	};
	DWORD written;

	if (line_console != INVALID_HANDLE_VALUE)
		(void)WriteConsoleInputW(line_console, enter, ARRAY_LEN(enter), &written);
}

static BOOL WINAPI handle_event(DWORD event)
{
	LONG number = event == CTRL_C_EVENT       ? SIGNAL_INTERRUPT
		      : event == CTRL_BREAK_EVENT ? SIGNAL_TERMINATE
						  : SIGNAL_HANGUP;

	if (!catching)
		return FALSE;
	(void)InterlockedCompareExchange(&ending, number, 0);
	(void)SetEvent(windows_ending());
	wake_reader();
	/* The process ends when this returns from a closed window; the draft is written by then. */
	if (number == SIGNAL_HANGUP)
		Sleep(INFINITE);
	return TRUE;
}

void platform_signals_catch(void)
{
	(void)InterlockedExchange(&ending, 0);
	(void)ResetEvent(windows_ending());
	catching = true;
	(void)SetConsoleCtrlHandler(handle_event, TRUE);
}

int platform_signals_release(void)
{
	int number = (int)ending;

	catching = false;
	(void)SetConsoleCtrlHandler(handle_event, FALSE);
	(void)InterlockedExchange(&ending, 0);
	(void)ResetEvent(windows_ending());
	return number;
}

int platform_signals_look(void)
{
	return (int)ending;
}

/* Nothing is held back here that would have to be let through. */
void platform_signals_open(bool open)
{
	(void)open;
}

/* The handler of events has a thread of its own; who writes is not interrupted here. */
void platform_output_begin(int descriptor)
{
	(void)descriptor;
}

void platform_output_end(void)
{
}

/* ---- lines of the console ---- */

static void close_pipe(void)
{
	CloseHandle(line_pipe);
	line_pipe = INVALID_HANDLE_VALUE;
}

/* One line goes into the pipe; at the end of input the pipe is closed. */
static void bring_line(void)
{
	WCHAR units[LINE_UNITS + 1];
	struct strbuf line = STRBUF_INIT;
	DWORD count = 0;

	if (!ReadConsoleW(line_console, units, LINE_UNITS, &count, NULL) || count == 0 || units[0] == 0x1A) {
		if (!ending)
			close_pipe();
		return;
	}
	if (ending)
		return;
	units[count] = L'\0';
	windows_narrow(units, &line);
	if (line.length >= 2 && str_eq(strbuf_text(&line) + line.length - 2, "\r\n")) {
		strbuf_truncate(&line, line.length - 2);
		strbuf_putc(&line, '\n');
	}
	if (!windows_write(line_pipe, strbuf_text(&line), line.length))
		close_pipe();
	SecureZeroMemory(units, sizeof(units));
	strbuf_clear(&line);
}

int platform_signals_wait(int descriptor)
{
	if (descriptor == 0 && line_pipe != INVALID_HANDLE_VALUE && !ending)
		bring_line();
	return (int)ending;
}

static bool is_console(int descriptor)
{
	DWORD mode;

	return GetConsoleMode((HANDLE)_get_osfhandle(descriptor), &mode);
}

bool platform_is_terminal(int descriptor)
{
	return descriptor == 0 && line_console != INVALID_HANDLE_VALUE ? true : is_console(descriptor);
}

const char *platform_terminal_type(void)
{
	return "console";
}

/* Puts the reading end of a pipe in the place of standard input, where that is a console. */
bool windows_take_lines(void)
{
	HANDLE reads, process = GetCurrentProcess();
	int descriptor;

	if (!is_console(0))
		return true;
	if (!DuplicateHandle(process, (HANDLE)_get_osfhandle(0), process, &line_console, 0, FALSE,
			     DUPLICATE_SAME_ACCESS) ||
	    !CreatePipe(&reads, &line_pipe, NULL, PIPE_BYTES))
		return false;
	descriptor = _open_osfhandle((intptr_t)reads, _O_RDONLY | _O_BINARY);
	if (descriptor < 0 || _dup2(descriptor, 0) != 0)
		return false;
	_close(descriptor);
	return true;
}

/* ---- crashes ---- */

static void (*crash_hook)(void);

static LONG WINAPI on_crash(EXCEPTION_POINTERS *pointers)
{
	void (*hook)(void) = crash_hook;

	(void)pointers;
	crash_hook = NULL;
	if (hook)
		hook();
	return EXCEPTION_CONTINUE_SEARCH;
}

static void on_abort(int number)
{
	(void)number;
	(void)on_crash(NULL);
}

void windows_on_crash(void (*put_back)(void))
{
	crash_hook = put_back;
	(void)SetUnhandledExceptionFilter(put_back ? on_crash : NULL);
	signal(SIGABRT, put_back ? on_abort : SIG_DFL);
}
