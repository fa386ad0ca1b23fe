/* Correct digits on the reference problems of NIST (StRD), printed as a table:
   the least -log10 of the relative error among the parameters.  */
#include <config.h>

#include <check.h>
#include <float.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fitter/fitter.h"
#include "fitter/nls.h"

#define LENGTH(array) ((int)(sizeof array / sizeof array[0]))
#define MOST 16 /* coefficients */
#define ROWS 300

static FILE *
golden (const char *name)
{
  const char *dir = getenv ("srcdir");
  char path[4096];

  snprintf (path, sizeof path, "%s/tests/golden/%s", dir ? dir : ".", name);
  FILE *f = fopen (path, "r");
  ck_assert_msg (f != NULL, "%s", path);
  return f;
}

/* The data set NAME.csv, the response in the last column.  */
static void
read_data (const char *name, gsl_matrix **X, gsl_vector **y)
{
  char path[64], line[256];
  static double cell[ROWS][MOST];
  size_t rows = 0, columns = 0;

  snprintf (path, sizeof path, "nist/%s.csv", name);
  FILE *f = golden (path);
  ck_assert_ptr_nonnull (fgets (line, sizeof line, f));
  while (fgets (line, sizeof line, f) && rows < ROWS)
    {
      columns = 0;
      for (char *at = strtok (line, ","); at; at = strtok (NULL, ","))
        cell[rows][columns++] = strtod (at, NULL);
      rows++;
    }
  fclose (f);
  *X = gsl_matrix_alloc (rows, columns - 1);
  *y = gsl_vector_alloc (rows);
  for (size_t i = 0; i < rows; i++)
    {
      for (size_t j = 0; j + 1 < columns; j++)
        gsl_matrix_set (*X, i, j, cell[i][j]);
      gsl_vector_set (*y, i, cell[i][columns - 1]);
    }
}

/* Lines of FILE whose first field is PROBLEM: the second field into NAME, the
   others into VALUE; returns how many.  */
static size_t
read_certified (const char *file, const char *problem, char name[][8],
                double value[][4])
{
  FILE *f = golden (file);
  char line[256];
  size_t count = 0;

  while (fgets (line, sizeof line, f))
    {
      if (strcmp (strtok (line, ","), problem) != 0)
        continue;
      snprintf (name[count], 8, "%s", strtok (NULL, ","));
      char *at = strtok (NULL, ",");
      for (int k = 0; at && k < 4; k++, at = strtok (NULL, ","))
        value[count][k] = strtod (at, NULL);
      count++;
    }
  fclose (f);
  ck_assert_uint_gt (count, 0);
  return count;
}

/* Correct digits of B, at most MOST_DIGITS, which is what is certified.  */
static double
digits (double b, double certified, double most)
{
  double error = fabs (b - certified) / fabs (certified);

  return error > 0 ? GSL_MIN (-log10 (error), most) : most;
}

/* Linear  */

static const struct
{
  const char *problem;
  size_t power; /* the input's powers up to this one; 0: columns as read */
  const char *knobs;
  double least;
} linear[] = {
  { "Norris", 1, "", 11 },
  { "Pontius", 2, "", 11 },
  { "NoInt1", 1, "intercept=0", 13 },
  { "NoInt2", 1, "intercept=0", 13 },
  { "Longley", 0, "", 11 },
  { "Wampler1", 5, "", 8 },
  { "Wampler2", 5, "", 8 },
  { "Wampler3", 5, "", 8 },
  { "Wampler4", 5, "", 8 },
  { "Wampler5", 5, "", LDBL_MANT_DIG > 53 ? 8 : 5.5 }, /* GSL: 5.9 */
  { "Filip", 10, "", 6 }, /* powers to 10: `polynomial' has its basis */
};

static gsl_matrix *
powers (const gsl_matrix *X, size_t power)
{
  gsl_matrix *Z = gsl_matrix_alloc (X->size1, GSL_MAX (power, X->size2));

  for (size_t i = 0; i < Z->size1; i++)
    for (size_t j = 0; j < Z->size2; j++)
      gsl_matrix_set (Z, i, j,
                      power
                          ? gsl_pow_int (gsl_matrix_get (X, i, 0), (int)j + 1)
                          : gsl_matrix_get (X, i, j));
  return Z;
}

/* The fitter shows predictions only: at the origin it predicts the intercept,
   far out on axis j nothing but slope j.  */
