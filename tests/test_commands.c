/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of the commands in the process, with streams in memory. The program as a whole is tested by cli.sh.
 */
#include "helpers.h"

#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands.h"

#define WORDS_MAX 24

struct run {                                /* one run of the program: what it is given, what it did */
	char *folder;                       /* scratch */
	const char *input;                  /* standard input; NULL: empty */
	bool terminal;                      /* all three streams are one */
	const char *term;
	bool accessible;
	full_screen_fn *full_screen;
	int status;
	char *out, *err;
};

static int set_up(void **state)
{
	struct run *run = xcalloc(1, sizeof(*run));

	run->folder = scratch_folder();
	*state = run;
	return 0;
}

static int tear_down(void **state)
{
	struct run *run = *state;

	scratch_remove(run->folder);
	free(run->out);
	free(run->err);
	free(run);
	return 0;
}

/* PATH below the scratch folder; borrowed until the program ends. */
static const char *in_folder(struct run *run, const char *name)
{
	static char paths[4][4096];
	static unsigned next;
	char *path = paths[next++ % ARRAY_LEN(paths)];

	snprintf(path, sizeof(paths[0]), "%s/%s", run->folder, name);
	return path;
}

static void run_session(struct run *run, const struct options *options)
{
	size_t out_length, err_length;
	struct session session = {
		.options = options, .in_terminal = run->terminal, .out_terminal = run->terminal,
		.err_terminal = run->terminal,
		.term = run->term, .accessible = run->accessible, .full_screen = run->full_screen, .width = 80,
	};

	free(run->out);
	free(run->err);
	session.in = tmpfile();
	session.out = open_memstream(&run->out, &out_length);
	session.err = open_memstream(&run->err, &err_length);
	assert_non_null(session.in);
	assert_non_null(session.out);
	assert_non_null(session.err);
	if (run->input)
		fputs(run->input, session.in);
	rewind(session.in);
	run->status = command_run(&session);
	fclose(session.in);
	fclose(session.out);
	fclose(session.err);
}

/* Runs the command line WORDS (NULL-terminated, without the program's name). */
static void run_words(struct run *run, const char *const *words)
{
	struct arena *arena = arena_new();
	struct strbuf why = STRBUF_INIT;
	struct options options;
	const char *argv[WORDS_MAX + 2] = { "scupgrade" };
	int argc = 1;

	for (; words[argc - 1]; argc++) {
		assert_true(argc < WORDS_MAX);
		argv[argc] = words[argc - 1];
	}
	assert_int_equal(options_parse(&options, argc, argv, arena, &why), OPTIONS_RUN);
	run_session(run, &options);
	strbuf_clear(&why);
	arena_free(arena);
}

#define RUN(run, ...) run_words(run, (const char *const[]){ __VA_ARGS__, NULL })

static void assert_has(const char *text, const char *part)
{
	if (strstr(text, part))
		return;
	print_error("not there: %s\nin: %s\n", part, text);
	fail();
}

static void assert_lacks(const char *text, const char *part)
{
	if (!strstr(text, part))
		return;
	print_error("there: %s\nin: %s\n", part, text);
	fail();
}

/* The plan that most tests use, at PATH. */
static void make_plan(struct run *run, const char *path)
{
	RUN(run, "new", "operations-manager", "management-group=CONTOSO", "license-accepted=true",
	    "accounts.data-access.user=CONTOSO\\svc-das", "accounts.data-reader.user=CONTOSO\\svc-reader",
	    "servers=MS01:management-server+operations-console", "servers=MS02:management-server+acs-collector",
	    "servers=GW01:gateway", "-o", path);
	assert_text("err", "", run->err);
	assert_int_equal(run->status, EXIT_FINE);
}

#define MS_LINE \
	"setup.exe /silent /upgrade /AcceptEndUserLicenseAgreement:1 /DASAccountUser:CONTOSO\\svc-das " \
	"/DASAccountPassword:<password> /DataReaderUser:CONTOSO\\svc-reader /DataReaderPassword:<password>\n"

/* ---- new ---- */

