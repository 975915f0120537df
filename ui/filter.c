/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * What "/" leaves of a list of rows.
 */
#include "ui/filter.h"

void filter_clear(struct filter *filter)
{
	strbuf_clear(&filter->text);
	free(filter->shown);
	*filter = (struct filter){ .count = 0 };
}

bool filter_is_on(const struct filter *filter)
{
	return filter->text.length > 0;
}

void filter_update(struct filter *filter, size_t all, filter_fits fits, void *data, bool fresh)
{
	if (!filter_is_on(filter) || (filter->all == all && !fresh))
		return;
	free(filter->shown);
	filter->shown = xcalloc(all + 1, sizeof(*filter->shown));
	filter->count = 0;
	filter->all = all;
	for (size_t i = 0; i < all; i++) {
		if (fits(i, strbuf_text(&filter->text), data))
			filter->shown[filter->count++] = i;
	}
	if (!filter->count)
		filter_clear(filter);
}

bool filter_prompt(struct ui *ui, const char *what, struct strbuf *text)
{
	static const char *const labels[] = { "Text", NULL };
	struct strbuf words = STRBUF_INIT;
	bool found;

	strbuf_printf(&words, "Shows only the %ss with this text. Esc shows all of them again.", what);
	found = dialog_input(ui, "Find", strbuf_text(&words), labels, text, 1, NULL, NULL);
	strbuf_clear(&words);
	return found;
}

void filter_none(struct ui *ui, const char *what)
{
	struct strbuf words = STRBUF_INIT;

	strbuf_printf(&words, "No %s has this text.", what);
	ui_say(ui, strbuf_text(&words));
	strbuf_clear(&words);
}

const char *filter_title(struct arena *arena, const struct strbuf *text, size_t count, size_t all)
{
	return arena_printf(arena, "Only rows with \"%s\": %zu of %zu. Esc shows all.", strbuf_text(text), count, all);
}

void filter_ask(struct filter *filter, struct ui *ui, const char *what, size_t all, filter_fits fits, void *data)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_puts(&text, strbuf_text(&filter->text));
	if (filter_prompt(ui, what, &text)) {
		bool wanted = text.length > 0;

		filter_clear(filter);
		strbuf_puts(&filter->text, strbuf_text(&text));
		filter_update(filter, all, fits, data, true);
		if (wanted && !filter_is_on(filter))
			filter_none(ui, what);
	}
	strbuf_clear(&text);
}

size_t filter_count(const struct filter *filter, size_t all)
{
	return filter_is_on(filter) ? filter->count : all;
}

size_t filter_row(const struct filter *filter, size_t place)
{
	return filter_is_on(filter) ? filter->shown[place < filter->count ? place : filter->count - 1] : place;
}

size_t filter_place(const struct filter *filter, size_t row)
{
	size_t low = 0, high = filter->count;

	if (!filter_is_on(filter))
		return row;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (filter->shown[middle] < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low < filter->count ? low : filter->count - 1;
}

void filter_fit(const struct filter *filter, struct listing *listing, size_t all, size_t room)
{
	listing->at = filter_place(filter, listing->at);
	listing_fit(listing, filter_count(filter, all), room);
	listing->at = filter_row(filter, listing->at);
}

enum view_result filter_key(const struct filter *filter, struct listing *listing, size_t all, const struct key *key)
{
	enum view_result result;

	listing->at = filter_place(filter, listing->at);
	result = listing_key(listing, filter_count(filter, all), key);
	listing->at = filter_row(filter, listing->at);
	return result;
}
