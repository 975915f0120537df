/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Fuzz target: a draft that somebody changed. It is resumed, or left with a reason; what was resumed is kept by the
 * next draft as it is.
 */
#include "fuzz.h"

#include "fuzz_folder.h"

static void write_bytes(const char *path, const uint8_t *data, size_t size)
{
	FILE *file = fopen(path, "w");

	if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0)
		bug("the draft cannot be written");
}

/* The plan of the draft that is there, into TEXT. False: it was not taken. */
static bool resume(const struct fuzz_folder *folder, struct strbuf *text, bool save)
{
	struct wizard *wizard = fuzz_wizard(folder);
	struct diags diags = DIAGS_INIT;
	struct strbuf about = STRBUF_INIT;
	bool found = wizard_draft_found(wizard, &about), taken = found && wizard_draft_resume(wizard, &diags);

	if (found && !taken && !diags.errors)
		bug("a draft is refused without a reason");
	if (taken)
		plan_format(wizard_plan(wizard), text);
	if (taken && save && !wizard_draft_save(wizard))
		bug("the next draft cannot be kept: %s", wizard_draft_trouble(wizard));
	wizard_free(wizard);
	diags_clear(&diags);
	strbuf_clear(&about);
	return taken;
}

int fuzz_draft(const uint8_t *data, size_t size)
{
	struct strbuf first = STRBUF_INIT, second = STRBUF_INIT;
	struct fuzz_folder folder;
	struct wizard *wizard;
	char path[PATH_MAX];

	fuzz_folder_open(&folder);
	wizard = fuzz_wizard(&folder);
	/* A draft is kept of what was changed only. */
	wizard_set(wizard, wizard_record(wizard), fields_find(wizard_plan(wizard)->flow->fields, "management-group"),
		   "OTHER", NULL);
	if (!wizard_draft_save(wizard) || !*wizard_draft_path(wizard))
		bug("no draft");
	snprintf(path, sizeof(path), "%s", wizard_draft_path(wizard));
	wizard_free(wizard);
	write_bytes(path, data, size);
	if (resume(&folder, &first, true) &&
	    (!resume(&folder, &second, false) || strcmp(strbuf_text(&first), strbuf_text(&second)) != 0))
		bug("the next draft has another plan:\n%s\n%s", strbuf_text(&first), strbuf_text(&second));
	strbuf_clear(&first);
	strbuf_clear(&second);
	fuzz_folder_close(&folder);
	return 0;
}
