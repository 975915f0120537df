/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Command line parsing. getopt_long is not used: it keeps its state in globals, prints by itself, and knows no
 * "did you mean".
 */
#include "cli/options.h"

#include "core/text.h"

#define IN(command) (1u << COMMAND_##command)
#define EVERYWHERE ((1u << COMMAND_COUNT) - 1)
#define VOUCHING (IN(CONFIRM) | IN(ACKNOWLEDGE))
/* Commands whose result is a text that can go to a file. */
#define WITH_OUTPUT (EVERYWHERE & ~(IN(TRACK) | IN(MARK) | IN(COLLECT) | IN(SET) | VOUCHING | IN(HELP)))
/* Commands that warnings can refuse, and those among them that warn of prerequisites. */
#define WITH_WARNINGS                                                                                              \
	(WITH_PREREQUISITES | IN(STEPS) | IN(TRACK) | IN(MARK) | IN(STATUS) | IN(SET) | IN(NEW) | IN(NEXT))
#define WITH_PREREQUISITES (IN(CHECK) | IN(COMMAND) | IN(RENDER))
/* Commands that judge a plan or build from it. */
#define WITH_FACTS                                                                                                 \
	(VOUCHING | IN(WIZARD) | IN(CHECK) | IN(COMMAND) | IN(STEPS) | IN(RENDER) | IN(TRACK) | IN(MARK) | IN(STATUS))
#define ON_TERMINAL (IN(WIZARD) | IN(TRACK))

