/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: the command lines of sma_tasks.c, the packages, and how to see what a line did.
 */
#ifndef SCUPGRADE_FLOW_SMA_WORDS_H
#define SCUPGRADE_FLOW_SMA_WORDS_H

#include "flows/sma/sma.h"

static inline const char *sma_kept(const char *value, const char *preset)
{
	return value ? value : preset;
}

extern const struct argument_list sma_install_worker_line, sma_install_web_line, sma_install_module_line,
	sma_remove_worker_line, sma_remove_web_line, sma_remove_module_line;

/* The packages of the target, and of today's release; named alone where the plan has no folder of them. */
const char *sma_worker_package(const struct scope *scope), *sma_web_package(const struct scope *scope),
	*sma_module_package(const struct scope *scope), *sma_old_worker_package(const struct scope *scope),
	*sma_old_web_package(const struct scope *scope), *sma_old_module_package(const struct scope *scope);

extern const struct build_probe sma_worker_build, sma_web_build, sma_module_build;
extern const char *const sma_worker_services[]; /* ends with NULL */

#endif
