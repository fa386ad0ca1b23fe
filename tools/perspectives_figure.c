/* The page of figures of one experiment: its panels into the recipe.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "perspectives.h"

#define CAPTION 700
#define COLUMNS 4 /* x, value, limits */
#define ROW 7     /* arm, value, limits, and again for an open mark */

/* What a panel is filled from.  */
typedef struct
{
  const persp_job *j;
  const bd_perspective_result *p;
  const bd_panel *panel;
  size_t number; /* of the panel, from 1 */
  bd_figure *f;
  bool shown[BD_ARMS]; /* arms that the key must explain */
} drawing;

static void
set_text (drawing *d, const char *label, size_t number, const char *text)
{
  char variable[32];

  snprintf (variable, sizeof variable, "%s_%zu", label, number);
  bd_figure_text (d->f, variable, text ? text : "");
}

static void
set_number (drawing *d, const char *label, size_t number, double value)
{
  char variable[32];

  snprintf (variable, sizeof variable, "%s_%zu", label, number);
  bd_figure_number (d->f, variable, value);
}

/* The number of line L of the panel: "style_2_1".  */
static void
set_style (drawing *d, size_t line, size_t arm)
{
  char variable[32];

  snprintf (variable, sizeof variable, "style_%zu_%zu", d->number, line);
  bd_figure_number (d->f, variable, (double)arm + 1);
  d->shown[arm] = true;
}

/* The arm's series of MEASURE, if the panel shows it.  */
static const bd_series *
series_of (const drawing *d, const char *measure, size_t arm)
{
  if (!measure || (d->panel->arms && !(d->panel->arms >> arm & 1)))
    return NULL;
  return bd_layout_find (&d->p->layout, measure, arm);
}

/* Where number K of S is drawn: at its place, or at another measure's.  */
static double
place_of (const drawing *d, const bd_series *s, size_t k)
{
  const bd_series *x = series_of (d, d->panel->along, s->arm);

  if (!d->panel->along)
    return s->x[k];
  return x && k < x->count ? bd_perspective_over (d->j->run, d->p, x, k).mean
                           : GSL_NAN;
}

/* COUNT numbers of S from number FROM on as line LINE of the panel; BARE:
   without limits.  */
static int
draw_line (drawing *d, const bd_series *s, size_t from, size_t count,
           bool bare, size_t line)
{
  double *v = bd_array (count, COLUMNS);
  char block[32];

  if (!v)
    return GSL_ENOMEM;
  for (size_t k = 0; k < count; k++)
    {
      bd_interval over = bd_perspective_over (d->j->run, d->p, s, from + k);
      v[COLUMNS * k] = place_of (d, s, from + k);
      v[COLUMNS * k + 1] = over.mean;
      v[COLUMNS * k + 2] = bare ? GSL_NAN : over.lo;
      v[COLUMNS * k + 3] = bare ? GSL_NAN : over.hi;
    }
  snprintf (block, sizeof block, "line_%zu_%zu", d->number, line);
  set_style (d, line, s->arm);
  int code = bd_figure_data (d->f, block, v, count, COLUMNS);
  free (v);
  return code;
}

/* A line for each arm; with a second measure that is the line, and the first
   one stands as marks on it.  */
static int
draw_lines (drawing *d)
{
  size_t lines = 0;
  int code = GSL_SUCCESS;

  for (size_t arm = 0; !code && arm < d->p->layout.arms; arm++)
    {
      const bd_series *s = series_of (d, d->panel->measure, arm);
      const bd_series *law = series_of (d, d->panel->second, arm);
      if (s && !law)
        code = draw_line (d, s, 0, s->count, false, ++lines);
      else if (s)
        code = draw_line (d, law, 0, law->count, true, ++lines);
      for (size_t k = 0; law && s && !code && k < s->count; k++)
        code = draw_line (d, s, k, 1, false, ++lines);
    }
  set_number (d, "nline", d->number, (double)lines);
  return code;
}

