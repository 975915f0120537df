/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Folders and files on Windows, and tidying.
 */
#include "win/winname.h"

#include "core/text.h"
#include "win/winname_common.h"

#define COMPONENT_MAX 255u
#define FOLDER_MAX 247u           /* MAX_PATH less room for an 8.3 name: what can be created */
#define FILE_MAX 259u             /* MAX_PATH without the final NUL */

struct path_kind {
	size_t max;
	bool root, share, share_warns;
	const char *hint;
};

static const struct path_kind install_folder = {
	FOLDER_MAX, false, false, false, "Example: E:\\System Center\\Operations Manager",
};
static const struct path_kind media_folder = { FOLDER_MAX, true, true, true, "Example: D:\\Media" };
static const struct path_kind backup_folder = { FOLDER_MAX, true, true, false, "Example: \\\\NAS01\\Backup" };
static const struct path_kind any_file = { FILE_MAX, false, true, false, "Example: D:\\Media\\setup.exe" };

static bool wrong_form(const char *text, const struct path_kind *kind, struct report *to, const char *what)
{
	name_finding(to, SEV_ERROR, "path-form", kind->hint, text, "%s", what);
	return false;
}

/* A component without its extensions, and without the blanks before them: "con .txt" opens the console too. */
static struct strbuf base_of(const char *component)
{
	size_t length = strcspn(component, ".");

	while (length > 0 && component[length - 1] == ' ')
		length--;
	return name_part(component, length);
}

static bool is_device(const char *base)
{
	static const char *const devices[] = { "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$" };
	static const char *const superscripts[] = { "\xC2\xB9", "\xC2\xB2", "\xC2\xB3" };
	struct strbuf port = name_part(base, strlen(base) < 3 ? 0 : 3);
	bool device = in_fold(base, devices, ARRAY_LEN(devices));

	if (text_equal_fold(strbuf_text(&port), "COM") || text_equal_fold(strbuf_text(&port), "LPT")) {
		device |= base[3] >= '1' && base[3] <= '9' && base[4] == '\0';
		for (size_t i = 0; i < ARRAY_LEN(superscripts); i++)
			device |= str_eq(base + 3, superscripts[i]);
	}
	strbuf_clear(&port);
	return device;
}

/* "PROGRA~1", "PROGRA~1.EXT" */
static bool is_short_name(const char *base)
{
	const char *tilde = strrchr(base, '~');

	return tilde && tilde > base && strlen(base) <= 8 && all_digits(tilde + 1);
}

static bool check_reserved(const char *component, const struct path_kind *kind, struct report *to)
{
	struct strbuf base = base_of(component);
	bool device = is_device(strbuf_text(&base));

	if (device)
		name_finding(to, SEV_ERROR, "path-reserved", kind->hint, component,
			     "is a name that Windows reserves for a device.");
	else if (text_equal_fold(strbuf_text(&base), "COM0") || text_equal_fold(strbuf_text(&base), "LPT0"))
		name_finding(to, SEV_WARNING, "path-reserved", kind->hint, component,
			     "is close to a name that Windows reserves for a device.");
	if (is_short_name(strbuf_text(&base)))
		name_finding(to, SEV_WARNING, "path-short-name", kind->hint, component,
			     "is a short name, which may not exist on every server. Write the long one.");
	strbuf_clear(&base);
	return !device;
}

static bool check_component(const char *component, const char *text, const struct path_kind *kind, struct report *to)
{
	size_t length = strlen(component);
	bool fine;

	if (length == 0)
		return wrong_form(text, kind, to, "has two backslashes in a row.");
	if (str_eq(component, ".") || str_eq(component, ".."))
		return wrong_form(text, kind, to, "has a part that is only dots. The whole path is needed.");
	fine = name_without(component, "<>:\"/|?*", to, "path-form", kind->hint, "A name in a path");
	if (component[length - 1] == '.' || component[length - 1] == ' ')
		fine = wrong_form(component, kind, to, component[length - 1] == '.' ?
				  "ends with a dot. Windows drops it." : "ends with a space. Windows drops it.");
	fine &= name_fits(component, COMPONENT_MAX, to, "path-long", kind->hint, "A name in a path");
	return check_reserved(component, kind, to) && fine;
}

/* The components from AT on; a backslash at the very end is fine. */
static bool check_components(const char *at, const char *text, const struct path_kind *kind, struct report *to)
{
	bool fine = true;

	while (*at) {
		size_t length = strcspn(at, "\\");
		struct strbuf component = name_part(at, length);

		fine &= check_component(strbuf_text(&component), text, kind, to);
		strbuf_clear(&component);
		at += length + (at[length] == '\\');
	}
	return fine;
}

/* \\server\share\... from behind the two backslashes. */
static bool check_share(const char *text, const struct path_kind *kind, struct report *to)
{
	const char *server = text + 2, *share = strchr(server, '\\');

	if (!kind->share)
		return wrong_form(text, kind, to, "is on a share. A folder on a local drive is needed.");
	if (share == server)
		return wrong_form(text, kind, to, "has more than two backslashes at its start.");
	if (*server == '\0' || !share || share[1] == '\0')
		return wrong_form(text, kind, to, "names no share: \\\\server\\share is needed at least.");
	if (!kind->root && (!strchr(share + 1, '\\') || strchr(share + 1, '\\')[1] == '\0'))
		return wrong_form(text, kind, to, "names a share, not a file in it.");
	if (!check_components(server, text, kind, to))
		return false;
	if (kind->share_warns)
		name_finding(to, SEV_WARNING, "path-unc", kind->hint, text,
			     "is on a share. Setup started from there may hang on a hidden security question: copy the "
			     "media to a local folder.");
	return true;
}

