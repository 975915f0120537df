/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The order of steps: what each product's documents forbid, over every small plan and a thousand large ones.
 */
#include "helpers.h"

#include "core/text.h"
#include "model/flow.h"
#include "pipeline/planfile.h"
#include "pipeline/sequence.h"
#include "pipeline/tracker.h"

/* Roles as the flows number them; test_roles checks that they still do. */
enum {
	MS = 1u << 0,
	CONSOLE = 1u << 1,
	ACS = 1u << 2,
	GATEWAY = 1u << 3,
	WEB = 1u << 4,
	REPORTING = 1u << 5,
	AGENT = 1u << 6
};
enum { WORKER = 1u << 0, SERVICE = 1u << 1 };

static void add_server(struct plan *plan, const char *name, unsigned roles)
{
	struct server *server = (struct server *)plan_new_record(plan, plan->flow->servers);
	server->name = arena_strdup(plan->arena, name);
	server->roles = roles;
	rows_insert(plan, &plan->answers->servers, plan_server_count(plan), &server->record);
}

static struct plan *plan_with(const char *product, const unsigned *roles, size_t count)
{
	struct plan *plan = plan_new(flow_find(product));
	for (size_t i = 0; i < count; i++) {
		char name[32];
		snprintf(name, sizeof(name), "SRV%zu", i + 1);
		add_server(plan, name, roles[i]);
	}
	return plan;
}

static void set(struct plan *plan, const char *key, const char *text)
{
	const struct field *field = fields_find(plan->flow->fields, key);
	struct diags diags = DIAGS_INIT;
	assert_non_null(field);
	struct report to = plan_report(plan, &plan->answers->record, field, &diags);
	assert_true(field_store(field, plan, &plan->answers->record, text, &to));
	diags_clear(&diags);
}

static void set_server(struct plan *plan, size_t number, const char *key, const char *text)
{
	struct record *record = plan->answers->servers.items[number];
	const struct field *field = NULL;
	struct diags diags = DIAGS_INIT;

	for (const struct field *const *column = plan->flow->servers->columns; *column && !field; column++)
		field = str_eq((*column)->key, key) ? *column : NULL;
	assert_non_null(field);
	struct report to = plan_report(plan, record, field, &diags);
	assert_true(field_store(field, plan, record, text, &to));
	diags_clear(&diags);
}

static bool is_task(const struct step *step, const char *task)
{
	return str_eq(step->task->id, task);
}

/* First and last place of the steps of TASK; false: there is none. */
static bool span(const struct sequence *sequence, const char *task, size_t *first, size_t *last)
{
	bool found = false;
	for (size_t i = 0; i < sequence->count; i++) {
		if (!is_task(&sequence->items[i], task))
			continue;
		if (!found)
			*first = i;
		*last = i;
		found = true;
	}
	return found;
}

/* Every step of BEFORE stands before every step of AFTER, when the plan has both. */
static void assert_all_before(const struct sequence *sequence, const char *before, const char *after)
{
	size_t first = 0, last = 0, other_first = 0, other_last = 0;
	if (span(sequence, before, &first, &last) && span(sequence, after, &other_first, &other_last))
		assert_labelled(after, last < other_first);
}

static bool has(const struct step_set *set, size_t index)
{
	for (size_t i = 0; i < set->count; i++)
		if (step_set_at(set, i) == index)
			return true;
	return false;
}

/* Every step of BEFORE is required by every step of AFTER, directly or through others. */
static bool requires(const struct sequence *sequence, size_t after, size_t before)
{
	const struct step_set *set = &sequence->items[after].requires;
	if (has(set, before))
		return true;
	for (size_t i = 0; i < set->count; i++)
		if (requires(sequence, step_set_at(set, i), before))
			return true;
	return false;
}

static void assert_all_required(const struct sequence *sequence, const char *before, const char *after)
{
	for (size_t i = 0; i < sequence->count; i++)
		for (size_t j = 0; is_task(&sequence->items[i], after) && j < sequence->count; j++)
			if (is_task(&sequence->items[j], before))
				assert_labelled(sequence->items[i].id, requires(sequence, i, j));
}

static void assert_sound(const struct sequence *sequence)
{
	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];
		for (size_t j = 0; j < step->requires.count; j++) {
			assert_labelled(step->id, step_set_at(&step->requires, j) < i);
			assert_labelled(step->id, j == 0 || step_set_at(&step->requires, j - 1) <
								    step_set_at(&step->requires, j));
		}
		for (size_t j = 0; j < step->follows.count; j++)
			assert_labelled(step->id, step_set_at(&step->follows, j) < i);
		assert_labelled(step->id, step->why && *step->why && step->title && !strchr(step->title, '{'));
		assert_labelled(step->id, (step->words.count > 0) == (step->kind == STEP_COMMAND));
		assert_labelled(step->id, (step->text != NULL) == (step->kind != STEP_COMMAND));
		assert_labelled(step->id, sequence_find(sequence, step->id) == step);
	}
}

static void test_roles__of_the_flows__are_as_this_test_believes(void **state)
{
	static const char *const om[] = { "management-server", "operations-console", "acs-collector", "gateway",
					  "web-console",       "reporting-server",   "agent" };
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(om); i++)
		assert_string_equal(flow_find("operations-manager")->roles[i].id, om[i]);
	assert_string_equal(flow_find("service-management-automation")->roles[0].id, "runbook-worker");
	assert_string_equal(flow_find("service-management-automation")->roles[1].id, "web-service");
}

/* ---- Operations Manager ---- */

static char *ids(const struct sequence *sequence)
{
	struct strbuf out = STRBUF_INIT;
	for (size_t i = 0; i < sequence->count; i++)
		if (str_starts(sequence->items[i].id, "upgrade-") || is_task(&sequence->items[i], "approve-agents"))
			strbuf_printf(&out, "%s\n", sequence->items[i].id);
	char *copy = strdup(strbuf_text(&out));
	strbuf_clear(&out);
	return copy;
}

