/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the command line.
 */
#include "cli/options.h"
#include "core/text.h"
#include "helpers.h"

#define WORDS_MAX 12

struct parsed {
	struct arena *arena;
	struct strbuf why;
	struct options options;
	enum options_result result;
};

/* WORDS ends with NULL; the program's name comes before them. */
static struct parsed parse(const char *const *words)
{
	struct parsed parsed = { .arena = arena_new() };
	const char **argv = arena_array(parsed.arena, WORDS_MAX + 2, sizeof(*argv));
	int argc = 0;

	argv[argc++] = "scupgrade";
	for (size_t i = 0; words[i]; i++)
		argv[argc++] = words[i];
	parsed.result = options_parse(&parsed.options, argc, argv, parsed.arena, &parsed.why);
	return parsed;
}

static void parsed_clear(struct parsed *parsed)
{
	strbuf_clear(&parsed->why);
	arena_free(parsed->arena);
}

/* What was understood, as one line: "check [a b] json strict". */
static const char *describe(struct parsed *parsed)
{
	const struct options *options = &parsed->options;
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text, "%s%s [", command_table[options->command].name, options->command_named ? "" : "!");
	for (size_t i = 0; i < options->argument_count; i++)
		strbuf_printf(&text, "%s%s", i ? " " : "", options->arguments[i]);
	strbuf_puts(&text, options->arguments[options->argument_count] ? "] not terminated" : "]");
	if (options->json)
		strbuf_puts(&text, " json");
	if (options->sarif)
		strbuf_puts(&text, " sarif");
	if (options->github)
		strbuf_puts(&text, " github");
	if (options->force)
		strbuf_puts(&text, " force");
	if (options->anyway)
		strbuf_puts(&text, " anyway");
	if (options->exit_code)
		strbuf_puts(&text, " exit-code");
	if (options->strict)
		strbuf_puts(&text, " strict");
	if (options->plain)
		strbuf_puts(&text, " plain");
	if (options->ascii)
		strbuf_puts(&text, " ascii");
	if (options->mouse)
		strbuf_puts(&text, " mouse");
	if (options->no_input)
		strbuf_puts(&text, " no-input");
	if (options->color != OPTION_COLOR_AUTO)
		strbuf_printf(&text, " color=%d", (int)options->color);
	if (options->shell != SHELL_CMD)
		strbuf_printf(&text, " shell=%s", shell_name(options->shell));
	if (options->output)
		strbuf_printf(&text, " output=%s", options->output);
	if (options->passwords)
		strbuf_printf(&text, " passwords=%s", options->passwords);
	if (options->license)
		strbuf_printf(&text, " license=%s", options->license);
	for (const char *const *drive = options->drives; *drive; drive++)
		strbuf_printf(&text, " drive:%s", *drive);
	const char *kept = arena_strdup(parsed->arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

static void test_options_parse__good_lines__are_understood(void **state)
{
	static const struct {
		const char *words[WORDS_MAX], *expected;
	} cases[] = {
		{ { NULL }, "wizard! []" },
		{ { "--plain", NULL }, "wizard! [] plain" },
		{ { "wizard", "p.yaml", NULL }, "wizard [p.yaml]" },
		{ { "check", "a", "b", "c", NULL }, "check [a b c]" },
		{ { "check", "-", NULL }, "check [-]" },
		{ { "--format", "json", "check", "a", NULL }, "check [a] json" },
		{ { "check", "a", "--format=json", "--strict", NULL }, "check [a] json strict" },
		{ { "check", "--format=json", "--format=text", "a", NULL }, "check [a]" },
		{ { "check", "-fjson", "a", NULL }, "check [a] json" },
		{ { "check", "-pf", "json", "a", NULL }, "check [a] json plain" },
		{ { "check", "-oout", "a", NULL }, "check [a] output=out" },
		{ { "check", "a", "-o", "-", NULL }, "check [a] output=-" },
		{ { "check", "--", "--strict", "-o", NULL }, "check [--strict -o]" },
		{ { "--", "check", "a", NULL }, "check [a]" },
		{ { "check", "a", "--", NULL }, "check [a]" },
		{ { "check", "--stri", "a", NULL }, "check [a] strict" },
		{ { "command", "a", "MS01", "--shell", "powershell", NULL }, "command [a MS01] shell=powershell" },
		{ { "command", "-s", "argv", "a", NULL }, "command [a] shell=argv" },
		{ { "command", "--pass=-", "a", NULL }, "command [a] passwords=-" },
		{ { "command", "--passwords", "--", "a", NULL }, "command [a] passwords=--" },
		{ { "wizard", "--drive=C=/mnt/c", "--drive", "d=/mnt/d", NULL },
		  "wizard [] drive:C=/mnt/c drive:d=/mnt/d" },
		{ { "--license", "terms.txt", "--mouse", "--ascii", NULL },
		  "wizard! [] ascii mouse license=terms.txt" },
		{ { "--color=never", "--no-input", "--force", NULL }, "wizard! [] force no-input color=2" },
		{ { "--color", "always", NULL }, "wizard! [] color=1" },
		{ { "new", "operations-manager", "a.b=c", "x=y=z", NULL }, "new [operations-manager a.b=c x=y=z]" },
		/* Before the command too. */
		{ { "-f", "sarif", "check", "a", NULL }, "check [a] sarif" },
		{ { "--form", "github", "--", "check", "a", NULL }, "check [a] github" },
		{ { "--st", "check", "a", NULL }, "check [a] strict" },
		{ { "fields", NULL }, "fields []" },
		{ { "steps", "a", "-f", "json", NULL }, "steps [a] json" },
		/* Only what the command takes counts where a beginning is enough. */
		{ { "track", "--st", "p", NULL }, "track [p] strict" },
		{ { "mark", "p", "step", "done", "--any", NULL }, "mark [p step done] anyway" },
		{ { "status", "p", "--exit", NULL }, "status [p] exit-code" },
		/* What an alias may hold for all commands. */
		{ { "--plain", "--color=never", "--ascii", "--no-input", "schema", NULL },
		  "schema [] plain ascii no-input color=2" },
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct parsed parsed = parse(cases[i].words);

		assert_text(cases[i].expected, "", strbuf_text(&parsed.why));
		assert_labelled(cases[i].expected, parsed.result == OPTIONS_RUN);
		assert_text(cases[i].expected, cases[i].expected, describe(&parsed));
		parsed_clear(&parsed);
	}
}

static void test_options_parse__wrong_lines__are_explained(void **state)
{
	static const struct {
		const char *words[WORDS_MAX], *why;
	} cases[] = {
		{ { "chek", "a", NULL }, "there is no command \"chek\"; did you mean check?" },
		{ { "upgrade-all", NULL }, "there is no command \"upgrade-all\"" },
		{ { "contoso.yaml", NULL },
		  "there is no command \"contoso.yaml\"; to open a plan: scupgrade wizard contoso.yaml" },
		{ { "check", "--strcit", "a", NULL }, "there is no option \"--strcit\"; did you mean --strict?" },
		{ { "check", "--xyzzy", "a", NULL }, "there is no option \"--xyzzy\"" },
		{ { "check", "--no", "a", NULL }, "there is no option \"--no\"" },
		{ { "check", "--fo", "a", NULL }, "\"--fo\" could be any of --format, --force" },
		{ { "command", "--passwords=-", "-", NULL },
		  "\"-\" stands for standard input, which can be read only once" },
		{ { "check", "--facts", "-", "a", "-", NULL },
		  "\"-\" stands for standard input, which can be read only once" },
		{ { "diff", "-", "-", NULL }, "\"-\" stands for standard input, which can be read only once" },
		{ { "check", "--=x", "a", NULL }, "there is no option \"--\"" },
		{ { "check", "-x", "a", NULL }, "there is no option \"-x\"" },
		{ { "check", "-px", "a", NULL }, "there is no option \"-x\"" },
		{ { "check", "a", "-o", NULL }, "-o needs FILE" },
		{ { "check", "a", "--output", NULL }, "--output needs FILE" },
		{ { "check", "a", "--output=", NULL }, "--output needs FILE, not an empty text" },
		{ { "check", "--strict=yes", "a", NULL }, "--strict takes no value" },
		{ { "check", "--format=jsno", "a", NULL },
		  "--format takes text|json|sarif|github|junit, not \"jsno\"; did you mean json?" },
		{ { "steps", "--format", "sarif", "a", NULL }, "--format takes text|json, not \"sarif\"" },
		{ { "--format", "sarif", "steps", "a", NULL }, "--format takes text|json, not \"sarif\"" },
		{ { "--no", "check", "a", NULL }, "there is no option \"--no\"" },
		{ { "--color=no", NULL }, "--color takes auto|always|never, not \"no\"" },
		{ { "command", "--shell=bash", "a", NULL }, "--shell takes cmd|powershell|argv, not \"bash\"" },
		{ { "check", "--select", "memory,,winrm", "a.yaml", NULL },
		  "--select takes codes of findings, not \"memory,,winrm\"" },
		{ { "--drive=/mnt/c", NULL }, "--drive takes a letter and a folder such as C=/mnt/c, not \"/mnt/c\"" },
		{ { "--drive=C=", NULL }, "--drive takes a letter and a folder such as C=/mnt/c, not \"C=\"" },
		{ { "--drive=C", NULL }, "--drive takes a letter and a folder such as C=/mnt/c, not \"C\"" },
		{ { "check", NULL }, "PLAN is missing: scupgrade check PLAN..." },
		{ { "steps", "a", "b", NULL }, "\"steps\" takes no further argument \"b\"" },
		{ { "wizard", "a", "b", NULL }, "\"wizard\" takes no further argument \"b\"" },
		{ { "check", "--passwords=ask", "a", NULL }, "\"check\" takes no --passwords" },
		{ { "--passwords=ask", "check", "a", NULL }, "\"check\" takes no --passwords" },
		{ { "new", "--format=json", "operations-manager", NULL }, "\"new\" takes no --format" },
		{ { "--help", "--bogus", NULL }, "there is no option \"--bogus\"" },
		{ { "mark", "p", "step", NULL }, "STATE is missing: scupgrade mark PLAN STEP STATE" },
		{ { "fields", "--strict", NULL }, "\"fields\" takes no --strict" },
		{ { "schema", "--force", "-o", "x", "y", NULL }, "\"schema\" takes no further argument \"y\"" },
		{ { "mark", "p", "step", "done", "-o", "x", NULL }, "\"mark\" takes no --output" },
		{ { "mark", "p", "step", "done", "--force", NULL }, "\"mark\" takes no --force" },
		{ { "confirm", "p", "memory", "--strict", NULL }, "\"confirm\" takes no --strict" },
		{ { "wizard", "--strict", NULL }, "\"wizard\" takes no --strict" },
		{ { "collect", "p", "--strict", NULL }, "\"collect\" takes no --strict" },
		{ { "scom", NULL }, "there is no command \"scom\"; did you mean new operations-manager?" },
		{ { "version", NULL }, "there is no command \"version\"; did you mean --version?" },
		{ { "facts-script", "--adopt", NULL }, "\"facts-script\" takes no --adopt" },
		{ { "stat", "p", NULL }, "there is no command \"stat\"; did you mean status?" },
		{ { "Validate", "p", NULL }, "there is no command \"Validate\"; did you mean check?" },
		{ { "help", "chekc", NULL }, "there is no command \"chekc\"; did you mean check?" },
		{ { "help", "check", "steps", NULL }, "\"help\" takes no further argument \"steps\"" },
		{ { "help", "--output=x", NULL }, "\"help\" takes no --output" },
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct parsed parsed = parse(cases[i].words);

		assert_text(cases[i].why, cases[i].why, strbuf_text(&parsed.why));
		assert_labelled(cases[i].why, parsed.result == OPTIONS_WRONG);
		parsed_clear(&parsed);
	}
}

static void test_options_parse__help_and_version__come_before_other_rules(void **state)
{
	static const struct {
		const char *words[WORDS_MAX];
		enum options_result result;
		bool named;
	} cases[] = {
		{ { "--help", NULL }, OPTIONS_HELP, false },
		{ { "-h", NULL }, OPTIONS_HELP, false },
		{ { "check", "-h", NULL }, OPTIONS_HELP, true },
		{ { "help", NULL }, OPTIONS_HELP, false },
		{ { "help", "check", NULL }, OPTIONS_HELP, true },
		{ { "help", "--version", NULL }, OPTIONS_VERSION, true },
		{ { "--version", NULL }, OPTIONS_VERSION, false },
		{ { "-V", NULL }, OPTIONS_VERSION, false },
		{ { "-V", "--help", NULL }, OPTIONS_HELP, false },
		{ { "check", "--passwords=ask", "--help", NULL }, OPTIONS_HELP, true },
		{ { "wizard", "--", "--help", NULL }, OPTIONS_RUN, true },
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct parsed parsed = parse(cases[i].words);

		assert_labelled(cases[i].words[0], parsed.result == cases[i].result);
		assert_labelled(cases[i].words[0], parsed.options.command_named == cases[i].named);
		parsed_clear(&parsed);
	}
}

static void test_options_parse__no_words_at_all__is_the_wizard(void **state)
{
	struct parsed parsed = { .arena = arena_new() };
	(void)state;

	parsed.result = options_parse(&parsed.options, 0, NULL, parsed.arena, &parsed.why);
	assert_int_equal(parsed.result, OPTIONS_RUN);
	assert_text("nothing", "wizard! []", describe(&parsed));
	parsed_clear(&parsed);
}

static void assert_fits(const char *label, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		assert_labelled(label, text[length] == '\n');
		assert_labelled(label, length < 80);
		assert_labelled(label, length == 0 || text[length - 1] != ' ');
		text += length + 1;
	}
}

