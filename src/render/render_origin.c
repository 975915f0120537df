/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What an output says of its making.
 */
#include "pipeline/planfile.h"
#include "render/render.h"

struct render_origin render_origin(const struct render_input *input)
{
	struct render_origin origin = { .collected = facts_newest(input->facts) };
	struct digest digest = plan_digest(input->plan);

	digest_text(&digest, origin.plan);
	if (facts_digest(input->facts, &digest))
		digest_text(&digest, origin.facts);
	if (input->tracker && tracker_digest(input->tracker, &digest))
		digest_text(&digest, origin.record);
	return origin;
}
