/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The end state against the plan: the facts of the twelve servers and of the deployment as they are when all went well,
 * and single faults put into them, each with exactly the finding that stands beside it.
 */
#include "helpers.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "model/flow.h"
#include "flows/om/om.h"
#include "pipeline/after.h"
#include "pipeline/planfile.h"

#define NOW "2026-12-06T14:00:00Z"

enum { MOST_EDITS = 3 };

struct edit {
	const char *server;    /* whose file; "": every one that has FROM */
	const char *from, *to; /* each FROM becomes TO; FROM "": TO is put at the end */
};

struct world {
	const char *folder;    /* of tests/facts, from before the upgrade */
	const char *product;
	struct edit upgrade[8]; /* what the upgrade changes */
};

#define BUILD_OF(name, version) "'" name ".contoso.com', version: '" version "'"
#define AGENTS(version, count) "    - { version: '" version "', count: " count " }\n"
#define PAIR "    - { gateway: 'gw01.fabrikam.com', failover: 'gw02.fabrikam.com', agents: 161 }\n"
#define QUEUE(kb) "agent-queues:\n  - { group: 'CONTOSO-OM', kb: " kb " }\n"

#define SERVER_FOLDER "folder: 'C:\\Program Files\\Microsoft System Center 2012 R2\\Operations Manager\\Server\\'"

static const struct world group = {
	"twelve", "operations-manager",
	{ { "", "2026-11-21T12", "2026-12-06T12" },
	  { "", "7.1.10226.0", "7.2.11719.0" },
	  { "", "7.1.10226.1387", "7.2.11719.0" },
	  { "", "7.1.10184.0", "8.0.10918.0" },
	  { "", "7.1.10305.0", "8.0.10918.0" } }
};
static const struct world deployment = {
	"sma", "service-management-automation",
	{ { "", "2026-11-21T12", "2026-12-06T12" },
	  { "", "worker-version: '7.2.1563.0'", "worker-version: '7.3.345.0'" },
	  { "", "web-service-version: '7.2.1563.0'", "web-service-version: '7.3.345.0'" } }
};

/* In the facts from before, in those that come after. */
struct fault {
	const char *name;
	struct edit before[MOST_EDITS], after[MOST_EDITS];
	const char *finding;   /* "severity path code|part of the text"; NULL: none */
	const char *update;    /* the update rollup of the plan; NULL: none */
	const char *path;      /* the folder that the plan installs to; NULL: setup's own */
	const char *clears;    /* the key that the plan has no answer for; NULL: all stay */
	bool no_before;        /* there are no facts from before */
	bool twice;            /* the same of another server */
};