static void
put_interval (const drawing *d, const bd_series *s, double to[3])
{
  bd_interval over = { GSL_NAN, GSL_NAN, GSL_NAN, GSL_NAN };

  if (s)
    over = bd_perspective_over (d->j->run, d->p, s, 0);
  to[0] = over.mean;
  to[1] = over.lo;
  to[2] = over.hi;
}

static int
draw_rows (drawing *d)
{
  double v[BD_ARMS * ROW];
  char block[32];
  size_t rows = 0;

  for (size_t arm = 0; arm < d->p->layout.arms; arm++)
    {
      const bd_series *s = series_of (d, d->panel->measure, arm);
      if (!s)
        continue;
      v[ROW * rows] = (double)arm + 1;
      put_interval (d, s, v + ROW * rows + 1);
      put_interval (d, series_of (d, d->panel->second, arm),
                    v + ROW * rows + 4);
      rows++;
    }
  snprintf (block, sizeof block, "rows_%zu", d->number);
  return bd_figure_data (d->f, block, v, rows, ROW);
}

/* Columns x, then one for each member.  */
static int
draw_curves (drawing *d, const bd_picture *q)
{
  double *v = bd_array (q->m, q->members + 1);
  char block[32];

  if (!v)
    return GSL_ENOMEM;
  for (size_t i = 0; i < q->m; i++)
    {
      v[i * (q->members + 1)] = q->x[i];
      for (size_t b = 0; b < q->members; b++)
        v[i * (q->members + 1) + b + 1] = q->member[b * q->m + i];
    }
  snprintf (block, sizeof block, "members_%zu", d->number);
  int code = bd_figure_data (d->f, block, v, q->m, q->members + 1);
  free (v);
  return code;
}

/* X and Y side by side into block NAME_K.  */
static int
draw_pairs (drawing *d, const char *name, const double x[], const double y[],
            size_t count)
{
  double *v = bd_array (count, COLUMNS);
  char block[32];

  if (!v)
    return GSL_ENOMEM;
  for (size_t i = 0; i < count; i++)
    {
      v[COLUMNS * i] = x[i];
      v[COLUMNS * i + 1] = y[i];
      v[COLUMNS * i + 2] = v[COLUMNS * i + 3] = GSL_NAN;
    }
  snprintf (block, sizeof block, "%s_%zu%s", name, d->number,
            strcmp (name, "line") == 0 ? "_1" : "");
  int code = bd_figure_data (d->f, block, v, count, COLUMNS);
  free (v);
  return code;
}

/* All panels of members have the axis of all pictures together.  */
static int
cover_members (drawing *d)
{
  char axis[16];
  int code = GSL_SUCCESS;

  snprintf (axis, sizeof axis, "y_%zu", d->number);
  for (size_t k = 0; !code && k < BD_PICTURES; k++)
    {
      const bd_picture *q = &d->p->picture[k];
      code = bd_figure_cover (d->f, axis, q->member, q->m * q->members, 1,
                              true);
      if (!code)
        code = bd_figure_cover (d->f, axis, q->point + 1, q->points, 2, true);
    }
  return code;
}

static int
draw_members (drawing *d, const bd_picture *q)
{
  char block[32];
  bool truth = !gsl_isnan (q->truth[0]);
  int code = draw_curves (d, q);

  set_number (d, "nmember", d->number, (double)q->members);
  set_number (d, "ntruth", d->number, truth ? (double)q->m : 0);
  set_number (d, "npoint", d->number, (double)q->points);
  set_style (d, 1, q->arm);
  d->shown[q->arm] = false;
  if (!code)
    code = cover_members (d);
  if (!code)
    code = draw_pairs (d, "line", q->x, q->mean, q->m);
  if (!code && truth)
    code = draw_pairs (d, "truth", q->x, q->truth, q->m);
  snprintf (block, sizeof block, "points_%zu", d->number);
  if (!code)
    code = bd_figure_data (d->f, block, q->point, q->points, 2);
  return code;
}

