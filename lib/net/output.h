/* What a network's outputs mean: the loss that trains them and the prediction
   that is made of them.  */
#ifndef BD_NET_OUTPUT_H
#define BD_NET_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct
{
  const char *name, *help;
  bool scaled;  /* the response is standardised before */
  bool classes; /* the response is a class, 0 .. classes - 1 */

  /* Linear outputs, and predictions made of them, for a response with CLASSES
     classes.  */
  size_t (*outputs) (size_t classes);
  size_t (*predictions) (size_t classes);

  /* Loss of a row with linear outputs Z (OUTPUTS) and response Y, and its
     derivatives E.  */
  double (*loss) (size_t outputs, const double z[], double y, double e[]);

  /* Predictions (means or probabilities) from Z; the response's mean and scale
     undo the standardising.  */
  void (*predict) (size_t outputs, const double z[], double mean, double scale,
                   double t[]);

  /* Variance of the response's noise that Z states; NULL: states none.  */
  double (*noise) (const double z[], double scale);
} bd_output;

enum /* places in bd_outputs */
{
  BD_OUTPUT_REAL,     /* one, half the squared error */
  BD_OUTPUT_GAUSSIAN, /* mean and log variance, Gaussian likelihood */
  BD_OUTPUT_LOGISTIC, /* log odds of class 1 against 0; predicts its
                         probability */
  BD_OUTPUT_SOFTMAX,  /* as many as classes; predicts their probabilities */
  BD_OUTPUTS
};

extern const bd_output bd_outputs[]; /* ends with { NULL } */
const bd_output *bd_output_find (const char *name);

#endif