static void test_command_new__good_answers__is_what_the_plan_reader_takes(void **state)
{
	struct run *run = *state;
	const char *path = in_folder(run, "plan.yaml");
	struct diags diags = DIAGS_INIT;
	struct strbuf again = STRBUF_INIT;
	struct plan *plan = NULL;
	struct stat about;

	make_plan(run, path);
	assert_text("out", "", run->out);
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	assert_int_equal(plan_load(path, &plan, NULL, &diags), LOAD_OK);
	assert_int_equal(diags.count, 0);
	assert_int_equal(plan_server_count(plan), 3);
	char *bytes = read_whole_file(path, NULL);
	plan_format(plan, &again);
	assert_text("canonical", bytes, strbuf_text(&again));
	free(bytes);
	strbuf_clear(&again);
	plan_free(plan);
	diags_clear(&diags);
}

static void test_command_new__wrong_answers__are_named_and_nothing_is_written(void **state)
{
	static const struct {
		const char *argument, *finding;
	} cases[] = {
		{ "managment-group=X", "error: managment-group: There is no such key. [unknown-key]" },
		{ "managment-group=X", "Did you mean management-group?" },
		{ "accounts.data-access.password=geheim",
		  "error: accounts.data-access.password: A plan never holds a password. [secret-in-plan]" },
		{ "product=operations-manager",
		  "error: product: The product of a plan is chosen when it is made. [argument-form]" },
		{ "connectors=perhaps", "error: connectors: " },
		{ "connectors=perhaps", "[flag-form]" },
		{ "license-accepted=false", "license-accepted: The key is given twice. [duplicate-key]" },
		{ "agents.push-installed=many", "[number-form]" },
		{ "servers=MS09:management-sever", "error: servers[2].roles: \"management-sever\"" },
		{ "servers=MS09:gateway,web-sll=true",
		  "error: servers[2].web-sll: There is no such key. [unknown-key]" },
		{ "servers=MS09:gateway,gateway",
		  "error: servers: \"gateway\" is not of the form COLUMN=VALUE. [argument-form]" },
		{ "servers=MS09:gateway,name=MS10", "error: servers[2].name: The key is given twice. [duplicate-key]" },
		{ "servers=MS09:gateway,server-password=geheim", "[secret-in-plan]" },
	};
	struct run *run = *state;
	const char *path = in_folder(run, "never.yaml");

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		RUN(run, "new", "operations-manager", "license-accepted=true", "servers=MS01:management-server",
		    cases[i].argument, "-o", path);
		assert_int_equal(run->status, EXIT_PLAN);
		assert_has(run->err, cases[i].finding);
		assert_lacks(run->err, "geheim");
		assert_int_equal(access(path, F_OK), -1);
		assert_text(cases[i].argument, "", run->out);
	}
}

static void test_command_new__rows__take_names_lists_and_commas(void **state)
{
	struct run *run = *state;

	RUN(run, "new", "operations-manager", "management-group=CONTOSO", "license-accepted=true",
	    "accounts.data-access.user=CONTOSO\\a", "accounts.data-reader.user=CONTOSO\\b",
	    "servers=roles=management-server+acs-collector,name=MS01",
	    "servers=WEB01:web-console,web-ssl=false,web-authorization=network",
	    "confirmed=database-backup,by=CONTOSO\\anna,on=2026-11-20,note=restored,, a=b,,");
	assert_text("err", "", run->err);
	assert_int_equal(run->status, EXIT_FINE);
	assert_has(run->out, "{ name: 'MS01', roles: ['management-server', 'acs-collector'] }\n");
	assert_has(run->out, "web-site: 'Default Web Site', web-ssl: false, web-authorization: 'network' }\n");
	assert_has(run->out, "by: 'CONTOSO\\anna', 'on': '2026-11-20', note: 'restored, a=b,' }\n");
}

static void test_command_new__wrong_use__is_status_2(void **state)
{
	struct run *run = *state;

	RUN(run, "new", "operations-manger", "a=b");
	assert_int_equal(run->status, EXIT_USE);
	assert_has(run->err, "did you mean operations-manager?");
	RUN(run, "new", "operations-manager", "geheim");
	assert_int_equal(run->status, EXIT_USE);
	assert_text("not repeated", "scupgrade: argument 2 of \"new\" is not of the form KEY=VALUE\n", run->err);
}

