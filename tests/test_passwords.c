/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Tests of passwords: files, findings without a byte of a password, and what the shells can carry.
 */
#include "helpers.h"

#include <sys/stat.h>

#include "pipeline/passwords.h"
#define DEMO_REGISTER
#include "test_flow.h"

static const char plan_text[] =
	"scupgrade: 1\nproduct: demonstration\ngroup: CONTOSO\nbatches: 2\n"
	"accounts: { main: { user: 'CONTOSO\\main' }, reader: { user: 'CONTOSO\\r' } }\n";

struct fixture {
	char *folder;
	char path[256];
	struct plan *plan;
	struct passwords *passwords;
};

static int set_up(void **state)
{
	struct fixture *fixture = xcalloc(1, sizeof(*fixture));

	fixture->folder = scratch_folder();
	snprintf(fixture->path, sizeof(fixture->path), "%s/passwords.yaml", fixture->folder);
	fixture->plan = demo_plan(plan_text);
	fixture->passwords = passwords_new();
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	passwords_free(fixture->passwords);
	plan_free(fixture->plan);
	scratch_remove(fixture->folder);
	free(fixture);
	return 0;
}

static void write_passwords(struct fixture *fixture, const char *text, mode_t mode)
{
	write_whole_file(fixture->path, text, strlen(text));
	assert_int_equal(chmod(fixture->path, mode), 0);
}

static const char *exposed(const struct passwords *passwords, const char *account)
{
	const struct secret *secret = passwords_lookup(passwords, account);

	return secret ? secret_expose(secret) : NULL;
}

static void test_passwords_read__private_file__fills_the_secrets(void **state)
{
	struct fixture *fixture = *state;
	struct diags diags = DIAGS_INIT;

	assert_null(passwords_lookup(fixture->passwords, "accounts.main"));
	assert_int_equal(secret_length(passwords_secret(fixture->passwords, "accounts.main")), 0);
	assert_null(passwords_lookup(fixture->passwords, "accounts.main"));
	write_passwords(
		fixture,
		"# mine\naccounts.main.password: 'it''s: x'\naccounts.reader.password: \"Gr\xC3\xBC\xC3\x9F\"\n", 0600);
	assert_true(passwords_read(fixture->passwords, fixture->plan, fixture->path, &diags));
	assert_findings("fine", "", &diags);
	assert_text("main", "it's: x", exposed(fixture->passwords, "accounts.main"));
	assert_text("reader", "Gr\xC3\xBC\xC3\x9F", exposed(fixture->passwords, "accounts.reader"));
	assert_ptr_equal(passwords_secret(fixture->passwords, "accounts.main"),
			 passwords_lookup(fixture->passwords, "accounts.main"));
}

static void test_passwords_read__file_that_others_may_read__is_refused(void **state)
{
	static const mode_t modes[] = { 0640, 0604, 0620, 0666 };
	struct fixture *fixture = *state;
	struct diags diags = DIAGS_INIT;

	for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
		write_passwords(fixture, "accounts.main.password: x\naccounts.reader.password: y\n", modes[i]);
		assert_false(passwords_read(fixture->passwords, fixture->plan, fixture->path, &diags));
		assert_findings("mode", "0:0 error passwords-file", &diags);
		assert_null(passwords_lookup(fixture->passwords, "accounts.main"));
	}
	assert_int_equal(remove(fixture->path), 0);
	assert_false(passwords_read(fixture->passwords, fixture->plan, fixture->path, &diags));
	assert_findings("missing", "0:0 error passwords-file", &diags);
}

struct faulty {
	const char *label, *text, *expected;
};

