/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Expands a flow's task table over the servers of a plan. Linear in steps: the sets of edges that many steps
 * have in common are made once and shared.
 */
#include "pipeline/sequence.h"

/* What the step before of the same task was made of: the same words are kept once. */
struct made {
	const struct argument *const *from; /* the arguments that its words come from */
	struct command_words words;
	const char *uncertain;
};

struct build {
	const struct plan *plan;
	struct arena *arena;
	struct scope scope; /* of the plan */
	struct made *made;   /* by index of the task */
	unsigned *roles;     /* by number of the server in the plan; 0: it has no steps */
	struct word *words;  /* those of the step that is made just now, and where they come from */
	const struct argument **from;
	struct step *items;
	uint32_t *server_of; /* by step: number of its server in the plan */
	size_t count, room;
	struct step_set *of_task; /* by index of the task: its steps, in the order of the servers */
	size_t task_count;
};

static bool task_applies(const struct task *task, const struct scope *scope)
{
	return !task->applies || task->applies(scope);
}

/* Whether TASK, one with roles, has a step on the server NUMBER. */
static bool is_on(const struct build *build, const struct task *task, size_t number)
{
	if (!(build->roles[number] & task->roles))
		return false;
	struct scope scope = scope_on(&build->scope, plan_server(build->plan, number));
	return task_applies(task, &scope);
}

/* The words that TASK has here, into BUILD; their number. */
static size_t choose_words(struct build *build, const struct task *task, const struct scope *scope)
{
	size_t count = 0;

	for (size_t i = 0; task->arguments && i < task->arguments->count; i++) {
		const struct argument *argument = &task->arguments->items[i];
		if (argument->applies && !argument->applies(scope))
			continue;
		const char *value = argument->value_of ? argument->value_of(scope) : argument->value;
		if (!argument->account && (!value || !*value))
			continue; /* never "/Name:" with nothing behind it */
		build->from[count] = argument;
		build->words[count++] = (struct word){ argument->form, argument->name, value, argument->account };
	}
	return count;
}

static void put_doubt(struct strbuf *out, const char *text, size_t length)
{
	if (!length)
		return;
	strbuf_puts(out, out->length ? ", " : "");
	strbuf_add(out, text, length);
}

/* Without a reason it is the source with the tag AT that settles nothing. */
static void put_source(struct strbuf *out, const char *source, const char *at)
{
	const char *from = source, *end;

	for (const char *next = source; (next = strchr(next, ';')) && next < at; next++)
		from = next + 1 + strspn(next + 1, " ");
	end = strchr(from, '[');
	if (!end || end > at)
		end = at;
	strbuf_puts(out, out->length ? "; the documents leave it open (" : "the documents leave it open (");
	strbuf_add(out, from, (size_t)(end - from));
	while (out->data[out->length - 1] == ' ')
		strbuf_truncate(out, out->length - 1);
	strbuf_putc(out, ')');
}

/* Certainty belongs to the word: what is not sure about those that the line has, and about the source itself. */
static const char *doubt_of(const struct build *build, const struct task *task, size_t count)
{
	static const char tag[] = "UNCERTAIN";
	struct strbuf text = STRBUF_INIT;
	const char *kept = NULL;

	for (size_t i = 0; i < count; i++) {
		const char *value = build->words[i].value, *uncertain = build->from[i]->uncertain;

		if (uncertain && value && *value)
			put_doubt(&text, uncertain, strlen(uncertain));
	}
	for (const char *at = task->source; at && (at = strstr(at, tag)); at += sizeof(tag) - 1) {
		const char *reason = at + sizeof(tag) - 1;

		if (str_starts(reason, ": "))
			put_doubt(&text, reason + 2, strcspn(reason + 2, "]"));
		else
			put_source(&text, task->source, at);
	}
	if (text.length)
		kept = arena_strdup(build->arena, strbuf_text(&text));
	strbuf_clear(&text);
	return kept;
}

static bool is_made_already(const struct build *build, const struct made *made, size_t count)
{
	const struct command_words words = { build->words, count, made->words.reader };

	return made->from && made->words.count == count &&
	       memcmp(made->from, build->from, count * sizeof(*made->from)) == 0 &&
	       command_words_equal(&made->words, &words);
}

static void *copy(struct arena *arena, const void *items, size_t count, size_t size)
{
	void *kept = arena_array(arena, count, size);

	memcpy(kept, items, count * size);
	return kept;
}

