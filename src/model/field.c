/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Values in and out of records by the field tables. Access is in field_access.c, judging in field_check.c.
 */
#include "model/field.h"

#include "core/text.h"
#include "model/flow.h"

enum { MOST_CHOICES = 32, SHOWN_CELLS = 60 };

/* ---- text to values; TO may be NULL ---- */

/* Adds the error that TEXT, as FORMAT says, is not possible. Always false. */
static bool refuse(struct report *to, const char *code, const char *hint, const char *text, const char *what)
{
	struct strbuf shown = STRBUF_INIT;

	if (to) {
		text_fit(&shown, text, SHOWN_CELLS, false, false);
		report_error(to, code, hint, "\"%s\" %s", strbuf_text(&shown), what);
		strbuf_clear(&shown);
	}
	return false;
}

static bool parse_number(const struct field *field, const char *text, unsigned *number, struct report *to)
{
	struct strbuf hint = STRBUF_INIT;
	uint64_t value = 0;
	const char *at = text;

	for (; *at >= '0' && *at <= '9' && value <= UINT32_MAX; at++)
		value = value * 10 + (unsigned)(*at - '0');
	strbuf_printf(&hint, "Write a number from %llu to %llu in digits.",
		      (unsigned long long)field->minimum, (unsigned long long)field->maximum);
	if (at == text || (*at && (*at < '0' || *at > '9')))
		refuse(to, "number-form", strbuf_text(&hint), text, "is not a number.");
	else if (value < field->minimum || value > field->maximum)
		refuse(to, "number-range", strbuf_text(&hint), text, "is out of range.");
	else
		*number = (unsigned)value;
	strbuf_clear(&hint);
	return at != text && !*at && value >= field->minimum && value <= field->maximum;
}

bool field_parse_flag(const char *text, bool *flag, struct report *to)
{
	bool yes = str_eq(text, "true") || str_eq(text, "yes");

	if (!yes && !str_eq(text, "false") && !str_eq(text, "no"))
		return refuse(to, "flag-form", "Write true or false; yes and no will do too.", text,
			      "is neither true nor false.");
	*flag = yes;
	return true;
}

/* The first LENGTH bytes of A are B, whatever stands between its words and in capitals or not. */
static bool same_words(const char *a, size_t length, const char *b)
{
	size_t i = 0;

	for (; i < length && b[i]; i++) {
		bool gap = strchr(" -_", a[i]) && strchr(" -_", b[i]);

		if (!gap && (a[i] | 0x20) != (b[i] | 0x20))
			return false;
	}
	return i == length && !b[i];
}

/* The choice that somebody calls TEXT: by its label, its short name, or the first word of its id. */
static const char *choice_called(const struct field *field, const struct plan *plan, const char *text)
{
	const struct choice *offer;

	for (size_t i = 0; (offer = field_offer(field, plan, i)); i++)
		if ((offer->label && same_words(offer->label, strlen(offer->label), text)) ||
		    (offer->brief && same_words(offer->brief, strlen(offer->brief), text)))
			return offer->id;
	for (size_t i = 0; (offer = field_offer(field, plan, i)); i++)
		if (offer->id[strcspn(offer->id, "-")] && same_words(offer->id, strcspn(offer->id, "-"), text))
			return offer->id;
	return NULL;
}

/* "a b" where both are choices: a comma is missing. Puts "[a, b]" into HINT. */
static bool put_list(const struct field *field, const struct plan *plan, const char *text, struct strbuf *hint)
{
	size_t words = 0, start = hint->length;

	strbuf_puts(hint, "A comma is missing: [");
	while (*text) {
		size_t length = strcspn(text, " ");
		const struct choice *offer;
		bool known = false;

		for (size_t i = 0; !known && (offer = field_offer(field, plan, i)); i++)
			known = strlen(offer->id) == length && strncmp(offer->id, text, length) == 0;
		if (length && !known) {
			strbuf_truncate(hint, start);
			return false;
		}
		strbuf_puts(hint, length && words ? ", " : "");
		strbuf_add(hint, text, length);
		words += length > 0;
		text += length + strspn(text + length, " ");
	}
	strbuf_puts(hint, "].");
	if (words < 2)
		strbuf_truncate(hint, start);
	return words >= 2;
}

