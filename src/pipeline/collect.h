/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Getting facts: the probe, if there is one, is run for every server, then the facts are read.
 *
 * The probe's command comes from the command line, never from a plan. {server} in it is replaced by a server's name,
 * and only a name of letters, digits, dots and hyphens is ever put there.
 */
#ifndef SCUPGRADE_COLLECT_H
#define SCUPGRADE_COLLECT_H

#include "model/facts.h"
#include "pipeline/collect_here.h"

#define PROBE_SECONDS 300u /* for one server */

struct collect {
	const char *facts_path; /* --facts; NULL: none */
	const char *probe;      /* --probe; NULL: none */
	/* "2026-11-21T14:02:07Z", by which the age of facts is judged: asked once the probe is over. */
	void (*clock)(char text[21]);
	/* Before all that, the collector runs by it into FACTS_PATH, a folder; NULL: it does not. */
	collect_runner *own;
};

/* The folder of facts beside PLAN where there is one. PLAN NULL: the only folder *.facts of the current one. */
bool facts_found(const char *plan, struct strbuf *out);

/* *FACTS is owned by the caller (facts_free), NULL when there are none. Findings about the probe and the facts go to
 * DIAGS. False: errors were added; *FACTS may still hold what could be read. */
bool collect_facts(const struct collect *collect, const struct plan *plan, struct facts **facts, struct diags *diags);

/* Adds to OUT the name of the folder of facts that belongs to the plan file PLAN: contoso.facts for contoso.yaml. */
void facts_beside(const char *plan, struct strbuf *out);

#endif