/* The words of TASK on SCOPE, and what is not sure about them. */
static const struct made *make_words(struct build *build, const struct task *task, const struct scope *scope)
{
	struct made *made = &build->made[flow_task_number(build->plan->flow, task)];
	size_t count = choose_words(build, task, scope);

	if (is_made_already(build, made, count))
		return made;
	made->from = copy(build->arena, build->from, count, sizeof(*build->from));
	made->words = (struct command_words){ copy(build->arena, build->words, count, sizeof(*build->words)), count,
					      task->reader };
	made->uncertain = doubt_of(build, task, count);
	return made;
}

/* Every script can be run again: the flows promise that of their texts. */
const char *step_kind_failure(enum step_kind kind, bool backup)
{
	static const char *const words[STEP_KIND_COUNT] = {
		[STEP_COMMAND] = "Look up the exit code, and repeat it only when nothing of it runs any more.",
		[STEP_POWERSHELL] = ("Read its message, mend that, and run it again from the start: what it saved is "
				     "kept."),
		[STEP_SQL] = "Read its first message, mend that, and run it again from the start.",
		[STEP_MANUAL] = "Write down how far it got, and finish it before anything that requires it starts.",
	};

	if (backup)
		return "Do not go on. The message says what is missing: space, the folder, or the rights of SQL "
		       "Server's service account there. Run it again: every backup is a new file.";
	return words[kind];
}

/* SCOPE is the server's that has the NUMBER, or the plan's. */
static void add_step(struct build *build, const struct task *task, const struct scope *scope, size_t number)
{
	const struct server *server = scope->server;
	if (build->count == build->room)
		bug("more steps than were counted");
	struct step *step = &build->items[build->count];
	const struct made *made = make_words(build, task, scope);
	build->server_of[build->count++] = (uint32_t)number;
	step->task = task;
	step->server = server;
	step->id = server ? arena_join(build->arena, task->id, "@", server->name) : task->id;
	step->title = task->title_of ? task->title_of(scope) : scope_fill(scope, task->title);
	step->why = task->why_of ? task->why_of(scope) : scope_fill(scope, task->why);
	step->verify = scope_fill(scope, task->verify);
	step->failure = scope_fill(scope, task->failure);
	step->run_on = server ? server->name : task_run_on(task, scope);
	step->uncertain = made->uncertain;
	step->kind = task->kind_of ? task->kind_of(scope) : task->kind;
	step->if_it_fails = step->failure ? step->failure : step_kind_failure(step->kind, task->backup);
	if (task->sql_of)
		step->sql = task->sql_of(scope);
	if (step->kind == STEP_COMMAND)
		step->words = made->words;
	else
		step->text = task->text_of ? task->text_of(scope) : scope_fill(scope, task->text);
}

/* Rows FIRST to LAST - 1: one task, and the tasks that go along with it. */
static void expand_group(struct build *build, const struct task *first, const struct task *last)
{
	if (!first->roles) {
		for (const struct task *task = first; task < last; task++)
			if (task_applies(task, &build->scope))
				add_step(build, task, &build->scope, 0);
		return;
	}
	for (size_t i = 0; i < plan_server_count(build->plan); i++) {
		for (const struct task *task = first; task < last; task++) {
			if (!is_on(build, task, i))
				continue;
			struct scope scope = scope_on(&build->scope, plan_server(build->plan, i));
			add_step(build, task, &scope, i);
		}
	}
}

static size_t count_steps(const struct build *build)
{
	size_t count = 0;
	for (const struct task *task = build->plan->flow->tasks; task->id; task++) {
		if (!task->roles)
			count += task_applies(task, &build->scope);
		for (size_t i = 0; task->roles && i < plan_server_count(build->plan); i++)
			count += is_on(build, task, i);
	}
	return count;
}

/* Those of each server side by side, for every task looks through them; none where there is no name. */
static unsigned *collect_roles(const struct build *build)
{
	size_t count = plan_server_count(build->plan);
	unsigned *roles = arena_array(build->arena, count, sizeof(*roles));
	for (size_t i = 0; i < count; i++) {
		const struct server *server = plan_server(build->plan, i);
		roles[i] = server->name ? server->roles : 0;
	}
	return roles;
}

