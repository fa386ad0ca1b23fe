/* Estimates of variance from the moments of an ensemble.

   Letters: n units, B members (the sum of their probabilities, which are 1
   for sampled members), u perturbations, t predictions, v member variance
   with divisor B, C_i = cov (u_i, t).  Arrays are one value per point; those
   that need co-moments are filled for the first a->mc points.  What cannot be
   estimated is NaN, never 0.  */
#ifndef BD_VARIANCE_ESTIMATE_H
#define BD_VARIANCE_ESTIMATE_H

#include "moments.h"

/* 1 / B, what the Monte Carlo errors below are made of; 0 for an ensemble of
   all members that there are.  */
double bd_variance_chance (const bd_moments *a);

/* v: variance between members (all a->m points).  NaN below two members.  */
void bd_variance_spread (const bd_moments *a, double v[]);

/* Infinitesimal jackknife, V = sum C_i^2: the sampling variance of the
   ensemble's mean, biased upwards by the finite B (Efron 2014).  */
void bd_variance_ij (const bd_moments *a, double V[]);

/* IJ-U = V - (sum_i var u_i) v / B: without that bias; may be negative (Wager,
   Hastie & Efron 2014, with the general count variance).  Unbiased where the
   squared deviation of t has nothing to do with how uneven the u_i are.  If SE
   is not NULL it gets the errors of bd_variance_ij_error.  */
void bd_variance_ij_u (const bd_moments *a, double V[], double se[]);

/* Monte Carlo standard errors of estimates V of sum C_i^2:
   SE^2 = 4 V (V + v) / B + 2 (sum_i (var u_i)^2) v^2 / B^2, the second term 2
   n v^2 / B^2 for the bootstrap (Wager, Hastie & Efron 2014).  The first is
   the variance of 2 (t - mean) sum_i C_i (u_i - mean), of two numbers whose
   squares have as much in common as normal ones.  */
void bd_variance_ij_error (const bd_moments *a, const double V[], double se[]);

/* Split-half infinitesimal jackknife: sum_i C_i (1) C_i (2), the covariances
   of two halves of the members with divisor B/2 - 1, as the mean over all ways
   to take halves, in closed form.  Its expectation is sum C_i^2 at any B,
   whatever the law of the members and the perturbations: the halves are
   independent and each covariance is unbiased.  It may be negative.  Needs
   `split' moments (one more n x mc array and its product), independent members
   of probability 1 and four of them.  SE as above.  */
void bd_variance_split (const bd_moments *a, double V[], double se[]);

/* Bootstrap of little bags: variance between the means of bags of g members
   less what the members' own spread puts into it, s_b^2 - s_w^2 / g with
   unbiased s_b^2 and s_w^2.  Members of a bag share a half of the rows, so
   that this is the variance that the halves make.  (J. Sexton, P. Laake,
   "Standard errors for bagged and random forest estimators", Comput. Statist.
   Data Anal. 53 (2009); S. Athey, J. Tibshirani, S. Wager, "Generalized random
   forests", Ann. Statist. 47 (2019), section 4.1.)  SE^2 = 2 s_b^4 / (K - 1) +
   2 (s_w^2 / g)^2 / (K (g - 1)) for K bags, as for normal members.  Needs
   moments with little bags, at least two whole ones.  */
void bd_variance_little (const bd_moments *a, double V[], double se[]);

/* Posterior mean of a non-negative number under a flat prior, given the
   estimate E with standard error S: e + s phi(e/s) / Phi(e/s).  Never
   negative; E itself when S is 0 and E positive.  (The correction that grf
   applies to its variances.)  */
double bd_variance_positive (double e, double s);

/* A steadier IJ-U for small B, times FACTOR: the estimate of each point, with
   its Monte Carlo variance, is combined with A v, A the share of all points
   together, taken as known to within its own size; the positive part of that,
   and never more than v, which the limit of V cannot exceed (Efron 2014).  */
void bd_variance_ij_steady (const bd_moments *a, double factor, double V[]);

/* The same made of the IJ-U that stands in V.  */
void bd_variance_steady (const bd_moments *a, double factor, double V[]);

/* Planner: members that make the relative standard deviation of IJ-U R, when
   the member variance is K times the variance of the mean and there are N
   units: the larger root of 4 (1 + K) / B + 2 N K^2 / B^2 = R^2.  */
double bd_variance_members (double r, double K, size_t n);

/* Additive share A = IJ-U / v, between 0 and 1: the part of the member
   variance that is a sum over units (first-order Hoeffding part).  For the
   bootstrap, 1 - A is the share of the variance that averaging removes
   (Friedman & Hall 2007).  The ratio is of sums over the first a->mc
   points.  */
double bd_variance_additive_share (const bd_moments *a, double factor);

/* The same made of the IJ-U that stands in V.  */
double bd_variance_share (const bd_moments *a, double factor,
                          const double V[]);

#endif
