/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The steps and what they wait for as a graph for Graphviz. Who waits for all steps of a task does so through
 * one node for the task, so that the text grows with the plan and not with its square.
 */
#include "render/render_dot.h"

#include "model/identity.h"
#include "pipeline/planfile.h"
#include "render/steps_json.h"

enum {
	GATHERED = 3,     /* so many edges from one task go through its node */
	SERVERS_MOST = 12 /* that still have a node for each of their steps; with more, no viewer shows the picture */
};

struct graph {
	const struct render_input *input;
	const struct plan *plan;
	const struct sequence *sequence;
	struct strbuf *out;
	size_t *steps_of; /* by task: how many there are */
	size_t *found;    /* by task: how many of them the set at hand has; zero between two sets */
	bool *drawn;      /* by task: its node is there */
};

static bool is_drawn(const struct graph *graph, size_t step)
{
	return render_is_wanted(graph->input, &graph->sequence->items[step]);
}

static size_t task_of(const struct graph *graph, size_t step)
{
	return flow_task_number(graph->plan->flow, graph->sequence->items[step].task);
}

/* ---- text ---- */

static void put_text(struct strbuf *out, const char *text)
{
	struct strbuf shown = STRBUF_INIT;

	text_visible(&shown, text);
	for (const char *at = strbuf_text(&shown); *at; at++) {
		if (*at == '"' || *at == '\\')
			strbuf_putc(out, '\\');
		strbuf_putc(out, *at);
	}
	strbuf_clear(&shown);
}

void dot_node(struct strbuf *out, const struct step *step, size_t index, const char *title)
{
	static const char *const shapes[STEP_KIND_COUNT] = {
		[STEP_COMMAND] = "box, style=\"filled,rounded\", fillcolor=\"#dcebf5\"",
		[STEP_POWERSHELL] = "box, style=rounded",
		[STEP_SQL] = "cylinder",
		[STEP_MANUAL] = "box, style=\"rounded,dashed\"",
	};

	strbuf_printf(out, "    s%zu [label=\"%zu. ", index + 1, index + 1);
	put_text(out, title);
	strbuf_printf(out, "\", tooltip=\"");
	put_text(out, step->id);
	strbuf_printf(out, "\", shape=%s];\n", shapes[step->kind]);
}

void dot_edge(struct strbuf *out, size_t from, size_t to, bool soft)
{
	strbuf_printf(out, "  s%zu -> s%zu%s;\n", from + 1, to + 1, soft ? " [style=dashed]" : "");
}

void dot_phase(struct dot_phases *phases, const char *phase)
{
	if (str_eq(phases->open, phase))
		return;
	if (phases->open)
		strbuf_puts(phases->out, "  }\n");
	phases->open = phase;
	if (!phase)
		return;
	strbuf_printf(phases->out, "  subgraph cluster_%zu {\n    label=\"", ++phases->count);
	put_text(phases->out, phase);
	strbuf_puts(phases->out, "\";\n");
}

static void put_clusters(const struct graph *graph)
{
	struct dot_phases phases = { .out = graph->out };

	for (size_t i = 0; i < graph->sequence->count; i++) {
		const struct step *step = &graph->sequence->items[i];

		if (!is_drawn(graph, i))
			continue;
		dot_phase(&phases, step->task->phase);
		dot_node(graph->out, step, i, step->title);
	}
	dot_phase(&phases, NULL);
}

/* ---- edges ---- */

static void count_steps(struct graph *graph, struct arena *arena)
{
	size_t count = flow_task_count(graph->plan->flow);

	graph->steps_of = arena_array(arena, count, sizeof(*graph->steps_of));
	graph->found = arena_array(arena, count, sizeof(*graph->found));
	graph->drawn = arena_array(arena, count, sizeof(*graph->drawn));
	for (size_t i = 0; i < graph->sequence->count; i++)
		graph->steps_of[task_of(graph, i)] += is_drawn(graph, i);
}

