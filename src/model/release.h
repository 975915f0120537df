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

#include "core/arena.h"
#include "core/strbuf.h"

struct plan;

enum release_channel {
	CHANNEL_LONG_TERM,
	CHANNEL_SEMI_ANNUAL    /* out of support: a plan may start there, none leads there or through it */
};

/* What updates bring a release to. The builds are those of Operations Manager: no document has them for SMA. */
struct release_level {
	const char *id;              /* "RTM", "UR7", "UR2-fips"; NULL ends a list, which begins with RTM */
	const char *date;            /* the month, "2019-04"; NULL: not known */
	const char *kb;              /* number of the article that describes it; NULL: not known, or RTM */
	const char *server, *agent;  /* builds of servers, and of agents and gateway servers; NULL: this one has none */
	const char *unix_agent;      /* build of the pack for UNIX and Linux agents; NULL: not known */
	const char *doubt;           /* what is uncertain about it, a sentence; NULL: nothing */
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
	const struct release_level *levels;
	const char *levels_source;
	const char *update_note;     /* what to know before an update of it is installed, a sentence; NULL: nothing */
};

enum release_method {
	METHOD_IN_PLACE,       /* setup upgrades what is installed */
	METHOD_PATCH,          /* an update package */
	METHOD_REINSTALL       /* uninstalled, then installed against the kept database */
};

/* How an upgrade stands in the documents. */
enum release_status { STATUS_DOCUMENTED, STATUS_REMOVED, STATUS_UNCERTAIN };

/* What an upgrade brings with it: steps, checks and texts that others do not have. */
enum release_flag {
	FLAG_PATH_CHANGE, FLAG_REG_RESET, FLAG_DWREG_RESET, FLAG_TLS10_SETUP, FLAG_REPORT_CONSOLE, FLAG_LOGON_SERVICE,
	FLAG_X64_ONLY, FLAG_UNIX_DROP, FLAG_AGENT_FLOOR_2012, FLAG_AGENT_FLOOR_2016, FLAG_AD_RULES, FLAG_ACS_LINUX_MP,
	FLAG_ALIAS, FLAG_OLEDB, FLAG_DOTNET472, FLAG_CONSOLE_AFTER_MS, FLAG_TLS13, FLAG_UR1_HOTFIX, FLAG_GW_AGENT_MSP,
	FLAG_MSP, FLAG_SQL_SCRIPT, FLAG_MP_IMPORT, FLAG_OS_MOVE, FLAG_SQL_MOVE, FLAG_SAC, FLAG_REINSTALL,
	FLAG_WORKERS_FIRST, FLAG_NEW_DEPLOYMENT, FLAG_AGENT_CET, RELEASE_FLAG_COUNT
};

/* A flag of an edge, with its conditions: those on the group (it has gateways, Reporting stands apart) are the flows',
 * those on levels stand here. */
struct edge_flag {
	enum release_flag flag;
	const char *below;           /* only when the source's level is lower than this one; NULL: always */
	const char *from, *until;    /* only when the target gets a level from FROM on, and lower than UNTIL */
	const char *list;            /* what it is about: "HP-UX"; NULL: the flag says all */
	bool warns;                  /* documented for a sister edge: a warning, blocking there */
};

/* The words of each flag, at its number. */
struct flag_words {
	const char *name;            /* "PATH_CHANGE" */
	const char *phase;           /* when: "pre", "post", "pre, post", "order" */
	bool blocking;
	const char *step;            /* what is to be done, without a full stop */
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
	const char *stage_level;     /* id of the level that a road brings the source to before it; NULL: none named */
	enum release_status status;
	const struct edge_flag *flags;       /* RELEASE_FLAG_COUNT ends them; NULL: none */
	const char *source;          /* where it is documented, certainty in brackets */
};

/* A release of SQL Server that holds a product's databases. */
struct sql_version {
	const char *name;            /* "2016"; NULL ends a list */
	const char *least;           /* its lowest build; NULL: any */
	const char *from_level;      /* only once the release has this level, never for setup itself; NULL: at once */
};

/* Drivers of SQL Server that have to be there before setup. */
struct driver_rule {
	bool always;
	const char *with_sql;        /* else: only with this SQL Server, or a later one; NULL: never */
	const char *least_oledb, *least_odbc;        /* NULL: no document prints one, any version will do */
	const char *newest_sql;      /* from this SQL Server on it is these that are needed; NULL: it changes nothing */
	const char *newest_oledb, *newest_odbc;
	/* The newest ones that do not insist on encrypted connections. */
	const char *unencrypted_oledb, *unencrypted_odbc;
};

enum needs_report_viewer { REPORT_VIEWER_NOT_NEEDED, REPORT_VIEWER_IN_DOUBT, REPORT_VIEWER_NEEDED };

