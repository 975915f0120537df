/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The scupgrade authors
 *
 * The runbook as one HTML file that needs nothing else: no script, no outside reference, light and dark, for the screen
 * and for paper.
 */
#include "render/render_runbook.h"


enum { LONG_SCRIPT = 16 }; /* lines; longer ones may be broken over pages */

/* A rule or a block of them each. */
static const char *const style[] = {
	":root{color-scheme:light dark;--ground:#eef1f4;--paper:#fff;--ink:#1a222d;--soft:#515c6b;--line:#d5dbe2;"
	"--accent:#0a5583;--tint:#e9f1f7;--code:#f4f6f8;--chip:#0a5583;--on-chip:#fff;--good:#17623a;--warn:#7c4a00;"
	"--bad:#a11d18}\n",
	"@media (prefers-color-scheme:dark){:root{--ground:#0e1217;--paper:#171c23;--ink:#e4e9ef;--soft:#a4afbd;"
	"--line:#343e4b;--accent:#86c5ef;--tint:#1c2834;--code:#0f141a;--chip:#86c5ef;--on-chip:#0c1a25;--good:#84d3a0;"
	"--warn:#efba6b;--bad:#ff9d94}}\n",
	"*{box-sizing:border-box}\n",
	"html{-webkit-text-size-adjust:100%;text-size-adjust:100%}\n",
	"body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,\"Segoe UI\",Roboto,"
	"\"Helvetica Neue\",Arial,sans-serif;overflow-wrap:anywhere}\n",
	"main{max-width:72rem;margin:2rem auto;background:var(--paper);border:1px solid var(--line);"
	"border-top:4px solid var(--accent);border-radius:6px;padding:2.5rem clamp(1rem,4vw,3.5rem) 3rem}\n",
	"h1{font-size:2rem;line-height:1.2;font-weight:650;letter-spacing:-.015em;margin:.2rem 0 .6rem}\n",
	"h2{font-size:1.4rem;line-height:1.25;font-weight:650;letter-spacing:-.01em;margin:0 0 1rem}\n",
	"h3{font-size:1.08rem;line-height:1.35;font-weight:650;margin:0}\n",
	"p{margin:0 0 .9rem;max-width:48rem;text-wrap:pretty}\n",
	"a{color:var(--accent);text-underline-offset:.15em}\n",
	":focus-visible{outline:2px solid var(--accent);outline-offset:2px}\n",
	"section{padding-top:2.6rem}\nsection.cover{padding-top:0}\n",
	"code,pre,.digest{font-family:ui-monospace,\"Cascadia Mono\",Consolas,\"DejaVu Sans Mono\",Menlo,monospace;"
	"font-size:.86em}\n",
	".over{color:var(--accent);font-size:.82rem;font-weight:650;letter-spacing:.08em;text-transform:uppercase;"
	"margin:0}\n",
	".made{color:var(--soft);font-size:.88rem;max-width:none}\n",
	"nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.35rem 1.3rem;margin:1.2rem 0 0;padding:.9rem 0 0;"
	"border-top:1px solid var(--line);font-size:.95rem}\n",
	"table{width:100%;border-collapse:collapse;font-size:.94rem;margin:0 0 1rem}\n",
	"th,td{text-align:left;vertical-align:top;padding:.5rem 1rem .5rem 0;border-bottom:1px solid var(--line);"
	"unicode-bidi:isolate}\n",
	"th:last-child,td:last-child{padding-right:0}\n",
	"thead th{color:var(--soft);font-size:.86em;font-weight:600;border-bottom-width:2px}\n",
	"tbody th{font-weight:600}\n",
	"table{table-layout:fixed}table.pair thead th:first-child{width:42%}table.pair tbody th{font-weight:500}\n",
	".list th:nth-child(1){width:3.4rem}.list th:nth-child(2){width:22%}.list th:nth-child(4){width:17%}\n",
	"#back-out .list th:nth-child(3){width:8%}#back-out .list th:nth-child(4){width:46%}\n",
	"#decisions .list th:nth-child(2){width:30%}#exit-codes .pair thead th:first-child{width:7rem}\n",
	".checks th:nth-child(1){width:12.5%}.checks th:nth-child(2){width:18%}.checks th:nth-child(4){width:15%}\n",
	"caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}\n",
	".state{font-weight:650;font-size:.92em;white-space:nowrap}\n",
	".passed .state,.confirmed .state{color:var(--good)}\n",
	".warning .state,.acknowledged .state,.unknown .state{color:var(--warn)}\n",
	".failed .state,.against .state{color:var(--bad)}\n",
	"figure{margin:1.2rem 0 0}\n",
	"figcaption{color:var(--soft);font-size:.88rem;margin-top:.8rem;max-width:52rem}\n",
	".wide{overflow-x:auto}\nsvg{display:block;width:100%;height:auto;margin:0}\n",
	"svg text{font-size:12px;fill:var(--ink);text-anchor:middle;font-variant-numeric:tabular-nums}\n",
	"svg .band{fill:var(--tint)}\nsvg .band-name{text-anchor:start;font-weight:650}\n",
	"svg .lane{stroke:var(--line)}\nsvg .lane-name{text-anchor:end}\n",
	"svg a rect{stroke:var(--chip);stroke-width:1.4;fill:var(--paper)}\nsvg a rect.line{fill:var(--chip)}\n",
	"svg a rect.hand{stroke-dasharray:3 2.4}\nsvg text.on-line{fill:var(--on-chip);font-weight:600}\n",
	"svg .barrier line{stroke:var(--ink);stroke-width:2.4}\nsvg .barrier text{font-size:11px;fill:var(--soft)}\n",
	".key{border:1.4px solid var(--chip);border-radius:4px;padding:0 .35em;color:var(--ink)}\n",
	".key.line{background:var(--chip);color:var(--on-chip)}\n.key.hand{border-style:dashed}\n",
	".phase>h2{display:flex;justify-content:space-between;align-items:baseline;gap:1rem;flex-wrap:wrap;"
	"border-bottom:2px solid var(--accent);padding-bottom:.5rem;margin-bottom:0}\n",
	".phase>h2 span{color:var(--soft);font-size:.92rem;font-weight:500;letter-spacing:0}\n",
	".step{display:grid;grid-template-columns:3.4rem minmax(0,1fr);padding:1.7rem 0 1.5rem;"
	"border-bottom:1px solid var(--line);scroll-margin-top:1rem}\n",
	".step:target{background:linear-gradient(90deg,var(--tint),transparent);box-shadow:-.8rem 0 0 var(--tint)}\n",
	".box{display:block;width:1.3rem;height:1.3rem;border:1.6px solid "
	"var(--soft);border-radius:4px;margin-top:.1rem}\n",
	".no{color:var(--accent);font-variant-numeric:tabular-nums;margin-right:.45rem}\n",
	".meta{color:var(--soft);font-size:.88rem;margin:.15rem 0 .8rem;max-width:none}\n",
	".where{color:var(--ink);font-weight:600}\n",
	"dl{display:grid;grid-template-columns:7.6rem minmax(0,1fr);gap:.4rem 1rem;margin:0}\n",
	"dt{color:var(--soft);font-size:.88rem;padding-top:.1rem}\ndd{margin:0;max-width:48rem}\n",
	"dt.code,dd.code{grid-column:1/-1;max-width:none}\ndt.code{padding-top:.4rem}\n",
	"pre{margin:0 0 .3rem;padding:.8rem 1rem;background:var(--code);border:1px solid var(--line);"
	"border-left:3px solid var(--accent);border-radius:4px;white-space:pre-wrap;line-height:1.5}\n",
	"pre code{font-size:inherit}\n",
	".source{font-size:.84rem;color:var(--soft)}\n",
	".unsure{display:inline-block;color:var(--warn);border:1px solid currentColor;border-radius:4px;padding:0 .4em;"
	"font-weight:600;margin-right:.5em}\n",
	".sign{display:flex;flex-wrap:wrap;gap:.8rem 2rem;margin:1.2rem 0 0;color:var(--soft);font-size:.88rem;"
	"max-width:none}\n",
	".sign span{flex:1 1 16rem;display:flex;gap:.6rem;align-items:flex-end;min-height:1.9rem}\n",
	".sign span::after{content:\"\";flex:1;border-bottom:1px solid var(--soft)}\n",
	"#sign-off tbody td{height:3.4rem}\n",
	".members td{padding:.15rem .4rem}.members td:nth-child(5n+2){font-weight:600}\n",
	"footer{color:var(--soft);font-size:.82rem;margin-top:2rem}\n",
	"@media (max-width:44rem){main{margin:0;border-width:4px 0 "
	"0;border-radius:0}.step{grid-template-columns:2.2rem "
	"minmax(0,1fr)}dl{grid-template-columns:minmax(0,1fr);gap:.1rem}dd{margin-bottom:.5rem}\n",
	"table:not(.pair),table:not(.pair) tbody,table:not(.pair) tr{display:block}table:not(.pair) "
	"thead{display:none}\n",
	"table:not(.pair) td,table:not(.pair) tbody th{display:block;border:0;padding:.1rem 0}\n",
	"table:not(.pair) tr{border-bottom:1px solid var(--line);padding:.5rem 0}}\n",
	"@page{size:A4;margin:8mm 10mm 9mm}\n@page drawing{size:A4 landscape}\n",
	"@media "
	"print{:root{color-scheme:light;--ground:#fff;--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--accent:#0a4a73;"
	"--tint:#eef3f7;--code:#f6f7f8;--chip:#0a4a73;--on-chip:#fff;--good:#17623a;--warn:#7c4a00;--bad:#a11d18}\n",
	"*{-webkit-print-color-adjust:exact;print-color-adjust:exact}\n",
	"html{font-size:10.4px}body{font-size:8.1pt;line-height:1.12}"
	"main{margin:0;padding:0;border:0;max-width:none}\n",
	"pre{font-size:6.4pt;line-height:1.06;padding:.05rem .5rem;margin:0}\n",
	"section{padding-top:.3rem}section.cover{padding-top:0}h2{margin-bottom:.4rem}"
	".phase>h2{display:block}.phase>h2 span{float:right}p{max-width:none}table{margin:0 0 .4rem}\n",
	"#order,#decisions{page:drawing}#order{padding-top:0}\n",
	"#sign-off,#decisions{break-inside:avoid}#sign-off tbody td{height:1.8rem}\n",
	"h2,h3,dt,.step "
	"header{break-after:avoid}#accounts,tr,figure,.step header,.sign{break-inside:avoid}\n",
	"thead{display:table-header-group}table{font-size:7.7pt}.checks{font-size:7pt;line-height:1.2}\n"
	"th,td{padding:.07rem .4rem}.step{padding:.22rem 0 .16rem;grid-template-columns:2rem minmax(0,1fr)}"
	".meta{margin:0}dl{margin:0;gap:.02rem 1rem}dd{max-width:none}p{margin-bottom:.4rem}"
	".step>div{position:relative}.step header{padding-right:50%}"
	".step .sign{position:absolute;top:0;right:0;width:48%;"
	"margin:0;flex-wrap:nowrap;gap:.6rem}.sign span{min-height:1.6rem;flex:1 1 0}"
	".checks th:nth-child(2){width:17%}.checks th:nth-child(4){width:17%}"
	".checks th:nth-child(5){width:20%}.checks td,.checks th{padding:.07rem .3rem}"
	"#exit-codes table,#back-out table{font-size:7.2pt}\n"
	".step:target{background:none;box-shadow:none}\n",
	"svg{min-width:0!important;max-width:100%!important;max-height:125mm}.wide{overflow:visible}\n",
	"p,li{orphans:3;widows:3}nav{display:none}a{color:inherit;text-decoration:none}}\n",
};