static void test_sequence__the_documented_group__has_the_documented_order(void **state)
{
	static const unsigned roles[] = { REPORTING, GATEWAY, MS | CONSOLE, WEB, CONSOLE, MS | ACS, AGENT };
	struct plan *plan = plan_with("operations-manager", roles, ARRAY_LEN(roles));
	struct arena *arena = arena_new();
	(void)state;
	set(plan, "agents.push-installed", "1200");
	struct sequence sequence = sequence_build(plan, arena);
	assert_sound(&sequence);
	char *found = ids(&sequence);
	assert_string_equal(found, "upgrade-management-server@SRV3\n"
				   "upgrade-management-server@SRV6\n"
				   "upgrade-acs-collector@SRV6\n"
				   "upgrade-gateway@SRV2\n"
				   "upgrade-operations-console@SRV5\n"
				   "approve-agents\n"
				   "upgrade-agent@SRV7\n"
				   "upgrade-unix-agents\n"
				   "upgrade-web-console@SRV4\n"
				   "upgrade-reporting-server@SRV1\n");
	free(found);
	const struct step *approve = sequence_find(&sequence, "approve-agents");
	assert_string_equal(approve->title, "Approve the update of 1200 pushed agents in 6 batches of at most 200");
	arena_free(arena);
	plan_free(plan);
}

static const struct word *property(const struct step *step, const char *name)
{
	for (size_t i = 0; i < step->words.count; i++)
		if (str_eq(step->words.items[i].name, name))
			return &step->words.items[i];
	return NULL;
}

static char *line_of(const struct sequence *sequence, const char *id)
{
	const struct step *step = sequence_find(sequence, id);
	struct strbuf out = STRBUF_INIT;
	struct report to = { 0 };
	char *line;

	assert_labelled(id, step && step->kind == STEP_COMMAND);
	assert_true(winquote_line(&out, &step->words, SHELL_CMD, NULL, &to));
	line = strdup(strbuf_text(&out));
	strbuf_clear(&out);
	return line;
}

#define assert_line(sequence, id, wanted)                                                                              \
	do {                                                                                                           \
		char *line = line_of(sequence, id);                                                                    \
		assert_text(id, wanted, line);                                                                         \
		free(line);                                                                                            \
	} while (0)

#define SETUP "setup.exe /silent /upgrade /AcceptEndUserLicenseAgreement:1"

/* One run of setup upgrades every feature of a machine. Its step is that of the latest and has the switches of all. */
static void test_sequence__features_on_one_machine__are_one_run(void **state)
{
	static const unsigned roles[] = { MS,        WEB | CONSOLE,  REPORTING | CONSOLE, REPORTING | WEB,
					  REPORTING, MS | WEB | ACS, WEB,                 REPORTING | WEB | CONSOLE };
	static const struct {
		const char *id, *title, *line;
	} rows[] = {
		{ "upgrade-web-console@SRV2", "Upgrade web console and Operations console on SRV2",
		  SETUP " /WebSiteName:\"Default Web Site\" /WebConsoleAuthorizationMode:Mixed" },
		{ "upgrade-reporting-server@SRV3", "Upgrade Reporting server and Operations console on SRV3",
		  SETUP " /ManagementServer:SRV1" },
		{ "upgrade-reporting-server@SRV4", "Upgrade Reporting server and web console on SRV4",
		  SETUP " /WebSiteName:\"Default Web Site\" /WebConsoleUseSSL /WebConsoleAuthorizationMode:Mixed" },
		{ "upgrade-reporting-server@SRV5", "Upgrade Reporting server SRV5", SETUP },
		{ "upgrade-web-console@SRV7", "Upgrade web console on SRV7",
		  SETUP " /WebSiteName:\"Default Web Site\" /WebConsoleAuthorizationMode:Mixed" },
		{ "upgrade-reporting-server@SRV8",
		  "Upgrade Reporting server, web console and Operations console on SRV8",
		  SETUP " /WebSiteName:\"Default Web Site\" /WebConsoleAuthorizationMode:Mixed" },
	};
	struct plan *plan = plan_with("operations-manager", roles, ARRAY_LEN(roles));
	struct arena *arena = arena_new();
	struct sequence sequence;
	const struct step *step;

	(void)state;
	set_server(plan, 2, "management-server", "SRV1");
	set_server(plan, 3, "web-ssl", "yes");
	sequence = sequence_build(plan, arena);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_line(&sequence, rows[i].id, rows[i].line);
		assert_text(rows[i].id, rows[i].title, sequence_find(&sequence, rows[i].id)->title);
	}
	/* The run of a management server upgrades its features too: copies come first, switches are there. */
	step = sequence_find(&sequence, "upgrade-management-server@SRV6");
	assert_true(has(&step->requires,
			(size_t)(sequence_find(&sequence, "save-web-config@SRV6") - sequence.items)));
	assert_non_null(property(step, "WebSiteName"));
	assert_non_null(strstr(step->uncertain, "the switches of the web console"));
	assert_null(property(sequence_find(&sequence, "upgrade-management-server@SRV1"), "WebSiteName"));
	/* A web console waits for its own copy only. */
	step = sequence_find(&sequence, "upgrade-web-console@SRV2");
	assert_false(has(&step->requires,
			 (size_t)(sequence_find(&sequence, "save-web-config@SRV7") - sequence.items)));
	arena_free(arena);
	plan_free(plan);
}

/* Outputs compare pointers: steps of a task that say the same share what they say, and no more than that. */
static void test_sequence__steps_that_say_the_same__share_it(void **state)
{
	static const unsigned roles[] = { MS, GATEWAY, GATEWAY, WEB, WEB, WEB };
	struct plan *plan = plan_with("operations-manager", roles, ARRAY_LEN(roles));
	struct arena *arena = arena_new();
	struct sequence sequence;
	const struct step *one, *other, *own;

	(void)state;
	set(plan, "setup-folder", "D:\\SCOM");
	set_server(plan, 5, "web-site", "Other");
	sequence = sequence_build(plan, arena);
	one = sequence_find(&sequence, "extract-media@SRV2");
	other = sequence_find(&sequence, "extract-media@SRV3");
	assert_ptr_equal(one->text, other->text);
	assert_ptr_equal(one->why, other->why);
	assert_ptr_equal(one->verify, other->verify);
	assert_string_equal(other->title, "Extract the media of 2016 on SRV3");
	one = sequence_find(&sequence, "upgrade-gateway@SRV2");
	other = sequence_find(&sequence, "upgrade-gateway@SRV3");
	assert_string_equal(other->words.items[2].value, "D:\\SCOM\\gateway\\AMD64\\MOMGateway.msi");
	assert_ptr_equal(one->words.items, other->words.items);
	assert_ptr_equal(one->failure, other->failure);
	assert_true(step_set_is_same(&one->requires, &other->requires));
	one = sequence_find(&sequence, "upgrade-web-console@SRV4");
	other = sequence_find(&sequence, "upgrade-web-console@SRV5");
	own = sequence_find(&sequence, "upgrade-web-console@SRV6");
	assert_ptr_equal(one->words.items, other->words.items);
	assert_ptr_equal(one->why, own->why);
	assert_string_equal(property(one, "WebSiteName")->value, "Default Web Site");
	assert_string_equal(property(own, "WebSiteName")->value, "Other");
	arena_free(arena);
	plan_free(plan);
}

