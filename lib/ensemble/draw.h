/* Many random numbers at a time: counts of drawn rows, exponential weights.

   All take words from R (of type bd_rng_philox) in the order in which
   gsl_rng_get gives them and write what a loop of single draws would, only
   faster, and the same bits with every compiler and instruction set.  Where R
   stands afterwards is not said: seek it before another use.  SCRATCH is work
   space for bd_draw_scratch (n) words.  */
#ifndef BD_ENSEMBLE_DRAW_H
#define BD_ENSEMBLE_DRAW_H

#include <gsl/gsl_rng.h>
#include <stddef.h>
#include <stdint.h>

/* At least n.  */
size_t bd_draw_scratch (size_t n);

/* Rows that are drawn from directly: their counters fit into any first
   cache.  */
#define BD_DRAW_PIECE 8192

/* w[i] = how often row i comes up in COUNT < 2^31 draws with replacement from
   the rows 0 .. n-1, all exactly equally likely.

   Up to BD_DRAW_PIECE rows: each word has two halves, the lower one first; a
   half h is row floor (h n / 2^16), but is skipped when h n mod 2^16 < 2^16
   mod n (Lemire 2019).  More rows are two parts, of which the first has a =
   floor (n/2).  The draws that it gets come from comparing a / n with random
   numbers, one for each draw, digit by binary digit: each digit takes one bit
   for each draw that is still undecided, words from their lowest bit on, and
   what is left of the last word is dropped.  Then the first part is drawn in
   this way, then the second.  */
void bd_draw_counts (gsl_rng *r, uint32_t scratch[], size_t n, size_t count,
                     double w[]);

/* w[0..n-1] independent and exponential with mean 1: -log ((word + 1/2)
   2^-32), with a relative error below 1e-13.  */
void bd_draw_exponential (gsl_rng *r, uint32_t scratch[], size_t n,
                          double w[]);

/* The same divided by their mean: n times a Dirichlet (1, ..., 1) vector, the
   weights of the Bayesian bootstrap (Rubin 1981).  */
void bd_draw_dirichlet (gsl_rng *r, uint32_t scratch[], size_t n, double w[]);

#endif
