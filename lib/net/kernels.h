/* The arithmetic of dense layers in both precisions.

   One source (kernels_body.h) is built for each instruction set; the best that
   the machine has is chosen when it is asked for.  All of them round alike:
   every product that is added is one fused multiply-add, and sums run in the
   order that is stated here, so that the bits are the same everywhere.

   Largest errors found over millions of points (floats / doubles), absolute:
   tanh 2.5e-7 / 5.3e-16, logistic 2e-7 / 3.5e-16, gelu (the exact one, with
   the normal distribution function) 3.9e-7 / 1.4e-15, slope of tanh 5e-7 /
   1.1e-15, other slopes as their units; exp 9e-8 / 1.8e-16 relative.  A NaN
   stays one.  The slope of relu at 0 is 0.

   Rows of activations and weights are WIDTH places long, a multiple of
   BD_NET_PAD, and stand close together unless said otherwise.  Arrays are
   aligned to 64 bytes.  */
#ifndef BD_NET_KERNELS_H
#define BD_NET_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "unit.h"

#define BD_SHALLOW_WIDTH 256 /* widest hidden layer of `shallow' */
#define BD_SHALLOW_INPUTS 16 /* most inputs of it */

#define BD_KERNELS(REAL, NAME)                                                \
  typedef struct                                                              \
  {                                                                           \
    const char *set; /* "avx512", "avx2" or "plain" */                        \
                                                                              \
    /* C (rows x width): C[r][j] = start[j] + sum_q A[r down + q right]       \
       B[q width + j], the sum over q = 0 .. ranks - 1 in this order.  START  \
       NULL: C[r][j] itself instead, so that C is added to.  */               \
    void (*product) (size_t rows, size_t ranks, size_t width, const REAL A[], \
                     size_t down, size_t right, const REAL B[],               \
                     const REAL start[], REAL C[]);                           \
                                                                              \
    /* z[r] = c + sum_k A[r][k] w[k]: a vector of 64 bytes of partial sums,   \
       then the sum of its places i and i + half, by halves.  */              \
    void (*dot) (size_t rows, size_t width, const REAL A[], const REAL w[],   \
                 REAL c, REAL z[]);                                           \
                                                                              \
    /* Z[r][j], the input of unit j, becomes its output times its mask, S its \
       slope times its mask.  Row r of the masks is mask[r stride ..]; MASK   \
       NULL: all are 1.  Places j >= used are set to 0.  */                   \
    void (*unit[BD_UNITS]) (size_t rows, size_t width, size_t used,           \
                            const REAL mask[], size_t stride, REAL Z[],       \
                            REAL S[]);                                        \
                                                                              \
    /* D[r][j] = e[r] v[j] S[r][j].  */                                       \
    void (*outer) (size_t rows, size_t width, const REAL e[], const REAL v[], \
                   const REAL S[], REAL D[]);                                 \
                                                                              \
    /* a[i] = a[i] b[i], i < n.  */                                           \
    void (*times) (size_t n, const REAL b[], REAL a[]);                       \
                                                                              \
    /* to (columns x rows) = from (rows x columns) transposed; both are       \
       multiples of BD_NET_PAD.  */                                           \
    void (*transpose) (size_t rows, size_t columns, const REAL from[],        \
                       REAL to[]);                                            \
                                                                              \
    /* Sums of subsets, for masks of 0 and 1: the 16 sums of each group of    \
       four of the rows a[r] B[r] (4 groups x width), in TABLE (16 groups x   \
       width): blocks of BD_NET_PAD places, groups, subsets, places.  */      \
    void (*tables) (size_t groups, size_t width, const REAL a[],              \
                    const REAL B[], REAL table[]);                            \
                                                                              \
    /* C[t][j] = start[j] + the sum over g of what PICK[t stride + g] = 256 g \
       + 16 subset names, in the order of g.  */                              \
    void (*subsets) (size_t masks, size_t groups, size_t width,               \
                     const uint16_t pick[], size_t stride,                    \
                     const REAL table[], const REAL start[], REAL C[]);       \
                                                                              \
    /* to[i] = FACTOR where bit i is set, else 0; n a multiple of 16.  */     \
    void (*unfold) (size_t n, const uint32_t bits[], REAL factor, REAL to[]); \
                                                                              \
    /* v[i] = exp v[i].  */                                                   \
    void (*exponential) (size_t n, REAL v[]);                                 \
                                                                              \
    /* One hidden layer and one output, WIDTH <= BD_SHALLOW_WIDTH and d <=    \
       BD_SHALLOW_INPUTS, forward and backward.  X is rows x d; w holds d     \
       + 1 rows of weights and biases, WIDTH each, then WIDTH output          \
       weights and the output bias; places from USED on are 0 there.  G,      \
       in the order of w, is added to: the gradient of sum share (output -    \
       y)^2 / 2.  Returns sum share (output - y)^2.  SHARE may not be         \
       NULL; MASK NULL: all are 1.  Sums run row after row within groups      \
       of 128 bytes of outputs, then over the groups; that of the squares     \
       and of the output bias over places of vectors, then by halves.  */     \
    double (*shallow[BD_UNITS]) (size_t rows, size_t d, size_t width,         \
                                 size_t used, const REAL w[], const REAL X[], \
                                 const REAL y[], const REAL share[],          \
                                 const REAL mask[], size_t stride, REAL G[]); \
                                                                              \
    /* Adam (Kingma & Ba 2015): first and second moments, then w = shrink w - \
       rate first / (sqrt second + eps), eps > 0; the corrections of the bias \
       are the caller's, in RATE and EPS.  SHRINK: decoupled decay; 1: none.  \
       The root is right to 9e-7 / 1e-15; moments below 2^-100 and 2^-120     \
       (doubles 2^-800, 2^-1000) become 0.  */                                \
    void (*adam) (size_t n, REAL rate, REAL eps, REAL beta1, REAL beta2,      \
                  REAL shrink, const REAL G[], REAL first[], REAL second[],   \
                  REAL w[]);                                                  \
                                                                              \
    /* Momentum: v = momentum v + G; w -= rate (nesterov ? momentum v + G :   \
       v).  */                                                                \
    void (*momentum) (size_t n, REAL rate, REAL momentum, bool nesterov,      \
                      const REAL G[], REAL v[], REAL w[]);                    \
  } NAME

BD_KERNELS (float, bd_kernels_float);
BD_KERNELS (double, bd_kernels_double);

/* The best for this machine, which BAGDROP_KERNELS=avx2 or =plain in the
   environment holds back (for tests).  */
const bd_kernels_float *bd_kernels_of_floats (void);
const bd_kernels_double *bd_kernels_of_doubles (void);

#endif
