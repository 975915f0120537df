/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: what its upgrade has to know of each release. Rows are made for the releases whose
 * edges are planned.
 */
#include "flows/sma/sma.h"

static const struct product_release sma_2012_r2 = {
	.release = "2012-r2",
	.name = "System Center 2012 R2 Service Management Automation",
	.source = "upgrade page [PAGE]",
};

static const struct product_release sma_2016 = {
	.release = "2016",
	.name = "System Center 2016 Service Management Automation",
	.folder = "C:\\Program Files\\Microsoft System Center 2016\\Service Management Automation",
	.server_build = "7.3.345.0",
	.windows = (const char *const[]){ "2012 R2", "2016", NULL },
	.windows_text = "Windows Server 2012 R2 or later",
	.sql = (const struct sql_version[]){ { "2012", NULL }, { "2014", NULL }, { "2016", NULL }, { NULL, NULL } },
	.sql_text = "2012 with a supported service pack, 2014 or 2016",
	.powershell = "4.0",
	.sure_windows = "2016",
	.windows_doubt = "One document marks SMA 2016 for Windows Server 2016 only; another takes 2012 R2. Windows "
			 "Server 2016 is safe. [UNCERTAIN]",
	.source = "build: SMA system requirements [CODE, UNCERTAIN: one source]; folder: SMA deployment page [DOC]; "
		  "Windows: SMA system requirements [DOC, UNCERTAIN: one page names Windows Server 2016 only]; SQL "
		  "Server: the same [UNCERTAIN: the pages differ by date on the service pack of 2012]",
};

const struct product_release *const sma_releases[] = { &sma_2012_r2, &sma_2016, NULL };
