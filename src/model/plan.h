/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The plan: a flow's answers, its servers in the order of their upgrade, what the administrator vouched for.
 *
 * One arena per plan holds every string and record, but the strings of its file, which stay in the file's tree;
 * plan_free() is the only free. Strings never change: a new answer is a new string. What is read from a file keeps its
 * nodes, so that a finding can name its line at no cost before there is one.
 */
#ifndef SCUPGRADE_PLAN_H
#define SCUPGRADE_PLAN_H

#include "model/field.h"
#include "model/release.h"

/* Findings: more say nothing new, and a file made to have millions stays quick. */
#define PLAN_ERROR_LIMIT 1000u

struct earlier_plan;
struct facts;
struct flow;
struct release;

/* The change that a board approves: local times as typed. */
struct change_window {
	const char *number, *start, *end, *owner, *contact;
};

/* How long one task takes on one server, as planned. */
struct task_minutes {
	struct record record;
	const char *task;                        /* id of a task */
	unsigned minutes;
};

/* The head of every flow's answers struct. */
struct answers {
	struct record record;
	int source, target;                      /* indexes into releases[] */
	int goal;                                /* index into goal_choices; 0: none */
	const char *source_level, *update_level; /* ids of their levels; NULL: the source's is not told, no update */
	struct names upgraded_before;            /* files of other plans, which come first */
	struct rows servers;                     /* struct server and what the flow adds */
	struct rows confirmed, acknowledged;     /* struct answer_note */
	struct change_window change;
	struct rows minutes;                     /* struct task_minutes */
};

/* The head of every flow's server struct. */
struct server {
	struct record record;
	const char *name;                        /* NULL while it has none */
	unsigned roles;                          /* bits of the flow's role choices */
};

/* What the administrator vouches for (confirmed), or a warning that was read and accepted (acknowledged). It is about
 * the servers that it names, and about no other that comes later; only a check of the whole plan needs none. */
struct answer_note {
	struct record record;
	const char *check;                       /* id of the prerequisite */
	struct names servers;
	const char *server;                      /* as older files name one; plan_settle_notes() puts it into SERVERS */
	const char *by, *on, *note;
	const char *found;                       /* what was found when it was written; NULL: counts for all */
	bool against;                            /* acknowledged although a document states otherwise */
};

/* A text of a table as it reads for one hop. */
struct filled_text {
	const char *text, *filled;
	const struct release *source, *target;
	struct filled_text *next;
};

struct plan {
	struct arena *arena;
	const struct flow *flow;
	struct answers *answers;                 /* flow->answers_size bytes */
	const char *file;                        /* name for places; NULL: not from a file */
	struct yamltree *tree;                   /* of that file: owned; texts of the plan may lie in it */
	struct server_index *index;              /* for plan_find_server() */
	size_t changes;                          /* of names and roles; see plan_names_changed */
	struct filled_text *filled;              /* for table_text() */
	struct hop *hop;                         /* for plan_hop() */
	const struct facts *facts;               /* see plan_use_facts() */
	/* One for each of the answers' upgraded_before, as pipeline/earlier.h found them; NULL: not looked at. */
	const struct earlier_plan *earlier;
};

struct plan *plan_new(const struct flow *flow);      /* owned: free with plan_free; all presets set */
void plan_free(struct plan *plan);                   /* NULL is fine */

/* Here, because they are asked a hundred times for every server. */
static inline size_t plan_server_count(const struct plan *plan)
{
	return plan->answers->servers.count;
}

static inline const struct server *plan_server(const struct plan *plan, size_t index)
{
	return (const struct server *)plan->answers->servers.items[index];
}

static inline bool server_has(const struct server *server, unsigned roles)       /* any of them */
{
	return (server->roles & roles) != 0;
}

/* Which computer NAME means, everywhere: the server called so, else the first that is the same host by host_equal(), as
 * MS01 and ms01.contoso.com are; NULL: none (NAME may be NULL). Quick with many servers too, as long as names and
 * roles change through field_store() alone. */
const struct server *plan_find_server(const struct plan *plan, const char *name);
/* Places in the list, from 0, of a server and of an earlier one that is the same computer. */
struct server_pair {
	size_t first, again;
};
/* All servers that an earlier one is already, in order; *COUNT 0: none. Borrowed, until a name or the list changes. */
const struct server_pair *plan_servers_twice(const struct plan *plan, size_t *count);
size_t plan_place(const struct plan *plan, const struct server *server); /* of a SERVER of PLAN; quick as a rule */
/* Whether the text COLUMN of some server means SERVER, as plan_find_server() does, and as quickly. A row that is not in
 * the list is never meant. */
bool plan_is_named(const struct plan *plan, const struct field *column, const struct server *server);
/* The first server (in order) that has any of ROLES; NULL: none. As quick as plan_find_server(). */
const struct server *plan_first_with(const struct plan *plan, unsigned roles);

/* Whoever changes a text or the choices of a server, or a list but by what is put behind it, says so. */
static inline void plan_names_changed(struct plan *plan)
{
	plan->changes++;
}

/* The same of RECORD, the answers or a row: unless it is a server of the list, it is no matter. */
static inline void plan_record_changed(struct plan *plan, const struct record *record)
{
	const struct rows *servers = &plan->answers->servers;

	if (record->position < servers->count && servers->items[record->position] == record)
		plan_names_changed(plan);
}

/* Where RECORD of PLAN stands in its file; line 0: it comes from none. */
struct place record_place(const struct plan *plan, const struct record *record);
/* RECORD of PLAN comes from its file, and the dotted KEY stands there. */
bool record_has(const struct plan *plan, const struct record *record, const char *key);

/* A record for ROWS_FIELD with its presets, not yet in the list. */
struct record *plan_new_record(struct plan *plan, const struct field *rows_field);
struct record *plan_copy_record(struct plan *plan, const struct field *rows_field, const struct record *record);
/* Empties ROWS and makes room for COUNT. */
void rows_begin(struct plan *plan, struct rows *rows, size_t count);
void rows_insert(struct plan *plan, struct rows *rows, size_t index, struct record *record);
void rows_remove(struct plan *plan, struct rows *rows, size_t index);
void rows_move(struct plan *plan, struct rows *rows, size_t from, size_t to);

/* What was collected, for steps that depend on it: scope_of() hands it on. Borrowed, as long as steps are made from the
 * plan; NULL takes it away. */
static inline void plan_use_facts(struct plan *plan, const struct facts *facts)
{
	plan->facts = facts;
}

/* The note of LIST about CHECK that names SERVER, or about the plan (SERVER NULL) one that names nobody; or NULL. */
const struct answer_note *plan_note(const struct rows *list, const char *check, const char *server);
bool note_names(const struct answer_note *note, const char *server);
/* Notes as older files have them become as they are now. For whoever filled PLAN by its keys. */
void plan_settle_notes(struct plan *plan);

/* For findings about FIELD of RECORD, the answers or a row: place and path are worked out only when a finding comes.
 * The path is the key, or "servers[2].name" counting from 1 ("servers[2]" when FIELD is NULL). All four must outlive
 * the report. The place is the value's; without one that of the group or row where it is missing, else line 1. */
struct report plan_report(const struct plan *plan, const struct record *record, const struct field *field,
			  struct diags *diags);

#endif