static void test_options_usage__of_all_commands__fits_eighty_columns(void **state)
{
	struct strbuf text = STRBUF_INIT;
	(void)state;

	options_usage(&text);
	assert_fits("usage", strbuf_text(&text));
	for (const struct command *command = command_table; command->name; command++) {
		assert_labelled(command->name, strstr(strbuf_text(&text), command->summary) != NULL);
		struct strbuf own = STRBUF_INIT;
		options_command_usage((enum command_id)(command - command_table), &own);
		assert_fits(command->name, strbuf_text(&own));
		assert_labelled(command->name, strstr(strbuf_text(&own), "--help") != NULL);
		strbuf_clear(&own);
	}
	strbuf_clear(&text);
}

static void test_options_command_usage__lists_the_options_of_that_command_only(void **state)
{
	struct strbuf text = STRBUF_INIT;
	(void)state;

	options_command_usage(COMMAND_CHECK, &text);
	assert_non_null(strstr(strbuf_text(&text), "--format"));
	assert_null(strstr(strbuf_text(&text), "--passwords"));
	strbuf_reset(&text);
	options_command_usage(COMMAND_COMMAND, &text);
	assert_non_null(strstr(strbuf_text(&text), "--passwords"));
	assert_null(strstr(strbuf_text(&text), "--drive"));
	strbuf_clear(&text);
}