/* The console of the old release goes before the agent of its machine, and the new one comes behind it. */
static void test_sequence__a_console_beside_an_agent__makes_room(void **state)
{
	static const unsigned roles[] = { MS, AGENT | CONSOLE, AGENT | WEB | REPORTING };
	struct plan *plan = plan_with("operations-manager", roles, ARRAY_LEN(roles));
	struct arena *arena = arena_new();
	struct sequence sequence;
	const struct step *step;

	(void)state;
	set(plan, "setup-folder", "D:\\SCOM");
	sequence = sequence_build(plan, arena);
	assert_null(sequence_find(&sequence, "upgrade-operations-console@SRV2"));
	assert_null(sequence_find(&sequence, "upgrade-web-console@SRV3"));
	assert_line(&sequence, "upgrade-agent@SRV2",
		    "msiexec /i D:\\SCOM\\agent\\AMD64\\MOMAgent.msi /qn /norestart /l*v "
		    "C:\\Windows\\Temp\\MOMAgent.log AcceptEndUserLicenseAgreement=1");
	assert_string_equal(sequence_find(&sequence, "upgrade-reporting-server@SRV3")->title,
			    "Upgrade Reporting server SRV3");
	step = sequence_find(&sequence, "install-web-console@SRV3");
	assert_non_null(strstr(step->text, "management server SRV1, the web site Default Web Site, no SSL and the "
					   "authorization Mixed"));
	assert_null(strstr(step->text, "Then install"));
	/* With an update rollup agents come behind it, and what is installed anew is updated by itself. */
	set(plan, "update-rollup", "UR10");
	set_server(plan, 2, "web-ssl", "yes");
	sequence = sequence_build(plan, arena);
	assert_all_before(&sequence, "import-update-packs", "remove-operations-console");
	assert_all_before(&sequence, "remove-operations-console", "upgrade-agent");
	assert_null(sequence_find(&sequence, "update-operations-console@SRV2"));
	step = sequence_find(&sequence, "install-web-console@SRV3");
	assert_non_null(strstr(step->text, ", SSL and"));
	assert_non_null(strstr(step->text, "Then install UR10 for it."));
	arena_free(arena);
	plan_free(plan);
}

/* Where the plan has the media and a folder, unpacking is a line; the name of no server stands in its text. */
static void test_sequence__media__is_unpacked_on_each_machine(void **state)
{
	static const unsigned roles[] = { MS, GATEWAY, AGENT };
	struct plan *plan = plan_with("operations-manager", roles, ARRAY_LEN(roles));
	struct arena *arena = arena_new();
	struct sequence sequence = sequence_build(plan, arena);
	const struct step *step = sequence_find(&sequence, "extract-media@SRV3");

	(void)state;
	assert_int_equal(step->kind, STEP_MANUAL);
	assert_non_null(strstr(step->text, "SC2016_SCOM_EN.exe or similar"));
	assert_string_equal(step->text, sequence_find(&sequence, "extract-media@SRV1")->text);
	/* No other release is called by the file of this one. */
	set(plan, "source", "2016");
	set(plan, "target", "2019");
	sequence = sequence_build(plan, arena);
	step = sequence_find(&sequence, "extract-media@SRV3");
	assert_non_null(strstr(step->text, "Run the downloaded program with /Dir="));
	set(plan, "media", "\\\\NAS01\\Media\\SCOM_EN.exe");
	sequence = sequence_build(plan, arena);
	step = sequence_find(&sequence, "extract-media@SRV2");
	assert_int_equal(step->kind, STEP_MANUAL);
	assert_non_null(strstr(step->text, "Run \\\\NAS01\\Media\\SCOM_EN.exe with /Dir=the folder"));
	set(plan, "setup-folder", "C:\\SC 2016");
	sequence = sequence_build(plan, arena);
	assert_line(&sequence, "extract-media@SRV2",
		    "\"\\\\NAS01\\Media\\SCOM_EN.exe\" /Dir=\"C:\\SC 2016\" /VERYSILENT");
	arena_free(arena);
	plan_free(plan);
}