static const struct fault group_faults[] = {
	{ .name = "all went well" },
	{ .name = "all went well, nothing from before", .no_before = true },
	{ .name = "a server with the old build",
	  .after = { { "ms02", "file-version: '7.2.11719.0'", "file-version: '7.1.10226.1387'" } },
	  .finding = "error ms02.contoso.com after-build|7.1.10226.1387, and 2016 begins with 7.2.11719.0" },
	{ .name = "no file version, the registry tells",
	  .after = { { "ms02", "  file-version: '7.2.11719.0'\n", "" },
		     { "ms02", "server-version: '7.2.11719.0'", "server-version: '7.1.10226.0'" } },
	  .finding = "error ms02.contoso.com after-build|7.1.10226.0, and 2016" },
	{ .name = "a gateway with the old build",
	  .after = { { "gw01", "health-service-version: '8.0.10918.0'", "health-service-version: '7.1.10305.0'" } },
	  .finding = "error gw01.fabrikam.com after-build|7.1.10305.0, and 2016 begins with 8.0.10918.0" },
	{ .name = "a console with the old build",
	  .after = { { "con02", "ui-version: '7.2.11719.0'", "ui-version: '7.1.10226.0'" } },
	  .finding = "error con02.contoso.com after-build|7.1.10226.0, and 2016 begins with 7.2.11719.0" },
	{ .name = "another account than the plan's",
	  .after = { { "ms02", "{ name: 'OMSDK', state: 'running', start: 'automatic', account: 'CONTOSO\\svc-das'",
		       "{ name: 'OMSDK', state: 'running', start: 'automatic', account: 'LocalSystem'" } },
	  .finding = "error ms02.contoso.com after-account|OMSDK runs as Local System, the plan says CONTOSO\\svc" },
	{ .name = "the folder of the plan, in other letters", .path = "e:\\SCOM\\",
	  .after = { { "", SERVER_FOLDER, "folder: 'E:\\scom\\Server\\'" } } },
	{ .name = "another folder than the plan's", .path = "E:\\SCOM",
	  .after = { { "ms01", SERVER_FOLDER, "folder: 'E:\\SCOM'" },
		     { "ms02", SERVER_FOLDER, "folder: 'E:\\SCOM2\\'" },
		     { "ms03", SERVER_FOLDER, "folder: 'e:\\scom\\Server'" } },
	  .finding = "warning ms02.contoso.com after-folder|it is in E:\\SCOM2\\, and the plan says E:\\SCOM" },
	{ .name = "a folder that is shorter than the plan's", .path = "E:\\SCOM",
	  .after = { { "ms01", SERVER_FOLDER, "folder: 'E:\\SCOM'" }, { "ms02", SERVER_FOLDER, "folder: 'E:\\SCOM'" },
		     { "ms03", SERVER_FOLDER, "folder: 'E:\\'" } },
	  .finding = "warning ms03.contoso.com after-folder|it is in E:\\" },
	{ .name = "a folder that nobody read", .path = "E:\\SCOM",
	  .after = { { "ms01", SERVER_FOLDER, "folder: 'E:\\SCOM'" }, { "ms02", SERVER_FOLDER, "folder: 'E:\\SCOM'" },
		     { "ms03", "  " SERVER_FOLDER "\n", "" } },
	  .finding = "note ms03.contoso.com after-folder|not known" },
	{ .name = "a web console that nothing tells of, beside a console that is told of",
	  .before = { { "web01", "    - 'web-console'\n", "    - 'web-console'\n    - 'operations-console'\n" } },
	  .after = { { "web01", "web-console-version: '7.2.11719.0'", "ui-version: '7.2.11719.0'" } },
	  .finding = "note web01.contoso.com after-build|not known" },
	{ .name = "Reporting with the old build",
	  .after = { { "rep01", "reporting-version: '7.2.11719.0'", "reporting-version: '7.1.10226.0'" } },
	  .finding = "error rep01.contoso.com after-build|7.1.10226.0, and 2016 begins with 7.2.11719.0" },
	{ .name = "Reporting whose package is of another release",
	  .after = { { "rep01", "builds:\n  reporting-version: '7.2.11719.0'\n", "" } },
	  .finding = "note rep01.contoso.com after-build|not known" },
	{ .name = "a web console with the old build",
	  .after = { { "web01", "web-console-version: '7.2.11719.0'", "web-console-version: '7.1.10226.0'" } },
	  .finding = "error web01.contoso.com after-build|7.1.10226.0, and 2016 begins with 7.2.11719.0" },
	{ .name = "an agent with the old build",
	  .after = { { "app17", "health-service-version: '8.0.10918.0'", "health-service-version: '7.1.10305.0'" } },
	  .finding = "error app17.fabrikam.com after-build|7.1.10305.0" },
	{ .name = "no build of a gateway, the group knows it",
	  .after = { { "gw01", "  health-service-version: '8.0.10918.0'\n", "" },
		     { "", "'gw01.fabrikam.com', version: '8.0.10918.0'",
		       "'gw01.fabrikam.com', version: '7.1.10184.0'" } },
	  .finding = "error gw01.fabrikam.com after-build|7.1.10184.0" },
	{ .name = "no build of an agent, the group knows it",
	  .after = { { "app17", "  health-service-version: '8.0.10918.0'\n", "" },
		     { "", "'app17.fabrikam.com', version: '8.0.10918.0'",
		       "'app17.fabrikam.com', version: '7.1.10184.0'" } },
	  .finding = "error app17.fabrikam.com after-build|7.1.10184.0" },
	{ .name = "no build of a server, the group knows it",
	  .after = { { "ms03", "  server-version: '7.2.11719.0'\n  file-version: '7.2.11719.0'\n", "" },
		     { "", BUILD_OF("ms03", "7.2.11719.0"), BUILD_OF("ms03", "7.1.10226.0") } },
	  .finding = "error ms03.contoso.com after-build|7.1.10226.0" },
	{ .name = "a server without the update rollup of the plan", .update = "UR10",
	  .after = { { "ms02", "file-version: '7.2.11719.0'", "file-version: '7.2.12324.0'" },
		     { "ms03", "file-version: '7.2.11719.0'", "file-version: '7.2.12324.0'" } },
	  .finding = "error ms01.contoso.com after-update|7.2.11719.0 by the file version, and the plan's UR10 is "
		     "7.2.12324.0" },
	{ .name = "a server of which the update rollup is not known", .update = "UR10",
	  .after = { { "", "file-version: '7.2.11719.0'", "file-version: '7.2.12324.0'" },
		     { "ms01", "  file-version: '7.2.12324.0'\n", "" } },
	  .finding = "note ms01.contoso.com after-update|not known" },
	{ .name = "a service that does not run",
	  .after = { { "ms03", "{ name: 'OMSDK', state: 'running'", "{ name: 'OMSDK', state: 'stopped'" } },
	  .finding = "error ms03.contoso.com after-services|OMSDK is stopped, and should be running" },
	{ .name = "the agent's service",
	  .after = { { "gw02", "{ name: 'HealthService', state: 'running'",
		       "{ name: 'HealthService', state: 'paused'" } },
	  .finding = "error gw02.fabrikam.com after-services|HealthService is paused" },
	{ .name = "a service of which nothing is known",
	  .after = { { "ms03", "{ name: 'cshost', state: 'running'", "{ name: 'other', state: 'running'" } },
	  .finding = "note ms03.contoso.com after-services|Services after the upgrade: not known." },
	{ .name = "a server that is ill",
	  .after = { { "", BUILD_OF("ms01", "7.2.11719.0") ", health: 'success'",
		       BUILD_OF("ms01", "7.2.11719.0") ", health: 'error'" } },
	  .finding = "warning upgrade after-health|ms01.contoso.com error" },
	{ .name = "agents that are left",
	  .after = { { "", AGENTS("8.0.10918.0", "1202"),
		       AGENTS("7.1.10184.0", "500") AGENTS("8.0.10918.0", "702") } },
	  .finding = "warning upgrade after-agents|500 of 1202 have a build below 8.0.10918.0, such as 7.1.10184.0" },
	{ .name = "agents of Log Analytics look newer, and are not the product's",
	  .after = { { "", AGENTS("8.0.10918.0", "1202"),
		       AGENTS("8.0.11081.0", "500") AGENTS("8.0.10918.0", "702") } } },
	{ .name = "a server with the agent of Log Analytics alone",
	  .after = { { "app17", "health-service-version: '8.0.10918.0'", "health-service-version: '10.20.18062.0'" } },
	  .finding = "note app17.fabrikam.com after-build|not known" },
	{ .name = "agents of Log Analytics beside those that are left",
	  .after = { { "", AGENTS("8.0.10918.0", "1202"),
		       AGENTS("7.1.10184.0", "500") AGENTS("8.0.10918.0", "700") AGENTS("8.0.11072.0", "2") } },
	  .finding = "warning upgrade after-agents|500 of 1200 have a build below 8.0.10918.0" },
	{ .name = "nobody counted the agents", .after = { { "", "  agent-versions:", "  agent-nothing:" } },
	  .finding = "note upgrade after-agents|not known" },
	{ .name = "no subscription is enabled, nothing from before", .no_before = true,
	  .after = { { "", "subscriptions-enabled: 11", "subscriptions-enabled: 0" } },
	  .finding = "error upgrade after-subscriptions|none of 14 is enabled" },
	{ .name = "fewer subscriptions than before",
	  .after = { { "", "subscriptions-enabled: 11", "subscriptions-enabled: 9" } },
	  .finding = "error upgrade after-subscriptions|9 of 14 are enabled, and 11 were before the upgrade" },
	{ .name = "before was collected when they were disabled",
	  .before = { { "", "subscriptions-enabled: 11", "subscriptions-enabled: 0" } } },
	{ .name = "subscriptions that nobody counted", .after = { { "", "  subscriptions-enabled: 11\n", "" } },
	  .finding = "note upgrade after-subscriptions|not known" },
	{ .name = "a queue that is still raised", .before = { { "app18", QUEUE("15360"), QUEUE("0") } },
	  .after = { { "app17", QUEUE("15360"), QUEUE("76800") } },
	  .finding = "error app17.fabrikam.com after-queue|76800 KB, and it was 15360 KB before" },
	{ .name = "a queue that was nobody's own, raised",
	  .before = { { "app17", QUEUE("15360"), QUEUE("0") } },
	  .after = { { "app17", QUEUE("15360"), QUEUE("76800") } },
	  .finding = "error app17.fabrikam.com after-queue|76800 KB, and it was 15360 KB before" },
	{ .name = "a queue that is raised, nothing from before", .no_before = true,
	  .after = { { "app17", QUEUE("15360"), QUEUE("76800") } },
	  .finding = "warning app17.fabrikam.com after-queue|76800 KB, as for the upgrade" },
	{ .name = "an own queue as high as that", .before = { { "app17", QUEUE("15360"), QUEUE("76800") } },
	  .after = { { "app17", QUEUE("15360"), QUEUE("76800") } } },
	{ .name = "a queue of another group", .after = { { "app17", "'CONTOSO-OM', kb: 15360", "'OTHER', kb: 15360" } },
	  .finding = "note app17.fabrikam.com after-queue|not known" },
	{ .name = "a gateway without the failover of the plan",
	  .after = { { "", PAIR, "" } },
	  .finding = "error gw01.fabrikam.com after-failover|the plan says gw02.fabrikam.com, and no agent" },
	{ .name = "a gateway that lost a server",
	  .after = { { "", "    - { gateway: 'gw01.fabrikam.com', management-server: 'ms03.contoso.com' }\n", "" } },
	  .finding = "error gw01.fabrikam.com after-failover|it cannot change to ms03.contoso.com" },
	{ .name = "the same, nothing from before", .no_before = true,
	  .after = { { "", "    - { gateway: 'gw01.fabrikam.com', management-server: 'ms03.contoso.com' }\n", "" } } },
	{ .name = "a failover that nobody read",
	  .after = { { "", "  gateway-failovers:", "  gateway-nothing:" } }, .twice = true,
	  .finding = "note gw01.fabrikam.com after-failover|not known" },
};

