/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The files that a wizard writes: their names, saving the plan, writing what is chosen on the Ready page.
 *
 * Everything is rendered before anything is written. A file that this wizard wrote may be written again, unless
 * somebody changed it in between.
 */
#include "wizard/wizard_private.h"

#include "core/text.h"
#include "model/identity.h"
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

static bool is_plan(const struct output *output)
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
	} else if (is_plan(&file->output)) {
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
	if (is_plan(&wizard->outputs[index].output))
		wizard_set_plan_path(wizard, path);
	else
		wizard->outputs[index].own_path = *path ? arena_strdup(wizard->arena, path) : NULL;
}

/* ---- what is there ---- */

static bool is_there(const char *path)
{
	struct strbuf none = STRBUF_INIT;
	const char *why;
	enum file_result result = platform_read(path, 0, &none, NULL, &why);

	strbuf_clear(&none);
	return result != FILE_MISSING;
}

/* Read from there or written by this wizard: saving compares it with what it was, and asks nothing. */
static bool is_ours(const struct wizard *wizard, const struct output_file *file)
{
	if (!is_plan(&file->output))
		return file->identity.exists;
	return wizard->source.identity.exists && str_eq(wizard->source_path, file->output.path);
}

size_t wizard_would_replace(struct wizard *wizard, struct strbuf *out)
{
	size_t count = 0;

	for (size_t i = 0; i < wizard->output_count; i++) {
		const struct output *output = wizard_output(wizard, i);

		if (!output->chosen || is_ours(wizard, &wizard->outputs[i]) || !is_there(output->path))
			continue;
		strbuf_puts(out, output->path);
		strbuf_putc(out, '\n');
		count++;
	}
	return count;
}

void wizard_allow_replace(struct wizard *wizard, bool allow)
{
	wizard->allow_replace = allow;
}

/* ---- the plan ---- */

static enum save_result save_plan(struct wizard *wizard, bool force, const char **note, const char **why)
{
	const char *path = wizard_plan_path(wizard);
	struct plan_source fresh = { 0 };
	bool same = str_eq(path, wizard->source_path);
	struct plan_source *source = same ? &wizard->source : &fresh;
	enum save_result result;

	*note = *why = "";
	result = plan_save(wizard->plan, path, source, force, note, why);
	if (save_is_done(result) && !same) {
		plan_source_clear(&wizard->source);
		wizard->source = fresh;
		wizard->source_path = arena_strdup(wizard->arena, path);
		wizard->plan_path = wizard->source_path;
	} else if (!same) {
		plan_source_clear(&fresh);
	}
	if (save_is_done(result))
		wizard_set_baseline(wizard);
	return result;
}

static const char *save_trouble(enum save_result result, const char *why)
{
	switch (result) {
	case SAVE_OK:
	case SAVE_UNSURE:
		break;
	case SAVE_EXISTS:
		return "there is a file of that name already; nothing was changed";
	case SAVE_CHANGED:
		return "somebody else changed the file meanwhile; nothing was changed";
	case SAVE_FAILED:
		return why;
	}
	return "";
}

bool wizard_save(struct wizard *wizard, bool force, struct strbuf *note)
{
	const char *remark, *why;
	enum save_result result = save_plan(wizard, force, &remark, &why);

	wizard->save_blocked = result == SAVE_EXISTS || result == SAVE_CHANGED;
	if (save_is_done(result)) {
		strbuf_puts(note, "The plan is saved as ");
		text_visible(note, wizard_plan_path(wizard));
		strbuf_puts(note, ".");
		strbuf_printf(note, "%s%s", *remark ? " " : "", remark);
		return true;
	}
	strbuf_puts(note, "The plan is not saved as ");
	text_visible(note, wizard_plan_path(wizard));
	strbuf_printf(note, ": %s.", save_trouble(result, why));
	return false;
}

bool wizard_save_blocked(const struct wizard *wizard)
{
	return wizard->save_blocked;
}

/* ---- writing all that is chosen ---- */

/* The key of a finding about output INDEX: "files.plan", "files.commands". */
static const char *output_key(const struct wizard *wizard, size_t index, struct strbuf *out)
{
	const struct output *output = &wizard->outputs[index].output;

	strbuf_reset(out);
	strbuf_printf(out, "files.%s",
		      output->renderer ? output->renderer->name
		      : output->folder ? output->folder->name
				       : "plan");
	return strbuf_text(out);
}

static bool check_paths(struct wizard *wizard, struct diags *diags)
{
	struct strbuf key = STRBUF_INIT, path = STRBUF_INIT;
	bool ok = true;

	for (size_t i = 0; i < wizard->output_count; i++) {
		const struct output *output = wizard_output(wizard, i);

		if (!output->chosen)
			continue;
		strbuf_reset(&path);
		text_visible(&path, output->path);
		for (size_t j = 0; j < i; j++) {
			if (!wizard->outputs[j].output.chosen || !str_eq(wizard_output(wizard, j)->path, output->path))
				continue;
			wizard_finding(diags, SEV_ERROR, "file-twice", output_key(wizard, i, &key),
				       "Give one of them another name.",
				       "%s is named for two files: the %s and the %s.", strbuf_text(&path),
				       wizard->outputs[j].output.label, output->label);
			ok = false;
		}
		if (!wizard->allow_replace && !is_ours(wizard, &wizard->outputs[i]) && is_there(output->path)) {
			wizard_finding(diags, SEV_ERROR, "file-exists", output_key(wizard, i, &key),
				       "Choose another name, or allow to replace it.", "%s is there already.",
				       strbuf_text(&path));
			ok = false;
		}
	}
	strbuf_clear(&key);
	strbuf_clear(&path);
	return ok;
}