static runbook_escapes escapes = {
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
};

void html_text(struct strbuf *out, const char *text)
{
	runbook_escape(out, text, strlen(text), escapes);
}

/* <NAME>TEXT</NAME>; ATTRIBUTES with a blank before them. */
static void element(struct strbuf *out, const char *name, const char *attributes, const char *text)
{
	strbuf_putc(out, '<');
	strbuf_puts(out, name);
	strbuf_puts(out, attributes);
	strbuf_putc(out, '>');
	html_text(out, text);
	strbuf_puts(out, "</");
	strbuf_puts(out, name);
	strbuf_putc(out, '>');
}

/* Sentences or lines of a script; BREAK stands between them. */
static void put_lines(struct strbuf *out, const char *text, const char *break_between)
{
	struct runbook_lines lines = runbook_lines(text);
	const char *line, *before = "";
	size_t length;

	for (; runbook_next_line(&lines, &line, &length); before = break_between) {
		strbuf_puts(out, before);
		runbook_escape(out, line, length, escapes);
	}
}

static void put_contents(struct runbook *book)
{
	static const char *const before[][2] = { { "summary", "Summary" },
						 { "servers", "Servers" },
						 { "accounts", "Accounts" },
						 { "prerequisites", "Prerequisites" },
						 { "order", "Order" },
						 { "decisions", "Go or no-go" },
						 { "exit-codes", "How a command line ends" } };

	strbuf_puts(book->out, "<nav aria-label=\"Contents\"><ul>\n");
	if (runbook_has_change(book))
		strbuf_puts(book->out, "<li><a href=\"#change\">The change</a></li>\n");
	for (size_t i = 0; i < ARRAY_LEN(before); i++)
		strbuf_printf(book->out, "<li><a href=\"#%s\">%s</a></li>\n", before[i][0], before[i][1]);
	for (size_t i = 0; i < book->phase_count; i++) {
		strbuf_printf(book->out, "<li><a href=\"#phase-%zu\">", i + 1);
		html_text(book->out, book->phases[i].name);
		strbuf_puts(book->out, "</a></li>\n");
	}
	if (book->plan->flow->back_out)
		strbuf_puts(book->out, "<li><a href=\"#back-out\">Back-out</a></li>\n");
	strbuf_puts(book->out, "<li><a href=\"#sign-off\">Sign-off</a></li>\n</ul></nav>\n");
}

