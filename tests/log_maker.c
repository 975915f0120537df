/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Logs for tests: the noise of good runs, as tables of lines.
 */
#include "log_maker.h"

#include "helpers.h"

enum shape { SHAPE_SETUP, SHAPE_PACKAGE, SHAPE_CHECKS, SHAPE_START, SHAPE_EVENTS, SHAPE_UNIX };

/* %u: a number that grows; the first two are the time's. */
static const char *const setup_noise[] = {
	"[20:%02u:%02u]:\tInfo:\t:Info:Reading the registry value DatabaseServerName, pass %u.\r\n",
	"[20:%02u:%02u]:\tDebug:\t:Checking whether the feature OMConsole is installed (%u).\r\n",
	"[20:%02u:%02u]:\tAlways:\t:Entering page: PrerequisitesPage %u\r\n",
	"[20:%02u:%02u]:\tInfo:\t:Info:Changed database context to 'OperationsManager'. (%u)\r\n",
	"[20:%02u:%02u]:\tInfo:\t:Configuration option 'show advanced options' changed from 1 to 1. Run the "
	"RECONFIGURE "
	"statement to install. %u\r\n",
	"[20:%02u:%02u]:\tInfo:\t:ImportManagementPack: Loading management pack %u\r\n",
	"[20:%02u:%02u]:\tAlways:\t:FirstManagementServer: Importing Management Pack %u\r\n",
	"[20:%02u:%02u]:\tError:\t:FirstManagementServer: Failed to load MP %u. We will retry.\r\n",
	"[20:%02u:%02u]:\tInfo:\t:Info:Nonqualified transactions are being rolled back. Estimated rollback %u%%.\r\n",
	"[20:%02u:%02u]:\tInfo:\t:ExecNetFx ngen returned 0xffffffff for assembly %u, continuing anyway\r\n",
};

static const char *const package_noise[] = {
	"MSI (s) (A0:14) [20:%02u:%02u:000]: Note: 1: 2205 2:  3: Table%u \r\n",
	"MSI (s) (A0:14) [20:%02u:%02u:000]: Note: 1: 1402 2: HKEY_LOCAL_MACHINE\\Software\\X%u 3: 2 \r\n",
	"MSI (s) (A0:14) [20:%02u:%02u:000]: Skipping action: ErrorDialog%u (condition is false)\r\n",
	"MSI (s) (A0:14) [20:%02u:%02u:000]: PROPERTY CHANGE: Adding FailedError property. Its value is '%u'.\r\n",
	"Action start 20:%02u:%02u: Action%u.\r\n",
	"Action ended 20:%02u:%02u: Action%u. Return value 1.\r\n",
	"DEBUG: Error 2826:  Control Line%02u%02u on dialog FatalError extends beyond the boundaries %u\r\n",
	"MSI (s) (A0:14) [20:%02u:%02u:000]: Decrementing counter to disable shutdown. Counter after decrement: -1 "
	"(%u)\r\n",
	"CustomAction Ca%02u%02u returned actual error code 1 but will be translated to success due to continue "
	"marking %u\r\n",
	"MSI (s) (A0:14) [20:%02u:%02u:000]: File: C:\\Program Files\\f%u.dll;  Won't Overwrite;  Won't patch;\r\n",
};

static const char *const check_noise[] = {
	"<Result "
	"StatusCode=\"0\"><Id>%02u%02u</Id><Status>Passed</Status><Check>DiskSpace%uCheckTitle</Check></Result>\r\n",
	"<Result StatusCode=\"0\">\r\n  <Id>%02u%02u</Id>\r\n  <Status>Passed</Status>\r\n"
	"  <Check>ReportViewerCheckTitle</Check>\r\n  <Description>%u</Description>\r\n</Result>\r\n",
	"<Result StatusCode=\"1\"><Id>%02u%02u</Id><Status>Warning</Status><Check>OMDBSqlVersionCheckTitle</Check>%u"
	"</Result>\r\n",
};

static const char *const start_noise[] = {
	"Message Type  0: Copying Localization Folder %02u%02u%u\r\n",
	"Message Type  0: Starting to wait. %02u%02u%u\r\n",
};

