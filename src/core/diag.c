/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Findings: kept, sorted, printed.
 */
#include "core/diag.h"

#include "core/json.h"
#include "core/text.h"

void diags_clear(struct diags *diags)
{
	free(diags->items);
	arena_free(diags->arena);
	*diags = (struct diags)DIAGS_INIT;
}

static struct arena *arena_of(struct diags *diags)
{
	if (!diags->arena)
		diags->arena = arena_new();
	return diags->arena;
}

/* Adds DIAG, whose texts live long enough. */
static void append(struct diags *diags, struct diag diag)
{
	diags->items = xgrow(diags->items, diags->count, &diags->room, sizeof(*diags->items));
	diags->items[diags->count++] = diag;
	diags->errors += diag.severity == SEV_ERROR;
	diags->warnings += diag.severity == SEV_WARNING;
}

static const char *copy_text(struct arena *arena, const char *text)
{
	return text && *text ? arena_strdup(arena, text) : "";
}

void diags_add(struct diags *diags, enum severity severity, const char *code, struct place at, const char *path,
	       const char *hint, const char *format, ...)
{
	struct arena *arena = arena_of(diags);
	struct diag diag = { severity, code, at, copy_text(arena, path), NULL, copy_text(arena, hint) };
	va_list args;

	va_start(args, format);
	diag.text = arena_vprintf(arena, format, args);
	va_end(args);
	append(diags, diag);
}

void diags_add_all(struct diags *to, const struct diags *from)
{
	struct diag diag;
	size_t i;

	for (i = 0; i < from->count; i++) {
		diag = from->items[i];
		diag.path = copy_text(arena_of(to), diag.path);
		diag.text = copy_text(arena_of(to), diag.text);
		diag.hint = copy_text(arena_of(to), diag.hint);
		append(to, diag);
	}
}

void diags_add_mild(struct diags *to, const struct diags *from)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct diag *diag = &from->items[i];

		diags_add(to, diag->severity == SEV_ERROR ? SEV_WARNING : diag->severity, diag->code, diag->at,
			  diag->path, diag->hint, "%s", diag->text);
	}
}

const struct diag *diags_first(const struct diags *diags, enum severity severity)
{
	for (size_t i = 0; i < diags->count; i++) {
		if (diags->items[i].severity == severity)
			return &diags->items[i];
	}
	return NULL;
}

void diags_filter(struct diags *diags, bool (*keep)(const struct diags *diags, size_t index, const void *data),
		  const void *data)
{
	bool *kept = xcalloc(diags->count ? diags->count : 1, sizeof(*kept));
	size_t count = diags->count;

	for (size_t i = 0; i < count; i++)
		kept[i] = keep(diags, i, data);
	diags->count = diags->errors = diags->warnings = 0;
	for (size_t i = 0; i < count; i++)
		if (kept[i])
			append(diags, diags->items[i]);
	free(kept);
}

static int compare_numbers(unsigned a, unsigned b)
{
	return (a > b) - (a < b);
}

static int compare_places(const struct place *a, const struct place *b)
{
	bool a_placed = a->file && a->line, b_placed = b->file && b->line;
	int order;

	if (!a_placed || !b_placed)
		return (int)b_placed - (int)a_placed;
	order = a->file == b->file ? 0 : strcmp(a->file, b->file);
	if (order == 0)
		order = compare_numbers(a->line, b->line);
	return order ? order : compare_numbers(a->column, b->column);
}

static int compare_findings(const struct diag *a, const struct diag *b)
{
	if (a->severity != b->severity)
		return a->severity > b->severity ? -1 : 1;
	return compare_places(&a->at, &b->at);
}

/* Merges FROM[start..middle) and FROM[middle..end) into TO. The left one goes first when equal: stable. */
static void merge(struct diag *to, const struct diag *from, size_t start, size_t middle, size_t end)
{
	size_t left = start, right = middle, i;

	for (i = start; i < end; i++) {
		if (left < middle && (right >= end || compare_findings(&from[left], &from[right]) <= 0))
			to[i] = from[left++];
		else
			to[i] = from[right++];
	}
}

