/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Command line parsing. getopt_long is not used: it keeps its state in globals, prints by itself, and knows no
 * "did you mean".
 */
#include "cli/options.h"

#include "core/text.h"

/* What other commands take as well, without a word: it may stand in an alias for all of them. */
static const bool harmless[OPTION_ID_COUNT] = {
	[OPTION_PLAIN] = true, [OPTION_COLOR] = true, [OPTION_ASCII] = true, [OPTION_NO_INPUT] = true,
};

struct parser {
	struct options *options;
	struct arena *arena;
	struct strbuf *why;
	const char *const *argv;
	int argc, at;                           /* at: the next word */
	bool seen[OPTION_ID_COUNT];
	const char **arguments, **drives, **codes[2]; /* codes: to select, to ignore */
	size_t argument_count, drive_count, code_counts[2];
};

/* ---- values ---- */

static bool take_word(struct parser *parser, const struct option_row *row, const char *value, const char *const *words,
		      unsigned *index)
{
	for (unsigned i = 0; words[i]; i++) {
		if (str_eq(words[i], value)) {
			*index = i;
			return true;
		}
	}
	bool is_shell = row == &option_table[OPTION_SHELL] && str_eq(value, "pwsh");
	const char *near = is_shell ? shell_name(SHELL_POWERSHELL) : text_nearest(value, words);
	strbuf_printf(parser->why, "--%s takes %s, not \"%s\"", row->name, row->argument, value);
	if (near)
		strbuf_printf(parser->why, "; did you mean %s?", near);
	return false;
}

static bool take_drive(struct parser *parser, const char *value)
{
	bool letter = (value[0] >= 'A' && value[0] <= 'Z') || (value[0] >= 'a' && value[0] <= 'z');

	if (!letter || value[1] != '=' || !value[2]) {
		strbuf_printf(parser->why, "--drive takes a letter and a folder such as C=/mnt/c, not \"%s\"", value);
		return false;
	}
	parser->drives[parser->drive_count++] = value;
	return true;
}

/* VALUE has one code, or several with commas between. */
static bool take_codes(struct parser *parser, enum option_id id, const char *value)
{
	int which = id == OPTION_IGNORE;

	for (const char *at = value; at;) {
		size_t length = strcspn(at, ",");

		if (!length) {
			strbuf_printf(parser->why, "--%s takes codes of findings, not \"%s\"", option_table[id].name,
				      value);
			return false;
		}
		parser->codes[which][parser->code_counts[which]++] = arena_strndup(parser->arena, at, length);
		at = at[length] ? at + length + 1 : NULL;
	}
	return true;
}

static bool take_choice(struct parser *parser, enum option_id id, const char *value)
{
	static const char *const formats[] = { "text", "json", NULL };
	static const char *const check_formats[] = { "text", "json", "sarif", "github", "junit", NULL };
	static const char *const colors[] = { "auto", "always", "never", NULL };
	const struct option_row *row = &option_table[id];
	struct options *options = parser->options;
	unsigned index;

	if (id == OPTION_FORMAT || id == OPTION_CHECK_FORMAT) {
		if (!take_word(parser, row, value, id == OPTION_FORMAT ? formats : check_formats, &index))
			return false;
		options->json = index == 1;
		options->sarif = index == 2;
		options->github = index == 3;
		options->junit = index == 4;
		return true;
	}
	if (id == OPTION_COLOR) {
		if (!take_word(parser, row, value, colors, &index))
			return false;
		options->color = (enum color_choice)index;
		return true;
	}
	const char *shells[SHELL_COUNT + 1] = { NULL };
	for (unsigned i = 0; i < SHELL_COUNT; i++)
		shells[i] = shell_name((enum shell)i);
	if (!take_word(parser, row, value, shells, &index))
		return false;
	options->shell = (enum shell)index;
	return true;
}

#define MEMBER(name) (1 + offsetof(struct options, name))

