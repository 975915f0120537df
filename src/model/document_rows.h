/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * For the tables of documents alone: what their rows share.
 *
 * An address stands here only where it was seen; a date is that of the revision that was read.
 */
#ifndef SCUPGRADE_DOCUMENT_ROWS_H
#define SCUPGRADE_DOCUMENT_ROWS_H

#include "model/document.h"

#define LEARN "https://learn.microsoft.com/"
#define SCOM LEARN "system-center/scom/"
#define SMA_PAGES LEARN "system-center/sma/"
#define TROUBLE LEARN "troubleshoot/system-center/scom/"
#define OM "operations-manager"
#define SMA "service-management-automation"

extern const struct document document_support[];   /* document_support.c: support pages, Windows, SQL Server */
extern const struct document document_practice[];  /* document_practice.c: code, reports, what is ours */

#endif