/* Pushed agents without APM are repaired behind their approval; rights and failover are asked for by name. */
static void test_sequence__what_the_plan_says__stands_in_the_texts(void **state)
{
	static const unsigned roles[] = { MS, GATEWAY, GATEWAY, REPORTING };
	struct plan *plan = plan_with("operations-manager", roles, ARRAY_LEN(roles));
	struct arena *arena = arena_new();
	struct sequence sequence = sequence_build(plan, arena);
	const char *text;

	(void)state;
	assert_null(sequence_find(&sequence, "leave-out-apm"));
	assert_non_null(strstr(sequence_find(&sequence, "set-gateway-failover")->text, "$pairs = @{  }"));
	assert_non_null(strstr(sequence_find(&sequence, "grant-sql-host-rights")->text, "(those of the operational"));
	assert_non_null(strstr(sequence_find(&sequence, "verify-management-group")->text, "performance report"));
	set(plan, "agents.no-apm", "yes");
	set(plan, "databases.operational.server", "SQL01\\OM");
	set(plan, "databases.data-warehouse.server", "SQL02,1433");
	set(plan, "databases.reporting.server", "SQL01");
	set_server(plan, 1, "failover", "SRV3");
	set_server(plan, 2, "failover", "SRV2");
	sequence = sequence_build(plan, arena);
	text = sequence_find(&sequence, "set-gateway-failover")->text;
	assert_non_null(strstr(text, "$pairs = @{ 'SRV2' = 'SRV3'; 'SRV3' = 'SRV2' }"));
	assert_non_null(strstr(sequence_find(&sequence, "grant-sql-host-rights")->text, "(SQL01, SQL02; "));
	assert_all_required(&sequence, "approve-agents", "leave-out-apm");
	assert_all_required(&sequence, "set-gateway-failover", "restore-gateway-failover");
	assert_all_required(&sequence, "grant-sql-host-rights", "take-back-sql-host-rights");
	/* The license needs the rights too; a host whose name is a part of another one is a host. */
	assert_all_required(&sequence, "check-license", "take-back-sql-host-rights");
	set(plan, "databases.operational.server", "SQL011\\OM");
	set(plan, "databases.data-warehouse.server", "sql01");
	sequence = sequence_build(plan, arena);
	assert_non_null(strstr(sequence_find(&sequence, "grant-sql-host-rights")->text, "(SQL011, sql01; "));
	/* Where there is an update, agents are touched once, after it; and TLS 1.0 stays until then. */
	set(plan, "update-rollup", "UR10");
	sequence = sequence_build(plan, arena);
	assert_all_required(&sequence, "import-update-packs", "approve-agents");
	assert_all_required(&sequence, "import-update-packs", "restore-tls-1-0");
	assert_all_required(&sequence, "run-update-script", "take-back-sql-host-rights");
	assert_all_required(&sequence, "update-gateway", "restore-tls-1-0");
	assert_all_required(&sequence, "upgrade-gateway", "restore-tls-1-0");
	assert_non_null(strstr(sequence_find(&sequence, "restore-tls-1-0")->text, "this plan has UR10"));
	/* An update before the one that needs no TLS 1.0 any more is none of it. */
	set(plan, "update-rollup", "UR3");
	sequence = sequence_build(plan, arena);
	assert_non_null(strstr(sequence_find(&sequence, "restore-tls-1-0")->text, "4 is everywhere, which is not in"));
	set(plan, "update-rollup", "UR4");
	sequence = sequence_build(plan, arena);
	assert_non_null(strstr(sequence_find(&sequence, "restore-tls-1-0")->text, "everywhere: this plan has UR4"));
	set(plan, "update-rollup", "UR10");
	sequence = sequence_build(plan, arena);
	/* What to do when a step fails is told of every step. */
	for (size_t i = 0; i < sequence.count; i++)
		assert_labelled(sequence.items[i].id, sequence.items[i].if_it_fails != NULL);
	text = sequence_find(&sequence, "back-up-database")->if_it_fails;
	assert_non_null(strstr(text, "every backup is a new file"));
	assert_all_required(&sequence, "export-management-packs", "upgrade-management-server");
	assert_all_required(&sequence, "approve-agents", "enable-acs-forwarding");
	set(plan, "agents.push-installed", "0");
	sequence = sequence_build(plan, arena);
	assert_null(sequence_find(&sequence, "leave-out-apm"));
	arena_free(arena);
	plan_free(plan);
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static unsigned random_roles(uint32_t *seed)
{
	static const unsigned kinds[] = { MS,
					  MS | ACS,
					  MS | CONSOLE,
					  MS | CONSOLE | WEB | REPORTING,
					  GATEWAY,
					  CONSOLE,
					  WEB,
					  REPORTING,
					  WEB | REPORTING,
					  WEB | CONSOLE,
					  REPORTING | CONSOLE,
					  REPORTING | WEB | CONSOLE,
					  AGENT,
					  CONSOLE | AGENT,
					  WEB | CONSOLE | AGENT,
					  REPORTING | WEB | AGENT,
					  GATEWAY | CONSOLE };
	return kinds[next_random(seed) % ARRAY_LEN(kinds)];
}

/* What a task before the upgrade changes is put back by one after it, for the same server, and not before the
 * upgrade. */
static void check_undone(const struct sequence *sequence)
{
	static const char *const pairs[][2] = {
		{ "disable-subscriptions", "enable-subscriptions" }, { "stop-connectors", "start-connectors" },
		{ "raise-agent-queue", "reset-agent-queue" },        { "stop-web-console", "start-web-console" },
		{ "enable-tls-1-0", "restore-tls-1-0" },
		{ "grant-sql-host-rights", "take-back-sql-host-rights" },
		{ "record-registry-values", "restore-registry-values" },
	};

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		size_t done = 0, undone = 0;
		for (size_t j = 0; j < sequence->count; j++) {
			const struct step *step = &sequence->items[j];
			bool matched = false;
			done += is_task(step, pairs[i][0]);
			if (!is_task(step, pairs[i][1]))
				continue;
			undone++;
			for (size_t k = 0; k < step->requires.count; k++) {
				const struct step *before = &sequence->items[step_set_at(&step->requires, k)];
				matched = matched || (is_task(before, pairs[i][0]) && before->server == step->server);
			}
			assert_labelled(step->id, matched);
		}
		assert_int_equal(done, undone);
		assert_all_before(sequence, "upgrade-management-server", pairs[i][1]);
	}
}

/* Each management server runs again right after its own setup, and the next one's setup comes behind that. */
static void check_services(const struct sequence *sequence)
{
	size_t stopped = 0, started = 0, servers = 0;

	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];
		size_t before = i;

		stopped += is_task(step, "stop-services");
		servers += is_task(step, "upgrade-management-server");
		if (!is_task(step, "start-services"))
			continue;
		started++;
		while (before && !is_task(&sequence->items[before], "upgrade-management-server"))
			before--;
		assert_labelled(step->id, sequence->items[before].server == step->server);
		assert_labelled(step->id, has(&step->requires, before));
	}
	assert_int_equal(started, servers);
	assert_int_equal(stopped, servers ? servers - 1 : 0);
}

/* No machine has two runs of setup.exe, and what makes room for an agent goes before it and comes back behind it. */
static void check_machines(const struct plan *plan, const struct sequence *sequence)
{
	for (size_t i = 0; i < plan_server_count(plan); i++) {
		const struct server *server = plan_server(plan, i);
		size_t runs = 0, removed = 0, installed = 0, agent = 0;

		for (size_t k = 0; k < sequence->count; k++) {
			const struct step *step = &sequence->items[k];

			if (step->server != server)
				continue;
			runs += step->kind == STEP_COMMAND && step->words.reader != READER_MSI;
			if (is_task(step, "remove-operations-console") || is_task(step, "remove-web-console"))
				removed++;
			if (is_task(step, "upgrade-agent")) {
				agent = k;
				assert_labelled(step->id, step->requires.count >= removed);
			}
			if (is_task(step, "install-operations-console") || is_task(step, "install-web-console")) {
				installed++;
				assert_labelled(step->id, agent && has(&step->requires, agent));
			}
		}
		assert_labelled(server->name, runs <= 1 && removed == installed);
		assert_labelled(server->name, !removed || agent);
	}
}

