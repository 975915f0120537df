/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Command lines for Windows, a layer at a time: value, switch, words as the reader splits them, shell text.
 *
 * Nothing here is best effort: a value that a layer cannot carry stops the line. Every buffer that may hold a
 * password is wiped, and value_of() alone looks into a secret.
 */
#include "win/winquote.h"

#include "core/json.h"
#include "core/text.h"
#include "win/winquote_decode.h"
#include "win/winquote_encode.h"

#define CMD_LINE_MAX 2000u        /* UTF-16 units; one published limit of the prompt is 2,047 */
#define NATIVE_LINE_MAX 32766u    /* CreateProcess takes 32,767 with the final NUL */

static const char *const flaw_texts[] = {
	[FLAW_NONE] = "",
	[FLAW_ENCODING] = "it is not valid UTF-8 text",
	[FLAW_CONTROL] = "it has a control character",
	[FLAW_INVISIBLE] = "it has a character that cannot be seen",
};

struct shell_facts {
	const char *name, *program, *code;
};

static const struct shell_facts shells[] = {
	[SHELL_CMD] = { "cmd", "cmd.exe", "cmd-cannot-carry" },
	[SHELL_POWERSHELL] = { "powershell", "PowerShell", "powershell-cannot-carry" },
	[SHELL_ARGV] = { "argv", "A command line", "argv-cannot-carry" },
};

_Static_assert(ARRAY_LEN(shells) == SHELL_COUNT, "a row for each shell");

static const char hint_others[] = "--shell argv and --shell powershell carry it.";
static const char hint_none[] = "No shell can carry it: use a value without it.";

struct value {
	const char *text;         /* borrowed from the word or from the secret */
	size_t length;
	bool placeholder;
};

struct job {
	const struct command_words *command;
	enum shell shell;
	const struct password_source *passwords;
	struct report *to;
	struct line_words words;          /* what the program has to receive */
	struct strbuf native;             /* the words after their reader's rules, with one blank between them */
	struct strbuf line;
};

bool command_words_equal(const struct command_words *a, const struct command_words *b)
{
	if (a->count != b->count || a->reader != b->reader)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct word *one = &a->items[i], *other = &b->items[i];

		if (one->form != other->form || !str_eq(one->name, other->name) || !str_eq(one->value, other->value) ||
		    !str_eq(one->account, other->account))
			return false;
	}
	return true;
}

const char *shell_name(enum shell shell)
{
	if (shell >= SHELL_COUNT)
		bug("no such shell: %d", (int)shell);
	return shells[shell].name;
}

bool shell_find(const char *name, enum shell *shell)
{
	for (size_t i = 0; i < ARRAY_LEN(shells); i++) {
		if (str_eq(name, shells[i].name)) {
			*shell = (enum shell)i;
			return true;
		}
	}
	return false;
}

/* A product key is no password, and stands by its own name. */
static struct value placeholder_of(const struct word *word)
{
	const char *text = str_eq(word->account, "product-key") ? WINQUOTE_PRODUCT_KEY : WINQUOTE_PASSWORD;

	return (struct value){ text, strlen(text), true };
}

/* An empty secret counts as one that was not given: no account here has an empty password. */
static struct value value_of(const struct word *word, const struct password_source *passwords)
{
	const struct secret *secret = NULL;

	if (!word->account)
		return (struct value){ word->value, strlen(word->value), false };
	if (passwords && passwords->lookup)
		secret = passwords->lookup(passwords->data, word->account);
	if (!secret || secret_length(secret) == 0)
		return placeholder_of(word);
	return (struct value){ secret_expose(secret), secret_length(secret), false };
}

void winquote_lead(struct strbuf *out, const struct word *word)
{
	switch (word->form) {
	case WORD_PLAIN:
		break;
	case WORD_COLON:
		strbuf_putc(out, '/');
		strbuf_puts(out, word->name);
		strbuf_putc(out, ':');
		break;
	case WORD_PROPERTY:
		strbuf_puts(out, word->name);
		strbuf_putc(out, '=');
		break;
	}
}

