/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The canonical plan file, and saving it. Written by hand: a fixed form of a fixed schema is easier to prove
 * than an emitter's settings, and the tests read everything back.
 */
#include "pipeline/planfile.h"

#include "core/text.h"
#include "pipeline/inputs.h"

enum { INDENT = 2, A_FEW_ANSWERS = 4096 };

/* ---- scalars ---- */

/* With escapes, where something cannot be seen. */
static void quote_escaped(struct strbuf *out, const char *text)
{
	const char *at = text, *end = text + strlen(text), *start;
	uint32_t code;

	strbuf_putc(out, '"');
	while (at < end) {
		start = at;
		code = text_next(&at, end);
		if (code == '"' || code == '\\')
			strbuf_printf(out, "\\%c", (int)code);
		else if (code == TEXT_BAD)
			strbuf_puts(out, "\\uFFFD");
		else if (text_is_unsafe(code))
			strbuf_printf(out, "\\U%08X", (unsigned)code);
		else
			strbuf_add(out, start, (size_t)(at - start));
	}
	strbuf_putc(out, '"');
}

/* Single quotes carry everything visible; what text_is_unsafe() refuses needs an escape. */
void plan_quote(struct strbuf *out, const char *text)
{
	size_t length = strlen(text), offset;
	char *end;

	if (text_find_unsafe(text, length, &offset) != 0) {
		quote_escaped(out, text);
		return;
	}
	end = strbuf_reserve(out, 2 * length + 2);
	*end++ = '\'';
	for (; *text; text++) {
		*end++ = *text;
		if (*text == '\'')
			*end++ = '\'';
	}
	*end++ = '\'';
	*end = '\0';
	out->length = (size_t)(end - out->data);
}

static void put_choices(struct strbuf *out, const struct field *field, unsigned bits, plan_quote_fn *quote)
{
	const char *before = "";

	strbuf_putc(out, '[');
	for (unsigned i = 0; field->choices[i].id; i++) {
		if (!(bits & 1u << i))
			continue;
		strbuf_puts(out, before);
		quote(out, field->choices[i].id);
		before = ", ";
	}
	strbuf_putc(out, ']');
}

static void put_names(struct strbuf *out, const struct names *names, plan_quote_fn *quote)
{
	strbuf_putc(out, '[');
	for (size_t i = 0; i < names->count; i++) {
		strbuf_puts(out, i ? ", " : "");
		quote(out, names->items[i]);
	}
	strbuf_putc(out, ']');
}

void plan_put_value(struct strbuf *out, const struct plan *plan, const struct field *field,
		    const struct record *record, plan_quote_fn *quote)
{
	switch (field->kind) {
	case FIELD_NUMBER:
		strbuf_printf(out, "%u", field_number(field, record));
		break;
	case FIELD_FLAG:
		strbuf_puts(out, field_flag(field, record) ? "true" : "false");
		break;
	case FIELD_CHOICES:
		put_choices(out, field, field_choices(field, record), quote);
		break;
	case FIELD_NAMES:
		put_names(out, field_names(field, record), quote);
		break;
	case FIELD_TEXT:
	case FIELD_CHOICE:
		quote(out, field_text(field, plan, record, plan->arena));     /* takes nothing from the arena */
		break;
	case FIELD_ROWS:
	case FIELD_SECRET:
	case FIELD_KIND_COUNT:
		bug("field %s has no value of one line", field->key);
	}
}

/* An emptied list whose preset is not empty is an answer too. */
static bool is_written(const struct scope *scope, const struct field *field)
{
	const struct plan *plan = scope->plan;
	const struct record *record = scope->record;
	bool list = field->kind == FIELD_CHOICES || field->kind == FIELD_NAMES;

	if (field->kind == FIELD_SECRET || !field_applies_in(field, scope))
		return false;
	if ((field->flags & FIELD_SPARSE) && field_is_preset(field, plan, record))
		return false;
	return !field_is_empty(field, plan, record) || (list && *field_preset(field, plan));
}

bool plan_writes(const struct plan *plan, const struct field *field, const struct record *record)
{
	struct scope scope = scope_in(plan, record);

	return is_written(&scope, field);
}