/* Each step knows its server's place in the plan, and a text that its task makes once is that of every server. */
static void check_servers(const struct plan *plan, const struct sequence *sequence)
{
	struct arena *arena = arena_new();
	struct scope scope = scope_of(plan, arena);

	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];
		struct scope here = scope_on(&scope, step->server);

		if (step->server)
			assert_ptr_equal(plan_server(plan, step->row), step->server);
		if (step->task->one_text && step->kind != STEP_COMMAND)
			assert_text(step->id, step->task->text_of(&here), step->text);
	}
	arena_free(arena);
}

static void check_group(const struct plan *plan, const struct sequence *sequence)
{
	static const char *const later[] = {
		"upgrade-gateway", "upgrade-operations-console", "approve-agents",
		"upgrade-agent",   "upgrade-web-console",        "upgrade-reporting-server"
	};
	size_t first = 0, last = 0;
	assert_sound(sequence);
	check_undone(sequence);
	check_services(sequence);
	check_machines(plan, sequence);
	check_servers(plan, sequence);
	for (size_t i = 0; i < ARRAY_LEN(later); i++) {
		assert_all_before(sequence, "upgrade-management-server", later[i]);
		assert_all_required(sequence, "upgrade-management-server", later[i]);
		if (i + 1 < ARRAY_LEN(later))
			assert_all_before(sequence, later[i], "upgrade-reporting-server");
	}
	if (!span(sequence, "upgrade-management-server", &first, &last))
		return;
	assert_true(sequence->items[first].server == plan_first_with(plan, MS));
	for (size_t i = first + 1; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];
		if (is_task(step, "upgrade-management-server"))
			assert_labelled(step->id, has(&step->requires, first));
		if (!is_task(step, "upgrade-acs-collector"))
			continue;
		assert_labelled(step->id, sequence->items[i - 1].server == step->server);
		assert_labelled(step->id, has(&step->requires, i - 1));
	}
}

static void test_sequence__a_thousand_random_groups__keep_every_rule(void **state)
{
	uint32_t seed = 20161121;
	(void)state;
	for (int round = 0; round < 1000; round++) {
		unsigned roles[50];
		size_t count = 1 + next_random(&seed) % ARRAY_LEN(roles);
		for (size_t i = 0; i < count; i++)
			roles[i] = random_roles(&seed);
		struct plan *plan = plan_with("operations-manager", roles, count);
		struct arena *arena = arena_new();
		set(plan, "agents.push-installed", round % 2 ? "450" : "0");
		set(plan, "connectors", round % 3 ? "yes" : "no");
		struct sequence sequence = sequence_build(plan, arena), again = sequence_build(plan, arena);
		check_group(plan, &sequence);
		assert_int_equal(sequence.count, again.count);
		for (size_t i = 0; i < sequence.count; i++)
			assert_string_equal(sequence.items[i].id, again.items[i].id);
		arena_free(arena);
		plan_free(plan);
	}
}

/* ---- Service Management Automation ---- */

static void check_automation(const struct sequence *sequence)
{
	static const char *const removals[] = { "uninstall-web-service", "uninstall-powershell-module",
						"uninstall-runbook-worker" };
	static const char *const installs[] = { "install-runbook-worker", "install-powershell-module",
						"install-web-service" };
	assert_sound(sequence);
	for (size_t i = 0; i < ARRAY_LEN(removals); i++) {
		assert_all_before(sequence, "back-up-database", removals[i]);
		assert_all_required(sequence, "back-up-database", removals[i]);
		assert_all_before(sequence, "stop-runbook-worker", removals[i]);
		assert_all_required(sequence, "stop-runbook-worker", removals[i]);
		assert_all_required(sequence, "start-maintenance-mode", removals[i]);
		for (size_t j = 0; j < ARRAY_LEN(installs); j++) {
			assert_all_before(sequence, removals[i], installs[j]);
			assert_all_required(sequence, removals[i], installs[j]);
		}
	}
	assert_all_before(sequence, "install-runbook-worker", "install-powershell-module");
	assert_all_required(sequence, "install-runbook-worker", "install-powershell-module");
	assert_all_before(sequence, "install-powershell-module", "install-web-service");
	assert_all_required(sequence, "install-runbook-worker", "install-web-service");
	assert_all_before(sequence, "start-maintenance-mode", "stop-runbook-worker");
	for (size_t i = 0; i < sequence->count; i++)
		if (is_task(&sequence->items[i], "stop-maintenance-mode"))
			assert_int_equal(i, sequence->count - 1);
}

/* All orders of up to six servers: every way to give each place one of the three sets of roles is every permutation of
 * every group. */
static void test_sequence__every_order_of_up_to_six_automation_servers__keeps_every_rule(void **state)
{
	static const unsigned kinds[] = { WORKER, SERVICE, WORKER | SERVICE };
	(void)state;
	for (size_t count = 1; count <= 6; count++) {
		size_t plans = 1;
		for (size_t i = 0; i < count; i++)
			plans *= ARRAY_LEN(kinds);
		for (size_t number = 0; number < plans; number++) {
			unsigned roles[6];
			size_t rest = number;
			for (size_t i = 0; i < count; i++, rest /= ARRAY_LEN(kinds))
				roles[i] = kinds[rest % ARRAY_LEN(kinds)];
			struct plan *plan = plan_with("service-management-automation", roles, count);
			struct arena *arena = arena_new();
			set(plan, "monitoring.operations-manager", number % 2 ? "yes" : "no");
			set(plan, "source-media-folder", number % 3 ? "E:\\SMA2012R2" : "");
			struct sequence sequence = sequence_build(plan, arena);
			check_automation(&sequence);
			arena_free(arena);
			plan_free(plan);
		}
	}
}

