/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What stands in the tables of more than one product: rows, pages, words of command lines.
 */
#ifndef SCUPGRADE_FLOWS_COMMON_H
#define SCUPGRADE_FLOWS_COMMON_H

#include "model/flow.h"

/* The releases of the plan, and the plans that come first. */
extern const struct field common_source, common_target, common_goal, common_upgraded_before;
/* The update rollup that the plan applies, by its answer or its goal; NULL: none. */
const struct release_level *common_update(const struct scope *scope);
const char *common_stage_level(const struct scope *scope);   /* what a road that goes on begins at; NULL: nothing */
extern const struct field common_source_level, common_update_level;  /* their levels; common_levels.c */

/* The change and the planned times, for a page that is reached from Ready. */
extern const struct field common_change_number, common_change_start, common_change_end, common_change_owner,
	common_change_contact, common_minutes;
extern const struct page common_page_change;

/* The first page and the last three. What the last one says is the flow's own (struct flow, ending). */
extern const struct page common_page_choose, common_page_ready, common_page_progress, common_page_done;

/* Where the target is installed to unless told otherwise. */
const char *common_folder(const struct scope *scope);

/* Whether ACCOUNT (may be NULL) has a name as managed service accounts have: with a dollar sign at its end. */
bool common_is_managed(const char *account);
/* Warns of such an ACCOUNT with a SENTENCE on them and a HINT. Always true, as a field is good then.
 * [account-managed] */
bool common_warn_managed(const char *account, const char *sentence, const char *hint, struct report *to);

/* NAME in FOLDER of Windows, or NAME alone without one (NULL or ""). Borrowed or in ARENA. */
const char *common_in_folder(struct arena *arena, const char *folder, const char *name);

/* An account before whose backslash stands a server of the plan is one of this computer only: "account-local"
 * (false). */
bool common_check_accounts(const struct scope *scope, struct diags *diags);

/* T-SQL of full backups: what stands once before them, and for each one DATABASE (quoted, or a placeholder) into FILE,
 * whose name gets the time and ".bak". common_backup.c */
void common_begin_backup(struct strbuf *out);
void common_put_backup(struct strbuf *out, struct arena *arena, const char *file, const char *database);

/* PowerShell of steps: what was before the upgrade goes to one folder, each file with the time in its name, so that
 * nothing is written over. */
#define COMMON_BEFORE_FOLDER                                                                                           \
	"$folder, $time = (Join-Path $env:SystemDrive 'scupgrade-before'), "                                           \
	"[DateTime]::UtcNow.ToString('yyyyMMdd-HHmmssfff')\n"                                                          \
	"New-Item -ItemType Directory -Path $folder -Force | Out-Null\n"

/* What is put back after the upgrade stands there in NAME-TIME.txt. $open: what nobody has put back yet, and a repeat,
 * or the next of two upgrades in a row, keeps; what was put back has a mark beside it and counts no more, so that a
 * later upgrade makes its own. */
#define COMMON_KEPT(name)                                                                                              \
	COMMON_BEFORE_FOLDER                                                                                           \
	"$all = @(Get-ChildItem -Path ($folder + '\\" name "-*.txt') | Sort-Object 'Name' |\n"                         \
	"  ForEach-Object { Join-Path $folder $_.Name })\n"                                                            \
	"$open = @($all | Where-Object { -not (Test-Path -LiteralPath ($_ + '.put-back')) })\n"                        \
	"$file = @($open + @(Join-Path $folder ('" name "-' + $time + '.txt')))[0]\n"
/* Nobody recorded anything here, because that step was skipped: a person sees what is missing, and says so. */
#define COMMON_NO_LIST                                                                                                 \
	"if ($all.Count -eq 0) {\n"                                                                                    \
	"  throw ('Nothing was recorded in ' + $folder + ': put back by hand what is missing, or skip this step.')\n"  \
	"}\n"
#define COMMON_PUT_BACK "New-Item -ItemType File -Path ($file + '.put-back') | Out-Null\n"

#define COMMON_LOG_FOLDER "C:\\Windows\\Temp\\"    /* exists everywhere; msiexec does not make a folder for its log */

/* Of a password that a line has. */
#define PASSWORD_HELP                                                                                                  \
	"May stay empty, which is recommended: the line then says <password>, and you type it on the server. It is "   \
	"never written to a file."

#endif