static void
coefficients (const char *knobs, const gsl_matrix *X, const gsl_vector *y,
              double b[])
{
  const bd_fitter_type *f = &bd_fitter_linear;
  size_t p = X->size2;
  gsl_matrix *P = gsl_matrix_calloc (p + 1, p);
  double one[ROWS];
  bd_settings set;
  bd_error err = { "" };

  for (size_t j = 0; j < p; j++)
    gsl_matrix_set (P, j + 1, j, 0x1p120);
  for (size_t i = 0; i < X->size1; i++)
    one[i] = 1;
  ck_assert_int_eq (bd_knob_parse (f->knobs, knobs, &set, &err), 0);
  void *plan = f->plan (&set, X, y, P, &err);
  ck_assert_msg (plan != NULL, "%s", err.text);
  void *work = f->work (plan);
  ck_assert_int_eq (f->fit (plan, work, one, NULL), GSL_SUCCESS);
  ck_assert_int_eq (f->predict (plan, work, b), GSL_SUCCESS);
  for (size_t j = 1; j <= p; j++)
    b[j] /= 0x1p120;
  f->free_work (work);
  f->free_plan (plan);
  gsl_matrix_free (P);
}

START_TEST (linear_digits)
{
  char name[MOST][8];
  double value[MOST][4], b[MOST], worst = 14;
  gsl_matrix *X;
  gsl_vector *y;
  const char *problem = linear[_i].problem;

  read_data (problem, &X, &y);
  gsl_matrix *Z = powers (X, linear[_i].power);
  coefficients (linear[_i].knobs, Z, y, b);
  size_t count = read_certified ("nist/linear.csv", problem, name, value);
  for (size_t j = 0; j < count; j++)
    worst = GSL_MIN (
        worst,
        digits (
            b[name[j][1] == '1' && name[j][2] == '0' ? 10 : name[j][1] - '0'],
            value[j][0], 14));
  printf ("# %-9s linear   %4.1f digits\n", problem, worst);
  fflush (stdout);
  ck_assert_double_ge (worst, linear[_i].least);
  gsl_matrix_free (X);
  gsl_matrix_free (Z);
  gsl_vector_free (y);
}
END_TEST

#ifdef HAVE_MUPARSER

/* Nonlinear  */

#define GAUSS "b1*exp(-b2*x)+b3*exp(-((x-b4)/b5)^2)+b6*exp(-((x-b7)/b8)^2)"
#define LANCZOS "b1*exp(-b2*x)+b3*exp(-b4*x)+b5*exp(-b6*x)"
#define CUBICS "(b1+b2*x+b3*x^2+b4*x^3)/(1+b5*x+b6*x^2+b7*x^3)"
#define CHWIRUT "exp(-b1*x)/(b2+b3*x)"
#define RISE "b1*(1-exp(-b2*x))"

static const struct
{
  const char *problem, *formula;
} nonlinear[] = {
  { "Misra1a", RISE },
  { "Chwirut2", CHWIRUT },
  { "Chwirut1", CHWIRUT },
  { "Lanczos3", LANCZOS },
  { "Gauss1", GAUSS },
  { "Gauss2", GAUSS },
  { "DanWood", "b1*x^b2" },
  { "Misra1b", "b1*(1-(1+b2*x/2)^(-2))" },
  { "Kirby2", "(b1+b2*x+b3*x^2)/(1+b4*x+b5*x^2)" },
  { "Hahn1", CUBICS },
  { "Nelson", "b1-b2*x1*exp(-b3*x2)" }, /* of log (y) */
  { "MGH17", "b1+b2*exp(-x*b4)+b3*exp(-x*b5)" },
  { "Lanczos1", LANCZOS },
  { "Lanczos2", LANCZOS },
  { "Gauss3", GAUSS },
  { "Misra1c", "b1*(1-(1+2*b2*x)^(-0.5))" },
  { "Misra1d", "b1*b2*x/(1+b2*x)" },
  { "Roszman1", "b1-b2*x-atan(b3/(x-b4))/pi" },
  { "ENSO", "b1+b2*cos(2*pi*x/12)+b3*sin(2*pi*x/12)+b5*cos(2*pi*x/b4)"
            "+b6*sin(2*pi*x/b4)+b8*cos(2*pi*x/b7)+b9*sin(2*pi*x/b7)" },
  { "MGH09", "b1*(x^2+x*b2)/(x^2+x*b3+b4)" },
  { "Thurber", CUBICS },
  { "BoxBOD", RISE },
  { "Rat42", "b1/(1+exp(b2-b3*x))" },
  { "MGH10", "b1*exp(b2/(x+b3))" },
  { "Eckerle4", "(b1/b2)*exp(-0.5*((x-b3)/b2)^2)" },
  { "Rat43", "b1/(1+exp(b2-b3*x))^(1/b4)" },
  { "Bennett5", "b1*(b2+x)^(-1/b3)" },
};

