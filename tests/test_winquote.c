/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Command lines: exact texts, the table of what each shell carries, and passwords.
 */
#include "helpers.h"

#include "core/text.h"
#include "quoted_lines.h"

static void assert_line(const char *label, const struct command_words *command, enum shell shell,
			const struct password_source *passwords, const char *expected)
{
	struct result result = make_line(command, shell, passwords);

	assert_text(label, "", result.findings);
	assert_text(label, expected, strbuf_text(&result.line));
	result_clear(&result);
}

/* One password for every account. */
static const struct secret *lookup_same(const void *data, const char *account)
{
	assert_non_null(account);
	return data;
}

static struct secret *new_secret(const char *text)
{
	struct secret *secret = secret_new();

	assert_true(secret_set(secret, text, strlen(text)));
	return secret;
}

#define OM_WORDS \
	{ WORD_PLAIN, NULL, "/silent", NULL }, \
	{ WORD_PLAIN, NULL, "/upgrade", NULL }, \
	{ WORD_COLON, "AcceptEndUserLicenseAgreement", "1", NULL }, \
	{ WORD_COLON, "DASAccountUser", "CONTOSO\\svc-das", NULL }, \
	{ WORD_COLON, "DASAccountPassword", NULL, "accounts.data-access" }, \
	{ WORD_COLON, "DataReaderUser", "CONTOSO\\svc-reader", NULL }, \
	{ WORD_COLON, "DataReaderPassword", NULL, "accounts.data-reader" }

static const struct word om_words[] = { { WORD_PLAIN, NULL, "setup.exe", NULL }, OM_WORDS };
static const struct word om_long_words[] = {
	{ WORD_PLAIN, NULL, "D:\\SCOM 2016\\setup.exe", NULL }, OM_WORDS,
	{ WORD_COLON, "InstallPath", "E:\\System Center", NULL },
};
static const struct word sma_words[] = {
	{ WORD_PLAIN, NULL, "msiexec", NULL },
	{ WORD_PLAIN, NULL, "/i", NULL },
	{ WORD_PLAIN, NULL, "D:\\SMA media\\WorkerInstaller.msi", NULL },
	{ WORD_PLAIN, NULL, "/qn", NULL },
	{ WORD_PLAIN, NULL, "/l*v", NULL },
	{ WORD_PLAIN, NULL, "C:\\Logs\\worker.log", NULL },
	{ WORD_PROPERTY, "CREATEDATABASE", "No", NULL },
	{ WORD_PROPERTY, "SQLSERVER", "SQL01, 1433", NULL },
	{ WORD_PROPERTY, "INSTALLFOLDER", "E:\\SMA\\", NULL },
	{ WORD_PROPERTY, "AcceptEndUserLicenseAgreement", "1", NULL },
	{ WORD_PROPERTY, "SERVICEACCOUNT", "CONTOSO\\svc-sma", NULL },
	{ WORD_PROPERTY, "SERVICEPASSWORD", NULL, "accounts.service" },
};

static const struct command_words om = { om_words, ARRAY_LEN(om_words), READER_ARGV };
static const struct command_words om_long = { om_long_words, ARRAY_LEN(om_long_words), READER_ARGV };
static const struct command_words sma = { sma_words, ARRAY_LEN(sma_words), READER_MSI };

