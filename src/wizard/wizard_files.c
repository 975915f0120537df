/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The files that a wizard writes: their names, and saving the plan. Writing what is chosen on the Ready page is in
 * wizard_write.c.
 */
#include "wizard/wizard_private.h"

#include "core/text.h"
#include "os/platform.h"

enum { NAME_LIMIT = 64 };

/* ---- names ---- */

static bool is_reserved(const char *name)
{
	static const char *const devices[] = { "con", "prn", "aux", "nul", "conin$", "conout$", "com", "lpt" };
	size_t length = strcspn(name, ".");

	for (size_t i = 0; i < ARRAY_LEN(devices); i++) {
		size_t stem = strlen(devices[i]);
		bool numbered = i >= ARRAY_LEN(devices) - 2;

		if (strncmp(name, devices[i], stem) != 0)
			continue;
		if (numbered ? length == stem + 1 && name[stem] >= '0' && name[stem] <= '9' : length == stem)
			return true;
	}
	return false;
}

/* The file goes to Windows: only [a-z0-9][a-z0-9._-]{0,63}, no device's name. False: nothing is
 * left. */
static bool add_file_name(struct strbuf *out, const char *text)
{
	size_t start = out->length;

	for (; *text && out->length - start < NAME_LIMIT; text++) {
		char c = *text >= 'A' && *text <= 'Z' ? (char)(*text + ('a' - 'A')) : *text;
		bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

		if (plain || (out->length > start && (c == '_' || c == '-')))
			strbuf_putc(out, c);
		else if (out->length > start && out->data[out->length - 1] != '-')
			strbuf_putc(out, '-');
	}
	while (out->length > start && (out->data[out->length - 1] == '-' || out->data[out->length - 1] == '_'))
		strbuf_truncate(out, out->length - 1);
	if (out->length > start && !is_reserved(out->data + start))
		return true;
	strbuf_truncate(out, start);
	return false;
}

const char *wizard_plan_path(struct wizard *wizard)
{
	const struct field *name = wizard->plan->flow->name;
	const char *title;

	if (wizard->plan_path)
		return wizard->plan_path;
	title = name ? field_own_text(name, wizard_record(wizard)) : NULL;
	strbuf_reset(&wizard->made_path);
	if (!title || !add_file_name(&wizard->made_path, title))
		strbuf_puts(&wizard->made_path, "plan");
	strbuf_puts(&wizard->made_path, ".yaml");
	return strbuf_text(&wizard->made_path);
}

void wizard_set_plan_path(struct wizard *wizard, const char *path)
{
	wizard->plan_path = *path ? arena_strdup(wizard->arena, path) : NULL;
}

void wizard_outputs_init(struct wizard *wizard)
{
	size_t count = 1;

	for (const struct renderer *renderer = renderers; renderer->name; renderer++)
		count++;
	for (const struct folder_renderer *folder = folder_renderers; folder->name; folder++)
		count++;
	wizard->outputs = xcalloc(count, sizeof(*wizard->outputs));
	wizard->outputs[wizard->output_count++].output = (struct output){ .label = "plan", .chosen = true };
	for (const struct renderer *renderer = renderers; renderer->name; renderer++)
		wizard->outputs[wizard->output_count++].output =
			(struct output){ .renderer = renderer, .label = renderer->label, .chosen = renderer->chosen };
	for (const struct folder_renderer *folder = folder_renderers; folder->name; folder++)
		wizard->outputs[wizard->output_count++].output =
			(struct output){ .folder = folder, .label = folder->label };
}

size_t wizard_output_count(const struct wizard *wizard)
{
	return wizard->output_count;
}

bool wizard_has_written(const struct wizard *wizard)
{
	bool any = false;

	for (size_t i = 0; i < wizard->output_count; i++)
		any = any || wizard->outputs[i].output.written;
	return any;
}

/* PATH without ".yaml" or ".yml". */
static size_t stem_length(const char *path)
{
	static const char *const endings[] = { ".yaml", ".yml" };
	size_t length = strlen(path);

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t ending = strlen(endings[i]);

		if (length > ending && text_equal_fold(path + length - ending, endings[i]))
			return length - ending;
	}
	return length;
}

