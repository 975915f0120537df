/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Fuzz target: answers to the plain front end. It comes to an end, and a plan that it saved can be read.
 */
#include "fuzz.h"

#include "fuzz_folder.h"
#include "plain/prompt.h"

int fuzz_dialogue(const uint8_t *data, size_t size)
{
	/* fmemopen takes it as not const for the sake of other modes, and nothing of no bytes. */
	union { const uint8_t *given; void *taken; } bytes = { .given = data };
	struct prompt_options options = { .echo = true, .width = 80 };
	struct diags diags = DIAGS_INIT;
	struct fuzz_folder folder;
	struct wizard *wizard;
	struct plan *plan = NULL;
	int signal = 0;

	fuzz_folder_open(&folder);
	wizard = fuzz_wizard(&folder);
	options.in = size ? fmemopen(bytes.taken, size, "r") : fopen("/dev/null", "r");
	options.out = fopen("/dev/null", "w");
	if (!options.in || !options.out)
		bug("no streams");
	/* By a signal too: a fuzzer's clock sends some. */
	prompt_run(wizard, &options, &signal);
	wizard_free(wizard);
	fclose(options.in);
	fclose(options.out);
	if (plan_load(folder.plan, &plan, NULL, &diags) != LOAD_MISSING && diags.errors)
		bug("what was saved cannot be read");
	plan_free(plan);
	diags_clear(&diags);
	fuzz_folder_close(&folder);
	return 0;
}