static void test_emit__existing_file__is_replaced_only_by_force(void **state)
{
	struct run *run = *state;
	const char *path = in_folder(run, "fields.txt");

	write_whole_file(path, "mine", 4);
	RUN(run, "fields", "-o", path);
	assert_int_equal(run->status, EXIT_USE);
	assert_has(run->err, "--force replaces it");
	char *bytes = read_whole_file(path, NULL);
	assert_text("untouched", "mine", bytes);
	free(bytes);
	RUN(run, "fields", "-o", path, "--force");
	assert_int_equal(run->status, EXIT_FINE);
	bytes = read_whole_file(path, NULL);
	assert_has(bytes, "management-group");
	free(bytes);
	RUN(run, "fields", "-o", in_folder(run, "no/such/folder"));
	assert_int_equal(run->status, EXIT_USE);
	RUN(run, "fields", "-o", "-");
	assert_int_equal(run->status, EXIT_FINE);
	assert_has(run->out, "management-group");
}

/* ---- check ---- */

static void test_command_check__statuses__follow_the_findings(void **state)
{
	struct run *run = *state;
	const char *good = in_folder(run, "good.yaml"), *bad = in_folder(run, "bad.yaml");

	make_plan(run, good);
	RUN(run, "check", good);
	assert_int_equal(run->status, EXIT_FINE);
	assert_has(run->out, ":1:1: note: prerequisites: ");
	assert_has(run->out, "are not known; run ");
	assert_has(run->err, ": no errors, ");
	RUN(run, "check", "--strict", good);
	assert_int_equal(run->status, EXIT_PLAN);
	assert_has(run->out, ":1:1: error: prerequisites: ");
	RUN(run, "check", "--all", good);
	assert_int_equal(run->status, EXIT_FINE);
	assert_has(run->out, "note: prerequisites: Memory: not known on ");
	assert_has(run->out, "Run the collector there");
	assert_lacks(run->out, "[prerequisites-unknown]");
	RUN(run, "check", "--quiet", good);
	assert_text("quiet", "", run->out);
	assert_text("quiet", "", run->err);
	RUN(run, "check", "--all", "--strict", "--select", "memory,winrm", "--ignore=winrm", good);
	assert_int_equal(run->status, EXIT_PLAN);
	assert_has(run->out, "error: prerequisites: Memory: not known on ");
	assert_int_equal(strchr(run->out, '[') == strrchr(run->out, '['), true);
	RUN(run, "check", "--strict", "--ignore", "prerequisites-unknown", good);
	assert_int_equal(run->status, EXIT_FINE);
	write_whole_file(bad, "scupgrade: 1\nproduct: operations-manager\nmangement-group: X\n", 57);
	RUN(run, "check", bad);
	assert_int_equal(run->status, EXIT_PLAN);
	assert_has(run->out, "bad.yaml:3:1: error: mangement-group: ");
	assert_lacks(run->out, "no errors");
	RUN(run, "check", in_folder(run, "missing.yaml"));
	assert_int_equal(run->status, EXIT_USE);
	assert_text("out", "", run->out);
	assert_has(run->err, "missing.yaml: there is no such file");
	RUN(run, "check", run->folder);
	assert_int_equal(run->status, EXIT_USE);
	RUN(run, "check", in_folder(run, "missing.yaml"), bad, good);
	assert_int_equal(run->status, EXIT_USE);
	assert_has(run->out, "good.yaml");
	assert_has(run->out, "bad.yaml");
}

static void test_command_check__findings__are_sorted_by_place(void **state)
{
	static const char text[] = "scupgrade: 1\nproduct: operations-manager\nbogus: 1\nlicense-accepted: true\n"
				   "management-group: 'A<B'\nservers:\n"
				   "  - { name: 'MS01', roles: [management-server], color: red }\n";
	struct run *run = *state;
	const char *path = in_folder(run, "bad.yaml");
	unsigned before = 0, rank_before = 0, seen = 0;

	write_whole_file(path, text, sizeof(text) - 1);
	RUN(run, "check", path);
	for (const char *at = run->out; (at = strstr(at, "bad.yaml:")); seen++) {
		const char *word;
		unsigned line = (unsigned)strtoul(at += strlen("bad.yaml:"), NULL, 10), rank = 2;

		word = strchr(at, ' ');
		rank = str_starts(word, " error") ? 0 : str_starts(word, " warning") ? 1 : 2;
		assert_true(line >= 1 && rank >= rank_before);
		assert_true(line >= before || rank > rank_before);
		before = line;
		rank_before = rank;
	}
	assert_true(seen >= 3);
}

