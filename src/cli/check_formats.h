/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Findings in the forms that others read: SARIF 2.1.0 for code scanning, commands of the log for GitHub actions,
 * JUnit's XML for build servers.
 */
#ifndef SCUPGRADE_CHECK_FORMATS_H
#define SCUPGRADE_CHECK_FORMATS_H

#include "core/diag.h"

/* One document with all of DIAGS, with its last line feed. */
void findings_sarif(struct strbuf *out, const struct diags *diags);
/* One line: "::error file=plan.yaml,line=3,col=5,title=code::key: text". */
void finding_github(struct strbuf *out, const struct diag *diag);

/* JUnit: between begin and end a suite for each plan. A finding is a test: an error, and with STRICT a warning, failed;
 * what is below that passed, with its text as output. A plan without findings has one test, which passed. */
void junit_begin(struct strbuf *out);
void junit_plan(struct strbuf *out, const char *path, const struct diags *diags, bool strict);
void junit_end(struct strbuf *out);

#endif
