/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The wizard's texts to read (license terms, what comes after), and folders to choose from: of reachable drives, else
 * those that the facts name.
 */
#include "wizard/wizard_private.h"

#include "core/text.h"
#include "os/platform.h"

enum { LICENSE_LIMIT = 1 << 20, TAB_WIDTH = 8 };

/* ---- license terms ---- */

/* The texts of Windows-1252 that Latin-1 does not have. */
static const uint16_t windows_1252[32] = { 0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
					   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
					   0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
					   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178 };

/* One code point of a text: line ends become line feeds, tabs blanks, what no terminal may see becomes visible. */
static void add_code(struct strbuf *out, uint32_t code, size_t *column)
{
	struct strbuf one = STRBUF_INIT;

	if (code == '\n') {
		strbuf_putc(out, '\n');
		*column = 0;
	} else if (code == '\t') {
		strbuf_fill(out, ' ', TAB_WIDTH - *column % TAB_WIDTH);
		*column = 0;
	} else if (code != '\r' && code != '\f' && code != 0xFEFF) {
		strbuf_put_code(&one, code);
		text_visible(out, strbuf_text(&one));
		*column += 1;
	}
	strbuf_clear(&one);
}

static void add_utf16(struct strbuf *out, const char *bytes, size_t length)
{
	size_t column = 0;

	for (size_t i = 2; i + 1 < length; i += 2) {
		uint32_t code = (uint32_t)(unsigned char)bytes[i] | (uint32_t)(unsigned char)bytes[i + 1] << 8;

		if (code >= 0xD800 && code < 0xDC00 && i + 3 < length && ((unsigned char)bytes[i + 3] & 0xFC) == 0xDC) {
			uint32_t low = (uint32_t)(unsigned char)bytes[i + 2] |
				       ((uint32_t)(unsigned char)bytes[i + 3] & 3) << 8;

			code = 0x10000 + ((code & 0x3FF) << 10) + low;
			i += 2;
		}
		add_code(out, code >= 0xD800 && code < 0xE000 ? 0xFFFD : code, &column);
	}
}

static void add_single_bytes(struct strbuf *out, const char *bytes, size_t length)
{
	size_t column = 0;

	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)bytes[i];

		add_code(out, byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte, &column);
	}
}

static void add_utf8(struct strbuf *out, const char *bytes, size_t length)
{
	const char *at = bytes, *end = bytes + length;
	size_t column = 0;

	while (at < end)
		add_code(out, text_next(&at, end), &column);
}

/* Windows writes text files as UTF-16 (with a mark), UTF-8 or in its code page. False: it is no text. */
static bool add_text(struct strbuf *out, const struct strbuf *bytes)
{
	const char *text = strbuf_text(bytes);

	if (bytes->length >= 2 && memcmp(text, "\xFF\xFE", 2) == 0) {
		add_utf16(out, text, bytes->length);
		return true;
	}
	if (memchr(text, '\0', bytes->length) || str_starts(text, "{\\rtf") || str_starts(text, "%PDF"))
		return false;
	if (text_is_utf8(text, bytes->length))
		add_utf8(out, text, bytes->length);
	else
		add_single_bytes(out, text, bytes->length);
	return true;
}

static const char *wizard_license_text(struct wizard *wizard)
{
	const char *path = wizard->options.license_path, *why = "";
	struct strbuf bytes = STRBUF_INIT, text = STRBUF_INIT;

	if (wizard->license || !path)
		return wizard->license;
	switch (platform_read(path, LICENSE_LIMIT, &bytes, NULL, &why)) {
	case FILE_OK:
		why = add_text(&text, &bytes) ? NULL : "it is not plain text; open it with another program";
		break;
	case FILE_MISSING:
		why = "there is no such file";
		break;
	case FILE_TOO_LARGE:
		why = "it is larger than 1 MiB";
		break;
	case FILE_FAILED:
		break;
	}
	if (why) {
		strbuf_reset(&text);
		strbuf_puts(&text, "The license terms cannot be shown from ");
		text_visible(&text, path);
		strbuf_puts(&text, ": ");
		text_visible(&text, why);
		strbuf_puts(&text, ". Read them there, or on this page of setup, before you accept them here.");
	}
	wizard->license = arena_strdup(wizard->arena, strbuf_text(&text));
	strbuf_clear(&bytes);
	strbuf_clear(&text);
	return wizard->license;
}

/* ---- texts of pages ---- */

void wizard_proof(struct wizard *wizard, struct strbuf *out)
{
	struct strbuf path = STRBUF_INIT, facts = STRBUF_INIT;

	if (wizard->plan->flow->after) {
		text_visible(&path, wizard_plan_path(wizard));
		facts_beside(strbuf_text(&path), &facts);
		strbuf_truncate(&facts, facts.length - strlen("facts"));
		strbuf_printf(out,
			      "When all is done, collect the facts again, into %safter: \"scupgrade check --after "
			      "--facts %safter %s\" proves that the end state is what this plan promised.",
			      strbuf_text(&facts), strbuf_text(&facts), strbuf_text(&path));
	}
	strbuf_clear(&path);
	strbuf_clear(&facts);
}

