/* Vectors of 64 bytes, 16 floats or 8 doubles, for one instruction set.

   A file of kernels defines BD_LANE_AVX512, BD_LANE_AVX2 or BD_LANE_PLAIN, and
   BD_LANE_FLOAT for floats, and includes this first of all.  Every function
   gives the same bits in the three sets: only v_fma and v_fnma round once for
   two operations, and the compiler may not make others do so.  Files that
   include this end with BD_LANE_END.

   v_max (a, b) is a > b ? a : b and v_min (a, b) is a < b ? a : b, place by
   place: a NaN in b comes through.  */
#ifndef BD_NET_LANE_H
#define BD_NET_LANE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../base/kernel.h"

/* The sets that can be built here.  */
#if defined __x86_64__ && defined __GNUC__
#define BD_LANE_X86 1
#endif

#if defined BD_LANE_FLOAT
#define REAL float
#define WHOLE uint32_t
#define LANES 16
#define MANTISSA 23
#define BIAS 127
#else
#define REAL double
#define WHOLE uint64_t
#define LANES 8
#define MANTISSA 52
#define BIAS 1023
#endif

#define BD_PRAGMA(text) _Pragma (#text)

/* Loops over registers are unrolled; plain vectors stay loops, as they would
   take minutes to compile.  */
#if defined __clang__
#define BD_ROLLED BD_PRAGMA (clang loop unroll (disable))
#define BD_UNROLLED BD_PRAGMA (clang loop unroll (full))
#else
#define BD_ROLLED BD_PRAGMA (GCC unroll 1)
#define BD_UNROLLED BD_PRAGMA (GCC unroll 16)
#endif
#if defined BD_LANE_PLAIN
#define BD_UNROLL BD_ROLLED
#else
#define BD_UNROLL BD_UNROLLED
#endif

BD_NO_CONTRACTION

#if defined BD_LANE_AVX512 && defined __clang__
#pragma clang attribute push(                                                 \
    __attribute__((                                                           \
        target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,bmi,bmi2"))),     \
    apply_to = function)
#elif defined BD_LANE_AVX2 && defined __clang__
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2"))),    \
                             apply_to = function)
#elif defined BD_LANE_AVX512
#pragma GCC target("arch=x86-64-v4")
#elif defined BD_LANE_AVX2
#pragma GCC target("arch=x86-64-v3")
#endif

#if defined __clang__ && !defined BD_LANE_PLAIN
#define BD_LANE_END BD_PRAGMA (clang attribute pop)
#else
#define BD_LANE_END
#endif

#if defined BD_LANE_AVX512
#include "lane_avx512.h"
#elif defined BD_LANE_AVX2
#include "lane_avx2.h"
#else
#include "lane_plain.h"
#endif

#endif
