/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The PowerShell script's constant parts, for render_powershell.c alone. Lines in ASCII, each table
 * ended by NULL. They know Windows and the tables that are written in front of them, and no product.
 */
#ifndef SCUPGRADE_RENDER_POWERSHELL_H
#define SCUPGRADE_RENDER_POWERSHELL_H

#include "render/render.h"

extern const char *const powershell_tools[];   /* words, log, registry, builds */
extern const char *const powershell_records[]; /* records, what is done, what runs */
extern const char *const powershell_steps[];   /* passwords, running, kinds of steps */
extern const char *const powershell_run[];     /* the whole */

#endif
