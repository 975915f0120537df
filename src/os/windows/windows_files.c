/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Windows: reading files and folders, what a file is, where drafts lie.
 */
#include "os/windows/windows_files.h"

#include <fcntl.h>
#include <io.h>

#include "core/text.h"

/* ---- reading ---- */

HANDLE windows_open(const char *path, DWORD access, DWORD how, SECURITY_ATTRIBUTES *rights, DWORD flags)
{
	WCHAR *wide = windows_path(path);
	/* Others may replace and delete meanwhile: what was opened stays what it is. */
	HANDLE file = CreateFileW(wide, access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, rights, how,
				  flags | FILE_ATTRIBUTE_NORMAL, NULL);

	free(wide);
	return file;
}

bool windows_is_missing(DWORD error)
{
	return error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND || error == ERROR_INVALID_DRIVE ||
	       error == ERROR_BAD_NETPATH || error == ERROR_BAD_NET_NAME;
}

const char *windows_not_regular(HANDLE file)
{
	BY_HANDLE_FILE_INFORMATION about;

	if (GetFileType(file) != FILE_TYPE_DISK)
		return "it is not a regular file";
	if (!GetFileInformationByHandle(file, &about))
		return windows_why(NULL);
	if (about.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT)
		return "it is a symbolic link";
	if (about.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)
		return "it is a folder";
	return NULL;
}

bool windows_identify(HANDLE file, struct file_identity *identity)
{
	BY_HANDLE_FILE_INFORMATION about;

	*identity = (struct file_identity){ .exists = true };
	if (!GetFileInformationByHandle(file, &about))
		return false;
	identity->device = about.dwVolumeSerialNumber;
	identity->inode = (uint64_t)about.nFileIndexHigh << 32 | about.nFileIndexLow;
	identity->size = (uint64_t)about.nFileSizeHigh << 32 | about.nFileSizeLow;
	/* In units of 100 ns; only compared, so that where it starts does not matter. */
	identity->modified_ns =
		(int64_t)(((uint64_t)about.ftLastWriteTime.dwHighDateTime << 32 | about.ftLastWriteTime.dwLowDateTime) *
				  100 &
			  INT64_MAX);
	return true;
}

enum file_result windows_read(HANDLE file, size_t limit, struct strbuf *out, const char **why)
{
	enum { BLOCK = 65536 };
	DWORD got = 0;

	for (;;) {
		char *end = strbuf_reserve(out, BLOCK);

		if (!ReadFile(file, end, BLOCK, &got, NULL)) {
			/* The writer of a pipe has gone: that is its end. */
			if (GetLastError() == ERROR_BROKEN_PIPE)
				break;
			*why = windows_why(NULL);
			return FILE_FAILED;
		}
		if (got == 0)
			break;
		out->length += got;
		out->data[out->length] = '\0';
		if (out->length > limit)
			return FILE_TOO_LARGE;
	}
	return FILE_OK;
}

static enum file_result read_path(const char *path, size_t limit, struct strbuf *out, struct file_identity *identity,
				  const char **why)
{
	HANDLE file = windows_open(path, GENERIC_READ, OPEN_EXISTING, NULL, 0);
	enum file_result result = FILE_FAILED;

	if (file == INVALID_HANDLE_VALUE) {
		DWORD error = GetLastError(), attributes;
		WCHAR *wide;

		if (windows_is_missing(error))
			return FILE_MISSING;
		wide = windows_path(path);
		attributes = GetFileAttributesW(wide);
		free(wide);
		SetLastError(error);
		*why = attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY)
			       ? "it is a folder"
			       : windows_why(NULL);
		return FILE_FAILED;
	}
	if (GetFileType(file) != FILE_TYPE_DISK)
		*why = "it is not a regular file";
	else
		result = windows_read(file, limit, out, why);
	if (result == FILE_OK && identity && !windows_identify(file, identity)) {
		*why = windows_why(NULL);
		result = FILE_FAILED;
	}
	CloseHandle(file);
	return result;
}

