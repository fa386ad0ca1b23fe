#include <config.h>

#define BD_LANE_AVX2
#include "lane.h"

#if defined BD_LANE_X86
#define KERNELS bd_kernels_double_avx2
#define KERNELS_TYPE bd_kernels_double
#define KERNELS_SET "avx2"
#include "kernels_body.h"
BD_LANE_END
#endif
