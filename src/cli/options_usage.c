/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The help of the program and of each command, from options_table.c.
 */
#include "cli/options.h"

#include "core/wrap.h"

#define HELP_WIDTH 79u
#define SUMMARY_COLUMN 29u

#define WITHOUT_A_PLAN "0 printed, 2 wrong use or the output cannot be written."

/* Where it is not that of most commands. */
static const char *const exit_statuses[COMMAND_COUNT] = {
	[COMMAND_WIZARD] =
		"0 the wizard was finished, 1 the plan cannot be opened, 2 wrong use, no terminal, or a file cannot be "
		"read or written, 3 the wizard was left without finishing.",
	[COMMAND_CHECK] =
		"0 fine, 1 a plan has errors or a prerequisite has failed, 2 wrong use or a file cannot be read or "
		"written.",
	[COMMAND_COMMAND] =
		"0 fine, 1 the plan has errors, a prerequisite has failed, or the shell cannot carry a value, 2 wrong "
		"use or a file cannot be read or written.",
	[COMMAND_RENDER] =
		"0 written, 1 the plan has errors, or a prerequisite has failed where it matters, 2 wrong use or a "
		"file cannot be read or written.",
	[COMMAND_TRACK] =
		"0 the checklist was left, 1 the plan has errors, 2 wrong use, no terminal, or a file cannot be read "
		"or written.",
	[COMMAND_SET] =
		"0 saved, 1 the change was refused, 2 wrong use or a file cannot be read or written.",
	[COMMAND_CONFIRM] =
		"0 saved, 1 it was refused, 2 wrong use or a file cannot be read or written.",
	[COMMAND_ACKNOWLEDGE] =
		"0 saved, 1 it was refused, 2 wrong use or a file cannot be read or written.",
	[COMMAND_NEW] =
		"0 written, 1 an answer is wrong or missing, 2 wrong use or a file cannot be read or written.",
	[COMMAND_FACTS_SCRIPT] = "0 printed, 2 wrong use or the output cannot be written.",
	[COMMAND_COLLECT] =
		"0 collected, 1 the plan has errors or a server failed, 2 wrong use, no Windows PowerShell, or a file "
		"cannot be read or written.",
	[COMMAND_FIELDS] = WITHOUT_A_PLAN,
	[COMMAND_SCHEMA] = WITHOUT_A_PLAN,
	[COMMAND_COMPLETION] = WITHOUT_A_PLAN,
	[COMMAND_HELP] = WITHOUT_A_PLAN,
	[COMMAND_MARK] =
		"0 recorded, 1 the plan has errors or the step cannot have that state, 2 wrong use, or the record "
		"cannot be read or written.",
	[COMMAND_STATUS] =
		"0 fine, 1 the plan has errors or, with --exit-code, a step failed, 2 wrong use or a file cannot be "
		"read or written.",
	[COMMAND_PATH] =
		"0 there is a road, 1 there is none, 2 wrong use or the output cannot be written.",
	[COMMAND_SOURCES] =
		"0 listed, 1 nothing has that word, 2 wrong use or the output cannot be written.",
	[COMMAND_NEXT] =
		"0 made, 1 the plan has errors or open steps, or nothing follows, 2 wrong use or a file cannot be "
		"read or written.",
	[COMMAND_DIFF] =
		"0 the same, 1 something differs, 2 wrong use or a plan cannot be read.",
	[COMMAND_DIAGNOSE] =
		"0 no failure found, 1 a cause, or errors that are not recognized, 2 wrong use or a log cannot be "
		"read.",
};

static void put_examples(struct strbuf *out, enum command_id command)
{
	for (const char *const *example = command_table[command].examples; *example; example++)
		strbuf_printf(out, "  scupgrade%s%s\n", **example ? " " : "", *example);
}

static void put_option(struct strbuf *out, const struct option_row *row, enum command_id command)
{
	if (row->letter)
		strbuf_printf(out, "  -%c, ", row->letter);
	else
		strbuf_puts(out, "      ");
	strbuf_printf(out, "--%s%s%s\n", row->name, row->argument ? " " : "", row->argument ? row->argument : "");
	wrap_put(out, option_help(row, command), HELP_WIDTH, 10, 0);
}

static void put_options(struct strbuf *out, enum command_id command)
{
	for (const struct option_row *row = option_table; row->name; row++) {
		if (row->commands & 1u << command)
			put_option(out, row, command);
	}
}

static void put_exit_status(struct strbuf *out, const char *text)
{
	struct strbuf line = STRBUF_INIT;

	strbuf_printf(&line, "Exit status: %s",
		      text ? text : "0 fine, 1 the plan has errors, 2 wrong use or a file cannot be read or written.");
	strbuf_putc(out, '\n');
	wrap_put(out, strbuf_text(&line), HELP_WIDTH, 0, 0);
	strbuf_clear(&line);
}

void options_usage(struct strbuf *out)
{
	strbuf_puts(out, "Plans, checks and writes the command lines of a System Center upgrade.\n\n"
			 "Examples:\n");
	put_examples(out, COMMAND_WIZARD);
	put_examples(out, COMMAND_CHECK);
	put_examples(out, COMMAND_COMMAND);
	strbuf_puts(out, "\nUsage: scupgrade [OPTION...] [COMMAND] [ARGUMENT...]\n\nCommands:\n");
	for (const struct command *command = command_table; command->name; command++) {
		size_t start = out->length;

		strbuf_printf(out, "  %s %s", command->name, command->arguments);
		if (out->length - start >= SUMMARY_COLUMN) {
			strbuf_putc(out, '\n');
			start = out->length;
		}
		strbuf_fill(out, ' ', SUMMARY_COLUMN - (out->length - start));
		strbuf_printf(out, "%s\n", command->summary);
	}
	strbuf_puts(out, "\nWithout a command the wizard starts. Its options:\n");
	put_options(out, COMMAND_WIZARD);
	put_exit_status(out,
			"0 fine, 1 the plan has errors or a step may not run, 2 wrong use or a file cannot be read or "
			"written, 3 the wizard was left without finishing.");
	strbuf_puts(out, "\nMore: scupgrade help COMMAND, man scupgrade, man scupgrade-plan\n");
}

void options_command_usage(enum command_id command, struct strbuf *out)
{
	const struct command *row = &command_table[command];

	strbuf_printf(out, "%s.\n\nExamples:\n", row->summary);
	put_examples(out, command);
	strbuf_printf(out, "\nUsage: scupgrade %s [OPTION...]%s%s\n\n", row->name, *row->arguments ? " " : "",
		      row->arguments);
	wrap_put(out, row->help, HELP_WIDTH, 0, 0);
	strbuf_puts(out, "\nOptions:\n");
	put_options(out, command);
	put_exit_status(out, exit_statuses[command]);
}