static void test_command_check__json__is_one_array_of_all_plans(void **state)
{
	struct run *run = *state;
	const char *one = in_folder(run, "one.yaml"), *two = in_folder(run, "two.yaml");

	make_plan(run, one);
	make_plan(run, two);
	RUN(run, "check", "--format=json", one, two);
	assert_int_equal(run->status, EXIT_FINE);
	assert_int_equal(run->out[0], '[');
	assert_text("end", "\n]\n", run->out + strlen(run->out) - 3);
	assert_has(run->out, "one.yaml\", \"line\": ");
	assert_has(run->out, "two.yaml\", \"line\": 1, \"column\": 1");
	assert_lacks(run->out, "\"file\": null");
	assert_null(strstr(run->out + 1, "\n["));
}

/* ---- command ---- */

static void test_command_command__one_server__is_its_line_and_nothing_else(void **state)
{
	struct run *run = *state;
	const char *path = in_folder(run, "plan.yaml");

	make_plan(run, path);
	RUN(run, "command", path, "ms01");
	assert_int_equal(run->status, EXIT_FINE);
	assert_text("MS01", MS_LINE, run->out);
	RUN(run, "command", path, "MS02");
	assert_text("MS02", MS_LINE, run->out);
	assert_has(run->err, "MS02 also has steps without a command line");
	assert_has(run->err, "upgrade-acs-collector");
}

static void test_command_command__several_servers__keeps_the_order_of_the_steps(void **state)
{
	struct run *run = *state;
	const char *path = in_folder(run, "plan.yaml");

	make_plan(run, path);
	RUN(run, "command", path, "GW01", "MS01");
	assert_int_equal(run->status, EXIT_FINE);
	assert_true(str_starts(run->out, MS_LINE));
	assert_true(str_starts(run->out + strlen(MS_LINE), "msiexec /i MOMGateway.msi "));
}

static void test_command_command__all_servers__has_a_comment_before_each_line(void **state)
{
	struct run *run = *state;
	const char *path = in_folder(run, "plan.yaml");
	size_t comments = 0, lines = 0;

	make_plan(run, path);
	RUN(run, "command", path);
	assert_int_equal(run->status, EXIT_FINE);
	for (const char *at = run->out; *at; at = strchr(at, '\n') + 1) {
		if (str_starts(at, "setup.exe ") || str_starts(at, "msiexec "))
			lines++;
		else
			comments++;
	}
	assert_int_equal(lines, 3);
	assert_true(comments >= lines);
}

static void test_command_command__argv_and_json__are_json(void **state)
{
	struct run *run = *state;
	const char *path = in_folder(run, "plan.yaml");

	make_plan(run, path);
	RUN(run, "command", "--shell=argv", path, "GW01");
	assert_true(str_starts(run->out, "[\"msiexec\",\"/i\","));
	RUN(run, "command", "--format=json", path, "GW01");
	assert_true(str_starts(run->out, "[\n{\"id\": \"upgrade-gateway@GW01\", \"server\": \"GW01\", "
					 "\"shell\": \"cmd\", \"line\": \"msiexec"));
}

static void test_command_command__refusals__print_no_line(void **state)
{
	struct run *run = *state;
	const char *path = in_folder(run, "plan.yaml"), *bad = in_folder(run, "bad.yaml");

	make_plan(run, path);
	RUN(run, "command", path, "MS03");
	assert_int_equal(run->status, EXIT_USE);
	assert_has(run->err, "the plan has no server \"MS03\"; did you mean MS01?");
	assert_text("unknown server", "", run->out);
	RUN(run, "command", "--strict", path);
	assert_int_equal(run->status, EXIT_PLAN);
	assert_text("strict", "", run->out);
	write_whole_file(bad, "scupgrade: 1\nproduct: operations-manager\n", 41);
	RUN(run, "command", bad);
	assert_int_equal(run->status, EXIT_PLAN);
	assert_has(run->err, "so no command line is shown");
	assert_text("errors", "", run->out);
	RUN(run, "command", in_folder(run, "missing.yaml"));
	assert_int_equal(run->status, EXIT_USE);
}