void winquote_word(struct strbuf *out, const struct word *word)
{
	winquote_lead(out, word);
	strbuf_puts(out, value_of(word, NULL).text);
}

/* Characters with a meaning for one of the readers or shells, and all that is not ASCII. */
static bool needs_quotes(const char *value)
{
	if (*value == '\0')
		return true;
	for (; *value; value++) {
		if ((*value >= 'a' && *value <= 'z') || (*value >= 'A' && *value <= 'Z'))
			continue;
		if ((unsigned char)*value >= 0x80 || strchr(" \t\"&|<>()^,;=!'`%~[]{}+", *value))
			return true;
	}
	return false;
}

bool winquote_is_public(const struct word *word)
{
	static const char public[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

	return word->form == WORD_PROPERTY && word->name[strspn(word->name, public)] == '\0';
}

/* Adds word INDEX in the form its reader splits it back from. */
static void add_native(struct job *job, struct strbuf *out, size_t index)
{
	const struct word *word = &job->command->items[index];
	struct value value = value_of(word, job->passwords);
	bool msi = job->command->reader == READER_MSI;

	winquote_lead(out, word);
	if (value.placeholder)
		strbuf_puts(out, value.text);
	else if (index == 0 && (strchr(value.text, '\\') || needs_quotes(value.text)))
		strbuf_printf(out, "\"%s\"", value.text);
	else if (index == 0 || !(needs_quotes(value.text) || (msi && winquote_is_public(word))))
		strbuf_puts(out, value.text);
	else if (!(msi ? quote_msi : quote_argv)(out, value.text))
		bug("a value passed the checks and cannot be quoted");
}

/* What a finding calls the value of WORD; starts with "the". The value itself only for plain words, which have no other
 * name and are never passwords. */
static void add_label(struct strbuf *out, const struct job *job, const struct word *word)
{
	if (word->account) {
		strbuf_printf(out, "the password of %s", word->account);
	} else if (word == job->command->items) {
		strbuf_puts(out, "the program");
	} else if (word->form == WORD_PLAIN) {
		strbuf_puts(out, "the word \"");
		text_fit(out, word->value, 60, false, true);
		strbuf_putc(out, '"');
	} else {
		strbuf_printf(out, "the value of %s%s", word->form == WORD_COLON ? "/" : "", word->name);
	}
}

static bool refuse(struct job *job, const struct word *word, const char *hint, const char *reason)
{
	struct strbuf label = STRBUF_INIT;

	add_label(&label, job, word);
	report_error(job->to, shells[job->shell].code, hint, "%s cannot carry %s: %s.", shells[job->shell].program,
		     strbuf_text(&label), reason);
	strbuf_clear(&label);
	return false;
}

static void warn(struct job *job, const struct word *word, const char *code, const char *hint, const char *what)
{
	struct strbuf label = STRBUF_INIT;

	add_label(&label, job, word);
	report_add(job->to, SEV_WARNING, code, hint, "T%s %s.", strbuf_text(&label) + 1, what);
	strbuf_clear(&label);
}

static bool check_program(struct job *job, const struct word *word, const char *text)
{
	size_t length = strlen(text);

	if (length == 0)
		return refuse(job, word, "", "it is empty");
	if (strchr(text, '"'))
		return refuse(job, word, "", "no file name on Windows has a double quote");
	if (text[length - 1] == '\\')
		return refuse(job, word, "", "it ends with a backslash and so names a folder");
	return true;
}

static void warn_about(struct job *job, const struct word *word, const char *text)
{
	bool typed = job->shell != SHELL_ARGV;

	if (job->shell == SHELL_CMD && strchr(text, '!'))
		warn(job, word, "cmd-exclamation", "Paste it into a prompt that was opened without /V:ON.",
		     "has an exclamation mark, which cmd.exe drops when delayed expansion is on");
	if (typed && strchr(text, '\t'))
		warn(job, word, "tab-in-value", "--shell argv carries it as it is.",
		     "has a tab, which a prompt may take as the completion key");
	if (job->command->reader == READER_ARGV && word != job->command->items &&
	    (strstr(text, " /") || strstr(text, "\t/")))
		warn(job, word, "blank-slash", "Use a value without it, or look at the result on the server.",
		     "has a space followed by a slash, and setup might take what follows as a switch");
	if (job->command->reader == READER_MSI && word->form == WORD_PROPERTY && strpbrk(text, "[]"))
		warn(job, word, "msi-brackets", "Use a value without them, or look at the result on the server.",
		     "has square brackets, which Windows Installer may replace");
}

static bool check_word(struct job *job, const struct word *word)
{
	struct value value = value_of(word, job->passwords);
	enum flaw flaw;

	if (value.placeholder)
		return true;
	flaw = winquote_flaw(value.text, value.length);
	if (flaw != FLAW_NONE)
		return refuse(job, word, hint_none, flaw_texts[flaw]);
	if (word == job->command->items && !check_program(job, word, value.text))
		return false;
	warn_about(job, word, value.text);
	if (job->shell == SHELL_CMD && strchr(value.text, '"'))
		return refuse(job, word, hint_others,
			      "it has a double quote, and cmd.exe would read what follows as a separate command");
	return true;
}

static bool check_words(struct job *job)
{
	bool fine = true;

	for (size_t i = 0; i < job->command->count; i++)
		fine &= check_word(job, &job->command->items[i]);
	return fine;
}

/* At the prompt nothing keeps cmd.exe from replacing %NAME%; a single percent sign stays as it is. */
static bool check_percents(struct job *job)
{
	const char *first = strchr(strbuf_text(&job->native), '%');

	if (!first || !strchr(first + 1, '%'))
		return true;
	for (size_t i = 0; i < job->command->count; i++) {
		const struct word *word = &job->command->items[i];

		if (strchr(value_of(word, job->passwords).text, '%'))
			return refuse(job, word, hint_others, "the line has more than one percent sign, and cmd.exe "
							      "would replace what is between them");
	}
	bug("the name of a switch has a percent sign");
}

static bool check_length(struct job *job)
{
	bool cmd = job->shell == SHELL_CMD;
	size_t limit = cmd ? CMD_LINE_MAX : NATIVE_LINE_MAX, length = text_utf16_length(strbuf_text(&job->native));

	if (length <= limit)
		return true;
	return report_error(job->to, shells[job->shell].code, cmd ? hint_others : "Use shorter values.",
			    "The line is %zu characters long; %s takes %zu at most.", length,
			    cmd ? "a prompt of cmd.exe safely" : "Windows", limit);
}

static void add_words(struct job *job)
{
	for (size_t i = 0; i < job->command->count; i++) {
		const struct word *word = &job->command->items[i];
		struct strbuf *text = line_words_add(&job->words);

		winquote_lead(text, word);
		strbuf_puts(text, value_of(word, job->passwords).text);
		if (i > 0)
			strbuf_putc(&job->native, ' ');
		add_native(job, &job->native, i);
	}
}

/* PowerShell runs no program of the current folder by its bare name, and msiexec is on the path. */
static void add_powershell_program(struct strbuf *out, const char *program)
{
	if (text_equal_fold(program, "msiexec"))
		strbuf_printf(out, "%s.exe", program);
	else if (text_equal_fold(program, "msiexec.exe") || strchr(program, '\\'))
		strbuf_puts(out, program);
	else
		strbuf_printf(out, ".\\%s", program);
}

static void add_powershell_literal(struct strbuf *out, const struct strbuf *text)
{
	if (!quote_powershell(out, strbuf_text(text)))
		bug("a value passed the checks and cannot be quoted");
}

/* The arguments as one string, because Start-Process joins a list without quoting it. A placeholder stands outside
 * the quotes, where it is a syntax error. */
static void add_powershell_arguments(struct job *job)
{
	struct strbuf literal = STRBUF_INIT, sum = STRBUF_INIT;
	bool placeholders = false;

	for (size_t i = 1; i < job->command->count; i++) {
		const struct word *word = &job->command->items[i];

		if (i > 1)
			strbuf_putc(&literal, ' ');
		struct value value = value_of(word, job->passwords);

		if (!value.placeholder) {
			add_native(job, &literal, i);
			continue;
		}
		winquote_lead(&literal, word);
		add_powershell_literal(&sum, &literal);
		strbuf_printf(&sum, " + %s + ", value.text);
		strbuf_reset(&literal);
		placeholders = true;
	}
	if (literal.length > 0 || !placeholders)
		add_powershell_literal(&sum, &literal);
	else
		strbuf_truncate(&sum, sum.length - strlen(" + "));
	strbuf_puts(&job->line, placeholders ? " -ArgumentList (" : " -ArgumentList ");
	strbuf_puts(&job->line, strbuf_text(&sum));
	strbuf_puts(&job->line, placeholders ? ")" : "");
	strbuf_clear(&literal);
	strbuf_clear(&sum);
}

static void build_powershell(struct job *job)
{
	struct strbuf program = STRBUF_INIT;

	add_powershell_program(&program, strbuf_text(&job->words.items[0]));
	strbuf_puts(&job->line, "Start-Process -Wait -FilePath ");
	add_powershell_literal(&job->line, &program);
	strbuf_clear(&program);
	if (job->command->count > 1)
		add_powershell_arguments(job);
}

static void build_argv(struct job *job)
{
	for (size_t i = 0; i < job->words.count; i++) {
		strbuf_putc(&job->line, i == 0 ? '[' : ',');
		json_string(&job->line, strbuf_text(&job->words.items[i]));
	}
	strbuf_putc(&job->line, ']');
}

static void build_line(struct job *job)
{
	switch (job->shell) {
	case SHELL_CMD:
		strbuf_puts(&job->line, strbuf_text(&job->native));
		break;
	case SHELL_POWERSHELL:
		build_powershell(job);
		break;
	case SHELL_ARGV:
		build_argv(job);
		break;
	case SHELL_COUNT:
		bug("no such shell");
	}
}

static size_t placeholder_count(const struct job *job)
{
	size_t count = 0;

	for (size_t i = 0; i < job->command->count; i++)
		count += value_of(&job->command->items[i], job->passwords).placeholder;
	return count;
}

/* The line read back has to give the words that were meant, and placeholders where they were meant. */
static bool check_line(struct job *job)
{
	struct line_words read = { 0 };
	bool same = winquote_decode(&read, strbuf_text(&job->line), job->shell, job->command->reader);

	if (same && job->shell == SHELL_POWERSHELL) {
		struct strbuf program = STRBUF_INIT;

		add_powershell_program(&program, strbuf_text(&job->words.items[0]));
		strbuf_clear(&job->words.items[0]);
		job->words.items[0] = program;
	}
	same = same && read.count == job->words.count;
	same = same && (job->shell == SHELL_ARGV || read.placeholders == placeholder_count(job));
	for (size_t i = 0; same && i < read.count; i++)
		same = str_eq(strbuf_text(&read.items[i]), strbuf_text(&job->words.items[i]));
	line_words_clear(&read);
	if (same)
		return true;
	return report_error(job->to, "cannot-verify", "Try another --shell, and report this as a fault of scupgrade.",
			    "The line for %s does not read back as it was meant, so it is not shown.",
			    shells[job->shell].name);
}

bool winquote_line(struct strbuf *out, const struct command_words *command, enum shell shell,
		   const struct password_source *passwords, struct report *to)
{
	struct job job = { .command = command, .shell = shell, .passwords = passwords, .to = to };
	bool fine;

	if (command->count == 0)
		return true;
	fine = check_words(&job);
	if (fine) {
		add_words(&job);
		fine = shell != SHELL_CMD || check_percents(&job);
		fine = check_length(&job) && fine;
	}
	if (fine) {
		build_line(&job);
		fine = check_line(&job);
	}
	if (fine)
		strbuf_add(out, job.line.data, job.line.length);
	line_words_clear(&job.words);
	strbuf_clear(&job.native);
	strbuf_clear(&job.line);
	return fine;
}
