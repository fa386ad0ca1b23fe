/* A few rows through a network and back, in either precision.

   Both come from one source, pass_body.h, so that what is checked in double
   precision is what trains in single.  Private to lib/net.  */
#ifndef BD_NET_PASS_H
#define BD_NET_PASS_H

#include "kernels.h"
#include "net.h"

#define BD_PASS(REAL, NAME)                                                   \
  typedef struct                                                              \
  {                                                                           \
    const bd_net *net;                                                        \
    const bd_kernels_##REAL *k;                                               \
    const REAL *w;                                                            \
                                                                              \
    /* Masks as in bd_net_mask; those of weights are for the caller to        \
       multiply in.  */                                                       \
    const REAL *mask, *input;                                                 \
    size_t stride, input_stride;                                              \
                                                                              \
    REAL *X;     /* masked inputs */                                          \
    REAL *A, *S; /* activations and slopes times masks, layer by layer */     \
    REAL *D;     /* derivatives of the loss for what enters the units */      \
    REAL *M;     /* ... for what leaves them masked; only on demand */        \
    REAL *Z, *E; /* linear outputs, derivatives for them: rows of `out' */    \
    REAL *T;     /* weights transposed */                                     \
    REAL *zero;  /* a row of zeros, then one 1 */                             \
    size_t out;                                                               \
  } NAME;                                                                     \
                                                                              \
  /* Places of work space for up to ROWS rows.  MASKS: M is wanted.  */       \
  size_t NAME##_room (const bd_net *net, size_t rows, int masks);             \
                                                                              \
  /* P over work space ROOM of that size, aligned to 64 bytes.  */            \
  void NAME##_open (NAME *p, const bd_net *net, size_t rows, int masks,       \
                    REAL room[]);                                             \
                                                                              \
  /* The weights from now on.  BACK: a way back is wanted.  */                \
  void NAME##_weights (NAME *p, const REAL w[], int back);                    \
                                                                              \
  /* Linear outputs of COUNT rows into p->Z.  */                              \
  void NAME##_forward (NAME *p, size_t count, const REAL X[]);                \
                                                                              \
  /* Sum of share times loss; p->E: its derivatives.  */                      \
  double NAME##_loss (NAME *p, size_t count, const REAL y[],                  \
                      const REAL share[]);                                    \
                                                                              \
  /* Add the gradient to G.  X as before.  */                                 \
  void NAME##_backward (NAME *p, size_t count, const REAL X[], REAL G[])

BD_PASS (float, bd_pass_float);
BD_PASS (double, bd_pass_double);

#endif