enum file_result platform_read(const char *path, size_t limit, struct strbuf *out, struct file_identity *identity,
			       const char **why)
{
	bool standard = str_eq(path, "-");
	enum file_result result;

	*why = "";
	strbuf_reset(out);
	if (identity)
		*identity = (struct file_identity){ .exists = false };
	if (standard)
		result = windows_read((HANDLE)_get_osfhandle(0), limit, out, why);
	else
		result = read_path(path, limit, out, identity, why);
	if (result != FILE_OK)
		strbuf_reset(out);
	else if (identity && !standard)
		identity->digest = digest_of(strbuf_text(out), out->length);
	return result;
}

bool platform_same_file(const char *a, const char *b)
{
	const char *paths[2] = { a, b };
	struct file_identity identities[2];
	bool known = true;

	for (size_t i = 0; i < 2; i++) {
		bool standard = str_eq(paths[i], "-");
		HANDLE file = standard ? (HANDLE)_get_osfhandle(0)
				       : windows_open(paths[i], 0, OPEN_EXISTING, NULL, FILE_FLAG_BACKUP_SEMANTICS);

		known = known && file != INVALID_HANDLE_VALUE && GetFileType(file) == FILE_TYPE_DISK &&
			windows_identify(file, &identities[i]);
		if (!standard && file != INVALID_HANDLE_VALUE)
			CloseHandle(file);
	}
	return known && identities[0].device == identities[1].device && identities[0].inode == identities[1].inode;
}

unsigned platform_name_count(const char *path)
{
	HANDLE file = windows_open(path, 0, OPEN_EXISTING, NULL, FILE_FLAG_BACKUP_SEMANTICS);
	BY_HANDLE_FILE_INFORMATION about = { .nNumberOfLinks = 0 };

	if (file == INVALID_HANDLE_VALUE)
		return 0;
	if (!GetFileInformationByHandle(file, &about))
		about.nNumberOfLinks = 0;
	CloseHandle(file);
	return about.nNumberOfLinks;
}

static bool is_link(const char *path)
{
	WCHAR *wide = windows_path(path);
	DWORD attributes = GetFileAttributesW(wide);

	free(wide);
	return attributes != INVALID_FILE_ATTRIBUTES && attributes & FILE_ATTRIBUTE_REPARSE_POINT;
}

bool platform_link_target(const char *path, struct strbuf *out)
{
	HANDLE file = is_link(path) ? windows_open(path, 0, OPEN_EXISTING, NULL, FILE_FLAG_BACKUP_SEMANTICS)
				    : INVALID_HANDLE_VALUE;
	WCHAR *target;
	DWORD count;
	bool known;

	if (file == INVALID_HANDLE_VALUE)
		return false;
	count = GetFinalPathNameByHandleW(file, NULL, 0, 0);
	target = xcalloc((size_t)count + 1, sizeof(*target));
	known = count > 0 && GetFinalPathNameByHandleW(file, target, count, 0) < count;
	if (known)
		windows_narrow(target, out);
	free(target);
	CloseHandle(file);
	return known;
}

/* ---- folders ---- */

bool platform_remove(const char *path, const char **why)
{
	WCHAR *wide = windows_path(path);
	bool done = DeleteFileW(wide) || windows_is_missing(GetLastError());

	if (!done)
		*why = windows_why(NULL);
	free(wide);
	return done;
}

static bool is_folder_there(const WCHAR *path)
{
	DWORD attributes = GetFileAttributesW(path);

	return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY);
}

bool platform_make_folder(const char *path, const char **why)
{
	WCHAR *wide = windows_path(path);
	bool done = true;

	for (WCHAR *at = wide; done && *at; at++) {
		WCHAR kept = at[1];

		if (kept != L'\\' && kept != L'\0')
			continue;
		/* Drives and shares answer "access denied" or worse when they are to be made. */
		at[1] = L'\0';
		done = is_folder_there(wide) || CreateDirectoryW(wide, windows_private()) ||
		       GetLastError() == ERROR_ALREADY_EXISTS || kept == L'\\';
		at[1] = kept;
	}
	if (!done || !is_folder_there(wide)) {
		*why = windows_why(NULL);
		done = false;
	}
	free(wide);
	return done;
}

static int compare_names(const void *a, const void *b)
{
	const char *const *left = a, *const *right = b;
	int order = text_compare_fold(*left, *right);

	return order ? order : strcmp(*left, *right);
}

