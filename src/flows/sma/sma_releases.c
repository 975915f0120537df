/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: what its upgrade has to know of each release. What is not
 * there is not known.
 */
#include "flows/sma/sma.h"

#define LIST(...) (const char *const[]){ __VA_ARGS__, NULL }
#define FOLDER_OF(year) "C:\\Program Files\\Microsoft System Center " year "\\Service Management Automation"
#define SQL_2012_SP4 "11.0.7001.0"

static const struct product_release sma_2012_r2 = {
	.release = "2012-r2",
	.name = "System Center 2012 R2 Service Management Automation",
	.source = "upgrade page [PAGE]",
};

static const struct product_release sma_2016 = {
	.release = "2016",
	.name = "System Center 2016 Service Management Automation",
	.folder = FOLDER_OF("2016"),
	.server_build = "7.3.345.0",
	.windows = LIST("2012 R2", "2016"),
	.windows_text = "Windows Server 2012 R2 or later",
	.windows_or_later = true,
	.sql = (const struct sql_version[]){ { .name = "2012", .least = SQL_2012_SP4 }, { .name = "2014" },
					     { .name = "2016" }, { .name = NULL } },
	.sql_text = "2012 with a supported service pack, 2014 or 2016",
	.powershell = "4.0",
	.sure_windows = "2016",
	.windows_doubt = "One document marks SMA 2016 for Windows Server 2016 only; another takes 2012 R2. Windows "
			 "Server 2016 is safe. [UNCERTAIN]",
	.source = "build: SMA system requirements [CODE, UNCERTAIN: one source]; folder: SMA deployment page [DOC]; "
		  "Windows: SMA system requirements [DOC, UNCERTAIN: one page names Windows Server 2016 only]; SQL "
		  "Server: the same [UNCERTAIN: the pages differ by date on the service pack of 2012]",
};

/* No document of 1801 and 1807 was read; they are sources only, and a source's lists may be unknown. */
static const struct product_release sma_1801 = {
	.release = "1801",
	.name = "Service Management Automation version 1801",
	.source = "no page seen [UNCERTAIN: treated as 2016]",
};

static const struct product_release sma_1807 = {
	.release = "1807",
	.name = "Service Management Automation version 1807",
	.source = "no page seen [UNCERTAIN: treated as 2016]",
};

/* The worker's folder is printed with the version; no document shows the path of 2019 and later. */
#define FOLDER_DOUBT "folder: SMA deployment page [UNCERTAIN: whether the year is in it]; "

static const struct product_release sma_2019 = {
	.release = "2019",
	.name = "System Center 2019 Service Management Automation",
	.folder = FOLDER_OF("2019"),
	.windows = LIST("2016", "2019"),
	.windows_text = "Windows Server 2016 or 2019",
	.sql = (const struct sql_version[]){ { .name = "2012", .least = SQL_2012_SP4 }, { .name = "2016" },
					     { .name = "2017" }, { .name = NULL } },
	.sql_text = "2012 with SP4, 2016 or 2017",
	.powershell = "4.0",
	.source = FOLDER_DOUBT "Windows, SQL Server: SMA system requirements of 2019 [DOC: 2014 is not named]",
};

static const struct product_release sma_2022 = {
	.release = "2022",
	.name = "System Center 2022 Service Management Automation",
	.folder = FOLDER_OF("2022"),
	.windows = LIST("2022"),
	.windows_text = "Windows Server 2022",
	.sql = (const struct sql_version[]){ { .name = "2017" }, { .name = "2019" }, { .name = NULL } },
	.sql_text = "2017 or 2019",
	.powershell = "4.0",
	.source = FOLDER_DOUBT "Windows, SQL Server: SMA system requirements of 2022 [DOC]",
};

static const struct product_release sma_2025 = {
	.release = "2025",
	.name = "System Center 2025 Service Management Automation",
	.folder = FOLDER_OF("2025"),
	.windows = LIST("2025"),
	.windows_text = "Windows Server 2025",
	.sql = (const struct sql_version[]){ { .name = "2022" }, { .name = "2025" }, { .name = NULL } },
	.sql_text = "2022 or 2025",
	.powershell = "4.0",
	.source = FOLDER_DOUBT "Windows: SMA system requirements of 2025 [DOC]; SQL Server: the same [UNCERTAIN: an "
			       "earlier text with the same date has 2017 and 2019]",
};

const struct product_release *const sma_releases[] = { &sma_2012_r2, &sma_2016, &sma_1801, &sma_1807,
						       &sma_2019,    &sma_2022, &sma_2025, NULL };
