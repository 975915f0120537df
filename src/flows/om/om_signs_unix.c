/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: signs of agents on UNIX and Linux.
 */
#include "flows/om/om_signs.h"

#define UNIX_LOGS (LOG_UNIX | LOG_EVENTS)
#define DISCOVERY "support page on discovering UNIX and Linux computers [DOC]"
#define CAUSE .role = SIGN_CAUSE, .next = NEXT_REPEAT, .logs = UNIX_LOGS

const struct sign om_unix_signs[] = {
	{
		CAUSE, .id = "unx-name-mismatch",
		.texts = { { "common name (CN) that does not match", NULL },
			   { "signed by an unknown certificate authority", NULL } },
		.means = "The agent's certificate has another name than the host, or the management servers of the "
			"pool do not trust each other's.",
		.remedy = "Run scxsslconfig -f -h HOST -d DOMAIN on the host and restart the agent; exchange the "
			"servers' certificates with scxcertconfig.",
		.source = DISCOVERY,
	},
	{
		CAUSE, .id = "unx-certificate-context",
		.texts = { { "Unable to create certificate context", NULL }, { "ASN1 bad tag value met", NULL },
			   { "-2130771918", NULL } },
		.means = "The signed certificate could not be read: sudo asked for a password, or printed something.",
		.remedy = "Correct sudoers; look for errdata in SSHCommandProbe.log.",
		.source = "two posts on that message [FIELD]",
	},
	{
		CAUSE, .id = "unx-postinstall",
		.texts = { { "postinstall script did not complete successfully", NULL } },
		.means = "The shell rejects a line of /etc/profile while the package is installed.",
		.remedy = "Remove that line for the installation, then try again.",
		.source = "a post on Solaris [FIELD]",
	},
	{
		CAUSE, .id = "unx-ssh-refused",
		.texts = { { "actively refused", NULL }, { "Too many authentication failures", NULL },
			   { "-1073479162", NULL }, { "-1073479118", NULL } },
		.means = "The host refuses SSH: the service, port 22, or the account.",
		.remedy = "Start sshd, open the port, check the account and its key.",
		.source = DISCOVERY,
	},
	{
		CAUSE, .id = "unx-sudo",
		.texts = { { "must have a tty to run sudo", NULL },
			   { "terminal is required to read the password", NULL }, { "-2147221248", NULL } },
		.means = "sudo does not do what the agent's installation needs: it wants a terminal, or a password, "
			"or the account has no home folder.",
		.remedy = "Write sudoers by the vendor's template, without a password and without requiretty; create "
			  "the home folder.",
		.source = "support page on discovering UNIX and Linux computers [DOC, FIELD]",
	},
	{
		CAUSE, .id = "unx-kit-copy",
		.texts = { { "Unable to copy new agent to this computer", NULL }, { "-1073479144", NULL } },
		.means = "The agent kits in DownloadedKits are not those that the database knows.",
		.remedy = "Restart HealthService on the pool's servers, check the files, then try what is left again.",
		.source = DISCOVERY,
	},
	{
		CAUSE, .id = "unx-no-kit",
		.texts = { { "Failed to find a matching supported agent instance", NULL } },
		.means = "The management pack of that platform is missing, too old, or still loading.",
		.remedy = "Import the packs of this release, wait, then try again.",
		.source = "support page on discovering UNIX and Linux computers [DOC]; a post on agent kits [FIELD]",
	},
	{
		CAUSE, .id = "unx-proxy-or-omsagent",
		.texts = { { "Unexpected DiscoveryResult.ErrorData type", NULL },
			   { "Parameter name: ", "Parameter name: (?:s|lhs)\\s*$" } },
		.means = "Parameter name s: a WinHTTP proxy is in between. Parameter name lhs: files of omsagent are "
			 "among the agent kits.",
		.remedy = "Put the hosts on the proxy's bypass list; move the omsagent files out of the folder.",
		.source = "support page on discovering UNIX and Linux computers [DOC, FIELD]",
	},
	{
		CAUSE, .id = "unx-tls",
		.texts = { { "internal error in the SSL library", NULL }, SIGN_CODE("80072F8F") },
		.means = "Host and management server have no cipher in common, or a certificate is not valid.",
		.remedy = "Compare the ciphers of both sides with what the release supports.",
		.source = "a post on UNIX agents [FIELD]",
	},
	{
		CAUSE, .id = "unx-wsman",
		.texts = { { "WSMan connection failed", NULL },
			   { "WinRM client cannot complete the operation", NULL } },
		.means = "The agent does not answer on port 1270: it is down, its account or PAM refuses, or a "
			 "firewall blocks it.",
		.remedy = "Start the agent on the host, open 1270, and check the PAM lines of the agent.",
		.source = DISCOVERY,
	},
	{ .id = NULL }
};
