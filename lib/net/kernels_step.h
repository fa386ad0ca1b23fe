/* Steps of the optimisers.  Part of kernels_body.h.  */
#ifndef BD_NET_KERNELS_STEP_H
#define BD_NET_KERNELS_STEP_H

/* Moments below these count as 0: those of dead units would decay into
   denormal numbers, on which every instruction takes a hundred times as
   long.  */
#if defined BD_LANE_FLOAT
#define FIRST_LEAST 0x1p-100f
#define SECOND_LEAST 0x1p-120f
#define ROOT_MAGIC UINT32_C (0x5f1ffff9)
#define ROOT_SLOPE R (0.703952253)
#define ROOT_START R (1.68191391)
#define ROOT_STEPS 1
#else
#define FIRST_LEAST 0x1p-800
#define SECOND_LEAST 0x1p-1000
#define ROOT_MAGIC UINT64_C (0x5fe6eb50c7b537a9)
#define ROOT_SLOPE R (0.5)
#define ROOT_START R (1.5)
#define ROOT_STEPS 3
#endif

/* The square root by Newton's method for 1 / sqrt a from a guess of 3.4 %: a
   quarter of the time of the instruction.  The first step's constants are
   those that leave the smallest error after it in floats (J. Kadlec,
   "Improving the fast inverse square root", 2010).  0 gives 0.  */
BD_INLINE vec
v_root (vec a)
{
  vec y = v_guess (ROOT_MAGIC, a), half = v_mul (v_all (R (0.5)), a);
  vec slope = v_mul (v_all (ROOT_SLOPE), a);

  y = v_mul (y, v_fnma (v_mul (slope, y), y, v_all (ROOT_START)));
  BD_UNROLL
  for (int i = 0; i < ROOT_STEPS; i++)
    y = v_mul (y, v_fnma (v_mul (half, y), y, v_all (R (1.5))));
  return v_mul (a, y);
}

typedef struct
{
  REAL rate, eps, beta1, beta2, shrink;
} adam_rule;

/* N <= 2 vectors, of which the last has COUNT places.  */
BD_INLINE void
adam_places (int n, size_t count, const adam_rule *a, const REAL *G,
             REAL *first, REAL *second, REAL *w)
{
  vec m[2], under[2], inverse[2];

  BD_UNROLL
  for (int i = 0; i < n; i++)
    {
      size_t at = (size_t)i * LANES, left = i + 1 < n ? LANES : count;
      vec g = v_load_part (G + at, left);
      vec v = v_mul (v_all (a->beta2), v_load_part (second + at, left));
      m[i] = v_mul (v_all (a->beta1), v_load_part (first + at, left));
      m[i] = v_fma (v_all (1 - a->beta1), g, m[i]);
      m[i] = v_below (v_abs (m[i]), v_all (FIRST_LEAST), v_all (0), m[i]);
      v = v_fma (v_mul (v_all (1 - a->beta2), g), g, v);
      v = v_below (v, v_all (SECOND_LEAST), v_all (0), v);
      v_store_part (first + at, left, m[i]);
      v_store_part (second + at, left, v);
      under[i] = v_add (v_root (v), v_all (a->eps));
    }
  inverses (n, under, inverse);
  BD_UNROLL
  for (int i = 0; i < n; i++)
    {
      size_t at = (size_t)i * LANES, left = i + 1 < n ? LANES : count;
      vec old = v_mul (v_load_part (w + at, left), v_all (a->shrink));
      vec step = v_mul (m[i], inverse[i]);
      v_store_part (w + at, left, v_fnma (v_all (a->rate), step, old));
    }
}

static void
adam (size_t n, REAL rate, REAL eps, REAL beta1, REAL beta2, REAL shrink,
      const REAL G[], REAL first[], REAL second[], REAL w[])
{
  const adam_rule a = { rate, eps, beta1, beta2, shrink };
  size_t i = 0;

  for (; i + 2 * LANES <= n; i += 2 * LANES)
    adam_places (2, LANES, &a, G + i, first + i, second + i, w + i);
  for (; i < n; i += LANES)
    adam_places (1, n - i < LANES ? n - i : LANES, &a, G + i, first + i,
                 second + i, w + i);
}

BD_INLINE void
momentum_places (size_t count, REAL rate, REAL momentum, bool nesterov,
                 const REAL *G, REAL *v, REAL *w)
{
  const vec keep = v_all (momentum);
  vec g = v_load_part (G, count);
  vec speed = v_fma (keep, v_load_part (v, count), g);
  vec step = nesterov ? v_fma (keep, speed, g) : speed;

  v_store_part (v, count, speed);
  v_store_part (w, count, v_fnma (v_all (rate), step, v_load_part (w, count)));
}

static void
momentum (size_t n, REAL rate, REAL momentum, bool nesterov, const REAL G[],
          REAL v[], REAL w[])
{
  size_t i = 0;

  for (; i + LANES <= n; i += LANES)
    momentum_places (LANES, rate, momentum, nesterov, G + i, v + i, w + i);
  if (i < n)
    momentum_places (n - i, rate, momentum, nesterov, G + i, v + i, w + i);
}

#endif