const char *wizard_page_text(struct wizard *wizard, const struct page *page)
{
	struct strbuf text = STRBUF_INIT;
	const char *result;

	arena_free(wizard->text_arena);
	wizard->text_arena = arena_new();
	if (page->kind == PAGE_TEXT && str_eq(page->id, "license") && wizard->options.license_path)
		strbuf_puts(&text, wizard_license_text(wizard));
	else if (page->kind != PAGE_DONE || !wizard_is_complete(wizard)) /* else nothing is left to be run */
		strbuf_puts(&text, page_text(page, wizard->plan, wizard->text_arena));
	result = arena_strdup(wizard->text_arena, strbuf_text(&text));
	strbuf_clear(&text);
	return result;
}

/* ---- folders ---- */

#define NO_DRIVE                                                                                                       \
	"No drive of a Windows computer can be reached from here, and no facts name one; type the folder. --drive "    \
	"C=FOLDER names one."

/* Whether FOLDER is where WSL mounts a drive, and not just a folder of that name. */
static bool is_wsl_mount(const char *mounts, const char *folder)
{
	struct strbuf wanted = STRBUF_INIT;
	const char *found;
	bool is = false;

	strbuf_printf(&wanted, " %s ", folder);
	found = strstr(mounts, strbuf_text(&wanted));
	if (found) {
		found += wanted.length;
		is = str_starts(found, "9p ") || str_starts(found, "drvfs ") || str_starts(found, "virtiofs ");
	}
	strbuf_clear(&wanted);
	return is;
}

/* The letter with which DRIVE or a path begins, as a capital; 0: another sign. */
static char drive_letter(const char *drive)
{
	if (*drive >= 'a' && *drive <= 'z')
		return (char)(*drive - 'a' + 'A');
	return *drive >= 'A' && *drive <= 'Z' ? *drive : '\0';
}

/* Where drive LETTER (capital) lies here; false: nowhere. */
static bool find_drive(const struct wizard *wizard, const char *mounts, char letter, struct strbuf *folder)
{
	strbuf_reset(folder);
	for (const char *const *at = wizard->options.drives; at && *at; at++) {
		const char *rest = drive_letter(*at) == letter ? *at + 1 : "";

		rest += *rest == ':';
		if (*rest == '=') {
			strbuf_puts(folder, rest + 1);
			return true;
		}
	}
	if (platform_drive(letter, folder))
		return true;
	strbuf_printf(folder, "/mnt/%c", letter - 'A' + 'a');
	return is_wsl_mount(mounts, strbuf_text(folder));
}

static unsigned letter_bit(const char *drive)
{
	char letter = drive_letter(drive);

	return letter ? 1u << (letter - 'A') : 0;
}

static void note_drive(const char *name, void *data)
{
	unsigned *letters = data;

	*letters |= letter_bit(name);
}

/* Those that are reachable, and those that a server has by its facts. */
static bool list_drives(struct wizard *wizard, const char *mounts, void (*each)(const char *name, void *data),
			void *data)
{
	const struct facts *facts = wizard_facts(wizard);
	struct strbuf folder = STRBUF_INIT;
	char name[] = "C:\\";
	unsigned letters = 0;

	for (size_t i = 0; facts && i < plan_server_count(wizard->plan); i++)
		facts_folders(facts, plan_server(wizard->plan, i)->name, "", note_drive, &letters);
	for (name[0] = 'A'; name[0] <= 'Z'; name[0]++) {
		if (find_drive(wizard, mounts, name[0], &folder))
			letters |= letter_bit(name);
		if (letters & letter_bit(name))
			each(name, data);
	}
	strbuf_clear(&folder);
	return letters != 0;
}

/* Names as they come, to be handed on. */
struct relay {
	void (*each)(const char *name, void *data);
	void *data;
	bool any;
};

static void pass_on(const char *name, void *data)
{
	struct relay *relay = data;

	relay->any = true;
	relay->each(name, relay->data);
}

/* Of the first server whose facts name something below PATH: a mixture of several would be no computer's. False:
 * nothing is known of any server's folders. */
static bool list_by_facts(struct wizard *wizard, const char *path, void (*each)(const char *name, void *data),
			  void *data)
{
	const struct facts *facts = wizard_facts(wizard);
	struct relay relay = { each, data, false };
	struct strbuf folder = STRBUF_INIT;
	bool known = false;

	for (; *path; path++)
		strbuf_putc(&folder, *path == '/' ? '\\' : *path);
	for (size_t i = 0; facts && !relay.any && i < plan_server_count(wizard->plan); i++) {
		const char *server = plan_server(wizard->plan, i)->name;

		if (facts_folders(facts, server, strbuf_text(&folder), pass_on, &relay))
			known = true;
	}
	strbuf_clear(&folder);
	return known;
}

