/* Figures of what the members of a file are worth together: the error by
   their number, ambiguity, and the correlation of their errors.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "plot.h"
#include "variance/ambiguity.h"

#define STEPS 24   /* most numbers of members: 1, 2, 4 ... */
#define PAIRED 100 /* most members whose errors are paired */

/* Members that are numbers throughout, one after the other.  */
typedef struct
{
  size_t B, m;
  double *T;       /* B x m; own */
  const double *y; /* m, or NULL */
} group;

/* Those of S.  They must count alike: a mean of M of them has no other
   meaning.  */
static int
gather (const plot_source *s, group *g, bd_error *err)
{
  const bd_members *a = s->members;
  double p = GSL_NAN;

  *g = (group){ .m = a->points, .T = bd_array (a->count, a->points) };
  if (!g->T)
    return BD_FAIL (err, GSL_ENOMEM, "no memory for the members");
  for (size_t b = 0; b < a->count; b++)
    {
      const double *t = a->T + b * g->m;
      size_t j = 0;
      while (j < g->m && gsl_finite (t[j]))
        j++;
      if (j < g->m)
        continue;
      if (a->p && !gsl_isnan (p) && a->p[b] != p)
        return BD_FAIL (err, GSL_EINVAL,
                        "the members have different probabilities; this "
                        "figure needs members that count alike");
      p = a->p ? a->p[b] : 1;
      memcpy (g->T + g->m * g->B++, t, g->m * sizeof *t);
    }
  if (g->B < 2)
    return BD_FAIL (err, GSL_EINVAL,
                    "%zu members with a number at each point; this figure "
                    "needs two",
                    g->B);
  return GSL_SUCCESS;
}

/* Mean over the points of the variance of the mean of M members, between the
   disjoint groups of so many; NaN for one group.  MEAN: room for B.  */
static double
variance_of (const group *g, size_t M, double mean[])
{
  size_t groups = g->B / M;
  double sum = 0;

  if (groups < 2)
    return GSL_NAN;
  for (size_t j = 0; j < g->m; j++)
    {
      for (size_t k = 0; k < groups; k++)
        mean[k] = gsl_stats_mean (g->T + k * M * g->m + j, g->m, M);
      sum += gsl_stats_variance (mean, 1, groups);
    }
  return sum / (double)g->m;
}

/* Mean squared error of the mean of M members, over the disjoint groups.  */
static double
error_of (const group *g, size_t M)
{
  size_t groups = g->B / M;
  double sum = 0;
  bd_ambiguity a;

  for (size_t k = 0; k < groups; k++)
    sum += bd_ambiguity_of (M, g->m, g->m, g->T + k * M * g->m, g->y, &a)
               ? GSL_NAN
               : a.mse;
  return sum / (double)groups;
}

/* The law of independent members: c + w / M, where w is the variance between
   them; C is NaN without responses.  */
static int
law_of (const group *g, double *c, double *w)
{
  bd_ambiguity a;
  double B = (double)g->B;
  int code = bd_ambiguity_of (g->B, g->m, g->m, g->T, g->y ? g->y : g->T, &a);

  *w = a.ambiguity * B / (B - 1);
  *c = g->y ? a.mse - *w / B : GSL_NAN;
  return code;
}

static int
draw_growth (const plot_source *s, const group *g, bd_figure *f, bd_error *err)
{
  double row[STEPS][2], c, w, *room = bd_array (g->B, 1);
  size_t n = 0;
  char title[128], label[PLOT_LABEL];
  int code = room ? law_of (g, &c, &w) : GSL_ENOMEM;

  for (size_t M = 1; !code && M <= g->B && n < STEPS; M *= 2, n++)
    {
      row[n][0] = (double)M;
      row[n][1] = g->y ? error_of (g, M) : variance_of (g, M, room);
    }
  free (room);
  if (!code)
    code = bd_figure_data (f, "line_1", row[0], n, 2);
  if (code)
    return BD_FAIL (err, code, "no memory for a figure");
  bd_figure_number (f, "nline", 1);
  plot_set (f, "title", 1, plot_title (s, title, sizeof title));
  plot_set (f, "kind", 1, plot_family (s));
  plot_panel_number (f, "c", 1, c);
  plot_panel_number (f, "w", 1, w);
  bd_figure_text (
      f, "ylab",
      plot_label (s, g->y ? "mean squared error" : "variance of the mean", "²",
                  label));
  return GSL_SUCCESS;
}

int
plot_growth (const plot_source *s, bd_figure *f, bd_error *err)
{
  group g;
  char text[500];
  int code = gather (s, &g, err);

  if (!code && s->data
      && !(g.y = plot_responses (s, "the file of members", g.m, err)))
    code = GSL_EINVAL;
  if (!code)
    code = draw_growth (s, &g, f, err);
  free (g.T);
  if (code)
    return code;
  snprintf (text, sizeof text,
            g.y ? "Mean squared error of the mean of M of %zu members at %zu "
                  "rows (marks: mean over disjoint groups of M), the law of "
                  "independent members c + w/M, with w the variance between "
                  "them, and its limit c (dashed). For rows that the members "
                  "were trained on all this looks smaller than it is."
                : "Variance of the mean of M of %zu members, mean over %zu "
                  "points (marks: between disjoint groups of M), and the law "
                  "of independent members w/M, with w the variance between "
                  "them. What other training rows would change is not in it.",
            g.B, g.m);
  return plot_caption (f, s, text);
}

