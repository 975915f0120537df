/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Service Management Automation: the properties of every installation line, the packages, and how to see what a line
 * did.
 */
#include "flows/sma/sma_words.h"

#include "core/text.h"

#define LOG_FOLDER COMMON_LOG_FOLDER

/* ---- words ---- */

/* The default instance is named by its server alone. */
static const char *named_instance(const char *instance)
{
	return instance && text_equal_fold(instance, "MSSQLSERVER") ? NULL : instance;
}

#define VALUE_OF(function, expression)                                                                                 \
	const char *function(const struct scope *scope)                                                                \
	{                                                                                                              \
		const struct sma_answers *answers = sma_answers(scope->plan);                                          \
		return (expression);                                                                                   \
	}

VALUE_OF(sma_worker_package, common_in_folder(scope->arena, answers->media_folder, "WorkerInstaller.msi"))
VALUE_OF(sma_web_package, common_in_folder(scope->arena, answers->media_folder, "WebServiceInstaller.msi"))
VALUE_OF(sma_module_package, common_in_folder(scope->arena, answers->media_folder, "PowershellModuleInstaller.msi"))
VALUE_OF(sma_old_worker_package, common_in_folder(scope->arena, answers->source_media_folder, "WorkerInstaller.msi"))
VALUE_OF(sma_old_web_package, common_in_folder(scope->arena, answers->source_media_folder, "WebServiceInstaller.msi"))
VALUE_OF(sma_old_module_package,
	 common_in_folder(scope->arena, answers->source_media_folder, "PowershellModuleInstaller.msi"))
static VALUE_OF(worker_user, answers->worker_user)
static VALUE_OF(pool_user, answers->pool_user)
static VALUE_OF(sql_user, answers->sql_user)
static VALUE_OF(sql_server,
	 answers->sql_server ? arena_printf(scope->arena, "%s, %u", answers->sql_server, answers->sql_port) : NULL)
static VALUE_OF(sql_instance, named_instance(answers->sql_instance))
static VALUE_OF(database, sma_kept(answers->database, SMA_DATABASE))
static VALUE_OF(authentication, answers->authentication == SMA_SQL_AUTHENTICATION ? "SQL" : "Windows")
static VALUE_OF(site, sma_kept(answers->site, SMA_SITE))
static VALUE_OF(web_port, arena_printf(scope->arena, "%u", answers->port))
static VALUE_OF(web_folder, sma_kept(answers->web_folder, SMA_WEB_FOLDER))
static VALUE_OF(worker_folder, sma_kept(answers->worker_folder, common_folder(scope)))
static VALUE_OF(use_ssl, answers->ssl ? "Yes" : "No")
static VALUE_OF(certificate, answers->certificate_serial)
static VALUE_OF(etw_manifest, answers->etw_manifest ? "Yes" : "No")
static VALUE_OF(telemetry, answers->telemetry ? "Yes" : "No")
static VALUE_OF(microsoft_update, answers->microsoft_update ? "Yes" : "No")

static bool has_sql_login(const struct scope *scope)
{
	return sma_answers(scope->plan)->authentication == SMA_SQL_AUTHENTICATION;
}

static bool has_ssl(const struct scope *scope)
{
	return sma_answers(scope->plan)->ssl;
}

static bool has_certificate(const struct scope *scope)
{
	const char *serial = sma_answers(scope->plan)->certificate_serial;
	return has_ssl(scope) && serial;
}

static const char *specify_certificate(const struct scope *scope)
{
	return has_certificate(scope) ? "Yes" : "No";
}

static bool has_product_key(const struct scope *scope)
{
	return sma_answers(scope->plan)->license == SMA_LICENSE_KEY;
}

static const char *admins(const struct scope *scope)
{
	const struct names *names = &sma_answers(scope->plan)->admins;
	const char *list = NULL;
	for (size_t i = 0; i < names->count; i++)
		list = list ? arena_printf(scope->arena, "%s,%s", list, names->items[i]) : names->items[i];
	return list;
}

/* What Windows Installer logs of a line with passwords: all but properties (p, v) and what the line says itself (c). A
 * property cannot be hidden from its line: the names there become capitals, and MsiHiddenProperties is none. */
#define WITHOUT_VALUES "/liwearumo"
#define MSIEXEC(option, package_of, details, log)                                                                      \
	{ .form = WORD_PLAIN, .value = "msiexec" }, { .form = WORD_PLAIN, .value = option },                           \
		{ .form = WORD_PLAIN, .value_of = package_of }, { .form = WORD_PLAIN, .value = "/qn" },                \
		{ .form = WORD_PLAIN, .value = "/norestart" }, { .form = WORD_PLAIN, .value = (details) },             \
	{                                                                                                              \
		.form = WORD_PLAIN, .value = LOG_FOLDER log                                                            \
	}