void diags_sort(struct diags *diags)
{
	struct diag *from = diags->items, *to, *spare;
	size_t count = diags->count, width, start, middle, end;

	if (count < 2)
		return;
	to = xcalloc(count, sizeof(*to));
	for (width = 1; width < count; width *= 2) {
		for (start = 0; start < count; start = end) {
			middle = count - start > width ? start + width : count;
			end = count - middle > width ? middle + width : count;
			merge(to, from, start, middle, end);
		}
		spare = from;
		from = to;
		to = spare;
	}
	if (from != diags->items) {
		diags->items = from;
		diags->room = count;
	}
	free(to);
}

PRINTF_LIKE(5, 0)
static void report_v(struct report *report, enum severity severity, const char *code, const char *hint,
		     const char *format, va_list args)
{
	struct arena *arena = arena_of(report->diags);
	void (*locate)(struct report *) = report->locate;
	struct diag diag = { severity, code, { NULL, 0, 0 }, NULL, NULL, copy_text(arena, hint) };

	diag.text = arena_vprintf(arena, format, args);
	if (locate) {
		report->locate = NULL;
		locate(report);
		diag.path = report->path ? report->path : "";
	} else {
		diag.path = copy_text(arena, report->path);
	}
	diag.at = report->at;
	append(report->diags, diag);
}

void report_add(struct report *report, enum severity severity, const char *code, const char *hint,
		const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report_v(report, severity, code, hint, format, args);
	va_end(args);
}

bool report_error(struct report *report, const char *code, const char *hint, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report_v(report, SEV_ERROR, code, hint, format, args);
	va_end(args);
	return false;
}

const char *severity_name(enum severity severity)
{
	static const char *const names[] = {
		[SEV_NOTE] = "note",
		[SEV_WARNING] = "warning",
		[SEV_ERROR] = "error"
	};

	return names[severity];
}

void diag_format(struct strbuf *out, const struct diag *diag)
{
	if (diag->at.file) {
		text_visible(out, diag->at.file);
		strbuf_putc(out, ':');
		if (diag->at.line)
			strbuf_printf(out, "%u:%u:", diag->at.line, diag->at.column);
		strbuf_putc(out, ' ');
	}
	strbuf_printf(out, "%s: ", severity_name(diag->severity));
	if (*diag->path) {
		text_visible(out, diag->path);
		strbuf_puts(out, ": ");
	}
	text_visible(out, diag->text);
	strbuf_printf(out, " [%s]\n", diag->code);
	if (*diag->hint) {
		strbuf_puts(out, "    ");
		text_visible(out, diag->hint);
		strbuf_putc(out, '\n');
	}
}

void diags_print(const struct diags *diags, FILE *out)
{
	struct strbuf line = STRBUF_INIT;
	size_t i;

	for (i = 0; i < diags->count; i++) {
		strbuf_reset(&line);
		diag_format(&line, &diags->items[i]);
		/* A failed write stays in the stream's error flag, which the owner of the stream looks at. */
		fputs(strbuf_text(&line), out);
	}
	strbuf_clear(&line);
}

static void number(struct strbuf *out, const char *name, const struct place *at, unsigned value)
{
	json_key(out, ", ", name);
	if (at->line)
		strbuf_printf(out, "%u", value);
	else
		strbuf_puts(out, "null");
}

void diags_json(struct strbuf *out, const struct diags *diags)
{
	const struct diag *diag;
	size_t i;

	strbuf_putc(out, '[');
	for (i = 0; i < diags->count; i++) {
		diag = &diags->items[i];
		strbuf_puts(out, i ? ",\n" : "\n");
		strbuf_printf(out, "  {\"severity\": \"%s\"", severity_name(diag->severity));
		json_member(out, ", ", "code", diag->code);
		json_member(out, ", ", "file", diag->at.file);
		number(out, "line", &diag->at, diag->at.line);
		number(out, "column", &diag->at, diag->at.column);
		json_member(out, ", ", "path", diag->path);
		json_member(out, ", ", "text", diag->text);
		json_member(out, ", ", "hint", diag->hint);
		strbuf_putc(out, '}');
	}
	strbuf_puts(out, diags->count ? "\n]" : "]");
}