static void test_sequence__automation_lines__never_create_a_database(void **state)
{
	static const unsigned roles[] = { WORKER, WORKER, SERVICE };
	struct plan *plan = plan_with("service-management-automation", roles, ARRAY_LEN(roles));
	struct arena *arena = arena_new();
	(void)state;
	set(plan, "database.server", "SQL01");
	set(plan, "database.authentication", "sql");
	set(plan, "accounts.database.user", "sma");
	struct sequence sequence = sequence_build(plan, arena);
	const struct step *worker = sequence_find(&sequence, "install-runbook-worker@SRV1");
	const struct step *web = sequence_find(&sequence, "install-web-service@SRV3");
	assert_string_equal(property(worker, "CREATEDATABASE")->value, "No");
	assert_string_equal(property(web, "CREATEDATABASE")->value, "No");
	assert_string_equal(property(web, "SQLSERVER")->value, "SQL01, 1433");
	assert_null(property(web, "SQLINSTANCE"));
	/* The backup is of the server of today, wherever the database will be. */
	assert_string_equal(sequence_find(&sequence, "back-up-database")->sql.server, "SQL01");
	assert_true(str_starts(sequence_find(&sequence, "back-up-database")->text, "-- On SQL01, the SQL Server"));
	assert_all_required(&sequence, "capture-settings", "restore-worker-settings");
	assert_string_equal(property(web, "SQLPASSWORD")->account, "accounts.database");
	/* Passwords stand in both lines: their logs have no values, and nothing pretends to hide them. */
	assert_null(property(web, "MsiHiddenProperties"));
	assert_line(&sequence, "install-runbook-worker@SRV1",
		    "msiexec /i WorkerInstaller.msi /qn /norestart /liwearumo "
		    "C:\\Windows\\Temp\\SMA-WorkerInstaller.log SERVICEPASSWORD=<password> CREATEDATABASE=\"No\" "
		    "DATABASEAUTHENTICATION=\"SQL\" SQLUSER=\"sma\" SQLPASSWORD=<password> SQLSERVER=\"SQL01, 1433\" "
		    "SQLDATABASE=\"SMA\" INSTALLFOLDER=\"C:\\Program Files\\Microsoft System Center 2016\\Service "
		    "Management Automation\" ETWMANIFEST=\"Yes\" SENDTELEMETRYREPORTS=\"Yes\" MSUPDATE=\"No\" "
		    "PRODUCTKEY=<product-key>");
	assert_line(&sequence, "install-powershell-module@SRV3",
		    "msiexec /i PowershellModuleInstaller.msi /qn /norestart /l*v "
		    "C:\\Windows\\Temp\\SMA-PowershellModuleInstaller.log");
	assert_string_equal(property(web, "SPECIFYCERTIFICATE")->value, "No");
	assert_null(property(web, "CERTIFICATESERIAL"));
	set(plan, "database.instance", "mssqlserver");
	set(plan, "license", "evaluation");
	set(plan, "web-service.address", "sma.contoso.com");
	sequence = sequence_build(plan, arena);
	web = sequence_find(&sequence, "install-web-service@SRV3");
	assert_null(property(web, "SQLINSTANCE"));
	assert_null(property(web, "PRODUCTKEY"));
	assert_non_null(strstr(sequence_find(&sequence, "check-automation")->text,
			       "-WebServiceEndpoint 'https://sma.contoso.com' -Port 9090"));
	set(plan, "database.instance", "SMA2012");
	set(plan, "web-service.certificate-serial", "3a5f");
	sequence = sequence_build(plan, arena);
	web = sequence_find(&sequence, "install-web-service@SRV3");
	assert_string_equal(property(web, "SQLINSTANCE")->value, "SMA2012");
	assert_string_equal(property(web, "SPECIFYCERTIFICATE")->value, "Yes");
	assert_string_equal(property(web, "CERTIFICATESERIAL")->value, "3a5f");
	arena_free(arena);
	plan_free(plan);
}

/* Every answer that is yes or no the other way round, and empty ones that have a default. */
static void test_sequence__automation_answers__each_stands_in_its_line(void **state)
{
	static const char *const other[][2] = {
		{ "web-service.ssl", "no" },          { "options.etw-manifest", "no" },
		{ "options.telemetry", "no" },        { "options.microsoft-update", "yes" },
		{ "database.server", "SQL01" },       { "database.name", "" },
		{ "web-service.site", "" },           { "web-service.install-folder", "" },
		{ "worker.install-folder", "" },      { "web-service.certificate-serial", "3a5f" },
		{ "web-service.admin-group-members", "CONTOSO\\A, CONTOSO\\B" },
	};
	static const char *const wanted[][2] = {
		{ "USESSL", "No" },     { "ETWMANIFEST", "No" },        { "SENDTELEMETRYREPORTS", "No" },
		{ "MSUPDATE", "Yes" },  { "SQLDATABASE", "SMA" },       { "SITENAME", "SMA" },
		{ "ADMINGROUPMEMBERS", "CONTOSO\\A,CONTOSO\\B" },
		{ "INSTALLFOLDER", "c:\\inetpub\\Service Management Automation" },
	};
	static const unsigned roles[] = { WORKER, SERVICE };
	struct plan *plan = plan_with("service-management-automation", roles, ARRAY_LEN(roles));
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(other); i++)
		set(plan, other[i][0], other[i][1]);
	struct sequence sequence = sequence_build(plan, arena);
	const struct step *worker = sequence_find(&sequence, "install-runbook-worker@SRV1");
	const struct step *web = sequence_find(&sequence, "install-web-service@SRV2");
	assert_true(worker && web);
	for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
		const struct word *word = property(web, wanted[i][0]);

		assert_text(wanted[i][0], wanted[i][1], word ? word->value : NULL);
	}
	arena_free(arena);
	plan_free(plan);
}