/* What is known of each task, and room for the words of the longest. */
static void make_room(struct build *build)
{
	size_t most = 0;
	build->task_count = flow_task_count(build->plan->flow);
	for (size_t i = 0; i < build->task_count; i++) {
		const struct argument_list *arguments = build->plan->flow->tasks[i].arguments;
		if (arguments && arguments->count > most)
			most = arguments->count;
	}
	build->words = arena_array(build->arena, most, sizeof(*build->words));
	build->from = arena_array(build->arena, most, sizeof(*build->from));
	build->made = arena_array(build->arena, build->task_count, sizeof(*build->made));
	build->of_task = arena_array(build->arena, build->task_count, sizeof(*build->of_task));
	build->roles = collect_roles(build);
	build->room = count_steps(build);
	build->items = arena_array(build->arena, build->room, sizeof(*build->items));
	build->server_of = arena_array(build->arena, build->room, sizeof(*build->server_of));
}

/* ---- edges ---- */

static size_t task_of(const struct build *build, size_t step)
{
	return flow_task_number(build->plan->flow, build->items[step].task);
}

static size_t task_index(const struct build *build, const char *id)
{
	for (size_t i = 0; i < build->task_count; i++)
		if (str_eq(build->plan->flow->tasks[i].id, id))
			return i;
	bug("an edge names the task %s, which is not in the table", id);
}

static void collect_tasks(struct build *build)
{
	size_t *counts = arena_array(build->arena, build->task_count, sizeof(*counts));
	uint32_t **items = arena_array(build->arena, build->task_count, sizeof(*items));
	for (size_t i = 0; i < build->count; i++)
		counts[task_of(build, i)]++;
	for (size_t i = 0; i < build->task_count; i++)
		items[i] = arena_array(build->arena, counts[i], sizeof(**items));
	for (size_t i = 0; i < build->count; i++) {
		size_t task = task_of(build, i);
		items[task][build->of_task[task].count++] = (uint32_t)i;
	}
	for (size_t i = 0; i < build->task_count; i++)
		build->of_task[i].items = items[i];
}