/* The node that stands for all steps of TASK. */
static void put_task(const struct graph *graph, size_t task)
{
	if (graph->drawn[task])
		return;
	graph->drawn[task] = true;
	strbuf_printf(graph->out, "  all%zu [shape=point, tooltip=\"all %zu of ", task + 1, graph->steps_of[task]);
	put_text(graph->out, graph->plan->flow->tasks[task].id);
	strbuf_puts(graph->out, "\"];\n");
	for (size_t i = 0; i < graph->sequence->count; i++) {
		if (task_of(graph, i) == task && is_drawn(graph, i))
			strbuf_printf(graph->out, "  s%zu -> all%zu [arrowhead=none];\n", i + 1, task + 1);
	}
}

/* The edge from STEP is drawn already by way of LAST, which waits for it too; SOFT: what should be done before counts.
 */
static bool is_implied(const struct graph *graph, size_t step, size_t last, bool soft)
{
	const struct step *by = &graph->sequence->items[last];

	return step < last && (step_set_has(&by->requires, step) || (soft && step_set_has(&by->follows, step)));
}

/* The edges to the step AT: of what it requires or, SOFT, of what it follows and does not require anyway. */
static void put_edges(const struct graph *graph, size_t at, bool soft)
{
	const struct step *step = &graph->sequence->items[at];
	const struct step_set *set = soft ? &step->follows : &step->requires;
	const char *form = soft ? " [style=dashed]" : "";

	for (size_t i = 0; i < set->count; i++)
		graph->found[task_of(graph, step_set_at(set, i))] += is_drawn(graph, step_set_at(set, i));
	for (size_t i = 0; i < set->count; i++) {
		size_t task = task_of(graph, step_set_at(set, i));
		bool whole = graph->found[task] >= GATHERED && graph->found[task] == graph->steps_of[task];

		if ((soft && step_set_has(&step->requires, step_set_at(set, i))) || graph->found[task] == 0 ||
		    !is_drawn(graph, step_set_at(set, i)) ||
		    is_implied(graph, step_set_at(set, i), step_set_at(set, set->count - 1), soft))
			continue;
		if (whole) {
			put_task(graph, task);
			strbuf_printf(graph->out, "  all%zu -> s%zu%s;\n", task + 1, at + 1, form);
			graph->found[task] = 0;
		} else {
			dot_edge(graph->out, step_set_at(set, i), at, soft);
		}
	}
	for (size_t i = 0; i < set->count; i++)
		graph->found[task_of(graph, step_set_at(set, i))] = 0;
}

static void put_steps(const struct render_input *input, struct strbuf *out)
{
	struct arena *arena = arena_new();
	struct graph graph = { .input = input, .plan = input->plan, .sequence = input->sequence, .out = out };

	put_clusters(&graph);
	count_steps(&graph, arena);
	for (size_t i = 0; i < input->sequence->count; i++) {
		if (!is_drawn(&graph, i))
			continue;
		put_edges(&graph, i, false);
		put_edges(&graph, i, true);
	}
	arena_free(arena);
}

bool render_dot(const struct render_input *input, struct strbuf *out, struct diags *diags)
{
	const struct plan *plan = input->plan;
	struct arena *arena = arena_new();
	struct upgrade_identity identity = plan_identity(plan, arena);
	struct digest digest = plan_digest(plan);
	char text[65];

	(void)diags;
	digest_text(&digest, text);
	strbuf_printf(out, "// Plan %s, made by scupgrade " PACKAGE_VERSION "\n// upgrade: ", text);
	identity_json(out, &identity);
	strbuf_putc(out, '\n');
	strbuf_puts(out,
		    "// Solid: must be done before. Dashed: should be done before.\ndigraph runbook {\n  label=\"");
	put_text(out, flow_headline(plan));
	strbuf_puts(out, "\";\n  labelloc=t;\n  rankdir=TB;\n  graph [fontname=\"sans-serif\", color=\"#8a94a0\", "
			 "style=rounded];\n"
			 "  node [fontname=\"sans-serif\", fontsize=11];\n  edge [color=\"#3c4650\"];\n");
	if (!input->only && plan_server_count(plan) > SERVERS_MOST)
		render_dot_groups(input, out);
	else
		put_steps(input, out);
	strbuf_puts(out, "}\n");
	arena_free(arena);
	return true;
}