static void test_sequence__values_in_scripts__stay_one_literal(void **state)
{
	static const unsigned roles[] = { WORKER | SERVICE };
	struct plan *plan = plan_with("service-management-automation", roles, ARRAY_LEN(roles));
	struct arena *arena = arena_new();
	(void)state;
	set(plan, "database.name", "S]MA");
	set(plan, "database.backup-file", "E:\\O'Brien\\SMA.bak");
	struct sequence sequence = sequence_build(plan, arena);
	const char *sql = sequence_find(&sequence, "back-up-database")->text;
	assert_non_null(strstr(sql, "SET @file = N'E:\\O''Brien\\SMA-' + @now + N'.bak';\n"
				    "BACKUP DATABASE [S]]MA]\nTO DISK = @file\n"));
	assert_non_null(strstr(sql, "COPY_ONLY, CHECKSUM"));
	assert_non_null(strstr(sql, "RESTORE VERIFYONLY"));
	arena_free(arena);
	plan_free(plan);
}

/* Names of databases come from the plan alone; one that is not known is no name that a server would take. */
static void test_sequence__databases__are_named_by_the_plan_or_by_a_placeholder(void **state)
{
	static const unsigned roles[] = { MS | ACS, REPORTING };
	struct plan *plan = plan_with("operations-manager", roles, ARRAY_LEN(roles));
	struct arena *arena = arena_new();
	struct sequence sequence = sequence_build(plan, arena);
	struct diags diags = DIAGS_INIT;

	(void)state;
	assert_non_null(strstr(sequence_find(&sequence, "clean-up-entity-log")->text, "USE <operational database>;"));
	assert_null(strstr(sequence_find(&sequence, "back-up-database")->text, "OperationsManager"));
	assert_false(sequence_names_databases(&sequence, plan, NULL, &diags));
	assert_int_equal(diags.count, 4);
	assert_string_equal(diags.items[0].code, "database-unknown");
	assert_string_equal(diags.items[0].path, "databases.operational.server");
	assert_string_equal(diags.items[2].path, "databases.acs");
	diags_clear(&diags);
	set(plan, "databases.operational.server", "SQL01\\OM");
	set(plan, "databases.operational.name", "Ops]Mgr");
	set(plan, "databases.data-warehouse.server", "SQLAG01,14333");
	set(plan, "databases.data-warehouse.name", "OperationsManagerDW_HQ");
	set(plan, "databases.reporting.server", "REP01");
	set(plan, "databases.reporting.name", "ReportServer$OM");
	set(plan, "backup-folder", "\\\\NAS01\\O'Brien");
	sequence = sequence_build(plan, arena);
	assert_non_null(strstr(sequence_find(&sequence, "check-database-space")->text,
			       "-- On SQL01\\OM, the SQL Server of the operational database."));
	assert_non_null(strstr(sequence_find(&sequence, "check-database-space")->text, "USE [Ops]]Mgr];"));
	assert_non_null(strstr(sequence_find(&sequence, "back-up-warehouse-database")->text,
			       "SET @file = N'\\\\NAS01\\O''Brien\\OperationsManagerDW_HQ-before-2016-' + @now + "
			       "N'.bak';\n"
			       "BACKUP DATABASE [OperationsManagerDW_HQ]\n"));
	assert_non_null(strstr(sequence_find(&sequence, "back-up-report-database")->text,
			       "BACKUP DATABASE [ReportServer$OMTempDB]\n"));
	assert_false(sequence_names_databases(&sequence, plan, NULL, &diags));
	assert_int_equal(diags.count, 1);
	assert_true(sequence_names_databases(&sequence, plan, plan_server(plan, 1), &diags));
	assert_string_equal(sequence_find(&sequence, "back-up-database")->sql.server, "SQL01\\OM");
	diags_clear(&diags);
	arena_free(arena);
	plan_free(plan);
}

/* Certainty belongs to the word: the same step is sure without it. */
static void test_sequence__switches_that_no_document_shows__are_said(void **state)
{
	const unsigned roles[] = { MS };
	struct plan *plan = plan_with("operations-manager", roles, ARRAY_LEN(roles));
	struct arena *arena = arena_new();
	struct sequence sequence = sequence_build(plan, arena);
	const struct step *step = sequence_find(&sequence, "upgrade-management-server@SRV1");

	(void)state;
	assert_null(step->uncertain);
	assert_string_equal(step->run_on, "SRV1");
	set(plan, "accounts.data-access.kind", "local-system");
	set(plan, "install-path", "E:\\SCOM");
	sequence = sequence_build(plan, arena);
	step = sequence_find(&sequence, "upgrade-management-server@SRV1");
	assert_non_null(strstr(step->uncertain, "UseLocalSystemDASAccount"));
	assert_non_null(strstr(step->uncertain, "InstallPath"));
	arena_free(arena);
	plan_free(plan);
}

static void test_sequence__no_servers__is_empty_of_server_steps(void **state)
{
	struct plan *plan = plan_new(flow_find("operations-manager"));
	struct arena *arena = arena_new();
	(void)state;
	struct sequence sequence = sequence_build(plan, arena);
	for (size_t i = 0; i < sequence.count; i++)
		assert_null(sequence.items[i].server);
	assert_null(sequence_find(&sequence, "upgrade-management-server@SRV1"));
	arena_free(arena);
	plan_free(plan);
}

enum { SET_STEPS = 6 };

/* The steps of ALL, bit by bit, of which OWN_BITS are the set's own. The arrays have room for SET_STEPS. */
static struct step_set set_of_bits(unsigned all, unsigned own_bits, uint32_t *shared, uint32_t *ends,
				   struct step_own *own)
{
	uint32_t at = 0;
	struct step_set set = { .shared = shared, .ends = ends, .own = own };

	for (uint32_t step = 0; step < SET_STEPS; step++) {
		if (own_bits & 1u << step)
			own[set.own_count++] = (struct step_own){ step, at++ };
		else if (all & 1u << step)
			shared[at++ - set.own_count] = step;
	}
	set.count = at;
	set.shared_count = at - set.own_count;
	for (size_t i = set.shared_count; i-- > 0;)
		ends[i] = i + 1 < set.shared_count && shared[i + 1] == shared[i] + 1 ? ends[i + 1] : (uint32_t)i + 1;
	return set;
}

