/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Windows: a folder of files, whole or not at all.
 */
#include "os/windows/windows_files.h"

#include "core/text.h"

struct build {
	const struct folder_request *request;
	struct strbuf fresh, old; /* the folder that is made, and the one that was there, while they are moved */
	struct strbuf path;       /* of the file at hand */
	const char **why;
};

static void path_in(struct strbuf *out, const struct strbuf *folder, const char *name)
{
	strbuf_reset(out);
	strbuf_printf(out, "%s\\%s", strbuf_text(folder), name);
}

/* ---- looking and removing ---- */

typedef bool each_file_fn(struct build *build, const char *path, const char *name);

struct names_list {
	char **items;
	size_t count, room;
};

static void add_to(struct names_list *list, const char *name)
{
	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 16;
		list->items = xrealloc(list->items, list->room * sizeof(*list->items));
	}
	list->items[list->count] = xrealloc(NULL, strlen(name) + 1);
	memcpy(list->items[list->count++], name, strlen(name) + 1);
}

static void collect_name(const char *name, void *data)
{
	add_to(data, name);
}

static void free_list(struct names_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i]);
	free(list->items);
}

static bool remove_empty(const char *folder)
{
	WCHAR *wide = windows_path(folder);
	bool ok = RemoveDirectoryW(wide);

	free(wide);
	return ok;
}

/* Calls EACH for every file below FOLDER, its name being relative with "/", until one says false. REMOVE_FOLDERS: those
 * that are empty then go. */
static bool walk(struct build *build, const char *folder, const char *prefix, each_file_fn *each, bool remove_folders)
{
	struct names_list files = { NULL, 0, 0 }, folders = { NULL, 0, 0 };
	struct strbuf path = STRBUF_INIT, name = STRBUF_INIT;
	bool ok = platform_list_files(folder, collect_name, &files, build->why) &&
		  platform_list_folders(folder, collect_name, &folders, build->why);

	for (size_t i = 0; ok && i < files.count + folders.count; i++) {
		bool is_file = i < files.count;
		const char *last = is_file ? files.items[i] : folders.items[i - files.count];

		strbuf_reset(&path);
		strbuf_printf(&path, "%s\\%s", folder, last);
		strbuf_reset(&name);
		strbuf_printf(&name, "%s%s%s", prefix, *prefix ? "/" : "", last);
		ok = is_file ? each(build, strbuf_text(&path), strbuf_text(&name))
			     : walk(build, strbuf_text(&path), strbuf_text(&name), each, remove_folders);
	}
	free_list(&files);
	free_list(&folders);
	strbuf_clear(&path);
	strbuf_clear(&name);
	return ok && (!remove_folders || remove_empty(folder));
}

static bool remove_file(struct build *build, const char *path, const char *name)
{
	(void)name;
	return platform_remove(path, build->why);
}

static bool is_there(const struct strbuf *path)
{
	WCHAR *wide = windows_path(strbuf_text(path));
	DWORD attributes = GetFileAttributesW(wide);

	free(wide);
	return attributes != INVALID_FILE_ATTRIBUTES;
}

static void remove_all(struct build *build, const struct strbuf *folder)
{
	/* What stays of it goes with the next save there. */
	if (is_there(folder))
		(void)walk(build, strbuf_text(folder), "", remove_file, true);
}

static bool is_ours(struct build *build, const char *path, const char *name)
{
	const struct folder_request *request = build->request;

	(void)path;
	for (size_t i = 0; i < request->count; i++)
		if (text_equal_fold(request->files[i].name, name))
			return true;
	if (request->is_ours && request->is_ours(name, request->data))
		return true;
	*build->why = windows_say("%s is not a file that was made here; nothing was changed", name);
	return false;
}

static bool find_any(struct build *build, const char *path, const char *name)
{
	(void)path;
	(void)name;
	*build->why = "it is there";
	return false;
}

/* ---- making ---- */

