/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the tables rest on beside documentation: public code, reports from practice, and what is ours.
 */
#include "model/document_rows.h"

const struct document document_practice[] = {
	{
		.id = "deployment-code", .kind = DOCUMENT_CODE,
		.title = "Public modules that install Operations Manager: xSCOM, its fork for 2016, ScomDsc",
		.address = "https://github.com/PowerShell/xSCOM",
		.calls = { "setup logs and registry", "deployment code", "setup's word", "setup.exe",
			   "the names of the features" },
	},
	{
		.id = "deployment-scripts", .kind = DOCUMENT_CODE,
		.title = "Deployment scripts of administrators, ten authors",
		.calls = { "deployment scripts of administrators", "public scripts" },
	},
	{
		.id = "sma-code", .kind = DOCUMENT_CODE,
		.title = "A public module that installs Service Management Automation: xSCSMA",
		.address = "https://github.com/PowerShell/xSCSMA",
		.calls = { "a public module for these packages", "registry of the old servers" },
	},
	{
		.id = "support-tool", .kind = DOCUMENT_CODE, .date = "2021-11",
		.title = "The data collector of the vendor's support",
		.address = "https://github.com/microsoft/CSS-SystemCenter-OperationsManager",
		.calls = { "support tool that knows the builds", "support tool that knows them",
			   "registry of the management servers" },
	},
	{
		.id = "sibling-setup", .kind = DOCUMENT_CODE,
		.title = "Public sources of a setup of the same framework (name space CMP.Setup)",
		.calls = { "public sources of a setup of the same framework", "a setup of the same framework",
			   "exit codes of a setup of the same framework",
			   "number and name in a setup of the same framework",
			   "the vendor's pages and public sources on the same framework" },
	},
	{
		.id = "vulnerability-record", .kind = DOCUMENT_VENDOR, .date = "2026-04-07",
		.title = "CVE-2026-20967: the first repaired builds of each release",
		.address = "https://github.com/CVEProject/cvelistV5",
		.calls = { "the last fix", "the record of the weakness" },
	},
	{
		.id = "lab-logs", .kind = DOCUMENT_FIELD,
		.title = "Setup logs of laboratories, 2025 and earlier",
		.calls = { "a lab's setup log", "a lab's setup logs", "a lab's filter", "three setup logs",
			   "seen as -17" },
	},
	{
		.id = "good-runs", .kind = DOCUMENT_FIELD,
		.title = "Logs of runs that went well",
		.calls = { "a good run", "dialogs of a good run", "the first hour after the upgrade",
			   "right after setup", "a consequence", "signs of life", "setup's own trial", "one try",
			   "second text" },
	},
	{
		.id = "checklists", .kind = DOCUMENT_FIELD, .date = "2022-09",
		.title = "Upgrade checklists from practice: Kevin Holman, 2016 to 2019 and 2019 to 2022",
		.calls = { "upgrade checklists from practice" },
	},
	{
		.id = "vendor-support-notes", .kind = DOCUMENT_FIELD, .date = "2026-07-06",
		.title = "Notes of the vendor's support, in Japanese",
		.address = "https://github.com/jpsystemcenter/blog",
		.calls = { "a note of the vendor's support", "an upgrade post and a note of the vendor's support" },
	},
	{
		.id = "posts", .kind = DOCUMENT_FIELD,
		.title = "Posts and pages of administrators on a failure",
		.calls = { "a post", "two posts", "a case of 2007", "a page on",
			   "an issue of a public management pack",
			   "an upgrade post and a note of the vendor's support" },
	},
	{
		.id = "reports", .kind = DOCUMENT_FIELD,
		.title = "Reports and notes of administrators",
		.calls = { "notes of an installation", "notes of a move", "reports on", "two reports",
			   "agents that silently did not arrive", "ports", "certificates",
			   "practice with Reporting Services" },
	},
	{
		.id = "installer-tests", .kind = DOCUMENT_FIELD,
		.title = "A list of packages that a public catalog could not install, with reasons",
		.calls = { "a list of installer tests" },
	},
	{
		.id = "support-ends", .kind = DOCUMENT_FIELD, .date = "2026",
		.title = "Pages of 2026 that quote the life-cycle pages",
		.calls = { "pages of 2026 that quote the lifecycle pages", "two others" },
	},
	{
		.id = "press", .kind = DOCUMENT_FIELD,
		.title = "Press report on the semi-annual channel",
		.calls = { "press report on the semi-annual channel" },
	},
	{
		.id = "our-reading", .kind = DOCUMENT_OURS,
		.title = "What no document says: read into the documents, or advised, by the authors of this program",
		.calls = { "our reading", "limits of this program", "passwords on command lines",
			   "follows from the order of the steps", "no document", "no page seen" },
	},
	{ .id = NULL }
};
