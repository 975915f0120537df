/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Operations Manager: the tests of what later releases need.
 */
#include "flows/om/om_later.h"
#include "flows/om/om_tests.h"

bool om_asks_for_drivers(const struct scope *scope)
{
	return om_flag(scope, FLAG_OLEDB) != DUE_NO;
}

/* No document prints a least version: any will do, and only the OLE DB driver is said to stop setup. */
enum check_state om_test_drivers(struct check_context *context)
{
	const struct names *oledb = fact_names(check_facts(context), &fact_drivers_oledb);
	const struct names *odbc = fact_names(check_facts(context), &fact_drivers_odbc);

	if (!oledb || !odbc)
		return check_unknown(context, "drivers");
	if (!oledb->count)
		return check_say(context, CHECK_FAILED, "there is no OLE DB driver");
	if (!odbc->count)
		return check_say(context, CHECK_WARNING, "OLE DB %s, but no ODBC driver", oledb->items[0]);
	return check_say(context, CHECK_PASSED, "OLE DB %s, ODBC %s", oledb->items[0], odbc->items[0]);
}