#define PROPERTY(property, function)                                                                                   \
	{                                                                                                              \
		.form = WORD_PROPERTY, .name = property, .value_of = function                                          \
	}

/* The old database is used, never a new one made: this constant is the point of the whole flow. */
#define KEPT_DATABASE                                                                                                  \
	{ .form = WORD_PROPERTY, .name = "CREATEDATABASE", .value = "No" },                                            \
		PROPERTY("DATABASEAUTHENTICATION", authentication),                                                    \
		{ .form = WORD_PROPERTY, .name = "SQLUSER", .value_of = sql_user, .applies = has_sql_login },          \
		{ .form = WORD_PROPERTY,                                                                               \
		  .name = "SQLPASSWORD",                                                                               \
		  .account = "accounts.database",                                                                      \
		  .applies = has_sql_login },                                                                          \
		PROPERTY("SQLSERVER", sql_server), PROPERTY("SQLINSTANCE", sql_instance),                              \
		PROPERTY("SQLDATABASE", database)
#define OPTIONS                                                                                                        \
	PROPERTY("ETWMANIFEST", etw_manifest), PROPERTY("SENDTELEMETRYREPORTS", telemetry),                            \
		PROPERTY("MSUPDATE", microsoft_update),                                                                \
	{                                                                                                              \
		.form = WORD_PROPERTY, .name = "PRODUCTKEY", .account = "product-key", .applies = has_product_key      \
	}

static const struct argument install_worker_words[] = {
	MSIEXEC("/i", sma_worker_package, WITHOUT_VALUES, "SMA-WorkerInstaller.log"),
	PROPERTY("SERVICEACCOUNT", worker_user),
	{ .form = WORD_PROPERTY, .name = "SERVICEPASSWORD", .account = "accounts.worker-service" },
	KEPT_DATABASE,
	PROPERTY("INSTALLFOLDER", worker_folder),
	OPTIONS,
};
const struct argument_list sma_install_worker_line = ARGUMENTS(install_worker_words);

static const struct argument install_web_words[] = {
	MSIEXEC("/i", sma_web_package, WITHOUT_VALUES, "SMA-WebServiceInstaller.log"),
	PROPERTY("APPOOLACCOUNT", pool_user),
	{ .form = WORD_PROPERTY, .name = "APPOOLPASSWORD", .account = "accounts.application-pool" },
	PROPERTY("ADMINGROUPMEMBERS", admins),
	KEPT_DATABASE,
	PROPERTY("SITENAME", site),
	PROPERTY("WEBSERVICEPORT", web_port),
	PROPERTY("INSTALLFOLDER", web_folder),
	PROPERTY("USESSL", use_ssl),
	{ .form = WORD_PROPERTY, .name = "SPECIFYCERTIFICATE", .value_of = specify_certificate, .applies = has_ssl },
	{ .form = WORD_PROPERTY, .name = "CERTIFICATESERIAL", .value_of = certificate, .applies = has_certificate },
	OPTIONS,
};
const struct argument_list sma_install_web_line = ARGUMENTS(install_web_words);

static const struct argument install_module_words[] = { MSIEXEC("/i", sma_module_package, "/l*v",
								"SMA-PowershellModuleInstaller.log") };
const struct argument_list sma_install_module_line = ARGUMENTS(install_module_words);
static const struct argument remove_worker_words[] = { MSIEXEC("/x", sma_old_worker_package, "/l*v",
							       "SMA-WorkerRemove.log") };
const struct argument_list sma_remove_worker_line = ARGUMENTS(remove_worker_words);
static const struct argument remove_web_words[] = { MSIEXEC("/x", sma_old_web_package, "/l*v",
							    "SMA-WebServiceRemove.log") };
const struct argument_list sma_remove_web_line = ARGUMENTS(remove_web_words);
static const struct argument remove_module_words[] = { MSIEXEC("/x", sma_old_module_package, "/l*v",
							       "SMA-PowershellModuleRemove.log") };
const struct argument_list sma_remove_module_line = ARGUMENTS(remove_module_words);

/* ---- how to see that it worked ---- */

#define BUILD_SOURCE "SMA system requirements [CODE, UNCERTAIN: one source]; SMA uninstallation page [DOC]"

const struct build_probe sma_worker_build = {
	.product = "*Service Management Automation Runbook Worker*",
	.target = "{server-build}",
	.source = BUILD_SOURCE,
};
const struct build_probe sma_web_build = {
	.product = "*Service Management Automation Web Service*",
	.target = "{server-build}",
	.source = BUILD_SOURCE,
};
const struct build_probe sma_module_build = {
	.product = "*Service Management Automation Powershell*",
	.target = "{server-build}",
	.source = BUILD_SOURCE,
};

const char *const sma_worker_services[] = { "rbsvc", NULL };