static void test_winquote_line__management_server__is_the_documented_line(void **state)
{
	(void)state;
	assert_line("bare program", &om, SHELL_CMD, NULL,
		    "setup.exe /silent /upgrade /AcceptEndUserLicenseAgreement:1 /DASAccountUser:CONTOSO\\svc-das "
		    "/DASAccountPassword:<password> /DataReaderUser:CONTOSO\\svc-reader "
		    "/DataReaderPassword:<password>");
	assert_line("full path and location", &om_long, SHELL_CMD, NULL,
		    "\"D:\\SCOM 2016\\setup.exe\" /silent /upgrade /AcceptEndUserLicenseAgreement:1 "
		    "/DASAccountUser:CONTOSO\\svc-das /DASAccountPassword:<password> "
		    "/DataReaderUser:CONTOSO\\svc-reader /DataReaderPassword:<password> "
		    "/InstallPath:\"E:\\System Center\"");
	assert_line("powershell", &om_long, SHELL_POWERSHELL, NULL,
		    "Start-Process -Wait -FilePath 'D:\\SCOM 2016\\setup.exe' -ArgumentList ("
		    "'/silent /upgrade /AcceptEndUserLicenseAgreement:1 /DASAccountUser:CONTOSO\\svc-das "
		    "/DASAccountPassword:' + <password> + ' /DataReaderUser:CONTOSO\\svc-reader "
		    "/DataReaderPassword:' + <password> + ' /InstallPath:\"E:\\System Center\"')");
	assert_line("powershell, a placeholder last", &om, SHELL_POWERSHELL, NULL,
		    "Start-Process -Wait -FilePath '.\\setup.exe' -ArgumentList ("
		    "'/silent /upgrade /AcceptEndUserLicenseAgreement:1 /DASAccountUser:CONTOSO\\svc-das "
		    "/DASAccountPassword:' + <password> + ' /DataReaderUser:CONTOSO\\svc-reader "
		    "/DataReaderPassword:' + <password>)");
	assert_line("argv", &om_long, SHELL_ARGV, NULL,
		    "[\"D:\\\\SCOM 2016\\\\setup.exe\",\"/silent\",\"/upgrade\",\"/AcceptEndUserLicenseAgreement:1\","
		    "\"/DASAccountUser:CONTOSO\\\\svc-das\",\"/DASAccountPassword:<password>\","
		    "\"/DataReaderUser:CONTOSO\\\\svc-reader\",\"/DataReaderPassword:<password>\","
		    "\"/InstallPath:E:\\\\System Center\"]");
}

static void test_winquote_line__runbook_worker__quotes_public_properties(void **state)
{
	(void)state;
	assert_line("cmd", &sma, SHELL_CMD, NULL,
		    "msiexec /i \"D:\\SMA media\\WorkerInstaller.msi\" /qn /l*v C:\\Logs\\worker.log "
		    "CREATEDATABASE=\"No\" SQLSERVER=\"SQL01, 1433\" INSTALLFOLDER=\"E:\\SMA\\\" "
		    "AcceptEndUserLicenseAgreement=1 SERVICEACCOUNT=\"CONTOSO\\svc-sma\" SERVICEPASSWORD=<password>");
	assert_line("powershell", &sma, SHELL_POWERSHELL, NULL,
		    "Start-Process -Wait -FilePath 'msiexec.exe' -ArgumentList ("
		    "'/i \"D:\\SMA media\\WorkerInstaller.msi\" /qn /l*v C:\\Logs\\worker.log "
		    "CREATEDATABASE=\"No\" SQLSERVER=\"SQL01, 1433\" INSTALLFOLDER=\"E:\\SMA\\\" "
		    "AcceptEndUserLicenseAgreement=1 SERVICEACCOUNT=\"CONTOSO\\svc-sma\" SERVICEPASSWORD=' + "
		    "<password>)");
	assert_line("argv", &sma, SHELL_ARGV, NULL,
		    "[\"msiexec\",\"/i\",\"D:\\\\SMA media\\\\WorkerInstaller.msi\",\"/qn\",\"/l*v\","
		    "\"C:\\\\Logs\\\\worker.log\",\"CREATEDATABASE=No\",\"SQLSERVER=SQL01, 1433\","
		    "\"INSTALLFOLDER=E:\\\\SMA\\\\\",\"AcceptEndUserLicenseAgreement=1\","
		    "\"SERVICEACCOUNT=CONTOSO\\\\svc-sma\",\"SERVICEPASSWORD=<password>\"]");
}

