/* The kernel smoother against its definition and against numpy.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>

#include "fitter/bandwidth.h"
#include "smooth_tools.h"

static const bd_fitter_type *const type = &bd_fitter_kernel;

static double
sd (const gsl_matrix *X, size_t j)
{
  return gsl_stats_sd (gsl_matrix_const_ptr (X, 0, j), X->tda, X->size1);
}

START_TEST (as_numpy)
{
  FILE *f = golden ("gagurine_near.txt");
  sample s = gagurine ();
  double x[MOST], t[MOST], want[MOST], h;
  size_t m = read_numbers (f, "grid", x);
  gsl_matrix_view P = gsl_matrix_view_array (x, m, 1);
  char knobs[80], word[16];
  int fits = 0;

  while (fscanf (f, "%15s %lf", word, &h) == 2)
    {
      ck_assert_uint_eq (read_numbers (f, "fit", want), m);
      if (word[0] != 'k' || word[1] != 'e')
        continue;
      snprintf (knobs, sizeof knobs, "bandwidth=%.17g", h / sd (s.X, 0));
      fit_at (type, knobs, &s, &P.matrix, t);
      agree (t, want, m, 1e-12);
      fits++;
    }
  ck_assert_int_eq (fits, 2);
  fclose (f);
  sample_free (&s);
}
END_TEST

/* Weighted mean at row P of AT, values relative to the nearest row in use;
   leaves row OUT out.  */
static double
slow (const sample *s, const gsl_matrix *at, size_t p, double h, size_t out)
{
  double far[MOST], least = GSL_POSINF, weight = 0, sum = 0, unit[3];

  for (size_t j = 0; j < s->X->size2; j++)
    unit[j] = h * sd (s->X, j);
  for (size_t i = 0; i < s->X->size1; i++)
    {
      far[i] = 0;
      for (size_t j = 0; j < s->X->size2; j++)
        far[i] += gsl_pow_2 (
            (gsl_matrix_get (s->X, i, j) - gsl_matrix_get (at, p, j))
            / unit[j]);
      if (s->w[i] > 0 && i != out)
        least = GSL_MIN (least, far[i]);
    }
  for (size_t i = 0; i < s->X->size1; i++)
    if (i != out && s->w[i] > 0)
      {
        double k = s->w[i] * exp ((least - far[i]) / 2);
        weight += k;
        sum += k * gsl_vector_get (s->y, i);
      }
  return sum / weight;
}

static const double widths[] = { 3, 0.5, 0.1, 0.01, 1e-4, 1e-160 };

START_TEST (definition)
{
  const double h = widths[_i];
  double t[MOST], want[MOST];
  char knobs[80];

  snprintf (knobs, sizeof knobs, "bandwidth=%g", h);
  for (size_t d = 1; d < 4; d++)
    for (unsigned long seed = 0; seed < 6; seed++)
      {
        sample s = sample_random (seed, 150, d, seed % 2 ? 0.1 : 0);
        sample at = sample_random (seed + 90, 70, d, 0);
        gsl_matrix_scale (at.X, 1.5);
        fit_at (type, knobs, &s, at.X, t);
        for (size_t p = 0; p < 70; p++)
          want[p] = slow (&s, at.X, p, h, SIZE_MAX);
        agree (t, want, 70, h < 0.1 ? 1e-8 : 1e-12);
        sample_free (&s);
        sample_free (&at);
      }
}
END_TEST

static double
left_out (const sample *s, double h)
{
  double sum = 0;

  for (size_t i = 0; i < s->X->size1; i++)
    sum += gsl_pow_2 (gsl_vector_get (s->y, i) - slow (s, s->X, i, h, i));
  return sum;
}

/* No bandwidth of a fine grid leaves smaller residuals.  */
START_TEST (bandwidth)
{
  const size_t d = 1 + (size_t)_i % 2;
  sample s = sample_random ((unsigned long)_i, 90, d, _i > 3 ? 0.25 : 0);
  bd_places places;
  double h;

  for (size_t i = 0; i < 90; i++)
    s.w[i] = 1;
  ck_assert_int_eq (bd_places_init (&places, PLACE_SD, s.X, s.y, s.X, NULL),
                    0);
  ck_assert_int_eq (bd_kernel_bandwidth (&places, &h), 0);
  double best = left_out (&s, h);
  for (double k = 1e-3; k < 8; k *= 1.2)
    ck_assert_double_ge (left_out (&s, k), best * (1 - 2e-3));
  bd_places_free (&places);
  sample_free (&s);
}
END_TEST

/* Noise alone: as wide as can be.  One place: its mean.  */
START_TEST (nothing_to_see)
{
  sample s = sample_random (3, 40, 1, 0);
  double t[40], want[40];

  gsl_vector_set_all (s.y, 4);
  fit_at (type, "", &s, s.X, t);
  for (size_t i = 0; i < 40; i++)
    want[i] = 4;
  agree (t, want, 40, 1e-14);
  gsl_matrix_set_all (s.X, 1e300);
  fit_at (type, "", &s, s.X, t);
  agree (t, want, 40, 1e-14);
  sample_free (&s);
}
END_TEST

/* More points than the plan keeps values for.  */
START_TEST (beyond_memory)
{
  const size_t m = 200000;
  sample s = sample_random (4, 100, 2, 0);
  gsl_matrix *P = gsl_matrix_alloc (m, 2);
  double *t = calloc (m, sizeof *t), first[100];

  for (size_t p = 0; p < m; p++)
    {
      gsl_vector_view x = gsl_matrix_row (s.X, p % 100);
      gsl_matrix_set_row (P, p, &x.vector);
    }
  fit_at (type, "bandwidth=0.3", &s, P, t);
  fit_at (type, "bandwidth=0.3", &s, s.X, first);
  for (size_t p = 0; p < m; p++)
    ck_assert_double_eq (t[p], first[p % 100]);
  gsl_matrix_free (P);
  free (t);
  sample_free (&s);
}
END_TEST

START_TEST (promises)
{
  contract (type, _i / 2 ? "bandwidth=0.2" : "", 1 + (size_t)_i % 2);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("kernel");
  TCase *t = tcase_create ("kernel");
  SRunner *r = srunner_create (s);

  tcase_add_test (t, as_numpy);
  tcase_add_loop_test (t, definition, 0, COUNT (widths));
  tcase_add_loop_test (t, bandwidth, 0, 8);
  tcase_add_test (t, nothing_to_see);
  tcase_add_test (t, beyond_memory);
  tcase_add_loop_test (t, promises, 0, 4);
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
