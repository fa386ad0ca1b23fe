/* The tables that kernels.c chooses from.  */
#ifndef BD_NET_KERNELS_SET_H
#define BD_NET_KERNELS_SET_H

#include "kernels.h"

extern const bd_kernels_float bd_kernels_float_avx512, bd_kernels_float_avx2,
    bd_kernels_float_plain;
extern const bd_kernels_double bd_kernels_double_avx512,
    bd_kernels_double_avx2, bd_kernels_double_plain;

#endif
