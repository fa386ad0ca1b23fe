/* Private to local regression: what its plan and its work space hold.  */
#ifndef BD_FITTER_LOCPOLY_H
#define BD_FITTER_LOCPOLY_H

#include <stdbool.h>

#include "fitter.h"
#include "line.h"

enum
{
  KNOB_BANDWIDTH,
  KNOB_DEGREE
};

#define LOC_SUMS 9   /* w u^0 ... w u^4, w y u^0 ... w y u^3 */
#define LOC_SUMS_X 5 /* those without y */

/* The windows, x - h to x + h, of M sorted points.  Posts stand 2 h apart, so
   that each window holds just one: what lies in it left of its post and right
   of it are two sums that only grow from one point to the next, and nothing
   is ever subtracted.  */
typedef struct
{
  size_t m, posts;
  double h;
  double *x;       /* m: points */
  double *shift;   /* m: (post - point) / h */
  int *low, *high; /* m: places low to high - 1 are in the window */
  size_t *first;   /* posts + 1: points of a post */
  double *post;    /* posts: where it stands */
  int *split;      /* posts: first place at or beyond it */
} loc_windows;

typedef struct
{
  size_t n, m, places;
  bool line;     /* degree 1 */
  bd_line rows;  /* in order of x */
  double *x;     /* places: distinct values of x */
  size_t *first; /* places + 1: rows of a place, in the order of rows */
  double *y;     /* n: in that order, less the mean y0 */
  double y0;
  loc_windows at;
  int *point; /* m: place of the sorted point among the caller's */
} loc_plan;

typedef struct
{
  double *w, *wy;  /* places: sums of weights, of weights times y */
  double *own;     /* respond's y, in the plan's order */
  const double *y; /* the y in use */
  double y0;
  double *sum; /* LOC_SUMS x m, about the posts */
  double *t;   /* m: predictions in order of x */
} loc_work;

/* The plan slots of the type.  */
void *bd_loc_plan (const bd_settings *set, const gsl_matrix *X,
                   const gsl_vector *y, const gsl_matrix *P, bd_error *err);
void bd_loc_free_plan (void *plan);

/* A zeroed W for the windows AT of A, with A's own response; false when
   memory is short.  Released by bd_loc_clear_work.  */
bool bd_loc_init_work (loc_work *w, const loc_plan *a, const loc_windows *at);
void bd_loc_clear_work (loc_work *w);

/* Response Y (n) in the plan's order less its mean, which is returned.  */
double bd_loc_response (const loc_plan *a, const double y[], size_t stride,
                        double to[]);

/* Windows of half-width H > 0 round the M sorted points X, which stay the
   caller's; A must be zeroed.  False when memory is short.  */
bool bd_loc_windows (loc_windows *at, const loc_plan *a, double x[], size_t m,
                     double h);
void bd_loc_clear_windows (loc_windows *at);

/* Sums over the windows, in w->sum, of w->w and w->wy.  */
void bd_loc_sums (const loc_plan *a, const loc_windows *at, loc_work *w);

/* Predictions less the mean from these sums; NaN for a near-empty window.  */
void bd_loc_solve (const loc_plan *a, const loc_windows *at, loc_work *w,
                   double t[]);

/* The prediction less the mean at X from a window widened by the rule.  */
double bd_loc_widened (const loc_plan *a, const loc_work *w, double h,
                       double x);

#endif
