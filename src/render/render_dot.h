/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What the two graphs for Graphviz share: of all steps, and of a large group's tasks. For render_dot*.c alone.
 */
#ifndef SCUPGRADE_RENDER_DOT_H
#define SCUPGRADE_RENDER_DOT_H

#include "core/text.h"
#include "render/render.h"

struct dot_phases {
	struct strbuf *out;
	const char *open; /* the phase whose frame is open; NULL: none */
	size_t count;
};

/* Nodes that follow stand in the frame of PHASE; NULL: in none. */
void dot_phase(struct dot_phases *phases, const char *phase);
/* The node of STEP, the one at INDEX, with TITLE. */
void dot_node(struct strbuf *out, const struct step *step, size_t index, const char *title);
/* From the node of one index to that of another; SOFT: what should be done before. */
void dot_edge(struct strbuf *out, size_t from, size_t to, bool soft);
/* Nodes and edges of a graph in which one node stands for the steps of a task. */
void render_dot_groups(const struct render_input *input, struct strbuf *out);

#endif