static const char *const event_noise[] = {
	"Log Name: Operations Manager\r\nEvent ID: 10616\r\nTime: 20:%02u:%02u\r\nError Code: 0 (%u)\r\n",
	"Event ID: 10622\r\nTime: 20:%02u:%02u\r\nThe computer may need to be rebooted (%u).\r\n",
	"Event ID: 1210\r\nTime: 20:%02u:%02u\r\nNew configuration became active (%u).\r\n",
	"Event ID: 21006\r\nTime: 20:%02u:%02u\r\nThe connector could not connect (%u).\r\n",
};

static const char *const unix_noise[] = {
	"1: 2026-11-20 10:%02u:%02u : DiscoveryResult for host lnx%u: probing\r\n",
	"2: 2026-11-20 10:%02u:%02u : errdata:\r\n3: : %u\r\n",
};

static const struct {
	const char *const *lines;
	size_t count;
	const char *head, *good, *bad;
} shapes[] = {
	[SHAPE_SETUP] = { setup_noise, ARRAY_LEN(setup_noise), "",
			  "[20:59:58]:\tAlways:\t:Application Ended: Success\r\n",
			  "[20:59:58]:\tAlways:\t:Application Ended: Failed\r\n" },
	[SHAPE_PACKAGE] = { package_noise, ARRAY_LEN(package_noise),
			    "=== Verbose logging started: 20.11.2026  20:00:00  Build type: SHIP UNICODE 5.00 ===\r\n",
			    "Property(S): AcceptEndUserLicenseAgreement = 1\r\nProperty(S): SERVICEACCOUNT = x\r\n"
			    "MSI (s) (A0:14) [20:59:58:000]: Installation success or error status: 0.\r\n"
			    "MSI (s) (A0:14) [20:59:58:000]: MainEngineThread is returning 0\r\n"
			    "=== Logging stopped: 20.11.2026  20:59:59 ===\r\n",
			    "MSI (s) (A0:14) [20:59:58:000]: Installation success or error status: 1603.\r\n"
			    "MSI (s) (A0:14) [20:59:58:000]: MainEngineThread is returning 1603\r\n"
			    "=== Logging stopped: 20.11.2026  20:59:59 ===\r\n" },
	[SHAPE_CHECKS] = { check_noise, ARRAY_LEN(check_noise), "<?xml version=\"1.0\"?>\r\n<Results>\r\n",
			   "</Results>\r\n", "</Results>\r\n" },
	[SHAPE_START] = { start_noise, ARRAY_LEN(start_noise), "",
			  "Message Type  0: Launching EXE : D:\\Setup\\SetupChainerUI.exe\r\n", "" },
	[SHAPE_EVENTS] = { event_noise, ARRAY_LEN(event_noise), "", "", "" },
	[SHAPE_UNIX] = { unix_noise, ARRAY_LEN(unix_noise), "", "", "" },
};

static enum shape shape_of(const char *name)
{
	if (str_starts(name, "OpsMgr") || str_eq(name, "OMReporting.log"))
		return SHAPE_SETUP;
	if (str_starts(name, "SCOMPrereq"))
		return SHAPE_CHECKS;
	if (str_starts(name, "Setup"))
		return SHAPE_START;
	if (str_starts(name, "events"))
		return SHAPE_EVENTS;
	return str_starts(name, "SSH") ? SHAPE_UNIX : SHAPE_PACKAGE;
}

/* FAILED: only the first three of the lines, which stand behind a failure too. */
static void put_noise(struct strbuf *out, enum shape shape, unsigned from, unsigned count, unsigned variant,
		      bool failed)
{
	size_t kinds = failed && shapes[shape].count > 3 ? 3 : shapes[shape].count;

	for (unsigned i = from; i < from + count; i++) {
		const char *line = shapes[shape].lines[(i * (2 * variant + 1) + variant) % kinds];
		char text[512];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(text, sizeof(text), line, i / 100 % 60, i / 2 % 60, i);
#pragma GCC diagnostic pop
		strbuf_puts(out, text);
	}
}

