/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * A page of fields: the page's introduction and a form.
 */
#include "ui/form.h"

struct form_state {
	struct form *form;
	const struct page *page; /* whose fields the form has */
};

static void make_form(struct view *view)
{
	struct form_state *state = view->state;

	state->page = view->page;
	state->form = form_new(view->ui, view->wizard, view->page->fields, NULL, NULL);
	form_findings(state->form, &view->findings);
}

/* An answer may replace the page itself, as the choice of the product does: then its fields are others. */
static struct form *form_of(struct view *view)
{
	struct form_state *state = view->state;

	if (state->page != wizard_page(view->wizard) || form_replaced(state->form)) {
		form_free(state->form);
		view->page = wizard_page(view->wizard);
		make_form(view);
	}
	return state->form;
}

static void publish(struct view *view, const struct form *form)
{
	diags_clear(&view->findings);
	view->findings = (struct diags)DIAGS_INIT;
	diags_add_all(&view->findings, form_found(form));
}

static void view_form_open(struct view *view)
{
	make_form(view);
}

static void view_form_close(struct view *view)
{
	struct form_state *state = view->state;

	form_free(state->form);
}

static void view_form_draw(struct view *view, struct canvas *canvas, struct rect body)
{
	form_draw(form_of(view), canvas, body, wizard_page_intro(view->wizard, view->page), view->focused);
}

static enum view_result view_form_key(struct view *view, const struct key *pressed, enum action action)
{
	enum view_result result = form_key(form_of(view), pressed, action);

	if (result != VIEW_IGNORED)
		publish(view, form_of(view));
	return result;
}

static void view_form_focus(struct view *view, enum focus_at at)
{
	struct form *form = form_of(view);

	if (at == FOCUS_ERROR)
		form_findings(form, &view->findings);
	form_focus(form, at);
}

static bool view_form_in_text(struct view *view)
{
	return form_in_text(form_of(view));
}

static void view_form_commit(struct view *view)
{
	form_commit(form_of(view));
}

static void view_form_hint(struct view *view, struct strbuf *out)
{
	form_hint(form_of(view), out);
}

static const enum action *view_form_actions(struct view *view)
{
	return form_actions(form_of(view));
}

static const char *view_form_help(struct view *view)
{
	return form_help(form_of(view));
}

const struct view_ops view_form = {
	.state_size = sizeof(struct form_state),
	.open = view_form_open,
	.close = view_form_close,
	.draw = view_form_draw,
	.key = view_form_key,
	.focus = view_form_focus,
	.in_text = view_form_in_text,
	.commit = view_form_commit,
	.hint = view_form_hint,
	.actions = view_form_actions,
	.help = view_form_help,
};
