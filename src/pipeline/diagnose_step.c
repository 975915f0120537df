/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The step of the plan that logs belong to, and what becomes of it.
 */
#include "pipeline/diagnose_private.h"

#include "core/text.h"

/* ---- which step ---- */

static bool is_log_of(const struct step *step, const char *path)
{
	return step->task->log && text_equal_fold(path_name(step->task->log), path_name(path));
}

static bool is_step_of(const struct step *step, const struct diagnosis *result)
{
	for (size_t i = 0; i < result->log_count; i++) {
		if (is_log_of(step, result->logs[i].path))
			return true;
	}
	return result->decided && str_eq(result->findings[0]->sign->task, step->task->id);
}

/* One that is failed or running in the record goes before one that only has such a log. */
static unsigned likeness(const struct diagnose_request *request, const struct diagnosis *result, size_t index)
{
	enum step_state state = request->tracker ? tracker_status(request->tracker, index)->state : STATE_WAITING;

	if (!is_step_of(&request->sequence->items[index], result))
		return 0;
	return state == STATE_FAILED ? 3 : state == STATE_STARTED ? 2 : 1;
}

static void find_step(const struct diagnose_request *request, struct diagnosis *result, struct arena *arena)
{
	unsigned best = 0;
	size_t count = 0;
	struct strbuf names = STRBUF_INIT;

	for (size_t i = 0; request->sequence && i < request->sequence->count; i++) {
		unsigned like = likeness(request, result, i);

		if (like > best) {
			best = like;
			count = 0;
			strbuf_reset(&names);
			result->step = &request->sequence->items[i];
		}
		if (!like || like != best)
			continue;
		if (count++ < 6)
			strbuf_printf(&names, "%s%s", count > 1 ? ", " : "", request->sequence->items[i].id);
	}
	if (count > 1) {
		result->step = NULL;
		result->step_note = arena_printf(arena, "It may be any of these steps; --step says which: %s%s.",
						 strbuf_text(&names), count > 6 ? ", and others" : "");
	} else if (count == 1) {
		result->step_note = best == 3 ? "The record has it as failed."
				  : best == 2 ? "The record has it as running."
					      : "The only step with such a log.";
	}
	strbuf_clear(&names);
}

/* ---- what becomes of it ---- */

/* Setup itself began to change something: it was rolled back, or says where it broke off. */
static bool broke_off(const struct diagnosis *result)
{
	for (size_t i = 0; i < result->log_count; i++) {
		const struct log_result *log = &result->logs[i];
		bool setup = log->shape && (log->shape->kind & (LOG_SETUP | LOG_ROLE));

		for (size_t k = 0; k < log->finding_count; k++) {
			if (setup && log->findings[k].sign->role == SIGN_PLACE && log->findings[k].weight > 0)
				return true;
		}
		if (setup && log->rolled_back && log->verdict != LOG_ENDED_WELL)
			return true;
	}
	return false;
}

/* Something says so: that nothing bad was found does not, for a setup that was killed or still runs leaves that too. */
static bool ended_well(const struct diagnosis *result)
{
	if (result->code && result->code->good)
		return true;
	for (size_t i = 0; i < result->log_count && !result->unreadable; i++) {
		if (result->logs[i].verdict == LOG_ENDED_WELL)
			return true;
	}
	return false;
}

static enum sign_next next_of(const struct diagnosis *result)
{
	if (!result->failed)
		return ended_well(result) ? NEXT_GO_ON : NEXT_ASK;
	if (result->decided && result->findings[0]->sign->role == SIGN_CAUSE)
		return result->findings[0]->sign->next;
	return result->code && !result->code->good ? result->code->next : NEXT_ASK;
}

static const char *next_words(enum sign_next next, bool failed, bool once)
{
	static const char not_ended[] =
		"Nothing here says that it ended well either: it may have been stopped or killed, or may still be "
		"running. Look at the server before anything is repeated, and before any other step starts.";
	static const char *const words[] = {
		[NEXT_ASK] = "The log does not say what was already changed. Check whether the product is still "
			     "installed and which build it has, then decide: repeat, or restore.",
		[NEXT_REPEAT] = "Nothing was changed. Remove the cause, then run the same step again.",
		[NEXT_RESTORE] =
			"Something may be half changed, also in a database. Do not run it again on that state: restore "
			"the databases and the server from the backups made for this upgrade, or ask the "
			"vendor, then remove the cause and begin again.",
		[NEXT_GO_ON] = "No failure was found: nothing has to be repeated.",
	};
	static const char *const once_words[] = {
		[NEXT_ASK] = "This step is never repeated automatically. Check whether the role is still installed, "
			     "which build it has, and whether the databases were upgraded; then decide: repeat, or "
			     "restore from the backups.",
		[NEXT_REPEAT] =
			"Nothing was changed. This step is never repeated automatically: remove the cause, make sure "
			"that the role is still installed, then run it again on purpose.",
	};

	if (next == NEXT_ASK && !failed)
		return not_ended;
	return once && next <= NEXT_REPEAT ? once_words[next] : words[next];
}

static bool nothing_read(const struct diagnosis *result)
{
	for (size_t i = 0; i < result->log_count; i++) {
		if (!result->logs[i].why)
			return false;
	}
	return result->log_count && !result->code;
}

void diagnose_step(const struct diagnose_request *request, struct diagnosis *result, struct arena *arena)
{
	bool once;

	result->step = request->step;
	result->step_note = "";
	if (!request->step)
		find_step(request, result, arena);
	result->next = next_of(result);
	once = result->step && result->step->task->once;
	/* A cause that is found before anything is changed, in a log that says that something was. */
	if (result->next == NEXT_REPEAT && broke_off(result))
		result->next = NEXT_ASK;
	result->next_text = nothing_read(result) ? "No log could be read, so nothing is known here. Look at the server "
						   "before anything is repeated, and before any other step starts."
						 : next_words(result->next, result->failed, once);
	if (result->failed && (once || !result->step) && broke_off(result))
		result->advice =
			"A setup that fails after its first change can remove the role while the databases stay "
			"upgraded. Before anything else, check whether the role is still there. If it is gone, stop: "
			"upgrade no other server, restore the databases and the server.";
}