static void html_open_book(struct runbook *book)
{
	struct strbuf *out = book->out;

	strbuf_puts(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
			 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
			 "'unsafe-inline'\">\n"
			 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
			 "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" content=\"");
	strbuf_printf(out, "%s\">\n<title>Runbook: ", book->made_by);
	html_text(out, book->title);
	strbuf_puts(out, "</title>\n<style>\n");
	for (size_t i = 0; i < ARRAY_LEN(style); i++)
		strbuf_puts(out, style[i]);
	strbuf_puts(out,
		    "</style>\n</head>\n<body>\n<main>\n<section class=\"cover\">\n<p class=\"over\">Runbook</p>\n");
	element(out, "h1", "", book->title);
	strbuf_puts(out, "\n<p class=\"made\">Upgrade: ");
	html_text(out, book->upgrade);
	strbuf_printf(out, "<br>Plan <span class=\"digest\">%s</span>", book->origin.plan);
	if (book->facts) {
		strbuf_puts(out, "<br>Facts <span class=\"digest\">");
		html_text(out, book->facts);
		strbuf_puts(out, "</span>");
	}
	strbuf_printf(out, "<br>Made by %s</p>\n", book->made_by);
	put_contents(book);
}

static void html_section(struct runbook *book, const char *id, const char *title)
{
	strbuf_printf(book->out, "</section>\n\n<section id=\"%s\">\n<h2>%s</h2>\n", id, title);
}

