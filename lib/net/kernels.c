#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "kernels_set.h"
#include "net.h"

_Static_assert(BD_NET_PAD == 16, "kernels_subsets.h");

enum
{
  PLAIN,
  AVX2,
  AVX512
};

/* The best set of this machine that the environment allows.  */
static int
set (void)
{
#if defined __x86_64__ && defined __GNUC__
  const char *most = getenv ("BAGDROP_KERNELS");
  if (most && strcmp (most, "plain") == 0)
    return PLAIN;
  if (!__builtin_cpu_supports ("avx2") || !__builtin_cpu_supports ("fma"))
    return PLAIN;
  if (most && strcmp (most, "avx2") == 0)
    return AVX2;
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw")
      && __builtin_cpu_supports ("avx512dq")
      && __builtin_cpu_supports ("avx512vl"))
    return AVX512;
  return AVX2;
#else
  return PLAIN;
#endif
}

const bd_kernels_float *
bd_kernels_of_floats (void)
{
#if defined __x86_64__ && defined __GNUC__
  static const bd_kernels_float *const sets[]
      = { [PLAIN] = &bd_kernels_float_plain,
          [AVX2] = &bd_kernels_float_avx2,
          [AVX512] = &bd_kernels_float_avx512 };
  return sets[set ()];
#else
  return &bd_kernels_float_plain;
#endif
}

const bd_kernels_double *
bd_kernels_of_doubles (void)
{
#if defined __x86_64__ && defined __GNUC__
  static const bd_kernels_double *const sets[]
      = { [PLAIN] = &bd_kernels_double_plain,
          [AVX2] = &bd_kernels_double_avx2,
          [AVX512] = &bd_kernels_double_avx512 };
  return sets[set ()];
#else
  return &bd_kernels_double_plain;
#endif
}
