/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The inner part of SHA-256: whole blocks go into the state. For core/digest.c and its tests.
 */
#ifndef SCUPGRADE_DIGEST_BLOCKS_H
#define SCUPGRADE_DIGEST_BLOCKS_H

#include "core/digest.h"

/* COUNT blocks of DIGEST_BLOCK bytes each from AT on, whatever its alignment. */
void digest_blocks(uint32_t state[8], const unsigned char *at, size_t count);            /* as fast as it goes here */
void digest_blocks_portable(uint32_t state[8], const unsigned char *at, size_t count);   /* on every processor */

#endif
