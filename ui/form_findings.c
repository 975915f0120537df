/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The messages of a form: which field a finding belongs to, and how it stands under it. A message stays until its field
 * is judged anew.
 */
#include "ui/form.h"

#include "ui/form_parts.h"

/* The path of a finding without the row it is about: "servers[2].name" is the column "name". */
static const char *own_path(const struct form *form, const char *path)
{
	const char *dot = form->rows_field ? strstr(path, "].") : NULL;

	return dot ? dot + 2 : path;
}

bool form_owns(const struct form *form, const struct field *field, const char *finding_path)
{
	const char *path = own_path(form, finding_path);
	size_t length = strlen(field->key);

	if (strncmp(path, field->key, length) == 0 && (!path[length] || path[length] == '[' || path[length] == '.'))
		return true;
	return field->account && str_eq(path, field->account);
}

static const struct form_item *owner(const struct form *form, const struct diag *diag)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->items[i].shown && form_owns(form, form->items[i].field, diag->path))
			return &form->items[i];
	return NULL;
}

void form_drop_findings(struct form *form, const struct field *field)
{
	struct diags kept = DIAGS_INIT;

	for (size_t i = 0; i < form->findings.count; i++) {
		const struct diag *diag = &form->findings.items[i];

		if (!form_owns(form, field, diag->path))
			diags_add(&kept, diag->severity, diag->code, diag->at, diag->path, diag->hint, "%s",
				  diag->text);
	}
	diags_clear(&form->findings);
	form->findings = kept;
}

void form_findings(struct form *form, const struct diags *diags)
{
	diags_clear(&form->findings);
	form->findings = (struct diags)DIAGS_INIT;
	diags_add_all(&form->findings, diags);
}

const struct diags *form_found(const struct form *form)
{
	return &form->findings;
}

bool form_has_findings(const struct form *form, const struct form_item *item)
{
	for (size_t i = 0; i < form->findings.count; i++)
		if (form_owns(form, item->field, form->findings.items[i].path))
			return true;
	return false;
}

int form_draw_findings(struct form *form, const struct form_item *item, struct sheet *sheet, int row, int column)
{
	for (size_t i = 0; i < form->findings.count; i++)
		if (owner(form, &form->findings.items[i]) == item)
			row += sheet_finding(sheet, row, column, form->width - column, &form->findings.items[i]);
	return row;
}
