/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: what facts say about the answers of a plan. Each computer tells of itself; the web
 * service knows the workers. "Use the database details of the previous installation" is what they are for.
 */
#include "flows/sma/sma.h"

#include "core/text.h"
#include "flows/common/common_fill.h"

static void propose_servers(struct proposals *to)
{
	const struct facts *facts = proposals_facts(to);
	const unsigned both[] = { SMA_WORKER, SMA_WEB_SERVICE };

	/* Workers before the web service, as they are installed. */
	for (size_t turn = 0; turn < ARRAY_LEN(both); turn++) {
		for (size_t i = 0; i < facts_count(facts); i++) {
			unsigned roles = fill_roles(proposals_plan(to), facts_at(facts, i));

			if (roles & both[turn])
				propose_server(to, facts_host_at(facts, i), roles, facts_host_at(facts, i),
					       WEIGHT_NONE);
		}
	}
	for (size_t i = 0; i < facts_count(facts); i++) {
		const struct names *workers = fact_names(facts_at(facts, i), &fact_sma_workers);

		for (size_t k = 0; workers && k < workers->count; k++)
			propose_server(to, workers->items[k], SMA_WORKER, facts_host_at(facts, i), WEIGHT_ERROR);
	}
}

/* "SQL01\AUTO,1433": its parts are keys of their own. */
static void propose_database(struct proposals *to)
{
	struct agreed server = { NULL, NULL, false }, name = { NULL, NULL, false };
	struct arena *arena = proposals_arena(to);
	const char *comma, *instance;
	size_t host;

	agree_database(proposals_facts(to), "sma", &server, &name);
	if (!server.value || !name.value || server.differs || name.differs)
		return;
	host = strcspn(server.value, "\\,");
	comma = strchr(server.value, ',');
	instance = server.value[host] == '\\' ? server.value + host + 1 : "";
	fill_answer(to, "database.server", arena_strndup(arena, server.value, host), server.from, WEIGHT_ERROR);
	instance = arena_strndup(arena, instance, strcspn(instance, ","));
	/* The default instance is named by its server alone. */
	if (!text_equal_fold(instance, "MSSQLSERVER"))
		fill_answer(to, "database.instance", instance, server.from, WEIGHT_ERROR);
	if (comma)
		fill_answer(to, "database.port", comma + 1 + strspn(comma + 1, " "), server.from, WEIGHT_NONE);
	fill_answer(to, "database.name", name.value, name.from, WEIGHT_ERROR);
}

/* A plan is compared with each host, and filled when all say the same. */
static void propose_worker_account(struct proposals *to)
{
	static const char key[] = "accounts.worker-service.user";
	const struct facts *facts = proposals_facts(to);
	struct agreed agreed = { NULL, NULL, false };

	for (size_t i = 0; i < facts_count(facts); i++) {
		const struct fact_set *row =
			fact_row_with(facts_at(facts, i), &fact_services, &fact_service_name, "rbsvc");
		const char *account = fact_text(row, &fact_service_account), *from = facts_host_at(facts, i);

		agree(&agreed, account, from);
		if (proposals_compare(to))
			fill_answer(to, key, account, from, WEIGHT_ERROR);
	}
	if (!agreed.differs && !proposals_compare(to))
		fill_answer(to, key, agreed.value, agreed.from, WEIGHT_ERROR);
}

static const char *joined(struct arena *arena, const struct names *names)
{
	struct strbuf text = STRBUF_INIT;
	const char *kept;

	for (size_t i = 0; names && i < names->count; i++)
		strbuf_printf(&text, "%s%s", i ? ", " : "", names->items[i]);
	kept = arena_strdup(arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

/* The settings of the web service: the first computer that has one tells them. */
static void propose_web_service(struct proposals *to)
{
	const struct facts *facts = proposals_facts(to);
	const struct fact_set *set = NULL;
	const char *from = "";
	uint64_t port;
	bool ssl;

	for (size_t i = 0; i < facts_count(facts) && !set; i++) {
		if (fill_roles(proposals_plan(to), facts_at(facts, i)) & SMA_WEB_SERVICE) {
			set = facts_at(facts, i);
			from = facts_host_at(facts, i);
		}
	}
	fill_answer(to, "accounts.application-pool.user", fact_text(set, &fact_sma_pool_account), from, WEIGHT_ERROR);
	fill_answer(to, "web-service.site", fact_text(set, &fact_sma_site), from, WEIGHT_WARNING);
	if (fact_number(set, &fact_sma_port, &port) && port)
		fill_answer(to, "web-service.port",
			    arena_printf(proposals_arena(to), "%llu", (unsigned long long)port), from, WEIGHT_WARNING);
	if (fact_flag(set, &fact_sma_ssl, &ssl))
		fill_answer(to, "web-service.ssl", ssl ? "yes" : "no", from, WEIGHT_WARNING);
	fill_answer(to, "web-service.certificate-serial", fact_text(set, &fact_sma_certificate_serial), from,
		    WEIGHT_WARNING);
	fill_answer(to, "web-service.admin-group-members",
		    joined(proposals_arena(to), fact_names(set, &fact_sma_admins)), from, WEIGHT_NONE);
}

/* An agent that reports to a management group watches the machine. */
static void propose_monitoring(struct proposals *to)
{
	const struct facts *facts = proposals_facts(to);

	for (size_t i = 0; i < facts_count(facts); i++) {
		const struct names *groups = fact_names(facts_at(facts, i), &fact_install_groups);

		if (groups && groups->count && fill_roles(proposals_plan(to), facts_at(facts, i)))
			fill_answer(to, "monitoring.operations-manager", "yes", facts_host_at(facts, i), WEIGHT_NONE);
	}
}

void sma_propose(struct proposals *to)
{
	propose_servers(to);
	propose_database(to);
	propose_worker_account(to);
	propose_web_service(to);
	propose_monitoring(to);
	fill_tell_uncollected(to, SMA_WORKER | SMA_WEB_SERVICE);
}