/* ---- rows and groups ---- */

/* YAML 1.1 reads a plain "on" as true: other programs get the key in quotes. */
static void put_key(struct strbuf *out, const char *key)
{
	if (str_eq(key, "on"))
		plan_quote(out, key);
	else
		strbuf_puts(out, key);
	strbuf_puts(out, ": ");
}

/* The row is the record of SCOPE. */
static void put_row(struct strbuf *out, const struct scope *scope, const struct field *field)
{
	size_t before;

	strbuf_putc(out, '{');
	before = out->length;
	for (const struct field *const *column = field->columns; *column; column++) {
		if (!is_written(scope, *column))
			continue;
		strbuf_puts(out, out->length > before ? ", " : " ");
		put_key(out, (*column)->key);
		plan_put_value(out, scope->plan, *column, scope->record, plan_quote);
	}
	strbuf_puts(out, out->length > before ? " }" : "}");
}

void plan_put_row(struct strbuf *out, const struct plan *plan, const struct field *field, const struct record *row)
{
	struct scope scope = scope_in(plan, row);

	put_row(out, &scope, field);
}

/* Who takes the text piece by piece, so that nobody makes room for the whole. */
struct taker {
	void (*take)(struct taker *taker, const char *bytes, size_t count);
	struct digester digester;
	const struct strbuf *expected;
	size_t at;                      /* how much of EXPECTED was seen */
	bool same;                      /* so far */
};

/* What is in OUT goes TO; NULL: OUT keeps it. */
static void hand_over(struct strbuf *out, struct taker *to)
{
	if (!to)
		return;
	to->take(to, strbuf_text(out), out->length);
	strbuf_reset(out);
}