static bool refuse_choice(const struct field *field, const struct plan *plan, const char *text, struct report *to)
{
	const char *ids[MOST_CHOICES + 1] = { NULL }, *nearest;
	const struct choice *offer;
	struct strbuf hint = STRBUF_INIT;

	if (!to)
		return false;
	for (size_t i = 0; (offer = field_offer(field, plan, i)) && i < MOST_CHOICES; i++)
		ids[i] = offer->id;
	nearest = text_nearest(text, ids);
	if (!nearest)
		nearest = choice_called(field, plan, text);
	if (!put_list(field, plan, text, &hint)) {
		if (nearest)
			strbuf_printf(&hint, "Did you mean \"%s\"? ", nearest);
		strbuf_puts(&hint, "Possible:");
		for (size_t i = 0; ids[i]; i++)
			strbuf_printf(&hint, "%s %s", i ? "," : "", ids[i]);
		strbuf_putc(&hint, '.');
	}
	refuse(to, "choice-unknown", strbuf_text(&hint), text, "is not one of the possible values.");
	strbuf_clear(&hint);
	return false;
}

static bool parse_choice(const struct field *field, const struct plan *plan, const char *text, int *choice,
			 struct report *to)
{
	for (int i = 0; field->choices[i].id; i++) {
		if (str_eq(field->choices[i].id, text)) {
			*choice = i;
			return true;
		}
	}
	return refuse_choice(field, plan, text, to);
}

/* The next item of the comma-separated *LIST, trimmed, in ARENA; NULL behind the last. Empty items are left out. */
static const char *next_item(struct arena *arena, const char **list)
{
	const char *item;
	size_t length;

	while (**list) {
		length = strcspn(*list, ",");
		item = tidy_trim(arena, arena_strndup(arena, *list, length));
		*list += length + ((*list)[length] == ',');
		if (*item)
			return item;
	}
	return NULL;
}

static bool parse_choices(const struct field *field, const struct plan *plan, struct arena *arena, const char *text,
			  unsigned *bits, struct report *to)
{
	const char *item;
	int choice = 0;
	bool ok = true;

	*bits = 0;
	while ((item = next_item(arena, &text))) {
		if (parse_choice(field, plan, item, &choice, to))
			*bits |= 1u << choice;
		else
			ok = false;
	}
	return ok;
}

/* The room doubles, in the arena: it is full whenever the count is a power of two. */
static void append_name(struct arena *arena, struct names *names, const char *name)
{
	const char **items;

	if ((names->count & (names->count - 1)) == 0) {
		items = arena_array(arena, names->count ? names->count * 2 : 1, sizeof(*items));
		if (names->count)
			memcpy(items, names->items, names->count * sizeof(*items));
		names->items = items;
	}
	names->items[names->count++] = name;
}

static const char *tidied(const struct field *field, struct arena *arena, const char *text)
{
	return field->tidy ? field->tidy(arena, text) : text;
}

static struct names parse_names(const struct field *field, struct arena *arena, const char *text)
{
	struct names names = { NULL, 0 };
	const char *item;

	while ((item = next_item(arena, &text)))
		append_name(arena, &names, tidied(field, arena, item));
	return names;
}

/* ---- storing ---- */

/* The plan's reader takes no longer ones, so that none is ever kept. */
static bool fits(const char *text, struct report *to)
{
	size_t length = strlen(text);

	if (length <= YAML_SCALAR_LIMIT)
		return true;
	if (to)
		report_error(to, "text-long", "Write it shorter.",
			     "This text has %zu bytes; a plan takes up to %u.", length, YAML_SCALAR_LIMIT);
	return false;
}

