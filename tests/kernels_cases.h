/* Cases of check_kernels.c for one precision: REAL, TABLE (the type of the
   kernels), NAME (x) and EPS are defined before.  Each case fills C->made by a
   kernel and C->want and C->bound by naive loops in long double.  */

typedef struct
{
  const TABLE *k;
  gsl_rng *r;
  size_t n;
  REAL *made;
  long double *want, *bound;
} NAME (answer);

#define MOST 20000

static void
NAME (open) (NAME (answer) * c, const TABLE *k)
{
  c->k = k;
  c->n = 0;
  c->r = gsl_rng_alloc (gsl_rng_taus2);
  c->made = aligned_alloc (64, MOST * sizeof *c->made);
  c->want = calloc (MOST, sizeof *c->want);
  c->bound = calloc (MOST, sizeof *c->bound);
}

static void
NAME (close) (NAME (answer) * c)
{
  gsl_rng_free (c->r);
  free (c->made);
  free (c->want);
  free (c->bound);
}

/* N numbers from -SPAN to SPAN on a cache line; the caller frees.  */
static REAL *
NAME (numbers) (NAME (answer) * c, size_t n, double span)
{
  REAL *x = aligned_alloc (64, (n * sizeof *x / 64 + 1) * 64);

  for (size_t i = 0; i < n; i++)
    x[i] = (REAL)(span * (2 * gsl_rng_uniform (c->r) - 1));
  return x;
}

/* What was made, what it should be and the sum of sizes that rounding errors
   grow with, in units of EPS.  */
static void
NAME (note) (NAME (answer) * c, REAL made, long double want, long double size)
{
  ck_assert_uint_lt (c->n, MOST);
  c->made[c->n] = made;
  c->want[c->n] = want;
  c->bound[c->n++] = size * EPS;
}

static void
NAME (one_product) (NAME (answer) * c, size_t rows, size_t ranks, size_t width,
                    bool across, bool from)
{
  size_t down = across ? 1 : ranks + 3, right = across ? rows + 2 : 1;
  REAL *A = NAME (numbers) (c, (rows + 3) * (ranks + 3), 1);
  REAL *B = NAME (numbers) (c, ranks * width, 1);
  REAL *start = NAME (numbers) (c, width, 1);
  REAL *C = NAME (numbers) (c, rows * width, 1), *C0 = malloc (MOST * 8);

  memcpy (C0, C, rows * width * sizeof *C);
  c->k->product (rows, ranks, width, A, down, right, B, from ? start : NULL,
                 C);
  for (size_t r = 0; r < rows; r++)
    for (size_t j = 0; j < width; j++)
      {
        long double sum = from ? start[j] : C0[r * width + j], size = 1;
        for (size_t q = 0; q < ranks; q++)
          {
            long double p = (long double)A[r * down + q * right]
                            * (long double)B[q * width + j];
            sum += p;
            size += fabsl (p);
          }
        NAME (note)
        (c, C[r * width + j], sum, size * (long double)(ranks + 1));
      }
  free (A);
  free (B);
  free (start);
  free (C);
  free (C0);
}

static void
NAME (product) (NAME (answer) * c, int i)
{
  static const size_t rows[] = { 1, 2, 3, 5, 8, 13, 32 },
                      ranks[] = { 0, 1, 7, 33 },
                      width[] = { 16, 32, 48, 64, 80, 112 };
  NAME (one_product)
  (c, rows[i % 7], ranks[i % 4], width[i % 6], i & 1, i & 2);
}

static void
NAME (dot) (NAME (answer) * c, int i)
{
  size_t rows = (size_t)i % 9 + 1, width = 16 * ((size_t)i % 8 + 1);
  REAL *A = NAME (numbers) (c, rows * width, 1), z[9];
  REAL *w = NAME (numbers) (c, width, 1);

  c->k->dot (rows, width, A, w, w[3], z);
  for (size_t r = 0; r < rows; r++)
    {
      long double sum = w[3];
      for (size_t k = 0; k < width; k++)
        sum += (long double)A[r * width + k] * (long double)w[k];
      NAME (note) (c, z[r], sum, (long double)width);
    }
  free (A);
  free (w);
}