static void put_rows(struct strbuf *out, const struct plan *plan, const struct field *field, const struct rows *rows,
		     size_t depth, struct taker *to)
{
	struct scope scope = scope_in(plan, NULL);

	for (size_t i = 0; i < rows->count; i++) {
		scope.record = rows->items[i];
		strbuf_fill(out, ' ', (depth + 1) * INDENT);
		strbuf_puts(out, "- ");
		put_row(out, &scope, field);
		strbuf_putc(out, '\n');
		hand_over(out, to);
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

static void put_plan(const struct plan *plan, struct strbuf *out, struct taker *to)
{
	const struct record *answers = &plan->answers->record;
	const char *previous = "";

	strbuf_puts(out, PLAN_VERSION_KEY ": " PLAN_VERSION_TEXT "\n");
	strbuf_printf(out, "%s: ", field_product.key);
	plan_quote(out, plan->flow->id);
	strbuf_putc(out, '\n');
	for (const struct field *const *field = plan->flow->fields; *field; field++) {
		size_t depth;

		if (*field == &field_product || !plan_writes(plan, *field, answers))
			continue;
		depth = put_groups(out, (*field)->key, previous);
		previous = (*field)->key;
		strbuf_fill(out, ' ', depth * INDENT);
		strbuf_puts(out, previous + groups_length(previous));
		strbuf_putc(out, ':');
		if ((*field)->kind == FIELD_ROWS) {
			strbuf_putc(out, '\n');
			put_rows(out, plan, *field, field_rows(*field, answers), depth, to);
			continue;
		}
		strbuf_putc(out, ' ');
		plan_put_value(out, plan, *field, answers, plan_quote);
		strbuf_putc(out, '\n');
	}
}

void plan_format(const struct plan *plan, struct strbuf *out)
{
	put_plan(plan, out, NULL);
}

/* Row by row: the whole text of a large plan would take more time to make room for than to write. */
static void hand_plan(const struct plan *plan, struct taker *to)
{
	struct strbuf text = STRBUF_INIT;

	put_plan(plan, &text, to);
	hand_over(&text, to);
	strbuf_clear(&text);
}

static void take_digest(struct taker *taker, const char *bytes, size_t count)
{
	digest_add(&taker->digester, bytes, count);
}

struct digest plan_digest(const struct plan *plan)
{
	struct taker taker = { .take = take_digest };

	digest_begin(&taker.digester);
	hand_plan(plan, &taker);
	return digest_end(&taker.digester);
}

static void compare(struct taker *taker, const char *bytes, size_t count)
{
	taker->same = taker->same && count <= taker->expected->length - taker->at &&
		      memcmp(strbuf_text(taker->expected) + taker->at, bytes, count) == 0;
	if (taker->same)
		taker->at += count;
}

bool plan_formats_as(const struct plan *plan, const struct strbuf *text)
{
	struct taker taker = { .take = compare, .expected = text, .same = true };

	hand_plan(plan, &taker);
	return taker.same && taker.at == text->length;
}

/* ---- files ---- */

/* Why a plan is not written that could not be read. In the plan's arena. */
static const char *say_unreadable(const struct plan *plan, const struct diags *diags)
{
	static const char what[] = "this program could not read it back";
	const struct diag *error = diags_first(diags, SEV_ERROR);

	/* A finding is a sentence: its full stop stays out of the parentheses. */
	return error ? arena_printf(plan->arena, "%s (%s%s%.*s)", what, error->path, *error->path ? ": " : "",
				    (int)strlen(error->text) - 1, error->text)
		     : what;
}

/* What stands at PATH, and its identity. FILE_MISSING: nothing. */
static enum file_result look(const char *path, struct strbuf *bytes, struct file_identity *found, const char **why)
{
	enum file_result result = platform_read(path, YAML_FILE_LIMIT, bytes, found, why);

	/* Too large for a plan: somebody else's in any case. Its identity is not needed to refuse it. */
	if (result == FILE_TOO_LARGE)
		*why = "what is there is too large for a plan; nothing was changed";
	return result;
}

/* Whether PATH looks as SOURCE tells, which costs no reading; what it holds is compared before it is replaced. FOUND is
 * what SOURCE knows of it then. */
static bool looks_known(const char *path, const struct plan_source *source, struct file_identity *found)
{
	const struct file_identity *known = &source->identity;
	const char *why;
	int stream;

	*found = (struct file_identity){ .exists = false };
	if (!known->exists)
		return false;
	stream = platform_stream_open(path, found, &why);
	if (stream < 0)
		return false;
	platform_stream_close(stream);
	if (found->device != known->device || found->inode != known->inode || found->size != known->size ||
	    found->modified_ns != known->modified_ns)
		return false;
	found->digest = known->digest;
	return true;
}

/* SOURCE describes the file that was just written, or found to hold TEXT; it takes TEXT over. */
static void renew_source(struct plan_source *source, const struct file_identity *identity, struct strbuf *text)
{
	strbuf_clear(&source->text);
	*source = (struct plan_source){ .identity = *identity, .text = *text };
	*text = (struct strbuf)STRBUF_INIT;
}

/* One try at the disk, between a look before and, when it did not go, one after. */
struct attempt {
	const struct plan *plan;
	const char *path;
	struct plan_source *source;
	struct plan_saving *saving;
	struct strbuf text;             /* what the file shall hold */
	bool proven;                    /* that reads back */
	bool ours;                      /* what was found is what SOURCE tells of */
};

/* Whether the text may be called saved. False: the reason was said. */
static bool is_proven(struct attempt *attempt)
{
	struct diags diags = DIAGS_INIT;

	if (!attempt->proven) {
		attempt->proven = plan_reads_back(attempt->plan, &attempt->text, &diags);
		if (!attempt->proven)
			attempt->saving->why = say_unreadable(attempt->plan, &diags);
	}
	diags_clear(&diags);
	return attempt->proven;
}

/* True: the disk holds the plan already, and it was read from there, or is proven. FOUND is what there is. */
static bool holds_already(struct attempt *attempt, const struct strbuf *there)
{
	struct plan_source *source = attempt->source;
	struct file_identity *found = &attempt->saving->found;

	attempt->ours = found->exists && source->identity.exists &&
			digest_equal(&found->digest, &source->identity.digest);
	if (!found->exists)
		return false;
	if (attempt->ours && strbuf_equal(&source->text, &attempt->text)) {
		source->identity = *found;
		return true;
	}
	if (!strbuf_equal(there, &attempt->text) || !is_proven(attempt))
		return false;
	renew_source(source, found, &attempt->text);
	return true;
}

static bool may_replace(const struct file_identity *found, const struct file_identity *allowed)
{
	return allowed && found->exists == allowed->exists &&
	       (!found->exists || digest_equal(&found->digest, &allowed->digest));
}

static enum save_result write_plan(struct attempt *attempt)
{
	struct plan_saving *saving = attempt->saving;
	bool more = attempt->ours && (attempt->source->has_comments || attempt->source->has_errors);
	struct save_request request = { .path = attempt->path,
					.bytes = strbuf_text(&attempt->text),
					.count = attempt->text.length,
					.wait = saving->wait,
					.expected = saving->found.exists ? &saving->found : NULL,
					.keep_old = saving->found.exists && (more || !attempt->ours) };
	struct file_identity identity;
	enum save_result result;

	if (!is_proven(attempt))
		return SAVE_FAILED;
	result = platform_save(&request, &identity, &saving->why);
	if (!save_is_done(result))
		return result;
	if (result == SAVE_UNSURE)
		saving->note = "It may not survive a power loss: the disk did not confirm the write.";
	else if (more)
		saving->note = attempt->source->has_errors
				       ? "The old file had answers that could not be read: it is kept beside the new "
					 "one, with ~ at the end of its name."
				       : "The old file had comments, which a saved plan cannot keep: it is kept beside "
					 "the new one, with ~ at the end of its name.";
	else if (request.keep_old)
		saving->note = "What it replaced is kept beside it, with ~ at the end of its name.";
	renew_source(attempt->source, &identity, &attempt->text);
	return result;
}

/* The look before is a reading when the plan is as SOURCE has it, or when there is something to ask about (CLOSELY). */
static enum save_result save_now(struct attempt *attempt, bool closely)
{
	struct plan_saving *saving = attempt->saving;
	struct strbuf there = STRBUF_INIT;
	enum file_result looked;
	bool known = attempt->source->identity.exists, holds, same;

	attempt->ours = !closely && !strbuf_equal(&attempt->source->text, &attempt->text) &&
			looks_known(attempt->path, attempt->source, &saving->found);
	if (attempt->ours)
		return write_plan(attempt);
	looked = look(attempt->path, &there, &saving->found, &saving->why);
	holds = (looked == FILE_OK || looked == FILE_MISSING) && holds_already(attempt, &there);
	same = attempt->ours || (looked == FILE_MISSING && !known);
	strbuf_clear(&there);
	if (looked == FILE_FAILED || looked == FILE_TOO_LARGE)
		return SAVE_FAILED;
	if (holds)
		return SAVE_OK;
	if (!same && !may_replace(&saving->found, saving->replace))
		return known ? SAVE_CHANGED : SAVE_EXISTS;
	return write_plan(attempt);
}

enum save_result plan_save(const struct plan *plan, const char *path, struct plan_source *source,
			   struct plan_saving *saving)
{
	struct attempt attempt = { .plan = plan, .path = path, .source = source, .saving = saving };
	enum save_result result;

	saving->note = saving->why = "";
	if (inputs_name_means(path)) {
		saving->why = arena_printf(plan->arena, "it would be read as %s; nothing was changed",
					   inputs_name_means(path));
		return SAVE_FAILED;
	}
	strbuf_reserve(&attempt.text, source->text.length + A_FEW_ANSWERS);
	plan_format(plan, &attempt.text);
	result = save_now(&attempt, saving->replace);
	/* Somebody was there between the look and the lock: what stands there now is what to ask about. */
	if (result == SAVE_EXISTS || result == SAVE_CHANGED) {
		saving->replace = NULL;
		result = save_now(&attempt, true);
	}
	strbuf_clear(&attempt.text);
	return result;
}

void plan_source_clear(struct plan_source *source)
{
	strbuf_clear(&source->text);
	*source = (struct plan_source){ .text = STRBUF_INIT };
}
