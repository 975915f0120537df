/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Passwords from a file or the terminal into secrets, and what can be said about one without showing it.
 * No message here has a byte of a password.
 */
#include "pipeline/passwords.h"

#include "core/text.h"
#include "core/yamltree.h"
#include "os/platform.h"
#include "win/winquote.h"

#define KEY_END ".password"

enum { FILE_LIMIT = 64 * 1024, MOST_ACCOUNTS = 16, TRIES = 3 };

struct entry {
	struct entry *next;
	const char *account;
	struct secret *secret;
};

struct passwords {
	struct arena *arena;
	struct entry *entries;
};

/* ---- keeping ---- */

struct passwords *passwords_new(void)
{
	struct arena *arena = arena_new();
	struct passwords *passwords = arena_alloc(arena, sizeof(*passwords));

	passwords->arena = arena;
	return passwords;
}

void passwords_free(struct passwords *passwords)
{
	if (!passwords)
		return;
	for (struct entry *entry = passwords->entries; entry; entry = entry->next)
		secret_free(entry->secret);
	arena_free(passwords->arena);
}

static struct entry *find_entry(const struct passwords *passwords, const char *account)
{
	for (struct entry *entry = passwords->entries; entry; entry = entry->next) {
		if (str_eq(entry->account, account))
			return entry;
	}
	return NULL;
}

struct secret *passwords_secret(struct passwords *passwords, const char *account)
{
	struct entry *entry = find_entry(passwords, account);

	if (entry)
		return entry->secret;
	entry = arena_alloc(passwords->arena, sizeof(*entry));
	entry->account = arena_strdup(passwords->arena, account);
	entry->secret = secret_new();
	entry->next = passwords->entries;
	passwords->entries = entry;
	return entry->secret;
}

const struct secret *passwords_lookup(const void *passwords, const char *account)
{
	const struct entry *entry = find_entry(passwords, account);

	return entry && secret_length(entry->secret) > 0 ? entry->secret : NULL;
}

static bool is_needed(const struct plan *plan, const struct account *account)
{
	return !account->user || field_applies(account->user, plan, &plan->answers->record);
}

void passwords_needed(const struct plan *plan, void (*each)(const struct account *account, void *data), void *data)
{
	for (const struct account *account = plan->flow->accounts; account && account->key; account++) {
		if (is_needed(plan, account))
			each(account, data);
	}
}

/* ---- judging one ---- */

/* What the shells make of a password, in the words of a command line that has nothing else. */
static const struct secret *only_secret(const void *data, const char *account)
{
	(void)account;
	return data;
}

static bool shell_carries(enum shell shell, const struct secret *secret)
{
	static const struct word words[] = {
		{ WORD_PLAIN, NULL, "setup.exe", NULL }, { WORD_COLON, "Password", NULL, "password" }
	};
	const struct command_words command = { words, ARRAY_LEN(words), READER_ARGV };
	const struct password_source source = { only_secret, secret };
	struct strbuf line = STRBUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct report report = { .diags = &diags };
	bool carries = winquote_line(&line, &command, shell, &source, &report);

	strbuf_clear(&line);
	diags_clear(&diags);
	return carries;
}

static const char *trouble(const char *text)
{
	const char *percent = strchr(text, '%');

	if (strchr(text, '"'))
		return "a double quote";
	if (percent && strchr(percent + 1, '%'))
		return "more than one percent sign";
	return "a character that is special in this shell";
}

static void check_shells(const struct secret *secret, struct report *to)
{
	static const char *const titles[SHELL_COUNT] = { [SHELL_CMD] = "The command prompt (cmd)",
							 [SHELL_POWERSHELL] = "PowerShell",
							 [SHELL_ARGV] = "The list of words" };

	for (int shell = 0; shell < SHELL_COUNT; shell++) {
		if (!shell_carries((enum shell)shell, secret))
			report_add(to, SEV_WARNING, "password-shell",
				   "Use another shell's line, the script (it asks on the server), or another password.",
				   "%s cannot carry this password: it has %s.", titles[shell],
				   trouble(secret_expose(secret)));
	}
}

static bool has_control(const char *text, size_t length)
{
	const char *at = text, *end = text + length;
	uint32_t code;

	while (at < end) {
		code = text_next(&at, end);
		if (code < 0x20 || (code >= 0x7F && code < 0xA0))
			return true;
	}
	return false;
}

