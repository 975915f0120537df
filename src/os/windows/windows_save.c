/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Windows: saving a file. The new one takes the place of the old one in one step (ReplaceFileW does it in two, and a
 * program that is killed between them leaves none). A second name of the old one is made before, so that it can be
 * looked at once more and put back.
 */
#include "os/windows/windows_files.h"

enum { SAVED_LIMIT = INT32_MAX };

/* The names that one save works with; owned. */
struct names {
	struct strbuf target, fresh, old, kept;
};

static void names_clear(struct names *names)
{
	strbuf_clear(&names->target);
	strbuf_clear(&names->fresh);
	strbuf_clear(&names->old);
	strbuf_clear(&names->kept);
}

static void delete_file(const struct strbuf *name)
{
	const char *why;

	/* What stays is removed by the next save there. */
	(void)platform_remove(strbuf_text(name), &why);
}

bool windows_write(HANDLE file, const void *bytes, size_t count)
{
	const char *at = bytes;
	DWORD written;

	while (count) {
		DWORD part = count > 1u << 20 ? 1u << 20 : (DWORD)count;

		if (!WriteFile(file, at, part, &written, NULL))
			return false;
		at += written;
		count -= written;
	}
	return true;
}

static enum save_result fail(const char **why, const char *what)
{
	const char *text = windows_why(what);
	struct strbuf kept = STRBUF_INIT;

	strbuf_puts(&kept, text);
	*why = windows_say("%s; nothing was changed", strbuf_text(&kept));
	strbuf_clear(&kept);
	return SAVE_FAILED;
}

static enum save_result refuse(const char **why, const char *text)
{
	*why = windows_say("%s; nothing was changed", text);
	return SAVE_FAILED;
}

/* What PATH is now, links not followed. False: *WHY, and it is there but cannot be told. */
static bool look_at(const char *path, struct file_identity *identity, const char **why)
{
	HANDLE file = windows_open(path, GENERIC_READ, OPEN_EXISTING, NULL,
				   FILE_FLAG_OPEN_REPARSE_POINT | FILE_FLAG_BACKUP_SEMANTICS);
	struct strbuf text = STRBUF_INIT;
	bool ok;

	*identity = (struct file_identity){ .exists = false };
	if (file == INVALID_HANDLE_VALUE) {
		ok = windows_is_missing(GetLastError());
		if (!ok)
			*why = windows_why(NULL);
		return ok;
	}
	*why = windows_not_regular(file);
	ok = !*why && windows_read(file, SAVED_LIMIT, &text, why) == FILE_OK && windows_identify(file, identity);
	if (ok)
		identity->digest = digest_of(strbuf_text(&text), text.length);
	else if (!*why)
		*why = "it cannot be read";
	CloseHandle(file);
	strbuf_clear(&text);
	return ok;
}

static bool is_expected(const struct file_identity *found, const struct file_identity *expected)
{
	return found->exists == expected->exists && found->size == expected->size &&
	       digest_equal(&found->digest, &expected->digest);
}

/* A file with passwords is deleted whenever its handle closes, until all of it is on the disk. */
static enum save_result save_secret(const struct save_request *request, const char **why)
{
	FILE_DISPOSITION_INFO away = { .DeleteFile = TRUE }, stays = { .DeleteFile = FALSE };
	HANDLE file = windows_open(request->path, GENERIC_READ | GENERIC_WRITE | DELETE, CREATE_NEW, windows_private(),
				   FILE_FLAG_WRITE_THROUGH);
	enum save_result result = SAVE_OK;

	if (file == INVALID_HANDLE_VALUE)
		return GetLastError() == ERROR_FILE_EXISTS || GetLastError() == ERROR_ALREADY_EXISTS ? SAVE_EXISTS
												     : fail(why, NULL);
	if (!SetFileInformationByHandle(file, FileDispositionInfo, &away, sizeof(away)))
		result = fail(why, "a file that nothing is left of");
	else if (!windows_write(file, request->bytes, request->count) || !FlushFileBuffers(file) ||
		 !SetFileInformationByHandle(file, FileDispositionInfo, &stays, sizeof(stays)))
		result = fail(why, NULL);
	CloseHandle(file);
	return result;
}

static bool write_fresh(const struct save_request *request, const struct names *names, bool is_new, const char **why)
{
	/* A file of its own is for its owner; what replaces another one gets that one's rights when it takes its place,
	 * what belongs beside another one those of the folder. */
	SECURITY_ATTRIBUTES *rights = is_new && request->like ? NULL : windows_private();
	HANDLE file =
		windows_open(strbuf_text(&names->fresh), GENERIC_WRITE, CREATE_ALWAYS, rights, FILE_FLAG_WRITE_THROUGH);
	bool ok = file != INVALID_HANDLE_VALUE && windows_write(file, request->bytes, request->count) &&
		  FlushFileBuffers(file);

	if (!ok)
		fail(why, NULL);
	if (file != INVALID_HANDLE_VALUE)
		CloseHandle(file);
	if (!ok)
		delete_file(&names->fresh);
	return ok;
}

