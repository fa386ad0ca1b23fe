/* References: D. A. Nix, A. S. Weigend, "Estimating the mean and variance of
   the target probability distribution", ICNN 1994 (mean and log variance);
   C. M. Bishop, "Pattern recognition and machine learning", 2006, 4.3.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "output.h"
#include "unit.h"

/* A log variance outside has the loss and the derivatives of the nearest
   bound: exp stays finite, and the way back is open.  */
#define LOG_VARIANCE 20

static size_t
one (size_t classes)
{
  (void)classes;
  return 1;
}

static size_t
two (size_t classes)
{
  (void)classes;
  return 2;
}

static size_t
each_class (size_t classes)
{
  return classes;
}

static double
real_loss (size_t outputs, const double z[], double y, double e[])
{
  (void)outputs;
  e[0] = z[0] - y;
  return e[0] * e[0] / 2;
}

static void
real_predict (size_t outputs, const double z[], double mean, double scale,
              double t[])
{
  (void)outputs;
  t[0] = mean + scale * z[0];
}

static double
gaussian_loss (size_t outputs, const double z[], double y, double e[])
{
  double s = GSL_MAX_DBL (GSL_MIN_DBL (z[1], LOG_VARIANCE), -LOG_VARIANCE);
  double precision = exp (-s), d = z[0] - y;

  (void)outputs;
  e[0] = d * precision;
  e[1] = (1 - d * d * precision) / 2;
  return (s + d * d * precision) / 2;
}

static double
gaussian_noise (const double z[], double scale)
{
  double s = GSL_MAX_DBL (GSL_MIN_DBL (z[1], LOG_VARIANCE), -LOG_VARIANCE);
  return scale * scale * exp (s);
}

/* log (1 + exp z) - y z without overflow.  */
static double
logistic_loss (size_t outputs, const double z[], double y, double e[])
{
  (void)outputs;
  e[0] = bd_units[BD_UNIT_LOGISTIC].value (z[0]) - y;
  return GSL_MAX_DBL (z[0], 0) + log1p (exp (-fabs (z[0]))) - y * z[0];
}

static void
logistic_predict (size_t outputs, const double z[], double mean, double scale,
                  double t[])
{
  (void)outputs;
  (void)mean;
  (void)scale;
  t[0] = bd_units[BD_UNIT_LOGISTIC].value (z[0]);
}

/* Probabilities of the classes into T; returns the log of what they were
   divided by.  */
static double
softmax (size_t outputs, const double z[], double t[])
{
  double most = z[0], sum = 0;

  for (size_t k = 1; k < outputs; k++)
    most = GSL_MAX_DBL (most, z[k]);
  for (size_t k = 0; k < outputs; k++)
    sum += exp (z[k] - most);
  for (size_t k = 0; k < outputs; k++)
    t[k] = exp (z[k] - most) / sum;
  return most + log (sum);
}

static double
softmax_loss (size_t outputs, const double z[], double y, double e[])
{
  size_t right = (size_t)y;
  double total = softmax (outputs, z, e);

  e[right] -= 1;
  return total - z[right];
}

static void
softmax_predict (size_t outputs, const double z[], double mean, double scale,
                 double t[])
{
  (void)mean;
  (void)scale;
  softmax (outputs, z, t);
}

const bd_output bd_outputs[] = {
  [BD_OUTPUT_REAL] = { .name = "real",
                       .help = "a number, squared error",
                       .scaled = true,
                       .outputs = one,
                       .predictions = one,
                       .loss = real_loss,
                       .predict = real_predict },
  [BD_OUTPUT_GAUSSIAN]
  = { .name = "gaussian",
      .help = "mean and log variance of a number, Gaussian likelihood",
      .scaled = true,
      .outputs = two,
      .predictions = one,
      .loss = gaussian_loss,
      .predict = real_predict,
      .noise = gaussian_noise },
  [BD_OUTPUT_LOGISTIC] = { .name = "logistic",
                           .help = "probability of the second of two classes",
                           .classes = true,
                           .outputs = one,
                           .predictions = one,
                           .loss = logistic_loss,
                           .predict = logistic_predict },
  [BD_OUTPUT_SOFTMAX] = { .name = "softmax",
                          .help = "probability of each class",
                          .classes = true,
                          .outputs = each_class,
                          .predictions = each_class,
                          .loss = softmax_loss,
                          .predict = softmax_predict },
  { .name = NULL },
};

const bd_output *
bd_output_find (const char *name)
{
  for (const bd_output *o = bd_outputs; name && o->name; o++)
    if (strcmp (o->name, name) == 0)
      return o;
  return NULL;
}
