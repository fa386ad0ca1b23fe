/* tanh as a quotient, for loops that share a division between two values.  */
#ifndef BD_NET_TANH_H
#define BD_NET_TANH_H

#include <math.h>
#include <stdint.h>
#include <string.h>

/* tanh z = top / under.  For x = |z| = k ln 2 / 2 + r with |r| <= ln 2 / 4 and
   k a whole number, and c = r coth r, a polynomial in r^2,

     tanh x = (2^k (c + r) - (c - r)) / (2^k (c + r) + (c - r)).

   Adding 1.5 2^52 + 1023 rounds to k and leaves the exponent of 2^k in the low
   bits.  The coefficients are the minimax ones of |r|^3 |error|, which is the
   error of tanh: 1.2e-16.  With rounding, also of a shared division, the
   absolute error is below 5e-16.  0 gives 0; above 20 (compared as whole
   numbers, which compilers turn into one instruction) all is 1.  */
static inline void
bd_tanh_parts (double z, double *top, double *under)
{
  const int64_t twenty = INT64_C (0x4034000000000000);
  const double magic = 0x1.8p52 + 1023;
  double x = fabs (z), power;
  int64_t size;
  uint64_t bits;

  memcpy (&size, &x, sizeof size);
  size = size < twenty ? size : twenty;
  memcpy (&x, &size, sizeof x);
  double shifted = x * 0x1.71547652b82fep1 + magic, k = shifted - magic;
  double r = x - k * 0x1.62e42fefa39efp-2, s = r * r;
  double c = -0x1.b85f6a0949343p-13;
  c = c * s + 0x1.1565277a6a823p-9;
  c = c * s - 0x1.6c16c0e17c8b7p-6;
  c = c * s + 0x1.555555554d214p-2;
  c = c * s + 1;
  memcpy (&bits, &shifted, sizeof bits);
  bits <<= 52;
  memcpy (&power, &bits, sizeof power);
  double less = c - r, more = c + r;
  *top = copysign (power * more - less, z);
  *under = power * more + less;
}

#endif
