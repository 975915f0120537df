/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The canonical plan file, and saving it. Written by hand: a fixed form of a fixed schema is easier to prove
 * than an emitter's settings, and the tests read everything back.
 */
#include "pipeline/planfile.h"

#include "core/text.h"

enum { INDENT = 2 };

/* ---- scalars ---- */

/* Single quotes carry everything visible; what text_is_unsafe() refuses needs an escape. */
static void put_string(struct strbuf *out, const char *text)
{
	const char *at = text, *end = text + strlen(text), *start;
	size_t offset;
	bool escape = text_find_unsafe(text, strlen(text), &offset) != 0;
	uint32_t code;

	strbuf_putc(out, escape ? '"' : '\'');
	while (at < end) {
		start = at;
		code = text_next(&at, end);
		if (!escape && code == '\'')
			strbuf_puts(out, "''");
		else if (escape && (code == '"' || code == '\\'))
			strbuf_printf(out, "\\%c", (int)code);
		else if (code == TEXT_BAD)
			strbuf_puts(out, "\\uFFFD");
		else if (escape && text_is_unsafe(code))
			strbuf_printf(out, "\\U%08X", (unsigned)code);
		else
			strbuf_add(out, start, (size_t)(at - start));
	}
	strbuf_putc(out, escape ? '"' : '\'');
}

static void put_choices(struct strbuf *out, const struct field *field, unsigned bits)
{
	bool first = true;

	strbuf_putc(out, '[');
	for (unsigned i = 0; field->choices[i].id; i++) {
		if (!(bits & 1u << i))
			continue;
		if (!first)
			strbuf_puts(out, ", ");
		put_string(out, field->choices[i].id);
		first = false;
	}
	strbuf_putc(out, ']');
}

static void put_names(struct strbuf *out, const struct names *names)
{
	strbuf_putc(out, '[');
	for (size_t i = 0; i < names->count; i++) {
		if (i > 0)
			strbuf_puts(out, ", ");
		put_string(out, names->items[i]);
	}
	strbuf_putc(out, ']');
}

/* The value in one line. Never for rows and secrets. */
static void put_value(struct strbuf *out, const struct plan *plan, const struct field *field,
		      const struct record *record)
{
	switch (field->kind) {
	case FIELD_NUMBER:
		strbuf_printf(out, "%u", field_number(field, record));
		break;
	case FIELD_FLAG:
		strbuf_puts(out, field_flag(field, record) ? "true" : "false");
		break;
	case FIELD_CHOICES:
		put_choices(out, field, field_choices(field, record));
		break;
	case FIELD_NAMES:
		put_names(out, field_names(field, record));
		break;
	case FIELD_TEXT:
	case FIELD_CHOICE:
		put_string(out, field_text(field, plan, record, plan->arena));     /* takes nothing from the arena */
		break;
	case FIELD_ROWS:
	case FIELD_VOUCH:
	case FIELD_SECRET:
	case FIELD_KIND_COUNT:
		bug("field %s has no value of one line", field->key);
	}
}

/* An emptied list whose preset is not empty is an answer too. */
static bool is_written(const struct plan *plan, const struct field *field, const struct record *record)
{
	bool list = field->kind == FIELD_CHOICES || field->kind == FIELD_NAMES;

	/* A tick that vouches is among the confirmations. */
	if (field->kind == FIELD_SECRET || field->kind == FIELD_VOUCH || !field_applies(field, plan, record))
		return false;
	return !field_is_empty(field, plan, record) || (list && *field_preset(field, plan));
}

/* ---- rows and groups ---- */

static void put_rows(struct strbuf *out, const struct plan *plan, const struct field *field, const struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		size_t before;

		strbuf_puts(out, "  - {");
		before = out->length;
		for (const struct field *const *column = field->columns; *column; column++) {
			if (!is_written(plan, *column, rows->items[i]))
				continue;
			strbuf_printf(out, "%s %s: ", out->length > before ? "," : "", (*column)->key);
			put_value(out, plan, *column, rows->items[i]);
		}
		strbuf_puts(out, out->length > before ? " }\n" : "}\n");
	}
}

/* Length of the groups' part of KEY: "accounts.data-access." of "accounts.data-access.user". */
static size_t groups_length(const char *key)
{
	const char *dot = strrchr(key, '.');

	return dot ? (size_t)(dot - key) + 1 : 0;
}

