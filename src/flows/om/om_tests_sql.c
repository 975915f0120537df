/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: the tests of its databases. Management servers ask the databases; the facts of every
 * server of the plan count.
 */
#include "flows/om/om_tests.h"
#include "flows/common/both_sides.h"

#include "core/text.h"

/* Bits in the order of om_databases. */
enum { OPERATIONAL = 1u << 0, WAREHOUSE = 1u << 1, ACS = 1u << 2, REPORT = 1u << 3 };

#define OPERATIONAL_AND_WAREHOUSE (OPERATIONAL | WAREHOUSE)

enum check_state om_test_sql_version(struct check_context *context)
{
	return check_sql_version(context, om_databases, OPERATIONAL_AND_WAREHOUSE | ACS | REPORT,
				 OPERATIONAL_AND_WAREHOUSE, false);
}

struct same_version {
	const struct hop *hop;
	const char *first; /* the first one's release, "2016"; NULL: none yet */
};

/* One that is not supported at all is told by sql-version. */
static enum check_state judge_same_version(const struct database_asked *database)
{
	const char *version = fact_text(database->facts, &fact_database_version);
	struct same_version *same = database->data;
	unsigned numbers[4];
	const char *year;

	if (!version)
		return CHECK_UNKNOWN;
	fact_version(version, numbers);
	year = sql_year(numbers);
	strbuf_printf(database->say, "SQL Server %s (%s)", year ? year : "of an unknown release", version);
	if (!year || side_of_sql(same->hop, numbers) != SIDE_BOTH)
		return CHECK_PASSED;
	if (!same->first)
		same->first = year;
	if (str_eq(year, same->first))
		return CHECK_PASSED;
	strbuf_printf(database->say, ", but another one is on SQL Server %s", same->first);
	return CHECK_FAILED;
}

enum check_state om_test_sql_same(struct check_context *context)
{
	struct same_version same = { context->scope->hop, NULL };

	return check_databases(context, om_databases, OPERATIONAL_AND_WAREHOUSE | ACS | REPORT,
			       OPERATIONAL_AND_WAREHOUSE, judge_same_version, &same);
}

static enum check_state judge_full_text(const struct database_asked *database)
{
	bool installed;

	if (!fact_flag(database->facts, &fact_database_full_text, &installed))
		return CHECK_UNKNOWN;
	strbuf_puts(database->say, installed ? "installed" : "not installed");
	return installed ? CHECK_PASSED : CHECK_FAILED;
}

enum check_state om_test_full_text(struct check_context *context)
{
	return check_databases(context, om_databases, OPERATIONAL_AND_WAREHOUSE, OPERATIONAL_AND_WAREHOUSE,
			       judge_full_text, NULL);
}

static enum check_state judge_collation(const struct database_asked *database)
{
	/* clang-format off */
	static const char *const supported[] = {
		"SQL_Latin1_General_CP1_CI_AS", "Latin1_General_100_CI_AS", "Latin1_General_CI_AS", "French_CI_AS",
		"French_100_CI_AS", "Cyrillic_General_CI_AS", "Cyrillic_General_100_CI_AS", "Chinese_PRC_CI_AS",
		"Chinese_Simplified_Pinyin_100_CI_AS", "Chinese_Traditional_Stroke_Count_100_CI_AS",
		"Japanese_CI_AS", "Japanese_XJIS_100_CI_AS", "Traditional_Spanish_CI_AS", "Modern_Spanish_100_CI_AS",
		"Korean_100_CI_AS", "Czech_100_CI_AS", "Hungarian_100_CI_AS", "Polish_100_CI_AS",
		"Finnish_Swedish_100_CI_AS",
	};
	/* clang-format on */
	const char *collation = fact_text(database->facts, &fact_database_collation);

	if (!collation)
		return CHECK_UNKNOWN;
	strbuf_puts(database->say, collation);
	for (size_t i = 0; i < ARRAY_LEN(supported); i++) {
		if (text_equal_fold(collation, supported[i]))
			return CHECK_PASSED;
	}
	return CHECK_WARNING;
}

