/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the logs said, as text: first what decides, then the rest.
 */
#include "render/diagnosis.h"

#include "core/text.h"
#include "core/wrap.h"

#define OTHERS_SHOWN 10u
#define LINE_NUMBER_WIDTH 8

/* TEXT behind LABEL, wrapped, indented below it. */
static void put_text(struct strbuf *out, const char *label, const char *text, size_t width)
{
	struct arena *arena = arena_new();
	size_t indent = strlen(label);
	struct lines lines;

	if (!*text) {
		arena_free(arena);
		return;
	}
	lines = wrap_text(arena, text, width > indent + 20 ? width - indent : 20);
	for (size_t i = 0; i < lines.count; i++) {
		if (i == 0)
			strbuf_puts(out, label);
		else
			strbuf_fill(out, ' ', indent);
		text_visible(out, lines.items[i]);
		strbuf_putc(out, '\n');
	}
	arena_free(arena);
}

static void put_place(struct strbuf *out, const char *indent, const struct finding *finding)
{
	strbuf_puts(out, indent);
	text_visible(out, finding->file);
	strbuf_printf(out, ":%llu", (unsigned long long)finding->line);
	if (finding->count > 1)
		strbuf_printf(out, " (and %llu more)", (unsigned long long)(finding->count - 1));
	strbuf_printf(out, " [%s]\n", finding->sign->id);
}

/* Lines of a log are not wrapped: they are cut already. */
static void put_lines(struct strbuf *out, const struct log_line *lines, size_t count, size_t hit)
{
	for (size_t i = 0; i < count; i++) {
		strbuf_printf(out, "  %s%*llu  ", i == hit ? ">" : " ", LINE_NUMBER_WIDTH,
			      (unsigned long long)lines[i].number);
		for (const char *at = lines[i].text; *at;) {
			size_t length = strcspn(at, "\t");
			struct strbuf part = STRBUF_INIT;

			strbuf_add(&part, at, length);
			text_visible(out, strbuf_text(&part));
			strbuf_clear(&part);
			at += length;
			if (*at == '\t') {
				strbuf_putc(out, ' ');
				at++;
			}
		}
		strbuf_putc(out, '\n');
	}
}

static void put_decisive(struct strbuf *out, const struct finding *finding, size_t width)
{
	bool doubtful = finding->certainty == CERTAINTY_DOUBTFUL;

	put_text(out, doubtful ? "Probably: " : "Cause: ", finding->means, width);
	if (finding->other_release)
		put_text(out, "  ", "This is known from releases other than those of the plan.", width);
	put_place(out, "  ", finding);
	strbuf_putc(out, '\n');
	put_lines(out, finding->context, finding->context_count, finding->context_hit);
	strbuf_putc(out, '\n');
	put_text(out, "  Numbers: ", finding->numbers, width);
	put_text(out, "  Do: ", finding->sign->remedy, width);
	put_text(out, "  Known from: ", finding->source, width);
}

static void put_others(struct strbuf *out, const struct diagnosis *diagnosis, size_t width)
{
	size_t first = diagnosis->decided ? 1 : 0, shown = 0;

	for (size_t i = first; i < diagnosis->finding_count; i++) {
		const struct finding *finding = diagnosis->findings[i];

		if (shown == OTHERS_SHOWN) {
			strbuf_printf(out, "  and %zu more\n", diagnosis->finding_count - i);
			break;
		}
		if (shown++ == 0)
			strbuf_puts(out, diagnosis->decided ? "\nAlso seen, but not the cause:\n"
							    : "Seen, but not the cause:\n");
		put_place(out, "  ", finding);
		put_text(out, "    ", finding->means, width);
	}
	if (shown && !diagnosis->decided)
		strbuf_putc(out, '\n');
}

static void put_unknown(struct strbuf *out, const struct diagnosis *diagnosis, size_t width)
{
	for (size_t i = 0; i < diagnosis->log_count; i++) {
		const struct log_result *log = &diagnosis->logs[i];

		if (!log->error_count || log->verdict == LOG_ENDED_WELL)
			continue;
		strbuf_puts(out, "\nErrors of ");
		text_visible(out, log->path);
		strbuf_printf(out, " (%llu in all):\n", (unsigned long long)log->error_lines);
		put_lines(out, log->errors, log->error_count, SIZE_MAX);
	}
	put_text(out, "",
		 "If that does not help, give the whole log to the vendor's support. It may have passwords in it: "
		 "look through it first.",
		 width);
}