/* The value Release that .NET Framework writes into the registry. */
enum { NET_4_5 = 378389, NET_4_7_2 = 461808, NET_4_8 = 528040 };

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
	bool windows_or_later;                       /* the list has no end */
	const char *sure_windows;                    /* one of WINDOWS: documents differ on the older ones */
	const char *windows_doubt;                   /* how they differ */
	const char *core_text;                       /* Server Core of which Windows, for what */
	const char *const *workstations;             /* "10": for consoles alone; ends with NULL */
	const char *workstations_text;
	const char *const *agent_windows;            /* Windows Server of agents: "2012"; ends with NULL */
	const char *const *agent_workstations;
	const char *agent_windows_text;
	const struct sql_version *sql;
	const char *sql_text;
	unsigned net_least;                          /* the lowest release of .NET that will do */
	unsigned net_below;                          /* releases of .NET from this number on are not supported */
	unsigned net_doubt;                          /* from this number on no document speaks of them */
	const char *net_text;
	const char *powershell;                      /* the lowest version */
	const char *tls_rollup;                      /* setup needs TLS 1.0, the update rollup after it does not */
	enum needs_report_viewer report_viewer;      /* of consoles, before setup */
	const struct driver_rule *drivers;           /* NULL: no document names any */
	const char *isapi;                           /* of ASP.NET, allowed in IIS where the web console is */
	bool web_upgrade_page;                       /* one shows the upgrade of a web console that stands alone */
	const char *account_title;                   /* what setup calls the account of the Data Access Service */
	bool x64_only, logon_as_service;
	const char *gmsa_text;                       /* whether accounts may be group managed; NULL: they may not */
	bool gmsa_setup;                             /* setup itself takes them */
	bool key_in_console;                         /* the console takes the product key */
	const char *key_doubt;                       /* NULL: that is documented for this release */
	const char *media_sha256;                    /* of the download; NULL: none is published */
	const char *source;                          /* of each of these, certainty in brackets */
};

extern const struct release releases[];              /* by rank */
enum { RELEASE_SOURCE = 0, RELEASE_TARGET = 1 };     /* those of a plan that names none: 2012-r2 and 2016 */
extern const struct release_edge release_edges[];    /* of all products, each product's by rank of the source */

const struct release *release_find(const char *id);  /* NULL: no such release */

/* The edge of EDGES (a table as release_edges) that takes PRODUCT from FROM to TO, or NULL. */
const struct release_edge *release_edge_find(const struct release_edge *edges, const char *product,
					     const struct release *from, const struct release *to);
/* The first of them that this version plans for PRODUCT from the release with the id FROM, or NULL. */
const struct release_edge *release_edge_planned(const struct release_edge *edges, const char *product,
						const char *from);

const struct release_level *release_level_find(const struct release *release, const char *id); /* NULL: no such one */
/* The highest level of RELEASE that a server of BUILD ("7.2.12150.0") has; NULL: it is below the first. */
const struct release_level *release_level_of(const struct release *release, const char *build);

extern const struct flag_words release_flags[RELEASE_FLAG_COUNT];
/* The flag of EDGE, or NULL when it has it not. Its conditions are not looked at. */
const struct edge_flag *edge_flag_find(const struct release_edge *edge, enum release_flag flag);

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

/* An answer that may be open: no key of the plan and no fact tells. */
enum due { DUE_NO, DUE_OPEN, DUE_YES };

/* Whether the hop has the flag, given the level that the source has (NULL: not known) and the one that the target gets
 * (NULL: its first). */
enum due hop_has_flag(const struct hop *hop, enum release_flag flag, const struct release_level *source,
			  const struct release_level *target);

/* Whether NAME is in the list of both releases that the hop has. A list that is not known (NULL) takes everything. */
bool hop_takes_windows(const struct hop *hop, const char *name);     /* "2016": for servers */
bool hop_takes_sql(const struct hop *hop, const char *name);
/* These in words, "2017 or 2019"; "" when nothing fits both. In ARENA. */
const char *hop_common_windows(const struct hop *hop, struct arena *arena);
const char *hop_common_sql(const struct hop *hop, struct arena *arena);

/* Whether BUILD is LEAST or later; LEAST, a version of a table or of a fact, may be NULL: any is. */
bool build_reaches(const unsigned build[4], const char *least);
/* LOWEST or later, and before BELOW (NULL: without an end). LOWEST NULL: no build is. */
bool build_is_between(const unsigned build[4], const char *lowest, const char *below);
/* The row of ROWS (ends with NULL; may be NULL) that BUILD is of, or NULL. */
const struct product_release *release_of_build(const struct product_release *const *rows, const unsigned build[4]);
/* The same of a version as text; NULL, or what is no version: no row. */
const struct product_release *release_of_version(const struct product_release *const *rows, const char *text);

bool release_takes_windows(const struct product_release *release, const char *name);
/* The row of RELEASE for SQL Server NAME; NULL: it does not take it, or its list is not known. */
const struct sql_version *release_sql(const struct product_release *release, const char *name);

/* The hop of PLAN, never NULL: without an edge one whose edge is NULL; without a plan (NULL), and for a plan that names
 * no releases, 2012-r2 to 2016. Borrowed as long as the plan; it follows the plan's answers. */
const struct hop *plan_hop(const struct plan *plan);

#endif
