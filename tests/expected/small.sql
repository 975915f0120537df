==== step-02-shrink.sql
-- Step 2: Shrink the log
-- sqlcmd -E -b -x -S "SERVER" -i step-02-shrink.sql
-- small CONTOSO, 2012-r2 to 2016
-- Plan DIGEST, made by scupgrade VERSION

DELETE FROM dbo.Log
WHERE GroupName = N'CONTOSO';
