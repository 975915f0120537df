/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Files that are read, compared with one that is about to be written: by what they are, not by their names.
 */
#include "pipeline/inputs.h"

#include "core/text.h"
#include "core/yamltree.h"
#include "os/platform.h"
#include "pipeline/journal.h"

void inputs_clear(struct inputs *inputs)
{
	for (size_t i = 0; i < inputs->count; i++)
		free(inputs->paths[i]);
	free(inputs->paths);
	*inputs = (struct inputs)INPUTS_INIT;
}

void inputs_add(struct inputs *inputs, const char *path)
{
	size_t size = path ? strlen(path) + 1 : 0;

	if (size <= 1)
		return;
	inputs->paths = xgrow(inputs->paths, inputs->count, &inputs->room, sizeof(*inputs->paths));
	inputs->paths[inputs->count] = xcalloc(size, 1);
	memcpy(inputs->paths[inputs->count++], path, size);
}

void inputs_add_record(struct inputs *inputs, const char *plan_path)
{
	struct strbuf journal = STRBUF_INIT;

	if (!plan_path || !*plan_path || str_eq(plan_path, "-"))
		return;
	journal_path(plan_path, &journal);
	inputs_add(inputs, strbuf_text(&journal));
	strbuf_clear(&journal);
}

void inputs_add_plan(struct inputs *inputs, const char *path)
{
	inputs_add(inputs, path);
	inputs_add_record(inputs, path);
}

const char *inputs_name(const struct inputs *inputs, const char *path)
{
	for (size_t i = 0; i < inputs->count; i++)
		if (str_eq(inputs->paths[i], path))
			return inputs->paths[i];
	return NULL;
}

/* The look through a folder that was read. */
struct search {
	const char *folder, *path;
	struct strbuf *which;
	bool found;
};

static void look_at(const char *name, void *data)
{
	struct search *search = data;
	struct strbuf below = STRBUF_INIT;

	if (!search->found) {
		strbuf_printf(&below, "%s/%s", search->folder, name);
		search->found = platform_same_file(strbuf_text(&below), search->path);
		if (search->found)
			strbuf_puts(search->which, strbuf_text(&below));
	}
	strbuf_clear(&below);
}

bool inputs_hold(const struct inputs *inputs, const char *path, struct strbuf *which)
{
	struct search search = { .path = path, .which = which };
	const char *why;

	for (size_t i = 0; i < inputs->count && !search.found; i++) {
		search.folder = inputs->paths[i];
		if (platform_same_file(search.folder, path)) {
			strbuf_puts(which, search.folder);
			search.found = true;
		} else {
			/* What is no folder has no files in it. */
			(void)platform_list_files(search.folder, look_at, &search, &why);
		}
	}
	return search.found;
}

static bool is_in_state_folder(const char *path)
{
	struct strbuf folder = STRBUF_INIT, parent = STRBUF_INIT;
	const char *name = platform_last_part(path);
	bool is;

	strbuf_add(&parent, path, (size_t)(name - path));
	is = name > path && platform_state_folder(&folder) &&
	     platform_same_file(strbuf_text(&folder), strbuf_text(&parent));
	strbuf_clear(&folder);
	strbuf_clear(&parent);
	return is;
}

const char *inputs_name_means(const char *path)
{
	static const struct {
		const char *ending, *meaning;
	} names[] = {
		{ ".journal", "the record of a plan" },
		{ ".facts", "facts of a plan's servers" },
		{ ".facts.yaml", "facts of a server" },
	};
	size_t length = strlen(path);

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t ending = strlen(names[i].ending);

		if (length >= ending && text_equal_fold(path + length - ending, names[i].ending))
			return names[i].meaning;
	}
	return is_in_state_folder(path) ? "a draft of the wizard" : NULL;
}

bool inputs_is_plan(const char *path)
{
	struct strbuf text = STRBUF_INIT;
	struct diags ignored = DIAGS_INIT;
	struct yamltree *tree = NULL;
	const char *why;

	if (platform_read(path, YAML_FILE_LIMIT, &text, NULL, &why) == FILE_OK)
		tree = yamltree_parse(path, strbuf_text(&text), text.length, &ignored);
	const struct node *root = tree ? tree->nodes : NULL;
	bool is = root && root->kind == NODE_MAPPING && node_find(tree, root, "scupgrade") &&
		  node_find(tree, root, "product");

	diags_clear(&ignored);
	strbuf_clear(&text);
	yamltree_free(tree);
	return is;
}
