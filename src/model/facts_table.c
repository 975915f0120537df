/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What every file of facts may hold, whatever the product: which computer, when, its drives and folders, what could not
 * be read.
 */
#include "model/facts.h"

enum { MOST_FOLDERS = 20000, MOST_DRIVES = 64, MOST_RECORDS = 2000 };

/* clang-format off */
const struct field fact_drive_name = {
	.key = "name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED,
	.help = "Such as D:.",
};
const struct field fact_drive_free = {
	.key = "free-mb", .kind = FIELD_NUMBER, .maximum = FACT_MOST_MB,
	.help = "Free space.",
};
static const struct field *const drive_columns[] = {
	&fact_drive_name, &fact_drive_free, NULL
};

/* The words of a journal. */
static const struct choice record_states[] = {
	{ .id = "started" }, { .id = "done" }, { .id = "failed" }, { .id = "skipped" }, { .id = "reset" },
	{ .id = "noted" }, { .id = NULL }
};

const struct field fact_record_upgrade = {
	.key = "upgrade", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_URL,
	.help = "Product, name and releases: operations-manager\\CONTOSO\\2012-r2-2016.",
};
const struct field fact_record_step = {
	.key = "step", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .limit = FACT_URL,
	.help = "Id of the step.",
};
const struct field fact_record_time = {
	.key = "time", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .rule = rule_fact_time,
	.help = "When, in UTC: 2026-11-21T14:02:07Z.",
};
const struct field fact_record_state = {
	.key = "state", .kind = FIELD_CHOICE, .flags = FIELD_REQUIRED, .choices = record_states,
	.help = "What became of it.",
};
const struct field fact_record_who = {
	.key = "who", .kind = FIELD_TEXT, .limit = FACT_ACCOUNT,
	.help = "Account that wrote it.",
};
const struct field fact_record_by_hand = {
	.key = "by-hand", .kind = FIELD_FLAG,
	.help = "A person answered, no program saw it.",
};
const struct field fact_record_digest = {
	.key = "digest", .kind = FIELD_TEXT, .limit = 64,
	.help = "Digest of what the step runs.",
};
const struct field fact_record_note = {
	.key = "note", .kind = FIELD_TEXT, .limit = FACT_URL,
	.help = "What was noted.",
};
static const struct field *const record_columns[] = {
	&fact_record_upgrade, &fact_record_step, &fact_record_time, &fact_record_state, &fact_record_who,
	&fact_record_by_hand, &fact_record_digest, &fact_record_note, NULL
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
	.key = "server", .kind = FIELD_TEXT, .rule = rule_named_host, .flags = FIELD_REQUIRED,
	.help = "Name of the computer.",
};
const struct field fact_collected = {
	.key = "collected", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED,
	.help = "When, in UTC: 2026-11-21T14:02:07Z.",
};
const struct field fact_domain = {
	.key = "domain", .kind = FIELD_TEXT, .limit = FACT_NAME,
	.help = "DNS name of the computer's domain.",
};
const struct field fact_drives = {
	.key = "drives", .kind = FIELD_ROWS, .columns = drive_columns, .limit = MOST_DRIVES,
	.help = "Local drives.",
};
const struct field fact_folders = {
	.key = "folders", .kind = FIELD_NAMES, .limit = MOST_FOLDERS,
	.help = "Folders, for Browse.",
};
const struct field fact_records = {
	.key = "records", .kind = FIELD_ROWS, .columns = record_columns, .limit = MOST_RECORDS,
	.help = "What scripts wrote down here of the steps of upgrades.",
};
const struct field fact_unread = {
	.key = "unread", .kind = FIELD_ROWS, .columns = unread_columns, .limit = FACT_MANY,
	.help = "What could not be read, and why.",
};
/* clang-format on */

const struct field *const facts_first[] = {
	&fact_server, &fact_collected, &fact_domain, NULL
};

const struct field *const facts_last[] = {
	&fact_drives, &fact_folders, &fact_records, &fact_unread, NULL
};

const char *const facts_retired[] = {
	"os.name", "dotnet.framework-3-5", "tls.client-1-1", "tls.server-1-1",
	"builds.database-version", "iis.version", "drives[].file-system", "databases[].level", "databases[].recovery",
	"databases[].clr", "databases[].last-full-backup", "databases[].listener", "databases[].listener-port",
	"databases[].replica-role", "replicas[].role", "install.root", "reporting.instance", "group.administrator",
	"group.management-servers[].domain", "group.management-servers[].port",
	"group.management-servers[].action-account", "group.management-servers[].rms-emulator",
	"group.gateways[].domain", "group.gateways[].primary", "group.gateways[].failover-count",
	"group.pool-members[].unix-linux", "group.agent-versions[].manual",
	"group.agent-versions[].management-server", "group.agent-patches", "group.agent-systems[].count",
	"group.manual-agents[].management-server", "group.unix-linux-types", "group.network-devices",
	"group.data-writer", "group.packs-sealed", "group.packs-unsealed", "group.packs-third-party[].key-token", NULL
};
