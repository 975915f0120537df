/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Writing the files that are chosen on the Ready page.
 *
 * Everything is rendered before anything is written. A file that this wizard wrote may be written again, unless
 * somebody changed it in between.
 */
#include "wizard/wizard_private.h"

#include "core/text.h"
#include "model/identity.h"
#include "os/platform.h"
#include "pipeline/inputs.h"

enum { OUTPUT_LIMIT = 1 << 28 }; /* bytes; no output is larger */

/* ---- what is there ---- */

/* What stands at PATH now; a folder has no digest. */
static struct file_identity look_at(const char *path)
{
	struct strbuf bytes = STRBUF_INIT;
	struct file_identity found;
	const char *why;
	enum file_result result = platform_read(path, OUTPUT_LIMIT, &bytes, &found, &why);

	strbuf_clear(&bytes);
	if (result != FILE_OK)
		found = (struct file_identity){ .exists = result != FILE_MISSING };
	return found;
}

/* Whether FOUND is the file as this wizard wrote it last. Of a folder only whether it wrote one. */
static bool is_as_written(const struct output_file *file, const struct file_identity *found)
{
	return file->identity.exists && (file->output.folder || digest_equal(&file->identity.digest, &found->digest));
}

/* Looks what each file would replace, so that a yes is about that and no more. The plan is no such file: whether it may
 * be replaced is a question of its own (wizard_conflict). */
