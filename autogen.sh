#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
cd "$(dirname "$0")" && exec autoreconf -fi "$@"