static long double
NAME (value) (int unit, long double z, long double *slope)
{
  switch (unit)
    {
    case BD_UNIT_TANH:
      *slope = 1 / (coshl (z) * coshl (z));
      return tanhl (z);
    case BD_UNIT_RELU:
      *slope = z > 0;
      return z > 0 ? z : 0;
    case BD_UNIT_GELU:
      *slope = erfcl (-z / sqrtl (2)) / 2
               + z * expl (-z * z / 2) / sqrtl (8 * atanl (1));
      return z * erfcl (-z / sqrtl (2)) / 2;
    case BD_UNIT_LOGISTIC:
      *slope = 1 / (2 + expl (z) + expl (-z));
      return 1 / (1 + expl (-z));
    default:
      *slope = 1;
      return z;
    }
}

static void
NAME (unit) (NAME (answer) * c, int i)
{
  size_t rows = (size_t)i % 4 + 1, width = 16 * ((size_t)i % 7 + 1);
  size_t used = width - (size_t)i % 16, stride = i % 3 ? width : 0;
  int unit = i % BD_UNITS;
  REAL *Z = NAME (numbers) (c, rows * width, 6), *Z0 = malloc (MOST * 8);
  REAL *S = NAME (numbers) (c, rows * width, 1);
  REAL *mask = i & 1 ? NAME (numbers) (c, rows * width, 2) : NULL;

  memcpy (Z0, Z, rows * width * sizeof *Z);
  c->k->unit[unit](rows, width, used, mask, stride, Z, S);
  for (size_t r = 0; r < rows; r++)
    for (size_t j = 0; j < width; j++)
      {
        long double s, h = NAME (value) (unit, Z0[r * width + j], &s);
        long double m = j >= used ? 0 : mask ? mask[r * stride + j] : 1;
        NAME (note) (c, Z[r * width + j], h * m, 40);
        NAME (note) (c, S[r * width + j], s * m, 40);
      }
  free (Z);
  free (Z0);
  free (S);
  free (mask);
}

static void
NAME (small) (NAME (answer) * c, int i)
{
  size_t n = 100 + (size_t)i, rows = 16 * ((size_t)i % 3 + 1);
  REAL *a = NAME (numbers) (c, n, 2), *b = NAME (numbers) (c, n, 2);
  REAL *from = NAME (numbers) (c, rows * 32, 1), *to = malloc (MOST * 8);
  REAL *a0 = malloc (MOST * 8);

  memcpy (a0, a, n * sizeof *a);
  c->k->times (n, b, a);
  for (size_t k = 0; k < n; k++)
    NAME (note) (c, a[k], (long double)a0[k] * (long double)b[k], 4);
  memcpy (a0, a, n * sizeof *a);
  c->k->exponential (n, a);
  for (size_t k = 0; k < n; k++)
    NAME (note) (c, a[k], expl (a0[k]), 4 * expl (a0[k]));
  c->k->transpose (rows, 32, from, to);
  for (size_t r = 0; r < rows; r++)
    for (size_t k = 0; k < 32; k++)
      NAME (note) (c, to[k * rows + r], from[r * 32 + k], 0);
  c->k->outer (5, 16, a, b, from, to);
  for (size_t k = 0; k < 5 * 16; k++)
    NAME (note)
  (c, to[k],
   (long double)a[k / 16] * (long double)b[k % 16] * (long double)from[k],
   100);
  free (a);
  free (a0);
  free (b);
  free (from);
  free (to);
}

