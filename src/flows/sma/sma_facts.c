/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Facts that only Service Management Automation has.
 */
#include "flows/sma/sma.h"

/* clang-format off */
const struct field fact_build_worker = {
	.key = "builds.runbook-worker-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "Of Service Management Automation, by its uninstall key.",
};
const struct field fact_build_web_service = {
	.key = "builds.web-service-version", .kind = FIELD_TEXT, .rule = rule_fact_version,
	.help = "Of Service Management Automation, by its uninstall key.",
};
/* clang-format on */

const struct field *const sma_facts[] = {
	&fact_build_worker, &fact_build_web_service, NULL
};
