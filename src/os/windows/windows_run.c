/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Windows: running a command of the user's own, in a job that ends with it or with us.
 */
#include "os/windows/windows_files.h"

enum { SAID_LIMIT = 4096, STEP_MS = 20 };

struct run {
	PROCESS_INFORMATION process;
	HANDLE job, reads, writes, nothing;
};

static void run_clear(struct run *run)
{
	HANDLE handles[] = { run->process.hThread, run->process.hProcess, run->job,
			     run->reads,           run->writes,           run->nothing };

	for (size_t i = 0; i < ARRAY_LEN(handles); i++)
		if (handles[i] && handles[i] != INVALID_HANDLE_VALUE)
			CloseHandle(handles[i]);
}

/* What it starts ends with it: closing the job kills all that is in it. */
static bool make_job(struct run *run)
{
	JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = { .BasicLimitInformation.LimitFlags =
								JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE };

	run->job = CreateJobObjectW(NULL, NULL);
	return run->job &&
	       SetInformationJobObject(run->job, JobObjectExtendedLimitInformation, &limits, sizeof(limits));
}

static bool start(struct run *run, const char *command)
{
	SECURITY_ATTRIBUTES inherited = { .nLength = sizeof(inherited), .bInheritHandle = TRUE };
	STARTUPINFOW how = { .cb = sizeof(how), .dwFlags = STARTF_USESTDHANDLES };
	struct strbuf line = STRBUF_INIT;
	WCHAR *words;
	bool ok;

	if (!make_job(run) || !CreatePipe(&run->reads, &run->writes, &inherited, 0) ||
	    !SetHandleInformation(run->reads, HANDLE_FLAG_INHERIT, 0))
		return false;
	run->nothing = CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_EXISTING,
				   0, NULL);
	how.hStdInput = run->nothing;
	how.hStdOutput = how.hStdError = run->writes;
	/* /s: the outer quotes go, and what is between them is the command as it was written. */
	strbuf_printf(&line, "cmd.exe /d /s /c \"%s\"", command);
	words = windows_wide(strbuf_text(&line));
	strbuf_clear(&line);
	ok = run->nothing != INVALID_HANDLE_VALUE &&
	     CreateProcessW(NULL, words, NULL, NULL, TRUE,
			    CREATE_SUSPENDED | CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP, NULL, NULL, &how,
			    &run->process);
	free(words);
	if (!ok)
		return false;
	ok = AssignProcessToJobObject(run->job, run->process.hProcess) &&
	     ResumeThread(run->process.hThread) != (DWORD)-1;
	if (!ok)
		(void)TerminateProcess(run->process.hProcess, 1);
	CloseHandle(run->writes);
	run->writes = NULL;
	return ok;
}

static void take_output(struct run *run, struct strbuf *said)
{
	char block[1024];
	DWORD there = 0, count;

	while (PeekNamedPipe(run->reads, NULL, 0, NULL, &there, NULL) && there &&
	       ReadFile(run->reads, block, sizeof(block), &count, NULL) && count) {
		size_t room = SAID_LIMIT - said->length;

		strbuf_add(said, block, count < room ? count : room);
	}
}

bool platform_run(const char *command, unsigned seconds, struct strbuf *said, const char **why)
{
	struct run run = { .job = NULL };
	int64_t end = platform_monotonic_ms() + (int64_t)seconds * 1000;
	DWORD code = 1;
	bool ok = start(&run, command);

	if (!ok)
		*why = windows_why(NULL);
	while (ok && WaitForSingleObject(run.process.hProcess, STEP_MS) == WAIT_TIMEOUT) {
		take_output(&run, said);
		if (platform_signals_look() || platform_monotonic_ms() >= end) {
			*why = platform_signals_look() ? "it was interrupted" : "it took too long";
			ok = false;
		}
	}
	if (ok) {
		take_output(&run, said);
		ok = GetExitCodeProcess(run.process.hProcess, &code) && code == 0;
		if (!ok)
			*why = "it ended with an error";
	}
	run_clear(&run);
	return ok;
}
