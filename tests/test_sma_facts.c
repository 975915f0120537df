/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: what facts of a deployment in which one thing is wrong give.
 */
#include "faulty.h"
#include "helpers.h"

#define WEB "smaweb01.contoso.com"
#define WORKER "wrk01.contoso.com"
#define NEW_WORKER "wrk02.contoso.com"
#define OLD_SQL "error sql-version prerequisites|SQL Server 2016 (13.0.6300.2)|"
#define REPLACES_WORKER { "plan", "'" NEW_WORKER "', roles: ['runbook-worker']", \
			  "'" NEW_WORKER "', roles: ['runbook-worker'], replaces: '" WORKER "'" }
#define LATER(from, to) { "plan", "source: '2012-r2'\ntarget: '2016'", "source: '" from "'\ntarget: '" to "'" }

static const char *const servers[] = { "smaweb01.contoso.com", "wrk01.contoso.com", "wrk02.contoso.com", NULL };
static const struct faulty_ground deployment = { "tests/expected/from-sma.yaml", "facts/sma", "source-level: 'UR12'\n",
						 servers };

/* clang-format off */
static const struct fault faults[] = {
	{ 0, { { NULL, NULL, NULL } }, { NULL } },
	/* the builds: by the plan 2012 R2 is there */
	{ 1, { { WORKER, "worker-version: '7.2.1563.0'", "worker-version: '7.3.345.0'" } },
	  { "warning installed-release " WORKER "|has 7.3.345.0, the build of 2016 or of a later release|" } },
	{ 2, { { WEB, "service-version: '7.2.1563.0'", "service-version: '7.3.400.0'" } },
	  { "warning installed-release " WEB
	    "|the web service has 7.3.400.0, the build of 2016 or of a later release|" } },
	{ 3, { { WORKER, "worker-version: '7.2.1563.0'", "worker-version: '7.1.100.0'" } }, { NULL } },
	{ 4, { { WORKER, "worker-version: '7.2.1563.0'", "worker-version: 'seven'" } },
	  { "error version-form builds.runbook-worker-version||" } },
	/* the folders */
	{ 5, { { WORKER, "worker-folder: 'C:", "worker-folder: 'E:" } },
	  { "warning install-folder " WORKER "|the runbook worker is in E:|" } },
	{ 6, { { WEB, "web-service-folder: 'C:", "web-service-folder: 'E:" } },
	  { "warning install-folder " WEB "|the web service is in E:|" } },
	{ 7, { { WEB, "web-service-folder: 'C:", "web-service-folder: 'E:" },
	       { "plan", "install-folder: 'c:\\inetpub", "install-folder: 'E:\\inetpub" } }, { NULL } },
	/* the certificate */
	{ 8, { { WEB, "'2027-10-01'", "'2026-11-20'" } },
	  { "warning web-certificate " WEB "|its certificate expired on 2026-11-20|" } },
	{ 9, { { WEB, "'2027-10-01'", "'2026-11-20'" }, { WEB, "self-signed: false", "self-signed: true" } },
	  { "warning web-certificate " WEB "|which is self-signed, expired on 2026-11-20|" } },
	{ 10, { { WEB, "'2027-10-01'", "'2026-11-20'" }, { WEB, "  certificate-self-signed: false\n", "" } },
	  { "warning web-certificate " WEB "|its certificate expired on 2026-11-20|" } },
	{ 11, { { WEB, "certificate-name: 'smaweb01.contoso.com'", "certificate-name: 'auto.contoso.com'" } },
	  { "warning web-certificate " WEB "|its certificate is for auto.contoso.com|" } },
	{ 12, { { WEB, "certificate-name: 'smaweb01.contoso.com'", "certificate-name: 'auto.contoso.com'" },
		{ "plan", "certificate-serial:", "address: 'auto.contoso.com'\n  certificate-serial:" } }, { NULL } },
	{ 13, { { WEB, "certificate-name: 'smaweb01.contoso.com'", "certificate-name: '*.contoso.com'" } }, { NULL } },
	{ 14, { { WEB, "  certificate-name: 'smaweb01.contoso.com'\n", "" } }, { NULL } },
	{ 15, { { WEB, "'2027-10-01'", "'2026-11-20'" }, { "plan", "ssl: true", "ssl: false" } },
	  { "warning facts-differ web-service.ssl|the plan says \"no\"|" } },
	{ 16, { { WEB, "  certificate-ends: '2027-10-01'\n", "" } }, { NULL } },
	/* the license */
	{ 17, { { WEB, "'Retail'", "'Evaluation until 2027-01-01'" } },
	  { "warning license " WEB "|Evaluation until 2027-01-01|" } },
	{ 18, { { WEB, "  license: 'Retail'\n", "" } }, { NULL } },
	/* Windows */
	{ 19, { { WORKER, "kind: 'server'", "kind: 'workstation'" } },
	  { "error worker-requirements " WORKER "|Windows 10 (10.0.14393)|" } },
	{ 20, { { WORKER, "'10.0.14393'", "'6.2.9200'" } },
	  { "error worker-requirements " WORKER "|Windows Server 2012 (6.2.9200)|" } },
	{ 21, { { WORKER, "'10.0.14393'", "'6.3.9600'" } },
	  { "warning worker-requirements " WORKER "|Windows Server 2012 R2 (6.3.9600)|" } },
	{ 22, { { WORKER, "'10.0.14393'", "'10.0.17763'" } }, { NULL } },
	{ 23, { { WORKER, "'10.0.14393'", "'11.0.1'" } }, { NULL } },
	{ 24, { { WORKER, "  kind: 'server'\n", "" } },
	  { "unknown worker-requirements " WORKER "|not known|" } },
	{ 25, { { WORKER, "'10.0.14393'", "'ten'" } },
	  { "error version-form os.version||",
	    "unknown worker-requirements " WORKER "|not known|" } },
	/* the accounts */
	{ 26, { { WORKER, "account: 'CONTOSO\\svc-sma'", "account: 'CONTOSO\\other'" } },
	  { "error facts-differ accounts.worker-service.user|CONTOSO\\other|",
	    "unknown database-rights prerequisites|not known|" } },
	{ 27, { { WEB, "application-pool-account: 'CONTOSO\\svc-smaweb'",
		  "application-pool-account: 'CONTOSO\\other'" } },
	  { "error facts-differ accounts.application-pool.user|CONTOSO\\other|",
	    "unknown database-rights prerequisites|not known|" } },
	{ 28, { { "plan", "source-level: 'UR12'", "source-level: 'RTM'" } },
	  { "error source-build prerequisites|RTM by the plan|" } },
	{ 29, { { "plan", "source-level: 'UR12'", "source-level: ''" } },
	  { "unknown source-build prerequisites|not known|" } },
	/* later hops, where the documents name the build of the source and the lists of Windows differ */
	{ 30, { LATER("2016", "2019"), { "all", "worker-version: '7.2.1563.0'", "worker-version: '7.3.345.0'" },
		{ WEB, "service-version: '7.2.1563.0'", "service-version: '7.3.345.0'" } },
	  { NULL } },
	{ 31, { LATER("2016", "2019"), { "all", "worker-version: '7.2.1563.0'", "worker-version: '7.3.345.0'" } },
	  { "warning installed-release " WEB "|the web service has 7.2.1563.0, a build before 2016|" } },
	{ 32, { LATER("2019", "2022") }, { NULL } },
	{ 33, { LATER("2019", "2022"), { WORKER, "'10.0.14393'", "'10.0.20348'" } }, { NULL } },
	{ 34, { LATER("2019", "2022"), { WORKER, "'10.0.14393'", "'6.3.9600'" } },
	  { "error worker-requirements " WORKER "|(6.3.9600), which fits neither 2019 nor 2022|" } },
	/* a new server is judged by the target's list alone, and one that goes by the source's */
	{ 35, { LATER("2019", "2022"), REPLACES_WORKER },
	  { "error worker-requirements " NEW_WORKER "|(10.0.14393), which fits 2019, not 2022|" } },
	{ 36, { LATER("2019", "2022"), REPLACES_WORKER, { NEW_WORKER, "'10.0.14393'", "'10.0.20348'" },
		{ WORKER, "worker-folder: 'C:", "worker-folder: 'E:" },
		{ NEW_WORKER, "worker-folder: 'C:", "worker-folder: 'E:" } },
	  { NULL } },
	{ 37, { LATER("2022", "2025"), REPLACES_WORKER, { NEW_WORKER, "'10.0.14393'", "'10.0.20348'" },
		{ WORKER, "'10.0.14393'", "'10.0.20348'" }, { WEB, "'10.0.14393'", "'10.0.26100'" } },
	  { "error worker-requirements " NEW_WORKER "|which fits 2022, not 2025, and nothing fits both|",
	    OLD_SQL } },
	{ 38, { LATER("2022", "2025"), REPLACES_WORKER, { NEW_WORKER, "'10.0.14393'", "'10.0.26100'" },
		{ WORKER, "'10.0.14393'", "'10.0.26100'" }, { WEB, "'10.0.14393'", "'10.0.26100'" } },
	  { "error worker-requirements " WORKER "|which fits 2025, not 2022: move there only after the upgrade|",
	    OLD_SQL } },
};
/* clang-format on */

static void test_check__each_fault__gives_what_is_right(void **state)
{
	(void)state;
	faulty_assert_each(&deployment, faults, ARRAY_LEN(faults));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_check__each_fault__gives_what_is_right),
	};

	return run_tests(tests);
}