/* %NAME% with something that could be a name. */
static bool has_variable(const char *text)
{
	const char *first = strchr(text, '%'), *second = first ? strchr(first + 1, '%') : NULL;

	while (second && second == first + 1) {
		first = second;
		second = strchr(first + 1, '%');
	}
	return second != NULL;
}

static bool check_drive(const char *text, const struct path_kind *kind, struct report *to)
{
	if (has_variable(text))
		return wrong_form(text, kind, to,
				  "has the name of a variable between percent signs. Write the real path.");
	if (text[0] == '\\')
		return wrong_form(text, kind, to, "has no drive letter.");
	if (!is_ascii_letter(text[0]) || text[1] != ':')
		return wrong_form(text, kind, to,
				  kind->share && !kind->share_warns
					  ? "starts neither with a drive letter and a colon nor, for a share, with "
					    "\\\\SERVER\\SHARE."
					  : "does not start with a drive letter and a colon.");
	if (text[2] != '\\')
		return wrong_form(text, kind, to, "has no backslash after the drive's colon.");
	if (text[3] == '\0' && !kind->root)
		return wrong_form(text, kind, to, kind == &any_file ? "names a drive, not a file."
								    : "is a whole drive. A folder on it is needed.");
	return check_components(text + 3, text, kind, to);
}

static bool check_path(const char *text, const struct path_kind *kind, struct report *to)
{
	size_t length = strlen(text);
	bool fine;

	if (!name_begin(text, to, "path-form", kind->hint))
		return false;
	if (str_starts(text, "\\\\?\\") || str_starts(text, "\\\\.\\"))
		return wrong_form(text, kind, to,
				  "is written in a form for programs only. Start the path at its drive letter.");
	if (kind == &any_file && length > 3 && text[length - 1] == '\\')
		return wrong_form(text, kind, to, "ends with a backslash and so names a folder, not a file.");
	fine = str_starts(text, "\\\\") ? check_share(text, kind, to) : check_drive(text, kind, to);
	return name_fits(text, kind->max, to, "path-long", kind->hint,
			 kind == &any_file ? "The path of a file" : "The path of a folder") && fine;
}

bool rule_install_folder(const char *text, struct report *to)
{
	return check_path(text, &install_folder, to);
}

/* "D:\setup.exe": where setup is was asked, not what it is. */
static bool names_file(const char *text)
{
	static const char *const ends[] = { ".exe", ".msi" };
	size_t length = strlen(text);

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (length > strlen(ends[i]) && text_equal_fold(text + length - strlen(ends[i]), ends[i]))
			return true;
	return false;
}

bool rule_media_folder(const char *text, struct report *to)
{
	if (names_file(text))
		return wrong_form(text, &media_folder, to,
				  "names a file. The folder that holds it is needed.");
	return check_path(text, &media_folder, to);
}

bool rule_backup_folder(const char *text, struct report *to)
{
	return check_path(text, &backup_folder, to);
}

bool rule_file(const char *text, struct report *to)
{
	return check_path(text, &any_file, to);
}

const char *tidy_trim(struct arena *arena, const char *text)
{
	const char *start = text;
	size_t length;

	while (*start == ' ' || *start == '\t')
		start++;
	length = strlen(start);
	while (length > 0 && (start[length - 1] == ' ' || start[length - 1] == '\t'))
		length--;
	return start[length] == '\0' ? start : arena_strndup(arena, start, length);
}

const char *tidy_path(struct arena *arena, const char *text)
{
	const char *trimmed = tidy_trim(arena, text), *result;
	struct strbuf path = STRBUF_INIT;
	size_t length;

	strbuf_puts(&path, trimmed);
	for (size_t i = 0; i < path.length; i++) {
		if (path.data[i] == '/')
			path.data[i] = '\\';
	}
	length = path.length;
	/* Blanks that a separator hid go too: what is tidy stays as it is when it is read again. */
	while (length > 0 && (strchr(" \t", path.data[length - 1]) || (length > 2 && path.data[length - 1] == '\\')))
		length--;
	/* "X:\" is the folder at the root of the drive, "X:" is something else. */
	if (length == 2 && path.data[1] == ':' && path.length > 2 && path.data[2] == '\\')
		length = 3;
	strbuf_truncate(&path, length);
	result = str_eq(strbuf_text(&path), trimmed) ? trimmed : arena_strdup(arena, strbuf_text(&path));
	strbuf_clear(&path);
	return result;
}

const char *tidy_serial(struct arena *arena, const char *text)
{
	struct strbuf serial = STRBUF_INIT;
	const char *at = text, *end = text + strlen(text), *result;

	while (at < end) {
		const char *start = at;
		uint32_t code = text_next(&at, end);
		/* Controls stay, so that the rule refuses them; the mark that Windows' dialog adds is above them. */
		bool mark = code != TEXT_BAD && code > 0x9F && (code == 0xA0 || text_is_unsafe(code));

		if (code != ' ' && code != ':' && !mark)
			strbuf_add(&serial, start, (size_t)(at - start));
	}
	result = str_eq(strbuf_text(&serial), text) ? text : arena_strdup(arena, strbuf_text(&serial));
	strbuf_clear(&serial);
	return result;
}
