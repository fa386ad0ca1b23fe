/* results.json: the numbers of the table, every split, settings and
   versions.  */
#include <config.h>

#include <gsl/gsl_version.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report.h"

static json_t *
number (double x)
{
  return isfinite (x) ? json_real (x) : json_null ();
}

static json_t *
interval (bd_interval a)
{
  return json_pack ("{s:o, s:o, s:o}", "mean", number (a.mean), "lo",
                    number (a.lo), "hi", number (a.hi));
}

static json_t *
splits (const bd_comparison *c, const report_table *t,
        const bd_compare_row *row)
{
  json_t *list = json_array ();

  for (size_t s = 0; s < c->splits; s++)
    {
      json_t *one = json_object ();
      for (const report_field *f = t->fold; f->name; f++)
        json_object_set_new (one, f->name,
                             number (report_number (&row->fold[s], f->at)));
      json_object_set_new (one, "failed",
                           json_integer ((json_int_t)row->fold[s].failed));
      json_array_append_new (list, one);
    }
  return list;
}

static json_t *
growth (const report_table *t, const bd_compare_row *row)
{
  json_t *list = json_array ();

  for (size_t k = 0; k < row->steps; k++)
    json_array_append_new (
        list, json_pack ("{s:I, s:o}", "members", (json_int_t)1 << k,
                         t->fold[0].name, number (row->growth[k])));
  return list;
}

/* Null where it is not known; an end that no number looked at reaches is
   null.  */
static json_t *
worth (const bd_compare_row *row)
{
  const bd_equivalent *e = &row->worth;

  if (isnan (e->members))
    return json_null ();
  return json_pack ("{s:o, s:o, s:o, s:o}", "members", number (e->members),
                    "lo", number (e->lo), "hi", number (e->hi), "most",
                    number (e->most));
}

static json_t *
method (const report *r, const bd_compare_row *row)
{
  const report_table *t = report_table_of (r);
  json_t *o = json_pack ("{s:s, s:s, s:s, s:I}", "method", row->method->name,
                         "title", row->method->title, "family",
                         bd_kind_family (row->method->kind), "members",
                         (json_int_t)row->members);

  for (size_t j = 0; j < t->columns; j++)
    json_object_set_new (o, t->column[j].name,
                         number (report_number (row, t->column[j].at)));
  json_object_set_new (o, "tuned",
                       row->method->tuned ? json_string (row->method->tuned)
                                          : json_null ());
  json_object_set_new (o, "setting", number (row->tuned));
  json_object_set_new (o, "won", json_integer ((json_int_t)row->tuned_won));
  json_object_set_new (o, "failed", json_integer ((json_int_t)row->failed));
  for (const report_field *f = t->more; f->name; f++)
    if (strncmp (f->name, "gain", 4) != 0) /* which is an object here */
      json_object_set_new (o, f->name, number (report_number (row, f->at)));
  json_object_set_new (o, "memory_mib", number (report_memory (r, row)));
  json_object_set_new (o, "gain", interval (row->gain));
  json_object_set_new (o, "growth", growth (t, row));
  if (t->type->spread)
    json_object_set_new (o, "worth_bagged_networks", worth (row));
  json_object_set_new (o, "growth_limit", number (row->growth_c));
  json_object_set_new (o, "splits", splits (r->c, t, row));
  if (t->type->spread)
    json_object_set_new (o, "sd_mean_is",
                         json_string (bd_spread_meaning (row->method->kind)));
  return o;
}

static json_t *
clean_string (const char *text)
{
  char clean[1024];
  return json_string (bd_text_clean (clean, sizeof clean, text));
}

static json_t *
data (const report *r)
{
  const bd_dataset *s = r->c->data;
  json_t *inputs = json_array ();

  for (size_t j = 0; j < s->d; j++)
    json_array_append_new (inputs, clean_string (s->x_name[j]));
  json_t *o = json_pack ("{s:o, s:I, s:I, s:o, s:o}", "source",
                         clean_string (r->source), "rows", (json_int_t)s->n,
                         "rows_left_out", (json_int_t)s->left_out, "inputs",
                         inputs, "response", clean_string (s->y_name));
  json_t *names = s->classes ? json_array () : NULL;

  for (size_t k = 0; names && k < s->classes; k++)
    json_array_append_new (names, clean_string (s->class_name[k]));
  if (names)
    json_object_set_new (o, "classes", names);
  return o;
}

static json_t *
settings (const report *r)
{
  const bd_compare_options *o = &r->c->options;
  char seed[32];

  snprintf (seed, sizeof seed, "%llu", (unsigned long long)o->seed);
  json_t *to = json_pack (
      "{s:s, s:I, s:I, s:I, s:I, s:I, s:f}", "seed", seed, "folds",
      (json_int_t)o->folds, "repeats", (json_int_t)o->repeats, "members",
      (json_int_t)o->members, "networks", (json_int_t)o->nets, "masks",
      (json_int_t)o->masks, "level", BD_LEVEL);
  if (!r->c->response->spread)
    json_object_del (to, "level");
  if (r->left_out[0])
    json_object_set_new (to, "left_out", json_string (r->left_out));
  if (r->split_by != REPORT_FOLDS)
    json_object_set_new (to, report_split_name (r),
                         clean_string (r->split_word));
  if (r->split_by != REPORT_FOLDS && r->split_by != REPORT_GROUPS)
    {
      json_object_set_new (to, "folds", json_null ());
      json_object_set_new (to, "repeats", json_null ());
    }
  if (o->network)
    json_object_set_new (to, "network", clean_string (o->network));
  return to;
}

static json_t *
build (const report *r)
{
  const bd_comparison *c = r->c;
  json_t *methods = json_array (), *verdict = json_array ();

  for (size_t k = 0; k < BD_COMPARED; k++)
    if (c->options.use[k])
      json_array_append_new (methods, method (r, &c->row[k]));
  for (size_t k = 0; k < r->verdict.count; k++)
    json_array_append_new (verdict, json_string (r->verdict.text[k]));
  return json_pack ("{s:s, s:{s:s, s:s, s:s}, s:o, s:o, s:o, s:s?, s:o, "
                    "s:o}",
                    "program", "bagdrop compare", "versions", "bagdrop",
                    PACKAGE_VERSION, "gsl", GSL_VERSION, "blas", BD_BLAS_NAME,
                    "command", clean_string (r->command), "data", data (r),
                    "settings", settings (r), "best_single_fit",
                    c->has_single ? c->row[c->best].method->name : NULL,
                    "methods", methods, "verdict", verdict);
}

int
report_write_json (const report *r, FILE *to, bd_error *err)
{
  json_t *root = build (r);

  if (!root
      || json_dumpf (root, to, JSON_INDENT (2) | JSON_REAL_PRECISION (17)))
    {
      json_decref (root);
      return BD_FAIL (err, GSL_EFAILED, "results.json could not be written");
    }
  fputc ('\n', to);
  json_decref (root);
  return GSL_SUCCESS;
}
