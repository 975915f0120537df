/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The Ansible folder: its files, and that a plan's values are nothing but values in them. What Ansible itself makes
 * of it is tested by ansible.sh.
 */
#include "render_fixture.h"

#define HOSTILE "K%02uK ' \" {{ lookup(\"pipe\", \"id\") }} {%% x %%} !x &a *b : # - [a] \\ K%02uK"

struct rendered {
	struct plan *plan;
	struct arena *arena;
	struct sequence sequence;
	struct render_folder folder;
	struct diags diags;
	bool fine;
};

static void render(struct rendered *rendered)
{
	rendered->arena = arena_new();
	rendered->sequence = sequence_build(rendered->plan, rendered->arena);
	struct render_input input = { .plan = rendered->plan, .sequence = &rendered->sequence };

	rendered->fine = render_ansible(&input, &rendered->folder, &rendered->diags);
}

static void render_again(struct rendered *rendered)
{
	render_folder_clear(&rendered->folder);
	arena_free(rendered->arena);
	render(rendered);
}

static struct rendered render_file(const char *name)
{
	struct rendered rendered = { .plan = NULL };
	const char *path = source_path(name);

	assert_int_equal(plan_load(path, &rendered.plan, NULL, &rendered.diags), LOAD_OK);
	rendered.plan->file = "plan.yaml";
	render(&rendered);
	assert_labelled(name, rendered.fine && rendered.diags.count == 0);
	return rendered;
}

static void rendered_clear(struct rendered *rendered)
{
	render_folder_clear(&rendered->folder);
	diags_clear(&rendered->diags);
	arena_free(rendered->arena);
	plan_free(rendered->plan);
}

static const char *file_text(const struct rendered *rendered, const char *name)
{
	for (size_t i = 0; i < rendered->folder.count; i++) {
		if (str_eq(rendered->folder.items[i].name, name))
			return strbuf_text(&rendered->folder.items[i].text);
	}
	assert_labelled(name, false);
	return NULL;
}

/* The same for every plan: the small flow's golden file has it. */
static bool is_constant(const char *name)
{
	return str_starts(name, "tasks/") || str_starts(name, "filter_plugins/") || str_starts(name, "windows/");
}

/* The other files as one text, each behind a line with its name. */
static void join(const struct rendered *rendered, struct strbuf *out)
{
	for (size_t i = 0; i < rendered->folder.count; i++) {
		const struct render_file *file = &rendered->folder.items[i];

		if (!is_constant(file->name))
			strbuf_printf(out, "==== %s\n%s", file->name, strbuf_text(&file->text));
	}
}

static void test_render_ansible__documented_plans__are_the_golden_files(void **state)
{
	static const struct {
		const char *plan, *golden;
	} cases[] = {
		{ "tests/plans/om.yaml", "tests/expected/render-om.ansible" },
		{ "tests/plans/sma.yaml", "tests/expected/render-sma.ansible" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct rendered rendered = render_file(cases[i].plan);
		struct strbuf first = STRBUF_INIT, second = STRBUF_INIT;

		join(&rendered, &first);
		render_again(&rendered);
		join(&rendered, &second);
		assert_text(cases[i].plan, strbuf_text(&first), strbuf_text(&second));
		fixture_golden(cases[i].golden, strbuf_text(&first));
		strbuf_clear(&first);
		strbuf_clear(&second);
		rendered_clear(&rendered);
	}
}

static void test_render_ansible__files__say_where_they_come_from(void **state)
{
	static const char *const names[] = { "site.yml", "inventory.yml", "group_vars/all.yml", "README.md" };
	struct rendered rendered = render_file("tests/plans/om.yaml");
	struct digest digest = plan_digest(rendered.plan);
	char hex[65];

	(void)state;
	digest_text(&digest, hex);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *text = file_text(&rendered, names[i]);

		assert_labelled(names[i], strstr(text, hex) && strstr(text, "scupgrade " PACKAGE_VERSION));
	}
	for (size_t i = 0; i < rendered.folder.count; i++) {
		const struct render_file *file = &rendered.folder.items[i];

		assert_labelled(file->name, file->text.length && file->text.data[file->text.length - 1] == '\n');
		for (size_t j = 0; j < i; j++)
			assert_labelled(file->name, !str_eq(file->name, rendered.folder.items[j].name));
	}
	rendered_clear(&rendered);
}

static void make_hostile(struct plan *plan, const struct field *const *columns, struct record *record, unsigned *number)
{
	for (; *columns; columns++) {
		if ((*columns)->kind != FIELD_TEXT || (*columns)->offset == FIELD_NO_MEMBER ||
		    str_eq((*columns)->key, "name"))
			continue;
		*field_text_at(*columns, record) = arena_printf(plan->arena, HOSTILE, *number, *number);
		++*number;
	}
}