enum check_state om_test_collation(struct check_context *context)
{
	return check_databases(context, om_databases, OPERATIONAL_AND_WAREHOUSE, OPERATIONAL_AND_WAREHOUSE,
			       judge_collation, NULL);
}

static enum check_state judge_space(const struct database_asked *database)
{
	uint64_t size, free_mb, log_mb;

	if (!fact_number(database->facts, &fact_database_size, &size) ||
	    !fact_number(database->facts, &fact_database_free, &free_mb) ||
	    !fact_number(database->facts, &fact_database_log, &log_mb) || !size)
		return CHECK_UNKNOWN;
	strbuf_printf(database->say, "%llu of %llu MB free (%llu %%), log %llu MB (%llu %%)",
		      (unsigned long long)free_mb, (unsigned long long)size, (unsigned long long)(free_mb * 100 / size),
		      (unsigned long long)log_mb, (unsigned long long)(log_mb * 100 / size));
	return free_mb * 2 > size && log_mb * 2 >= size ? CHECK_PASSED : CHECK_FAILED;
}

enum check_state om_test_space(struct check_context *context)
{
	return check_databases(context, om_databases, OPERATIONAL, OPERATIONAL, judge_space, NULL);
}

static enum check_state judge_groom(const struct database_asked *database)
{
	uint64_t rows;

	if (!fact_number(database->facts, &fact_database_groom, &rows))
		return CHECK_UNKNOWN;
	strbuf_printf(database->say, "%llu rows to groom", (unsigned long long)rows);
	return rows > 100000 ? CHECK_WARNING : CHECK_PASSED;
}

enum check_state om_test_groom(struct check_context *context)
{
	return check_databases(context, om_databases, OPERATIONAL, OPERATIONAL, judge_groom, NULL);
}

static enum check_state judge_allow_updates(const struct database_asked *database)
{
	bool allowed;

	if (!fact_flag(database->facts, &fact_database_allow_updates, &allowed))
		return CHECK_UNKNOWN;
	strbuf_printf(database->say, "allow updates is %d", allowed);
	return allowed ? CHECK_FAILED : CHECK_PASSED;
}

enum check_state om_test_allow_updates(struct check_context *context)
{
	return check_databases(context, om_databases, OPERATIONAL_AND_WAREHOUSE, OPERATIONAL_AND_WAREHOUSE,
			       judge_allow_updates, NULL);
}

static enum check_state judge_broker(const struct database_asked *database)
{
	bool on;

	if (!fact_flag(database->facts, &fact_database_broker, &on))
		return CHECK_UNKNOWN;
	strbuf_puts(database->say, on ? "Service Broker is on" : "Service Broker is off");
	return on ? CHECK_PASSED : CHECK_WARNING;
}

enum check_state om_test_broker(struct check_context *context)
{
	return check_databases(context, om_databases, OPERATIONAL, OPERATIONAL, judge_broker, NULL);
}

static enum check_state judge_sysadmin(const struct database_asked *database)
{
	const char *who = fact_text(database->asked_by, &fact_account_name);
	bool member;

	if (!fact_flag(database->facts, &fact_database_sysadmin, &member))
		return CHECK_UNKNOWN;
	strbuf_printf(database->say, member ? "%s is a sysadmin" : "%s ran the collector and is not a sysadmin",
		      who ? who : "the account");
	return member ? CHECK_PASSED : CHECK_WARNING;
}

enum check_state om_test_account_sql(struct check_context *context)
{
	unsigned required = OPERATIONAL_AND_WAREHOUSE;

	if (plan_first_with(context->scope->plan, OM_REPORTING))
		required |= REPORT;
	return check_databases(context, om_databases, OPERATIONAL_AND_WAREHOUSE | REPORT, required, judge_sysadmin,
			       NULL);
}