#define DATABASE(server, name) "{ role: 'sma', server: '" server "', name: '" name "'"
#define OURS DATABASE("SQL01\\AUTO", "SMA_PROD")

static const struct fault deployment_faults[] = {
	{ .name = "all went well" },
	{ .name = "a worker with the old build",
	  .after = { { "wrk01", "worker-version: '7.3.345.0'", "worker-version: '7.2.1563.0'" } },
	  .finding = "error wrk01.contoso.com after-build|7.2.1563.0, and 2016 begins with 7.3.345.0" },
	{ .name = "a web service with the old build",
	  .after = { { "smaweb01", "web-service-version: '7.3.345.0'", "web-service-version: '7.2.1563.0'" } },
	  .finding = "error smaweb01.contoso.com after-build|7.2.1563.0" },
	{ .name = "a build that nobody read", .after = { { "wrk01", "  runbook-worker-version: '7.3.345.0'\n", "" } },
	  .finding = "note wrk01.contoso.com after-build|not known" },
	{ .name = "a worker that does not run",
	  .after = { { "wrk02", "{ name: 'rbsvc', state: 'running'", "{ name: 'rbsvc', state: 'stopped'" } },
	  .finding = "error wrk02.contoso.com after-services|rbsvc is stopped" },
	{ .name = "a web server that does not run",
	  .after = { { "smaweb01", "{ name: 'W3SVC', state: 'running'", "{ name: 'W3SVC', state: 'stopped'" } },
	  .finding = "error smaweb01.contoso.com after-services|W3SVC is stopped" },
	{ .name = "a web server of which nothing is known",
	  .after = { { "smaweb01", "{ name: 'W3SVC', state: 'running'", "{ name: 'other', state: 'running'" } },
	  .finding = "note smaweb01.contoso.com after-services|not known" },
	{ .name = "another database", .after = { { "wrk01", OURS, DATABASE("SQL01\\AUTO", "SMA_NEW") } },
	  .finding = "error wrk01.contoso.com after-connection|it uses SMA_NEW on SQL01\\AUTO, and the plan says "
		     "SMA_PROD on SQL01\\AUTO" },
	{ .name = "another instance", .after = { { "wrk01", OURS, DATABASE("SQL01", "SMA_PROD") } },
	  .finding = "error wrk01.contoso.com after-connection|it uses SMA_PROD on SQL01, and" },
	{ .name = "the same server in other words",
	  .after = { { "wrk01", OURS, DATABASE("sql01.contoso.com\\auto,1433", "sma_prod") } } },
	{ .name = "another server of the same instance",
	  .after = { { "wrk01", OURS, DATABASE("SQL09\\AUTO", "SMA_PROD") } },
	  .finding = "error wrk01.contoso.com after-connection|it uses SMA_PROD on SQL09\\AUTO, and" },
	{ .name = "another instance of that server",
	  .after = { { "wrk01", OURS, DATABASE("SQL01\\OTHER", "SMA_PROD") } },
	  .finding = "error wrk01.contoso.com after-connection|it uses SMA_PROD on SQL01\\OTHER, and" },
	{ .name = "the default instance, which the facts name",
	  .before = { { "", OURS, DATABASE("SQL01", "SMA_PROD") } },
	  .after = { { "", OURS, DATABASE("SQL01\\MSSQLSERVER", "SMA_PROD") } } },
	{ .name = "the default instance, which the plan names",
	  .before = { { "", OURS, DATABASE("SQL01\\MSSQLSERVER", "SMA_PROD") } },
	  .after = { { "", OURS, DATABASE("SQL01", "SMA_PROD") } } },
	{ .name = "the database of the default name, which the plan leaves out", .clears = "database.name",
	  .before = { { "", OURS, DATABASE("SQL01", "SMA") } }, .after = { { "", OURS, DATABASE("SQL01", "SMA") } } },
	{ .name = "another database than that of the default name", .clears = "database.name",
	  .after = { { "", OURS, DATABASE("SQL01\\AUTO", "SMA") }, { "wrk01", "'SMA'", "'SMA2'" } },
	  .finding = "error wrk01.contoso.com after-connection|it uses SMA2 on SQL01\\AUTO, and the plan says SMA on" },
	{ .name = "a database that nobody read", .after = { { "wrk01", "databases:\n", "nothing:\n" } },
	  .finding = "note wrk01.contoso.com after-connection|not known" },
	{ .name = "a worker that the deployment does not know",
	  .after = { { "smaweb01", "    - 'wrk02'\n", "" } },
	  .finding = "error wrk02.contoso.com after-worker|not among the workers that the deployment knows (1)" },
	{ .name = "workers that nobody listed", .after = { { "smaweb01", "  workers:", "  nothing:" } }, .twice = true,
	  .finding = "note wrk01.contoso.com after-worker|not known" },
};

