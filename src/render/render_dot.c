/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The steps and what they wait for as a graph for Graphviz. Who waits for all steps of a task does so through
 * one node for the task, so that the text grows with the plan and not with its square.
 */
#include "render/render.h"

#include "core/text.h"
#include "model/identity.h"
#include "pipeline/planfile.h"
#include "render/steps_json.h"

#define GATHERED 3u /* so many edges from one task go through its node */

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

static void put_node(const struct graph *graph, size_t index)
{
	static const char *const shapes[STEP_KIND_COUNT] = {
		[STEP_COMMAND] = "box, style=\"filled,rounded\", fillcolor=\"#dcebf5\"",
		[STEP_POWERSHELL] = "box, style=rounded",
		[STEP_SQL] = "cylinder",
		[STEP_MANUAL] = "box, style=\"rounded,dashed\"",
	};
	const struct step *step = &graph->sequence->items[index];

	strbuf_printf(graph->out, "    s%zu [label=\"%zu. ", index + 1, index + 1);
	put_text(graph->out, step->title);
	strbuf_printf(graph->out, "\", tooltip=\"");
	put_text(graph->out, step->id);
	strbuf_printf(graph->out, "\", shape=%s];\n", shapes[step->kind]);
}

static void put_clusters(const struct graph *graph)
{
	const char *phase = NULL;
	size_t number = 0;

	for (size_t i = 0; i < graph->sequence->count; i++) {
		const char *own = graph->sequence->items[i].task->phase;

		if (!is_drawn(graph, i))
			continue;
		if (!str_eq(own, phase)) {
			strbuf_printf(graph->out, "%s  subgraph cluster_%zu {\n    label=\"", number ? "  }\n" : "",
				      number + 1);
			put_text(graph->out, own);
			strbuf_puts(graph->out, "\";\n");
			phase = own;
			number++;
		}
		put_node(graph, i);
	}
	strbuf_puts(graph->out, number ? "  }\n" : "");
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
static bool is_implied(const struct graph *graph, uint32_t step, uint32_t last, bool soft)
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
		graph->found[task_of(graph, set->items[i])] += is_drawn(graph, set->items[i]);
	for (size_t i = 0; i < set->count; i++) {
		size_t task = task_of(graph, set->items[i]);
		bool whole = graph->found[task] >= GATHERED && graph->found[task] == graph->steps_of[task];

		if ((soft && step_set_has(&step->requires, set->items[i])) || graph->found[task] == 0 ||
		    !is_drawn(graph, set->items[i]) ||
		    is_implied(graph, set->items[i], set->items[set->count - 1], soft))
			continue;
		if (whole) {
			put_task(graph, task);
			strbuf_printf(graph->out, "  all%zu -> s%zu%s;\n", task + 1, at + 1, form);
			graph->found[task] = 0;
		} else {
			strbuf_printf(graph->out, "  s%u -> s%zu%s;\n", (unsigned)set->items[i] + 1, at + 1, form);
		}
	}
	for (size_t i = 0; i < set->count; i++)
		graph->found[task_of(graph, set->items[i])] = 0;
}

bool render_dot(const struct render_input *input, struct strbuf *out, struct diags *diags)
{
	const struct plan *plan = input->plan;
	const struct sequence *sequence = input->sequence;
	struct arena *arena = arena_new();
	struct graph graph = { .input = input, .plan = plan, .sequence = sequence, .out = out };
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
	put_clusters(&graph);
	count_steps(&graph, arena);
	for (size_t i = 0; i < sequence->count; i++) {
		if (!is_drawn(&graph, i))
			continue;
		put_edges(&graph, i, false);
		put_edges(&graph, i, true);
	}
	strbuf_puts(out, "}\n");
	arena_free(arena);
	return true;
}
