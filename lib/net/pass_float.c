#include <config.h>

#include "../base/kernel.h"

BD_NO_CONTRACTION

#define REAL float
#define NAME(what) bd_pass_float##what
#define KERNELS bd_kernels_of_floats
#include "pass_body.h"
