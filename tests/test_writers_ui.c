/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * Two full-screen wizards and an editor on one plan, at random: what test_writers.c plays line by line, on terminals.
 */
#include "desk.h"

#include <stdlib.h>

#define TITLE "The plan's file is not what it was"

struct player {
	struct session *session;
	char token[16];
};

static unsigned below(uint64_t *seed, unsigned most)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % most;
}

static void write_plan(const struct desk *desk, const char *token)
{
	char path[PATH_MAX], text[1024];

	snprintf(path, sizeof(path), "%s/p.yaml", desk->folder);
	snprintf(text, sizeof(text),
		 "scupgrade: 1\nproduct: operations-manager\nsource: 2012-r2\ntarget: '2016'\n"
		 "management-group: %s\nlicense-accepted: true\n"
		 "accounts:\n  data-access: { kind: domain, user: 'CONTOSO\\das' }\n"
		 "  data-reader: { user: 'CONTOSO\\reader' }\n"
		 "servers:\n  - { name: MS01, roles: [management-server] }\n",
		 token);
	write_whole_file(path, text, strlen(text));
}

static void change(struct player *player, unsigned round, unsigned number)
{
	snprintf(player->token, sizeof(player->token), "W%ux%u", round, number);
	go_to_field(player->session, "Management group");
	session_key(player->session, "Ctrl-u");
	session_send(player->session, player->token);
	expect_text(player->session, player->token);
}

/* Saves where HOLDS is what the disk has and somebody else wrote. Returns whether that was replaced. */
static bool save_over(struct desk *desk, struct player *player, const char *holds, uint64_t *seed)
{
	bool replace = below(seed, 2);

	press_key(player->session, "F6", TITLE);
	assert_desk_holds(desk, "p.yaml", holds);
	if (replace)
		session_key(player->session, "Left");
	session_key(player->session, "Enter");
	assert_true(session_wait_gone(player->session, TITLE, MS));
	expect_text(player->session, replace ? "The plan is saved as p.yaml." : "The plan is not saved");
	assert_desk_holds(desk, "p.yaml", replace ? player->token : holds);
	if (replace)
		assert_desk_holds(desk, "p.yaml~", holds);
	return replace;
}

/* Keeps the draft, comes back after somebody changed the file, resumes: it is told, and saving asks. */
static void come_back(struct desk *desk, struct player *player, unsigned round, uint64_t *seed)
{
	char edited[16];

	snprintf(edited, sizeof(edited), "E%u", round);
	press_key(player->session, "Alt-q", "Leave?");
	session_key(player->session, "Left");
	session_key(player->session, "Left");
	session_key(player->session, "Enter");
	expect_end(player->session, 3);
	write_plan(desk, edited);
	player->session = desk_wizard(desk, "p.yaml");
	expect_text(player->session, "There is a draft");
	press_key(player->session, "Enter", "when this draft was begun");
	session_key(player->session, "Esc");
	assert_true(session_wait_gone(player->session, "when this draft was begun", MS));
	save_over(desk, player, edited, seed);
}

static void leave(struct player *player)
{
	session_signal(player->session, 15);
	expect_end(player->session, 128 + 15);
}

static void play_round(struct desk *desk, unsigned round)
{
	uint64_t seed = 0x5CDB1E5u + round;
	struct player first, second;
	const char *holds;

	write_plan(desk, "START");
	first.session = desk_wizard(desk, "p.yaml");
	expect_text(first.session, "Management group");
	second.session = desk_wizard(desk, "p.yaml");
	expect_text(second.session, "The plan is open elsewhere");
	session_key(second.session, "Esc");
	assert_true(session_wait_gone(second.session, "The plan is open elsewhere", MS));
	change(&first, round, 1);
	change(&second, round, 2);
	press_key(first.session, "F6", "The plan is saved as p.yaml.");
	assert_desk_holds(desk, "p.yaml", first.token);
	holds = save_over(desk, &second, first.token, &seed) ? second.token : first.token;
	/* The first one has nothing to change, and is not told that another plan is saved. */
	if (holds == second.token && save_over(desk, &first, second.token, &seed))
		holds = first.token;
	if (holds == first.token) {
		leave(&first);
		change(&second, round, 3);
		come_back(desk, &second, round, &seed);
		leave(&second);
	} else {
		leave(&first);
		leave(&second);
	}
}

static void test_full_screen__two_and_an_editor__no_change_is_lost_unasked(void **state)
{
	const char *quick = getenv("QUICK_TESTS");
	unsigned rounds = quick && *quick ? 2 : 20;

	(void)state;
	for (unsigned round = 0; round < rounds; round++) {
		void *desk;

		assert_int_equal(desk_set_up(&desk), 0);
		play_round(desk, round);
		assert_int_equal(desk_tear_down(&desk), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_full_screen__two_and_an_editor__no_change_is_lost_unasked),
	};

	return run_tests(tests);
}
