/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The output that is command lines and nothing else.
 */
#include "render/render.h"

bool render_step_line(const struct plan *plan, const struct step *step, enum shell shell,
		      const struct password_source *passwords, struct strbuf *out, struct diags *diags)
{
	struct report to = { .diags = diags, .at = { .file = plan->file }, .path = step->id };

	return winquote_line(out, &step->words, shell, passwords, &to);
}

bool render_waiting_line(const struct plan *plan, const struct step *step, enum shell shell,
			 const struct password_source *passwords, struct strbuf *out, struct diags *diags)
{
	static const char start[] = "Start-Process -Wait ";
	struct strbuf line = STRBUF_INIT;
	bool fine = render_step_line(plan, step, shell, passwords, &line, diags);

	if (fine && shell == SHELL_CMD) {
		strbuf_puts(out, "start /wait \"\" ");
		strbuf_puts(out, strbuf_text(&line));
		strbuf_puts(out, "\necho %errorlevel%");
	} else if (fine) {
		if (!str_starts(strbuf_text(&line), start))
			bug("a line of PowerShell that does not wait");
		strbuf_puts(out, "(Start-Process -Wait -PassThru ");
		strbuf_puts(out, strbuf_text(&line) + strlen(start));
		strbuf_puts(out, ").ExitCode");
	}
	strbuf_clear(&line);
	return fine;
}

void render_label(struct strbuf *out, const char *text)
{
	static const char plain[] = " .,:()'-";

	for (const char *at = text; *at; at++) {
		bool letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9');
		if (letter || strchr(plain, *at))
			strbuf_putc(out, *at);
		else if (((unsigned char)*at & 0xC0) != 0x80)       /* one for a whole code point */
			strbuf_putc(out, '_');
	}
}

/* A line that the shell itself takes for a comment, so that a whole file can be pasted into a prompt. */
static void comment_line(struct strbuf *out, enum shell shell, const char *who, const char *what, const char *more)
{
	strbuf_puts(out, shell == SHELL_CMD ? "rem " : "# ");
	render_label(out, who ? who : "");
	strbuf_puts(out, who ? ": " : "");
	render_label(out, what);
	strbuf_puts(out, more);
	strbuf_putc(out, '\n');
}

static void step_comment(struct strbuf *out, enum shell shell, const struct step *step)
{
	const char *who = step->server ? step->server->name : NULL;

	comment_line(out, shell, who, step->title, step->words.count ? "" : " (no command line: see the steps)");
	if (step->words.count && step->uncertain)
		comment_line(out, shell, "UNCERTAIN", step->uncertain, "");
}

/* The end of the phase that begins at FIRST; *LINES: any of its steps has a command line. */
static size_t phase_end(const struct sequence *sequence, size_t first, bool *lines)
{
	size_t end = first;

	for (*lines = false; end < sequence->count; end++) {
		if (!str_eq(sequence->items[end].task->phase, sequence->items[first].task->phase))
			break;
		*lines = *lines || sequence->items[end].words.count;
	}
	return end;
}

/* A phase of scripts and manual steps alone would bury the lines: it is one comment. */
static void phase_comment(struct strbuf *out, enum shell shell, const struct step *first, size_t steps)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text, steps == 1 ? "%zu step without a command line: see the steps"
					: "%zu steps without a command line: see the steps", steps);
	comment_line(out, shell, first->task->phase, strbuf_text(&text), "");
	strbuf_clear(&text);
}

bool render_commands(const struct plan *plan, const struct sequence *sequence, const struct server *only,
		     enum shell shell, bool wait, const struct password_source *passwords, struct strbuf *out,
		     struct diags *diags)
{
	bool (*put_line)(const struct plan *, const struct step *, enum shell, const struct password_source *,
			 struct strbuf *, struct diags *) = wait ? render_waiting_line : render_step_line;
	size_t before = out->length, end = 0, found;
	struct strbuf line = STRBUF_INIT;
	const struct word *of = NULL;   /* what LINE is made of */
	bool ok = true, fine, lines = false;

	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];

		if (i == end) {
			end = phase_end(sequence, i, &lines);
			if (!only && !lines)
				phase_comment(out, shell, step, end - i);
		}
		if (!lines || (only && (step->server != only || !step->words.count)))
			continue;
		if (!only)
			step_comment(out, shell, step);
		if (!step->words.count)
			continue;
		/* The servers of one task mostly have the same; a finding names its step. */
		if (of != step->words.items) {
			found = diags->count;
			strbuf_reset(&line);
			fine = put_line(plan, step, shell, passwords, &line, diags);
			strbuf_puts(&line, fine ? "\n" : "");
			of = diags->count == found ? step->words.items : NULL;
			ok = ok && fine;
		}
		strbuf_add(out, strbuf_text(&line), line.length);
	}
	strbuf_clear(&line);
	if (!ok)
		strbuf_truncate(out, before);
	return ok;
}