/* "5,012" */
static void put_number(struct strbuf *out, uint64_t number)
{
	char digits[24];
	int length = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)number);

	for (int i = 0; i < length; i++) {
		strbuf_putc(out, digits[i]);
		if ((length - i) % 3 == 1 && i + 1 < length)
			strbuf_putc(out, ',');
	}
}

static void put_log(struct strbuf *out, const struct log_result *log)
{
	static const char *const verdicts[] = { "nothing about its end (stopped, killed, or still running)",
						"ended well", "ended badly" };

	strbuf_puts(out, "  ");
	text_visible(out, log->path);
	if (log->why) {
		strbuf_puts(out, ": cannot be read: ");
		text_visible(out, log->why);
		strbuf_putc(out, '\n');
		if (!log->bytes)
			return;
		strbuf_puts(out, "    read so far");
	}
	strbuf_printf(out, ": %s, %s, ", log->shape ? log->shape->title : "a log of an unknown kind",
		      log_encoding_name(log->encoding));
	put_number(out, log->lines);
	strbuf_puts(out, log->lines == 1 ? " line" : " lines");
	if (log->runs > 1)
		strbuf_printf(out, ", %llu runs", (unsigned long long)log->runs);
	if (!log->shape || !(log->shape->kind & (LOG_CHECKS | LOG_EVENTS | LOG_SQL | LOG_UNIX | LOG_START)))
		strbuf_printf(out, "; %s", verdicts[log->verdict]);
	if (log->has_status)
		strbuf_printf(out, " with %ld", log->status);
	if (log->consequences) {
		strbuf_puts(out, "; ");
		put_number(out, log->consequences);
		strbuf_puts(out, log->consequences == 1 ? " line that only follows from the failure"
							: " lines that only follow from the failure");
	}
	strbuf_puts(out, ".\n");
}

static void put_code(struct strbuf *out, const struct diagnosis *diagnosis, size_t width)
{
	const struct exit_code *code = diagnosis->code;
	struct arena *arena = arena_new();
	struct strbuf text = STRBUF_INIT, source = STRBUF_INIT;

	if (code) {
		certainty_words(&source, code->source);
		strbuf_printf(&text, "%s (%s%s%ld; %s)", exit_code_words(code, arena), code->word ? code->word : "",
			      code->word ? ", " : "", code->code, strbuf_text(&source));
	}
	if (*diagnosis->code_note)
		strbuf_printf(&text, "%s%s", text.length ? " " : "", diagnosis->code_note);
	put_text(out, "Exit code: ", strbuf_text(&text), width);
	arena_free(arena);
	strbuf_clear(&text);
	strbuf_clear(&source);
}

void diagnosis_text(struct strbuf *out, const struct diagnosis *diagnosis, size_t width)
{
	const struct step *step = diagnosis->step;
	struct strbuf text = STRBUF_INIT;

	if (diagnosis->decided)
		put_decisive(out, diagnosis->findings[0], width);
	else if (diagnosis->failed && diagnosis->log_count)
		put_text(out, "", "It failed, and these logs have no sign that this program knows.", width);
	else if (diagnosis->log_count && !diagnosis->unreadable)
		put_text(out, "", "No failure was found in these logs.", width);
	put_others(out, diagnosis, width);
	if (diagnosis->failed && diagnosis->log_count &&
	    (!diagnosis->decided || diagnosis->findings[0]->sign->role != SIGN_CAUSE))
		put_unknown(out, diagnosis, width);
	strbuf_puts(out, out->length ? "\n" : "");
	put_code(out, diagnosis, width);
	if (step)
		strbuf_printf(&text, "%s [%s]. ", step->title, step->id);
	strbuf_puts(&text, diagnosis->step_note);
	put_text(out, "Step: ", strbuf_text(&text), width);
	put_text(out, "Next: ", diagnosis->next_text, width);
	put_text(out, "First: ", diagnosis->advice, width);
	if (diagnosis->log_count)
		strbuf_puts(out, diagnosis->log_count == 1 ? "Log:\n" : "Logs:\n");
	for (size_t i = 0; i < diagnosis->log_count; i++)
		put_log(out, &diagnosis->logs[i]);
	strbuf_clear(&text);
}
