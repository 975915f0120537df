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

/* ---- writing ---- */

static bool is_there(const char *path)
{
	struct strbuf none = STRBUF_INIT;
	const char *why;
	enum file_result result = platform_read(path, 0, &none, NULL, &why);

	strbuf_clear(&none);
	return result != FILE_MISSING;
}

static void path_below(struct strbuf *out, const char *path, const char *name)
{
	strbuf_reset(out);
	strbuf_printf(out, "%s/%s", path, name);
}

bool render_folder_is_there(const struct render_folder *folder, const char *path, struct strbuf *which)
{
	struct strbuf below = STRBUF_INIT;
	bool found = false;

	for (size_t i = 0; i < folder->count && !found; i++) {
		path_below(&below, path, folder->items[i].name);
		found = is_there(strbuf_text(&below));
	}
	if (found && which) {
		strbuf_reset(which);
		strbuf_puts(which, strbuf_text(&below));
	}
	strbuf_clear(&below);
	return found;
}

/* One file, in a folder of its own when its name says so; WHICH is its path. */
static enum save_result save_file(const struct render_file *file, const char *path, bool force, struct strbuf *which,
				  const char **why)
{
	struct strbuf folder = STRBUF_INIT;
	const char *slash = strrchr(file->name, '/');

	path_below(which, path, file->name);
	strbuf_puts(&folder, path);
	if (slash)
		strbuf_printf(&folder, "/%.*s", (int)(slash - file->name), file->name);
	bool made = platform_make_folder(strbuf_text(&folder), why);
	strbuf_clear(&folder);

	struct save_request request = { .path = strbuf_text(which),
					.bytes = strbuf_text(&file->text),
					.count = file->text.length,
					.force = force };
	return made ? platform_save(&request, NULL, why) : SAVE_FAILED;
}

enum save_result render_folder_save(const struct render_folder *folder, const char *path, bool force,
				    struct strbuf *which, const char **why)
{
	enum save_result result = SAVE_OK;

	/* All names before the first file: a refusal leaves the folder as it was. */
	if (!force && render_folder_is_there(folder, path, which))
		return SAVE_EXISTS;
	for (size_t i = 0; i < folder->count && save_is_done(result); i++)
		result = save_file(&folder->items[i], path, force, which, why);
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
