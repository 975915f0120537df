/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: what facts say about the answers of a plan. Each computer tells of itself; the web
 * service knows the workers. "Use the database details of the previous installation" is what they are for.
 */
#include "flows/sma/sma.h"

#include "core/text.h"
#include "flows/common/common_fill.h"

/* Facts of computers that the plan does not have count for nothing when it is compared. */
static bool is_heard(struct proposals *to, size_t index)
{
	return !proposals_compare(to) ||
	       plan_find_server(proposals_plan(to), facts_host_at(proposals_facts(to), index)) != NULL;
}

/* The web service knows the workers of the deployment. New ones are not in it yet. */
static void propose_workers(struct proposals *to, const struct names *workers, const char *from)
{
	const struct plan *plan = proposals_plan(to);
	struct scope scope = scope_of(plan, proposals_arena(to));
	struct host_names known = { NULL, 0, 0 };

	for (size_t i = 0; i < workers->count; i++) {
		propose_server(to, workers->items[i], SMA_WORKER, from, WEIGHT_ERROR);
		host_names_add(to, &known, workers->items[i]);
	}
	for (size_t i = 0; i < plan_server_count(plan); i++) {
		struct scope here = scope_on(&scope, plan_server(plan, i));

		if (here.server->name && sma_is_new(&here))
			host_names_add(to, &known, here.server->name);
	}
	if (workers->count)
		propose_no_others(to, SMA_WORKER, &known, from);
}

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

		if (workers && is_heard(to, i))
			propose_workers(to, workers, facts_host_at(facts, i));
	}
}

/* ---- the database ---- */

#define DEFAULT_INSTANCE "the default instance"

/* Where a server says that its database is: "SQL01\AUTO,1433", whose parts are keys of their own. */
struct home {
	const char *server, *name, *from;
};

struct homes {
	struct home *items;            /* in ARENA; different ones */
	size_t count;
};

static struct homes all_homes(struct proposals *to)
{
	const struct facts *facts = proposals_facts(to);
	struct homes homes = { NULL, 0 };
	size_t most = 0;

	for (size_t i = 0; i < facts_count(facts); i++)
		most += fact_row_count(facts_at(facts, i), &fact_databases);
	homes.items = arena_array(proposals_arena(to), most + 1, sizeof(*homes.items));
	for (size_t i = 0; i < facts_count(facts); i++) {
		for (size_t k = 0; is_heard(to, i) && k < fact_row_count(facts_at(facts, i), &fact_databases); k++) {
			const struct fact_set *row = fact_row(facts_at(facts, i), &fact_databases, k);
			struct home one = { fact_text(row, &fact_database_server), fact_text(row, &fact_database_name),
					     facts_host_at(facts, i) };
			size_t same = 0;

			if (!str_eq(fact_text(row, &fact_database_role), "sma") || !one.server || !one.name)
				continue;
			while (same < homes.count && !(text_equal_fold(homes.items[same].server, one.server) &&
							text_equal_fold(homes.items[same].name, one.name)))
				same++;
			if (same == homes.count)
				homes.items[homes.count++] = one;
		}
	}
	return homes;
}

static const char *instance_of(const struct home *home, struct arena *arena)
{
	const char *at = home->server + strcspn(home->server, "\\,");
	const char *name = *at == '\\' ? arena_strndup(arena, at + 1, strcspn(at + 1, ",")) : "";

	/* The default instance is named by its server alone. */
	return text_equal_fold(name, "MSSQLSERVER") ? "" : name;
}

/* Up to the removal the servers of today have their own, which MOVES in some upgrades. On another server than the
 * plan's nothing else is compared but the name. */
static void propose_home(struct proposals *to, const struct home *home, bool moves)
{
	const struct sma_answers *answers = sma_answers(proposals_plan(to));
	struct arena *arena = proposals_arena(to);
	const char *server = arena_strndup(arena, home->server, strcspn(home->server, "\\,"));
	const char *instance = instance_of(home, arena), *comma = strchr(home->server, ',');
	const char *own = moves ? answers->source_sql_server : answers->sql_server;
	bool compares = proposals_compare(to);

	fill_answer(to, "database.name", home->name, home->from, WEIGHT_ERROR);
	fill_answer(to, moves ? "source-database.server" : "database.server", server, home->from, WEIGHT_ERROR);
	if (compares && own && !host_equal(own, server))
		return;
	propose_value(to, &(struct proposal){ .key = moves ? "source-database.instance" : "database.instance",
					      .value = compares && !*instance ? DEFAULT_INSTANCE : instance,
					      .from = home->from, .weight = WEIGHT_ERROR,
					      .instead = DEFAULT_INSTANCE });
	if (comma)
		fill_answer(to, moves ? "source-database.port" : "database.port", comma + 1 + strspn(comma + 1, " "),
			    home->from, WEIGHT_WARNING);
}

static void propose_database(struct proposals *to)
{
	struct scope scope = scope_of(proposals_plan(to), proposals_arena(to));
	struct homes homes = all_homes(to);
	bool moves;

	scope.facts = proposals_facts(to);
	moves = sma_must_move_database(&scope);
	if (homes.count > 1)
		propose_nothing(to, "database",
				"Find out which one is in use: all servers of a deployment have the same.",
				arena_printf(proposals_arena(to),
					     "The servers do not name one database: %s on %s by %s, %s on %s by %s.",
					     homes.items[0].name, homes.items[0].server, homes.items[0].from,
					     homes.items[1].name, homes.items[1].server, homes.items[1].from));
	/* A plan is compared with all of them, and filled when there is one. */
	for (size_t i = 0; i < homes.count && (homes.count == 1 || proposals_compare(to)); i++)
		propose_home(to, &homes.items[i], moves);
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
		if (proposals_compare(to) && is_heard(to, i))
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

/* A certificate for another name than a web server's is for the one that clients and a load balancer use. */
static void propose_address(struct proposals *to, const struct fact_set *set, const char *from)
{
	const char *name = fact_text(set, &fact_sma_certificate_name);
	const struct server *server = name ? plan_find_server(proposals_plan(to), name) : NULL;

	if (name && sma_names_host(name) && !(server && server_has(server, SMA_WEB_SERVICE)))
		fill_answer(to, "web-service.address", name, from, WEIGHT_WARNING);
}

/* The folder of before is kept; it is written only where it is another one than setup takes. */
static void propose_folder(struct proposals *to, const char *folder, const char *from)
{
	if (folder && !text_equal_fold(tidy_path(proposals_arena(to), folder), SMA_WEB_FOLDER))
		fill_answer(to, "web-service.install-folder", folder, from, WEIGHT_NONE);
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
		if (is_heard(to, i) && fill_roles(proposals_plan(to), facts_at(facts, i)) & SMA_WEB_SERVICE) {
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
	propose_address(to, set, from);
	propose_folder(to, fact_text(set, &fact_sma_web_folder), from);
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
