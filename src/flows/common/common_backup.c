/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * T-SQL of full backups: each goes to a file of its own with the time in its name, so that nothing that was saved
 * before is written over, and that file is the one that is verified.
 */
#include "flows/common/common.h"

void common_begin_backup(struct strbuf *out)
{
	strbuf_puts(out, "DECLARE @now nvarchar(20), @file nvarchar(600);\n"
			 "SET @now = REPLACE(REPLACE(REPLACE(CONVERT(nvarchar(19), GETDATE(), 126), N'-', N''), N':', "
			 "N''), N'T', N'-');\n");
}

void common_put_backup(struct strbuf *out, struct arena *arena, const char *file, const char *database)
{
	strbuf_printf(out,
		      "SET @file = %s + @now + N'.bak';\n"
		      "BACKUP DATABASE %s\n"
		      "TO DISK = @file\n"
		      "WITH COPY_ONLY, CHECKSUM;\n"
		      "RESTORE VERIFYONLY\n"
		      "FROM DISK = @file\n"
		      "WITH CHECKSUM;\n"
		      "PRINT N'The backup is ' + @file;\n",
		      script_sql_text(arena, arena_printf(arena, "%s-", file)), database);
}
