/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What may stand at the end of a command line. A table says for each word that the help uses for an argument ("PLAN",
 * "STEP", "KEY=VALUE") what fits there; a command or an option that is new needs nothing here as long as its row uses
 * one of them.
 */
#include "cli/complete.h"

#include "cli/finding_codes.h"
#include "cli/options.h"
#include "core/text.h"
#include "pipeline/journal.h"
#include "pipeline/planfile.h"
#include "pipeline/sequence.h"
#include "pipeline/validate.h"
#include "render/render.h"

struct line {                           /* what stands before the word that is typed */
	const struct command *command;  /* NULL: none is named */
	const char *const *arguments;
	size_t argument_count;
	const struct option_row *pending; /* whose value is typed; NULL: none */
	const char *named_plan;         /* --plan; NULL: none */
	bool ended;                     /* "--" was there */
	const char *typed;              /* the word, or its part behind "--name=" */
	const char *before;             /* "--name=", which goes before each candidate */
	struct plan *plan;              /* loaded when first asked for */
	bool plan_tried;
	struct arena *arena;
	struct strbuf *out;
};

/* ---- candidates ---- */

static bool is_harmless(const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._@=+:,/[]-";

	return *word && word[strspn(word, plain)] == '\0';
}

static bool begins_fold(const char *word, const char *start)
{
	struct strbuf head = STRBUF_INIT;
	size_t length = strlen(start);

	if (strlen(word) < length)
		return false;
	strbuf_add(&head, word, length);
	bool same = text_equal_fold(strbuf_text(&head), start);
	strbuf_clear(&head);
	return same;
}

static void offer(const struct line *line, const char *word, const char *what)
{
	if (!word || !is_harmless(word) || !begins_fold(word, line->typed))
		return;
	strbuf_printf(line->out, "%s%s\t", line->before, word);
	if (what)
		text_visible(line->out, what);
	strbuf_putc(line->out, '\n');
}

/* What a shell completes itself. */
static void leave_to_shell(const struct line *line, const char *what)
{
	strbuf_printf(line->out, "%s\n", what);
}

/* ---- the plan ---- */

static const char *argument_called(const struct line *line, const char *name)
{
	for (size_t i = 0; i < line->argument_count; i++) {
		if (str_eq(command_argument(line->command, i, line->arena), name))
			return line->arguments[i];
	}
	return NULL;
}

static struct plan *the_plan(struct line *line)
{
	const char *path = line->named_plan ? line->named_plan : argument_called(line, "PLAN");
	struct diags diags = DIAGS_INIT;

	if (!line->plan_tried && path && !str_eq(path, "-"))
		plan_load(path, &line->plan, NULL, &diags);
	line->plan_tried = true;
	diags_clear(&diags);
	return line->plan;
}

static const struct flow *the_flow(struct line *line)
{
	const char *product = argument_called(line, "PRODUCT");

	if (product)
		return flow_find(product);
	return the_plan(line) ? line->plan->flow : NULL;
}

static void offer_servers(struct line *line)
{
	const struct plan *plan = the_plan(line);

	for (size_t i = 0; plan && i < plan_server_count(plan); i++)
		offer(line, plan_server(plan, i)->name, NULL);
}

static void offer_steps(struct line *line)
{
	struct sequence sequence = { NULL, 0 };
	struct diags diags = DIAGS_INIT;

	if (the_plan(line) && validate_plan(line->plan, &diags))
		sequence = sequence_build(line->plan, line->arena);
	for (size_t i = 0; i < sequence.count; i++)
		offer(line, sequence.items[i].id, sequence.items[i].title);
	diags_clear(&diags);
}

/* Nobody answers what a step brings about. */
static void offer_checks(struct line *line)
{
	const struct flow *flow = the_flow(line);

	for (const struct prereq *row = flow ? flow->prereqs : NULL; row && row->id; row++) {
		if (!row->step)
			offer(line, row->id, row->title);
	}
}

/* The codes of what is to be said about the plan now; without a plan all but those of prerequisites. */
static void offer_codes(struct line *line)
{
	enum { CODES_MOST = 200 };
	struct diags diags = DIAGS_INIT;
	const struct plan *plan = the_plan(line);
	const char *codes[CODES_MOST];
	size_t count = 0;

	for (const struct finding_code *row = finding_codes; !plan && row->code; row++)
		offer(line, row->code, row->text);
	if (plan) {
		validate_plan(plan, &diags);
		prereq_judge(plan, NULL, NULL, &(struct judge_wish){ true, SEV_NOTE }, &diags);
	}
	for (size_t i = 0; i < diags.count && count < CODES_MOST; i++) {
		size_t at = 0;

		while (at < count && !str_eq(codes[at], diags.items[i].code))
			at++;
		if (at < count)
			continue;
		codes[count++] = diags.items[i].code;
		offer(line, diags.items[i].code, diags.items[i].text);
	}
	diags_clear(&diags);
}

