/* exp, tanh, the logistic function and the normal distribution for vectors.

   With x = k ln 2 / 2 + r, |r| <= ln 2 / 4, k whole, and c = r coth r, a
   polynomial in r^2,

     tanh x = ((2^k - 1) c + (2^k + 1) r) / ((2^k + 1) c + (2^k - 1) r),
     e^2x = 2^k (c + r) / (c - r).

   Adding 1.5 2^mantissa + bias rounds to k and leaves the exponent of 2^k in
   the low bits.  The normal distribution of -x is exp (-x^2/2) P (t), t = (x -
   K) / (x + K).  Coefficients: tests/golden/kernels.py, those of c
   for doubles minimax for |r|^3 |error|.  A division is the
   slowest instruction of all, so that two vectors share one.  Errors as
   check_kernels.c finds them: kernels.h.  */
#ifndef BD_NET_KERNELS_MATH_H
#define BD_NET_KERNELS_MATH_H

#if defined BD_LANE_FLOAT
#define R(number) number##f
#define ROUNDER R (0x1.8p23)
#define EXP_LEAST -104.f
#define EXP_MOST 89.f
#define LN2_LOW R (-0x1.05c610p-29)
#define TANH_MOST 10.f
#define LOGISTIC_MOST 40.f
#define NORMAL_MOST 13.f
#define NORMAL_MIDDLE 3.f
#define LN2 R (0x1.62e430p-1)
#define LOG2E R (0x1.715476p0)
static const REAL exp_terms[]
    = { 0x1.6d10fcp-10f, 0x1.120b62p-7f, 0x1.55551ap-5f, 0x1.5554dep-3f,
        0.5f },
    coth_terms[] = { -0x1.6b0ca2p-6f, 0x1.555546p-2f, 1.f },
    normal_terms[]
    = { -0x1.87df70p-12f, -0x1.de1998p-11f, 0x1.824024p-9f,  0x1.9124a4p-8f,
        -0x1.7aa87cp-5f,  0x1.f8bae8p-4f,   -0x1.a6b626p-3f, 0x1.f1b8a0p-4f };
#else
#define R(number) number
#define ROUNDER 0x1.8p52
#define EXP_LEAST -746.
#define EXP_MOST 710.
#define LN2_LOW 0x1.abc9e3b39803fp-56
#define TANH_MOST 20.
#define LOGISTIC_MOST 350.
#define NORMAL_MOST 37.5
#define NORMAL_MIDDLE 5.
#define LN2 0x1.62e42fefa39efp-1
#define LOG2E 0x1.71547652b82fep0
static const REAL exp_terms[]
    = { 0x1.af389ecfc4b9cp-26, 0x1.28917c89a43a7p-22,
        0x1.71de0db2f6b19p-19, 0x1.a019b9149a41cp-16,
        0x1.a01a01a7c2efep-13, 0x1.6c16c17889ef1p-10,
        0x1.11111111109b5p-7,  0x1.5555555553d68p-5,
        0x1.5555555555556p-3,  0.5 },
    coth_terms[] = { -0x1.b85f6a0949343p-13, 0x1.1565277a6a823p-9,
                     -0x1.6c16c0e17c8b7p-6, 0x1.555555554d214p-2, 1 },
    normal_terms[]
    = { 0x1.a74f5fe088a22p-30,  0x1.176385256655bp-28,  -0x1.83d704eb0a486p-27,
        -0x1.3f9a71a5884aap-25, 0x1.4ea64119cc86fp-24,  0x1.03e2aca2fb28ep-22,
        -0x1.6acd482487a96p-21, -0x1.54ca9c1646debp-20, 0x1.bdeba82ba1c1ep-18,
        0x1.0203547b1c6bbp-20,  -0x1.fae734c925a57p-15, 0x1.199957a5ebfeep-13,
        0x1.cc6e694aac404p-13,  -0x1.37ccc571cc4a0p-9,  0x1.26a1153a78586p-7,
        -0x1.7f9d04376d5e8p-6,  0x1.8807f29ff99cap-5,   -0x1.4b4ce479f8456p-4,
        0x1.db6af8722ce30p-4,   -0x1.25cd1321c8cb5p-3,  0x1.3b0fbcb4c77bep-4 };
#endif

#define TERMS(list) (sizeof list / sizeof list[0])

/* The polynomial with the coefficients A, that of the highest power first.  */
BD_INLINE vec
polynomial (const REAL a[], size_t terms, vec x)
{
  vec sum = v_all (a[0]);

  BD_UNROLL
  for (size_t i = 1; i < terms; i++)
    sum = v_fma (sum, x, v_all (a[i]));
  return sum;
}

/* e^x 2^-k and that k.  */
BD_INLINE vec
exp_part (vec x, vec *k)
{
  const vec rounder = v_all (ROUNDER);

  *k = v_sub (v_fma (x, v_all (LOG2E), rounder), rounder);
  vec r = v_fnma (*k, v_all (LN2), x);
  r = v_fnma (*k, v_all (LN2_LOW), r);
  vec q = polynomial (exp_terms, TERMS (exp_terms), r);
  return v_add (v_fma (v_mul (r, r), q, r), v_all (1));
}

BD_INLINE vec
power_of_two (vec k)
{
  return v_power (v_add (k, v_all (ROUNDER + BIAS)));
}

/* e^x with its infinity and its smallest numbers: 2^k in two steps.  */
BD_INLINE vec
v_exp (vec x)
{
  vec k;

  x = v_max (v_all (EXP_LEAST), v_min (v_all (EXP_MOST), x));
  vec p = exp_part (x, &k);
  const vec rounder = v_all (ROUNDER);
  vec half = v_sub (v_fma (k, v_all (R (0.5)), rounder), rounder);
  p = v_mul (p, power_of_two (half));
  return v_mul (p, power_of_two (v_sub (k, half)));
}