/* Where an option that is a text, or is on or off, is kept: one more than its place; 0: it is neither. */
static const size_t text_members[OPTION_ID_COUNT] = {
	[OPTION_OUTPUT] = MEMBER(output),   [OPTION_PASSWORDS] = MEMBER(passwords),
	[OPTION_LICENSE] = MEMBER(license), [OPTION_NOTE] = MEMBER(note),
	[OPTION_FROM] = MEMBER(from),       [OPTION_SERVERS] = MEMBER(servers),
	[OPTION_FACTS] = MEMBER(facts),     [OPTION_PROBE] = MEMBER(probe),
	[OPTION_PLAN] = MEMBER(plan),       [OPTION_STEP] = MEMBER(step),
	[OPTION_SETUP_CODE] = MEMBER(setup_code), [OPTION_SERVER] = MEMBER(server),
};
static const size_t flag_members[OPTION_ID_COUNT] = {
	[OPTION_AFTER] = MEMBER(after),
	[OPTION_ALL] = MEMBER(all),       [OPTION_QUIET] = MEMBER(quiet),
	[OPTION_ADOPT] = MEMBER(adopt), [OPTION_AGAINST] = MEMBER(against),
	[OPTION_FORCE] = MEMBER(force),   [OPTION_ANYWAY] = MEMBER(anyway),
	[OPTION_STRICT] = MEMBER(strict), [OPTION_PLAIN] = MEMBER(plain),
	[OPTION_ASCII] = MEMBER(ascii), [OPTION_MOUSE] = MEMBER(mouse),   [OPTION_NO_INPUT] = MEMBER(no_input),
	[OPTION_EXIT_CODE] = MEMBER(exit_code), [OPTION_WAIT] = MEMBER(wait),
};

/* Keeps what option ID says. VALUE is NULL for an option without an argument. */
static bool take(struct parser *parser, enum option_id id, const char *value)
{
	char *options = (char *)parser->options;

	parser->seen[id] = true;
	if (value && !*value) {
		strbuf_printf(parser->why, "--%s needs %s, not an empty text", option_table[id].name,
			      option_table[id].argument);
		return false;
	}
	if (id == OPTION_FORMAT || id == OPTION_CHECK_FORMAT || id == OPTION_COLOR || id == OPTION_SHELL)
		return take_choice(parser, id, value);
	if (id == OPTION_DRIVE)
		return take_drive(parser, value);
	if (id == OPTION_SELECT || id == OPTION_IGNORE)
		return take_codes(parser, id, value);
	if (text_members[id])
		memcpy(options + text_members[id] - 1, &value, sizeof(value));
	else if (flag_members[id])
		memcpy(options + flag_members[id] - 1, &(bool){ true }, sizeof(bool));
	return true;
}

/* ---- words ---- */

static bool has_effect(const struct parser *parser, enum option_id id)
{
	return option_table[id].commands & 1u << parser->options->command;
}

/* The option that NAME (LENGTH bytes) is, or the only one of the command's that it begins; OPTION_ID_COUNT: none, WHY
 * says so. */
static enum option_id find_long(struct parser *parser, const char *name, size_t length)
{
	const char *names[OPTION_ID_COUNT + 1] = { NULL };
	enum option_id found = OPTION_ID_COUNT;
	struct strbuf matches = STRBUF_INIT;
	unsigned count = 0, exact = OPTION_ID_COUNT;

	for (unsigned i = 0; i < OPTION_ID_COUNT; i++) {
		names[i] = option_table[i].name;
		if (strncmp(names[i], name, length) != 0)
			continue;
		if (strlen(names[i]) == length)
			exact = exact == OPTION_ID_COUNT || has_effect(parser, (enum option_id)i) ? i : exact;
		if (!has_effect(parser, (enum option_id)i))
			continue;
		found = (enum option_id)i;
		strbuf_printf(&matches, "%s--%s", count++ ? ", " : "", names[i]);
	}
	if (exact != OPTION_ID_COUNT) {
		found = (enum option_id)exact;
	} else if (count != 1) {
		const char *word = arena_strndup(parser->arena, name, length);
		const char *near = text_nearest(word, names);

		found = OPTION_ID_COUNT;
		if (count && length)
			strbuf_printf(parser->why, "\"--%s\" could be any of %s", word, strbuf_text(&matches));
		else if (near)
			strbuf_printf(parser->why, "there is no option \"--%s\"; did you mean --%s?", word, near);
		else
			strbuf_printf(parser->why, "there is no option \"--%s\"", word);
	}
	strbuf_clear(&matches);
	return found;
}

static bool parse_long(struct parser *parser, const char *word)
{
	const char *equals = strchr(word, '=');
	enum option_id id = find_long(parser, word, equals ? (size_t)(equals - word) : strlen(word));

	if (id == OPTION_ID_COUNT)
		return false;
	const struct option_row *row = &option_table[id];
	if (!row->argument) {
		if (!equals)
			return take(parser, id, NULL);
		strbuf_printf(parser->why, "--%s takes no value", row->name);
		return false;
	}
	if (equals)
		return take(parser, id, equals + 1);
	if (parser->at < parser->argc)
		return take(parser, id, parser->argv[parser->at++]);
	strbuf_printf(parser->why, "--%s needs %s", row->name, row->argument);
	return false;
}

