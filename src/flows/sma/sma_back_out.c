/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: what leads back.
 */
#include "flows/sma/sma.h"

const struct back_out sma_back_out[] = {
	{
		.title = "As long as nothing was uninstalled",
		.text = "Start the workers' services again and stop the maintenance mode: nothing else has changed.",
		.source = "follows from the order of the steps [OURS]",
	},
	{
		.title = "Restore the database",
		.from = "uninstall-web-service",
		.text = "Remove what was installed of {target}. Verify the backup of this plan and restore the "
			"database from it: what {target} has changed in it cannot be undone in any other way.",
		.source = "no document takes an upgrade back [DOC: by what they leave out]; the order [OURS]",
	},
	{
		.title = "Install {source} again",
		.from = "uninstall-web-service",
		.text = "Runbook workers, then the PowerShell module, then the web service, from the old media, "
			"against the restored database, with the addresses, ports, certificate and accounts of the "
			"plan and the saved settings; then the update rollup that was there. The packages of 2012 R2 "
			"ask for PowerShell 4.0 and refuse a machine with a later one; transforms that change this "
			"are published.",
		.source = "upgrade page [PAGE] for the order; a public module for these packages [CODE]",
	},
	{ .title = NULL }
};
