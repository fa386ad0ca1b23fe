/* Sufficient statistics of an ensemble's members.

   Member b is a perturbation u_b (n units: how often each row counts, or
   which hidden units are kept), a probability p_b and a prediction t_b
   (m points).  Everything in this folder is a short function of these sums;
   nothing in it knows what a spline or a neuron is.

   Members come in blocks.  A block's own moments are made in two passes and
   merged by the pairwise update of Chan, Golub & LeVeque (1983) and, for
   third and fourth powers, Pebay (2008).  Blocks merged in the same order
   give the same bits, whoever made them.  */
#ifndef BD_VARIANCE_MOMENTS_H
#define BD_VARIANCE_MOMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BD_BLOCK 64       /* members in a block, or two or four times these */
#define BD_BLOCK_MOST 256 /* members in the largest */

typedef struct
{
  size_t n;      /* units */
  size_t width;  /* length of u: the units and, where the rows are no units,
                    the rows' weights after them; 0: the units only */
  size_t seen;   /* place in u of the first row's weight */
  size_t rows;   /* rows whose out-of-bag predictions are wanted, n or
                    width - seen */
  size_t m;      /* points */
  size_t mc;     /* the first mc points have co-moments with the units */
  size_t self;   /* points self .. self+rows-1 are the rows; m: none is */
  bool whole;    /* the members are all that there are: no Monte Carlo error */
  bool apart;    /* sums of the members that leave a unit out are wanted */
  bool split;    /* sums that the mean over all halves needs are wanted */
  size_t little; /* members of a little bag, a divisor of BD_BLOCK, whose sums
                    are wanted; 0: there are none */
  bool summed;   /* no ut and left_t but ij and jab (dense.h) */

  uint64_t members, failed; /* added; of which could not be fitted */
  uint64_t shaky;           /* whose equations were nearly singular */
  double p;                 /* sum of the probabilities of the others */

  double *u;            /* n: mean perturbation */
  double *u2;           /* n: sum of p (u - mean)^2; both 0 if mc is 0 */
  double *t;            /* m: mean prediction */
  double *t2, *t3, *t4; /* m: sums of powers of t - mean */
  double *ut;           /* n x mc: sum of p (u_i - mean)(t_j - mean) */
  double *left_p;       /* n: sum of p of the members with u_i = 0 */
  double *left_t;       /* n x mc: their sum of p (t_j - mean); both NULL if
                           not apart */
  double *utt;          /* n x mc: sum of p (u_i - mean)(t_j - mean)^2 */
  double *uut, *uutt;   /* mc: sums of p |u - mean|^2 times t - mean and its
                           square; all three NULL if not split */
  uint64_t bags;        /* little ones of which no member failed */
  double *bag_t;        /* m: mean of their means */
  double *bag_t2;       /* m: sum of squares of their means around it */
  double *bag_within;   /* m: sum of squares of members around their own bag's
                           mean; all three NULL without little bags */
  double *ij;           /* mc: sum over units of cov (u_i, t_j)^2 */
  double *jab;          /* mc: sum over the units that are left out of the
                           squared mean of t_j - mean without the unit; both
                           NULL if not summed */
  double *out_p;        /* rows: sum of p of the members without the row; 0
                           if mc is 0 and there is no self */
  double *out_t, *out_t2; /* rows: their mean at the row's own point and the
                             sum of squares around it; NULL without self */
} bd_moments;

/* Zeroed moments of N units that are the rows; SELF as above.  NULL when
   memory is short or a size overflows.  The caller frees.  */
bd_moments *bd_moments_alloc (size_t n, size_t m, size_t mc, size_t self);

/* Zeroed moments with the sizes and wishes of SHAPE, whose arrays are not
   looked at.  */
bd_moments *bd_moments_like (const bd_moments *shape);
void bd_moments_free (bd_moments *a);

/* Forget all members.  */
void bd_moments_reset (bd_moments *a);

/* Members that a run puts into a block of moments of A's sizes: the fewer
   blocks, the fewer products to merge, as long as U and T stay small.  */
size_t bd_moments_members (const bd_moments *a);

/* Make A the moments of nothing but the COUNT <= BD_BLOCK_MOST members
   with probabilities P[0..], perturbations U (COUNT x width) and predictions T
   (COUNT x m).  Members whose P is NaN could not be fitted: they are counted
   and leave no other trace.  U and T are overwritten.  */
int bd_moments_block (bd_moments *a, size_t count, const double P[],
                      double U[], double T[]);

/* A := A and B together.  GSL_EBADLEN when their shapes differ; `summed' ones
   cannot be put together.  */
int bd_moments_merge (bd_moments *a, const bd_moments *b);

#endif