bool output_is_plan(const struct output *output)
{
	return !output->renderer && !output->folder;
}

struct output *wizard_output(struct wizard *wizard, size_t index)
{
	struct output_file *file = &wizard->outputs[index];
	struct strbuf path = STRBUF_INIT;
	const char *plan = wizard_plan_path(wizard);

	if (file->own_path) {
		strbuf_puts(&path, file->own_path);
	} else if (output_is_plan(&file->output)) {
		strbuf_puts(&path, plan);
	} else {
		strbuf_add(&path, plan, stem_length(plan));
		if (file->output.folder)
			strbuf_printf(&path, "-%s", file->output.folder->name);
		else
			strbuf_puts(&path, file->output.renderer->suffix);
	}
	/* Every path that was ever given stays valid; a new one is kept only when it differs. */
	if (!str_eq(file->output.path, strbuf_text(&path))) {
		file->output.path = arena_strdup(wizard->arena, strbuf_text(&path));
		file->identity.exists = false;
		file->output.written = false;
	}
	strbuf_clear(&path);
	return &file->output;
}

void wizard_set_output_path(struct wizard *wizard, size_t index, const char *path)
{
	if (output_is_plan(&wizard->outputs[index].output))
		wizard_set_plan_path(wizard, path);
	else
		wizard->outputs[index].own_path = *path ? arena_strdup(wizard->arena, path) : NULL;
}

/* ---- the plan ---- */

/* What is known of the file at PATH: another one's when the plan moves there. */
static bool is_source(const struct wizard *wizard, const char *path)
{
	return str_eq(path, wizard->source_path);
}

/* The file is another one now: who opens it next is told of this wizard. */
static void renew_presence(struct wizard *wizard)
{
	struct strbuf others = STRBUF_INIT;

	platform_presence_end(wizard->presence);
	wizard->presence = platform_presence(wizard->source_path, &others);
	strbuf_clear(&others);
}

void wizard_wait(struct wizard *wizard, const struct lock_wait *wait)
{
	wizard->wait = wait;
}

enum save_result wizard_save_plan(struct wizard *wizard, struct plan_saving *saving)
{
	const char *path = wizard_plan_path(wizard);
	struct plan_source fresh = { 0 };
	bool same = is_source(wizard, path);
	enum save_result result;

	saving->wait = wizard->wait;
	if (wizard->may_replace && str_eq(path, wizard->conflict_path))
		saving->replace = &wizard->conflict_found;
	result = plan_save(wizard->plan, path, same ? &wizard->source : &fresh, saving);
	if (save_is_done(result) && !same) {
		plan_source_clear(&wizard->source);
		wizard->source = fresh;
		wizard->source_path = arena_strdup(wizard->arena, path);
		wizard->plan_path = wizard->source_path;
	} else if (!same) {
		plan_source_clear(&fresh);
	}
	if (save_is_done(result)) {
		wizard_keep_canonical(wizard, &wizard->source.text);
		wizard_set_baseline(wizard);
		wizard->plan_stamp = 0;
		renew_presence(wizard);
	}
	wizard_keep_conflict(wizard, result, saving);
	return result;
}

enum wizard_saved wizard_save(struct wizard *wizard, struct strbuf *note)
{
	struct plan_saving saving = { 0 };
	enum save_result result = wizard_save_plan(wizard, &saving);

	if (wizard_conflict(wizard))
		return WIZARD_CONFLICT;
	strbuf_puts(note, save_is_done(result) ? "The plan is saved as " : "The plan is not saved as ");
	text_visible(note, wizard_plan_path(wizard));
	if (save_is_done(result))
		strbuf_printf(note, ".%s%s", *saving.note ? " " : "", saving.note);
	else
		strbuf_printf(note, ": %s.", saving.why);
	wizard->saved_here = wizard->saved_here || save_is_done(result);
	return save_is_done(result) ? WIZARD_SAVED : WIZARD_NOT_SAVED;
}

bool wizard_saved_here(const struct wizard *wizard)
{
	return wizard->saved_here;
}
