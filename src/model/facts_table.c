/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What every file of facts may hold, whatever the product: which computer, when, its drives and folders, what could not
 * be read.
 */
#include "model/facts.h"

enum { MOST_FOLDERS = 20000, MOST_DRIVES = 64 };

/* clang-format off */
const struct field fact_drive_name = {
	.key = "name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED,
	.help = "Such as D:.",
};
static const struct field fact_drive_file_system = {
	.key = "file-system", .kind = FIELD_TEXT,
	.help = "Such as NTFS.",
};
const struct field fact_drive_free = {
	.key = "free-mb", .kind = FIELD_NUMBER, .maximum = FACT_MOST_MB,
	.help = "Free space.",
};
static const struct field *const drive_columns[] = {
	&fact_drive_name, &fact_drive_file_system, &fact_drive_free, NULL
};

const struct field fact_unread_what = {
	.key = "what", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED,
	.help = "The group of facts.",
};
const struct field fact_unread_why = {
	.key = "why", .kind = FIELD_TEXT,
	.help = "What Windows said.",
};
static const struct field *const unread_columns[] = {
	&fact_unread_what, &fact_unread_why, NULL
};

const struct field fact_server = {
	.key = "server", .kind = FIELD_TEXT, .rule = rule_host, .flags = FIELD_REQUIRED,
	.help = "Name of the computer.",
};
const struct field fact_collected = {
	.key = "collected", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED,
	.help = "When, in UTC: 2026-11-21T14:02:07Z.",
};
const struct field fact_drives = {
	.key = "drives", .kind = FIELD_ROWS, .columns = drive_columns, .limit = MOST_DRIVES,
	.help = "Local drives.",
};
const struct field fact_folders = {
	.key = "folders", .kind = FIELD_NAMES, .limit = MOST_FOLDERS,
	.help = "Folders, for Browse.",
};
const struct field fact_unread = {
	.key = "unread", .kind = FIELD_ROWS, .columns = unread_columns, .limit = FACT_MANY,
	.help = "What could not be read, and why.",
};
/* clang-format on */

const struct field *const facts_first[] = {
	&fact_server, &fact_collected, NULL
};

const struct field *const facts_last[] = {
	&fact_drives, &fact_folders, &fact_unread, NULL
};
