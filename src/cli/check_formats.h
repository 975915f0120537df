/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Findings in the forms that others read: SARIF 2.1.0 for code scanning, commands of the log for GitHub actions.
 */
#ifndef SCUPGRADE_CHECK_FORMATS_H
#define SCUPGRADE_CHECK_FORMATS_H

#include "core/diag.h"

/* One document with all of DIAGS, with its last line feed. */
void findings_sarif(struct strbuf *out, const struct diags *diags);
/* One line: "::error file=plan.yaml,line=3,col=5,title=code::key: text". */
void finding_github(struct strbuf *out, const struct diag *diag);

#endif