/* One hidden layer in the naive way; G and SIZE in the order of w.  */
static long double
NAME (naive) (int unit, size_t rows, size_t d, size_t width, size_t used,
              const REAL w[], const REAL X[], const REAL y[],
              const REAL share[], const REAL mask[], size_t stride,
              long double G[])
{
  const REAL *v = w + (d + 1) * width;
  long double loss = 0;

  for (size_t r = 0; r < rows; r++)
    {
      long double h[256], s[256], e = (long double)v[width] - y[r];
      for (size_t j = 0; j < used; j++)
        {
          long double z = w[d * width + j];
          long double m = mask ? mask[r * stride + j] : 1;
          for (size_t i = 0; i < d; i++)
            z += (long double)X[r * d + i] * (long double)w[i * width + j];
          h[j] = m * NAME (value) (unit, z, s + j);
          s[j] *= m;
          e += h[j] * (long double)v[j];
        }
      loss += share[r] * e * e;
      e *= share[r];
      for (size_t j = 0; j < used; j++)
        {
          long double g = e * (long double)v[j] * s[j];
          for (size_t i = 0; i < d; i++)
            G[i * width + j] += g * (long double)X[r * d + i];
          G[d * width + j] += g;
          G[(d + 1) * width + j] += e * h[j];
        }
      G[(d + 2) * width] += e;
    }
  return loss;
}

static void
NAME (shallow) (NAME (answer) * c, int i)
{
  size_t rows = (size_t)i * 7 % 75 + 1, d = (size_t)i % 5 * 3 + 1;
  size_t width = 16 * ((size_t)i % 4 + 1), used = width - (size_t)i % 16;
  size_t size = (d + 2) * width + 1;
  int unit = i % BD_UNITS;
  REAL *w = NAME (numbers) (c, size, 1), *G = NAME (numbers) (c, size, 1);
  REAL *X = NAME (numbers) (c, rows * d, 1), *y = NAME (numbers) (c, rows, 3);
  REAL *share = NAME (numbers) (c, rows, 1);
  REAL *mask = i & 1 ? NAME (numbers) (c, rows * width, 2) : NULL;
  long double *want = calloc (size, sizeof *want);

  for (size_t k = 0; k < d + 2; k++) /* padding is 0 */
    for (size_t j = used; j < width; j++)
      w[k * width + j] = 0;
  for (size_t k = 0; k < size; k++)
    want[k] = G[k];
  long double loss = NAME (naive) (unit, rows, d, width, used, w, X, y, share,
                                   mask, width, want);
  double made = c->k->shallow[unit](rows, d, width, used, w, X, y, share, mask,
                                    width, G);
  NAME (note) (c, (REAL)made, loss, 20000);
  for (size_t k = 0; k < size; k++)
    NAME (note) (c, G[k], want[k], 4000);
  free (w);
  free (G);
  free (X);
  free (y);
  free (share);
  free (mask);
  free (want);
}

static void
NAME (steps) (NAME (answer) * c, int i)
{
  size_t n = 16 * ((size_t)i % 5) + (size_t)i;
  REAL *w = NAME (numbers) (c, n, 1), *G = NAME (numbers) (c, n, 1);
  REAL *m = NAME (numbers) (c, n, 1), *v = NAME (numbers) (c, n, 1);
  REAL *u = NAME (numbers) (c, n, 1);
  const REAL rate = (REAL)0.1, eps = (REAL)1e-3, b1 = (REAL)0.9,
             b2 = (REAL)0.99, shrink = (REAL)0.98;

  for (size_t k = 0; k < n; k++)
    {
      v[k] = k % 7 == 3 ? 0 : v[k] * v[k];
      if (k % 7 == 3)
        G[k] = 0;
      long double first
          = (long double)b1 * m[k] + (1 - (long double)b1) * G[k];
      long double second
          = (long double)b2 * v[k] + (1 - (long double)b2) * G[k] * G[k];
      c->want[c->n + k]
          = (long double)shrink * w[k] - rate * first / (sqrtl (second) + eps);
      c->want[c->n + n + k] = first;
      c->want[c->n + 2 * n + k] = second;
    }
  c->k->adam (n, rate, eps, b1, b2, shrink, G, m, v, w);
  for (size_t k = 0; k < n; k++)
    NAME (note) (c, w[k], c->want[c->n], 200);
  for (size_t k = 0; k < n; k++)
    NAME (note) (c, m[k], c->want[c->n], 4);
  for (size_t k = 0; k < n; k++)
    NAME (note) (c, v[k], c->want[c->n], 4);
  for (size_t k = 0; k < n; k++)
    {
      long double speed = (long double)b1 * u[k] + G[k];
      c->want[c->n + k] = speed;
      c->want[c->n + n + k]
          = w[k] - rate * (i & 1 ? b1 * speed + G[k] : speed);
    }
  c->k->momentum (n, rate, b1, i & 1, G, u, w);
  for (size_t k = 0; k < n; k++)
    NAME (note) (c, u[k], c->want[c->n], 8);
  for (size_t k = 0; k < n; k++)
    NAME (note) (c, w[k], c->want[c->n], 8 + fabsl (c->want[c->n]));
  free (w);
  free (G);
  free (m);
  free (v);
  free (u);
}