/* Every password here has "Canary" in it, and no finding may have. */
static void test_passwords_read__faults__are_found_and_never_show_a_password(void **state)
{
	static const struct faulty cases[] = {
		{ "one missing", "accounts.main.password: Canary\n",
		  "0:0 error accounts.reader.password passwords-missing" },
		{ "unknown", "accounts.main.password: Canary\naccounts.raeder.password: Canary\n",
		  "2:1 error passwords-unknown\n0:0 error accounts.reader.password passwords-missing" },
		{ "empty", "accounts.main.password: ''\naccounts.reader.password: Canary\n",
		  "1:1 error accounts.main.password passwords-missing" },
		{ "twice",
		  "accounts.main.password: Canary\naccounts.main.password: Canary2\naccounts.reader.password: Canary\n",
		  "2:1 error accounts.main.password yaml-duplicate-key" },
		{ "nested", "accounts: { main: { password: Canary } }\n", "1:11 error wrong-kind" },
		{ "list", "- Canary\n", "1:1 error wrong-kind" },
		{ "not a mapping", "Canary\n", "1:1 error wrong-kind" },
		{ "broken quote", "accounts.main.password: 'Canary\n", "1:25 error yaml-syntax" },
		{ "alias", "accounts.main.password: *Canary\n", "1:25 error yaml-alias" },
		{ "tab", "accounts.main.password: \"Canary\\tx\"\n", "1:32 error yaml-character" },
		{ "shells", "accounts.main.password: 'Canary\"x'\naccounts.reader.password: Canary\n",
		  "1:1 warning accounts.main.password password-shell\n1:1 warning accounts.main.password "
		  "password-characters" },
		{ "nothing", "",
		  "0:0 error accounts.main.password passwords-missing\n"
		  "0:0 error accounts.reader.password passwords-missing" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct passwords *passwords = passwords_new();
		struct strbuf all = STRBUF_INIT;
		struct diags diags = DIAGS_INIT;
		bool ok;

		write_passwords(fixture, cases[i].text, 0600);
		ok = passwords_read(passwords, fixture->plan, fixture->path, &diags);
		assert_labelled(cases[i].label, ok == (diags.errors == 0));
		for (size_t n = 0; n < diags.count; n++)
			diag_format(&all, &diags.items[n]);
		assert_labelled(cases[i].label, !strstr(strbuf_text(&all), "Canary"));
		assert_findings(cases[i].label, cases[i].expected, &diags);
		strbuf_clear(&all);
		passwords_free(passwords);
	}
}

static void test_passwords_read__account_that_does_not_apply__is_neither_wanted_nor_kept(void **state)
{
	struct fixture *fixture = *state;
	struct diags diags = DIAGS_INIT;

	field_store(&demo_kind, fixture->plan, &fixture->plan->answers->record, "local-system", NULL);
	write_passwords(fixture, "accounts.reader.password: x\n", 0600);
	assert_true(passwords_read(fixture->passwords, fixture->plan, fixture->path, &diags));
	assert_findings("not wanted", "", &diags);
	write_passwords(fixture, "accounts.reader.password: x\naccounts.main.password: y\n", 0600);
	assert_true(passwords_read(fixture->passwords, fixture->plan, fixture->path, &diags));
	assert_findings("not used", "2:1 warning accounts.main.password passwords-unused", &diags);
	assert_null(passwords_lookup(fixture->passwords, "accounts.main"));
}

static void add_key(const struct account *account, void *data)
{
	strbuf_printf(data, "%s ", account->key);
}

static void test_passwords_needed__accounts_that_apply__come_in_table_order(void **state)
{
	struct fixture *fixture = *state;
	struct strbuf keys = STRBUF_INIT;

	passwords_needed(fixture->plan, add_key, &keys);
	assert_text("both", "accounts.main accounts.reader ", strbuf_text(&keys));
	strbuf_reset(&keys);
	field_store(&demo_kind, fixture->plan, &fixture->plan->answers->record, "local-system", NULL);
	passwords_needed(fixture->plan, add_key, &keys);
	assert_text("one", "accounts.reader ", strbuf_text(&keys));
	strbuf_clear(&keys);
}

static void test_password_check__character_classes__have_their_findings(void **state)
{
	static const struct faulty cases[] = {
		{ "plain", "Correct-Horse 7!", "" },
		{ "empty", "", "" },
		{ "double quote", "a\"b", "warning password-shell\nwarning password-characters\n" },
		{ "two percent signs", "a%b%c", "warning password-shell\n" },
		{ "one percent sign", "a%b", "" },
		{ "documented characters", "a&b|c", "warning password-characters\n" },
		{ "round brackets", "(x)", "warning password-characters\n" },
		{ "slash first", "/abc", "warning password-ends\n" },
		{ "slash within", "a/bc", "" },
		{ "backslash last", "abc\\", "warning password-ends\n" },
		{ "line feed", "a\nb", "error password-control\n" },
		{ "escape", "a\x1B", "error password-control\n" },
		{ "C1", "a\xC2\x9B", "error password-control\n" },
		{ "not UTF-8", "a\xFF", "error password-control\n" },
		{ "letters of the world", "\xC3\xA4\xE4\xB8\xAD", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct secret *secret = secret_new();
		struct diags diags = DIAGS_INIT;
		struct report report = { .diags = &diags };
		char *actual;
		bool ok;

		assert_true(secret_set(secret, cases[i].text, strlen(cases[i].text)));
		ok = password_check(secret, &report);
		actual = findings_text(&diags);
		assert_text(cases[i].label, cases[i].expected, actual ? actual : "");
		assert_labelled(cases[i].label, ok == (diags.errors == 0));
		free(actual);
		diags_clear(&diags);
		secret_free(secret);
	}
}

static void test_password_check__finding__names_shell_and_class_only(void **state)
{
	struct secret *secret = secret_new();
	struct diags diags = DIAGS_INIT;
	struct report report = { .diags = &diags };

	(void)state;
	assert_true(secret_set(secret, "Canary%x%", 9));
	assert_true(password_check(secret, &report));
	assert_text("text", "The command prompt (cmd) cannot carry this password: it has more than one percent sign.",
		    diags.items[0].text);
	diags_clear(&diags);
	secret_free(secret);
}

#define WITH_FILE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FILE(test_passwords_read__private_file__fills_the_secrets),
		WITH_FILE(test_passwords_read__file_that_others_may_read__is_refused),
		WITH_FILE(test_passwords_read__faults__are_found_and_never_show_a_password),
		WITH_FILE(test_passwords_read__account_that_does_not_apply__is_neither_wanted_nor_kept),
		WITH_FILE(test_passwords_needed__accounts_that_apply__come_in_table_order),
		TEST(test_password_check__character_classes__have_their_findings),
		TEST(test_password_check__finding__names_shell_and_class_only),
	};

	return run_tests(tests);
}