static void test_winquote_line__no_arguments__names_the_program_alone(void **state)
{
	static const struct word words[] = { { WORD_PLAIN, NULL, "D:\\setup.exe", NULL } };
	const struct command_words command = { words, 1, READER_ARGV }, none = { NULL, 0, READER_ARGV };

	(void)state;
	assert_line("cmd", &command, SHELL_CMD, NULL, "\"D:\\setup.exe\"");
	assert_line("powershell", &command, SHELL_POWERSHELL, NULL, "Start-Process -Wait -FilePath 'D:\\setup.exe'");
	assert_line("argv", &command, SHELL_ARGV, NULL, "[\"D:\\\\setup.exe\"]");
	for (int shell = 0; shell < SHELL_COUNT; shell++)
		assert_line("no command", &none, (enum shell)shell, NULL, "");
}

static void test_winquote_line__emitted__has_no_blank_behind_a_colon_and_no_line_feed(void **state)
{
	const struct command_words *commands[] = { &om, &om_long, &sma };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
		for (int shell = 0; shell < SHELL_COUNT; shell++) {
			struct result result = make_line(commands[i], (enum shell)shell, NULL);
			const char *line = strbuf_text(&result.line);

			assert_true(result.fine);
			assert_null(strstr(line, ": "));
			assert_null(strpbrk(line, "\r\n"));
			assert_true(text_utf16_length(line) < 2000);
			result_clear(&result);
		}
	}
}

