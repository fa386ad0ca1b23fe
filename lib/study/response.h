/* Kinds of responses: what a method predicts of them and what its predictions
   lose.  All that differs between them in a comparison hangs on these.  */
#ifndef BD_STUDY_RESPONSE_H
#define BD_STUDY_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>

/* Least and, from 1, most probability of a class that is told: the logarithm
   of what came counts.  */
#define BD_LEAST_CHANCE 1e-9

typedef struct
{
  const char *name;  /* "number" or "classes" */
  const char *loss;  /* what is lost on a row, on average: "MSE", "log loss" */
  const char *error; /* what tables show of it: "RMSE", "log loss" */
  const char *error_long, *loss_long; /* for captions */
  bool root;   /* the error is the root of the mean loss */
  bool spread; /* predictions have a standard deviation, in units of the
                  response, and a noise */

  /* Numbers that a prediction of CLASSES (0: a number) consists of.  */
  size_t (*places) (size_t classes);

  /* The loss of the prediction P (PLACES numbers) where Y came: the squared
     error, in squared units of the response, or minus the logarithm of the
     probability of class Y, in nats.  */
  double (*lost) (size_t places, const double p[], double y);
} bd_response_type;

extern const bd_response_type bd_response_number, bd_response_classes;

/* The kind of a response with so many CLASSES; 0: a number.  */
const bd_response_type *bd_response_of (size_t classes);

/* P, no nearer to 0 and 1 than BD_LEAST_CHANCE; NaN stays.  */
double bd_chance (double p);

#endif