/* ---- answers ---- */

/* In "ONE,TWO" only what is behind the last SEPARATOR is typed still; false: there is none. */
static bool next_of_list(struct line *line, char separator)
{
	const char *last = strrchr(line->typed, separator);

	if (!last)
		return false;
	line->before = arena_printf(line->arena, "%s%.*s", line->before, (int)(last + 1 - line->typed), line->typed);
	line->typed = last + 1;
	return true;
}

static void offer_values(struct line *line, const struct field *field, const char *key)
{
	const struct choice *choice;

	if (field->kind == FIELD_FLAG) {
		offer(line, arena_printf(line->arena, "%s=true", key), NULL);
		offer(line, arena_printf(line->arena, "%s=false", key), NULL);
	}
	bool more = field->kind == FIELD_CHOICES && next_of_list(line, '+');
	for (size_t i = 0; line->plan && (choice = field_offer(field, line->plan, i)); i++)
		offer(line, more ? choice->id : arena_printf(line->arena, "%s=%s", key, choice->id), choice->label);
}

/* "servers[MS01].roles": a row and its column, for commands that change a plan. */
static void offer_cells(struct line *line, const struct field *field)
{
	const struct plan *plan = line->plan;

	for (size_t i = 0; i < plan_server_count(plan); i++) {
		const char *name = plan_server(plan, i)->name;
		const char *row = arena_printf(line->arena, "%s[%s].", field->key, name ? name : "");

		if (!name || !begins_fold(line->typed, row)) {
			offer(line, row, NULL);
			continue;
		}
		for (const struct field *const *column = field->columns; *column; column++) {
			const char *key = arena_printf(line->arena, "%s%s", row, (*column)->key);

			if (!str_starts(line->typed, arena_printf(line->arena, "%s=", key)))
				offer(line, arena_printf(line->arena, "%s=", key), field_label(*column, plan));
			else
				offer_values(line, *column, key);
		}
	}
}

static void offer_answers(struct line *line)
{
	const struct flow *flow = the_flow(line);
	bool changes = the_plan(line) != NULL;

	if (!flow)
		return;
	if (!line->plan)
		line->plan = plan_new(flow);
	if (!strchr(line->typed, '='))
		strbuf_puts(line->out, COMPLETE_OPEN "\n");
	for (const struct field *const *at = flow->fields; *at; at++) {
		const struct field *field = *at;

		if (field->kind == FIELD_SECRET || field == &field_product)
			continue;
		if (changes && field == flow->servers)
			offer_cells(line, field);
		else if (strchr(line->typed, '='))
			offer_values(line, field, field->key);
		else
			offer(line, arena_printf(line->arena, "%s=", field->key), field_label(field, line->plan));
	}
}

/* ---- words of the help ---- */

static void offer_releases(struct line *line)
{
	for (const struct release *release = releases; release->id; release++)
		offer(line, release->id, release->name);
}

/* "path [PRODUCT] FROM TO": a release where the product is left out. */
static bool product_may_lack(const struct line *line)
{
	return line->command && str_starts(line->command->arguments, "[PRODUCT] FROM");
}

static void offer_products(struct line *line)
{
	const struct flow *flow;

	for (size_t i = 0; (flow = flow_at(i)); i++)
		offer(line, flow->id, flow->title);
	if (product_may_lack(line))
		offer_releases(line);
}

static void offer_formats(struct line *line)
{
	for (const struct renderer *renderer = renderers; renderer->name; renderer++)
		offer(line, renderer->name, renderer->label);
	for (const struct folder_renderer *folder = folder_renderers; folder->name; folder++)
		offer(line, folder->name, folder->label);
}

static void offer_states(struct line *line)
{
	for (unsigned i = 0; i < MARK_COUNT; i++)
		offer(line, mark_name((enum mark)i), NULL);
}

static void offer_commands(struct line *line)
{
	for (const struct command *command = command_table; command->name; command++)
		offer(line, command->name, command->summary);
}

static void offer_plans(struct line *line) { leave_to_shell(line, COMPLETE_PLANS); }
static void offer_files(struct line *line) { leave_to_shell(line, COMPLETE_FILES); }
static void offer_folders(struct line *line) { leave_to_shell(line, COMPLETE_FOLDERS); }

static const struct {
	const char *word;
	void (*offer)(struct line *line);
} words_of_help[] = {
	{ "PLAN", offer_plans },         { "FILE", offer_files },
	{ "LOG", offer_files },          { "DIR-OR-FILE", offer_files },
	{ "FOLDER", offer_folders },     { "SERVER", offer_servers },
	{ "STEP", offer_steps },         { "STATE", offer_states },
	{ "FORMAT", offer_formats },     { "PRODUCT", offer_products },
	{ "KEY=VALUE", offer_answers },  { "CHECK", offer_checks },
	{ "CODE", offer_codes },         { "FROM", offer_releases },
	{ "TO", offer_releases },        { "FACTS", offer_files },
	{ "COMMAND", offer_commands },
};

