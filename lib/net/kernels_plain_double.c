#include <config.h>

#define BD_LANE_PLAIN
#include "lane.h"

#define KERNELS bd_kernels_double_plain
#define KERNELS_TYPE bd_kernels_double
#define KERNELS_SET "plain"
#include "kernels_body.h"
BD_LANE_END
