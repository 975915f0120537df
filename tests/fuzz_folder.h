/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A folder for the fuzz targets that need files: the wizard's state and a plan. A header, for each target is a program
 * of its own with a fuzzer.
 */
#ifndef SCUPGRADE_TESTS_FUZZ_FOLDER_H
#define SCUPGRADE_TESTS_FUZZ_FOLDER_H

#include <ftw.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "wizard/wizard.h"

static inline int fuzz_forget(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

struct fuzz_folder {
	char path[64], plan[PATH_MAX], state_before[PATH_MAX];
};

static inline void fuzz_folder_open(struct fuzz_folder *folder)
{
	const char *state = getenv("XDG_STATE_HOME");

	snprintf(folder->state_before, sizeof(folder->state_before), "%s", state ? state : "");
	snprintf(folder->path, sizeof(folder->path), "/tmp/scupgrade-fuzz.XXXXXX");
	if (!mkdtemp(folder->path))
		bug("no folder");
	snprintf(folder->plan, sizeof(folder->plan), "%s/plan.yaml", folder->path);
	setenv("XDG_STATE_HOME", folder->path, 1);
}

static inline void fuzz_folder_close(struct fuzz_folder *folder)
{
	setenv("XDG_STATE_HOME", folder->state_before, 1);
	if (nftw(folder->path, fuzz_forget, 16, FTW_DEPTH | FTW_PHYS) != 0)
		bug("the folder stays");
}

static const char fuzz_plan_text[] = "scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO\n"
				     "license-accepted: true\naccounts:\n  data-access: { user: 'CONTOSO\\das' }\n"
				     "  data-reader: { user: 'CONTOSO\\reader' }\n"
				     "servers:\n  - { name: MS01, roles: [management-server] }\n";

static inline struct wizard *fuzz_wizard(const struct fuzz_folder *folder)
{
	struct wizard_options options = { .plan_path = folder->plan };
	struct plan_source source = { 0 };
	struct diags diags = DIAGS_INIT;
	struct plan *plan;

	if (plan_read("plan", fuzz_plan_text, sizeof(fuzz_plan_text) - 1, &plan, &diags) != LOAD_OK)
		bug("the plan cannot be read");
	diags_clear(&diags);
	return wizard_new(plan, &source, &options);
}

#endif
