/* How far to go down a line.  */
#ifndef BD_NET_LINE_SEARCH_H
#define BD_NET_LINE_SEARCH_H

#include <stddef.h>

#include "optimiser.h"

/* A place on the line.  */
typedef struct
{
  double step;  /* w = start + step times the direction */
  double f;     /* the loss; infinite where it is not finite */
  double slope; /* along the line */
} bd_line_place;

typedef struct
{
  bd_loss loss;
  void *params;
  size_t size;
  const double *start, *direction;
  bd_line_place first; /* at the start: step 0, slope < 0 */
  double *w, *G;       /* of the last place looked at */
} bd_line;

/* Differences of losses near F that rounding alone may make.  */
double bd_line_noise (double f);

/* Look for a place that meets the strong Wolfe conditions, STEP being tried
   first; near a minimum, where rounding hides the decrease, the approximate
   ones.  Returns it, or the best place found within a fixed number of looks;
   line->w and line->G are those of the place returned.  Its step is 0 when no
   place was better than the start, its f infinite when no other place was
   finite either.  References: J. Nocedal, S. Wright, "Numerical optimization",
   2006, section 3.5; W. Hager, H. Zhang, "A new conjugate gradient method with
   guaranteed descent and an efficient line search", SIAM J. Optim. 16
   (2005).  */
bd_line_place bd_line_search (bd_line *line, double step);

/* sum_k a[k] b[k], in 16 lanes whose sums are added in pairs; and
   to += factor a.  */
double bd_line_dot (size_t size, const double a[], const double b[]);
void bd_line_add (size_t size, double factor, const double a[], double to[]);

#endif
