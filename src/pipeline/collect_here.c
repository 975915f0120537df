/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Runs the collector through PowerShell. The collector and what runs it are files of our own in a folder that nobody
 * else may write to; the command names them by a variable of the environment, so that no path is a part of it.
 */
#include "pipeline/collect_here.h"

#include "model/facts.h"
#include "os/platform.h"
#include "pipeline/collect.h"
#include "pipeline/facts_script.h"

/* Here where the name is this computer's, else there; the answer comes back as lines. */
static const char runner[] =
	"param([string] $Server, [string] $Folder)\r\n"
	"$ErrorActionPreference = 'Stop'\r\n"
	"try {\r\n"
	"    $text = [IO.File]::ReadAllText((Join-Path $Folder 'collect-facts.ps1'))\r\n"
	"    $script = [scriptblock]::Create($text)\r\n"
	"    $here = @($env:COMPUTERNAME, [Net.Dns]::GetHostEntry('').HostName)\r\n"
	"    if ($here -contains $Server) {\r\n"
	"        $lines = & $script -Print\r\n"
	"    } else {\r\n"
	"        $run = { param($text) & ([scriptblock]::Create($text)) -Print }\r\n"
	"        $lines = Invoke-Command -ComputerName $Server -ScriptBlock $run -ArgumentList $text\r\n"
	"    }\r\n"
	"    $utf8 = New-Object Text.UTF8Encoding $false\r\n"
	"    [IO.File]::WriteAllText((Join-Path $Folder 'result.yaml'), ($lines -join \"`n\") + \"`n\", $utf8)\r\n"
	"} catch {\r\n"
	"    Write-Output $_.Exception.Message\r\n"
	"    exit 1\r\n"
	"}\r\n";

static const char command_start[] = "\"%SystemRoot%\\System32\\WindowsPowerShell\\v1.0\\powershell.exe\" -NoProfile "
				    "-NonInteractive -ExecutionPolicy Bypass -File "
				    "\"%LOCALAPPDATA%\\scupgrade\\collect\\run.ps1\" -Folder "
				    "\"%LOCALAPPDATA%\\scupgrade\\collect\" -Server ";

static const struct place nowhere = { NULL, 0, 0 };

bool collect_takes_name(const char *name)
{
	if (!name || !*name || *name == '-' || *name == '.')
		return false;
	for (const char *at = name; *at; at++) {
		bool letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9');
		if (!letter && *at != '.' && *at != '-')
			return false;
	}
	return true;
}

const char *collect_last_line(struct strbuf *said)
{
	const char *text, *feed;

	while (said->length && strchr("\r\n ", said->data[said->length - 1]))
		strbuf_truncate(said, said->length - 1);
	text = strbuf_text(said);
	feed = strrchr(text, '\n');
	return feed ? feed + 1 : text;
}

static bool fail(struct diags *diags, const char *server, const char *hint, const char *why)
{
	diags_add(diags, SEV_ERROR, "collect-failed", nowhere, server, hint, "No facts were collected: %s.", why);
	return false;
}

static bool put_file(const struct strbuf *folder, const char *name, const void *bytes, size_t count, const char **why)
{
	struct strbuf path = STRBUF_INIT;
	struct save_request request = { .bytes = bytes, .count = count, .force = true };
	enum save_result result;

	strbuf_printf(&path, "%s/%s", strbuf_text(folder), name);
	request.path = strbuf_text(&path);
	result = platform_save(&request, NULL, why);
	strbuf_clear(&path);
	return save_is_done(result);
}

/* The folder with collector and runner, without an older result; its name in FOLDER. */
static bool prepare(struct strbuf *folder, const char **why)
{
	struct strbuf script = STRBUF_INIT, result = STRBUF_INIT;
	bool ok;

	*why = "there is no folder for its files";
	if (!platform_state_folder(folder))
		return false;
	strbuf_puts(folder, "/collect");
	strbuf_printf(&result, "%s/result.yaml", strbuf_text(folder));
	(void)facts_script(&script, NULL); /* which cannot be refused */
	ok = platform_make_folder(strbuf_text(folder), why) && platform_is_own(strbuf_text(folder), why) &&
	     put_file(folder, "collect-facts.ps1", strbuf_text(&script), script.length, why) &&
	     put_file(folder, "run.ps1", runner, strlen(runner), why) && platform_remove(strbuf_text(&result), why);
	strbuf_clear(&script);
	strbuf_clear(&result);
	return ok;
}

/* As the collector itself names it, so that a server never has two files: HOST.DOMAIN.facts.yaml. What another computer
 * says of itself is a name, or it is not used. */
static void name_file(const struct facts *facts, const char *server, struct strbuf *name)
{
	const struct fact_set *set = facts_at(facts, 0);
	const char *host = fact_text(set, &fact_server), *domain = fact_text(set, &fact_domain);

	strbuf_puts(name, collect_takes_name(host) ? host : server);
	if (collect_takes_name(host) && collect_takes_name(domain))
		strbuf_printf(name, ".%s", domain);
	strbuf_puts(name, ".facts.yaml");
}

/* What came back goes where facts are kept, if it is facts. */
static bool take_result(const struct strbuf *from, const char *server, const char *folder, const char *now_utc,
			struct diags *diags)
{
	struct strbuf path = STRBUF_INIT, bytes = STRBUF_INIT, name = STRBUF_INIT;
	struct diags found = DIAGS_INIT;
	struct facts *facts = NULL;
	enum file_result there;
	const char *why = "";
	bool ok = false;

	strbuf_printf(&path, "%s/result.yaml", strbuf_text(from));
	there = platform_read(strbuf_text(&path), FACTS_BYTES_LIMIT, &bytes, NULL, &why);
	if (there != FILE_OK) {
		fail(diags, server, "", there == FILE_MISSING ? "the collector left nothing" : why);
	} else if (!facts_read(server, strbuf_text(&bytes), bytes.length, now_utc, &facts, &found)) {
		fail(diags, server, diags_first(&found, SEV_ERROR)->text, "what came back is not a file of facts");
	} else {
		name_file(facts, server, &name);
		strbuf_reset(&path);
		strbuf_puts(&path, folder);
		ok = (platform_make_folder(folder, &why) &&
		      put_file(&path, strbuf_text(&name), strbuf_text(&bytes), bytes.length, &why)) ||
		     fail(diags, server, "", why);
	}
	diags_clear(&found);
	facts_free(facts);
	strbuf_clear(&name);
	strbuf_clear(&bytes);
	strbuf_clear(&path);
	return ok;
}

bool collect_here(const char *server, const char *folder, const char *now_utc, collect_runner *run,
		  struct diags *diags)
{
	struct strbuf from = STRBUF_INIT, command = STRBUF_INIT, said = STRBUF_INIT;
	const char *why = "";
	bool ok;

	if (!collect_takes_name(server)) {
		diags_add(diags, SEV_ERROR, "collect-name", nowhere, server ? server : "", "Collect its facts by hand.",
			  "The collector is not run for a name with other characters than letters, digits, dots and "
			  "hyphens.");
		return false;
	}
	ok = prepare(&from, &why);
	if (ok) {
		strbuf_printf(&command, "%s%s", command_start, server);
		ok = run(strbuf_text(&command), PROBE_SECONDS, &said, &why);
	}
	ok = ok ? take_result(&from, server, folder, now_utc, diags)
		: fail(diags, server, collect_last_line(&said), why);
	strbuf_clear(&from);
	strbuf_clear(&command);
	strbuf_clear(&said);
	return ok;
}
