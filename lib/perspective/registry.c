#include <config.h>

#include "perspective.h"

const bd_perspective *const bd_perspectives[BD_PERSPECTIVES] = {
  &bd_perspective_interference, /* 1 */
  &bd_perspective_ensemble,     /* 2 */
  &bd_perspective_filter,       /* 3 */
  &bd_perspective_universal,    /* 4 */
  &bd_perspective_regularise,   /* 5 */
  &bd_perspective_gradual,      /* 6 */
};
