/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * From facts to verdicts.
 */
#include "flows/common/prereq_facts.h"

#include "core/text.h"
#include "flows/common/both_sides.h"

enum { DATABASES_SHOWN = 3 };

const struct fact_set *check_facts(const struct check_context *context)
{
	return facts_of(context->scope->facts, context->scope->server ? context->scope->server->name : NULL);
}

enum check_state check_say(struct check_context *context, enum check_state state, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	context->found = arena_vprintf(context->scope->arena, format, args);
	va_end(args);
	return state;
}

enum check_state check_unknown(struct check_context *context, const char *group)
{
	const char *why = fact_why_unread(check_facts(context), group);

	return why ? check_say(context, CHECK_UNKNOWN, "not read: %s", why) : CHECK_UNKNOWN;
}

enum check_state check_minimum(struct check_context *context, const struct field *fact, uint64_t least,
			       enum check_state below, const char *unit, const char *group)
{
	uint64_t value;

	if (!fact_number(check_facts(context), fact, &value))
		return check_unknown(context, group);
	return check_say(context, value < least ? below : CHECK_PASSED, "%llu %s", (unsigned long long)value, unit);
}

enum check_state check_flag(struct check_context *context, const struct field *fact, bool wanted, enum check_state bad,
			    const char *yes, const char *no, const char *group)
{
	bool value;

	if (!fact_flag(check_facts(context), fact, &value))
		return check_unknown(context, group);
	return check_say(context, value == wanted ? CHECK_PASSED : bad, "%s", value ? yes : no);
}

enum check_state check_pending_reboot(struct check_context *context)
{
	const struct names *reasons = fact_names(check_facts(context), &fact_reboot_reasons);
	enum check_state state = check_flag(context, &fact_reboot_pending, false, CHECK_WARNING,
					    "a restart is pending", "no restart is pending", "reboot");
	struct strbuf text = STRBUF_INIT;

	if (state != CHECK_WARNING || !reasons || !reasons->count)
		return state;
	for (size_t i = 0; i < reasons->count; i++)
		strbuf_printf(&text, "%s%s", i ? ", " : "", reasons->items[i]);
	check_say(context, state, "a restart is pending: %s", strbuf_text(&text));
	strbuf_clear(&text);
	return state;
}

enum check_state check_version(struct check_context *context, const struct field *fact, const char *least,
			       const char *what, const char *group)
{
	const char *text = fact_text(check_facts(context), fact);
	unsigned have[4];

	if (!text)
		return check_unknown(context, group);
	fact_version(text, have);
	return check_say(context, build_reaches(have, least) ? CHECK_PASSED : CHECK_FAILED, "%s %s", what, text);
}

static bool has_name(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++) {
		if (text_equal_fold(names->items[i], name))
			return true;
	}
	return false;
}

enum check_state check_features(struct check_context *context, const char *const *features)
{
	const struct names *names = fact_names(check_facts(context), &fact_iis_features);
	struct strbuf missing = STRBUF_INIT;
	enum check_state state;

	if (!names)
		return check_unknown(context, "iis");
	for (; *features; features++) {
		if (!has_name(names, *features))
			strbuf_printf(&missing, "%s%s", missing.length ? ", " : "not installed: ", *features);
	}
	if (missing.length)
		state = check_say(context, CHECK_FAILED, "%s", strbuf_text(&missing));
	else
		state = check_say(context, CHECK_PASSED, "all are installed");
	strbuf_clear(&missing);
	return state;
}

#define SERVER_WORDS "Windows Server "
#define WORKSTATION_WORDS "Windows "

struct windows {
	unsigned version[4]; /* build 0: any */
	const char *server, *workstation;
};

/* clang-format off */
static const struct windows known_windows[] = {
	{ { 6, 0, 0, 0 }, SERVER_WORDS "2008", WORKSTATION_WORDS "Vista" },
	{ { 6, 1, 0, 0 }, SERVER_WORDS "2008 R2", WORKSTATION_WORDS "7" },
	{ { 6, 2, 0, 0 }, SERVER_WORDS "2012", WORKSTATION_WORDS "8" },
	{ { 6, 3, 0, 0 }, SERVER_WORDS "2012 R2", WORKSTATION_WORDS "8.1" },
	{ { 10, 0, 14393, 0 }, SERVER_WORDS "2016", WORKSTATION_WORDS "10" },
	{ { 10, 0, 17763, 0 }, SERVER_WORDS "2019", WORKSTATION_WORDS "10" },
	{ { 10, 0, 20348, 0 }, SERVER_WORDS "2022", WORKSTATION_WORDS "10" },
	{ { 10, 0, 26100, 0 }, SERVER_WORDS "2025", WORKSTATION_WORDS "11" },
};
/* clang-format on */

