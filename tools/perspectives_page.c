/* perspectives.html: one offline page, no script, figures inline.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_version.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "page.h"
#include "perspectives.h"

static const char style[]
    = ".word{display:inline-block;padding:.05rem .6rem;border-radius:1rem;"
      "font-size:.85rem;font-weight:600;color:#fff;white-space:nowrap}\n"
      ".confirmed{background:#00704f}.refuted{background:#b3400a}"
      ".undecided,.skipped{background:#5c5c5c}\n"
      "section{border-top:2px solid var(--line);margin-top:2.5rem}\n"
      "section h2{font-size:1.35rem;margin:1.2rem 0 .4rem}"
      "h3{font-size:1rem;margin:1.2rem 0 .2rem}\n"
      ".claim{font-size:1.15rem;margin:.4rem 0 1rem}\n"
      "td.w,th.w{white-space:normal;text-align:left}\n"
      "table.list td{vertical-align:top}\n"
      "section p,section li{max-width:48rem}\n"
      "@media print{section{break-before:page;border:0;margin:0}"
      ".word{-webkit-print-color-adjust:exact;print-color-adjust:exact}}\n";

static void
put_word (FILE *to, const bd_perspective_result *p)
{
  const char *word = *p->skipped ? "skipped" : bd_word_text (p->word);

  fprintf (to, "<span class=\"word %s\">%s</span>", word, word);
}

static void
put_source (const persp_job *j, FILE *to)
{
  const bd_perspective_options *o = &j->run->options;
  char text[512], number[BD_NUMBER_SIZE];

  if (o->scenario)
    snprintf (text, sizeof text,
              "simulated: %s (%s), %zu rows in a data set, noise of standard "
              "deviation %s",
              o->scenario->name, o->scenario->help, o->n,
              bd_number_print (number, o->noise, 4));
  else
    {
      char name[300];
      bool stdin_read = strcmp (j->file, "-") == 0;
      snprintf (text, sizeof text, "%s: %zu rows, %zu %s",
                stdin_read ? "standard input"
                           : bd_text_clean (name, sizeof name, j->file),
                o->data->n, o->data->d, o->data->d == 1 ? "input" : "inputs");
    }
  page_put (to, text);
}

/* The interval of a contrast, with the signs that print has.  */
static void
put_number (FILE *to, const bd_contrast *c, const bd_interval *over)
{
  char number[PERSP_NUMBER];

  for (const char *s = persp_number (number, c, over); *s; s++)
    if (*s == '-')
      fputs ("−", to);
    else
      fputc (*s, to);
}

/* Where a contrast points.  */
static const char *
meaning (const bd_contrast_result *r)
{
  return r->word == BD_CONFIRMED   ? "for the claim"
         : r->word == BD_REFUTED   ? "against it"
         : gsl_finite (r->over.lo) ? "the interval holds zero: undecided"
                                   : "not known, and so undecided";
}

static void
put_overview (const persp_job *j, FILE *to)
{
  const bd_perspective_run *a = j->run;

  fputs ("<div class=\"wide\"><table class=\"list\">\n<thead><tr><th>"
         "</th><th class=\"l\">perspective</th><th class=\"l\">verdict</th>"
         "<th class=\"w\">decided by</th></tr></thead>\n<tbody>\n",
         to);
  for (size_t i = 0; i < a->count; i++)
    {
      const bd_perspective_result *p = &a->result[i];
      fprintf (to, "<tr><td>%zu</td><td class=\"l\"><a href=\"#p%zu\">",
               p->number, p->number);
      page_put (to, p->type->title);
      fputs ("</a></td><td class=\"l\">", to);
      put_word (to, p);
      fputs ("</td><td class=\"w\">", to);
      page_put (to, p->skipped);
      for (size_t k = 0; !*p->skipped && p->type->contrast[k].what; k++)
        if (p->type->contrast[k].decides)
          {
            fputs (k ? "<br>" : "", to);
            page_put (to, p->type->contrast[k].what);
            fputs (": ", to);
            put_number (to, &p->type->contrast[k], &p->contrast[k].over);
          }
      fputs ("</td></tr>\n", to);
    }
  fputs ("</tbody></table></div>\n", to);
}

/* What the page calls an error or a loss, and a number in per cent.  */
static void
put_terms (const persp_job *j, FILE *to)
{
  const bd_perspective_options *o = &j->run->options;

  fputs ("</p>\n<p>An error, or loss, is ", to);
  if (o->data && o->data->classes)
    fputs ("minus the logarithm of the probability that was predicted for "
           "the class that came, averaged over the rows that were held out",
           to);
  else if (o->data)
    fputs ("the mean squared error at the rows that were held out", to);
  else
    fprintf (to,
             "the mean squared distance from the truth, at %zu new points "
             "without noise",
             j->run->test);
  fputs (", where nothing else is said. “The error of X against Y: "
         "−30 %” means that X's is 30 per cent smaller than Y's.",
         to);
}

static void
put_head (const persp_job *j, FILE *to)
{
  page_head (to, "Six perspectives on why dropout works", style);
  fputs ("<h1>Why does dropout work?</h1>\n<p class=\"soft\">", to);
  put_source (j, to);
  fputs ("</p>\n<p>Six explanations are put to the test. Each becomes an "
         "experiment that may come out either way. Its claim is "
         "<em>confirmed</em> when every comparison that decides has its whole "
         "interval on the side of the claim, <em>refuted</em> when one has it "
         "on the other side, and else <em>undecided</em> at this precision. "
         "All methods of an experiment are trained on the same rows and, but "
         "for ensembles, from the same start. ",
         to);
  persp_put_precision (j, to);
  put_terms (j, to);
  fputs ("</p>\n", to);
}

