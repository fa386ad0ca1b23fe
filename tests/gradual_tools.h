/* What the tests of perspective 6 share.  */
#ifndef GRADUAL_TOOLS_H
#define GRADUAL_TOOLS_H

#include "perspective/gradual.h"

/* Three repetitions on N rows of SCENARIO, ensembles of two.  */
bd_perspective_options gradual_options (const char *scenario, size_t n,
                                        double noise, const char *network);

/* The cast of R for a response of numbers, which has trained nothing yet.  */
bd_cast gradual_cast (const bd_repetition *r);

#endif