const struct option_row option_table[OPTION_ID_COUNT + 1] = {
	[OPTION_FORMAT] = { 'f', "format", "text|json", IN(COMMAND) | IN(STEPS) | IN(STATUS) | IN(FIELDS) |
		IN(DIAGNOSE) | IN(DIFF) | IN(PATH) | IN(SOURCES),
		"Format of the output; text is the default." },
	[OPTION_CHECK_FORMAT] = { 'f', "format", "text|json|sarif|github|junit", IN(CHECK),
		"Format of the output; text is the default. sarif is for code scanning, github for the log of a GitHub "
		"action, where findings stand beside the line, junit for build servers." },
	[OPTION_OUTPUT] = { 'o', "output", "FILE", WITH_OUTPUT,
		"Write the output to FILE, not to standard output. An existing file is not replaced without --force." },
	[OPTION_FORCE] = { 0, "force", NULL, WITH_OUTPUT,
		"Replace the file that --output names." },
	[OPTION_ANYWAY] = { 0, "anyway", NULL, IN(MARK) | IN(NEXT),
		"Skip or reset a step although others require it, which is recorded." },
	[OPTION_ADOPT] = { 0, "adopt", NULL, IN(MARK),
		"Use a record that was begun under another name for this plan, from now on." },
	[OPTION_ALL] = { 0, "all", NULL, IN(CHECK),
		"List every prerequisite that is not known, with how to find out; without it, one note counts them." },
	[OPTION_AFTER] = { 0, "after", NULL, IN(CHECK),
		"When all is done: compare the end state, by facts collected then, with what the plan promised." },
	[OPTION_QUIET] = { 'q', "quiet", NULL,
		IN(CHECK) | IN(COMMAND) | IN(STEPS) | IN(RENDER) | IN(NEW) | IN(MARK) | IN(STATUS),
		"Print errors only: no warnings and no notes." },
	[OPTION_SELECT] = { 0, "select", "CODE[,CODE...]", IN(CHECK),
		"Print and count only findings with these codes. May be repeated." },
	[OPTION_IGNORE] = { 0, "ignore", "CODE[,CODE...]", IN(CHECK),
		"Neither print nor count findings with these codes. May be repeated." },
	[OPTION_STRICT] = { 0, "strict", NULL, WITH_WARNINGS,
		"Warnings count as errors." },
	[OPTION_SHELL] = { 's', "shell", "cmd|powershell|argv", IN(WIZARD) | IN(COMMAND),
		"Write command lines for this shell, or as a JSON array of words; cmd is the default." },
	[OPTION_WAIT] = { 0, "wait", NULL, IN(COMMAND),
		"Write lines that wait for the end of the program and show its exit code." },
	[OPTION_PASSWORDS] = { 0, "passwords", "ask|FILE|-", IN(COMMAND),
		"Put passwords into the lines: asked for, or read from a YAML file that only you may read. Only to a "
		"terminal or, with --output, to a new file." },
	[OPTION_PLAIN] = { 'p', "plain", NULL, ON_TERMINAL,
		"Ask line by line: for screen readers, serial lines, scripts." },
	[OPTION_COLOR] = { 0, "color", "auto|always|never", ON_TERMINAL,
		"Color on the full screen; auto is the default and heeds NO_COLOR." },
	[OPTION_ASCII] = { 0, "ascii", NULL, ON_TERMINAL,
		"Draw the full screen with ASCII characters only." },
	[OPTION_MOUSE] = { 0, "mouse", NULL, ON_TERMINAL,
		"Start with the mouse switched on." },
	[OPTION_LICENSE] = { 0, "license", "FILE", IN(WIZARD),
		"A text file with the license terms of your media, shown on the license page." },
	[OPTION_DRIVE] = { 0, "drive", "C=FOLDER", IN(WIZARD),
		"Where a Windows drive can be reached from here, for Browse. May be repeated." },
	[OPTION_SERVER] = { 0, "server", "SERVER", IN(RENDER),
		"Only what is done on this server." },
	[OPTION_NOTE] = { 'n', "note", "TEXT", IN(MARK) | VOUCHING,
		"Why, or what was seen: one line, which stands in the record." },
	[OPTION_AGAINST] = { 0, "against-document", NULL, IN(ACKNOWLEDGE),
		"Accept what has failed by what a document states. The runbook shows it in red." },
	[OPTION_FACTS] = { 0, "facts", "DIR-OR-FILE", IN(COLLECT) | IN(NEW) | WITH_FACTS,
		"What the collector of \"facts-script\" wrote on the servers: one file, or a folder of them. "
		"Without it the folder beside the plan is read where there is one: contoso.facts for contoso.yaml." },
	[OPTION_FROM] = { 0, "from", "DIR-OR-FILE", IN(NEW) | IN(SET),
		"Take from what the collector wrote: servers, roles, accounts, databases and the like. Only what is "
		"empty is filled, and servers that are not in the plan are added." },
	[OPTION_SERVERS] = { 0, "servers", "FILE", IN(NEW),
		"Take the servers from a list of names or a CSV file with a header row." },
	[OPTION_PROBE] = { 0, "probe", "COMMAND", IN(WIZARD) | IN(CHECK) | IN(COMMAND),
		"Run by the shell for every server before the facts are read, with {server} replaced by its name." },
	[OPTION_NO_INPUT] = { 0, "no-input", NULL, ON_TERMINAL | IN(COMMAND),
		"Never ask anything: what would have to ask ends with status 2." },
	[OPTION_PLAN] = { 0, "plan", "PLAN", IN(DIAGNOSE),
		"The plan whose upgrade failed: its record tells which step the logs belong to." },
	[OPTION_STEP] = { 0, "step", "STEP", IN(DIAGNOSE),
		"The step that failed, where the record does not tell." },
	[OPTION_SETUP_CODE] = { 0, "setup-code", "NUMBER", IN(DIAGNOSE),
		"What setup or msiexec returned; also alone, without a log." },
	[OPTION_EXIT_CODE] = { 0, "exit-code", NULL, IN(STATUS),
		"End with status 1 when a step failed, for scripts and monitoring." },
	[OPTION_HELP] = { 'h', "help", NULL, EVERYWHERE, "Show this help." },
	[OPTION_VERSION] = { 'V', "version", NULL, EVERYWHERE, "Show the version." },
	[OPTION_ID_COUNT] = { 0, NULL, NULL, 0, NULL },
};

/* What an option does with some commands, where the help of its row is not the whole truth. */
static const struct {
	enum option_id option;
	unsigned commands;
	const char *help;
} own_help[] = {
	{ OPTION_OUTPUT, IN(WIZARD),
		"Write the command lines that stand at the end to FILE, not to standard output. An existing file is "
		"not replaced without --force." },
	{ OPTION_OUTPUT, IN(RENDER),
		"Write the output to FILE, not to standard output; some formats are a folder. What exists is not "
		"replaced without --force." },
	{ OPTION_FORCE, IN(WIZARD) | IN(COMMAND),
		"Replace the file that --output names. Never for a file with passwords." },
	{ OPTION_FORCE, IN(RENDER), "Replace the file or the folder that --output names." },
	{ OPTION_ANYWAY, IN(NEXT), "Make the plan although the record has open steps." },
	{ OPTION_STRICT, WITH_PREREQUISITES, "Warnings count as errors, and so do prerequisites that are not known." },
	{ OPTION_NOTE, VOUCHING, "Why, or what was seen: one line, which stands in the plan." },
	{ OPTION_FACTS, IN(COLLECT),
		"The folder that the facts go to. Without it that beside the plan: contoso.facts for contoso.yaml." },
	{ OPTION_FACTS, IN(NEW),
		"Compare the answers with these facts: one file, or a folder of them. Without it the folder beside "
		"the file of --output is read where there is one." },
	{ OPTION_FACTS, IN(MARK) | IN(TRACK) | IN(STATUS),
		"What the collector of \"facts-script\" wrote on the servers, with what scripts recorded there: one "
		"file, or a folder of them. Without it the folder beside the plan is read where there is one: "
		"contoso.facts for contoso.yaml." },
};

