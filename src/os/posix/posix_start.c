/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * POSIX: start and end of the program.
 */
#include "os/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <sys/stat.h>
#ifdef WITH_COVERAGE
#include <gcov.h>
#endif

/* A descriptor 0, 1 or 2 that is closed would be given to the next file that is opened, and messages would end up in a
 * plan. Fills each with one that fails to be used, so that this is noticed. */
static bool fill_standard_descriptors(void)
{
	for (int descriptor = 0; descriptor <= 2; descriptor++) {
		if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF)
			continue;
		if (open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY) != descriptor)
			return false;
	}
	return true;
}

/* A closed pipe and a limit on the size of files are write errors like any other; what is made is for its owner
 * alone. */
bool platform_start(int *argc, char ***argv)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	(void)argc;
	(void)argv;
	if (!fill_standard_descriptors())
		return false;
	umask(077);
	/* Widths and texts do not depend on the locale; what curses may draw does. An unknown locale means "C". */
	setlocale(LC_CTYPE, "");
	/* Output comes in whole texts, and a buffer of stdio would keep the passwords in it. */
	if (setvbuf(stdout, NULL, _IONBF, 0) != 0)
		return false;
	return sigemptyset(&ignore.sa_mask) == 0 && sigaction(SIGPIPE, &ignore, NULL) == 0 &&
	       sigaction(SIGXFSZ, &ignore, NULL) == 0;
}

void platform_end_by_signal(int number)
{
#ifdef WITH_COVERAGE
	__gcov_dump(); /* what ends by a signal was run too */
#endif
	signal(number, SIG_DFL);
	raise(number);
}

const char *platform_last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}