/* What a folder below the local one is called here: exactly, or but for the case of its letters. */
struct match {
	const char *wanted;
	struct strbuf name;
	bool exact;
};

static void look_at(const char *name, void *data)
{
	struct match *match = data;

	if (match->exact || !text_equal_fold(name, match->wanted))
		return;
	match->exact = str_eq(name, match->wanted);
	if (match->exact || !match->name.length) {
		strbuf_reset(&match->name);
		strbuf_puts(&match->name, name);
	}
}

/* Follows the rest of a Windows path below FOLDER, part by part. */
static bool walk(struct strbuf *folder, const char *rest, const char **why)
{
	struct strbuf part = STRBUF_INIT;
	bool ok = true;

	while (ok && *(rest += strspn(rest, "\\/"))) {
		struct match match = { .exact = false };
		size_t length = strcspn(rest, "\\/");

		strbuf_reset(&part);
		strbuf_add(&part, rest, length);
		match.wanted = strbuf_text(&part);
		rest += length;
		ok = platform_list_folders(strbuf_text(folder), look_at, &match, why);
		if (ok && !match.name.length) {
			*why = "there is no such folder";
			ok = false;
		}
		if (ok) {
			strbuf_putc(folder, '/');
			strbuf_puts(folder, strbuf_text(&match.name));
		}
		strbuf_clear(&match.name);
	}
	strbuf_clear(&part);
	return ok;
}

/* Whether PATH starts with a drive; *LETTER is that, a capital. */
static bool has_drive(const char *path, char *letter)
{
	*letter = drive_letter(path);
	return *letter && path[1] == ':' && (!path[2] || path[2] == '\\' || path[2] == '/');
}

static bool list_folder(struct wizard *wizard, const char *mounts, const char *path,
			void (*each)(const char *name, void *data), void *data, const char **why)
{
	struct strbuf folder = STRBUF_INIT;
	char letter;
	bool ok;

	if (!has_drive(path, &letter)) {
		*why = "it does not start with a drive such as C:\\";
		return false;
	}
	if (find_drive(wizard, mounts, letter, &folder)) {
		ok = walk(&folder, path + 2, why) && platform_list_folders(strbuf_text(&folder), each, data, why);
	} else {
		ok = list_by_facts(wizard, path, each, data);
		if (!ok)
			*why = "this drive cannot be reached from here";
	}
	strbuf_clear(&folder);
	return ok;
}

/* The same for a file: the folders above it, and then its name. */
static bool walk_to_file(struct strbuf *folder, const char *rest, const char **why)
{
	const char *name = rest + strlen(rest);
	struct match match = { .exact = false };
	struct strbuf above = STRBUF_INIT;
	bool ok;

	while (name > rest && name[-1] != '\\' && name[-1] != '/')
		name--;
	strbuf_add(&above, rest, (size_t)(name - rest));
	match.wanted = name;
	ok = walk(folder, strbuf_text(&above), why) &&
	     platform_list_files(strbuf_text(folder), look_at, &match, why) && match.name.length;
	if (ok)
		strbuf_printf(folder, "/%s", strbuf_text(&match.name));
	strbuf_clear(&match.name);
	strbuf_clear(&above);
	return ok;
}

bool wizard_reach(struct wizard *wizard, const char *path, struct strbuf *local, const char **why)
{
	struct strbuf mounts = STRBUF_INIT;
	const char *unused;
	size_t drive;
	char letter;
	bool ok;

	(void)platform_read("/proc/mounts", LICENSE_LIMIT, &mounts, NULL, &unused);
	ok = has_drive(path, &letter) && find_drive(wizard, strbuf_text(&mounts), letter, local);
	drive = local->length;
	if (ok && !walk(local, path + 2, why)) {
		strbuf_truncate(local, drive);
		ok = walk_to_file(local, path + 2, why);
	}
	strbuf_clear(&mounts);
	return ok;
}

bool wizard_list_folders(struct wizard *wizard, const char *path, void (*each)(const char *name, void *data),
			 void *data, const char **why)
{
	struct strbuf mounts = STRBUF_INIT;
	const char *unused;
	bool ok;

	/* Without it (another system) only the named drives count. */
	(void)platform_read("/proc/mounts", LICENSE_LIMIT, &mounts, NULL, &unused);
	*why = "";
	if (*path) {
		ok = list_folder(wizard, strbuf_text(&mounts), path, each, data, why);
	} else {
		ok = list_drives(wizard, strbuf_text(&mounts), each, data);
		if (!ok)
			*why = NO_DRIVE;
	}
	strbuf_clear(&mounts);
	return ok;
}