const char *option_help(const struct option_row *row, enum command_id command)
{
	for (size_t i = 0; i < ARRAY_LEN(own_help); i++) {
		if (&option_table[own_help[i].option] == row && own_help[i].commands & 1u << command)
			return own_help[i].help;
	}
	return row->help;
}

/* What other commands take as well, without a word: it may stand in an alias for all of them. */
static const bool harmless[OPTION_ID_COUNT] = {
	[OPTION_PLAIN] = true, [OPTION_COLOR] = true, [OPTION_ASCII] = true, [OPTION_NO_INPUT] = true,
};

static const char *const wizard_examples[] = { "", "wizard contoso.yaml", "wizard --plain contoso.yaml", NULL };
static const char *const check_examples[] = { "check contoso.yaml", "check --all --ignore pending-reboot contoso.yaml",
	"check --strict --format json *.yaml", "check --after --facts contoso.after contoso.yaml", NULL };
static const char *const command_examples[] = { "command contoso.yaml", "command contoso.yaml MS01",
	"command --wait contoso.yaml MS01", "command --shell powershell contoso.yaml MS01", NULL };
static const char *const steps_examples[] = { "steps contoso.yaml", "steps --format json contoso.yaml", NULL };
static const char *const track_examples[] = { "track contoso.yaml", "track --plain contoso.yaml", NULL };
static const char *const mark_examples[] = { "mark contoso.yaml back-up-database done",
	"mark contoso.yaml review-event-logs@MS01 started",
	"mark contoso.yaml clean-up-entity-log skipped --note '12 rows only'", NULL };
static const char *const status_examples[] = { "status contoso.yaml", "status --format json contoso.yaml",
	"status --exit-code contoso.yaml", NULL };
static const char *const set_examples[] = { "set contoso.yaml agents.push-installed=1200",
	"set contoso.yaml 'servers[MS02].roles=management-server'",
	"set contoso.yaml --from contoso.facts", NULL };
static const char *const confirm_examples[] = {
	"confirm contoso.yaml operating-system --note 'as in the inventory'", NULL };
static const char *const acknowledge_examples[] = {
	"acknowledge contoso.yaml pending-reboot MS02 --note 'at 22:00'",
	"acknowledge contoso.yaml dotnet --against-document --note lab", NULL };
static const char *const new_examples[] = {
	"new operations-manager --from contoso.facts -o contoso.yaml",
	"new operations-manager \\\n"
	"      management-group=CONTOSO license-accepted=true \\\n"
	"      'accounts.data-access.user=CONTOSO\\svc-das' \\\n"
	"      'accounts.data-reader.user=CONTOSO\\svc-reader' \\\n"
	"      servers=MS01:management-server+operations-console -o contoso.yaml", NULL };
static const char *const facts_script_examples[] = { "facts-script -o collect-facts.ps1",
	"facts-script contoso.yaml", NULL };
static const char *const collect_examples[] = { "collect contoso.yaml", "collect contoso.yaml MS01 MS02", NULL };
static const char *const path_examples[] = { "path operations-manager 2016 2025", "path 2012-r2 2019",
	"path --format json operations-manager 2019 2022", NULL };
static const char *const sources_examples[] = { "sources", "sources tls", "sources 'pre-upgrade tasks, task 9'",
	"sources --format json", NULL };
static const char *const next_examples[] = { "next contoso.yaml -o contoso-2019.yaml", NULL };
static const char *const diff_examples[] = { "diff contoso.yaml contoso-new.yaml",
	"diff --format json contoso.yaml contoso-2019.yaml", NULL };
static const char *const render_examples[] = { "render html -o contoso.html contoso.yaml",
	"render markdown contoso.yaml", "render dot contoso.yaml | dot -Tsvg -o contoso.svg", NULL };
