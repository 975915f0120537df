/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Releases of System Center, the upgrades between them that exist, and the one of a plan. Sources: release.c (the
 * releases), release_edges.c (the upgrades), hop.c (a plan's).
 *
 * One plan is one hop, from one release to the next. Whatever depends on the release stands in these tables, or in the
 * product's rows that a hop names; a table of a flow names no release that its hop can give.
 */
#ifndef SCUPGRADE_RELEASE_H
#define SCUPGRADE_RELEASE_H

#include "core/base.h"

struct plan;

enum release_channel {
	CHANNEL_LONG_TERM,
	CHANNEL_SEMI_ANNUAL    /* out of support: a plan may start there, none leads there or through it */
};

struct release {
	const char *id;              /* as plans write it: "2012-r2"; NULL ends the table */
	const char *name;            /* "System Center 2012 R2" */
	const char *brief;           /* "2012 R2" */
	unsigned rank;               /* an older one has a lower one; 1 is the oldest */
	enum release_channel channel;
	const char *start;           /* of its support: a day, "2016-10-28", or a month, "2018-02" */
	const char *mainstream_end;  /* the last day of mainstream support; NULL: it had none */
	const char *extended_end;    /* the last day of all support */
	const char *support_source;  /* where these days come from, certainty in brackets */
};

enum release_method {
	METHOD_IN_PLACE,       /* setup upgrades what is installed */
	METHOD_PATCH,          /* an update package */
	METHOD_REINSTALL       /* uninstalled, then installed against the kept database */
};

/* An upgrade that exists: what is not in the table is none. */
struct release_edge {
	const char *id;              /* "S1"; NULL ends a table */
	const char *product;         /* id of its flow, "operations-manager" */
	const char *from, *to;       /* ids of releases */
	enum release_method method;
	bool planned;                /* this version has all that a plan of it needs */
	/* The lowest level of the source that may be upgraded, and the lowest that is recommended: its update rollup
	 * ("9") and the build of a server that has it. NULL: no document tells, or builds do not. */
	const char *minimum_rollup, *minimum_build, *recommended_rollup, *recommended_build;
	const char *level_text;      /* these in words: "update rollup 7 or later" */
	const char *source;          /* where it is documented, certainty in brackets */
};

/* A release of SQL Server that holds a product's databases. */
struct sql_version {
	const char *name;            /* "2016"; NULL ends a list */
	const char *least;           /* its lowest build; NULL: any */
};

/* What a product has to know of a release; one row a release in the product's folder. What is NULL or 0 is not known or
 * not asked for, and nothing is judged by it. Texts say in words what the columns beside them hold. */
struct product_release {
	const char *release;         /* id */
	const char *name;            /* "System Center 2016 Operations Manager" */
	const char *upgrade_title;   /* of the page of setup that begins an upgrade to it */
	const char *folder;          /* where setup puts it unless told otherwise */
	const char *lowest, *below;  /* a server whose build is LOWEST or more, and less than BELOW, has this release;
				      * previews count */
	const char *server_build, *agent_build;      /* the first builds of servers and of agents that may be used */
	const char *const *windows;                  /* "2012 R2": for servers; ends with NULL */
	const char *windows_text;
	const char *sure_windows;                    /* one of WINDOWS: documents differ on the older ones */
	const char *windows_doubt;                   /* how they differ */
	const char *core_text;                       /* Server Core of which Windows, for what */
	const char *const *workstations;             /* "10": for consoles alone; ends with NULL */
	const char *workstations_text;
	const struct sql_version *sql;
	const char *sql_text;
	unsigned net_below;                          /* releases of .NET from this number on are not supported */
	const char *net_text;
	const char *powershell;                      /* the lowest version */
	const char *tls_rollup;                      /* setup needs TLS 1.0, the update rollup after it does not */
	bool report_viewer;                          /* consoles need it before setup */
	const char *source;                          /* of each of these, certainty in brackets */
};

extern const struct release releases[];              /* by rank */
enum { RELEASE_SOURCE = 0, RELEASE_TARGET = 1 };     /* those of a plan that names none: 2012-r2 and 2016 */
extern const struct release_edge release_edges[];    /* of all products, each product's by rank of the source */

const struct release *release_find(const char *id);  /* NULL: no such release */

/* The edge of EDGES (a table as release_edges) that takes PRODUCT from FROM to TO, or NULL. */
const struct release_edge *release_edge_find(const struct release_edge *edges, const char *product,
					     const struct release *from, const struct release *to);

/* No road has more hops. */
#define RELEASE_ROAD_LIMIT 8u

/* The way with the fewest hops from FROM to TO, none of which ends at a semi-annual release: its edges in order, into
 * ROAD. Returns their number; 0: there is none, or FROM is TO. */
size_t release_road(const struct release_edge *edges, const char *product, const struct release *from,
		    const struct release *to, const struct release_edge *road[RELEASE_ROAD_LIMIT]);

/* What a plan is about. */
struct hop {
	const struct release *source, *target;       /* never NULL */
	const struct release_edge *edge;             /* NULL: there is no such upgrade */
	/* What the product has to know of both. For a hop that is not planned they may be those of another one, so that
	 * its fields can be judged. NULL: the product has no such rows. */
	const struct product_release *before, *after;
};

/* Whether prerequisites, steps and outputs can be made for it. */
static inline bool hop_is_planned(const struct hop *hop)
{
	return hop->edge && hop->edge->planned;
}

/* The hop of PLAN, never NULL: without an edge one whose edge is NULL; without a plan (NULL), and for a plan that names
 * no releases, 2012-r2 to 2016. Borrowed as long as the plan; it follows the plan's answers. */
const struct hop *plan_hop(const struct plan *plan);

#endif
