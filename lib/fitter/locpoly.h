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
#define LOC_LANES 8  /* rows summed side by side */

typedef struct
{
  double x0, x1, x2, x3, x4; /* w u^0 ... w u^4 */
  double y0, y1, y2, y3;     /* w y u^0 ... w y u^3 */
} loc_sum;

/* Rows BEGIN to END - 1 between two posts, at most 2 h apart.  Of the points
   after the left post, which the windows right0 to right1 - 1 hold, those rows
   are needed from BEGIN on; of the points before the right post, left0 to
   left1 - 1, up to END.  Cuts, in order, are all these ends; sums of the rows
   between two of them are made once, about CENTRE.  */
typedef struct
{
  double centre;
  size_t right0, right1, left0, left1;
  size_t cut0, cut1; /* of loc_windows.cut: BEGIN and END */
} loc_stretch;

/* The windows, x - h to x + h, of M sorted points.  Posts stand 2 h apart, so
   that each window holds just one: what lies in it left of its post and right
   of it are two sums that only grow from one point to the next, and nothing
   is ever subtracted.  The centres of the stretches are h from the posts.  */
typedef struct
{
  size_t m, stretches;
  size_t most; /* cuts of a stretch */
  double h;
  double *x;       /* m: points */
  double *shift;   /* 2 x m: (centre - point) / h of the stretch left of the
                      point's post, and right of it */
  int *low, *high; /* m: rows low to high - 1 are in the window */
  int *cut;        /* rows, those of each stretch increasing */
  loc_stretch *stretch;
} loc_windows;

typedef struct
{
  size_t n, m, places;
  bool line;     /* degree 1 */
  bd_line rows;  /* in order of x */
  double *u;     /* n and LOC_LANES more: their x */
  double *x;     /* places: distinct values of x */
  size_t *first; /* places + 1: rows of a place, in the order of rows */
  double *y;     /* n and LOC_LANES: in that order, less the mean y0 */
  double y0;
  loc_windows at;
  int *point; /* m: place of the sorted point among the caller's */
} loc_plan;

typedef struct
{
  double *w, *wy;  /* places: sums of weights, of weights times y; filled only
                      for near-empty windows */
  double *v;       /* n: weights in order of x */
  double *own;     /* respond's y, in the plan's order */
  const double *y; /* the y in use */
  double y0;
  loc_sum *bin; /* most: of a stretch */
  double *sum;  /* 2 LOC_SUMS x m: left of the post, right of it, each about
                   the centre of its stretch */
  double *t;    /* m: predictions in order of x, less y0 */
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

/* Sums over the windows, in w->sum, for the rows' WEIGHT (n).  */
void bd_loc_sums (const loc_plan *a, const loc_windows *at, loc_work *w,
                  const double weight[]);

/* Predictions less the mean from these sums; NaN for a near-empty window.  */
void bd_loc_solve (const loc_plan *a, const loc_windows *at, loc_work *w,
                   double t[]);

/* The prediction less the mean at X from a window widened by the rule, of
   w->w and w->wy.  */
double bd_loc_widened (const loc_plan *a, const loc_work *w, double h,
                       double x);

#endif