/* The mark stands in an unsafe scalar of one line, or in a file that Ansible only reads. */
static void check_marks(const struct render_file *file, unsigned end, unsigned *used)
{
	for (unsigned number = 10; number < end; number++) {
		char mark[16];
		const char *at = strbuf_text(&file->text);

		snprintf(mark, sizeof(mark), "K%02uK", number);
		for (; (at = strstr(at, mark)); at += strlen(mark)) {
			const char *line = at, *literal;

			if (str_starts(file->name, "files/"))
				continue;
			while (line > strbuf_text(&file->text) && line[-1] != '\n')
				line--;
			literal = strstr(line, "!unsafe '");
			assert_labelled(mark, literal && literal < at);
			for (literal += strlen("!unsafe '"); literal < at; literal++) {
				/* Only a doubled quote before it: the scalar has not ended. */
				if (*literal == '\'')
					assert_labelled(mark, *++literal == '\'');
			}
			++*used;
		}
	}
}

static void test_render_ansible__hostile_values__are_unsafe_scalars_alone(void **state)
{
	static const char *const plans[] = { "tests/plans/om.yaml", "tests/plans/sma.yaml" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(plans); i++) {
		struct rendered rendered = render_file(plans[i]);
		struct plan *plan = rendered.plan;
		unsigned end = 10, used = 0;

		make_hostile(plan, plan->flow->fields, &plan->answers->record, &end);
		for (size_t j = 0; j < plan_server_count(plan); j++)
			make_hostile(plan, plan->flow->servers->columns, plan->answers->servers.items[j], &end);
		/* No program of this name can be, and no computer: neither is what this test is about. */
		for (const struct field *const *field = plan->flow->fields; *field; field++) {
			if (strstr((*field)->key, "folder") || str_eq((*field)->key, "media"))
				*field_text_at(*field, &plan->answers->record) = "C:\\K99K {{ x }} 'y'";
			if (strstr((*field)->key, "management-server"))
				*field_text_at(*field, &plan->answers->record) = "MS01";
		}
		render_again(&rendered);
		assert_labelled(plans[i], rendered.fine);
		for (size_t j = 0; j < rendered.folder.count; j++)
			check_marks(&rendered.folder.items[j], 100, &used);
		assert_labelled(plans[i], used >= 6);
		rendered_clear(&rendered);
	}
}

static void test_render_ansible__hosts_that_are_none__are_refused(void **state)
{
	static const char *const names[] = { "MS01[1:3]", "MS01:&all", "{{ x }}", "a b", "localhost", "'" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct rendered rendered = render_file("tests/plans/om.yaml");
		char *findings;

		((struct server *)rendered.plan->answers->servers.items[0])->name = names[i];
		plan_names_changed(rendered.plan);
		render_again(&rendered);
		assert_labelled(names[i], !rendered.fine && rendered.folder.count == 0);
		findings = findings_text(&rendered.diags);
		assert_labelled(findings, strstr(findings, " host-form\n") != NULL);
		free(findings);
		rendered_clear(&rendered);
	}
}

/* A place in the playbook, as text. */
static size_t place_of(const char *site, const char *text)
{
	const char *at = strstr(site, text);

	assert_labelled(text, at != NULL);
	return (size_t)(at - site);
}

static void test_render_ansible__management_servers__the_first_alone_then_one_by_one(void **state)
{
	struct rendered rendered = render_file("tests/plans/om.yaml");
	const char *site = file_text(&rendered, "site.yml"), *inventory = file_text(&rendered, "inventory.yml");
	size_t first = place_of(site, "hosts: upgrade_management_server_first\n");
	size_t others = place_of(site, "hosts: upgrade_management_server_others\n");
	size_t serial = place_of(site, "  serial: 1\n");
	size_t gateway = place_of(site, "hosts: upgrade_gateway\n");
	const char *waits = strstr(inventory, "    upgrade_gateway:\n");

	(void)state;
	assert_true(first < others && others < serial && serial < gateway);
	/* Gateways of a failover pair are never down together. */
	assert_true(str_starts(strchr(site + gateway, '\n') + 1, "  gather_facts: false\n  any_errors_fatal: true\n"
								 "  serial: 1\n"));
	assert_non_null(waits);
	assert_non_null(strstr(waits, "          - 'upgrade-management-server@MS01'\n"));
	rendered_clear(&rendered);
}

/* A console stops nobody else; a management server stops all. */
static void test_render_ansible__failures__stop_what_needs_the_step(void **state)
{
	struct rendered rendered = render_file("tests/plans/om.yaml");
	const char *site = file_text(&rendered, "site.yml");
	const char *console = site + place_of(site, "hosts: upgrade_operations_console\n");

	(void)state;
	assert_non_null(strstr(console, "rescue:"));
	assert_true(strstr(console, "any_errors_fatal") > strstr(console, "rescue:"));
	rendered_clear(&rendered);
}

