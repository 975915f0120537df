/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Fuzz target: a file of passwords. It is taken whole, or refused with a reason.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/passwords.h"
#include "pipeline/planfile.h"

static const char plan_text[] = "scupgrade: 1\nproduct: operations-manager\nmanagement-group: CONTOSO\n"
				"accounts:\n  data-access: { user: 'CONTOSO\\das' }\n"
				"  data-reader: { user: 'CONTOSO\\reader' }\n"
				"servers:\n  - { name: MS01, roles: [management-server] }\n";

int fuzz_passwords(const uint8_t *data, size_t size)
{
	char path[] = "/tmp/scupgrade-fuzz.XXXXXX";
	int file = mkstemp(path);
	struct diags diags = DIAGS_INIT;
	struct passwords *passwords = passwords_new();
	struct plan *plan;
	bool taken = true;

	if (file < 0 || write(file, data, size) != (ssize_t)size || fchmod(file, 0600) != 0 ||
	    plan_read("plan", plan_text, sizeof(plan_text) - 1, &plan, &diags) != LOAD_OK)
		bug("no file or no plan");
	close(file);
	diags_clear(&diags);
	if (!passwords_read(passwords, plan, path, &diags))
		taken = false;
	if (!taken && !diags.errors)
		bug("passwords are refused without a reason");
	if (taken && (diags.errors || !passwords_lookup(passwords, "accounts.data-access")))
		bug("passwords are taken, but one is missing");
	unlink(path);
	diags_clear(&diags);
	passwords_free(passwords);
	plan_free(plan);
	return 0;
}