static bool write_file(struct build *build, const struct folder_file *file)
{
	struct strbuf folder = STRBUF_INIT;
	const char *slash = strrchr(file->name, '/');
	bool ok = true;
	HANDLE handle;

	path_in(&build->path, &build->fresh, file->name);
	if (slash) {
		strbuf_printf(&folder, "%s\\%.*s", strbuf_text(&build->fresh), (int)(slash - file->name), file->name);
		ok = platform_make_folder(strbuf_text(&folder), build->why);
	}
	strbuf_clear(&folder);
	if (!ok)
		return false;
	handle = windows_open(strbuf_text(&build->path), GENERIC_WRITE, CREATE_NEW, NULL, FILE_FLAG_WRITE_THROUGH);
	ok = handle != INVALID_HANDLE_VALUE && windows_write(handle, file->bytes, file->count) &&
	     FlushFileBuffers(handle);
	if (!ok)
		*build->why = windows_why(file->name);
	if (handle != INVALID_HANDLE_VALUE)
		CloseHandle(handle);
	return ok;
}

static bool write_files(struct build *build)
{
	bool ok = platform_make_folder(strbuf_text(&build->fresh), build->why);

	for (size_t i = 0; ok && i < build->request->count; i++)
		ok = write_file(build, &build->request->files[i]);
	return ok;
}

static bool move_folder(struct build *build, const char *from, const char *to)
{
	WCHAR *source = windows_path(from), *target = windows_path(to);
	bool ok = MoveFileExW(source, target, MOVEFILE_WRITE_THROUGH);

	if (!ok)
		*build->why = windows_why(NULL);
	free(source);
	free(target);
	return ok;
}

/* Windows swaps no two folders: for an instant none is there, and what is away then comes back with the next save. */
static bool put_in_place(struct build *build, bool replaces)
{
	const char *path = build->request->path, *old = strbuf_text(&build->old);

	if (replaces && !move_folder(build, path, old))
		return false;
	if (move_folder(build, strbuf_text(&build->fresh), path))
		return true;
	if (replaces) {
		struct strbuf kept = STRBUF_INIT;

		strbuf_puts(&kept, *build->why);
		(void)move_folder(build, old, path);
		*build->why = windows_say("%s", strbuf_text(&kept));
		strbuf_clear(&kept);
	}
	return false;
}

static enum save_result save_locked(struct build *build)
{
	const struct folder_request *request = build->request;
	struct strbuf path = STRBUF_INIT;
	bool replaces;

	strbuf_puts(&path, request->path);
	if (!is_there(&path) && is_there(&build->old))
		(void)move_folder(build, strbuf_text(&build->old), request->path);
	replaces = is_there(&path);
	strbuf_clear(&path);
	if (replaces && !walk(build, request->path, "", is_ours, false))
		return SAVE_FAILED;
	if (replaces && !request->force && !walk(build, request->path, "", find_any, false))
		return SAVE_EXISTS;
	remove_all(build, &build->fresh);
	remove_all(build, &build->old);
	if (!write_files(build) || !put_in_place(build, replaces)) {
		struct strbuf kept = STRBUF_INIT;

		strbuf_puts(&kept, *build->why);
		remove_all(build, &build->fresh);
		*build->why = windows_say("%s; nothing was changed", strbuf_text(&kept));
		strbuf_clear(&kept);
		return SAVE_FAILED;
	}
	remove_all(build, &build->old);
	return SAVE_OK;
}

enum save_result platform_save_folder(const struct folder_request *request, const char **why)
{
	struct build build = { .request = request, .why = why };
	struct strbuf parent = STRBUF_INIT;
	const char *last = windows_last_part(request->path);
	enum save_result result = SAVE_FAILED;
	bool ready = true;
	int lock;

	*why = "it is not the name of a folder; nothing was changed";
	if (!*last || str_eq(last, ".") || str_eq(last, ".."))
		return SAVE_FAILED;
	strbuf_add(&parent, request->path, (size_t)(last - request->path));
	if (parent.length)
		ready = platform_make_folder(strbuf_text(&parent), why);
	strbuf_clear(&parent);
	lock = ready ? platform_lock(request->path, request->wait, why) : -1;
	if (lock < 0) {
		*why = windows_say("%s; nothing was changed", *why);
		return SAVE_FAILED;
	}
	windows_beside(request->path, ".", ".new.tmp", &build.fresh);
	windows_beside(request->path, ".", ".old.tmp", &build.old);
	result = save_locked(&build);
	platform_unlock(request->path, lock);
	strbuf_clear(&build.fresh);
	strbuf_clear(&build.old);
	strbuf_clear(&build.path);
	return result;
}
