#include <config.h>

#define BD_LANE_PLAIN
#define BD_LANE_FLOAT
#include "lane.h"

#define KERNELS bd_kernels_float_plain
#define KERNELS_TYPE bd_kernels_float
#define KERNELS_SET "plain"
#include "kernels_body.h"
BD_LANE_END