/* The folder and the digests are those of the PowerShell script. */
static void test_render_ansible__records__are_those_of_the_script(void **state)
{
	struct rendered rendered = render_file("tests/plans/om.yaml");
	struct render_input input = { .plan = rendered.plan, .sequence = &rendered.sequence };
	const char *inventory = file_text(&rendered, "inventory.yml"), *record, *end;
	struct strbuf script = STRBUF_INIT, key = STRBUF_INIT;

	(void)state;
	assert_true(render_powershell(&input, &script, &rendered.diags));
	record = strstr(file_text(&rendered, "group_vars/all.yml"), "scupgrade_record: !unsafe ");
	assert_non_null(record);
	record += strlen("scupgrade_record: !unsafe ");
	end = strchr(record, '\n');
	strbuf_printf(&key, "$RecordKey = %.*s\r\n", (int)(end - record), record);
	assert_non_null(strstr(strbuf_text(&script), strbuf_text(&key)));
	for (size_t i = 0; i < rendered.sequence.count; i++) {
		char digest[17], line[64];

		step_digest(&rendered.sequence.items[i], digest);
		snprintf(line, sizeof(line), "_digest: '%s'\n", digest);
		assert_labelled(rendered.sequence.items[i].id, strstr(inventory, line) != NULL);
	}
	strbuf_clear(&script);
	strbuf_clear(&key);
	rendered_clear(&rendered);
}

/* Whatever has a password is an expression; where it runs it is neither logged nor a parameter, which is kept. */
static void test_render_ansible__passwords__come_from_the_vault(void **state)
{
	struct rendered rendered = render_file("tests/plans/om.yaml");
	const char *program = file_text(&rendered, "tasks/program.yml");
	const char *words = strstr(program, "scupgrade_words");
	const char *inventory = file_text(&rendered, "inventory.yml"), *at = inventory;
	size_t count = 0;

	(void)state;
	assert_non_null(words);
	assert_true(strstr(program, "  environment:\n    SCUPGRADE_LINE: '{{ scupgrade_words") < words);
	assert_null(strstr(words + 1, "scupgrade_words"));
	assert_non_null(strstr(words, "  no_log: true\n"));
	while ((at = strstr(at, "Password:"))) {
		assert_true(str_starts(at, "Password:\" ~ scupgrade_argv_accounts_data_"));
		at++;
		count++;
	}
	assert_true(count >= 2);
	rendered_clear(&rendered);
}

static void test_render_ansible__shared_texts__are_one_file(void **state)
{
	struct rendered rendered = render_file("tests/plans/sma.yaml");
	const char *inventory = file_text(&rendered, "inventory.yml");

	(void)state;
	assert_non_null(strstr(file_text(&rendered, "files/capture-settings.ps1"), "RunbookWorker"));
	assert_null(strstr(file_text(&rendered, "files/capture-settings.ps1"), "smaAdminGroup"));
	assert_non_null(strstr(inventory, "        'WRK01':\n        'WRK02':\n        'WEB01':\n"
					  "          capture_settings_digest: "));
	assert_non_null(strstr(inventory, "          capture_settings_text: capture-settings-3.ps1\n"));
	assert_non_null(strstr(file_text(&rendered, "files/capture-settings-3.ps1"), "smaAdminGroup"));
	rendered_clear(&rendered);
}

/* The first one waits for other things, and each that differs from it has what differs alone. */
static void test_render_ansible__step_of_the_same_host__is_said_once_for_all(void **state)
{
	struct rendered rendered = render_file("tests/plans/eight-servers.yaml");
	const char *inventory = file_text(&rendered, "inventory.yml");

	(void)state;
	assert_int_equal(count_of(inventory, "start_services_requires:"), 3);
	assert_non_null(strstr(inventory, "          start_services_requires:\n"
					  "            - 'stop-services@{{ inventory_hostname }}'\n"
					  "            - 'upgrade-management-server@{{ inventory_hostname }}'\n"));
	assert_int_equal(count_of(inventory, "restore_registry_values_requires:"), 1);
	rendered_clear(&rendered);
}

static void test_folder_renderer_find__names__are_those_of_the_table(void **state)
{
	(void)state;
	assert_ptr_equal(folder_renderer_find("ansible"), &folder_renderers[0]);
	assert_null(folder_renderer_find("html"));
	assert_null(folder_renderer_find(""));
	for (const struct folder_renderer *folder = folder_renderers; folder->name; folder++)
		assert_null(renderer_find(folder->name));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_render_ansible__documented_plans__are_the_golden_files),
		TEST(test_render_ansible__files__say_where_they_come_from),
		TEST(test_render_ansible__hostile_values__are_unsafe_scalars_alone),
		TEST(test_render_ansible__hosts_that_are_none__are_refused),
		TEST(test_render_ansible__management_servers__the_first_alone_then_one_by_one),
		TEST(test_render_ansible__failures__stop_what_needs_the_step),
		TEST(test_render_ansible__records__are_those_of_the_script),
		TEST(test_render_ansible__passwords__come_from_the_vault),
		TEST(test_render_ansible__shared_texts__are_one_file),
		TEST(test_render_ansible__step_of_the_same_host__is_said_once_for_all),
		TEST(test_folder_renderer_find__names__are_those_of_the_table),
	};

	return run_tests(tests);
}
