/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The full-screen front end: the loop on a real terminal, or on a script.
 */
#include "ui/ui.h"

#include "ui/keys.h"
#include "ui/screen.h"
#include "ui/script.h"

static enum front_result run_on(struct wizard *wizard, const struct terminal *terminal,
				const struct ui_options *options, int *signal)
{
	/* Nothing can be shown meanwhile: whoever has the lock is named soon, and it is tried again by a key. */
	static const struct lock_wait glance = { .milliseconds = 300 };
	struct ui *ui = loop_new(wizard, terminal, options);
	enum front_result result;

	wizard_wait(wizard, &glance);
	result = loop_run(ui, signal);
	wizard_wait(wizard, NULL);
	loop_free(ui);
	return result;
}

enum front_result ui_run(struct wizard *wizard, const struct ui_options *options, int *signal, const char **why)
{
	struct ui_options used = *options;
	struct terminal terminal;
	enum front_result result;

	*signal = 0;
	if (!screen_open(options, &terminal, why))
		return FRONT_NO_TERMINAL;
	used.ascii = options->ascii || screen_is_ascii(&terminal);
	result = run_on(wizard, &terminal, &used, signal);
	screen_close(&terminal);
	return result;
}

enum front_result ui_run_script(struct wizard *wizard, const struct ui_options *options, const char *script, int rows,
				int columns, struct strbuf *out, int *signal, unsigned *bad_line)
{
	struct script *keys = script_new(script, rows, columns, out);
	struct terminal terminal = script_terminal(keys);
	enum front_result result = run_on(wizard, &terminal, options, signal);

	*bad_line = script_bad_line(keys);
	script_free(keys);
	return result;
}