static bool names_fit(const struct names *names, struct report *to)
{
	bool fit = true;

	for (size_t i = 0; i < names->count; i++)
		fit = fits(names->items[i], to) && fit;
	return fit;
}


static void store_preset(const struct field *field, struct plan *plan, struct record *record)
{
	const char *preset = field_preset(field, plan);
	bool ok = true;

	switch (field->kind) {
	case FIELD_TEXT:
		*field_text_at(field, record) = NULL;
		break;
	case FIELD_NUMBER:
		*field_number_at(field, record) = field->minimum || field->maximum == NUMBER_OPEN ? 0 : NUMBER_OPEN;
		ok = !*preset || parse_number(field, preset, field_number_at(field, record), NULL);
		break;
	case FIELD_FLAG:
		*field_flag_at(field, record) = false;
		ok = !*preset || field_parse_flag(preset, field_flag_at(field, record), NULL);
		break;
	case FIELD_CHOICE:
		if (field->offset == FIELD_NO_MEMBER)
			break;
		*field_choice_at(field, record) = 0;
		ok = !*preset || parse_choice(field, plan, preset, field_choice_at(field, record), NULL);
		break;
	case FIELD_CHOICES:
		ok = parse_choices(field, plan, plan->arena, preset, field_number_at(field, record), NULL);
		break;
	case FIELD_NAMES:
		*field_names_at(field, record) = parse_names(field, plan->arena, preset);
		break;
	case FIELD_ROWS:
	case FIELD_SECRET:
	case FIELD_KIND_COUNT:
		break;
	}
	if (!ok)
		bug("the preset of %s is not a value of it", field->key);
}

static bool store_product(const struct field *field, const struct plan *plan, const char *text, struct report *to)
{
	int choice;

	if (!parse_choice(field, plan, text, &choice, to))
		return false;
	if (str_eq(text, plan->flow->id))
		return true;
	return refuse(to, "product-fixed", "Start a new plan for another product.", text,
		      "is not the product of this plan.");
}

static bool store_value(const struct field *field, struct plan *plan, struct record *record, const char *text,
			struct report *to)
{
	struct names names;
	unsigned bits;

	switch (field->kind) {
	case FIELD_TEXT:
		text = tidied(field, plan->arena, text);
		if (!fits(text, to))
			return false;
		*field_text_at(field, record) = *text ? text : NULL;
		plan_record_changed(plan, record);
		return true;
	case FIELD_NUMBER:
		return parse_number(field, text, field_number_at(field, record), to);
	case FIELD_FLAG:
		return field_parse_flag(text, field_flag_at(field, record), to);
	case FIELD_CHOICE:
		if (field->offset == FIELD_NO_MEMBER)
			return store_product(field, plan, text, to);
		return parse_choice(field, plan, text, field_choice_at(field, record), to);
	case FIELD_CHOICES:
		if (!parse_choices(field, plan, plan->arena, text, &bits, to))
			return false;
		*field_number_at(field, record) = bits;
		plan_record_changed(plan, record);
		return true;
	case FIELD_NAMES:
		names = parse_names(field, plan->arena, text);
		if (!names_fit(&names, to))
			return false;
		*field_names_at(field, record) = names;
		return true;
	case FIELD_ROWS:
	case FIELD_SECRET:
	case FIELD_KIND_COUNT:
		break;
	}
	bug("field %s takes no text", field->key);
}

bool field_store_kept(const struct field *field, struct plan *plan, struct record *record, const char *text,
		      struct report *to)
{
	if (field->kind != FIELD_TEXT) {
		text = tidy_trim(plan->arena, text);
		if (!*text) {
			store_preset(field, plan, record);
			plan_record_changed(plan, record);
			return true;
		}
	}
	return store_value(field, plan, record, text, to);
}

bool field_store(const struct field *field, struct plan *plan, struct record *record, const char *text,
		 struct report *to)
{
	if (field->kind == FIELD_TEXT || field->kind == FIELD_NAMES)
		text = arena_strdup(plan->arena, text);
	return field_store_kept(field, plan, record, text, to);
}

