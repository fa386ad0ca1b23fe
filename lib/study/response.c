#include <config.h>

#include <gsl/gsl_math.h>

#include "../fitter/fitter.h"
#include "response.h"

double
bd_chance (double p)
{
  return p < BD_LEAST_CHANCE       ? BD_LEAST_CHANCE
         : p > 1 - BD_LEAST_CHANCE ? 1 - BD_LEAST_CHANCE
                                   : p;
}

static size_t
one (size_t classes)
{
  (void)classes;
  return 1;
}

static double
squared (size_t places, const double p[], double y)
{
  double r = y - p[0];

  (void)places;
  return r * r;
}

static double
log_loss (size_t places, const double p[], double y)
{
  size_t came = (size_t)y;
  double chance = places > 1 ? p[came] : came ? p[0] : 1 - p[0];

  return -log (bd_chance (chance));
}

const bd_response_type bd_response_number
    = { .name = "number",
        .loss = "MSE",
        .error = "RMSE",
        .loss_long = "mean squared error",
        .error_long = "root mean squared error",
        .root = true,
        .spread = true,
        .places = one,
        .lost = squared };

const bd_response_type bd_response_classes = { .name = "classes",
                                               .loss = "log loss",
                                               .error = "log loss",
                                               .loss_long = "log loss",
                                               .error_long = "log loss",
                                               .places = bd_class_places,
                                               .lost = log_loss };

const bd_response_type *
bd_response_of (size_t classes)
{
  return classes ? &bd_response_classes : &bd_response_number;
}
