/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What logs of Windows Installer, SQL Server and Windows say, whichever product is set up; and how rows of signs are
 * written.
 */
#ifndef SCUPGRADE_COMMON_SIGNS_H
#define SCUPGRADE_COMMON_SIGNS_H

#include "model/sign.h"

extern const struct log_shape common_shapes[];
extern const struct sign common_signs[];        /* Windows Installer, files, services, accounts, WMI */
extern const struct sign common_sql_signs[];    /* SQL Server */
extern const struct log_mark common_marks[];
extern const struct log_noise common_noise[];
extern const struct exit_code common_codes[];   /* of msiexec */

/* What a verbose log of Windows Installer has, a piece of one too. */
#define SIGN_PACKAGE_LOG                                                                                               \
	"(?m)=== Verbose logging started|^MSI \\([scN]\\) \\(|^Action (?:start|ended) [0-9:]+: |"                    \
	"^Property\\([SCN]\\): |^CustomAction \\w+ returned "

/* What stands between two words of a line. */
#define SIGN_GAP ".{0,500}?"

/* The number of an event, where an export has it: "Event ID: 26371", an XML element, a column. */
#define SIGN_EVENT(number)                                                                                             \
	{                                                                                                              \
		number, "(?:event\\s*(?:id|number)?\\s*[:=]?\\s*\"?|<eventid[^>]{0,60}>|^|[,;\\t\"])" number           \
			"(?:[\"<,;\\s.]|$)"                                                                            \
	}

/* A number of an error, behind a word that makes it one. */
#define SIGN_CODE(number)                                                                                              \
	{                                                                                                              \
		number, "(?:0x|code:?\\s*|error:?\\s*|status:?\\s*|\\(|returned\\s+)" number "\\b"                     \
	}

/* An error of Windows Installer: "Error 1920. ..." or "Error 1920.Service ...", never in a note or of a dialog. */
#define SIGN_MSI_ERROR(number)                                                                                         \
	{                                                                                                              \
		"error " number, "(?<!debug: )\\berror\\s+" number "\\."                                               \
	}

/* An error of SQL Server by its number, which survives translation: "Msg 9002, Level", "error: 9002", "Error 9002,". */
#define SIGN_SQL_ERROR(number)                                                                                         \
	{                                                                                                              \
		number, "\\b(?:msg|error(?:\\s+number)?|number)\\s*[:=]?\\s*" number "\\b(?!\\.)"                      \
	}

/* The same for a short number, which stands in too many other places. */
#define SIGN_SQL_MSG(number)                                                                                           \
	{                                                                                                              \
		"msg " number, "\\bmsg\\s+" number "\\b"                                                               \
	}

#endif
