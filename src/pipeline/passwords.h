/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The passwords of a session, by account key. They live in secrets only.
 */
#ifndef SCUPGRADE_PASSWORDS_H
#define SCUPGRADE_PASSWORDS_H

#include "core/secret.h"
#include "model/flow.h"

struct passwords;

struct passwords *passwords_new(void);                    /* owned: free with passwords_free */
void passwords_free(struct passwords *passwords);         /* NULL is fine */
/* The secret of ACCOUNT, made empty when there is none yet. Borrowed. */
struct secret *passwords_secret(struct passwords *passwords, const char *account);
/* Fits struct password_source: NULL when there is none or it is empty. */
const struct secret *passwords_lookup(const void *passwords, const char *account);

/* The accounts of PLAN that apply, in table order: calls EACH. */
void passwords_needed(const struct plan *plan, void (*each)(const struct account *account, void *data), void *data);

/* Reads a YAML mapping ("accounts.data-access.password: 'x'", one key per account) from a file that only its owner may
 * read, or from "-". False: findings were added (codes "passwords-file", "passwords-unknown", "passwords-missing"). */
bool passwords_read(struct passwords *passwords, const struct plan *plan, const char *path, struct diags *diags);
/* Asks on the terminal, without echo, for each account that applies. */
bool passwords_ask(struct passwords *passwords, const struct plan *plan, struct diags *diags);
/* What is typed must be carried by every shell: findings name the shells that cannot (warning "password-shell");
 * controls are errors. */
bool password_check(const struct secret *secret, struct report *to);

#endif