static bool move_file(const struct strbuf *from, const struct strbuf *to, DWORD flags)
{
	WCHAR *source = windows_path(strbuf_text(from)), *target = windows_path(strbuf_text(to));
	bool ok = MoveFileExW(source, target, flags | MOVEFILE_WRITE_THROUGH);

	free(source);
	free(target);
	return ok;
}

/* The old file under a second name; false where the file system has no such thing. */
static bool link_old(const struct names *names)
{
	WCHAR *target = windows_path(strbuf_text(&names->target)), *old = windows_path(strbuf_text(&names->old));
	bool ok = CreateHardLinkW(old, target, NULL);

	free(target);
	free(old);
	return ok;
}

/* Who may do what with the old file holds for the new one. False: it could not be read or set. */
static bool copy_rights(const struct names *names)
{
	WCHAR *target = windows_path(strbuf_text(&names->target)), *fresh = windows_path(strbuf_text(&names->fresh));
	SECURITY_DESCRIPTOR *rights;
	DWORD size = 0;
	bool ok;

	(void)GetFileSecurityW(target, DACL_SECURITY_INFORMATION, NULL, 0, &size);
	rights = xcalloc((size_t)size + 1, 1);
	ok = GetFileSecurityW(target, DACL_SECURITY_INFORMATION, rights, size, &size) &&
	     SetFileSecurityW(fresh, DACL_SECURITY_INFORMATION, rights);
	free(rights);
	free(target);
	free(fresh);
	return ok;
}

/* The fresh file takes the place of the old one, which is looked at afterwards. */
static enum save_result swap(const struct save_request *request, const struct names *names,
			     const struct file_identity *before, const char **why)
{
	bool linked = link_old(names);
	struct file_identity back;

	if (request->keep_old && !linked) {
		enum save_result result = fail(why, "a copy of the old file");

		delete_file(&names->fresh);
		return result;
	}
	if (!copy_rights(names) || !move_file(&names->fresh, &names->target, MOVEFILE_REPLACE_EXISTING)) {
		enum save_result result = fail(why, NULL);

		delete_file(&names->fresh);
		delete_file(&names->old);
		return result;
	}
	if (linked && (!look_at(strbuf_text(&names->old), &back, why) || !is_expected(&back, before))) {
		/* Somebody wrote between our look and now: theirs comes back. */
		if (move_file(&names->old, &names->target, MOVEFILE_REPLACE_EXISTING))
			return SAVE_CHANGED;
	}
	if (request->keep_old && !move_file(&names->old, &names->kept, MOVEFILE_REPLACE_EXISTING)) {
		*why = windows_why("the old file");
		return SAVE_UNSURE;
	}
	delete_file(&names->old);
	return SAVE_OK;
}

static enum save_result save_locked(const struct save_request *request, const struct names *names, const char **why)
{
	struct file_identity before;
	enum save_result result;

	if (!look_at(request->path, &before, why))
		return refuse(why, *why);
	if (!request->force && request->expected && !is_expected(&before, request->expected))
		return SAVE_CHANGED;
	if (!request->force && !request->expected && before.exists)
		return SAVE_EXISTS;
	delete_file(&names->old);
	if (!write_fresh(request, names, !before.exists, why))
		return SAVE_FAILED;
	if (before.exists)
		return swap(request, names, &before, why);
	if (move_file(&names->fresh, &names->target, 0))
		return SAVE_OK;
	result = GetLastError() == ERROR_ALREADY_EXISTS || GetLastError() == ERROR_FILE_EXISTS ? SAVE_CHANGED
											       : fail(why, NULL);
	delete_file(&names->fresh);
	return result;
}

enum save_result platform_save(const struct save_request *request, struct file_identity *identity, const char **why)
{
	struct names names = { STRBUF_INIT, STRBUF_INIT, STRBUF_INIT, STRBUF_INIT };
	enum save_result result = SAVE_FAILED;
	int lock = -1;

	*why = "";
	if (!*windows_last_part(request->path))
		return refuse(why, "it is not the name of a file");
	if (!request->locked && !request->secret && (lock = platform_lock(request->path, request->wait, why)) < 0)
		return refuse(why, *why);
	strbuf_puts(&names.target, request->path);
	windows_beside(request->path, ".", ".new.tmp", &names.fresh);
	windows_beside(request->path, ".", ".old.tmp", &names.old);
	windows_beside(request->path, "", "~", &names.kept);
	result = request->secret ? save_secret(request, why) : save_locked(request, &names, why);
	if (save_is_done(result) && identity && !look_at(request->path, identity, why))
		result = SAVE_UNSURE;
	if (lock >= 0)
		platform_unlock(request->path, lock);
	names_clear(&names);
	return result;
}