/* What an option does with one command is not said of another. */
static void test_option_help__depends_on_the_command(void **state)
{
	const struct option_row *facts = &option_table[OPTION_FACTS];
	const struct option_row *anyway = &option_table[OPTION_ANYWAY];
	(void)state;

	assert_string_equal(option_help(anyway, COMMAND_MARK), anyway->help);
	assert_string_equal(option_help(anyway, COMMAND_NEXT), "Make the plan although the record has open steps.");
	assert_string_equal(option_help(facts, COMMAND_CHECK), facts->help);
	assert_non_null(strstr(option_help(facts, COMMAND_COLLECT), "that the facts go to"));
	assert_non_null(strstr(option_help(&option_table[OPTION_STRICT], COMMAND_CHECK), "not known"));
	assert_null(strstr(option_help(&option_table[OPTION_STRICT], COMMAND_STEPS), "not known"));
	for (const struct option_row *row = option_table; row->name; row++) {
		for (unsigned command = 0; command < COMMAND_COUNT; command++) {
			const char *help = option_help(row, (enum command_id)command);

			assert_labelled(row->name, help[strlen(help) - 1] == '.');
		}
	}
}

static void test_command_table__is_complete(void **state)
{
	size_t count = 0;
	(void)state;

	for (const struct command *command = command_table; command->name; command++, count++) {
		assert_labelled(command->name, *command->summary);
		assert_labelled(command->name, command->summary[strlen(command->summary) - 1] != '.');
		assert_labelled(command->name, command->help[strlen(command->help) - 1] == '.');
		assert_labelled(command->name, command->minimum <= command->maximum);
		assert_labelled(command->name, command->examples[0] != NULL);
	}
	assert_int_equal(count, COMMAND_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_options_parse__good_lines__are_understood),
		TEST(test_options_parse__wrong_lines__are_explained),
		TEST(test_options_parse__help_and_version__come_before_other_rules),
		TEST(test_options_parse__no_words_at_all__is_the_wizard),
		TEST(test_options_usage__of_all_commands__fits_eighty_columns),
		TEST(test_options_command_usage__lists_the_options_of_that_command_only),
		TEST(test_option_help__depends_on_the_command),
		TEST(test_command_table__is_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
