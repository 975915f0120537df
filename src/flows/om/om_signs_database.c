/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: signs of what setup does in databases and with management packs.
 */
#include "flows/om/om_signs.h"

#define SETUP (LOG_SETUP | LOG_ROLE)
#define LAB "a lab's setup logs of 2025 [FIELD]"
#define ANTHOLOGY "a page on failed upgrades to 1801 [FIELD]"

const struct sign om_database_signs[] = {
	{
		.id = "sql-wrong-version-wmi", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUP | LOG_EVENTS,
		.texts = { { "wrong version of SQL Server", NULL } },
		.means = "The WMI provider of SQL Server is not registered, or its version is really not supported.",
		.remedy = "If the version fits: on the SQL Server host run mofcomp on sqlmgmproviderxpsp2up.mof of "
			"its Shared folder, elevated; then run setup again.",
		.source = "upgrade page; page on installing [DOC]",
	},
	{
		.id = "sql-2025-rejected", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUP | LOG_EVENTS,
		.texts = { { "SQL Server 2025", "SQL Server 2025" SIGN_GAP "(?:not supported|invalid|fail)" },
			   { "version 17.",
			     "SQL Server" SIGN_GAP "version 17\\.\\d" SIGN_GAP "(?:not supported|invalid|fail)" } },
		.releases = "2022 2025",
		.means = "The instance is SQL Server 2025, which the first release of 2025 refuses; only 2025 UR1 "
			"supports it.",
		.remedy = "Install on SQL Server 2022, apply UR1, and move SQL Server afterwards, with ODBC 18 and "
			"MSOLEDBSQL 19.",
		.source = "a note of the vendor's support [FIELD]; the wording in the log [UNCERTAIN]",
	},
	{
		.id = "sql-clr-assembly-not-trusted", .role = SIGN_CAUSE, .next = NEXT_REPEAT,
		.logs = SETUP | LOG_EVENTS,
		.texts = { { "while trying to load assembly id", NULL },
			   { "enterprisemanagement.sql.userdefineddatatype", NULL }, SIGN_CODE("8013150A") },
		.means = "SQL Server 2017 and later do not trust the product's two assemblies on this instance, as "
			"on a new replica or after a move.",
		.remedy = "Add both to the trusted assemblies of every instance, and set 'clr enabled' to 1.",
		.source = "a post on event 26319 [FIELD]",
	},
	{
		.id = "sql-listener-admin-share", .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = SETUP,
		.texts = { { "Creating db path", "Creating db path:\\s*\\\\\\\\([\\w.-]{1,100})\\\\\\w\\$" } },
		.after = true,
		.means = "Setup waits for the administrative share of {1}, and its log ends there. A listener of an "
			"availability group has no such share.",
		.remedy = "End the waiting setup. For the upgrade point the management servers at the active node, "
			"as when the database is moved, and back at the listener afterwards.",
		.source = "a post on a setup that hangs at the prerequisites [FIELD]",
	},
	{
		.id = "sql-database-options-invalid", .role = SIGN_SUMMARY, .next = NEXT_REPEAT, .logs = SETUP,
		.texts = { { "database options are incomplete or invalid", NULL },
			   { "database parameter validation failed", NULL } },
		.means = "A check of a database failed: Full-Text, version, rights or name.",
		.remedy = "Read the Error line above it.",
		.source = LAB,
	},
	{
		.id = "sql-db-create-failed", .role = SIGN_SUMMARY, .next = NEXT_ASK, .logs = SETUP,
		.texts = { { "Failed to create and configure the DB", NULL } },
		.means = "The creation of a database failed.",
		.remedy = "Read the Error line before it. An upgrade creates no database: compare the line with the "
			"plan.",
		.source = "support page on a setup that does not complete [DOC]",
	},
	/* ---- management packs ---- */
	{
		.id = "acs-mp-blocks-upgrade", .role = SIGN_CAUSE, .next = NEXT_RESTORE, .logs = SETUP,
		.texts = { { "Verification failed with", NULL }, { "Could not load management pack", NULL },
			   { "was not imported", NULL } },
		.with = "\\bMicrosoft\\.ACS\\.", .within = 12,
		.releases = "2016 1801 1807",
		.means = "The management packs of ACS for UNIX and Linux need a newer library than the group has, "
			"and setup stops; its rollback removes the server's role.",
		.remedy = "Restore as the step says; before the next try delete these packs or update their library.",
		.source = "release notes 1801 [DOC]",
	},
	{
		.id = "mp-newer-than-media", .role = SIGN_CAUSE, .next = NEXT_RESTORE, .logs = SETUP,
		.texts = { { "Unable to load management pack",
			     "ImportManagementPack: Error: Unable to load management pack\\s*\\W?([\\w.]{1,120})?" },
			   { "is not upgrade compatible with older version", NULL } },
		.means = "The group holds a management pack ({1}) that is newer than the media's, or does not fit it. "
			 "| A management pack of the group does not fit the media's.",
		.remedy = "Restore the databases and the server. Before the next try remove that pack, or import "
			"the media's version.",
		.source = ANTHOLOGY "; release notes 1801 [DOC]",
	},
	{
		.id = "mp-reference-missing", .role = SIGN_CAUSE, .next = NEXT_RESTORE, .logs = SETUP,
		.texts = { { "Could not load management pack",
			     "Could not load management pack" SIGN_GAP
			     "(?:was not found in the store|Version mismatch)" },
			   { "was not found in the store",
			     "\\bmanagement ?pack\\b" SIGN_GAP "was not found in the store" } },
		.means = "A management pack that setup imports needs a newer library than the group holds.",
		.remedy = "Update that library, or delete the pack that needs it, before the next try.",
		.source = "release notes 1801 [DOC]; an issue of a public management pack [FIELD]",
	},
	{
		.id = "mp-verification-block", .role = SIGN_CAUSE, .next = NEXT_RESTORE, .logs = SETUP,
		.texts = { { "Found error in", "Found error in\\s*\\d*\\|([\\w.]{1,120})\\|" },
			   { "Verification failed with", "Verification failed with\\s*(?:\\[?\\d+\\]?)\\s*errors" } },
		.means = "The verification of the management pack {1} failed. | The verification of a management "
			"pack failed.",
		.remedy = "The lines between the bars name pack, version and element; update or remove that pack "
			"before the next try.",
		.source = "release notes 1801 [DOC]; a page on failed upgrades [FIELD]",
	},
	{
		.id = "mp-duplicate-alias", .role = SIGN_CAUSE, .next = NEXT_RESTORE, .logs = SETUP | LOG_EVENTS,
		.texts = { { "same key has already been added", NULL },
			   { "alias", "\\balias\\b" SIGN_GAP "(?:used twice|more than once|already)" } },
		.releases = "2019 2022 2025",
		.means = "A management pack uses two aliases that differ only by case. That was allowed before and "
			"is not now, and setup does not check it.",
		.remedy = "Compare the references of every pack without case, rename, import, and look again until "
			"none is left.",
		.source = "support page on duplicate aliases [DOC]; the phrase [UNCERTAIN]",
	},
	{
		.id = "mp-import-first-server", .role = SIGN_CAUSE, .next = NEXT_RESTORE, .logs = SETUP,
		.texts = { { "Failed to load MP", "FirstManagementServer:\\s*Failed to load MP" } },
		.lacks = { "FirstManagementServer: Importing Management Pack", NULL },
		.after = true,
		.means = "A management pack could not be imported, and no later try of it succeeded.",
		.remedy = "Read the sentence after it; the pack is newer, damaged, or refers to one that is missing.",
		.source = ANTHOLOGY,
	},
	{
		.id = "mp-not-valid", .role = SIGN_SUMMARY, .next = NEXT_ASK, .logs = SETUP,
		.texts = { { "requested management pack is not valid", NULL },
			   { "ImportManagementPack: Unknown Error", NULL } },
		.means = "A management pack was refused; the reason is in the lines above.",
		.remedy = "Read the block \"Verification failed with ... errors\" above it.",
		.source = ANTHOLOGY,
	},
	{
		.id = "mp-identity-lost", .role = SIGN_CAUSE, .next = NEXT_ASK, .logs = LOG_EVENTS,
		.texts = { { "All Management Server Resource Pool is unavailable", NULL },
			   { "1209", "(?:event\\s*(?:id)?\\s*[:=]?\\s*|<eventid[^>]{0,60}>)1209\\b" } },
		.releases = "2012-r2",
		.means = "Parts of a management server were removed with msiexec, and LegacyMode with them: the "
			"identities of management packs imported since are wrong.",
		.remedy = "Put LegacyMode (0) back, ask the vendor for the correction of the identities, and clear "
			"the caches. Never remove parts with msiexec.",
		.source = "support page on uninstalled features [DOC]",
	},
	{ .id = NULL }
};
