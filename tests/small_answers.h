/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The answers on the way through the small flow that several test programs give to the plain front end. See dialogue.h.
 */
#ifndef SCUPGRADE_TESTS_SMALL_ANSWERS_H
#define SCUPGRADE_TESTS_SMALL_ANSWERS_H

#include "talk.h"

#define NAME                                                                                                           \
	{                                                                                                              \
		"name", "CONTOSO"                                                                                      \
	}
#define ACCOUNTS                                                                                                       \
	{                                                                                                              \
		"account.user", "CONTOSO\\svc"                                                                         \
	}
#define SERVERS                                                                                                        \
	{ "add, edit", "add" }, { "servers.name", "MS01" }, { "servers.roles", "1" }, { "add, edit", "add MS02" },     \
		{ "servers.roles", "alpha, b" }, { "servers.site", "North" },                                          \
	{                                                                                                              \
		"add, edit", ""                                                                                        \
	}
#define CHECKS                                                                                                         \
	{ "Number, everything", "everything" }, { "Who vouches for it", "CONTOSO\\anna" },                             \
		{ "How you know", "seen" }, { "Number, everything", "1" }, { "Who acknowledges it", "" },              \
		{ "Why it may stand", "planned" },                                                                     \
	{                                                                                                              \
		"Number, everything", ""                                                                               \
	}

#endif
