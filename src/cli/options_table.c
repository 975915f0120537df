/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The commands and options that there are, with their help and examples.
 */
#include "cli/options.h"

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
		"their own prerequisites. Its files go to contoso.facts for contoso.yaml, beside it. Of PLAN only "
		"the name counts: it is not read.",
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