static void html_words(struct runbook *book, const char *words)
{
	element(book->out, "p", "", words);
	strbuf_putc(book->out, '\n');
}

/* The cell that names its row is a heading: the first of a pair, else the second, behind a number or a state. */
static void put_row(struct runbook *book, const struct runbook_grid *grid, size_t row)
{
	const char *cells[RUNBOOK_COLUMNS_MOST], *const *classes = grid->table->classes;
	size_t heading = grid->columns == 2 ? 0 : 1;
	struct strbuf *out = book->out;

	runbook_row(book, grid, row, cells);
	strbuf_puts(out, classes ? "<tr class=\"" : "<tr");
	strbuf_puts(out, classes ? classes[row] : "");
	strbuf_puts(out, classes ? "\">" : ">");
	for (size_t i = 0; i < grid->columns; i++) {
		if (i == heading) {
			element(out, "th", " scope=\"row\"", cells[i]);
		} else if (i == 0 && classes) {
			strbuf_puts(out, "<td>");
			element(out, "span", " class=\"state\"", cells[i]);
			strbuf_puts(out, "</td>");
		} else {
			element(out, "td", "", cells[i]);
		}
	}
	strbuf_puts(out, "</tr>\n");
}

static void html_table(struct runbook *book, const struct runbook_grid *grid)
{
	strbuf_printf(book->out, "<table class=\"%s\">\n",
		      grid->columns == 2       ? "pair"
		      : grid->table->classes   ? "checks"
					       : "list");
	element(book->out, "caption", "", grid->table->caption);
	strbuf_puts(book->out, "\n<thead><tr>");
	for (size_t i = 0; i < grid->columns; i++)
		element(book->out, "th", " scope=\"col\"", grid->headings[i]);
	strbuf_puts(book->out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < grid->table->rows; i++)
		put_row(book, grid, i);
	strbuf_puts(book->out, "</tbody>\n</table>\n");
}

