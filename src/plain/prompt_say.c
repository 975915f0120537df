/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plain front end's voice: lines out, filtered and wrapped.
 */
#include "plain/prompt_private.h"

#include "core/text.h"
#include "core/wrap.h"
#include "os/platform.h"

/* Filtered text goes out here alone: a terminal that nobody reads keeps no signal from ending the session. */
void prompt_put(struct prompt *prompt, const char *text)
{
	platform_output_begin(fileno(prompt->out));
	fputs(text, prompt->out);
	fflush(prompt->out);
	platform_output_end();
}

/* One filtered paragraph; lines after the first start with HANG blanks. */
static void put_wrapped(struct prompt *prompt, const char *text, size_t hang)
{
	size_t least = hang + PROMPT_NARROWEST;
	struct strbuf lines = STRBUF_INIT;

	wrap_put(&lines, text, prompt->width > least ? prompt->width : least, 0, hang);
	prompt_put(prompt, strbuf_text(&lines));
	strbuf_clear(&lines);
}

void prompt_say(struct prompt *prompt, const char *format, ...)
{
	struct strbuf text = STRBUF_INIT, visible = STRBUF_INIT;
	va_list args;

	va_start(args, format);
	strbuf_vprintf(&text, format, args);
	va_end(args);
	text_visible(&visible, strbuf_text(&text));
	put_wrapped(prompt, strbuf_text(&visible), strspn(strbuf_text(&visible), " "));
	strbuf_clear(&text);
	strbuf_clear(&visible);
}

void prompt_say_text(struct prompt *prompt, const char *text)
{
	struct strbuf line = STRBUF_INIT;

	while (*text) {
		size_t length = strcspn(text, "\n");

		strbuf_reset(&line);
		strbuf_add(&line, text, length);
		prompt_say(prompt, "%s", strbuf_text(&line));
		text += length + (text[length] == '\n');
	}
	strbuf_clear(&line);
}

void prompt_say_raw(struct prompt *prompt, unsigned indent, const char *text)
{
	struct strbuf visible = STRBUF_INIT;

	strbuf_fill(&visible, ' ', indent);
	text_visible(&visible, text);
	strbuf_putc(&visible, '\n');
	prompt_put(prompt, strbuf_text(&visible));
	strbuf_clear(&visible);
}

void prompt_say_list_item(struct prompt *prompt, size_t number, const char *text)
{
	struct strbuf line = STRBUF_INIT;
	size_t hang;

	strbuf_printf(&line, "%3zu. ", number);
	hang = line.length;
	text_visible(&line, text);
	put_wrapped(prompt, strbuf_text(&line), hang);
	strbuf_clear(&line);
}

static bool was_said(const struct prompt *prompt, const struct diag *diag)
{
	for (size_t i = 0; i < prompt->said.count; i++) {
		const struct diag *other = &prompt->said.items[i];

		if (str_eq(other->code, diag->code) && str_eq(other->path, diag->path) &&
		    str_eq(other->text, diag->text))
			return true;
	}
	return false;
}

static void say_finding(struct prompt *prompt, const struct diag *diag)
{
	static const char *const names[] = { [SEV_NOTE] = "Note", [SEV_WARNING] = "Warning", [SEV_ERROR] = "Error" };
	const struct page *page = page_of_path(wizard_plan(prompt->wizard)->flow, diag->path);
	struct strbuf line = STRBUF_INIT;
	bool open;

	strbuf_puts(&line, names[diag->severity]);
	if (page && page != wizard_page(prompt->wizard))
		strbuf_printf(&line, " on page %s, %s", page->rail, diag->path);
	if (diag->at.line && !str_eq(diag->at.file, wizard_plan(prompt->wizard)->file))
		strbuf_printf(&line, " in line %u", diag->at.line);
	strbuf_printf(&line, ": %s", diag->text);
	open = line.length && !strchr(".!?", line.data[line.length - 1]);
	if (*diag->hint)
		strbuf_printf(&line, "%s %s", open ? "." : "", diag->hint);
	prompt_say(prompt, "%s", strbuf_text(&line));
	strbuf_clear(&line);
}

void prompt_say_findings(struct prompt *prompt, const struct diags *diags)
{
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];

		if (diag->severity != SEV_ERROR) {
			if (was_said(prompt, diag))
				continue;
			diags_add(&prompt->said, diag->severity, diag->code, diag->at, diag->path, "", "%s",
				  diag->text);
		}
		say_finding(prompt, diag);
	}
}

/* A signal that asks to leave ends the waiting by itself. */
bool prompt_say_waiting(const char *holder, void *data)
{
	struct prompt *prompt = data;

	if (!prompt->told_waiting)
		prompt_say(prompt, "Waiting: the file is locked by %s.", holder);
	prompt->told_waiting = true;
	return true;
}
