/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The codes of findings, in the order and in the words of DIAGNOSTICS in scupgrade(1): lint compares the two. Codes of
 * prerequisites are ids of the products' rows.
 */
#include "cli/finding_codes.h"

#include "core/text.h"
#include "model/flow.h"

const struct finding_code finding_codes[] = {
	/* The file */
	{ "file-unreadable", "The plan cannot be read; the text has the system's reason." },
	{ "file-too-large", "The plan has more than 16 MiB. Split it by management group." },
	{ "yaml-syntax", "It is not valid YAML. Look at indentation, quotes and brackets before the place named." },
	{ "yaml-encoding", "It is not UTF-8 text. Save it as UTF-8." },
	{ "yaml-bom", "It starts with a byte order mark, which is skipped. Save it without one." },
	{ "yaml-binary", "There is a control character in the file. Remove it." },
	{ "yaml-character",
	  "There is an invisible, misleading or control character in the file, or it comes from an "
	  "escape. Remove it." },
	{ "yaml-empty", "The file holds nothing." },
	{ "yaml-duplicate-key", "A key stands there twice. Keep one." },
	{ "yaml-key", "A key is not a plain text, or is missing." },
	{ "yaml-alias", "A file that is read here may not have aliases. Write the value itself." },
	{ "yaml-anchor", "A file that is read here may not have anchors. Remove it." },
	{ "yaml-tag",
	  "A file that is read here may not have tags. Put a text that starts with an exclamation mark in quotes." },
	{ "yaml-directive",
	  "A file that is read here may not have directives. Remove the line that starts with a percent sign." },
	{ "yaml-documents", "There is more than one document. Use one file for each." },
	{ "yaml-depth", "Lists and mappings are nested too deep." },
	{ "yaml-nodes", "There are too many keys and values." },
	{ "yaml-scalar", "A text is longer than 4,096 bytes." },
	{ "plan-version", "The key scupgrade is missing, or names a version that this program does not read." },
	{ "plan-product", "The key product is missing or names no product." },
	{ "unknown-key", "There is no such key here. The hint names the nearest one." },
	{ "unused-key", "The key has no effect, because of other answers. It is left out when the plan is saved." },
	{ "wrong-kind", "A text, a list, a mapping, a number or a truth value stands where another kind is expected." },
	{ "secret-in-plan",
	  "A key looks like a password. Remove it, and change the password if others could read the "
	  "file." },
	{ "too-many-errors",
	  "The file has so many errors that the rest was not looked at. Mend the first ones and check "
	  "again." },
	{ "too-many-findings", "So many findings were made that the rest is only counted." },
	/* Arguments of new */
	{ "argument-form", "A row is not written as NAME:ROLE+ROLE,COLUMN=VALUE, or the product is given as a key." },
	{ "duplicate-key", "A key or a column is given twice." },
	/* Values */
	{ "missing", "A required value is missing." },
	{ "choice-unknown", "The word is none of the possible ones. The hint names them." },
	{ "flag-form", "A truth value is expected: true, false, yes or no." },
	{ "number-form", "A whole number in digits is expected." },
	{ "number-range", "The number is too small or too large." },
	{ "no-such-edge",
	  "No upgrade leads from the release source to the release target. The text names the releases "
	  "between them, each of which is a plan of its own; no upgrade goes back to an older release. "
	  "Such a plan has no prerequisites and no steps." },
	{ "upgrade-begun",
	  "Steps of the upgrade are recorded, so product and releases stay. The next upgrade needs its "
	  "own plan." },
	{ "support-ends",
	  "A note: all support of the release that the plan upgrades to has ended, or ends within 180 "
	  "days." },
	{ "goal-unreachable", "No upgrade leads from the target of the plan to its goal." },
	{ "no-next", "No plan comes after this one: it leads to the newest release, or to its goal." },
	{ "edge-not-planned",
	  "The upgrade from source to target exists, but this program cannot plan it. Such a plan has "
	  "no prerequisites and no steps." },
	{ "product-fixed", "The product of a plan cannot be changed. Start a new plan." },
	{ "unsafe-character",
	  "The value has a control character, or one that is invisible or misleading. Type it again." },
	{ "mixed-scripts", "A name mixes Latin with Greek or Cyrillic letters that look alike. Type it again." },
	{ "host-form", "This cannot be the name of a computer." },
	{ "host-unusual", "The name works, but has characters or words that cause trouble elsewhere." },
	{ "host-long", "A part of the name is longer than Windows or Active Directory keeps." },
	{ "account-form", "Write the account as DOMAIN\\user." },
	{ "account-local", "A local or built-in account cannot be used here. Name a domain account." },
	{ "account-upn", "The account is written as user@suffix. Setup is documented with DOMAIN\\user." },
	{ "account-unusual", "The name is allowed but unusual. Compare it with Active Directory." },
	{ "account-managed",
	  "The name of the account ends with a dollar sign, as those of managed service accounts do, "
	  "and the plan does not say that it is one, or the release that it leads to does not take "
	  "them, or the other way round." },
	{ "path-form", "This is no full Windows path of the kind that is needed here." },
	{ "path-reserved", "A part of the path is a name that Windows reserves for a device." },
	{ "path-long", "The path is too long." },
	{ "path-short-name", "A part looks like a short name such as PROGRA~1. Write the long one." },
	{ "quote-form", "The value begins with a quotation mark of a word processor, which is a letter to YAML." },
	{ "path-unc",
	  "The path is on a share. Setup from a share may hang on a hidden question; copy the media to "
	  "the server." },
	{ "group-form",
	  "The management group's name has a character that such a name cannot have, or a blank at an "
	  "end." },
	{ "web-site-form", "IIS takes no web site of this name." },
	{ "sql-server-form",
	  "Only the name of the computer or listener belongs here; instance and port have keys of their "
	  "own." },
	{ "sql-address-form", "Write SERVER, SERVER\\INSTANCE or LISTENER,PORT." },
	{ "sql-instance-form", "SQL Server takes no instance of this name." },
	{ "sql-instance-default", "MSSQLSERVER is the default instance. Leave the key empty." },
	{ "sql-database-form", "SQL Server takes no database of this name." },
	{ "sql-database-unusual", "The name needs brackets wherever it is used." },
	{ "sql-login-form", "SQL Server takes no login of this name." },
	{ "certificate-form", "A serial number is hex digits in pairs. Copy it from the certificate's details." },
	{ "date-form", "Write a day that exists as YYYY-MM-DD." },
	{ "time-form", "Write a day that exists and a time of day, as YYYY-MM-DD hh:mm." },
	{ "plan-name-form",
	  "A plan that comes first is beside the one that names it, or in a folder below it: no .., no "
	  "drive, no root." },
	{ "note-form", "A note is one line of at most 500 characters." },
	/* Rules across values */
	{ "license-not-accepted", "The license terms are not accepted. Read them, then set license-accepted: true." },
	{ "row-unknown", "The plan has no such row, where an argument names one in brackets." },
	{ "database-unknown",
	  "The files of render sql are made to be run, and the plan does not say on which SQL Server or "
	  "database." },
	{ "window-order", "The window of the change closes before it opens." },
	{ "task-unknown", "There is no task of that name; the time that is planned for it is not used." },
	{ "collector-unknown", "A database of ACS is said to belong to a server that is no ACS collector." },
	{ "failover-self", "A gateway server cannot be its own failover." },
	{ "failover-unknown", "The failover of a gateway server is no gateway server of the plan." },
	{ "no-management-server", "No server has the role management-server." },
	{ "no-runbook-worker", "No server has the role runbook-worker." },
	{ "no-web-service", "No server has the role web-service." },
	{ "server-twice", "Two servers are the same computer. Give one of them all the roles." },
	{ "list-unreadable", "The list of servers cannot be read; the text has the system's reason." },
	{ "list-empty", "There is no server in the list." },
	{ "list-name", "A line of the list is no name that a computer can have; it is left out." },
	{ "list-column", "A column of the list is no key of a server; it is left out." },
	{ "list-cell", "Something comes after a name and its roles, and no first line says what it is." },
	{ "server-unknown", "A confirmation or acknowledgment names a server that the plan does not have." },
	{ "management-server-unknown", "The named management server is none of this plan." },
	{ "check-unknown", "There is no prerequisite of this name. The hint names the nearest one." },
	{ "confirmed-without-servers",
	  "A confirmation or acknowledgment names no server, and its prerequisite is checked on each "
	  "one: it counts for nothing." },
	{ "confirmed-old", "A confirmation is older than its prerequisite allows, and counts for nothing." },
	{ "confirmed-future", "A confirmation or acknowledgment has a date in the future." },
	{ "acs-alone", "An ACS collector needs the role management-server too." },
	{ "gateway-is-management-server",
	  "A gateway server is never also a management server. Remove one of the roles." },
	{ "agent-on-server",
	  "Management servers and gateway servers have no agent of their own to upgrade. Remove the "
	  "role agent." },
	{ "agents-many", "More agents than one management group supports." },
	{ "das-local-system",
	  "No document confirms that an upgrade accepts Local System for the Data Access Service." },
	{ "das-group-managed", "Setup of the target does not accept a group managed service account." },
	{ "das-group-managed-silent", "No document shows a group managed service account on a silent line." },
	{ "no-such-level", "The release has no such level (update rollup) that this program knows." },
	{ "replaces-unknown", "A server replaces one that is not in the list." },
	{ "replaces-new", "A server replaces one that is new itself." },
	{ "replaces-roles", "A server has a role that the one which it replaces has not." },
	{ "monitoring-own-server",
	  "The management server to connect to is one of the servers that go into maintenance mode." },
	{ "media-same", "The packages of the old and of the new release cannot be in the same folder." },
	/* Command lines */
	{ "cmd-cannot-carry",
	  "A Command Prompt cannot carry a value: a double quote, more than one percent sign, or a "
	  "control character. Use --shell powershell." },
	{ "powershell-cannot-carry", "PowerShell cannot carry a value. The text names a target that can." },
	{ "argv-cannot-carry", "No command line can carry the value." },
	{ "cannot-verify", "A line did not read back as it was meant, so it is not shown. Please report it." },
	{ "cmd-exclamation", "An exclamation mark is lost in a prompt that was opened with /V:ON." },
	{ "tab-in-value", "A prompt may take a tab for its completion key." },
	{ "blank-slash",
	  "Setup might take what follows a blank and a slash for a switch. Not certain; look at the "
	  "result." },
	{ "msi-brackets", "Windows Installer may replace text in square brackets. Not certain; look at the result." },
	/* Passwords */
	{ "passwords-file", "The file cannot be read, others may read it, or a password in it is too long." },
	{ "passwords-unknown", "The file has a key that is none of the plan's accounts." },
	{ "passwords-missing", "The password of an account is missing or empty, or could not be asked for." },
	{ "passwords-unused", "The plan needs no password for this account." },
	{ "password-control", "The password has a control character or is not UTF-8 text." },
	{ "password-shell", "A shell cannot carry the password; the text says which one." },
	{ "password-characters",
	  "The password has a character that a page about gateway servers rules out for passwords on a "
	  "command line." },
	{ "password-ends", "The password starts with a slash or ends with a backslash, which may be misread." },
	{ "password-differs", "The password and its repetition differ." },
	/* Facts */
	{ "facts-unreadable", "The facts cannot be read; the text has the system's reason." },
	{ "facts-none", "The folder has no file with facts." },
	{ "facts-many", "There are too many files, or too much in them." },
	{ "facts-version",
	  "The file is none that the collector wrote, or of a version that this program does not read." },
	{ "facts-time", "The time of collecting is not a time in UTC." },
	{ "target-build-found",
	  "All management servers have the target's build already, which a record does not say: whether "
	  "their steps are done is not known." },
	{ "facts-stale", "The facts are more than 24 hours old; one finding for all files. Run the collector again." },
	{ "facts-future", "The facts are from the future. Set the clocks right and collect again." },
	{ "facts-twice", "Two files are about the same server. Keep the newer one." },
	{ "facts-unknown-server",
	  "The facts are about a server that the plan does not have. With several plans and one --facts: that none of "
	  "them has." },
	{ "facts-ambiguous",
	  "The short name in the plan may be either of two computers that there are facts of. Write its "
	  "full name, with the domain." },
	{ "facts-missing", "There are no facts of a server. Run the collector there, or confirm what is not known." },
	{ "facts-differ", "An answer of the plan is another one in the facts: both are named." },
	{ "facts-roles", "A server has more roles by the facts than by the plan." },
	{ "facts-server-missing",
	  "The management group has a server that the plan has not; that its own facts are there is not "
	  "told again." },
	{ "facts-server-surplus", "The plan has a server that the management group does not know." },
	{ "facts-silent",
	  "A note: what the facts do not tell, or what was taken because an address names it and nobody "
	  "looked." },
	{ "facts-unread", "The collector could not read something; the text has its reason." },
	{ "secret-in-facts",
	  "A key looks like a password. Remove it, and change the password if others could read the "
	  "file." },
	{ "text-long", "A text of the facts is too long, or one for a plan: that takes 4,096 bytes." },
	{ "list-long", "A list of the facts has too many entries." },
	{ "probe-failed",
	  "The command of --probe ended with an error or took too long; the hint is the last line that "
	  "it said." },
	{ "probe-name", "The probe is not run for a server with such a name." },
	{ "collect-name", "The collector is not run for a server with such a name." },
	{ "collect-failed",
	  "The collector ended with an error, took too long, or what came back is no file of facts; the "
	  "hint is the last line that it said. An older file of facts is as it was." },
	{ "version-form", "A version is numbers with dots between, such as 7.1.10226.1304." },
	/* The journal */
	{ "journal-read", "The journal cannot be read; the text has the system's reason." },
	{ "journal-write",
	  "Nothing was recorded; the text has the reason. Or it is not known whether it was, and the "
	  "text says that: look at the record again." },
	{ "journal-locked", "Nothing was recorded, for somebody else has the journal; the text says who." },
	{ "journal-unsure", "It is recorded, but it may not survive a power loss." },
	{ "journal-damaged",
	  "A line is none of a journal, or the file is a link, no file, or too large. It is left alone. "
	  "Compare it with a copy; nothing is recorded until it is repaired." },
	{ "journal-torn",
	  "The last line was cut off while it was written. It does not count; look whether what it was "
	  "about to record happened." },
	{ "journal-other", "The journal is that of another product or of other releases." },
	{ "journal-name",
	  "The journal was begun for another name of the management group or deployment. --adopt takes "
	  "it over." },
	{ "journal-linked", "The journal has another name (a hard link)." },
	{ "plan-linked", "The plan has another name (a hard link), which has another journal." },
	{ "journal-time", "The times of two lines run backward, by more than five minutes." },
	{ "journal-future", "A line is from the future." },
	{ "journal-state",
	  "A line does not follow from those before it, such as a step that is started when it is done "
	  "already." },
	{ "journal-step-unknown", "A step was recorded of a task or a server that the plan does not have." },
	{ "record-state",
	  "The journal and the record of a server, or the records of two servers, say what cannot both "
	  "be: done here, failed there. The later one counts until somebody has read the log and "
	  "records what is true." },
	{ "record-future",
	  "A server recorded a step at a time that is in the future, and so outweighs every line of the "
	  "journal. Set its clock right." },
	{ "record-step-unknown", "A record of this upgrade is about a step that the plan does not have." },
	{ "steps-unknown",
	  "Servers recorded that steps were started, and no end. Nobody starts such a step again "
	  "unasked: read the log there, then record done, failed or reset." },
	{ "plan-changed", "The plan was changed since the last record. Look at the steps that are shown as changed." },
	{ "plan-not-saved",
	  "Nothing can be recorded of a plan that is not saved as it is. Save it; the record stands "
	  "beside it." },
	{ "plan-moved",
	  "The plan's file says something else now, or is gone, since it was read here. Nothing is "
	  "recorded for a plan that it no longer is: read it again, in the plain form with again." },
	{ "step-waits", "The step may not start: others have to be done before. The text names up to three of them." },
	{ "step-state", "The step is not in a state from which this can be recorded; the hint names the way." },
	{ "step-already", "It is recorded already, and nothing was added." },
	{ "mark-by", "The name of the user is too long for a record." },
	{ "skip-note", "Skipping a step needs a note that says why." },
	{ "note-missing", "There is no note to record." },
	{ "prerequisite-failed",
	  "The facts speak against the start of the step: a prerequisite of its server failed, or for "
	  "the first step that only backups take back one of the whole plan, or one that the plan's own "
	  "steps should have brought about. A step that was recorded done after the facts were "
	  "collected outweighs them." },
	{ "skip-required", "Other steps require this one, so that it is not skipped without --anyway." },
	{ "skip-backup",
	  "A backup is the only way back: it is not skipped, not even with --anyway. One that somebody else "
	  "made is recorded as done, with a note that says where it lies." },
	{ "reset-required", "Steps that require this one have been started." },
	/* The wizard */
	{ "checks-open", "Prerequisites are still open: failed, not known, or warnings that are not acknowledged." },
	{ "answer-by", "Who confirms or acknowledges is missing." },
	{ "answer-note", "The note is missing." },
	{ "answer-refused", "What has passed, and what a step of the plan does, is not answered." },
	{ "file-exists", "A file is there and would be replaced. Choose another name or allow it." },
	{ "file-is-input",
	  "An output has the name of a file that is read: the plan, its record, facts, the license "
	  "terms, a draft; or a name that would be read as one of them, such as x.yaml.journal; or it is "
	  "another plan." },
	{ "file-twice", "Two outputs have the same name." },
	{ "file-not-written",
	  "A file could not be written; the text has the system's reason, and which of the other files "
	  "are written and which are not." },
	{ "file-unsure",
	  "A file was written, but the disk did not say that it has it: it may not survive a power "
	  "loss." },
	{ "draft-damaged", "The draft of an earlier session cannot be used." },
	{ "draft-older",
	  "The plan's file is not what it was when the draft was begun: somebody changed, removed or "
	  "made it. Saving asks before anything is replaced." },
	/* The end state */
	{ "after-build",
	  "Each server of the plan has a build of the target; that of Reporting from 1801 on no facts tell, and "
	  "Programs and Features shows it. A server without own facts is told by the facts of the group. Its "
	  "setup has not ended well, whatever a record says: read its log." },
	{ "after-update", "Management servers have the update rollup of the plan, by their files." },
	{ "after-services", "The services of each role run." },
	{ "after-account",
	  "The services OMSDK and cshost run as the account of the plan. Setup silently ignores a switch that it "
	  "does not know (reported, not documented), and no document shows the one for Local System with an "
	  "upgrade." },
	{ "after-folder",
	  "Where the plan names another folder than setup's own, management servers are in it. No document shows "
	  "that switch with an upgrade either." },
	{ "after-health", "The group has no management server that is not well." },
	{ "after-agents",
	  "No agent of the group has an older build; a warning, for those that were off are upgraded "
	  "later." },
	{ "after-subscriptions",
	  "As many notification subscriptions are enabled as before, and some where there are any." },
	{ "after-queue",
	  "The queue of an agent of the plan is what it was before; without facts from before, 76800 KB "
	  "is a warning." },
	{ "after-failover",
	  "Agents behind a gateway have the failover that the plan names, and the gateway can change to "
	  "every server that it could change to before." },
	{ "after-connection", "A worker or web service uses the database of the plan." },
	{ "after-worker", "The deployment knows the worker." },
	{ "after-account",
	  "The services OMSDK and cshost run as the account of the plan. Setup silently ignores a switch that it does "
	  "not know (reported, not documented), and no document shows the one for Local System with an upgrade." },
	{ "after-folder",
	  "Where the plan names another folder than setup's own, management servers are in it. No document shows that "
	  "switch with an upgrade either." },
	{ "after-steps", "Once somebody has recorded, no step of the plan is open." },
	{ "after-unknown", "Something of this the facts do not tell; --all lists it." },
	/* Prerequisites */
	{ "prerequisites-unknown",
	  "So many prerequisites are not known; with --strict that is an error. --all lists them." },
	{ "prerequisites-open", "So many warnings of prerequisites are not acknowledged; check lists them." },
	{ NULL, NULL },
};