/* e^x for x in the range where 2^k is an ordinary number.  */
BD_INLINE vec
v_exp_near (vec x)
{
  vec k, p = exp_part (x, &k);

  return v_mul (p, power_of_two (k));
}

/* x = k ln 2 / 2 + r: c and 2^k; returns r.  */
BD_INLINE vec
halves (vec x, vec *c, vec *power)
{
  const vec rounder = v_all (ROUNDER + BIAS);
  vec shifted = v_fma (x, v_all (2 * LOG2E), rounder);
  vec k = v_sub (shifted, rounder);
  vec r = v_fnma (k, v_all (LN2 / 2), x);

  *c = polynomial (coth_terms, TERMS (coth_terms), v_mul (r, r));
  *power = v_power (shifted);
  return r;
}

/* The inverses of N <= 2 vectors, by one division.  */
BD_INLINE void
inverses (int n, const vec under[], vec inverse[])
{
  if (n == 1)
    inverse[0] = v_div (v_all (1), under[0]);
  else
    {
      vec both = v_div (v_all (1), v_mul (under[0], under[1]));
      inverse[0] = v_mul (under[1], both);
      inverse[1] = v_mul (under[0], both);
    }
}

/* The functions H of N <= 2 vectors Z and their slopes S.  */
BD_INLINE void
tanh_of (int n, const vec z[], vec h[], vec s[])
{
  const vec one = v_all (1);
  vec top[2], under[2], inverse[2];

  BD_UNROLL
  for (int i = 0; i < n; i++)
    {
      vec c, power;
      vec r = halves (v_min (v_all (TANH_MOST), v_abs (z[i])), &c, &power);
      vec more = v_add (power, one), less = v_sub (power, one);
      top[i] = v_fma (more, r, v_mul (less, c));
      under[i] = v_fma (more, c, v_mul (less, r));
    }
  inverses (n, under, inverse);
  BD_UNROLL
  for (int i = 0; i < n; i++)
    {
      h[i] = v_sign (v_min (one, v_mul (top[i], inverse[i])), z[i]);
      s[i] = v_fnma (h[i], h[i], one);
    }
}

BD_INLINE void
logistic_of (int n, const vec z[], vec h[], vec s[])
{
  const vec most = v_all (LOGISTIC_MOST), least = v_all (-LOGISTIC_MOST);
  vec top[2], less[2], under[2], inverse[2];

  BD_UNROLL
  for (int i = 0; i < n; i++)
    {
      vec c, power, x = v_max (least, v_min (most, z[i]));
      vec r = halves (v_mul (v_all (R (0.5)), x), &c, &power);
      top[i] = v_mul (power, v_add (c, r));
      less[i] = v_sub (c, r);
      under[i] = v_add (top[i], less[i]);
    }
  inverses (n, under, inverse);
  BD_UNROLL
  for (int i = 0; i < n; i++)
    {
      h[i] = v_mul (top[i], inverse[i]);
      s[i] = v_mul (h[i], v_mul (less[i], inverse[i]));
    }
}

BD_INLINE void
relu_of (int n, const vec z[], vec h[], vec s[])
{
  BD_UNROLL
  for (int i = 0; i < n; i++)
    {
      h[i] = v_max (v_all (0), z[i]);
      s[i] = v_above (z[i], v_all (0), v_all (1));
    }
}

/* z times the normal distribution function of z.  */
BD_INLINE void
gelu_of (int n, const vec z[], vec h[], vec s[])
{
  const vec zero = v_all (0), middle = v_all (NORMAL_MIDDLE),
            density = v_all (R (0x1.9884533d43651p-2));
  vec x[2], under[2], inverse[2];

  BD_UNROLL
  for (int i = 0; i < n; i++)
    {
      x[i] = v_min (v_all (NORMAL_MOST), v_abs (z[i]));
      under[i] = v_add (x[i], middle);
    }
  inverses (n, under, inverse);
  BD_UNROLL
  for (int i = 0; i < n; i++)
    {
      vec e = v_exp_near (v_mul (v_mul (v_all (R (-0.5)), x[i]), x[i]));
      vec t = v_mul (v_sub (x[i], middle), inverse[i]);
      vec p = v_mul (e, polynomial (normal_terms, TERMS (normal_terms), t));
      p = v_below (z[i], zero, p, v_sub (v_all (1), p));
      h[i] = v_mul (v_max (v_all (-NORMAL_MOST), z[i]), p);
      s[i] = v_fma (v_sign (x[i], z[i]), v_mul (density, e), p);
    }
}

BD_INLINE void
linear_of (int n, const vec z[], vec h[], vec s[])
{
  BD_UNROLL
  for (int i = 0; i < n; i++)
    {
      h[i] = z[i];
      s[i] = v_all (1);
    }
}

/* The same for the unit UNIT, a constant.  */
BD_INLINE void
unit_of (int unit, int n, const vec z[], vec h[], vec s[])
{
  switch (unit)
    {
    case BD_UNIT_TANH:
      tanh_of (n, z, h, s);
      break;
    case BD_UNIT_RELU:
      relu_of (n, z, h, s);
      break;
    case BD_UNIT_GELU:
      gelu_of (n, z, h, s);
      break;
    case BD_UNIT_LOGISTIC:
      logistic_of (n, z, h, s);
      break;
    default:
      linear_of (n, z, h, s);
    }
}

#endif
