/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Output formats that are a folder: its files in memory, and writing them.
 */
#include "render/render.h"

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
		bug("\"%s\" cannot be the name of a file", name);
	folder->items = xgrow(folder->items, folder->count, &folder->room, sizeof(*folder->items));
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

/* ---- writing ---- */

static bool is_former(const char *name, void *data)
{
	const struct render_folder *folder = data;

	return folder->is_former && folder->is_former(name, folder->former_data);
}

enum save_result render_folder_save(struct render_folder *folder, const char *path, bool force,
				    const struct lock_wait *wait, const char **why)
{
	struct folder_file *files = xcalloc(folder->count, sizeof(*files));
	struct folder_request request = { .path = path,
					  .files = files,
					  .count = folder->count,
					  .force = force,
					  .wait = wait,
					  .is_ours = is_former,
					  .data = folder };
	enum save_result result;

	for (size_t i = 0; i < folder->count; i++)
		files[i] = (struct folder_file){ .name = folder->items[i].name,
						 .bytes = strbuf_text(&folder->items[i].text),
						 .count = folder->items[i].text.length };
	result = platform_save_folder(&request, why);
	free(files);
	return result;
}

struct digest render_folder_digest(const struct render_folder *folder)
{
	struct strbuf all = STRBUF_INIT;

	for (size_t i = 0; i < folder->count; i++) {
		strbuf_puts(&all, folder->items[i].name);
		strbuf_putc(&all, '\0');
		strbuf_add(&all, strbuf_text(&folder->items[i].text), folder->items[i].text.length);
	}
	struct digest digest = digest_of(strbuf_text(&all), all.length);
	strbuf_clear(&all);
	return digest;
}