static void add_name(char ***names, size_t *count, size_t *room, const WCHAR *wide)
{
	struct strbuf name = STRBUF_INIT;

	windows_narrow(wide, &name);
	if (*count == *room) {
		*room = *room ? *room * 2 : 32;
		*names = xrealloc(*names, *room * sizeof(**names));
	}
	(*names)[*count] = xrealloc(NULL, name.length + 1);
	memcpy((*names)[(*count)++], strbuf_text(&name), name.length + 1);
	strbuf_clear(&name);
}

static bool list_entries(const char *path, bool folders, void (*each)(const char *name, void *data), void *data,
			 const char **why)
{
	struct strbuf pattern = STRBUF_INIT;
	size_t count = 0, room = 0;
	char **names = NULL;
	WIN32_FIND_DATAW found;
	WCHAR *wide;
	HANDLE search;
	DWORD error;

	strbuf_printf(&pattern, "%s/*", path);
	wide = windows_path(strbuf_text(&pattern));
	strbuf_clear(&pattern);
	search = FindFirstFileW(wide, &found);
	free(wide);
	if (search == INVALID_HANDLE_VALUE) {
		*why = windows_why(NULL);
		return false;
	}
	do {
		bool is_folder = found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY;
		bool is_dots = wcscmp(found.cFileName, L".") == 0 || wcscmp(found.cFileName, L"..") == 0;

		if (is_folder == folders && !is_dots)
			add_name(&names, &count, &room, found.cFileName);
	} while (FindNextFileW(search, &found));
	error = GetLastError();
	FindClose(search);
	if (count)
		qsort(names, count, sizeof(*names), compare_names);
	for (size_t i = 0; i < count; i++) {
		if (error == ERROR_NO_MORE_FILES)
			each(names[i], data);
		free(names[i]);
	}
	free(names);
	SetLastError(error);
	if (error != ERROR_NO_MORE_FILES)
		*why = windows_why(NULL);
	return error == ERROR_NO_MORE_FILES;
}

bool platform_list_folders(const char *path, void (*each)(const char *name, void *data), void *data, const char **why)
{
	return list_entries(path, true, each, data, why);
}

bool platform_list_files(const char *path, void (*each)(const char *name, void *data), void *data, const char **why)
{
	return list_entries(path, false, each, data, why);
}

bool windows_environment(const WCHAR *name, struct strbuf *out)
{
	WCHAR text[4096];
	DWORD count = GetEnvironmentVariableW(name, text, ARRAY_LEN(text));

	if (!count || count >= ARRAY_LEN(text))
		return false;
	windows_narrow(text, out);
	return true;
}

bool platform_state_folder(struct strbuf *out)
{
	if (!windows_environment(L"LOCALAPPDATA", out))
		return false;
	strbuf_puts(out, "\\scupgrade");
	return true;
}

bool platform_absolute(const char *path, struct strbuf *out)
{
	WCHAR *wide = windows_path(path), *whole;
	DWORD count = GetFullPathNameW(wide, 0, NULL, NULL);
	struct strbuf text = STRBUF_INIT, folder = STRBUF_INIT;
	const char *shown;
	bool ok;

	whole = xcalloc((size_t)count + 1, sizeof(*whole));
	ok = count && GetFullPathNameW(wide, count, whole, NULL) < count;
	if (ok)
		windows_narrow(whole, &text);
	free(wide);
	free(whole);
	shown = strbuf_text(&text);
	/* The folder of a file that is not there yet has to be. */
	strbuf_add(&folder, shown, (size_t)(windows_last_part(shown) - shown));
	wide = windows_path(folder.length ? strbuf_text(&folder) : ".");
	ok = ok && is_folder_there(wide);
	free(wide);
	if (ok)
		strbuf_puts(out, shown);
	strbuf_clear(&folder);
	strbuf_clear(&text);
	return ok;
}

bool platform_drive(char letter, struct strbuf *out)
{
	WCHAR root[] = { (WCHAR)letter, L':', L'\\', L'\0' };

	if (GetDriveTypeW(root) <= DRIVE_NO_ROOT_DIR)
		return false;
	strbuf_reset(out);
	strbuf_printf(out, "%c:", letter);
	return true;
}
