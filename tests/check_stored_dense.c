/* Members made before: a run of them and the products of all of them agree. */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>

#include "ensemble/run.h"
#include "ensemble/stored_dense.h"
#include "tools.h"
#include "variance/estimator.h"

#define ROWS 30
#define POINTS 7
#define FIRST 100 /* members of the first piece */
#define OTHER 33

static double U[FIRST][ROWS], T[FIRST][POINTS], p[OTHER], T2[OTHER][POINTS];
static unsigned char state[FIRST];

/* Two pieces, the second without perturbations.  */
static bd_stored
make (bd_stored_piece piece[2])
{
  gsl_rng *r = stream (4);

  for (size_t b = 0; b < FIRST; b++)
    {
      for (size_t i = 0; i < ROWS; i++)
        U[b][i] = gsl_ran_poisson (r, 1);
      for (size_t j = 0; j < POINTS; j++)
        T[b][j] = U[b][j] + gsl_ran_ugaussian (r);
      state[b] = b % 9 == 5   ? BD_MEMBER_FAILED
                 : b % 7 == 3 ? BD_MEMBER_SHAKY
                              : BD_MEMBER_GOOD;
    }
  for (size_t b = 0; b < OTHER; b++)
    {
      p[b] = b == 3 ? GSL_NAN : 1;
      for (size_t j = 0; j < POINTS; j++)
        T2[b][j] = gsl_ran_ugaussian (r);
    }
  T2[5][1] = GSL_NEGINF;
  gsl_rng_free (r);
  piece[0] = (bd_stored_piece){ 0, FIRST, NULL, state, U[0], T[0] };
  piece[1] = (bd_stored_piece){ FIRST, OTHER, p, NULL, NULL, T2[0] };
  return (bd_stored){ piece, 2, ROWS, ROWS, POINTS };
}

static bd_moments *
shaped (bool summed)
{
  const bd_moments like = { .n = ROWS,
                            .m = POINTS,
                            .mc = POINTS,
                            .self = POINTS,
                            .apart = true,
                            .summed = summed };
  return bd_moments_like (&like);
}

START_TEST (as_a_run)
{
  bd_stored_piece piece[2];
  bd_stored s = make (piece);
  bd_source source = bd_stored_source (&s);
  const bd_run_options o = { .members = FIRST + OTHER, .threads = 1 };
  bd_moments *a = shaped (false), *b = shaped (true);
  double V[POINTS], W[POINTS], se[POINTS], error[POINTS];

  ck_assert_int_eq (bd_run (&source, &o, a), GSL_SUCCESS);
  ck_assert_int_eq (bd_stored_dense (&s, b, 2), GSL_SUCCESS);
  ck_assert_uint_eq (a->members, b->members);
  ck_assert_uint_eq (a->failed, b->failed);
  ck_assert_uint_eq (a->shaky, b->shaky);
  for (size_t k = 0; k < BD_ESTIMATORS; k++)
    {
      if (bd_estimators[k]->split || bd_estimators[k]->little)
        continue;
      bd_estimators[k]->estimate (a, 1, V, se);
      bd_estimators[k]->estimate (b, 1, W, error);
      for (size_t j = 0; j < POINTS; j++)
        {
          ck_assert_double_eq_tol (V[j], W[j], 1e-6 * (1 + fabs (V[j])));
          ck_assert_double_eq_tol (se[j], error[j], 1e-6 * (1 + se[j]));
        }
    }
  bd_moments_free (a);
  bd_moments_free (b);
}
END_TEST

START_TEST (refused)
{
  bd_stored_piece piece[2];
  bd_stored s = make (piece);
  bd_moments *a = shaped (true), *b = shaped (false);

  ck_assert_int_eq (bd_stored_dense (&s, b, 1), GSL_EINVAL);
  p[7] = 0.5;
  ck_assert_int_eq (bd_stored_dense (&s, a, 1), GSL_EINVAL);
  s.points--;
  ck_assert_int_eq (bd_stored_dense (&s, a, 1), GSL_EBADLEN);
  bd_moments_free (a);
  bd_moments_free (b);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("stored_dense");
  TCase *c = tcase_create ("stored_dense");
  SRunner *sr = srunner_create (s);

  tcase_add_test (c, as_a_run);
  tcase_add_test (c, refused);
  suite_add_tcase (s, c);
  gsl_set_error_handler_off ();
  srunner_set_tap (sr, "-");
  srunner_run_all (sr, CK_SILENT);
  srunner_free (sr);
  return EXIT_SUCCESS;
}