size_t wizard_would_replace(struct wizard *wizard, struct strbuf *out)
{
	size_t count = 0;

	for (size_t i = 0; i < wizard->output_count; i++) {
		const struct output *output = wizard_output(wizard, i);
		struct output_file *file = &wizard->outputs[i];

		if (!output->chosen || output_is_plan(output))
			continue;
		file->seen = look_at(output->path);
		if (!file->seen.exists || is_as_written(file, &file->seen))
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

static bool check_twice(struct wizard *wizard, size_t index, const char *shown, struct diags *diags)
{
	const struct output *output = wizard_output(wizard, index);
	struct strbuf key = STRBUF_INIT;
	bool ok = true;

	for (size_t j = 0; j < index; j++) {
		if (!wizard->outputs[j].output.chosen || !str_eq(wizard_output(wizard, j)->path, output->path))
			continue;
		wizard_finding(diags, SEV_ERROR, "file-twice", output_key(wizard, index, &key),
			       "Give one of them another name.", "%s is named for two files: the %s and the %s.", shown,
			       wizard->outputs[j].output.label, output->label);
		ok = false;
	}
	strbuf_clear(&key);
	return ok;
}

/* What this wizard reads, but for the plan where that is written. */
static void collect_inputs(struct wizard *wizard, bool plan, struct inputs *inputs)
{
	inputs_add(inputs, wizard->options.license_path);
	inputs_add(inputs, wizard->options.collect.facts_path);
	inputs_add(inputs, wizard_draft_path(wizard));
	if (plan)
		inputs_add(inputs, wizard_plan_path(wizard));
	inputs_add_record(inputs, wizard_plan_path(wizard));
}

/* SHOWN is its path. */
static bool check_input(struct wizard *wizard, size_t index, const char *shown, struct diags *diags)
{
	const struct output *output = wizard_output(wizard, index);
	struct strbuf key = STRBUF_INIT, which = STRBUF_INIT;
	struct inputs inputs = INPUTS_INIT;
	const char *meaning = inputs_name_means(output->path);
	bool is;

	collect_inputs(wizard, !output_is_plan(output), &inputs);
	is = inputs_hold(&inputs, output->path, &which);
	if (!is && !meaning && !output_is_plan(output) && inputs_is_plan(output->path))
		meaning = "a plan";
	if (meaning)
		wizard_finding(diags, SEV_ERROR, "file-is-input", output_key(wizard, index, &key),
			       "Give it another name.", "%s would be read as %s.", shown, meaning);
	else if (is)
		wizard_finding(diags, SEV_ERROR, "file-is-input", output_key(wizard, index, &key),
			       "Give it another name.", "%s is a file that this plan is made from: it is not "
							"overwritten.", shown);
	inputs_clear(&inputs);
	strbuf_clear(&key);
	strbuf_clear(&which);
	return !is && !meaning;
}

static bool check_paths(struct wizard *wizard, struct diags *diags)
{
	struct strbuf key = STRBUF_INIT, path = STRBUF_INIT;
	bool ok = true;

	for (size_t i = 0; i < wizard->output_count; i++) {
		const struct output *output = wizard_output(wizard, i);
		struct file_identity found;

		if (!output->chosen)
			continue;
		strbuf_reset(&path);
		text_visible(&path, output->path);
		/* One mistake is one finding. */
		if (!check_twice(wizard, i, strbuf_text(&path), diags) ||
		    !check_input(wizard, i, strbuf_text(&path), diags)) {
			ok = false;
			continue;
		}
		found = output_is_plan(output) ? (struct file_identity){ 0 } : look_at(output->path);
		if (wizard->allow_replace || !found.exists || is_as_written(&wizard->outputs[i], &found))
			continue;
		wizard_finding(diags, SEV_ERROR, "file-exists", output_key(wizard, i, &key),
			       "Choose another name, or allow it to be replaced.", "%s is there already.",
			       strbuf_text(&path));
		ok = false;
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
	const struct render_input input = { .plan = wizard->plan,
					    .sequence = wizard_sequence(wizard),
					    .facts = wizard_facts(wizard) };
	bool ok = true;

	for (size_t i = 0; i < wizard->output_count; i++) {
		const struct output *output = &wizard->outputs[i].output;

		if (output->chosen && output->renderer)
			ok = output->renderer->render(&input, &made[i].text, diags) && ok;
		else if (output->chosen && output->folder)
			ok = output->folder->render(&input, &made[i].folder, diags) && ok;
	}
	return ok;
}

/* Replaces what this wizard wrote, and what it was allowed to: as it was then. */
static enum save_result write_file(const struct wizard *wizard, struct output_file *file, const struct strbuf *text,
				   const char **why)
{
	const struct file_identity *expected = wizard->allow_replace && file->seen.exists ? &file->seen :
										  &file->identity;
	struct save_request request = { .path = file->output.path,
					.bytes = strbuf_text(text),
					.count = text->length,
					.wait = wizard->wait,
					.expected = expected->exists ? expected : NULL };

	return platform_save(&request, &file->identity, why);
}

static enum save_result write_folder(const struct wizard *wizard, struct output_file *file,
				     struct render_folder *folder, const char **why)
{
	bool force = wizard->allow_replace || file->identity.exists;
	enum save_result result = render_folder_save(folder, file->output.path, force, wizard->wait, why);

	file->identity.exists = file->identity.exists || save_is_done(result);
	return result;
}

static enum save_result write_plan(struct wizard *wizard, const char **why)
{
	struct plan_saving saving = { 0 };
	enum save_result result = wizard_save_plan(wizard, &saving);

	*why = saving.why;
	return result;
}

static enum save_result write_one(struct wizard *wizard, size_t index, struct made *made, const char **why)
{
	struct output_file *file = &wizard->outputs[index];
	bool existed = look_at(file->output.path).exists;
	struct digest digest;
	enum save_result result;

	if (file->output.renderer) {
		result = write_file(wizard, file, &made->text, why);
		digest = digest_of(strbuf_text(&made->text), made->text.length);
	} else if (file->output.folder) {
		result = write_folder(wizard, file, &made->folder, why);
		digest = render_folder_digest(&made->folder);
	} else {
		result = write_plan(wizard, why);
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

	struct file_identity found = look_at(file->output.path);

	if (!file->output.renderer || file->output.existed || !is_as_written(file, &found) ||
	    !platform_remove(file->output.path, &why))
		return false;
	file->output.written = false;
	file->identity.exists = false;
	return true;
}

/* "p.yaml and p.html are written and stay; nothing else is.", of the first END. */
static void put_written(struct wizard *wizard, size_t end, struct strbuf *out)
{
	size_t stay = 0, said = 0;

	for (size_t i = 0; i < end; i++)
		stay += wizard->outputs[i].output.chosen && !take_back(&wizard->outputs[i]);
	if (!stay) {
		strbuf_puts(out, "Nothing is written.");
		return;
	}
	strbuf_puts(out, "Written, and nothing else: ");
	for (size_t i = 0; i < end; i++) {
		const struct output *output = &wizard->outputs[i].output;

		if (!output->chosen || !output->written)
			continue;
		strbuf_puts(out, said++ ? ", " : "");
		text_visible(out, output->path);
	}
	strbuf_putc(out, '.');
}

static const char *save_trouble(enum save_result result, const char *why)
{
	switch (result) {
	case SAVE_OK:
	case SAVE_UNSURE:
		break;
	case SAVE_EXISTS:
		return "a file of that name came meanwhile";
	case SAVE_CHANGED:
		return "somebody else changed the file meanwhile";
	case SAVE_FAILED:
		return why;
	}
	return "";
}

/* One sentence for what was not, one for what was. */
static void say_not_written(struct wizard *wizard, size_t index, const char *trouble, struct diags *diags)
{
	static const char unchanged[] = "; nothing was changed";
	struct strbuf key = STRBUF_INIT, path = STRBUF_INIT, why = STRBUF_INIT, written = STRBUF_INIT;

	text_visible(&path, wizard->outputs[index].output.path);
	text_visible(&why, trouble);
	/* True of the one file; of all of them it is told here. */
	if (why.length >= strlen(unchanged) && str_eq(why.data + why.length - strlen(unchanged), unchanged))
		strbuf_truncate(&why, why.length - strlen(unchanged));
	put_written(wizard, index, &written);
	wizard_finding(diags, SEV_ERROR, "file-not-written", output_key(wizard, index, &key), "",
		       "%s is not written: %s. %s", strbuf_text(&path), strbuf_text(&why), strbuf_text(&written));
	strbuf_clear(&key);
	strbuf_clear(&path);
	strbuf_clear(&why);
	strbuf_clear(&written);
}

static void say_unsure(struct wizard *wizard, size_t index, const char *why, struct diags *diags)
{
	struct strbuf key = STRBUF_INIT, path = STRBUF_INIT, trouble = STRBUF_INIT;

	text_visible(&path, wizard->outputs[index].output.path);
	text_visible(&trouble, why);
	wizard_finding(diags, SEV_WARNING, "file-unsure", output_key(wizard, index, &key), "",
		       "%s is written, but it may not survive a power loss: %s.", strbuf_text(&path),
		       strbuf_text(&trouble));
	strbuf_clear(&trouble);
	strbuf_clear(&key);
	strbuf_clear(&path);
}

static bool write_all(struct wizard *wizard, struct made *made, struct diags *diags)
{
	enum save_result result = SAVE_OK;
	const char *why = "";

	for (size_t i = 0; i < wizard->output_count && save_is_done(result); i++) {
		if (!wizard->outputs[i].output.chosen)
			continue;
		result = write_one(wizard, i, &made[i], &why);
		/* The plan comes first: nothing is written before its question is answered. */
		if (result == SAVE_UNSURE)
			say_unsure(wizard, i, why, diags);
		else if (result != SAVE_OK && !wizard_conflict(wizard))
			say_not_written(wizard, i, save_trouble(result, why), diags);
	}
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

	wizard->conflict = false;
	name_new_plan(wizard);
	ok = check_paths(wizard, diags) && render_all(wizard, made, diags) && write_all(wizard, made, diags);

	for (size_t i = 0; i < wizard->output_count; i++) {
		strbuf_clear(&made[i].text);
		render_folder_clear(&made[i].folder);
	}
	free(made);
	return ok;
}