static void
set_nls (bd_settings *set, const char *formula, const char *start)
{
  bd_settings_default (bd_fitter_nls.knobs, set);
  snprintf (set->word[KNOB_FORMULA], BD_KNOB_WORD, "%s", formula);
  snprintf (set->word[KNOB_START], BD_KNOB_WORD, "%s", start);
}

/* Fit with the weights W; the parameters into B.  */
static void
fit_nls (const char *formula, const char *start, const gsl_matrix *X,
         const gsl_vector *y, const double w[], double b[])
{
  const bd_fitter_type *f = &bd_fitter_nls;
  bd_settings set;
  bd_error err = { "" };

  set_nls (&set, formula, start);
  void *plan = f->plan (&set, X, y, X, &err);
  ck_assert_msg (plan != NULL, "%s", err.text);
  nls_work *work = f->work (plan);
  ck_assert_msg (memcmp (((nls_plan *)plan)->first, ((nls_plan *)plan)->start,
                         sizeof (((nls_plan *)plan)->first))
                     != 0,
                 "%s: no fit from %s", formula, start);
  ck_assert_int_eq (f->fit (plan, work, w, NULL), GSL_SUCCESS);
  memcpy (b, work->b, ((nls_plan *)plan)->p * sizeof *b);
  f->free_work (work);
  f->free_plan (plan);
}

START_TEST (nonlinear_digits)
{
  const char *problem = nonlinear[_i].problem;
  char name[MOST][8];
  double value[MOST][4], b[MOST], one[ROWS], worst[2] = { 11, 11 };
  size_t count = read_certified ("nist/nonlinear.csv", problem, name, value);
  gsl_matrix *X;
  gsl_vector *y;

  read_data (problem, &X, &y);
  for (size_t i = 0; i < y->size; i++)
    {
      one[i] = 1;
      if (strcmp (problem, "Nelson") == 0)
        gsl_vector_set (y, i, log (gsl_vector_get (y, i)));
    }
  for (int s = 0; s < 2; s++)
    {
      char start[BD_KNOB_WORD] = "";
      for (size_t j = 0; j < count; j++)
        snprintf (start + strlen (start), sizeof start - strlen (start),
                  "%s%s=%.17g", j ? "," : "", name[j], value[j][s]);
      fit_nls (nonlinear[_i].formula, start, X, y, one, b);
      for (size_t j = 0; j < count; j++)
        worst[s] = GSL_MIN (worst[s], digits (b[j], value[j][2], 11));
    }
  printf ("# %-9s nonlinear %4.1f %4.1f digits from starts 1 and 2\n", problem,
          worst[0], worst[1]);
  fflush (stdout);
  ck_assert_double_ge (worst[0], 6);
  ck_assert_double_ge (worst[1], 6);
  gsl_matrix_free (X);
  gsl_vector_free (y);
}
END_TEST

START_TEST (puromycin)
{
  FILE *f = golden ("nls_puromycin.txt");
  size_t n;
  double w[2][ROWS], v, b[2], golden_b[2];

  ck_assert_int_eq (fscanf (f, "%*[^\n] %zu", &n), 1);
  gsl_matrix *X = gsl_matrix_alloc (n, 1);
  gsl_vector *y = gsl_vector_alloc (n);
  for (size_t i = 0; i < n; i++)
    {
      w[0][i] = 1;
      ck_assert_int_eq (
          fscanf (f, "%lf %lf %lf", gsl_matrix_ptr (X, i, 0), &v, &w[1][i]),
          3);
      gsl_vector_set (y, i, v);
    }
  for (int k = 0; k < 2; k++)
    {
      ck_assert_int_eq (fscanf (f, "%lf %lf", golden_b, golden_b + 1), 2);
      fit_nls ("Vm*x/(K+x)", "Vm=200,K=0.05", X, y, w[k], b);
      for (int j = 0; j < 2; j++)
        ck_assert_double_ge (digits (b[j], golden_b[j], 12), 8);
    }
  fclose (f);
  gsl_matrix_free (X);
  gsl_vector_free (y);
}
END_TEST

#endif

int
main (void)
{
  Suite *s = suite_create ("nist");
  TCase *t = tcase_create ("nist");
  SRunner *r = srunner_create (s);

  gsl_set_error_handler_off ();
  tcase_add_loop_test (t, linear_digits, 0, LENGTH (linear));
#ifdef HAVE_MUPARSER
  tcase_add_loop_test (t, nonlinear_digits, 0, LENGTH (nonlinear));
  tcase_add_test (t, puromycin);
#endif
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