static enum option_id find_letter(const struct parser *parser, char letter)
{
	enum option_id found = OPTION_ID_COUNT;

	for (unsigned i = 0; i < OPTION_ID_COUNT; i++) {
		if (option_table[i].letter != letter)
			continue;
		if (found == OPTION_ID_COUNT || has_effect(parser, (enum option_id)i))
			found = (enum option_id)i;
	}
	return found;
}

/* A cluster such as "po" or "ofile", without its dash. */
static bool parse_letters(struct parser *parser, const char *cluster)
{
	for (const char *at = cluster; *at; at++) {
		enum option_id id = find_letter(parser, *at);

		if (id == OPTION_ID_COUNT) {
			strbuf_printf(parser->why, "there is no option \"-%s\"", at);
			return false;
		}
		if (!option_table[id].argument) {
			if (!take(parser, id, NULL))
				return false;
			continue;
		}
		if (at[1])
			return take(parser, id, at + 1);
		if (parser->at < parser->argc)
			return take(parser, id, parser->argv[parser->at++]);
		strbuf_printf(parser->why, "-%c needs %s", *at, option_table[id].argument);
		return false;
	}
	return true;
}

/* What other programs call it, then what it is called here. */
static const char *const other_words[] = {
	"validate", "check", "verify", "check", "lint", "check", "test", "check",
	"create", "new", "init", "new", "generate", "new",
	"edit", "wizard", "open", "wizard", "start", "wizard", "run", "track",
	"export", "render", "runbook", "render", "report", "render", "script", "render",
	"list", "steps", "tasks", "steps", "commands", "command", "done", "mark", "logs", "diagnose",
	"facts", "facts-script", "collector", "facts-script",
	"road", "path", "roads", "path", "compare", "diff", "upgrade", "wizard", "setup", "wizard",
	"version", "--version",
	"scom", "new operations-manager", "om", "new operations-manager",
	"sma", "new service-management-automation",
	"powershell", "render powershell", "pwsh", "render powershell", "html", "render html",
	"markdown", "render markdown", "ansible", "render ansible", "csv", "render csv", "json", "render json",
	NULL,
};

/* The command called WORD is meant from now on. */
static bool find_command(struct parser *parser, const char *word)
{
	const char *names[COMMAND_COUNT + 1] = { NULL };

	for (unsigned i = 0; i < COMMAND_COUNT; i++) {
		names[i] = command_table[i].name;
		if (str_eq(names[i], word)) {
			parser->options->command = (enum command_id)i;
			parser->options->command_named = true;
			return true;
		}
	}
	const char *near = text_nearest(word, names);
	for (unsigned i = 0; !near && i < COMMAND_COUNT; i++) {
		if (*word && str_starts(names[i], word))
			near = names[i];
	}
	for (const char *const *pair = other_words; !near && *pair; pair += 2) {
		if (text_equal_fold(pair[0], word))
			near = pair[1];
	}
	strbuf_printf(parser->why, "there is no command \"%s\"", word);
	if (near)
		strbuf_printf(parser->why, "; did you mean %s?", near);
	else if (strpbrk(word, ".\\/"))
		strbuf_printf(parser->why, "; to open a plan: scupgrade wizard %s", word);
	return false;
}

/* Whether WORD, an option, takes the next word for its value, whichever of all commands' options it may be. */
static bool takes_next(const char *word)
{
	size_t length = strlen(word);
	bool takes = false;

	for (const struct option_row *row = option_table; row->name; row++) {
		if (!(str_starts(word, "--") ? str_starts(row->name, word + 2) : row->letter == word[length - 1]))
			continue;
		if (!row->argument || strchr(word, '='))
			return false;
		takes = true;
	}
	return takes;
}

/* The command decides which options there are, also of those before it. It is not named yet: only looked at. */
static void look_for_command(struct parser *parser)
{
	for (int at = 1; at < parser->argc; at++) {
		const char *word = parser->argv[at];

		if (word[0] == '-' && word[1] && !str_eq(word, "--")) {
			at += takes_next(word);
			continue;
		}
		if (str_eq(word, "--") && at + 1 < parser->argc)
			word = parser->argv[at + 1];
		for (unsigned i = 0; i < COMMAND_COUNT; i++) {
			if (str_eq(command_table[i].name, word))
				parser->options->command = (enum command_id)i;
		}
		return;
	}
}

