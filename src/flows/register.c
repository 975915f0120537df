/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The register of flows: a new product is one line in each of the two tables.
 */
#include "model/flow.h"

extern const struct flow flow_om, flow_sma;

static const struct flow *const flows[] = {
	&flow_om,
	&flow_sma,
};

/* In the order of the register; a test compares them. */
const struct choice product_choices[] = {
	{ "operations-manager", "Operations Manager", NULL,
	  "A management group: management servers, gateways, consoles, agents." },
	{ "service-management-automation", "Service Management Automation", NULL,
	  "Runbook workers and web services: uninstalled, then installed against the kept database." },
	{ NULL, NULL, NULL, NULL }
};

const struct flow *flow_find(const char *id)
{
	for (size_t i = 0; i < ARRAY_LEN(flows); i++) {
		if (str_eq(flows[i]->id, id))
			return flows[i];
	}
	return NULL;
}

const struct flow *flow_at(size_t index)
{
	return index < ARRAY_LEN(flows) ? flows[index] : NULL;
}
