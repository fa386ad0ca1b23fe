/* The loops of the moments over the units or points of a block of members, or
   of one row of products.  They round each product and sum by itself: the same
   bits on any instruction set.  */
#ifndef BD_VARIANCE_MOMENTS_LOOPS_H
#define BD_VARIANCE_MOMENTS_LOOPS_H

#include <stddef.h>

/* COUNT members with probabilities p, whose sum is TOTAL > 0; their numbers
   stand TDA apart, and the first N of each are looked at.  */
typedef struct
{
  size_t count;
  const double *p;
  double total;
  size_t tda, n;
} bd_loop_block;

/* mean := weighted mean of T; t2, t3, t4 := sums of p (t - mean)^2, 3, 4.  */
void bd_loop_points (const bd_loop_block *z, double T[], double mean[],
                     double t2[], double t3[], double t4[]);

/* The same, and T -= mean.  */
void bd_loop_centre_points (const bd_loop_block *z, double T[], double mean[],
                            double t2[], double t3[], double t4[]);

/* mean := weighted mean of U; u2 := sum of p (u - mean)^2; U := p (u -
   mean).  */
void bd_loop_units (const bd_loop_block *z, double U[], double mean[],
                    double u2[]);

/* Of the members whose W is 0: out_p := sum of p and, with T, whose rows are
   T_TDA apart, out_t := mean of t, 0 without any, and out_t2 := sum of
   p (t - mean)^2.  */
void bd_loop_out (const bd_loop_block *z, const double W[], double out_p[]);
void bd_loop_out_mean (const bd_loop_block *z, const double W[],
                       const double T[], size_t t_tda, double out_p[],
                       double out_t[], double out_t2[]);

/* u := p where u is 0, else 0, which LEFT adds up.  */
void bd_loop_apart (size_t n, double p, double u[], double left[]);

/* row += other + pull (tb - ta) */
void bd_loop_merge (size_t n, double pull, const double other[],
                    const double ta[], const double tb[], double row[]);

#endif
