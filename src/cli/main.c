/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The program: surroundings, command line, exit status. The only file that knows the full-screen front end.
 */
#include <errno.h>

#include "cli/commands.h"
#include "core/pattern.h"
#include "core/text.h"
#ifdef HAVE_UI
#include "ui/ui.h"
#endif

#ifdef HAVE_UI
static enum front_result full_screen(struct wizard *wizard, const struct options *options, int *signal,
				     const char **why)
{
	static const enum color_mode colors[] = {
		[OPTION_COLOR_AUTO] = COLOR_AUTO,
		[OPTION_COLOR_ALWAYS] = COLOR_ALWAYS,
		[OPTION_COLOR_NEVER] = COLOR_NEVER,
	};
	const struct ui_options how = { .color = colors[options->color],
					.ascii = options->ascii,
					.mouse = options->mouse };

	return ui_run(wizard, &how, signal, why);
}
#define FULL_SCREEN full_screen
#else
#define FULL_SCREEN NULL
#endif

/* COLUMNS, where a shell exports it; 80 otherwise. */
static unsigned text_width_wanted(void)
{
	const char *text = getenv("COLUMNS");
	unsigned width = 0;

	for (; text && *text >= '0' && *text <= '9' && width < 1000; text++)
		width = width * 10 + (unsigned)(*text - '0');
	return text && !*text && width >= 40 && width <= 500 ? width : 80;
}

static int run_command(const struct options *options)
{
	const struct session session = {
		.options = options,
		.in = stdin, .out = stdout, .err = stderr,
		.in_terminal = platform_is_terminal(0),
		.out_terminal = platform_is_terminal(1),
		.err_terminal = platform_is_terminal(2),
		.full_screen = FULL_SCREEN,
		.term = platform_terminal_type(),
		.accessible = accessible_is_on(getenv("ACCESSIBLE")),
		.width = text_width_wanted(),
	};

	return command_run(&session);
}

static int show_help(const struct options *options)
{
	struct strbuf text = STRBUF_INIT;

	if (options->command_named)
		options_command_usage(options->command, &text);
	else
		options_usage(&text);
	fputs(strbuf_text(&text), stdout);
	strbuf_clear(&text);
	return EXIT_FINE;
}

static int show_version(void)
{
	fputs("scupgrade " PACKAGE_VERSION "\nCopyright (c) 2026 The scupgrade authors. MIT license, no warranty.\n",
	      stdout);
	return EXIT_FINE;
}

static int complain(const struct options *options, const struct strbuf *why)
{
	struct strbuf shown = STRBUF_INIT;

	text_visible(&shown, strbuf_text(why));
	fprintf(stderr, "scupgrade: %s\nTry: scupgrade%s%s --help\n", strbuf_text(&shown),
		options->command_named ? " " : "", options->command_named ? command_table[options->command].name : "");
	strbuf_clear(&shown);
	return EXIT_USE;
}

static int run(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct strbuf why = STRBUF_INIT;
	struct options options;
	int status = EXIT_USE;

	/* char ** to const char *const *: C wants the cast, nothing loses its const. */
	switch (options_parse(&options, argc, (const char *const *)argv, arena, &why)) {
	case OPTIONS_RUN:
		status = run_command(&options);
		break;
	case OPTIONS_HELP:
		status = show_help(&options);
		break;
	case OPTIONS_VERSION:
		status = show_version();
		break;
	case OPTIONS_WRONG:
		status = complain(&options, &why);
		break;
	}
	strbuf_clear(&why);
	arena_free(arena);
	pattern_free_all();
	return status;
}

/* A result that did not arrive is no success, however good it was. Whoever closed the pipe ("| head") has what was
 * wanted, though: nothing is said then. */
static int close_output(int status)
{
	bool failed = ferror(stdout) != 0;
	int unread;

	errno = 0;
	failed = fflush(stdout) != 0 || failed;
	unread = failed ? platform_closed_pipe_signal() : 0;
	/* Closing tells what a network file system kept back. */
	if (fclose(stdout) != 0 && errno != EBADF)
		failed = true;
	if (!failed)
		return status;
	if (unread)
		return EXIT_BY_SIGNAL + unread;
	fprintf(stderr, "scupgrade: cannot write to standard output%s%s\n", errno ? ": " : "",
		errno ? strerror(errno) : "");
	return EXIT_USE;
}

int main(int argc, char **argv)
{
	if (!platform_start(&argc, &argv))
		return EXIT_USE;
	int status = run(argc, argv);
	if (status <= EXIT_BY_SIGNAL)
		status = close_output(status);
	if (status <= EXIT_BY_SIGNAL)
		return status;
	fflush(stdout);
	platform_end_by_signal(status - EXIT_BY_SIGNAL);
	return status;
}
