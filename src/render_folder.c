/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Output formats that are a folder, and its files in memory. Layer 3. Nothing is written here.
 */
#include "render.h"

const struct folder_renderer folder_renderers[] = { { "ansible", "Ansible playbook", render_ansible },
						    { NULL, NULL, NULL } };

const struct folder_renderer *folder_renderer_find(const char *name)
{
	for (const struct folder_renderer *renderer = folder_renderers; renderer->name; renderer++) {
		if (str_eq(renderer->name, name))
			return renderer;
	}
	return NULL;
}

/* Whoever writes the files relies on it: no name leads out of the folder, and Windows takes each of them. */
static bool is_safe_name(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-/";

	if (str_eq(name, "README.md"))
		return true;
	if (!*name || name[strspn(name, allowed)])
		return false;
	for (const char *part = name; part; part = strchr(part, '/')) {
		part += *part == '/';
		if (strchr("._-/", *part)) /* the final NUL too: an empty part */
			return false;
	}
	return name[strlen(name) - 1] != '.';
}

struct strbuf *render_folder_add(struct render_folder *folder, const char *name)
{
	struct render_file *file;

	if (!is_safe_name(name))
		bug("\"%s\" is no name for a file that is made", name);
	if (folder->count == folder->room) {
		folder->room = folder->room ? 2 * folder->room : 16;
		folder->items = xrealloc(folder->items, folder->room * sizeof(*folder->items));
	}
	file = &folder->items[folder->count++];
	*file = (struct render_file){ .name = xcalloc(strlen(name) + 1, 1) };
	memcpy(file->name, name, strlen(name));
	return &file->text;
}

void render_folder_clear(struct render_folder *folder)
{
	for (size_t i = 0; i < folder->count; i++) {
		free(folder->items[i].name);
		strbuf_clear(&folder->items[i].text);
	}
	free(folder->items);
	*folder = (struct render_folder)RENDER_FOLDER_INIT;
}