static void html_phase(struct runbook *book, const struct runbook_phase *phase)
{
	strbuf_printf(book->out, "</section>\n\n<section class=\"phase\" id=\"phase-%zu\">\n<h2>",
		      (size_t)(phase - book->phases) + 1);
	html_text(book->out, phase->name);
	strbuf_printf(book->out, " <span>%s</span></h2>\n",
		      runbook_range(book->arena, phase->first + 1, phase->first + phase->count));
}

static void put_code(struct runbook *book, const struct runbook_part *part)
{
	element(book->out, "dt", " class=\"code\"", part->label);
	strbuf_puts(book->out, "\n<dd class=\"code\"><pre><code>");
	put_lines(book->out, part->text, "\n");
	strbuf_puts(book->out, "</code></pre></dd>\n");
}

static void put_prose(struct runbook *book, const struct runbook_part *part)
{
	element(book->out, "dt", "", part->label);
	strbuf_puts(book->out, "\n<dd>");
	put_lines(book->out, part->text, "<br>\n");
	strbuf_puts(book->out, "</dd>\n");
}

static void put_links(struct runbook *book, const struct runbook_part *part)
{
	element(book->out, "dt", "", part->label);
	strbuf_puts(book->out, "\n<dd>");
	for (size_t i = 0; i < part->link_count; i++) {
		strbuf_printf(book->out, "%s<a href=\"#step-%zu\">", i ? "; " : "", part->links[i].number);
		html_text(book->out, part->links[i].text);
		strbuf_puts(book->out, "</a>");
	}
	if (part->more)
		strbuf_printf(book->out, "; and %zu more", part->more);
	strbuf_puts(book->out, "</dd>\n");
}

static void put_part(struct runbook *book, const struct runbook_part *part)
{
	switch (part->form) {
	case RUNBOOK_CODE:
		put_code(book, part);
		break;
	case RUNBOOK_STEPS:
		put_links(book, part);
		break;
	case RUNBOOK_PROSE:
		put_prose(book, part);
		break;
	}
}

static bool is_long(const struct step *step)
{
	struct runbook_lines lines = runbook_lines(step->text ? step->text : "");
	size_t count = 0, length;
	const char *line;

	while (runbook_next_line(&lines, &line, &length))
		count++;
	return count > LONG_SCRIPT;
}

/* The cells for the server INDEX; the first one's place is the step's. */
static void put_member(struct runbook *book, const struct runbook_step *step, size_t index)
{
	struct strbuf *out = book->out;

	strbuf_puts(out, "<td");
	if (index) {
		strbuf_puts(out, " id=\"step-");
		strbuf_put_number(out, step->number + index);
		strbuf_putc(out, '"');
	}
	strbuf_putc(out, '>');
	strbuf_put_number(out, step->number + index);
	strbuf_puts(out, "</td>");
	element(out, "td", "", runbook_signer(book, step, index));
	strbuf_puts(out, "<td></td><td></td><td></td>");
}