static void
put_contrasts (const bd_perspective_result *p, bool decides, FILE *to)
{
  size_t count = 0;

  for (size_t k = 0; p->type->contrast[k].what; k++)
    count += p->type->contrast[k].decides == decides;
  if (count == 0)
    return;
  fprintf (to, "<h3>%s</h3>\n<ul>\n",
           decides ? "What decides" : "Measured beside");
  for (size_t k = 0; p->type->contrast[k].what; k++)
    {
      const bd_contrast *c = &p->type->contrast[k];
      if (c->decides != decides)
        continue;
      fputs ("<li>", to);
      page_put (to, c->what);
      fputs (": ", to);
      put_number (to, c, &p->contrast[k].over);
      if (decides)
        fprintf (to, " (%s)", meaning (&p->contrast[k]));
      fputs ("</li>\n", to);
    }
  fputs ("</ul>\n", to);
}

static void
put_facts (const persp_job *j, const bd_perspective_result *p, FILE *to)
{
  char number[BD_NUMBER_SIZE];

  if (!p->type->fact)
    return;
  fputs ("<h3>Exact by theory</h3>\n<ul>\n", to);
  for (const bd_fact *f = p->type->fact; f->what; f++)
    {
      double most = bd_perspective_fact (j->run, p, f);
      fputs ("<li>", to);
      page_put (to, f->what);
      if (!gsl_finite (most))
        fputs (": not known for this network", to);
      else if (most > 0 && most < 1e-3)
        fprintf (to, ": at most %.0f·10<sup>−%d</sup>",
                 ceil (most * pow (10, ceil (-log10 (most)))),
                 (int)ceil (-log10 (most)));
      else
        fprintf (to, ": at most %s", bd_number_print (number, most, 2));
      fputs ("</li>\n", to);
    }
  fputs ("</ul>\n", to);
}

static void
put_figure (const persp_job *j, const bd_perspective_result *p, FILE *to)
{
  size_t k = p->number - 1;

  fprintf (to, "<figure id=\"figure-%zu\">\n", p->number);
  if (j->svg[k])
    fputs (j->svg[k], to);
  else
    fprintf (to,
             "<p>Not drawn: gnuplot could not be run. To draw it: <code>"
             "gnuplot figures/perspective-%zu.gp</code></p>\n",
             p->number);
  fputs ("<figcaption>", to);
  page_put (to, j->caption[k] ? j->caption[k] : "");
  fputs ("</figcaption>\n</figure>\n", to);
}

static void
put_paragraph (const char *title, const char *text, FILE *to)
{
  fprintf (to, "<h3>%s</h3>\n<p>", title);
  page_put (to, text);
  fputs ("</p>\n", to);
}

static void
put_section (const persp_job *j, const bd_perspective_result *p, FILE *to)
{
  const bd_perspective *q = p->type;

  fprintf (to, "<section id=\"p%zu\">\n<h2>%zu. ", p->number, p->number);
  page_put (to, q->title);
  fputs (" ", to);
  put_word (to, p);
  fputs ("</h2>\n<p class=\"claim\">", to);
  page_put (to, q->claim);
  fputs ("</p>\n", to);
  if (*p->skipped)
    {
      fputs ("<p>Skipped: ", to);
      page_put (to, p->skipped);
      fputs (".</p>\n</section>\n", to);
      return;
    }
  put_figure (j, p, to);
  put_contrasts (p, true, to);
  put_paragraph ("What was done", q->done, to);
  put_paragraph ("What would have refuted it", q->refuted, to);
  put_contrasts (p, false, to);
  put_facts (j, p, to);
  put_paragraph ("What this means for your data", q->meaning, to);
  put_paragraph ("Literature", q->literature, to);
  if (p->failed)
    fprintf (to,
             "<p>%zu of %zu repetitions are left out: their training "
             "diverged.</p>\n",
             p->failed, j->run->options.R);
  fputs ("</section>\n", to);
}

static void
put_settings (const persp_job *j, FILE *to)
{
  const bd_perspective_options *o = &j->run->options;

  fputs ("<section>\n<h2>Settings, and how to run it again</h2>\n<p>", to);
  if (o->network)
    {
      fputs ("Networks have the knobs <code>", to);
      page_put (to, o->network);
      fputs ("</code> over the defaults of <code>bagdrop list fitters"
             "</code>. ",
             to);
    }
  else
    fputs ("Networks have one hidden layer of 50 tanh units and are trained "
           "by 2000 steps of Adam on standardised data. ",
           to);
  fputs ("Masks: <code>", to);
  page_put (to, o->mask);
  fprintf (to,
           "</code>. Dropout rate, weight decay and the step of early "
           "stopping are chosen by 3-fold cross-validation inside the "
           "training rows of each repetition. Ensembles have %zu networks, "
           "averages %zu masks. Seed %llu.</p>\n<pre>",
           o->nets, o->masks, (unsigned long long)o->seed);
  page_put (to, j->command);
  fprintf (to,
           "</pre>\n<p class=\"soft\">bagdrop %s, GSL %s. The same version, "
           "seed and machine give the same bytes with any number of threads. "
           "All numbers: verdicts.tsv, perspective-1.tsv and so on; those of "
           "each repetition: %s. Figures: <code>gnuplot -e "
           "\"term='pdfcairo'\" figures/perspective-1.gp</code> draws one "
           "again.</p>\n</section>\n</body>\n</html>\n",
           PACKAGE_VERSION, GSL_VERSION, PERSP_RECORDS);
}

void
persp_write_page (const persp_job *j, FILE *to)
{
  put_head (j, to);
  put_overview (j, to);
  for (size_t i = 0; i < j->run->count; i++)
    put_section (j, &j->run->result[i], to);
  put_settings (j, to);
}