/* The names of the data's columns, for the axes of curves.  */
static const char *
axis_name (const persp_job *j, bool y)
{
  if (!j->data)
    return y ? "y" : "x";
  return y ? j->data->y_name : j->data->x_name[0];
}

static const bd_picture *
picture_of (const bd_perspective_result *p, const bd_panel *q)
{
  const bd_picture *at;

  if (q->kind != BD_PANEL_MEMBERS)
    return NULL;
  at = &p->picture[q->measure[0] - '0'];
  return at->m > 0 ? at : NULL;
}

static int
draw_panel (drawing *d)
{
  static const char *const type[] = { "lines", "rows", "members" };
  const bd_panel *q = d->panel;
  const bd_picture *curves = picture_of (d->p, q);

  set_text (d, "title", d->number, q->title);
  set_text (d, "note", d->number, q->note);
  set_text (d, "type", d->number, type[q->kind]);
  set_text (d, "xlab", d->number, curves ? axis_name (d->j, false) : q->xlab);
  set_text (d, "ylab", d->number, curves ? axis_name (d->j, true) : q->ylab);
  set_number (d, "logx", d->number, q->log_x);
  set_number (d, "logy", d->number, q->log_y);
  set_number (d, "zero", d->number, q->zero);
  return curves                      ? draw_members (d, curves)
         : q->kind == BD_PANEL_LINES ? draw_lines (d)
                                     : draw_rows (d);
}

/* Arms that are the tuned dropout network in one way or another have the
   colour of dropout without being one of its rates.  */
static void
put_key (drawing *d)
{
  const bd_layout *l = &d->p->layout;

  for (size_t arm = 0; arm < l->arms; arm++)
    {
      const bd_arm *a = &l->arm[arm];
      bool masks = strcmp (a->kind, "masks") == 0;
      bool own = masks || strcmp (a->kind, "tuned") == 0;
      set_text (d, "name", arm + 1, a->title);
      set_text (d, "kind", arm + 1, own ? "dropout" : a->kind);
      set_number (d, "rank", arm + 1, own ? 1 + masks : (double)a->rank);
      set_number (d, "of", arm + 1, own ? 1 : (double)a->of);
      set_number (d, "shown", arm + 1, d->shown[arm]);
    }
  bd_figure_number (d->f, "nkey", (double)l->arms);
}

static void
put_caption (const drawing *d)
{
  const bd_perspective_options *o = &d->j->run->options;
  char caption[CAPTION];

  snprintf (caption, sizeof caption,
            "%s. Means over %zu %s and their 95 %% intervals%s. Seed %llu.",
            d->p->type->title, o->R,
            o->scenario ? "simulated data sets" : "splits of the table",
            d->p->picture[0].m > 0
                ? "; the curves are those of the first, thin lines being "
                  "members and the thick one their mean"
                : "",
            (unsigned long long)o->seed);
  bd_figure_caption (d->f, caption);
}

bd_figure *
persp_figure (const persp_job *j, const bd_perspective_result *p)
{
  char name[PERSP_NAME];
  drawing d = { .j = j, .p = p };
  int code = GSL_SUCCESS;

  d.f = bd_figure_alloc (persp_name (name, p, ""), "panels");
  if (!d.f)
    return NULL;
  for (d.panel = p->type->panel; !code && d.panel->measure; d.panel++)
    if (d.panel->kind != BD_PANEL_MEMBERS || picture_of (p, d.panel))
      {
        d.number++;
        code = draw_panel (&d);
      }
  bd_figure_number (d.f, "npanel", (double)d.number);
  put_key (&d);
  put_caption (&d);
  if (!code)
    return d.f;
  bd_figure_free (d.f);
  return NULL;
}