static bool parse_words(struct parser *parser)
{
	bool ended = false;

	look_for_command(parser);

	while (parser->at < parser->argc) {
		const char *word = parser->argv[parser->at++];

		if (!ended && str_eq(word, "--")) {
			ended = true;
		} else if (!ended && str_starts(word, "--")) {
			if (!parse_long(parser, word + 2))
				return false;
		} else if (!ended && word[0] == '-' && word[1]) {
			if (!parse_letters(parser, word + 1))
				return false;
		} else if (!parser->options->command_named) {
			if (!find_command(parser, word))
				return false;
		} else {
			parser->arguments[parser->argument_count++] = word;
		}
	}
	return true;
}

const char *command_argument(const struct command *command, size_t index, struct arena *arena)
{
	const char *at = command->arguments, *word = NULL;
	size_t length = 0;

	for (size_t i = 0; i <= index && *at; i++) {
		at += strspn(at, " [");
		word = at;
		length = strcspn(at, " .]");
		at += strcspn(at, " ");
		if (word[length] == '.')
			break;
		if (i < index)
			word = NULL;
	}
	return word ? arena_strndup(arena, word, length) : NULL;
}

/* Whether more than one thing of the line is to come from standard input, which can be read once. */
static bool shares_input(const struct options *options)
{
	const char *const named[] = { options->passwords, options->plan, options->from, options->servers,
				      options->facts };
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_LEN(named); i++)
		count += str_eq(named[i], "-");
	for (size_t i = 0; i < options->argument_count; i++)
		count += str_eq(options->arguments[i], "-");
	return count > 1;
}

/* What only the whole line can tell: the number of arguments, options of another command, a "-" too many. */
static bool check_line(struct parser *parser)
{
	const struct options *options = parser->options;
	const struct command *command = &command_table[options->command];

	for (unsigned i = 0; i < OPTION_ID_COUNT; i++) {
		if (parser->seen[i] && !harmless[i] && !(option_table[i].commands & (1u << options->command))) {
			strbuf_printf(parser->why, "\"%s\" takes no --%s", command->name, option_table[i].name);
			return false;
		}
	}
	if (options->argument_count < command->minimum)
		strbuf_printf(parser->why, "%s is missing: scupgrade %s %s",
			      command_argument(command, options->argument_count + (*command->arguments == '['),
					       parser->arena),
			      command->name, command->arguments);
	else if (options->argument_count > command->maximum)
		strbuf_printf(parser->why, "\"%s\" takes no further argument \"%s\"", command->name,
			      options->arguments[command->maximum]);
	else if (shares_input(options))
		strbuf_puts(parser->why, "\"-\" stands for standard input, which can be read only once");
	else
		return true;
	return false;
}

/* "help COMMAND" becomes "COMMAND --help". */
static bool read_help(struct parser *parser)
{
	struct options *options = parser->options;

	if (!check_line(parser))
		return false;
	options->command = COMMAND_WIZARD;
	options->command_named = false;
	return options->argument_count == 0 || find_command(parser, options->arguments[0]);
}

/* A code for each word, and one more for each comma. */
static size_t most_codes(int argc, const char *const *argv)
{
	size_t most = 0;

	for (int i = 0; i < argc; i++) {
		most++;
		for (const char *at = argv[i]; *at; at++)
			most += *at == ',';
	}
	return most;
}

enum options_result options_parse(struct options *options, int argc, const char *const *argv, struct arena *arena,
				  struct strbuf *why)
{
	size_t words = argc > 0 ? (size_t)argc : 1;
	struct parser parser = { .options = options, .arena = arena, .why = why, .argv = argv, .argc = argc, .at = 1 };

	*options = (struct options){ .command = COMMAND_WIZARD, .shell = SHELL_CMD };
	parser.arguments = arena_array(arena, words + 1, sizeof(*parser.arguments));
	parser.drives = arena_array(arena, words + 1, sizeof(*parser.drives));
	for (size_t i = 0; i < ARRAY_LEN(parser.codes); i++)
		parser.codes[i] = arena_array(arena, most_codes(argc, argv) + 1, sizeof(*parser.codes[i]));
	options->arguments = parser.arguments;
	bool fine = parse_words(&parser);
	options->argument_count = parser.argument_count;
	options->drives = parser.drives;
	options->select = parser.codes[0];
	options->ignore = parser.codes[1];
	/* Whoever asks for help gets it, whatever else the line says; but a misspelt option is told. */
	if (fine && parser.seen[OPTION_HELP])
		return OPTIONS_HELP;
	if (fine && parser.seen[OPTION_VERSION])
		return OPTIONS_VERSION;
	if (fine && options->command == COMMAND_HELP)
		return read_help(&parser) ? OPTIONS_HELP : OPTIONS_WRONG;
	return fine && check_line(&parser) ? OPTIONS_RUN : OPTIONS_WRONG;
}