static void offer_word(struct line *line, const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(words_of_help); i++) {
		if (str_eq(words_of_help[i].word, word))
			words_of_help[i].offer(line);
	}
	if (word[0] >= 'a' && word[0] <= 'z')
		offer(line, word, NULL);
}

/* What fits ARGUMENT as the help writes it: "FILE", "text|json", "ask|FILE", "CODE[,CODE...]". */
static void offer_argument(struct line *line, const char *argument)
{
	const char *at = argument;

	while (*at) {
		size_t length = strcspn(at, "|[");

		offer_word(line, arena_strndup(line->arena, at, length));
		at += length;
		if (*at != '|')
			break;
		at++;
	}
}

/* ---- the line ---- */

static enum command_id command_of(const struct line *line)
{
	return line->command ? (enum command_id)(line->command - command_table) : COMMAND_WIZARD;
}

static unsigned command_bit(const struct line *line)
{
	return 1u << command_of(line);
}

/* The command's own, where several have that name. */
static const struct option_row *option_called(const struct line *line, const char *word)
{
	const struct option_row *found = NULL;

	for (const struct option_row *row = option_table; row->name; row++) {
		bool is_long = str_starts(word, "--") && str_eq(word + 2, row->name);
		bool is_short = word[0] == '-' && row->letter && word[1] == row->letter && !word[2];

		if ((is_long || is_short) && (!found || row->commands & command_bit(line)))
			found = row;
	}
	return found;
}

static void take_option(struct line *line, const char *word)
{
	const struct option_row *row = option_called(line, word);

	line->pending = row && row->argument ? row : NULL;
	if (str_starts(word, "--plan="))
		line->named_plan = word + strlen("--plan=");
}

static void take_word(struct line *line, const char *word, const char **arguments)
{
	if (line->pending) {
		if (str_eq(line->pending->name, "plan"))
			line->named_plan = word;
		line->pending = NULL;
	} else if (!line->ended && str_eq(word, "--")) {
		line->ended = true;
	} else if (!line->ended && word[0] == '-' && word[1]) {
		take_option(line, word);
	} else if (line->command) {
		arguments[line->argument_count++] = word;
	} else {
		for (const struct command *command = command_table; command->name; command++) {
			if (str_eq(command->name, word))
				line->command = command;
		}
	}
}

static void offer_options(struct line *line)
{
	for (const struct option_row *row = option_table; row->name; row++) {
		if (row->commands & command_bit(line))
			offer(line, arena_printf(line->arena, "--%s", row->name),
			      option_help(row, command_of(line)));
	}
}

/* The value of "--name=VALUE", or of the option before. */
static bool offer_option_value(struct line *line)
{
	const char *equals = strchr(line->typed, '=');
	const struct option_row *row = line->pending;

	if (!row && !line->ended && str_starts(line->typed, "--") && equals) {
		line->before = arena_strndup(line->arena, line->typed, (size_t)(equals - line->typed) + 1);
		row = option_called(line, arena_strndup(line->arena, line->typed, (size_t)(equals - line->typed)));
		line->typed = equals + 1;
		if (!row)
			return true;
	}
	if (row && row->argument && strstr(row->argument, "[,"))
		next_of_list(line, ',');
	/* The command of --probe is one of the shell. */
	if (row && row->argument && !str_eq(row->argument, "COMMAND"))
		offer_argument(line, row->argument);
	return row != NULL;
}

/* What the argument that is typed is called; NULL: there is no such one. */
static const char *typed_argument(const struct line *line)
{
	size_t index = line->argument_count;

	if (index && product_may_lack(line) && !flow_find(line->arguments[0]))
		index++;
	return command_argument(line->command, index, line->arena);
}

void complete_line(const char *const *words, size_t count, struct strbuf *out)
{
	struct line line = { .typed = count ? words[count - 1] : "", .before = "", .arena = arena_new(), .out = out };
	const char **arguments = arena_array(line.arena, count + 1, sizeof(*arguments)), *word;

	line.arguments = arguments;
	for (size_t i = 0; i + 1 < count; i++)
		take_word(&line, words[i], arguments);
	if (!offer_option_value(&line)) {
		if (!line.ended && line.typed[0] == '-')
			offer_options(&line);
		else if (!line.command)
			offer_commands(&line);
		else if ((word = typed_argument(&line)))
			offer_argument(&line, word);
	}
	plan_free(line.plan);
	arena_free(line.arena);
}
