#include <config.h>

#include "../base/kernel.h"

BD_NO_CONTRACTION

#define REAL double
#define NAME(what) bd_pass_double##what
#define KERNELS bd_kernels_of_doubles
#include "pass_body.h"
