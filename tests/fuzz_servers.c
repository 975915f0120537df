/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Fuzz target: a list of servers. What is taken are servers whose names can exist, each once, and a plan that is read
 * back as it is; what is left out has a reason.
 */
#include "fuzz.h"

#include <stdlib.h>

#include "pipeline/planfile.h"
#include "pipeline/server_list.h"

static void keep_promises(struct plan *plan, const struct server_list *list)
{
	const struct field *name = plan->flow->servers->columns[0];
	struct diags diags = DIAGS_INIT;
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < list->count; i++) {
		struct report report = { .diags = &diags, .path = "name" };

		if (!name->rule(((struct server *)list->rows[i])->name, &report))
			abort();
	}
	if (list->count && plan_find_server(plan, ((struct server *)list->rows[0])->name))
		abort();
	server_list_add(plan, list);
	plan_format(plan, &text);
	if (!plan_reads_back(plan, &text, &diags))
		abort();
	strbuf_clear(&text);
	diags_clear(&diags);
}

int fuzz_servers(const uint8_t *data, size_t size)
{
	static const char *const products[] = { "operations-manager", "service-management-automation" };

	for (size_t i = 0; i < ARRAY_LEN(products); i++) {
		struct plan *plan = plan_new(flow_find(products[i]));
		struct diags diags = DIAGS_INIT;
		struct server_list list;
		bool ok = server_list_read(plan, "list", (const char *)data, size, &list, &diags);

		if (ok != (diags.errors == 0) || (ok && !list.count && !list.there_count))
			abort();
		keep_promises(plan, &list);
		server_list_clear(&list);
		diags_clear(&diags);
		plan_free(plan);
	}
	return 0;
}