bool field_store_item(const struct field *field, struct plan *plan, struct record *record, const char *item,
		      struct report *to)
{
	int choice;

	if (field->kind == FIELD_NAMES) {
		if (!fits(item, to))
			return false;
		append_name(plan->arena, field_names_at(field, record), tidied(field, plan->arena, item));
		return true;
	}
	if (!parse_choice(field, plan, item, &choice, to))
		return false;
	*field_number_at(field, record) |= 1u << choice;
	plan_record_changed(plan, record);
	return true;
}

void field_empty_list(const struct field *field, struct plan *plan, struct record *record)
{
	if (field->kind == FIELD_NAMES) {
		*field_names_at(field, record) = (struct names){ NULL, 0 };
		return;
	}
	*field_number_at(field, record) = 0;
	plan_record_changed(plan, record);
}

void fields_init(const struct field *const *columns, struct plan *plan, struct record *record)
{
	for (; *columns; columns++)
		store_preset(*columns, plan, record);
}

/* ---- values to text ---- */

static const char *joined_choices(const struct field *field, unsigned bits, struct arena *arena)
{
	struct strbuf text = STRBUF_INIT;
	const char *kept;

	for (unsigned i = 0; field->choices[i].id; i++) {
		if (bits & 1u << i)
			strbuf_printf(&text, "%s%s", text.length ? ", " : "", field->choices[i].id);
	}
	kept = arena_strdup(arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

static const char *joined_names(const struct names *names, struct arena *arena)
{
	struct strbuf text = STRBUF_INIT;
	const char *kept;

	for (size_t i = 0; i < names->count; i++)
		strbuf_printf(&text, "%s%s", i ? ", " : "", names->items[i]);
	kept = arena_strdup(arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

const char *field_text(const struct field *field, const struct plan *plan, const struct record *record,
		       struct arena *arena)
{
	const char *text;

	switch (field->kind) {
	case FIELD_TEXT:
		text = field_own_text(field, record);
		return text ? text : field_preset(field, plan);
	case FIELD_NUMBER:
		if (field_is_empty(field, plan, record))
			return "";
		return arena_printf(arena, "%u", field_number(field, record));
	case FIELD_FLAG:
		return field_flag(field, record) ? "yes" : "no";
	case FIELD_CHOICE:
		return field->offset == FIELD_NO_MEMBER ? plan->flow->id
							: field->choices[field_choice(field, record)].id;
	case FIELD_CHOICES:
		return joined_choices(field, field_choices(field, record), arena);
	case FIELD_NAMES:
		return joined_names(field_names(field, record), arena);
	case FIELD_ROWS:
	case FIELD_SECRET:
	case FIELD_KIND_COUNT:
		break;
	}
	return "";
}

bool field_is_preset(const struct field *field, const struct plan *plan, const struct record *record)
{
	struct arena *arena;
	const char *preset;
	bool same;

	if (field->kind == FIELD_ROWS)
		return field_rows(field, record)->count == 0;
	if (field->kind == FIELD_SECRET)
		return true;
	arena = arena_new();
	preset = field_preset(field, plan);
	/* Both through the same forms, since "a,b" and "true" are presets too. */
	if (field->kind == FIELD_FLAG) {
		field_parse_flag(*preset ? preset : "no", &same, NULL);
		same = same == field_flag(field, record);
	} else if (field->kind == FIELD_CHOICES) {
		unsigned bits;

		parse_choices(field, plan, arena, preset, &bits, NULL);
		same = bits == field_choices(field, record);
	} else if (field->kind == FIELD_NAMES) {
		struct names names = parse_names(field, arena, preset);

		same = str_eq(joined_names(&names, arena), field_text(field, plan, record, arena));
	} else if (field->kind == FIELD_CHOICE && !*preset) {
		same = field->offset == FIELD_NO_MEMBER || field_choice(field, record) == 0;
	} else {
		same = str_eq(preset, field_text(field, plan, record, arena));
	}
	arena_free(arena);
	return same;
}