/* ---- folders ---- */

static void replace_all(struct strbuf *text, const struct edit *edit, bool *used)
{
	struct strbuf changed = STRBUF_INIT;
	const char *from = strbuf_text(text), *at;

	if (!*edit->from) {
		strbuf_puts(text, edit->to);
		*used = true;
		return;
	}
	for (; (at = strstr(from, edit->from)) != NULL; from = at + strlen(edit->from)) {
		strbuf_add(&changed, from, (size_t)(at - from));
		strbuf_puts(&changed, edit->to);
		*used = true;
	}
	strbuf_puts(&changed, from);
	strbuf_clear(text);
	*text = changed;
}

static bool is_of(const char *file, const char *server)
{
	return strncmp(file, server, strlen(server)) == 0;
}

static void edit_file(struct strbuf *text, const char *file, const struct edit *edits, size_t count, bool *used)
{
	for (size_t i = 0; i < count && edits[i].to; i++)
		if (is_of(file, edits[i].server))
			replace_all(text, &edits[i], &used[i]);
}

/* Lines below a key that nobody knows would be an error: the key and its rows go. */
static void drop_unknown(struct strbuf *text)
{
	struct strbuf kept = STRBUF_INIT;
	bool drops = false;

	for (char *save, *line = strtok_r(text->data, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		bool head = strstr(line, "nothing:") != NULL;

		drops = head || (drops && line[strspn(line, " ")] == '-');
		if (!drops)
			strbuf_printf(&kept, "%s\n", line);
	}
	strbuf_clear(text);
	*text = kept;
}

static void write_file(const char *from, const char *folder, const char *name, const struct world *world,
		       const struct edit *edits, bool *used)
{
	bool ignored[ARRAY_LEN(world->upgrade)];
	struct strbuf text = STRBUF_INIT, path = STRBUF_INIT;
	char *bytes;

	strbuf_printf(&path, "%s/%s", from, name);
	bytes = read_whole_file(source_path(strbuf_text(&path)), NULL);
	strbuf_puts(&text, bytes);
	if (world)
		edit_file(&text, name, world->upgrade, ARRAY_LEN(world->upgrade), ignored);
	edit_file(&text, name, edits, MOST_EDITS, used);
	drop_unknown(&text);
	strbuf_reset(&path);
	strbuf_printf(&path, "%s/%s", folder, name);
	write_whole_file(strbuf_text(&path), strbuf_text(&text), text.length);
	strbuf_clear(&text);
	strbuf_clear(&path);
	free(bytes);
}

/* The facts of WORLD with EDITS into FOLDER; UPGRADED: as they are afterwards. */
static void write_world(const struct world *world, bool upgraded, const struct edit *edits, const char *folder)
{
	bool used[MOST_EDITS] = { false };
	struct strbuf from = STRBUF_INIT;
	DIR *files;

	strbuf_printf(&from, "tests/facts/%s", world->folder);
	files = opendir(source_path(strbuf_text(&from)));
	assert_non_null(files);
	if (mkdir(folder, 0700) != 0)
		assert_int_equal(errno, EEXIST);
	for (struct dirent *entry; (entry = readdir(files)) != NULL;)
		if (entry->d_name[0] != '.')
			write_file(strbuf_text(&from), folder, entry->d_name, upgraded ? world : NULL, edits, used);
	for (size_t i = 0; i < MOST_EDITS && edits[i].to; i++)
		assert_labelled(edits[i].to, used[i]);
	closedir(files);
	strbuf_clear(&from);
}

/* ---- the judgement ---- */

static struct facts *load(const char *folder, const char *now)
{
	struct diags diags = DIAGS_INIT;
	struct facts *facts;

	if (!facts_load(folder, now, &facts, &diags))
		diags_print(&diags, stderr);
	assert_int_equal(diags.count, 0);
	diags_clear(&diags);
	return facts;
}

static struct plan *plan_of(const struct world *world, const struct facts *facts)
{
	struct plan *plan = plan_new(flow_find(world->product));
	struct diags diags = DIAGS_INIT;

	(void)plan_fill(plan, facts, &diags);
	diags_clear(&diags);
	return plan;
}

static void clear_answer(struct plan *plan, const char *key)
{
	const struct field *const *field = plan->flow->fields;

	while (*field && !str_eq((*field)->key, key))
		field++;
	assert_labelled(key, *field && field_store(*field, plan, &plan->answers->record, "", NULL));
}

/* Exactly WANTED. */
static void assert_finding(const char *name, struct diags *diags, const char *wanted)
{
	struct strbuf line = STRBUF_INIT;
	const char *bar = wanted ? strchr(wanted, '|') : NULL;
	char *head = bar ? strndup(wanted, (size_t)(bar - wanted)) : NULL;

	if (diags->count != (wanted != NULL))
		diags_print(diags, stderr);
	assert_labelled(name, diags->count == (wanted != NULL));
	if (wanted) {
		strbuf_printf(&line, "%s %s %s", severity_name(diags->items[0].severity), diags->items[0].path,
			      diags->items[0].code);
		assert_text(name, head, strbuf_text(&line));
		if (!strstr(diags->items[0].text, bar + 1))
			assert_text(name, bar + 1, diags->items[0].text);
	}
	strbuf_clear(&line);
	free(head);
}

static void judge_fault(const struct world *world, const struct fault *fault, const char *scratch)
{
	struct strbuf before = STRBUF_INIT, after = STRBUF_INIT;
	struct judge_wish wish = { true, SEV_NOTE };
	struct diags diags = DIAGS_INIT;
	struct facts *old, *facts;
	struct plan *plan;

	strbuf_printf(&before, "%s/before", scratch);
	strbuf_printf(&after, "%s/after", scratch);
	write_world(world, false, fault->before, strbuf_text(&before));
	write_world(world, true, fault->after, strbuf_text(&after));
	old = load(strbuf_text(&before), "2026-11-21T14:00:00Z");
	facts = load(strbuf_text(&after), NOW);
	plan = plan_of(world, old);
	plan->answers->update_level = fault->update;
	if (fault->path)
		((struct om_answers *)plan->answers)->install_path = fault->path;
	if (fault->clears)
		clear_answer(plan, fault->clears);
	after_judge(plan, facts, fault->no_before ? NULL : old, &wish, &diags);
	if (fault->twice)
		assert_labelled(fault->name, diags.count-- == 2 && str_eq(diags.items[0].code, diags.items[1].code));
	assert_finding(fault->name, &diags, fault->finding);
	diags_clear(&diags);
	plan_free(plan);
	facts_free(old);
	facts_free(facts);
	strbuf_clear(&before);
	strbuf_clear(&after);
}

static void judge_faults(const struct world *world, const struct fault *faults, size_t count)
{
	char *scratch = scratch_folder();

	for (size_t i = 0; i < count; i++)
		judge_fault(world, &faults[i], scratch);
	scratch_remove(scratch);
}

static void test_after_judge__each_fault_of_the_group__is_one_finding(void **state)
{
	(void)state;
	judge_faults(&group, group_faults, ARRAY_LEN(group_faults));
}

static void test_after_judge__each_fault_of_the_deployment__is_one_finding(void **state)
{
	(void)state;
	judge_faults(&deployment, deployment_faults, ARRAY_LEN(deployment_faults));
}

/* One finding for all that is not known, as bad as is wished. */
static void test_after_judge__not_known__is_one_note(void **state)
{
	static const struct edit nothing[MOST_EDITS] = { { NULL, NULL, NULL } };
	static const struct edit package[MOST_EDITS] = {
		{ "rep01", "builds:\n  reporting-version: '7.2.11719.0'\n", "" }
	};
	char *scratch = scratch_folder();
	struct judge_wish wish = { false, SEV_NOTE };
	struct diags diags = DIAGS_INIT;
	struct facts *facts;
	struct plan *plan;

	(void)state;
	write_world(&group, false, nothing, scratch);
	facts = load(scratch, "2026-11-21T14:00:00Z");
	plan = plan_of(&group, facts);
	facts_free(facts);
	write_world(&group, true, package, scratch);
	facts = load(scratch, NOW);
	after_judge(plan, facts, NULL, &wish, &diags);
	assert_finding("all went well, as far as is known", &diags,
		       "note upgrade after-unknown|1 thing about the end state is not known on rep01.contoso.com.");
	diags_clear(&diags);
	wish.unknown = SEV_ERROR;
	after_judge(plan, NULL, NULL, &wish, &diags);
	assert_finding("no facts", &diags, "error upgrade after-unknown|and 4 more.");
	diags_clear(&diags);
	plan_free(plan);
	facts_free(facts);
	scratch_remove(scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_after_judge__each_fault_of_the_group__is_one_finding),
		TEST(test_after_judge__each_fault_of_the_deployment__is_one_finding),
		TEST(test_after_judge__not_known__is_one_note),
	};

	return run_tests(tests);
}
