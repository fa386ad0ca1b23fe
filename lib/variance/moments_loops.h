/* The loops of moments.c over the units or points of one member, or of one
   row of products.  They round each product and sum by itself: the same bits
   on any instruction set.  */
#ifndef BD_VARIANCE_MOMENTS_LOOPS_H
#define BD_VARIANCE_MOMENTS_LOOPS_H

#include <stddef.h>

/* sum += p z */
void bd_loop_add (size_t n, double p, const double z[], double sum[]);

/* t -= mean; add p times its powers to t2, t3, t4.  */
void bd_loop_powers (size_t n, double p, const double mean[], double t[],
                     double t2[], double t3[], double t4[]);

/* u -= mean; u2 += p u^2; u *= p.  */
void bd_loop_squares (size_t n, double p, const double mean[], double u[],
                      double u2[]);

/* Where w is 0: out_p += p, and without T no more; mean out_t of t and sum of
   squares out_t2 around it.  */
void bd_loop_out (size_t n, double p, const double w[], double out_p[]);
void bd_loop_out_mean (size_t n, double p, const double w[], const double t[],
                       double out_p[], double out_t[], double out_t2[]);

/* u := p where u is 0, else 0, which LEFT adds up.  */
void bd_loop_apart (size_t n, double p, double u[], double left[]);

/* row += other + pull (tb - ta) */
void bd_loop_merge (size_t n, double pull, const double other[],
                    const double ta[], const double tb[], double row[]);

#endif