/* Mean of V and its 95 % limits over the COUNT rows that have it.  */
static void
limits_of (const double v[], size_t count, double to[3])
{
  double half = count > 1 ? 1.959964 * gsl_stats_sd (v, 1, count)
                                / sqrt ((double)count)
                          : GSL_NAN;

  to[0] = count ? gsl_stats_mean (v, 1, count) : GSL_NAN;
  to[1] = to[0] - half;
  to[2] = to[0] + half;
}

/* Panel 1: entries 1 to 3 of the key with their limits.  */
static int
draw_pieces (const group *g, bd_figure *f)
{
  double *v = bd_array (3, g->m), row[3][4];
  size_t n = 0;
  bd_ambiguity a;
  int code = v ? GSL_SUCCESS : GSL_ENOMEM;

  for (size_t j = 0; !code && j < g->m; j++)
    {
      code = bd_ambiguity_of (g->B, 1, g->m, g->T + j, g->y + j, &a);
      v[n] = a.single;
      v[g->m + n] = a.ambiguity;
      v[2 * g->m + n] = a.mse;
      n += gsl_finite (a.mse) ? 1 : 0;
    }
  for (size_t k = 0; !code && k < 3; k++)
    {
      row[k][0] = (double)k + 1;
      limits_of (v + k * g->m, n, row[k] + 1);
    }
  free (v);
  return code ? code : bd_figure_data (f, "rows_1", row[0], 3, 4);
}

/* Correlations over the points of the errors of two members, all pairs of at
   most PAIRED of them, into TO; how many.  E: room for 2 m.  */
static size_t
correlate (const group *g, double e[], double to[])
{
  size_t shown = GSL_MIN (g->B, PAIRED), count = 0;

  for (size_t a = 0; a < shown; a++)
    for (size_t b = 0; b < a; b++)
      {
        const double *s = g->T + a * g->B / shown * g->m;
        const double *t = g->T + b * g->B / shown * g->m;
        size_t n = 0;
        for (size_t j = 0; j < g->m; j++)
          if (gsl_finite (g->y[j]))
            {
              e[n] = s[j] - g->y[j];
              e[g->m + n++] = t[j] - g->y[j];
            }
        double r
            = n > 2 ? gsl_stats_correlation (e, 1, e + g->m, 1, n) : GSL_NAN;
        if (gsl_finite (r))
          to[count++] = r;
      }
  return count;
}

/* Panel 2: entry 4, the pairs, and 5, their mean, into *MEAN.  */
static int
draw_pairs (const group *g, bd_figure *f, size_t *pairs, double *mean)
{
  double *e = bd_array (2, g->m), *r = bd_array (PAIRED, PAIRED), top = 0;
  int code = e && r ? GSL_SUCCESS : GSL_ENOMEM;

  *pairs = code ? 0 : correlate (g, e, r);
  *mean = *pairs ? gsl_stats_mean (r, 1, *pairs) : GSL_NAN;
  if (*pairs)
    code = plot_histogram (f, 2, 1, 4, r, *pairs, &top);
  free (e);
  free (r);
  const double x[2] = { *mean, *mean }, y[2] = { 0, top };
  return code ? code : plot_guide (f, 2, 2, 5, x, y, GSL_NAN, GSL_NAN);
}

/* Names and axes of both panels.  */
static void
name_panels (const plot_source *s, bd_figure *f, double mean)
{
  const char *family = plot_family (s);
  char text[PLOT_LABEL];

  plot_key (f, 1, "a member's error", "single", 1);
  plot_key (f, 2, "less: ambiguity", "other", 1);
  plot_key (f, 3, "error of the mean", family, 1);
  for (size_t k = 1; k <= 3; k++)
    plot_panel_number (f, "shown", k, 0);
  plot_key (f, 4, "two members", family, 1);
  snprintf (text, sizeof text, "mean of all pairs, %s%.2f",
            mean < 0 ? "−" : "", fabs (mean));
  plot_key (f, 5, text, "truth", 1);
  plot_panel (f, 1, "what averaging saves",
              plot_label (s, "mean squared error", "²", text), "");
  plot_set (f, "type", 1, "rows");
  plot_panel_number (f, "xmin", 1, 0);
  plot_panel (f, 2, "do members err alike?", "correlation of two errors",
              "share of pairs (%)");
  plot_panel_number (f, "xmax", 2, 1);
}

int
plot_ambiguity (const plot_source *s, bd_figure *f, bd_error *err)
{
  group g;
  size_t pairs;
  double mean;
  char text[700];
  int code = gather (s, &g, err);

  if (!code && !(g.y = plot_responses (s, "the file of members", g.m, err)))
    code = GSL_EINVAL;
  else if (!code)
    {
      code = draw_pieces (&g, f);
      if (!code)
        code = draw_pairs (&g, f, &pairs, &mean);
      if (code)
        BD_FAIL (err, code, "no memory for a figure");
      else if (pairs == 0)
        code = BD_FAIL (err, GSL_EINVAL,
                        "correlations of errors need three rows with a "
                        "response");
    }
  free (g.T);
  if (code)
    return code;
  name_panels (s, f, mean);
  snprintf (text, sizeof text,
            "Mean squared error of a member, what of it is ambiguity (squared "
            "distance of a member from the mean of all), and their "
            "difference, the error of the mean, for %zu members at %zu rows, "
            "with 95 %% limits over the rows; and the correlations over the "
            "rows of the errors of two members, %zu pairs of %zu. The less "
            "alike members err, the more averaging saves. For rows that the "
            "members were trained on errors look smaller than they are.",
            g.B, g.m, pairs, GSL_MIN (g.B, PAIRED));
  return plot_caption (f, s, text);
}