/* Whatever is shared and whatever is own, a set reads as the steps in order. */
static void test_step_set__each_way_to_share_a_set__reads_the_same(void **state)
{
	(void)state;
	for (unsigned all = 0; all < 1u << SET_STEPS; all++) {
		for (unsigned own_bits = 0; own_bits < 1u << SET_STEPS; own_bits++) {
			uint32_t shared[SET_STEPS], ends[SET_STEPS];
			struct step_own own[SET_STEPS];
			struct step_set set = set_of_bits(all, all & own_bits, shared, ends, own);
			size_t at = 0;

			for (uint32_t step = 0; step < SET_STEPS; step++) {
				size_t behind = step;

				assert_int_equal(step_set_has(&set, step), (all & 1u << step) != 0);
				if (!(all & 1u << step))
					continue;
				while (all & 1u << behind)
					behind++;
				assert_int_equal(step_set_at(&set, at), step);
				assert_int_equal(step_set_run(&set, at), at + behind - step);
				at++;
			}
			assert_int_equal(set.count, at);
		}
	}
}

/* Notes of both kinds about every check on every server. */
static void note_everything(struct plan *plan)
{
	const struct field *const lists[] = { &field_confirmed, &field_acknowledged };

	for (size_t list = 0; list < ARRAY_LEN(lists); list++) {
		struct rows *rows = field_rows_at(lists[list], &plan->answers->record);

		for (const struct prereq *prereq = plan->flow->prereqs; prereq->id; prereq++) {
			struct answer_note *note = (struct answer_note *)plan_new_record(plan, lists[list]);

			note->check = prereq->id;
			note->by = "CONTOSO\\anna";
			note->on = "2026-11-21";
			note->against = list > 0;
			for (size_t i = 0; prereq->roles && i < plan_server_count(plan); i++)
				field_store_item(fields_find(lists[list]->columns, "servers"), plan, &note->record,
						 plan_server(plan, i)->name, NULL);
			rows_insert(plan, rows, rows->count, &note->record);
		}
	}
}

/* The wizard keeps the steps while checks are answered. */
static void test_sequence__what_somebody_vouches_for__changes_no_step(void **state)
{
	static const char *const plans[][2] = {
		{ "tests/plans/full.yaml", NULL },
		{ "tests/plans/eight-servers.yaml", "tests/facts/faulty" },
		{ "tests/plans/sma.yaml", "tests/facts/sma" },
	};

	(void)state;
	for (size_t p = 0; p < ARRAY_LEN(plans); p++) {
		struct arena *arena = arena_new();
		struct diags diags = DIAGS_INIT;
		struct facts *facts = NULL;
		struct sequence without, with;
		struct plan *plan;

		assert_int_equal(plan_load(source_path(plans[p][0]), &plan, NULL, &diags), LOAD_OK);
		if (plans[p][1])
			assert_true(facts_load(source_path(plans[p][1]), "2026-11-21T14:00:00Z", &facts, &diags));
		plan_use_facts(plan, facts);
		plan->answers->confirmed.count = plan->answers->acknowledged.count = 0;
		without = sequence_build(plan, arena);
		note_everything(plan);
		with = sequence_build(plan, arena);
		assert_int_equal(with.count, without.count);
		for (size_t i = 0; i < with.count; i++) {
			char before[17], after[17];

			step_digest(&without.items[i], before);
			step_digest(&with.items[i], after);
			assert_string_equal(with.items[i].id, without.items[i].id);
			assert_string_equal(with.items[i].title, without.items[i].title);
			assert_string_equal(after, before);
		}
		plan_use_facts(plan, NULL);
		facts_free(facts);
		plan_free(plan);
		diags_clear(&diags);
		arena_free(arena);
	}
}

/* Half workers, half web services: each of these waits for all of those, and for its own module. That each had a list
 * of its own would make a plan's memory square in its servers. */
static void test_sequence__a_step_of_its_own_beside_whole_tasks__costs_one_item(void **state)
{
	enum { HALF = 5 };
	unsigned roles[2 * HALF];
	struct plan *plan;
	struct arena *arena = arena_new();
	struct sequence sequence;
	const struct step_set *first = NULL;
	size_t steps = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(roles); i++)
		roles[i] = i < HALF ? WORKER : SERVICE;
	plan = plan_with("service-management-automation", roles, ARRAY_LEN(roles));
	sequence = sequence_build(plan, arena);
	for (size_t i = 0; i < sequence.count; i++) {
		const struct step *step = &sequence.items[i];

		if (!is_task(step, "install-web-service"))
			continue;
		first = first ? first : &step->requires;
		assert_true(step_set_shares(first, &step->requires));
		assert_int_equal(step->requires.shared_count, HALF);
		assert_int_equal(step->requires.own_count, 1);
		assert_string_equal(sequence.items[step->requires.own[0].step].task->id, "install-powershell-module");
		assert_ptr_equal(sequence.items[step->requires.own[0].step].server, step->server);
		assert_int_equal(step_set_is_same(first, &step->requires), steps++ == 0);
	}
	assert_int_equal(steps, HALF);
	/* Two tasks that take turns on a server, and wait for the same. */
	assert_true(step_set_is_same(&sequence_find(&sequence, "uninstall-web-service@SRV6")->requires,
				     &sequence_find(&sequence, "uninstall-powershell-module@SRV6")->requires));
	arena_free(arena);
	plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_roles__of_the_flows__are_as_this_test_believes),
		TEST(test_sequence__the_documented_group__has_the_documented_order),
		TEST(test_sequence__features_on_one_machine__are_one_run),
		TEST(test_sequence__steps_that_say_the_same__share_it),
		TEST(test_sequence__a_console_beside_an_agent__makes_room),
		TEST(test_sequence__media__is_unpacked_on_each_machine),
		TEST(test_sequence__what_the_plan_says__stands_in_the_texts),
		TEST(test_sequence__a_thousand_random_groups__keep_every_rule),
		TEST(test_sequence__every_order_of_up_to_six_automation_servers__keeps_every_rule),
		TEST(test_sequence__automation_lines__never_create_a_database),
		TEST(test_sequence__automation_answers__each_stands_in_its_line),
		TEST(test_sequence__values_in_scripts__stay_one_literal),
		TEST(test_sequence__databases__are_named_by_the_plan_or_by_a_placeholder),
		TEST(test_sequence__switches_that_no_document_shows__are_said),
		TEST(test_sequence__no_servers__is_empty_of_server_steps),
		TEST(test_sequence__what_somebody_vouches_for__changes_no_step),
		TEST(test_step_set__each_way_to_share_a_set__reads_the_same),
		TEST(test_sequence__a_step_of_its_own_beside_whole_tasks__costs_one_item),
	};
	return run_tests(tests);
}
