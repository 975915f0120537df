/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The road from one release to another: its hops, and in words what has to change before and after each. All of it
 * comes from the tables of releases. Sources: road.c, road_items.c, road_text.c (for people), road_page.c.
 */
#ifndef SCUPGRADE_ROAD_H
#define SCUPGRADE_ROAD_H

#include "model/certainty.h"
#include "model/flow.h"

/* What of the environment an item is about. */
enum road_topic { ROAD_LEVEL, ROAD_WINDOWS, ROAD_SQL, ROAD_DRIVERS, ROAD_AGENTS, ROAD_OTHER, ROAD_TOPIC_COUNT };
enum road_when { ROAD_BEFORE, ROAD_DURING, ROAD_AFTER, ROAD_WHEN_COUNT };

struct road_item {
	enum road_when when;
	enum road_topic topic;
	const char *text;               /* a sentence or two */
};

struct road_hop {
	const struct release_edge *edge;
	struct hop hop;
	/* Levels of the source: "UR9", "RTM"; NULL: none is named. Their builds are the edge's. */
	const char *minimum, *recommended, *stage;
	const struct road_item *items;  /* those of one time together, in its order */
	size_t item_count;
	const char *source;             /* where the upgrade is documented, certainty in words */
	const char *needs_source;       /* the same of what the target needs; NULL: nothing is known of it */
	enum certainty certainty;
};

struct road {
	const struct flow *flow;
	const struct release *from, *to;
	struct road_hop *hops;
	size_t count;
	const char *why_not;            /* COUNT is 0: a sentence; else NULL */
};

/* The road of FLOW's product, in ARENA. */
struct road road_find(const struct flow *flow, const struct release *from, const struct release *to,
		      struct arena *arena);
const char *road_when_name(enum road_when when);     /* "before", "during", "after" */
const char *road_topic_name(enum road_topic topic);  /* "level", "windows", "sql", "drivers", "agents", "other" */

/* Warned about from here on before a release's support ends. */
enum { SUPPORT_NEAR_DAYS = 180 };
/* "2016 is supported only until January 11, 2027, which is in 46 days." TODAY is "2026-11-26". In ARENA. *SOON: it is
 * past, or near enough to be warned about. */
const char *support_words(const struct release *release, const char *today, struct arena *arena, bool *soon);

/* A note at PLAN's target when its support ends soon, or has ended ("support-ends"). */
void support_note(const struct plan *plan, const char *today, struct diags *diags);

/* "2012 R2 to 2022 through 2016 and 2019", without a full stop. In ARENA. */
const char *road_line(const struct road *road, struct arena *arena);
/* Adds hop NUMBER (from 1) of ROAD as text of at most WIDTH columns: its head, levels, what changes, support. TITLE
 * stands before the releases; NULL: nothing. */
void road_put_hop(struct strbuf *out, const struct road *road, size_t number, const char *title, const char *today,
		  size_t width);
/* What counts for every hop: sentences. */
extern const char road_advice[];

/* ---- road_page.c: the page that chooses the releases ---- */

struct facts;
/* The oldest release that servers of FACTS (may be NULL) have of the product; NULL: they show none. */
const struct release *road_shown(const struct flow *flow, const struct facts *facts);
/* Gives a new plan, one that is not from a file and has the releases of none, the source that FACTS show, and what
 * follows it. Whether anything changed. */
bool road_answer(struct plan *plan, const struct facts *facts);
/* What is to be said of PLAN's releases, in sentences: what the facts show, the road to its goal or what comes before
 * later releases, how long the target is supported. FIXED: they cannot change any more. In ARENA. */
const char *road_story(const struct plan *plan, const struct facts *facts, bool fixed, const char *today,
		       struct arena *arena);

/* ---- road_items.c ---- */
/* Makes the items of HOP; FIRST: of the road. */
void road_fill(struct road_hop *hop, bool first, struct arena *arena);

#endif