bool password_check(const struct secret *secret, struct report *to)
{
	const char *text = secret_expose(secret);
	size_t length = secret_length(secret);

	if (length == 0)
		return true;
	if (!text_is_utf8(text, length))
		return report_error(to, "password-control", "", "The password is not UTF-8 text.");
	if (has_control(text, length))
		return report_error(to, "password-control", "Type or copy it again.",
				    "The password has a control character, which no command line carries.");
	check_shells(secret, to);
	/* Documented for a gateway's account, taken as a warning for all. */
	if (strpbrk(text, "&<>()@^|\""))
		report_add(to, SEV_WARNING, "password-characters",
			   "Look at the result of the first server, or use another password.",
			   "It has one of & < > ( ) @ ^ | \", which a page about gateway servers rules out for "
			   "passwords on a command line.");
	if (text[0] == '/' || text[length - 1] == '\\')
		report_add(to, SEV_WARNING, "password-ends",
			   "Look at the result of the first server, or use another password.",
			   text[0] == '/'
				   ? "The password starts with a slash, as a switch does."
				   : "The password ends with a backslash, which may swallow the quote after it.");
	return true;
}

/* ---- reading a file ---- */

struct reading {
	struct passwords *passwords;
	const struct plan *plan;
	struct diags *diags;
	const struct account *seen[MOST_ACCOUNTS];
	size_t seen_count;
	bool ok;
};

static struct report report_on(struct diags *diags, struct place at, const char *key)
{
	return (struct report){ .diags = diags, .at = at, .path = key };
}

/* Whether KEY is ACCOUNT's: "accounts.data-access.password". */
static bool is_key_of(const char *key, const struct account *account)
{
	size_t length = strlen(account->key);

	return strncmp(key, account->key, length) == 0 && str_eq(key + length, KEY_END);
}

static bool refuse_key(struct reading *reading, const char *key, struct place at)
{
	const char *keys[MOST_ACCOUNTS + 1] = { NULL }, *nearest;
	struct report report = report_on(reading->diags, at, "");
	struct strbuf hint = STRBUF_INIT, shown = STRBUF_INIT;
	struct arena *arena = arena_new();
	size_t count = 0;

	for (const struct account *one = reading->plan->flow->accounts; one && one->key && count < MOST_ACCOUNTS;
	     one++) {
		keys[count++] = arena_printf(arena, "%s" KEY_END, one->key);
		strbuf_printf(&hint, "%s %s", count > 1 ? "," : "Possible:", keys[count - 1]);
	}
	nearest = text_nearest(key, keys);
	if (nearest) {
		strbuf_reset(&hint);
		strbuf_printf(&hint, "Did you mean \"%s\"?", nearest);
	}
	text_fit(&shown, key, 60, false, false);
	report_error(&report, "passwords-unknown", strbuf_text(&hint), "There is no password \"%s\".",
		     strbuf_text(&shown));
	strbuf_clear(&hint);
	strbuf_clear(&shown);
	arena_free(arena);
	return false;
}

static bool was_seen(struct reading *reading, const struct account *account)
{
	for (size_t i = 0; i < reading->seen_count; i++) {
		if (reading->seen[i] == account)
			return true;
	}
	if (reading->seen_count < MOST_ACCOUNTS)
		reading->seen[reading->seen_count++] = account;
	return false;
}

static bool take_password(struct reading *reading, const struct account *account, const char *value, size_t length,
			  struct report *report)
{
	struct secret *secret;

	if (was_seen(reading, account))
		return report_error(report, "yaml-duplicate-key", "Keep one of the two.",
				    "This key is in the file already.");
	if (length == 0)
		return report_error(report, "passwords-missing", "", "The password is empty.");
	if (!is_needed(reading->plan, account)) {
		report_add(report, SEV_WARNING, "passwords-unused", "", "The plan needs no password for this account.");
		return true;
	}
	secret = passwords_secret(reading->passwords, account->key);
	if (!secret_set(secret, value, length))
		return report_error(report, "passwords-file", "", "The password has more than %u bytes.", SECRET_MAX);
	return password_check(secret, report);
}

/* Goes on after errors: all of them are worth knowing at once. */
static bool take_pair(const char *key, const char *value, size_t length, struct place at, void *data)
{
	struct reading *reading = data;
	struct report report = report_on(reading->diags, at, key);

	for (const struct account *one = reading->plan->flow->accounts; one && one->key; one++) {
		if (is_key_of(key, one)) {
			reading->ok = take_password(reading, one, value, length, &report) && reading->ok;
			return true;
		}
	}
	reading->ok = refuse_key(reading, key, at);
	return reading->diags->count < PLAN_ERROR_LIMIT;
}

