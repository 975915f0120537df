/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A terminal without a terminal.
 */
#include "ui/script.h"

#include <signal.h>

#include "core/text.h"

struct script {
	const char *at;                  /* the next line */
	const char *typed, *typed_end;   /* what is left of a plain line */
	unsigned line, bad_line;
	int rows, columns;
	const struct canvas *canvas;     /* shown last; the loop's own */
	struct strbuf *out, paste;
};

struct script *script_new(const char *text, int rows, int columns, struct strbuf *out)
{
	struct script *script = xcalloc(1, sizeof(*script));

	script->at = text;
	script->rows = rows;
	script->columns = columns;
	script->out = out;
	return script;
}

void script_free(struct script *script)
{
	strbuf_clear(&script->paste);
	free(script);
}

unsigned script_bad_line(const struct script *script)
{
	return script->bad_line;
}

static void dump(struct script *script, const char *name, bool roles)
{
	strbuf_printf(script->out, "== %s ==\n", name);
	if (!script->canvas)
		return;
	if (roles)
		canvas_dump(script->canvas, script->out);
	else
		canvas_dump_text(script->canvas, script->out);
}

enum token { TOKEN_NONE, TOKEN_KEY, TOKEN_BAD };

/* The tokens with numbers. */
static enum token event_token(struct script *script, const char *token, struct key *key)
{
	char direction[8] = "";
	int first, second;

	if (sscanf(token, "Resize %dx%d", &first, &second) == 2) {
		script->columns = first;
		script->rows = second;
		*key = (struct key){ .name = KEYNAME_RESIZE, .row = second, .column = first };
	} else if (sscanf(token, "Click %d %d", &first, &second) == 2) {
		*key = (struct key){ .name = KEYNAME_MOUSE, .row = first, .column = second };
	} else if (sscanf(token, "Wheel %7s %d %d", direction, &first, &second) == 3) {
		*key = (struct key){ .name = KEYNAME_MOUSE, .row = first, .column = second };
		key->wheel = str_eq(direction, "up") ? -1 : 1;
	} else if (sscanf(token, "Signal %d", &first) == 1) {
		*key = (struct key){ .name = KEYNAME_SIGNAL, .code = (uint32_t)first };
	} else if (str_eq(token, "Resume")) {
		*key = (struct key){ .name = KEYNAME_RESUME };
	} else if (str_eq(token, "Idle")) {
		*key = (struct key){ .name = KEYNAME_TIMEOUT };
	} else if (str_eq(token, "Hangup")) {
		*key = (struct key){ .name = KEYNAME_HANGUP };
	} else {
		return TOKEN_BAD;
	}
	return TOKEN_KEY;
}

/* What stands between < and >. */
static enum token read_token(struct script *script, const char *token, struct key *key)
{
	if (str_starts(token, "Dump ")) {
		dump(script, token + strlen("Dump "), true);
		return TOKEN_NONE;
	}
	if (str_starts(token, "DumpText ")) {
		dump(script, token + strlen("DumpText "), false);
		return TOKEN_NONE;
	}
	if (str_starts(token, "Paste ") || str_starts(token, "PasteLines ")) {
		strbuf_reset(&script->paste);
		strbuf_puts(&script->paste, strchr(token, ' ') + 1);
		for (size_t i = 0; token[strlen("Paste")] == 'L' && i < script->paste.length; i++)
			if (script->paste.data[i] == '|')
				script->paste.data[i] = '\n';
		*key = (struct key){ .name = KEYNAME_PASTE, .text = strbuf_text(&script->paste),
				     .length = script->paste.length };
		return TOKEN_KEY;
	}
	if (key_from_name(token, strlen(token), key))
		return TOKEN_KEY;
	return event_token(script, token, key);
}

/* One line of LENGTH bytes at LINE. */
static enum token read_line(struct script *script, const char *line, size_t length, struct key *key)
{
	struct strbuf token = STRBUF_INIT;
	enum token result;

	if (length == 0 || line[0] == '#')
		return TOKEN_NONE;
	if (line[0] != '<' || line[length - 1] != '>') {
		script->typed = line;
		script->typed_end = line + length;
		return TOKEN_NONE;
	}
	if (length > 7 && str_starts(line, "<Text ")) {
		script->typed = line + strlen("<Text ");
		script->typed_end = line + length - 1;
		return TOKEN_NONE;
	}
	strbuf_add(&token, line + 1, length - 2);
	result = read_token(script, strbuf_text(&token), key);
	strbuf_clear(&token);
	return result;
}

static bool script_read(void *data, struct key *key, int timeout_ms)
{
	struct script *script = data;
	enum token token = TOKEN_NONE;
	const char *line;
	size_t length;

	while (token == TOKEN_NONE) {
		if (script->typed < script->typed_end) {
			*key = (struct key){ .name = KEYNAME_CODE };
			key->code = text_next(&script->typed, script->typed_end);
			return true;
		}
		if (!*script->at)
			break;
		line = script->at;
		length = strcspn(line, "\n");
		script->at += length + (line[length] == '\n');
		script->line++;
		token = read_line(script, line, length, key);
		if (token == TOKEN_KEY && key->name == KEYNAME_TIMEOUT && timeout_ms < 0)
			token = TOKEN_NONE; /* whoever waits for ever does not notice */
	}
	if (token == TOKEN_BAD) {
		script->bad_line = script->line;
		script->at = "";
	}
	if (token != TOKEN_KEY)
		*key = (struct key){ .name = KEYNAME_HANGUP };
	return true;
}

static void script_size(void *data, int *rows, int *columns)
{
	const struct script *script = data;

	*rows = script->rows;
	*columns = script->columns;
}

static void script_show(void *data, const struct canvas *canvas, bool all)
{
	struct script *script = data;

	(void)all;
	script->canvas = canvas;
}

static void script_copy(void *data, const char *text)
{
	struct script *script = data;

	strbuf_printf(script->out, "copied: %s\n", text);
}

static void script_mouse(void *data, bool on)
{
	struct script *script = data;

	strbuf_printf(script->out, "mouse %s\n", on ? "on" : "off");
}

static void script_suspend(void *data)
{
	struct script *script = data;

	strbuf_puts(script->out, "suspended\n");
}

struct terminal script_terminal(struct script *script)
{
	return (struct terminal){ script,      script_size,  script_read,   script_show,
				  script_copy, script_mouse, script_suspend };
}
