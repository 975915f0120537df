/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: what leads back. No document has a procedure for it: backups are the only way.
 */
#include "flows/om/om.h"

const struct back_out om_back_out[] = {
	{
		.title = "As long as no management server was upgraded",
		.text = "Databases and servers are as they were. Start what was stopped and restore what was set: "
			"services, subscriptions, connectors, the queue of the agents, the failover of the gateways, "
			"as the steps of the last phase do.",
		.source = "follows from the order of the steps [OURS]",
	},
	{
		.title = "Restore the databases",
		.from = "upgrade-management-server",
		.text = "Stop the three services on all management servers. Take the databases out of an "
			"availability group where they are in one. Verify the backups of this plan, then restore "
			"the operational database and the data warehouse, both from the same night. Set "
			"ENABLE_BROKER on the operational one, and join the availability group again. What was "
			"collected after the backup is lost.",
		.source = "no document takes an upgrade back [DOC: by what they leave out]; the order [OURS]",
	},
	{
		.title = "Rebuild the management servers on {source}",
		.from = "upgrade-management-server",
		.text = "On a server of the same name, from the media of {source}, with setup.exe /recover against "
			"the restored databases, one server after the other, and the update rollup that was there. "
			"Setup's own help lists its switches: no document has a whole line. The key of the Run As "
			"accounts comes from another management server that still runs; if none does, a new one is "
			"made, and the passwords of the Run As accounts have to be typed again. Snapshots of virtual "
			"machines are not supported.",
		.source = "command-line reference [DOC]; no upgrade page says when [UNCERTAIN]",
	},
	{
		.title = "Restore the databases of ACS and its collectors",
		.from = "upgrade-acs-collector",
		.roles = OM_ACS,
		.text = "Restore each collector's database from its backup, then install the collector of {source} "
			"against it, before its forwarders are switched on again.",
		.source = "no document takes an upgrade back [DOC: by what they leave out]; the order [OURS]",
	},
	{
		.title = "Install the gateways of {source}",
		.from = "upgrade-gateway",
		.roles = OM_GATEWAY,
		.text = "Remove the gateway server, install that of {source} from the old media for the same "
			"management server, and import its certificate again. Never both gateways of a failover "
			"pair at once.",
		.source = "no document takes an upgrade back [DOC: by what they leave out]; the order [OURS]",
	},
	{
		.title = "Install the consoles of {source}",
		.from = "upgrade-operations-console",
		.roles = OM_CONSOLE,
		.text = "Remove the Operations console and install that of {source} with its update rollup: a newer "
			"console does not belong to an older group.",
		.source = "no document takes an upgrade back [DOC: by what they leave out]; the order [OURS]",
	},
	{
		.title = "Install the web consoles of {source}",
		.from = "upgrade-web-console",
		.roles = OM_WEB_CONSOLE,
		.text = "Remove the web console and install that of {source}; restore web.config from the copy that "
			"was saved before.",
		.source = "no document takes an upgrade back [DOC: by what they leave out]; the order [OURS]",
	},
	{
		.title = "Restore Reporting",
		.from = "upgrade-reporting-server",
		.roles = OM_REPORTING,
		.text = "Restore the report server's databases and its encryption key, then install Reporting of "
			"{source} on that report server.",
		.source = "no document takes an upgrade back [DOC: by what they leave out]; the order [OURS]",
	},
	{
		.title = "Install the agents of {source}",
		.from = "approve-agents",
		.text = "No document says whether a newer agent reports to an older management server. Remove it "
			"and install that of {source}, pushed from the console or by its package, in the same "
			"batches.",
		.source = "no document names the pair [UNCERTAIN]",
	},
	{ .title = NULL }
};