/* How many items of SET come before VALUE, by the step's number or, with SERVERS, by that of its server. */
static size_t count_before(const struct build *build, const struct step_set *set, uint32_t value, bool servers)
{
	size_t low = 0, high = set->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		uint32_t step = set->items[middle];
		if ((servers ? build->server_of[step] : step) < value)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The steps that EDGE means for the step AT: a part of its task's set. */
static struct step_set edge_part(const struct build *build, const struct edge *edge, uint32_t at)
{
	const struct step_set *set = &build->of_task[task_index(build, edge->task)];
	size_t found = 0;
	switch (edge->to) {
	case EDGE_ALL:
		return *set;
	case EDGE_BEGIN:
		return build->of_task[task_of(build, at)].items[0] == at ? *set : (struct step_set){ NULL, 0 };
	case EDGE_FIRST:
		return (struct step_set){ set->items, set->count && set->items[0] != at ? 1 : 0 };
	case EDGE_PREVIOUS:
		found = count_before(build, set, at, false);
		return found ? (struct step_set){ set->items + found - 1, 1 } : (struct step_set){ NULL, 0 };
	case EDGE_SAME_SERVER:
		found = count_before(build, set, build->server_of[at], true);
		if (found < set->count && build->items[set->items[found]].server == build->items[at].server)
			return (struct step_set){ set->items + found, 1 };
		break;
	case EDGE_NONE:
		break;
	}
	return (struct step_set){ NULL, 0 };
}

static int compare_index(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	return (left > right) - (left < right);
}

static struct step_set resolve(const struct build *build, const struct edge *edges, uint32_t at)
{
	struct step_set only = { NULL, 0 };
	size_t total = 0, parts = 0;
	for (const struct edge *edge = edges; edge && edge->to != EDGE_NONE; edge++) {
		struct step_set part = edge_part(build, edge, at);
		if (!part.count)
			continue;
		only = part;
		total += part.count;
		parts++;
	}
	if (parts <= 1)
		return only;
	uint32_t *all = arena_array(build->arena, total, sizeof(*all));
	struct step_set set = { all, 0 };
	for (const struct edge *edge = edges; edge->to != EDGE_NONE; edge++) {
		struct step_set part = edge_part(build, edge, at);
		for (size_t i = 0; i < part.count; i++)
			all[set.count++] = part.items[i];
	}
	qsort(all, set.count, sizeof(*all), compare_index);
	return set;
}

static bool is_shared(const struct edge *edges)
{
	for (; edges && edges->to != EDGE_NONE; edges++)
		if (edges->to != EDGE_ALL)
			return false;
	return true;
}

/* The recommended order where a task says nothing: the listed one. */
static struct step_set step_before(const struct build *build, uint32_t at)
{
	if (!at)
		return (struct step_set){ NULL, 0 };
	uint32_t *one = arena_array(build->arena, 1, sizeof(*one));
	*one = at - 1;
	return (struct step_set){ one, 1 };
}

/* A postponed task comes after what would follow it at its own place. */
static void drop_later(struct step_set *set, uint32_t at)
{
	while (set->count && set->items[set->count - 1] >= at)
		set->count--;
}

/* Edges that mean whole tasks are the same for all steps of a task: they are resolved for the first of them only. */
static void add_edges(struct build *build)
{
	for (uint32_t i = 0; i < build->count; i++) {
		struct step *step = &build->items[i];
		const struct task *task = step->task;
		const struct step *before = NULL;
		const struct step_set *own = &build->of_task[task_of(build, i)];
		if (own->items[0] != i)
			before = &build->items[own->items[0]];
		step->requires =
			before && is_shared(task->requires) ? before->requires : resolve(build, task->requires, i);
		if (!task->follows)
			step->follows = step_before(build, i);
		else
			step->follows =
				before && is_shared(task->follows) ? before->follows : resolve(build, task->follows, i);
		drop_later(&step->follows, i);
	}
}

/* ---- order ---- */

/* Where the tasks that go along with the one at FIRST end. */
static size_t group_end(const struct task *tasks, size_t first)
{
	size_t end = first + 1;

	while (tasks[end].id && tasks[end].along)
		end++;
	return end;
}

static bool is_postponed(const struct build *build, const struct task *task)
{
	return task->postponed && task->postponed(&build->scope);
}

static void expand_in_order(struct build *build)
{
	const struct task *tasks = build->plan->flow->tasks;

	for (size_t i = 0, end; i < build->task_count; i = end) {
		end = group_end(tasks, i);
		if (is_postponed(build, &tasks[i]))
			continue;
		expand_group(build, &tasks[i], &tasks[end]);
		for (size_t k = 0; k < i; k = group_end(tasks, k)) {
			if (is_postponed(build, &tasks[k]) && str_eq(tasks[k].behind, tasks[i].id))
				expand_group(build, &tasks[k], &tasks[group_end(tasks, k)]);
		}
	}
}

struct sequence sequence_build(const struct plan *plan, struct arena *arena)
{
	struct build build = { .plan = plan, .arena = arena, .scope = scope_of(plan, arena) };

	if (!hop_is_planned(build.scope.hop))
		return (struct sequence){ NULL, 0 };
	make_room(&build);
	expand_in_order(&build);
	collect_tasks(&build);
	add_edges(&build);
	return (struct sequence){ build.items, build.count };
}

/* Some step before number END lacks the same key: it is told already. */
static bool is_told(const struct sequence *sequence, size_t end, const struct field *unknown)
{
	for (size_t i = 0; i < end; i++) {
		if (sequence->items[i].sql.unknown == unknown)
			return true;
	}
	return false;
}

bool sequence_names_databases(const struct sequence *sequence, const struct plan *plan, const struct server *only,
			      struct diags *diags)
{
	bool all = true;

	for (size_t i = 0; i < sequence->count; i++) {
		const struct step *step = &sequence->items[i];
		struct report report;

		if (!step->sql.unknown || (only && step->server != only))
			continue;
		all = false;
		if (is_told(sequence, i, step->sql.unknown))
			continue;
		report = plan_report(plan, &plan->answers->record, step->sql.unknown, diags);
		report_error(&report, "database-unknown",
			     "Fill it in, or let facts do it: scupgrade set PLAN --from FACTS",
			     "The step %s runs SQL, and the plan does not say where or on which database.", step->id);
	}
	return all;
}

const struct step *sequence_find(const struct sequence *sequence, const char *id)
{
	for (size_t i = 0; i < sequence->count; i++)
		if (str_eq(sequence->items[i].id, id))
			return &sequence->items[i];
	return NULL;
}

size_t step_set_run(const struct step_set *set, size_t first)
{
	while (first + 1 < set->count && set->items[first + 1] == set->items[first] + 1)
		first++;
	return first + 1;
}

bool step_set_has(const struct step_set *set, size_t step)
{
	size_t low = 0, high = set->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (set->items[middle] < step)
			low = middle + 1;
		else
			high = middle;
	}
	return low < set->count && set->items[low] == step;
}

const char *step_kind_name(enum step_kind kind)
{
	static const char *const names[STEP_KIND_COUNT] = {
		[STEP_COMMAND] = "command",
		[STEP_POWERSHELL] = "powershell",
		[STEP_SQL] = "sql",
		[STEP_MANUAL] = "manual",
	};

	return names[kind];
}