static const char *const schema_examples[] = { "schema -o plan.schema.json", NULL };
static const char *const diagnose_examples[] = { "diagnose OpsMgrSetupWizard.log",
	"diagnose logs/ --plan contoso.yaml --setup-code -17", "diagnose --setup-code 1618", NULL };
static const char *const completion_examples[] = { "completion bash >>~/.bash_completion",
	"completion zsh >~/.zsh/_scupgrade", "completion fish >~/.config/fish/completions/scupgrade.fish",
	NULL };
static const char *const help_examples[] = { "help", "help check", NULL };
static const char *const fields_examples[] = { "fields operations-manager", "fields --format json", NULL };

const struct command command_table[] = {
	[COMMAND_WIZARD] = { "wizard", "[PLAN]", 0, 1, "Step through the pages (default)",
		"Opens PLAN if it exists, else starts a new plan. Draws on the terminal itself; standard output gets "
		"the command lines once the wizard is finished.", wizard_examples },
	[COMMAND_CHECK] = { "check", "PLAN...", 1, ARGUMENTS_ANY, "Check plans for errors and warnings",
		"Prints findings as a compiler does: file:line:column: severity: key: text [code]. Errors come "
		"first, then warnings, then notes; what is not known yet is one note.",
		check_examples },
	[COMMAND_COMMAND] = { "command", "PLAN [SERVER...]", 1, ARGUMENTS_ANY, "Print the command lines, in order",
		"With a SERVER prints its command lines and nothing else; without one those of every server, each "
		"below a comment. Refuses while the plan has errors or a prerequisite has failed. Passwords stand as "
		"<password> unless asked for.",
		command_examples },
	[COMMAND_STEPS] = { "steps", "PLAN", 1, 1, "Print the steps of the upgrade, in order",
		"Prints every step with what it waits for, why it stands where it stands, and how to see that it "
		"worked.",
		steps_examples },
	[COMMAND_TRACK] = { "track", "PLAN", 1, 1, "Keep a checklist of the steps",
		"Shows every step with its state, what it waits for and what is next; every change is recorded at "
		"once in PLAN.journal, which several people may share. A terminal that cannot be drawn on gets it "
		"line by line.", track_examples },
	[COMMAND_MARK] = { "mark", "PLAN STEP STATE", 3, 3, "Record what was done with a step",
		"STATE is started, done, failed, skipped, reset, or noted for a note alone. Refuses what may not be: a "
		"step whose required steps are not done, a skip without --note. --anyway skips what others require, "
		"and is recorded.", mark_examples },
	[COMMAND_STATUS] = { "status", "PLAN", 1, 1, "Show what is done and what may start",
		"Reads the record beside the plan, PLAN.journal. The JSON form is for monitoring.", status_examples },
	[COMMAND_SET] = { "set", "PLAN [KEY=VALUE...]", 1, ARGUMENTS_ANY, "Change answers of a plan without the wizard",
		"KEY is a key of the plan file; an empty VALUE takes an answer back. servers[MS01].roles=... changes "
		"one server, servers[MS01]= takes it out, and servers=NAME:ROLE adds one, as other keys that hold "
		"rows do. Refuses a change that would add a mistake, and a file that somebody else changed "
		"in the meantime.", set_examples },
	[COMMAND_CONFIRM] = { "confirm", "PLAN CHECK [SERVER...]", 2, ARGUMENTS_ANY,
		"Vouch for what is not known",
		"CHECK is what stands in brackets behind a finding of \"check --all\". Without a SERVER it is "
		"confirmed on every server where it is not known now, and on none that comes later. Your name, the "
		"day and the note are kept in the plan.", confirm_examples },
	[COMMAND_ACKNOWLEDGE] = { "acknowledge", "PLAN CHECK [SERVER...]", 2, ARGUMENTS_ANY,
		"Accept a warning, with a reason",
		"CHECK is what stands in brackets behind a finding of \"check\". The warning is accepted as it was "
		"found, without a SERVER on every server that has it open now. Your name, the day and the "
		"note are kept in the plan.", acknowledge_examples },
	[COMMAND_NEW] = { "new", "PRODUCT [KEY=VALUE...]", 1, ARGUMENTS_ANY, "Make a plan without the wizard",
		"KEY is a key of the plan file (see \"scupgrade fields\"). A key that holds rows, such as servers, is "
		"given once for each row: servers=NAME:ROLE+ROLE,COLUMN=VALUE... with ,, for a comma in a value. "
		"Nothing is written when there is an error.", new_examples },
	[COMMAND_FIELDS] = { "fields", "[PRODUCT]", 0, 1, "List every page and field",
		"Lists what can be answered: key, kind, rule, default, page and help.", fields_examples },
	[COMMAND_FACTS_SCRIPT] = { "facts-script", "[PLAN]", 0, 1, "Print the collector of facts (PowerShell)",
		"Prints a script that only reads; start it with: powershell -NoProfile -ExecutionPolicy Bypass -File "
		"FILE. "
		"One run on one management server collects what the group knows; run it on the other servers for "
		"their own prerequisites. Its files go to contoso.facts for contoso.yaml, beside it.",
		facts_script_examples },
	[COMMAND_COLLECT] = { "collect", "PLAN [SERVER...]", 1, ARGUMENTS_ANY,
		"Collect the facts of the servers (on Windows only)",
		"Runs the collector through Windows PowerShell: on this computer or, by PowerShell's remoting, on the "
		"others. The facts go to the folder beside the plan, contoso.facts for contoso.yaml, or to that of "
		"--facts. A server that fails keeps the facts that it had.",
		collect_examples },
	[COMMAND_PATH] = { "path", "[PRODUCT] FROM TO", 1, 3, "Show the hops from one release to another",
		"For each hop: the level that its source needs, what has to change before and after it (Windows, SQL "
		"Server, drivers, agents), until when its target is supported, and the source of each. Without a "
		"PRODUCT the roads of both, release by release, Service Management Automation first.",
		path_examples },
	[COMMAND_NEXT] = { "next", "PLAN", 1, 1, "Make the plan of the next hop",
		"Moves the releases on, toward the goal if the plan has one. Servers, accounts and databases stay; "
		"confirmations, acknowledgments and what was decided for this hop alone do not. Refuses while the "
		"record has open steps.",
		next_examples },
	[COMMAND_DIFF] = { "diff", "PLAN PLAN", 2, 2, "Show what differs between two plans",
		"Compares the answers and the steps that follow from them: removed (-), new (+), changed (~) or moved "
		"(>). Neither plan has to be finished.",
		diff_examples },
	[COMMAND_SOURCES] = { "sources", "[WORD]", 0, 1, "List the documents that all of this is known from",
		"Each document with its title, the day of the text that was read, its address, and by what words the "
		"tables call it. With WORD only those that have it in their title, name or address, that a "
		"prerequisite, step or key of this name rests on, or that a source in a runbook leads to.",
		sources_examples },
	[COMMAND_RENDER] = { "render", "FORMAT PLAN", 2, 2, "Write the plan as a runbook or for programs",
		"FORMAT is text, markdown or html for the runbook (every step with its reason, what to run, how to see "
		"that it worked and a place to sign), csv for a checklist, json for other programs, dot for Graphviz. "
		"These are made to be run: commands, the lines as a text; powershell, one script for all servers; and, "
		"as a folder named with --output, command-files for each server, sql, and ansible for a playbook. "
		"Those refuse while a prerequisite has failed, all while the plan has errors. No format holds a "
		"password.",
		render_examples },
	[COMMAND_SCHEMA] = { "schema", "", 0, 0, "Print the JSON Schema of plan files",
		"For editors that complete and check YAML while it is typed. Only \"check\" knows the rules across "
		"fields.", schema_examples },
	[COMMAND_DIAGNOSE] = { "diagnose", "[LOG...]", 0, ARGUMENTS_ANY, "Find out from its logs why setup failed",
		"Reads the logs that setup, the packages and pushed agents leave (files, folders, - for standard "
		"input), and says what decided, what it means, what to do, and what becomes of the step. Secrets in "
		"lines that are shown are masked.",
		diagnose_examples },
	[COMMAND_COMPLETION] = { "completion", "bash|zsh|fish", 1, ARGUMENTS_ANY,
		"Print the completion script for a shell",
		"Prints a script with which the shell completes commands, options and their values, and, from the "
		"plan on the line, servers, steps, keys and codes. \"make install\" installs it where each shell "
		"looks.",
		completion_examples },
	[COMMAND_HELP] = { "help", "[COMMAND]", 0, 1, "Show this help, or that of a command",
		"Prints the same as \"scupgrade COMMAND --help\".", help_examples },
	{ NULL, NULL, 0, 0, NULL, NULL, NULL },
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
