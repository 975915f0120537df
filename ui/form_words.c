/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the frame says about the focused field: the two lines, the keys, the help.
 */
#include "ui/form.h"

#include "core/text.h"
#include "ui/form_parts.h"

static const struct form_kind *kind_of(const struct form_item *item)
{
	return &form_kinds[item->field->kind];
}

void form_hint(struct form *form, struct strbuf *out)
{
	const struct form_item *item = form_current(form);

	if (item && (!kind_of(item)->hint || !kind_of(item)->hint(form, item, out)))
		strbuf_puts(out, field_help(item->field, wizard_plan(form->wizard)));
}

static bool has_other_stops(struct form *form)
{
	int stops = 0;

	for (size_t i = 0; i < form->count; i++)
		stops += form->items[i].shown ? form_stops(&form->items[i]) : 0;
	return stops > 1;
}

static bool is_cut(const struct form *form, const struct form_item *item)
{
	return form->editing && item->field->kind != FIELD_SECRET && item->width > 0 &&
	       (int)text_cells(lineedit_text(&form->edit)) >= item->width;
}

const enum action *form_actions(struct form *form)
{
	const struct form_item *item = form_current(form);
	const enum action *own = item ? kind_of(item)->keys : NULL;
	size_t count = 0;

	if (item && !own)
		own = kind_of(item)->actions(form, item);
	for (; own && *own != ACTION_NONE && count + 3 < ARRAY_LEN(form->actions); own++)
		form->actions[count++] = *own;
	if (item && has_other_stops(form))
		form->actions[count++] = ACTION_NEXT_FIELD;
	if (item && is_cut(form, item))
		form->actions[count++] = ACTION_WHOLE_LINE;
	form->actions[count] = ACTION_NONE;
	return form->actions;
}

static void put_choices_help(struct form *form, const struct field *field)
{
	const struct plan *plan = wizard_plan(form->wizard);
	struct arena *arena = arena_new();
	const struct choice *offer;

	for (offer = field_next_offer(field, plan, NULL); offer; offer = field_next_offer(field, plan, offer)) {
		const char *said = field_choice_help(field, plan, offer, arena);

		if (said)
			strbuf_printf(&form->help, "\n\n%s: %s", offer->label, said);
	}
	arena_free(arena);
}

/* What stands where nothing was answered, as the page says it; "" for nothing. */
static const char *preset_words(const struct field *field, const struct plan *plan)
{
	const char *preset =
		field->kind == FIELD_ROWS || field->kind == FIELD_SECRET ? "" : field_preset(field, plan);

	if (field->kind != FIELD_CHOICE)
		return preset;
	for (const struct choice *choice = field->choices; choice->id; choice++)
		if (str_eq(choice->id, preset))
			return choice->label;
	return preset;
}

const char *form_help(struct form *form)
{
	const struct form_item *item = form_current(form);
	const struct field *field;
	const char *preset, *origin;

	if (!item)
		return NULL;
	field = item->field;
	preset = preset_words(field, wizard_plan(form->wizard));
	origin = wizard_origin(form->wizard, form_record(form), field);
	strbuf_reset(&form->help);
	strbuf_printf(&form->help, "%s\n\n%s\n", form_label(form, field), field_help(field, wizard_plan(form->wizard)));
	/* Choices stand below with their labels; their example is a word for files. */
	if (field->example && field->kind != FIELD_CHOICE && field->kind != FIELD_CHOICES)
		strbuf_printf(&form->help, "\nExample: %s", field->example);
	if (preset[0])
		strbuf_printf(&form->help, "\nDefault: %s", preset);
	if (field->kind != FIELD_SECRET && origin && form_value(form, item)[0])
		strbuf_printf(&form->help, "\nThis answer comes from: %s", origin);
	put_choices_help(form, field);
	if (field->source) {
		strbuf_puts(&form->help, "\n\nSource: ");
		source_words(&form->help, field->source);
	}
	return strbuf_text(&form->help);
}