/* What stands below a failure, and is none. */
static void put_consequences(struct strbuf *out, enum shape shape)
{
	if (shape == SHAPE_SETUP)
		strbuf_puts(out,
			    "[20:55:00]:\tError:\t:FATAL ACTION: SomeAction\r\n"
			    "[20:55:01]:\tError:\t:Exception Error Code: 0x800706BA, The RPC server is unavailable.\r\n"
			    "[20:55:02]:\tError:\t:Cannot generate SSPI context.\r\n");
	else if (shape == SHAPE_PACKAGE)
		strbuf_puts(out, "Action ended 20:55:00: InstallFinalize. Return value 3.\r\n"
				 "Error 1923. Service 'X' (X) could not be installed.\r\n"
				 "Action ended 20:55:00: INSTALL. Return value 3.\r\n");
}

static bool ends_itself(const struct sample *sample)
{
	return strstr(sample->lines, "Application Ended") || strstr(sample->lines, "MainEngineThread") ||
	       strstr(sample->lines, "error status") || strstr(sample->lines, "Creating db path");
}

void log_make(struct strbuf *out, const char *name, const struct sample *sample, unsigned lines, unsigned variant)
{
	enum shape shape = shape_of(name);
	unsigned before = sample && ends_itself(sample) ? lines : lines * 3 / 5;

	/* An earlier run, which failed for another reason. */
	if (shape == SHAPE_PACKAGE && variant % 2)
		strbuf_printf(out, "%sError 1921. Service 'Y' (Y) could not be stopped.\r\n%s", shapes[shape].head,
			      shapes[shape].bad);
	strbuf_puts(out, shapes[shape].head);
	put_noise(out, shape, 0, before, variant, false);
	if (!sample) {
		put_noise(out, shape, before, lines - before, variant, false);
		strbuf_puts(out, shapes[shape].good);
		return;
	}
	for (const char *at = sample->lines, *end; (end = strchr(at, '\n')); at = end + 1) {
		strbuf_add(out, at, (size_t)(end - at));
		strbuf_puts(out, "\r\n");
	}
	if (ends_itself(sample))
		return;
	put_consequences(out, shape);
	put_noise(out, shape, before, lines - before, variant, true);
	strbuf_puts(out, shapes[shape].bad);
}

/* ---- samples ---- */

const struct sample *samples_load(struct arena *arena)
{
	size_t length, count = 0;
	char *bytes = read_whole_file(source_path("tests/logs/samples.txt"), &length);
	struct sample *samples = arena_array(arena, length / 16 + 2, sizeof(*samples));

	for (const char *at = strstr(bytes, "\n== ") + 1; at; count++) {
		const char *log = strchr(at + 3, ' '), *lines = strchr(at, '\n') + 1, *next = strstr(lines, "\n== ");

		samples[count].sign = arena_strndup(arena, at + 3, (size_t)(log - at - 3));
		samples[count].log = arena_strndup(arena, log + 1, (size_t)(lines - log - 2));
		samples[count].lines = arena_strndup(arena, lines, next ? (size_t)(next + 1 - lines) : strlen(lines));
		at = next ? next + 1 : NULL;
	}
	free(bytes);
	return samples;
}

/* ---- reading ---- */

struct bytes {
	const char *text;
	size_t length, at;
};

static ptrdiff_t read_bytes(void *data, char *to, size_t room)
{
	struct bytes *bytes = data;
	size_t left = bytes->length - bytes->at, count = left < room ? left : room;

	memcpy(to, bytes->text + bytes->at, count);
	bytes->at += count;
	return (ptrdiff_t)count;
}

struct log_result log_read(const struct catalog *catalog, const char *name, const char *text, size_t length,
			   struct arena *arena)
{
	struct bytes bytes = { text, length, 0 };
	struct log_result result = { .path = name };

	read_log_bytes(catalog, NULL, read_bytes, &bytes, &result, arena);
	return result;
}

const char *log_decisive(const struct log_result *result)
{
	return result->finding_count && result->findings[0].weight >= 20 ? result->findings[0].sign->id : "";
}

const struct sign *log_sign(const struct catalog *catalog, const char *id)
{
	for (size_t i = 0; i < catalog->sign_count; i++) {
		if (str_eq(catalog->signs[i]->id, id))
			return catalog->signs[i];
	}
	return NULL;
}