/* Opens the groups of KEY that are not open since the last written key, PREVIOUS. Returns the depth of KEY. */
static size_t put_groups(struct strbuf *out, const char *key, const char *previous)
{
	size_t end = groups_length(key), previous_end = groups_length(previous), depth = 0, from, to;
	bool open = true;

	for (from = 0; from < end; from = to, depth++) {
		to = from + strcspn(key + from, ".") + 1;
		open = open && to <= previous_end && strncmp(key, previous, to) == 0;
		if (open)
			continue;
		strbuf_fill(out, ' ', depth * INDENT);
		strbuf_add(out, key + from, to - from - 1);
		strbuf_puts(out, ":\n");
	}
	return depth;
}

void plan_format(const struct plan *plan, struct strbuf *out)
{
	const struct record *answers = &plan->answers->record;
	const char *previous = "";

	strbuf_puts(out, PLAN_VERSION_KEY ": " PLAN_VERSION_TEXT "\n");
	strbuf_printf(out, "%s: ", field_product.key);
	put_string(out, plan->flow->id);
	strbuf_putc(out, '\n');
	for (const struct field *const *field = plan->flow->fields; *field; field++) {
		size_t depth;

		if (*field == &field_product || !is_written(plan, *field, answers))
			continue;
		depth = put_groups(out, (*field)->key, previous);
		previous = (*field)->key;
		strbuf_fill(out, ' ', depth * INDENT);
		strbuf_puts(out, previous + groups_length(previous));
		strbuf_putc(out, ':');
		if ((*field)->kind == FIELD_ROWS) {
			strbuf_putc(out, '\n');
			put_rows(out, plan, *field, field_rows(*field, answers));
			continue;
		}
		strbuf_putc(out, ' ');
		put_value(out, plan, *field, answers);
		strbuf_putc(out, '\n');
	}
}

struct digest plan_digest(const struct plan *plan)
{
	struct strbuf text = STRBUF_INIT;
	struct digest digest;

	plan_format(plan, &text);
	digest = digest_of(strbuf_text(&text), text.length);
	strbuf_clear(&text);
	return digest;
}

/* ---- files ---- */

static bool is_unchanged(const struct plan_source *source, const struct strbuf *text)
{
	return source && source->identity.exists && source->text.length == text->length &&
	       memcmp(strbuf_text(&source->text), strbuf_text(text), text->length) == 0;
}

/* SOURCE describes the file that was just written; it takes TEXT over. */
static void renew_source(struct plan_source *source, const struct file_identity *identity, struct strbuf *text)
{
	strbuf_clear(&source->text);
	*source = (struct plan_source){ .identity = *identity, .has_comments = false, .text = *text };
	*text = (struct strbuf)STRBUF_INIT;
}

enum save_result plan_save(const struct plan *plan, const char *path, struct plan_source *source, bool force,
			   const char **note, const char **why)
{
	struct strbuf text = STRBUF_INIT;
	bool comments = source && source->identity.exists && source->has_comments;
	struct save_request request = { .path = path, .force = force, .keep_old = comments };
	struct file_identity identity = { .exists = false };
	enum save_result result = SAVE_OK;
	const char *ignored;

	if (!note)
		note = &ignored;
	*note = "";
	plan_format(plan, &text);
	if (is_unchanged(source, &text)) {
		strbuf_clear(&text);
		return SAVE_OK;
	}
	request.bytes = strbuf_text(&text);
	request.count = text.length;
	request.expected = source && source->identity.exists ? &source->identity : NULL;
	result = platform_save(&request, &identity, why);
	if (result == SAVE_UNSURE)
		*note = "It may not survive a power loss, for the disk could not be made to take it for sure.";
	else if (result == SAVE_OK && comments)
		*note = "The old file had comments, which a saved plan cannot keep: it is kept beside the new one, "
			"with ~ at the end of its name.";
	if (save_is_done(result) && source)
		renew_source(source, &identity, &text);
	strbuf_clear(&text);
	return result;
}

void plan_source_clear(struct plan_source *source)
{
	strbuf_clear(&source->text);
	*source = (struct plan_source){ .text = STRBUF_INIT };
}