const char *check_drive_moves(const struct scope *scope, const char *what, const char *todays, const char *planned)
{
	if (!todays || !planned || !todays[0] || todays[1] != ':' || !planned[0] ||
	    text_equal_fold(arena_strndup(scope->arena, todays, 1), arena_strndup(scope->arena, planned, 1)))
		return NULL;
	return arena_printf(scope->arena, "the %s is in %s today, the plan has %s", what, todays, planned);
}

const char *windows_name(const unsigned version[4], bool workstation)
{
	for (size_t i = 0; i < ARRAY_LEN(known_windows); i++) {
		const struct windows *one = &known_windows[i];

		if (one->version[0] == version[0] && one->version[1] == version[1] &&
		    (one->version[2] == 0 || one->version[2] == version[2]))
			return workstation ? one->workstation : one->server;
	}
	if (workstation && version[0] == 10)
		return version[2] >= 22000 ? WORKSTATION_WORDS "11" : WORKSTATION_WORDS "10";
	return NULL;
}

bool windows_is_one_of(const unsigned version[4], bool workstation, const char *const *names)
{
	const char *name = windows_name(version, workstation);
	size_t skip = strlen(workstation ? WORKSTATION_WORDS : SERVER_WORDS);

	for (; name && names && *names; names++) {
		if (str_eq(name + skip, *names))
			return true;
	}
	return false;
}

bool windows_reaches(const unsigned version[4], const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(known_windows); i++) {
		if (str_eq(known_windows[i].server + strlen(SERVER_WORDS), name))
			return fact_version_compare(version, known_windows[i].version) >= 0;
	}
	bug("no Windows Server %s", name);
}

/* ---- databases ---- */

/* The bit of DATABASE's role; 0: none of ROLES. */
static unsigned role_of(const struct choice *roles, const struct fact_set *database)
{
	for (size_t i = 0; roles[i].id; i++) {
		if (str_eq(fact_text(database, &fact_database_role), roles[i].id))
			return 1u << i;
	}
	return 0;
}

struct survey {
	struct check_context *context;
	const struct choice *roles;
	unsigned known; /* heard of */
	judge_database_fn *judge;
	void *data;
	enum check_state worst;
	struct strbuf found; /* what was said with the worst verdict */
	size_t said;
};

/* States are in the order of their weight: the smallest is the worst. */
static void add_verdict(struct survey *survey, enum check_state state, const char *text, const char *asked_from)
{
	if (state > survey->worst)
		return;
	if (state < survey->worst) {
		strbuf_reset(&survey->found);
		survey->said = 0;
	}
	survey->worst = state;
	/* Several management servers ask the same database: it is named once. */
	if (survey->said >= DATABASES_SHOWN || strstr(strbuf_text(&survey->found), text))
		return;
	strbuf_printf(&survey->found, "%s%s (asked from %s)", survey->said ? "; " : "", text, asked_from);
	survey->said++;
}

/* The newest of those that say the worst counts: a record outweighs what was collected before it. */
static void note_time(struct survey *survey, const struct fact_set *asked_by)
{
	const char *collected = fact_text(asked_by, &fact_collected);

	if (collected && (!survey->context->collected || strcmp(survey->context->collected, collected) < 0))
		survey->context->collected = collected;
}

static void judge_row(struct survey *survey, const struct fact_set *database, const struct fact_set *asked_by)
{
	const char *asked_from = fact_text(asked_by, &fact_server), *remedy = survey->context->remedy;
	struct strbuf text = STRBUF_INIT;
	enum check_state state;

	strbuf_printf(&text, "%s on %s: ", fact_text(database, &fact_database_name),
		      fact_text(database, &fact_database_server));
	state = survey->judge(&(struct database_asked){ database, asked_by, survey->context, &text, survey->data });
	if (state < survey->worst)
		survey->context->collected = NULL;
	if (state > survey->worst)
		survey->context->remedy = remedy;
	if (state != CHECK_UNKNOWN) {
		survey->known |= role_of(survey->roles, database);
		if (state <= survey->worst)
			note_time(survey, asked_by);
		add_verdict(survey, state, strbuf_text(&text), asked_from);
	}
	strbuf_clear(&text);
}

static const char *why_unread(const struct check_context *context)
{
	for (size_t i = 0; i < facts_count(context->scope->facts); i++) {
		const char *why = fact_why_unread(facts_at(context->scope->facts, i), "databases");

		if (why &&
		    plan_find_server(context->scope->plan, facts_host_at(context->scope->facts, i)))
			return why;
	}
	return NULL;
}