static const char *text_of(const char *code)
{
	for (const struct finding_code *row = finding_codes; row->code; row++) {
		if (str_eq(row->code, code))
			return row->text;
	}
	return NULL;
}

/* The first product that has one decides; *PRODUCT is its id. */
static const struct prereq *prereq_called(const char *code, const char **product)
{
	const struct flow *flow;

	for (size_t i = 0; (flow = flow_at(i)); i++) {
		for (const struct prereq *row = flow->prereqs; row->id; row++) {
			if (str_eq(row->id, code)) {
				*product = flow->id;
				return row;
			}
		}
	}
	return NULL;
}

/* The first document of ROW's source with an address; NULL: none has. */
static const char *address_of(const struct prereq *row, const char *product)
{
	struct source_way way = source_way(row->source, product);

	for (size_t i = 0; i < way.count; i++) {
		if (way.documents[i]->address)
			return way.documents[i]->address;
	}
	return NULL;
}

/* A text with slots stands for several releases, and is none for all plans. */
static const char *or_title(const char *text, const struct prereq *row)
{
	return text && *text && !strchr(text, '{') ? text : row->title;
}

struct finding_rule finding_rule(const char *code, struct arena *arena)
{
	const char *text = text_of(code), *product = NULL, *end;
	const struct prereq *row = text ? NULL : prereq_called(code, &product);

	if (row)
		return (struct finding_rule){ row->title, or_title(row->needed, row), or_title(row->remedy, row),
					      address_of(row, product) };
	if (!text)
		return (struct finding_rule){ code, code, code, NULL };
	end = strstr(text, ". ");
	return (struct finding_rule){ end ? arena_strndup(arena, text, (size_t)(end + 1 - text)) : text, text, text,
				      NULL };
}

bool finding_code_known(const char *code)
{
	const char *product;

	return text_of(code) || prereq_called(code, &product);
}

const char *finding_code_nearest(const char *code)
{
	enum { CODES_MOST = 1000 };
	const char *names[CODES_MOST + 1] = { NULL };
	const struct flow *flow;
	size_t count = 0;

	for (const struct finding_code *row = finding_codes; row->code && count < CODES_MOST; row++)
		names[count++] = row->code;
	for (size_t i = 0; (flow = flow_at(i)); i++) {
		for (const struct prereq *row = flow->prereqs; row->id && count < CODES_MOST; row++)
			names[count++] = row->id;
	}
	return text_nearest(code, names);
}
