# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors

dist_man_MANS += %D%/scupgrade.1 %D%/scupgrade-plan.5 %D%/scupgrade-facts.5 %D%/scupgrade-releases.7