static enum check_state survey_end(struct survey *survey, unsigned required)
{
	struct check_context *context = survey->context;
	unsigned lacking = required & ~survey->known;
	enum check_state state = survey->worst;

	if (state >= CHECK_UNKNOWN && lacking) {
		const char *why = why_unread(context);

		for (size_t i = 0; survey->roles[i].id; i++) {
			if (survey->known && (lacking & 1u << i))
				check_say(context, CHECK_UNKNOWN, "%s is not known", survey->roles[i].label);
		}
		state = why ? check_say(context, CHECK_UNKNOWN, "not read: %s", why) : CHECK_UNKNOWN;
	} else {
		check_say(context, state, "%s", strbuf_text(&survey->found));
	}
	strbuf_clear(&survey->found);
	return state;
}

enum check_state check_databases(struct check_context *context, const struct choice *roles, unsigned asked,
				 unsigned required, judge_database_fn *judge, void *data)
{
	struct survey survey = { context, roles, 0, judge, data, CHECK_PASSED, STRBUF_INIT, 0 };

	for (size_t i = 0; i < facts_count(context->scope->facts); i++) {
		const struct fact_set *set = facts_at(context->scope->facts, i);

		if (!plan_find_server(context->scope->plan, facts_host_at(context->scope->facts, i)))
			continue;
		for (size_t j = 0; j < fact_row_count(set, &fact_databases); j++) {
			const struct fact_set *database = fact_row(set, &fact_databases, j);

			if (role_of(roles, database) & asked)
				judge_row(&survey, database, set);
		}
	}
	return survey_end(&survey, required);
}

/* The first builds with a service pack, of the releases of SQL Server that had any before they were supported. */
static bool has_service_pack(const unsigned version[4])
{
	static const char *const first[] = { "11.0.3000.0", "12.0.4100.1" };
	unsigned least[4];

	for (size_t i = 0; i < ARRAY_LEN(first); i++) {
		fact_version(first[i], least);
		if (least[0] == version[0])
			return fact_version_compare(version, least) >= 0;
	}
	return true;
}

static enum check_state judge_edition(const struct database_asked *database, const char *edition)
{
	if (strstr(edition, "Evaluation")) {
		database->context->remedy = "Install a license key for SQL Server: an evaluation ends after 180 days.";
		return CHECK_WARNING;
	}
	if (str_starts(edition, "Standard") || str_starts(edition, "Enterprise"))
		return CHECK_PASSED;
	database->context->remedy = "Change the edition to Standard or Enterprise, with the setup of SQL Server.";
	return str_starts(edition, "Developer") ? CHECK_WARNING : CHECK_FAILED;
}

struct sql_question {
	const struct scope *scope;
	bool moves;
};

/* DATA: the question. What setup itself does not take yet is named with the level that does. */
static enum check_state judge_sql_version(const struct database_asked *database)
{
	const char *version = fact_text(database->facts, &fact_database_version);
	const char *edition = fact_text(database->facts, &fact_database_edition);
	const struct sql_question *question = database->data;
	const struct scope *scope = question->scope;
	const struct sql_version *row;
	unsigned numbers[4];
	enum side side;

	if (!version)
		return CHECK_UNKNOWN;
	fact_version(version, numbers);
	strbuf_printf(database->say, "SQL Server %s (%s)%s%s",
		      sql_year(numbers) ? sql_year(numbers) : "of an unknown release", version, edition ? ", " : "",
		      edition ? edition : "");
	side = side_of_sql(scope->hop, numbers);
	row = release_sql(scope->hop->after, sql_year(numbers));
	if (side == SIDE_SOURCE && question->moves) {
		strbuf_printf(database->say, ", which fits %s; a step of the plan moves it", scope->hop->source->brief);
		side = SIDE_BOTH;
	}
	if (side != SIDE_BOTH && row && row->from_level)
		strbuf_printf(database->say, ", which setup refuses until %s of %s is installed",
			      row->from_level, scope->hop->target->brief);
	else
		strbuf_puts(database->say, side_advice(scope->hop, side, "SQL Server ",
						       hop_common_sql(scope->hop, scope->arena),
						       scope->hop->before->sql, scope->arena));
	if (side != SIDE_BOTH)
		return CHECK_FAILED;
	if (!has_service_pack(numbers)) {
		strbuf_puts(database->say, ", no service pack");
		database->context->remedy = "Install a service pack that is still supported.";
		return CHECK_WARNING;
	}
	return edition ? judge_edition(database, edition) : CHECK_UNKNOWN;
}

enum check_state check_sql_version(struct check_context *context, const struct choice *roles, unsigned asked,
				   unsigned required, bool moves)
{
	struct sql_question question = { context->scope, moves };

	return check_databases(context, roles, asked, required, judge_sql_version, &question);
}