static void write_passwords(const char *path)
{
	static const char text[] = "accounts.data-access.password: 'ge heim1'\n"
				   "accounts.data-reader.password: 'geheim2'\n";

	write_whole_file(path, text, sizeof(text) - 1);
	assert_int_equal(chmod(path, 0600), 0);
}

static void test_command_command__passwords__go_to_a_new_private_file_only(void **state)
{
	struct run *run = *state;
	const char *path = in_folder(run, "plan.yaml"), *secrets = in_folder(run, "passwords");
	const char *out = in_folder(run, "line");
	struct stat about;

	make_plan(run, path);
	write_passwords(secrets);
	RUN(run, "command", "--passwords", secrets, path, "MS01");
	assert_int_equal(run->status, EXIT_USE);
	assert_text("not a terminal", "", run->out);
	assert_has(run->err, "standard output is neither");
	RUN(run, "command", "--passwords", secrets, "-o", out, path, "MS01");
	assert_int_equal(run->status, EXIT_FINE);
	assert_text("out", "", run->out);
	assert_has(run->err, "event 4688");
	assert_lacks(run->err, "heim");
	assert_int_equal(stat(out, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	char *bytes = read_whole_file(out, NULL);
	assert_has(bytes, "/DASAccountPassword:\"ge heim1\" ");
	assert_has(bytes, "/DataReaderPassword:geheim2\n");
	free(bytes);
	RUN(run, "command", "--passwords", secrets, "-o", out, "--force", path, "MS01");
	assert_int_equal(run->status, EXIT_USE);
	assert_has(run->err, "passwords go to a new file only");
}

static void test_command_command__passwords_on_a_terminal__are_in_the_line(void **state)
{
	struct run *run = *state;
	const char *path = in_folder(run, "plan.yaml"), *secrets = in_folder(run, "passwords");

	make_plan(run, path);
	write_passwords(secrets);
	run->terminal = true;
	RUN(run, "command", "--passwords", secrets, path, "MS01");
	assert_int_equal(run->status, EXIT_FINE);
	assert_has(run->out, "/DataReaderPassword:geheim2\n");
	assert_int_equal(chmod(secrets, 0644), 0);
	RUN(run, "command", "--passwords", secrets, path, "MS01");
	assert_int_equal(run->status, EXIT_USE);
	assert_text("readable by others", "", run->out);
}

static void test_command_command__contradicting_options__are_wrong_use(void **state)
{
	struct run *run = *state;
	const char *path = in_folder(run, "plan.yaml");

	make_plan(run, path);
	run->terminal = true;
	RUN(run, "command", "--passwords=ask", "--no-input", path);
	assert_int_equal(run->status, EXIT_USE);
	assert_has(run->err, "--no-input forbids it");
}

/* ---- steps, fields ---- */

static void test_command_steps__json__has_exactly_the_documented_keys(void **state)
{
	static const char *const keys[] = { "id", "phase", "server", "title", "kind", "words", "text", "requires",
					    "follows", "why", "verify", "source" };
	struct run *run = *state;
	const char *path = in_folder(run, "plan.yaml");

	make_plan(run, path);
	RUN(run, "steps", "--format=json", path);
	assert_int_equal(run->status, EXIT_FINE);
	char *line = strchr(run->out, '{');
	assert_non_null(line);
	*strchr(line, '\n') = '\0';
	const char *at = line;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct strbuf member = STRBUF_INIT;

		strbuf_printf(&member, "%s\"%s\": ", i ? ", " : "{", keys[i]);
		at = strstr(at, strbuf_text(&member));
		assert_labelled(keys[i], at != NULL);
		strbuf_clear(&member);
	}
	assert_has(line, "\"id\": \"");
}

static void test_command_steps__text__says_what_waits_for_what(void **state)
{
	struct run *run = *state;
	const char *path = in_folder(run, "plan.yaml");

	make_plan(run, path);
	RUN(run, "steps", path);
	assert_int_equal(run->status, EXIT_FINE);
	assert_has(run->out, "[upgrade-management-server@MS02]\n      on: MS02\n      run: setup.exe ");
	const char *second = strstr(run->out, "[upgrade-management-server@MS02]");
	const char *requires = strstr(second, "      requires: ");
	assert_non_null(requires);
	const char *first = strstr(requires, "upgrade-management-server@MS01");
	assert_true(first && first < strstr(requires, "      why: "));
}

static void test_command_fields__both_forms__have_every_key_of_every_flow(void **state)
{
	struct run *run = *state;
	const struct flow *flow;

	RUN(run, "fields");
	char *text = strdup(run->out);
	RUN(run, "fields", "--format", "json");
	for (size_t i = 0; (flow = flow_at(i)); i++) {
		for (const struct field *const *field = flow->fields; *field; field++) {
			struct strbuf wanted = STRBUF_INIT;

			strbuf_printf(&wanted, "\n  %s\n", (*field)->key);
			assert_has(text, strbuf_text(&wanted));
			strbuf_reset(&wanted);
			strbuf_printf(&wanted, "\"key\": \"%s\", ", (*field)->key);
			assert_has(run->out, strbuf_text(&wanted));
			strbuf_clear(&wanted);
		}
	}
	assert_has(run->out, "\"key\": \"servers[].name\", ");
	free(text);
	RUN(run, "fields", "operations-manager");
	assert_lacks(run->out, "admin-group-members");
	RUN(run, "fields", "operations");
	assert_int_equal(run->status, EXIT_USE);
}

/* ---- wizard ---- */

static enum front_result front_without_terminal(struct wizard *wizard, const struct options *options, int *signal,
						const char **why)
{
	(void)wizard;
	(void)options;
	(void)signal;
	*why = "the terminal cannot be opened";
	return FRONT_NO_TERMINAL;
}

static enum front_result front_finished(struct wizard *wizard, const struct options *options, int *signal,
					const char **why)
{
	(void)wizard;
	(void)options;
	(void)signal;
	(void)why;
	return FRONT_FINISHED;
}

/* Saves what is there, and leaves. */
static enum front_result front_saved(struct wizard *wizard, const struct options *options, int *signal,
				     const char **why)
{
	struct strbuf note = STRBUF_INIT;

	(void)options;
	(void)signal;
	(void)why;
	assert_int_equal(wizard_save(wizard, &note), WIZARD_SAVED);
	strbuf_clear(&note);
	return FRONT_LEFT;
}

static enum front_result front_left(struct wizard *wizard, const struct options *options, int *signal, const char **why)
{
	(void)wizard;
	(void)options;
	(void)signal;
	(void)why;
	return FRONT_LEFT;
}

static enum front_result front_by_signal(struct wizard *wizard, const struct options *options, int *signal,
					 const char **why)
{
	(void)wizard;
	(void)options;
	(void)why;
	*signal = 15;
	return FRONT_SIGNAL;
}

static void test_command_wizard__without_a_terminal__ends_with_2(void **state)
{
	static const struct {
		const char *label, *term;
		full_screen_fn *full_screen;
		bool accessible;
	} cases[] = {
		{ "no device", "xterm", front_without_terminal, false },
		{ "TERM unset", NULL, front_finished, false },
		{ "TERM dumb", "dumb", front_finished, false },
		{ "no full-screen wizard in this build", "xterm", NULL, false },
		{ "ACCESSIBLE", "xterm", front_finished, true },
	};
	struct run *run = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		run->term = cases[i].term;
		run->full_screen = cases[i].full_screen;
		run->accessible = cases[i].accessible;
		RUN(run, "wizard");
		assert_labelled(cases[i].label, run->status == EXIT_USE);
		assert_text(cases[i].label, "", run->out);
		assert_has(run->err, "the wizard needs a terminal");
	}
}

