/* Private to the polynomial: what its plan and its work space hold.  */
#ifndef BD_FITTER_POLY_H
#define BD_FITTER_POLY_H

#include <stdbool.h>

#include "fitter.h"

#define POLY_DEGREE 30 /* largest */
#define POLY_TERMS 32  /* room for its terms, a multiple of four */
#define POLY_LANES 8   /* rows summed side by side */
#define POLY_BLOCK 64  /* rows per pass over the terms */

/* A basis by its recurrence: q_0 constant, q_k+1 (z) = (slope[k] z + level[k])
   q_k (z) - back[k] q_k-1 (z).  */
typedef struct
{
  double first; /* q_0 */
  double slope[POLY_TERMS], level[POLY_TERMS], back[POLY_TERMS + 1];
} poly_basis;

/* The same to more digits, orthonormal over the rows of weight 1, and the
   least-squares polynomial of these rows in it.  */
typedef struct
{
  long double first, slope[POLY_TERMS], level[POLY_TERMS], back[POLY_TERMS];
  long double c[POLY_TERMS];
} poly_exact;

typedef struct
{
  size_t n, m, terms;
  double mid, half; /* x = mid + half z, z in [-1, 1] */
  poly_exact exact;
  double *base;     /* n: the polynomial of weights 1 at the rows */
  double *base_p;   /* m: and at the points */
  double *rest;     /* y less base; n and then zeros to a full block */
  double *z2;       /* 2 z of the rows, the same length */
  double *top;      /* T_degree (z), likewise; NULL when Q is there */
  gsl_matrix *Q;    /* n x terms: when the Chebyshev basis will not do */
  poly_basis basis; /* the members': Chebyshev's or that of Q */
  double *zp;       /* m, then zeros to a full block */
  double once[POLY_TERMS]; /* pivots of weights 1 in that basis, or NaN */
} poly_plan;

typedef struct
{
  double *own;                       /* y less base, of respond */
  const double *rest;                /* the one in use */
  gsl_matrix *Qw;                    /* for Q */
  double G[POLY_TERMS * POLY_TERMS]; /* lower triangle, row-major */
  double equal; /* the weight that all rows had, G then being unused, or 0 */
  double c[POLY_TERMS]; /* what the member adds to base */
} poly_work;

/* The plan slots of the type.  */
void *bd_poly_plan (const bd_settings *set, const gsl_matrix *X,
                    const gsl_vector *y, const gsl_matrix *P, bd_error *err);
void bd_poly_free_plan (void *plan);

/* The slots that the plan uses too.  */
void *bd_poly_work (const void *plan);
void bd_poly_free_work (void *work);

/* Normal equations of the weights W, in G and c, for the plan's basis.  */
void bd_poly_normal (const poly_plan *a, poly_work *w, const double weight[]);

/* Smallest pivot of G relative to its diagonal element; G is replaced by its
   factors L and D of LDL'.  */
double bd_poly_factor (size_t terms, double G[]);

#endif
