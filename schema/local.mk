# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The scupgrade authors
#
# The form of "render json", for programs that read it. That of the plan file comes from "scupgrade schema".

schemadir = $(datadir)/scupgrade
dist_schema_DATA = %D%/render.schema.json
