/* Networks on data sets of the noisy sine: which averaging lowers the error
   against the truth.  */
#ifndef SINE_TOOLS_H
#define SINE_TOOLS_H

#include <stddef.h>

enum
{
  SINE_SINGLE, /* one network */
  SINE_BAGGED, /* 20 on bootstrap samples */
  SINE_DECAY,  /* weight decay 0.003 */
  SINE_LITTLE, /* dropout 0.1, weight scaling */
  SINE_MUCH,   /* dropout 0.5 */
  SINE_METHODS
};

/* Mean squared error against the curve between -3 and 3, 60 rows with noise
   0.5, averaged over COUNT data sets, for the first METHODS of these.  */
void sine_errors (size_t count, size_t methods, double mse[]);

#endif