static void test_command_wizard__statuses__follow_the_front_end(void **state)
{
	struct run *run = *state;
	const char *path = in_folder(run, "plan.yaml");

	make_plan(run, path);
	run->term = "xterm";
	run->full_screen = front_finished;
	RUN(run, "wizard", path);
	assert_int_equal(run->status, EXIT_FINE);
	assert_has(run->out, MS_LINE);
	run->full_screen = front_left;
	RUN(run, "wizard", path);
	assert_int_equal(run->status, EXIT_LEFT);
	assert_text("out", "", run->out);
	assert_has(run->err, "left without finishing. Go on with: scupgrade wizard ");
	assert_null(strstr(run->err, "written: "));
	run->full_screen = front_saved;
	RUN(run, "wizard", path);
	assert_int_equal(run->status, EXIT_LEFT);
	assert_has(run->err, "written: ");
	assert_has(run->err, "plan.yaml\n");
	run->full_screen = front_by_signal;
	RUN(run, "wizard", path);
	assert_int_equal(run->status, EXIT_BY_SIGNAL + 15);
	assert_text("out", "", run->out);
}

static void test_command_wizard__what_it_cannot_do__is_said_before_anything_is_drawn(void **state)
{
	struct run *run = *state;
	const char *bad = in_folder(run, "bad.yaml");

	run->term = "xterm";
	run->full_screen = front_finished;
	RUN(run, "wizard", "--no-input");
	assert_int_equal(run->status, EXIT_USE);
	RUN(run, "wizard", "-");
	assert_int_equal(run->status, EXIT_USE);
	RUN(run, "wizard", run->folder);
	assert_int_equal(run->status, EXIT_USE);
	write_whole_file(bad, "a: &x 1\n", 8);
	RUN(run, "wizard", bad);
	assert_int_equal(run->status, EXIT_PLAN);
	assert_has(run->err, "[yaml-anchor]");
}