static void test_winquote_line__cmd_value__is_quoted_only_where_needed(void **state)
{
	static const struct { const char *value, *quoted; } cases[] = {
		{ "CONTOSO\\svc-das", "CONTOSO\\svc-das" },
		{ "D:\\dir\\", "D:\\dir\\" },
		{ "D:\\a b", "\"D:\\a b\"" },
		{ "D:\\a b\\", "\"D:\\a b\\\\\"" },
		{ "D:\\a b\\\\", "\"D:\\a b\\\\\\\\\"" },
		{ "\\\\srv\\share", "\\\\srv\\share" },
		{ "", "\"\"" },
		{ "<password>", "\"<password>\"" },
		{ "a&b", "\"a&b\"" }, { "a|b", "\"a|b\"" }, { "a<b", "\"a<b\"" }, { "a>b", "\"a>b\"" },
		{ "a(b", "\"a(b\"" }, { "a)b", "\"a)b\"" }, { "a^b", "\"a^b\"" }, { "a,b", "\"a,b\"" },
		{ "a;b", "\"a;b\"" }, { "a=b", "\"a=b\"" }, { "a'b", "\"a'b\"" }, { "a`b", "\"a`b\"" },
		{ "a%b", "\"a%b\"" }, { "a~b", "\"a~b\"" }, { "a[b", "\"a[b\"" }, { "a]b", "\"a]b\"" },
		{ "a{b", "\"a{b\"" }, { "a}b", "\"a}b\"" }, { "a+b", "\"a+b\"" }, { "\xC3\xA9", "\"\xC3\xA9\"" },
		{ "a$b@c#d*e?f.g_h-i:j/k", "a$b@c#d*e?f.g_h-i:j/k" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct word words[2];
		struct command_words command = one_switch(words, cases[i].value, READER_ARGV);
		struct strbuf expected = STRBUF_INIT;

		strbuf_printf(&expected, "setup.exe /NAME:%s", cases[i].quoted);
		assert_line(cases[i].value, &command, SHELL_CMD, NULL, strbuf_text(&expected));
		strbuf_clear(&expected);
	}
}

/* The verdict of a shell: 'o' carried, 'w' carried with a warning, 'N' refused. Columns: cmd, powershell, argv, each
 * with the C runtime's reader and with Windows Installer's. */
static void test_winquote_line__each_character_class__has_the_verdict_of_the_table(void **state)
{
	static const struct { const char *label, *value, *verdicts; } cases[] = {
		{ "blank", "a b", "oo oo oo" },
		{ "tab", "a\tb", "ww ww oo" },
		{ "double quote", "p\"w", "NN oo oo" },
		{ "double quote at the end", "pw\"", "NN oo oo" },
		{ "backslash and double quote", "p\\\"w", "NN oo oo" },
		{ "backslash at the end", "C:\\dir\\", "oo oo oo" },
		{ "backslash at the end and a blank", "C:\\my dir\\", "oo oo oo" },
		{ "one percent sign", "100%", "oo oo oo" },
		{ "two percent signs", "%PATH%", "NN oo oo" },
		{ "two percent signs in a row", "%%", "NN oo oo" },
		{ "exclamation mark", "a!b", "ww oo oo" },
		{ "caret", "a^b", "oo oo oo" }, { "ampersand", "a&b", "oo oo oo" }, { "bar", "a|b", "oo oo oo" },
		{ "less", "a<b", "oo oo oo" }, { "greater", "a>b", "oo oo oo" }, { "open", "a(b", "oo oo oo" },
		{ "close", "a)b", "oo oo oo" },
		{ "plain single quote", "O'Brien", "oo oo oo" },
		{ "U+2018", "a\xE2\x80\x98z", "oo oo oo" }, { "U+2019", "a\xE2\x80\x99z", "oo oo oo" },
		{ "U+201A", "a\xE2\x80\x9Az", "oo oo oo" }, { "U+201B", "a\xE2\x80\x9Bz", "oo oo oo" },
		{ "U+201C", "a\xE2\x80\x9Cz", "oo oo oo" }, { "U+201D", "a\xE2\x80\x9Dz", "oo oo oo" },
		{ "U+201E", "a\xE2\x80\x9Ez", "oo oo oo" },
		{ "dollar", "$env:x", "oo oo oo" }, { "backtick", "a`nb", "oo oo oo" },
		{ "other non-ASCII", "\xE6\x97\xA5\xE6\x9C\xAC", "oo oo oo" },
		{ "beyond the first plane", "\xF0\x9F\x98\x80", "oo oo oo" },
		{ "carriage return", "a\rb", "NN NN NN" }, { "line feed", "a\nb", "NN NN NN" },
		{ "line feed at the end", "ABC\n", "NN NN NN" },
		{ "bell", "a\ab", "NN NN NN" }, { "escape", "a\x1B[31m", "NN NN NN" },
		{ "U+001A", "a\x1A" "b", "NN NN NN" }, { "DEL", "a\x7F" "b", "NN NN NN" },
		{ "C1", "a\xC2\x9B" "b", "NN NN NN" },
		{ "right-to-left override", "a\xE2\x80\xAE" "b", "NN NN NN" },
		{ "zero-width space", "a\xE2\x80\x8B" "b", "NN NN NN" },
		{ "not UTF-8", "a\xFF" "b", "NN NN NN" },
		{ "empty", "", "oo oo oo" },
		{ "square brackets", "[Other]", "ow ow ow" },
		{ "semicolon", "a;b", "oo oo oo" },
		{ "blank and slash", "pass /w", "wo wo wo" },
		{ "what PowerShell could run", "x\xE2\x80\x99; Remove-Item C:\\ #", "oo oo oo" },
		{ "the BatBadBut value", "a\"&calc\"b", "NN oo oo" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		for (int column = 0; column < 2 * SHELL_COUNT; column++) {
			enum shell shell = (enum shell)(column / 2);
			struct word words[2];
			struct command_words command = one_switch(words, cases[i].value,
								  column % 2 ? READER_MSI : READER_ARGV);
			struct result result = make_line(&command, shell, NULL);
			char verdict = !result.fine ? 'N' : result.diags.warnings > 0 ? 'w' : 'o';
			char expected[] = { cases[i].verdicts[column + column / 2], '\0' };
			char actual[] = { verdict, '\0' };

			assert_text(cases[i].label, expected, actual);
			if (result.fine)
				assert_round_trip(strbuf_text(&result.line), &command, shell, NULL);
			result_clear(&result);
		}
	}
}

static void test_winquote_line__percent_signs__are_counted_over_the_whole_line(void **state)
{
	static const struct word words[] = {
		{ WORD_PLAIN, NULL, "setup.exe", NULL },
		{ WORD_COLON, "A", "50%", NULL },
		{ WORD_COLON, "B", "x%", NULL },
	};
	const struct command_words command = { words, 3, READER_ARGV };
	struct result result = make_line(&command, SHELL_CMD, NULL);

	(void)state;
	assert_text("code", "error command cmd-cannot-carry\n", result.findings);
	assert_text("text", "cmd.exe cannot carry the value of /A: the line has more than one percent sign, and "
			    "cmd.exe would replace what is between them.", result.diags.items[0].text);
	assert_text("hint", "--shell argv and --shell powershell carry it.", result.diags.items[0].hint);
	result_clear(&result);
}

static void test_winquote_line__cmd_length__is_limited_to_2000(void **state)
{
	struct strbuf value = STRBUF_INIT;
	struct word words[2];
	struct command_words command;
	struct result result;

	(void)state;
	strbuf_fill(&value, 'x', 2000 - strlen("setup.exe /NAME:"));
	command = one_switch(words, strbuf_text(&value), READER_ARGV);
	result = make_line(&command, SHELL_CMD, NULL);
	assert_true(result.fine);
	assert_int_equal(result.line.length, 2000);
	result_clear(&result);

	strbuf_putc(&value, 'x');
	command = one_switch(words, strbuf_text(&value), READER_ARGV);
	result = make_line(&command, SHELL_CMD, NULL);
	assert_text("2001", "error command cmd-cannot-carry\n", result.findings);
	assert_text("hint", "--shell argv and --shell powershell carry it.", result.diags.items[0].hint);
	result_clear(&result);
	for (int shell = SHELL_POWERSHELL; shell <= SHELL_ARGV; shell++) {
		result = make_line(&command, (enum shell)shell, NULL);
		assert_text("others", "", result.findings);
		result_clear(&result);
	}
	strbuf_fill(&value, 'x', 32766);
	command = one_switch(words, strbuf_text(&value), READER_ARGV);
	result = make_line(&command, SHELL_ARGV, NULL);
	assert_text("beyond Windows", "error command argv-cannot-carry\n", result.findings);
	result_clear(&result);
	strbuf_clear(&value);
}

/* No finding may hold PASSWORD, nor a piece of it of three characters. */
static void assert_unseen(const struct diags *diags, const char *password)
{
	for (size_t i = 0; i < diags->count; i++) {
		for (size_t at = 0; at + 3 <= strlen(password); at++) {
			char piece[4] = { password[at], password[at + 1], password[at + 2], '\0' };

			assert_null(strstr(diags->items[i].text, piece));
			assert_null(strstr(diags->items[i].hint, piece));
		}
	}
}

static void test_winquote_line__passwords__are_carried_or_refused_without_being_shown(void **state)
{
	static const struct { const char *password; enum shell shell; const char *findings; } cases[] = {
		{ "p\"w&x", SHELL_CMD, "error command cmd-cannot-carry\nerror command cmd-cannot-carry\n" },
		{ "p\"w&x", SHELL_POWERSHELL, "" },
		{ "p\"w&x", SHELL_ARGV, "" },
		{ "pa ss^w%d!", SHELL_POWERSHELL, "" },
		{ "pa ss^w%d!", SHELL_ARGV, "" },
		{ "ZQ /XJ", SHELL_ARGV, "warning command blank-slash\nwarning command blank-slash\n" },
		{ "ZQ\nXJ", SHELL_ARGV, "error command argv-cannot-carry\nerror command argv-cannot-carry\n" },
		{ "ZQ\xE2\x80\x99; rm", SHELL_POWERSHELL, "" },
		{ "<password>", SHELL_CMD, "" },
		{ "<password>", SHELL_POWERSHELL, "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct secret *secret = new_secret(cases[i].password);
		const struct password_source passwords = { lookup_same, secret };
		struct result result = make_line(&om, cases[i].shell, &passwords);

		assert_text(cases[i].password, cases[i].findings, result.findings);
		if (result.fine)
			assert_round_trip(strbuf_text(&result.line), &om, cases[i].shell, cases[i].password);
		if (*cases[i].password != '<')
			assert_unseen(&result.diags, cases[i].password);
		result_clear(&result);
		secret_free(secret);
	}
}

/* One password only, for the rest the placeholder. */
static const struct secret *lookup_reader_only(const void *data, const char *account)
{
	return str_eq(account, "accounts.data-reader") ? data : NULL;
}

static void test_winquote_line__one_percent_and_exclamation__works_in_cmd_with_a_warning(void **state)
{
	struct secret *secret = new_secret("pa ss^w%d!");
	const struct password_source passwords = { lookup_reader_only, secret };
	struct result result = make_line(&om, SHELL_CMD, &passwords);

	(void)state;
	assert_text("findings", "warning command cmd-exclamation\n", result.findings);
	assert_text("text", "The password of accounts.data-reader has an exclamation mark, which cmd.exe drops when "
		    "delayed expansion is on.", result.diags.items[0].text);
	assert_text("line", "setup.exe /silent /upgrade /AcceptEndUserLicenseAgreement:1 "
		    "/DASAccountUser:CONTOSO\\svc-das /DASAccountPassword:<password> "
		    "/DataReaderUser:CONTOSO\\svc-reader /DataReaderPassword:\"pa ss^w%d!\"",
		    strbuf_text(&result.line));
	result_clear(&result);

	result = make_line(&om, SHELL_POWERSHELL, &passwords);
	assert_text("powershell", "Start-Process -Wait -FilePath '.\\setup.exe' -ArgumentList ("
		    "'/silent /upgrade /AcceptEndUserLicenseAgreement:1 /DASAccountUser:CONTOSO\\svc-das "
		    "/DASAccountPassword:' + <password> + ' /DataReaderUser:CONTOSO\\svc-reader "
		    "/DataReaderPassword:\"pa ss^w%d!\"')", strbuf_text(&result.line));
	result_clear(&result);
	secret_free(secret);
}

static void test_winquote_line__refused_password__names_account_reason_and_way_out(void **state)
{
	struct secret *secret = new_secret("p\"w&x");
	const struct password_source passwords = { lookup_reader_only, secret };
	struct result result = make_line(&om, SHELL_CMD, &passwords);

	(void)state;
	assert_int_equal(result.diags.count, 1);
	assert_text("text", "cmd.exe cannot carry the password of accounts.data-reader: it has a double quote, and "
		    "cmd.exe would read what follows as a separate command.", result.diags.items[0].text);
	assert_text("hint", "--shell argv and --shell powershell carry it.", result.diags.items[0].hint);
	result_clear(&result);
	secret_free(secret);
}

static void test_winquote_line__empty_secret_or_embedded_nul__is_no_password(void **state)
{
	struct secret *secret = secret_new();
	const struct password_source passwords = { lookup_same, secret };
	struct result result = make_line(&om, SHELL_CMD, &passwords);

	(void)state;
	assert_true(result.fine);
	assert_non_null(strstr(strbuf_text(&result.line), "/DASAccountPassword:<password> "));
	result_clear(&result);
	assert_true(secret_set(secret, "ZQ\0XJ", 5));
	for (int shell = 0; shell < SHELL_COUNT; shell++) {
		result = make_line(&om, (enum shell)shell, &passwords);
		assert_false(result.fine);
		result_clear(&result);
	}
	secret_free(secret);
}

static void test_winquote_line__placeholder__no_shell_runs_it(void **state)
{
	struct result result = make_line(&om, SHELL_CMD, NULL);
	struct prompt_line prompt;
	struct statement statement;

	(void)state;
	decode_prompt(&prompt, strbuf_text(&result.line));
	assert_true(prompt.redirection);
	prompt_line_clear(&prompt);
	result_clear(&result);
	result = make_line(&om, SHELL_POWERSHELL, NULL);
	decode_statement(&statement, strbuf_text(&result.line));
	assert_true(statement.syntax_error);
	statement_clear(&statement);
	result_clear(&result);
}

static void test_winquote_line__program__has_to_be_a_file_name(void **state)
{
	static const char *const programs[] = { "", "D:\\a\"b.exe", "D:\\media\\" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(programs); i++) {
		const struct word words[] = { { WORD_PLAIN, NULL, programs[i], NULL } };
		const struct command_words command = { words, 1, READER_ARGV };

		for (int shell = 0; shell < SHELL_COUNT; shell++) {
			struct result result = make_line(&command, (enum shell)shell, NULL);

			assert_labelled(programs[i], !result.fine && result.diags.errors == 1);
			result_clear(&result);
		}
	}
}

/* Names come from tables and are not encoded: reading the line back finds a bad one. */
static void test_winquote_line__bad_switch_name__is_not_shown(void **state)
{
	static const char *const names[] = { "In stall", "Install&calc", "Install\"", "A=\"" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct word words[] = {
			{ WORD_PLAIN, NULL, "setup.exe", NULL }, { WORD_COLON, names[i], "1", NULL },
		};
		const struct command_words command = { words, 2, READER_ARGV };
		struct result result = make_line(&command, SHELL_CMD, NULL);

		assert_text(names[i], "error command cannot-verify\n", result.findings);
		result_clear(&result);
	}
}

static void test_winquote_line__refused__leaves_what_was_there(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct report to = { .diags = &diags, .path = "command" };
	struct word words[2];
	struct command_words command = one_switch(words, "a\"b", READER_ARGV);

	(void)state;
	strbuf_puts(&out, "first line\n");
	assert_false(winquote_line(&out, &command, SHELL_CMD, NULL, &to));
	assert_string_equal(strbuf_text(&out), "first line\n");
	assert_true(winquote_line(&out, &command, SHELL_ARGV, NULL, &to));
	assert_string_equal(strbuf_text(&out), "first line\n[\"setup.exe\",\"/NAME:a\\\"b\"]");
	strbuf_clear(&out);
	diags_clear(&diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_winquote_line__management_server__is_the_documented_line),
		TEST(test_winquote_line__runbook_worker__quotes_public_properties),
		TEST(test_winquote_line__no_arguments__names_the_program_alone),
		TEST(test_winquote_line__emitted__has_no_blank_behind_a_colon_and_no_line_feed),
		TEST(test_winquote_line__cmd_value__is_quoted_only_where_needed),
		TEST(test_winquote_line__each_character_class__has_the_verdict_of_the_table),
		TEST(test_winquote_line__percent_signs__are_counted_over_the_whole_line),
		TEST(test_winquote_line__cmd_length__is_limited_to_2000),
		TEST(test_winquote_line__passwords__are_carried_or_refused_without_being_shown),
		TEST(test_winquote_line__one_percent_and_exclamation__works_in_cmd_with_a_warning),
		TEST(test_winquote_line__refused_password__names_account_reason_and_way_out),
		TEST(test_winquote_line__empty_secret_or_embedded_nul__is_no_password),
		TEST(test_winquote_line__placeholder__no_shell_runs_it),
		TEST(test_winquote_line__program__has_to_be_a_file_name),
		TEST(test_winquote_line__bad_switch_name__is_not_shown),
		TEST(test_winquote_line__refused__leaves_what_was_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
