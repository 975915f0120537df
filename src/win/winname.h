/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Names that Windows, Active Directory, SQL Server and the products take, with their exact limits.
 *
 * One function a kind of name. It looks at the whole TEXT, adds every finding to TO (errors for what cannot exist,
 * warnings for what should not be) and returns false exactly when it added an error. Texts say what was read; hints
 * give an example that is right. Lengths count UTF-16 units. The limits are those of Windows,
 * Active Directory and SQL Server as their documents print them. An unsafe character (text_is_unsafe) is an error in
 * every kind: code "unsafe-character", shown as \u{202E}; nothing else is looked at then. An empty TEXT is an error of
 * the kind's form but in rule_text and rule_note. A name that mixes Latin letters with Greek or Cyrillic ones gets the
 * warning "mixed-scripts" in every kind but paths, notes and plain text.
 */
#ifndef SCUPGRADE_WINNAME_H
#define SCUPGRADE_WINNAME_H

#include "core/diag.h"

typedef bool value_rule_fn(const char *text, struct report *to);
typedef const char *value_tidy_fn(struct arena *arena, const char *text);

/* Rules. In brackets the codes of their errors, then of their warnings. */

/* Any text: [unsafe-character] */
bool rule_text(const char *text, struct report *to);
/* NetBIOS or full name: [host-form; host-unusual, host-long] */
bool rule_host(const char *text, struct report *to);
/* The same of a name that a server has, where it is only named: what is unusual about it is said there. [host-form] */
bool rule_named_host(const char *text, struct report *to);
bool rule_is_host(value_rule_fn *rule); /* one of these two: short and full names may mean the same computer */
/* DOMAIN\user, never local or built-in: [account-form, account-local; account-upn (user@suffix), account-unusual] */
bool rule_account(const char *text, struct report *to);
/* The same for lists of people: user and group names up to 256, local ones allowed: [account-form; account-local,
 * account-unusual] */
bool rule_account_or_group(const char *text, struct report *to);
/* X:\... up to 247: [path-form, path-reserved, path-long; path-short-name, path-reserved (COM0, LPT0)] */
bool rule_install_folder(const char *text, struct report *to);
/* X:\, X:\..., or \\server\share\...: [the same; path-unc] */
bool rule_media_folder(const char *text, struct report *to);
/* A folder for files that are kept, X:\... or on a share: [the same] */
bool rule_backup_folder(const char *text, struct report *to);
/* A file's full path, up to 259; a share is fine: [the same] */
bool rule_file(const char *text, struct report *to);
/* The set of characters that setup refuses, no blank at either end: [group-form] */
bool rule_management_group(const char *text, struct report *to);
/* A site of IIS: [web-site-form] */
bool rule_web_site(const char *text, struct report *to);
/* A host or listener without instance and port: [sql-server-form; host-unusual (addresses too), host-long] */
bool rule_sql_server(const char *text, struct report *to);
/* HOST, HOST\INSTANCE, HOST,PORT or HOST\INSTANCE,PORT, as a connection names it: [sql-address-form, those of the two
 * rules around] */
bool rule_sql_address(const char *text, struct report *to);
/* TEXT without what makes no other server: the domain, the default instance and the default port. Of two the letters
 * are compared without case. In ARENA. */
const char *sql_address_plain(struct arena *arena, const char *text);
/* [sql-instance-form; sql-instance-default for MSSQLSERVER] */
bool rule_sql_instance(const char *text, struct report *to);
/* [sql-database-form; sql-database-unusual] */
bool rule_sql_database(const char *text, struct report *to);
/* A login of SQL Server itself, 1 to 128, no backslash: [sql-login-form] */
bool rule_sql_login(const char *text, struct report *to);
/* Hexadecimal, even length: [certificate-form] */
bool rule_certificate_serial(const char *text, struct report *to);
/* 2026-11-21, a day that exists: [date-form] */
bool rule_date(const char *text, struct report *to);
/* 2026-11-21 20:00, a day that exists and a time of it: [date-form, time-form] */
bool rule_local_time(const char *text, struct report *to);
/* Free text up to 500, one line: [note-form] */
bool rule_note(const char *text, struct report *to);

/* Tidying: what input is brought to before it is kept. The result is in ARENA, or a part of TEXT itself. */

/* Without blanks and tabs at both ends. */
const char *tidy_trim(struct arena *arena, const char *text);
/* Trimmed; / becomes \; no \ at the end but for "X:\". */
const char *tidy_path(struct arena *arena, const char *text);
/* Without the blanks, colons and invisible marks of a pasted certificate serial. */
const char *tidy_serial(struct arena *arena, const char *text);

/* Same host by Windows' rules: ASCII letters without case; a host with and without its domain part is the same. */
bool host_equal(const char *a, const char *b);

#endif