static void test_command_wizard__plain_with_no_answers__leaves(void **state)
{
	struct run *run = *state;

	RUN(run, "--plain");
	assert_int_equal(run->status, EXIT_LEFT);
	assert_text("out", "", run->out);
	assert_has(run->err, "left without finishing");
}

static void test_accessible_is_on__values__are_told_apart(void **state)
{
	(void)state;
	assert_false(accessible_is_on(NULL));
	assert_false(accessible_is_on(""));
	assert_false(accessible_is_on("0"));
	assert_false(accessible_is_on("False"));
	assert_true(accessible_is_on("1"));
	assert_true(accessible_is_on("yes"));
}

/* ---- messages ---- */

static void test_say__hostile_words__are_shown_harmless(void **state)
{
	struct run *run = *state;

	RUN(run, "check", "\x1b]0;x\x07\xe2\x80\xae.yaml");
	assert_int_equal(run->status, EXIT_USE);
	assert_text("message", "scupgrade: \\u{001B}]0;x\\u{0007}\\u{202E}.yaml: there is no such file\n", run->err);
}

#define COMMAND_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		COMMAND_TEST(test_command_new__good_answers__is_what_the_plan_reader_takes),
		COMMAND_TEST(test_command_new__wrong_answers__are_named_and_nothing_is_written),
		COMMAND_TEST(test_command_new__rows__take_names_lists_and_commas),
		COMMAND_TEST(test_command_new__wrong_use__is_status_2),
		COMMAND_TEST(test_emit__existing_file__is_replaced_only_by_force),
		COMMAND_TEST(test_command_check__statuses__follow_the_findings),
		COMMAND_TEST(test_command_check__findings__are_sorted_by_place),
		COMMAND_TEST(test_command_check__json__is_one_array_of_all_plans),
		COMMAND_TEST(test_command_command__one_server__is_its_line_and_nothing_else),
		COMMAND_TEST(test_command_command__several_servers__keeps_the_order_of_the_steps),
		COMMAND_TEST(test_command_command__all_servers__has_a_comment_before_each_line),
		COMMAND_TEST(test_command_command__argv_and_json__are_json),
		COMMAND_TEST(test_command_command__refusals__print_no_line),
		COMMAND_TEST(test_command_command__passwords__go_to_a_new_private_file_only),
		COMMAND_TEST(test_command_command__passwords_on_a_terminal__are_in_the_line),
		COMMAND_TEST(test_command_command__contradicting_options__are_wrong_use),
		COMMAND_TEST(test_command_steps__json__has_exactly_the_documented_keys),
		COMMAND_TEST(test_command_steps__text__says_what_waits_for_what),
		COMMAND_TEST(test_command_fields__both_forms__have_every_key_of_every_flow),
		COMMAND_TEST(test_command_wizard__without_a_terminal__ends_with_2),
		COMMAND_TEST(test_command_wizard__statuses__follow_the_front_end),
		COMMAND_TEST(test_command_wizard__what_it_cannot_do__is_said_before_anything_is_drawn),
		COMMAND_TEST(test_command_wizard__plain_with_no_answers__leaves),
		TEST(test_accessible_is_on__values__are_told_apart),
		COMMAND_TEST(test_say__hostile_words__are_shown_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