/* Two servers a row: a page holds many of them. */
static void put_members(struct runbook *book, const struct runbook_step *step)
{
	static const char *const columns[] = { "Step", "Server", "From", "To", "By" };
	struct strbuf *out = book->out;

	strbuf_puts(out, "<table class=\"members\">\n<caption>Servers</caption>\n<thead><tr>");
	for (size_t i = 0; i < 2 * ARRAY_LEN(columns); i++)
		element(out, "th", " scope=\"col\"", columns[i % ARRAY_LEN(columns)]);
	strbuf_puts(out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < step->count; i++) {
		strbuf_puts(out, i % 2 ? "" : "<tr>");
		put_member(book, step, i);
		if (i % 2)
			strbuf_puts(out, "</tr>\n");
		else if (i + 1 == step->count)
			strbuf_puts(out, "<td></td><td></td><td></td><td></td><td></td></tr>\n");
	}
	strbuf_puts(out, "</tbody>\n</table>\n");
}

static void html_step(struct runbook *book, const struct runbook_step *step)
{
	struct strbuf *out = book->out;

	strbuf_printf(out,
		      "\n<article class=\"step%s\" id=\"step-%zu\" aria-labelledby=\"title-%zu\">\n"
		      "<div><span class=\"box\"></span></div>\n<div>\n<header>\n<h3 id=\"title-%zu\">"
		      "<span class=\"no\">%s</span>",
		      is_long(step->step) ? " long" : "", step->number, step->number, step->number,
		      runbook_numbers(book, step));
	html_text(out, step->title);
	strbuf_puts(out, "</h3>\n<p class=\"meta\">");
	if (step->where) {
		element(out, "span", " class=\"where\"", step->where);
		strbuf_puts(out, " \xc2\xb7 ");
	}
	strbuf_printf(out, "%s \xc2\xb7 ", step->kind);
	element(out, "code", "", runbook_id(book, step));
	strbuf_puts(out, "</p>\n</header>\n<dl>\n");
	for (size_t i = 0; i < step->part_count; i++)
		put_part(book, &step->parts[i]);
	strbuf_puts(out, "<dt>Source</dt>\n<dd class=\"source\">");
	if (step->uncertain)
		strbuf_puts(out, "<span class=\"unsure\">not certain</span>");
	html_text(out, step->source);
	strbuf_puts(out, "</dd>\n</dl>\n");
	if (step->count > 1)
		put_members(book, step);
	else
		strbuf_puts(out, "<p class=\"sign\"><span>Done by</span><span>Date and time</span></p>\n");
	strbuf_puts(out, "</div>\n</article>\n");
}

static void html_sign_off(struct runbook *book, const char *const *roles)
{
	strbuf_puts(book->out,
		    "<table>\n<caption>Signatures</caption>\n<thead><tr><td></td><th scope=\"col\">Name</th>"
		    "<th scope=\"col\">Signature</th><th scope=\"col\">Date and time</th></tr></thead>\n<tbody>\n");
	for (; *roles; roles++)
		strbuf_printf(book->out, "<tr><th scope=\"row\">%s</th><td></td><td></td><td></td></tr>\n", *roles);
	strbuf_puts(book->out, "</tbody>\n</table>\n");
}

static void html_close_book(struct runbook *book)
{
	strbuf_printf(book->out,
		      "</section>\n<footer>Plan <span class=\"digest\">%s</span>, %s</footer>\n</main>\n</body>\n"
		      "</html>\n",
		      book->origin.plan, book->made_by);
}

static const struct runbook_writer writer = {
	.open = html_open_book,
	.section = html_section,
	.text = html_words,
	.table = html_table,
	.drawing = render_drawing,
	.phase = html_phase,
	.step = html_step,
	.sign_off = html_sign_off,
	.close = html_close_book,
};

bool render_html(const struct render_input *input, struct strbuf *out, struct diags *diags)
{
	return render_runbook(&writer, input, out, diags);
}