static void
NAME (subsets) (NAME (answer) * c, int i)
{
  size_t masks = (size_t)i % 19 + 1, groups = (size_t)i % 11 + 1;
  size_t stride = groups + (size_t)i % 3;
  size_t width = 16 * ((size_t)i % 3 + 1);
  REAL *a = NAME (numbers) (c, 4 * groups, 1);
  REAL *B = NAME (numbers) (c, 4 * groups * width + 48, 1);
  REAL *start = NAME (numbers) (c, width, 1);
  REAL *C = NAME (numbers) (c, masks * width, 1);
  REAL *table = NAME (numbers) (c, 16 * groups * width, 1);
  uint16_t *pick = calloc (masks * stride, sizeof *pick);
  uint32_t bits[2];

  for (size_t k = 0; k < masks * stride; k++)
    pick[k] = (uint16_t)(256 * (k % stride % groups)
                         + 16 * gsl_rng_uniform_int (c->r, 16));
  c->k->tables (groups, width, a, B, table);
  c->k->subsets (masks, groups, width, pick, stride, table, start, C);
  for (size_t t = 0; t < masks; t++)
    for (size_t j = 0; j < width; j++)
      {
        long double sum = start[j];
        for (size_t k = 0; k < 4 * groups; k++)
          if (pick[t * stride + k / 4] >> (4 + k % 4) & 1)
            sum += (long double)a[k] * (long double)B[k * width + j];
        NAME (note) (c, C[t * width + j], sum, 20 * (long double)groups);
      }
  for (int k = 0; k < 2; k++)
    bits[k] = (uint32_t)gsl_rng_get (c->r);
  c->k->unfold (48, bits, start[0], B);
  for (size_t k = 0; k < 48; k++)
    NAME (note) (c, B[k], bits[k / 32] >> k % 32 & 1 ? start[0] : 0, 0);
  free (a);
  free (B);
  free (start);
  free (C);
  free (table);
  free (pick);
}

static void (*const NAME (cases)[]) (NAME (answer) *, int)
    = { NAME (product), NAME (dot),   NAME (unit),   NAME (small),
        NAME (shallow), NAME (steps), NAME (subsets) };

/* Case CASE, variant I, of every set against the naive one and against the
   first set's bits.  */
static void
NAME (compare) (const TABLE *(*best) (void), int kind, int i)
{
  NAME (answer) first, other;

  for (int set = 0; set < LENGTH (sets); set++)
    {
      setenv ("BAGDROP_KERNELS", sets[set], 1);
      NAME (answer) *c = set ? &other : &first;
      NAME (open) (c, best ());
      NAME (cases)[kind](c, i);
      for (size_t k = 0; k < c->n; k++)
        ck_assert_msg (fabsl (c->made[k] - c->want[k]) <= c->bound[k],
                       "%s, case %d, variant %d, place %zu: %.17g not %.17Lg",
                       c->k->set, kind, i, k, (double)c->made[k], c->want[k]);
      ck_assert_uint_eq (c->n, first.n);
      ck_assert_msg (memcmp (c->made, first.made, c->n * sizeof *c->made) == 0,
                     "%s, case %d, variant %d: other bits", c->k->set, kind,
                     i);
      if (set)
        NAME (close) (c);
    }
  unsetenv ("BAGDROP_KERNELS");
  NAME (close) (&first);
}