static void find_missing(const struct account *account, void *data)
{
	struct reading *reading = data;
	struct arena *arena;

	for (size_t i = 0; i < reading->seen_count; i++) {
		if (reading->seen[i] == account)
			return;
	}
	arena = arena_new();
	diags_add(reading->diags, SEV_ERROR, "passwords-missing", (struct place){ NULL, 0, 0 },
		  arena_printf(arena, "%s" KEY_END, account->key), "Add a line with this key to the file.",
		  "The password of the %s is missing.", account->label);
	reading->ok = false;
	arena_free(arena);
}

static bool read_file(const char *path, struct strbuf *bytes, struct diags *diags)
{
	const char *why = "it is too large";
	struct place at = { path, 0, 0 };
	bool standard = str_eq(path, "-");
	enum file_result result = standard ? platform_read(path, FILE_LIMIT, bytes, NULL, &why)
					   : platform_read_private(path, FILE_LIMIT, bytes, &why);

	if (result == FILE_OK)
		return true;
	if (result == FILE_TOO_LARGE)
		why = "it is too large";
	diags_add(diags, SEV_ERROR, "passwords-file", at, "",
		  standard ? "" : "Only its owner may be able to read it: chmod 600.",
		  "The passwords cannot be read: %s.", result == FILE_MISSING ? "there is no such file" : why);
	return false;
}

bool passwords_read(struct passwords *passwords, const struct plan *plan, const char *path, struct diags *diags)
{
	struct reading reading = { .passwords = passwords, .plan = plan, .diags = diags, .ok = true };
	const char *name = str_eq(path, "-") ? "<stdin>" : path;
	struct strbuf bytes = STRBUF_INIT;
	bool ok = read_file(path, &bytes, diags) &&
		  yamltree_pairs(name, strbuf_text(&bytes), bytes.length, take_pair, &reading, diags);

	strbuf_clear(&bytes);
	if (ok)
		passwords_needed(plan, find_missing, &reading);
	return ok && reading.ok;
}

/* ---- asking ---- */

/* "Password of the Data Access Service account (CONTOSO\svc-das): ", with nothing that a terminal would obey. */
static void make_prompt(struct strbuf *prompt, const struct plan *plan, const struct account *account)
{
	const char *user = account->user ? field_text(account->user, plan, &plan->answers->record, plan->arena) : "";

	if (account->asks) {
		strbuf_printf(prompt, "%s: ", account->asks);
		return;
	}
	strbuf_puts(prompt, "Password of the ");
	text_visible(prompt, account->label);
	if (*user) {
		strbuf_puts(prompt, " (");
		text_visible(prompt, user);
		strbuf_putc(prompt, ')');
	}
	strbuf_puts(prompt, ": ");
}

static const char not_the_same[] = "the two are not the same";

/* Typed blind, so typed twice. SECRET is empty after two that differ, and *WHY is NOT_THE_SAME. */
static bool ask_twice(const char *prompt, struct secret *secret, const char **why)
{
	struct secret *again = secret_new();
	bool ok = platform_ask_secret(prompt, secret, why);

	if (ok && secret_length(secret) > 0) {
		ok = platform_ask_secret("The same again: ", again, why);
		if (ok && !secret_equal(secret, again)) {
			secret_clear(secret);
			*why = not_the_same;
		}
	}
	secret_free(again);
	return ok;
}

static void ask_one(const struct account *account, void *data)
{
	struct reading *reading = data;
	struct secret *secret = passwords_secret(reading->passwords, account->key);
	struct strbuf prompt = STRBUF_INIT, path = STRBUF_INIT;
	struct report report = { .diags = reading->diags };
	const char *why = "it is empty";

	if (!reading->ok)
		return;
	strbuf_printf(&path, "%s" KEY_END, account->key);
	report.path = strbuf_text(&path);
	secret_clear(secret);
	for (int i = 0; reading->ok && i < TRIES && secret_length(secret) == 0; i++) {
		strbuf_reset(&prompt);
		if (why == not_the_same)
			strbuf_puts(&prompt, "Not the same. ");
		make_prompt(&prompt, reading->plan, account);
		reading->ok = ask_twice(strbuf_text(&prompt), secret, &why);
	}
	if (secret_length(secret) > 0)
		reading->ok = password_check(secret, &report) && reading->ok;
	else
		reading->ok = report_error(&report, "passwords-missing", "", "The password of the %s is missing: %s.",
					   account->label, why);
	strbuf_clear(&prompt);
	strbuf_clear(&path);
}

bool passwords_ask(struct passwords *passwords, const struct plan *plan, struct diags *diags)
{
	struct reading reading = { .passwords = passwords, .plan = plan, .diags = diags, .ok = true };

	passwords_needed(plan, ask_one, &reading);
	return reading.ok;
}