/* What an output consists of, before anything is written. */
struct made {
	struct strbuf text;
	struct render_folder folder;
};

static bool render_all(struct wizard *wizard, struct made *made, struct diags *diags)
{
	const struct plan *plan = wizard->plan;
	const struct sequence *sequence = wizard_sequence(wizard);
	bool ok = true;

	for (size_t i = 0; i < wizard->output_count; i++) {
		const struct output *output = &wizard->outputs[i].output;

		if (output->chosen && output->renderer)
			ok = output->renderer->render(plan, sequence, &made[i].text, diags) && ok;
		else if (output->chosen && output->folder)
			ok = output->folder->render(plan, sequence, &made[i].folder, diags) && ok;
	}
	return ok;
}

static enum save_result write_file(struct output_file *file, const struct strbuf *text, bool force, const char **why)
{
	struct save_request request = { .path = file->output.path,
					.bytes = strbuf_text(text),
					.count = text->length,
					.expected = file->identity.exists ? &file->identity : NULL,
					.force = force };

	return platform_save(&request, &file->identity, why);
}

static enum save_result write_folder(struct output_file *file, const struct render_folder *folder, bool force,
				     const char **why)
{
	struct strbuf which = STRBUF_INIT;
	enum save_result result = render_folder_save(folder, file->output.path, force, &which, why);

	file->identity.exists = file->identity.exists || save_is_done(result);
	strbuf_clear(&which);
	return result;
}

static enum save_result write_one(struct wizard *wizard, size_t index, const struct made *made, const char **why)
{
	struct output_file *file = &wizard->outputs[index];
	bool ours = is_ours(wizard, file), existed = is_there(file->output.path);
	bool force = wizard->allow_replace && !ours;
	struct digest digest;
	enum save_result result;
	const char *note;

	if (file->output.renderer) {
		result = write_file(file, &made->text, force, why);
		digest = digest_of(strbuf_text(&made->text), made->text.length);
	} else if (file->output.folder) {
		result = write_folder(file, &made->folder, wizard->allow_replace || ours, why);
		digest = render_folder_digest(&made->folder);
	} else {
		result = save_plan(wizard, force, &note, why);
		digest = wizard->source.identity.digest;
	}
	if (save_is_done(result)) {
		file->output.written = true;
		file->output.existed = existed;
		digest_text(&digest, file->output.sha256);
	}
	return result;
}

/* All or nothing: what was not there before goes again. The plan stays, it is the administrator's work. */
static bool take_back(struct output_file *file)
{
	const char *why = "";

	if (!file->output.renderer || file->output.existed || !platform_remove(file->output.path, &why))
		return false;
	file->output.written = false;
	file->identity.exists = false;
	return true;
}

static void undo_written(struct wizard *wizard, size_t end, struct diags *diags)
{
	struct strbuf key = STRBUF_INIT, path = STRBUF_INIT;

	for (size_t i = 0; i < end; i++) {
		const struct output *output = &wizard->outputs[i].output;

		if (!output->chosen || take_back(&wizard->outputs[i]))
			continue;
		strbuf_reset(&path);
		text_visible(&path, output->path);
		wizard_finding(diags, SEV_NOTE, "file-written", output_key(wizard, i, &key), "",
			       "%s was written before that, and stays.", strbuf_text(&path));
	}
	strbuf_clear(&key);
	strbuf_clear(&path);
}

static bool write_all(struct wizard *wizard, const struct made *made, struct diags *diags)
{
	struct strbuf key = STRBUF_INIT, path = STRBUF_INIT;
	enum save_result result = SAVE_OK;
	const char *why = "";

	for (size_t i = 0; i < wizard->output_count && save_is_done(result); i++) {
		if (!wizard->outputs[i].output.chosen)
			continue;
		result = write_one(wizard, i, &made[i], &why);
		if (result == SAVE_UNSURE)
			wizard_finding(diags, SEV_WARNING, "file-unsure", output_key(wizard, i, &key), "",
				       "It is written, but it may not survive a power loss: %s.", why);
		if (save_is_done(result))
			continue;
		text_visible(&path, wizard->outputs[i].output.path);
		wizard_finding(diags, SEV_ERROR, "file-not-written", output_key(wizard, i, &key), "",
			       "%s is not written: %s.", strbuf_text(&path), save_trouble(result, why));
		undo_written(wizard, i, diags);
	}
	strbuf_clear(&key);
	strbuf_clear(&path);
	return save_is_done(result);
}

/* A new plan keeps its name from here on; that of its file is the one that was shown. */
static void name_new_plan(struct wizard *wizard)
{
	if (wizard->source_path)
		return;
	wizard_set_plan_path(wizard, wizard_plan_path(wizard));
	plan_keep_name(wizard->plan);
}

bool wizard_write_outputs(struct wizard *wizard, struct diags *diags)
{
	struct made *made = xcalloc(wizard->output_count, sizeof(*made));
	bool ok;

	name_new_plan(wizard);
	ok = check_paths(wizard, diags) && render_all(wizard, made, diags) && write_all(wizard, made, diags);

	for (size_t i = 0; i < wizard->output_count; i++) {
		strbuf_clear(&made[i].text);
		render_folder_clear(&made[i].folder);
	}
	free(made);
	return ok;
}
