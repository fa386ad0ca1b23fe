#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>

#include "study/prediction.h"
#include "tap.h"
#include "tools.h"

/* Which networks can be predicted how.  */
START_TEST (checks)
{
  const struct
  {
    const bd_prediction *type;
    size_t hidden, depth;
    int output;
    const char *mask, *says; /* NULL: fine */
  } row[] = {
    { &bd_prediction_closed, 9, 1, BD_OUTPUT_GAUSSIAN, "gaussian", NULL },
    { &bd_prediction_closed, 9, 2, BD_OUTPUT_REAL, "bernoulli",
      "there are 2" },
    { &bd_prediction_closed, 9, 1, BD_OUTPUT_LOGISTIC, "bernoulli",
      "not for classes" },
    { &bd_prediction_closed, 9, 1, BD_OUTPUT_REAL, "block", "independently" },
    { &bd_prediction_closed, 9, 1, BD_OUTPUT_REAL, "bernoulli:pool=3",
      "no pool" },
    { &bd_prediction_closed, 9, 1, BD_OUTPUT_REAL, "bernoulli:input=0.1",
      "no masks of inputs" },
    { &bd_prediction_exact, 24, 1, BD_OUTPUT_REAL, "bernoulli", NULL },
    { &bd_prediction_exact, 25, 1, BD_OUTPUT_REAL, "bernoulli",
      "and there are 25; use closed" },
    { &bd_prediction_exact, 25, 1, BD_OUTPUT_SOFTMAX, "bernoulli", "use mc" },
    { &bd_prediction_exact, 13, 2, BD_OUTPUT_REAL, "bernoulli",
      "use rao-blackwell" },
    { &bd_prediction_exact, 9, 1, BD_OUTPUT_REAL, "gaussian", "bernoulli" },
    { &bd_prediction_geometric, 9, 1, BD_OUTPUT_REAL, "bernoulli",
      "probabilities of classes" },
    { &bd_prediction_fast, 9, 2, BD_OUTPUT_SOFTMAX, "bernoulli",
      "two classes" },
    { &bd_prediction_rao, 9, 2, BD_OUTPUT_LOGISTIC, "bernoulli",
      "not for classes" },
    { &bd_prediction_mc, 99, 3, BD_OUTPUT_SOFTMAX, "dropconnect", NULL },
  };

  for (int k = 0; k < LENGTH (row); k++)
    {
      const size_t hidden[] = { row[k].hidden, row[k].hidden, row[k].hidden };
      bd_net net = bd_net_shape (2, hidden, row[k].depth, bd_units,
                                 &bd_outputs[row[k].output], 3);
      bd_mask mask;
      bd_error err = { "" };
      ck_assert_int_eq (bd_mask_choose (&mask, row[k].mask, 0.1, NULL), 0);
      int code = row[k].type->check (&net, &mask, &err);
      ck_assert_int_eq (code, row[k].says ? GSL_EINVAL : GSL_SUCCESS);
      if (!row[k].says)
        continue;
      ck_assert_msg (strstr (err.text, row[k].says) != NULL, "%s: %s",
                     row[k].says, err.text);
    }
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("predictable");
  TCase *c = tcase_create ("predictable");

  tcase_set_timeout (c, 120);
  tcase_add_test (c, checks);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
