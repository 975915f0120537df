/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The pop-up that asks for the roles of new servers.
 */
#ifndef SCUPGRADE_DIALOG_SERVERS_H
#define SCUPGRADE_DIALOG_SERVERS_H

#include "ui/view.h"
#include "wizard/wizard_servers.h"

/* Asks until all of INCOMING have roles, or it is closed. */
void dialog_servers(struct ui *ui, struct incoming *incoming);

#endif
