#include <config.h>

#include <check.h>

#include "gradual_tools.h"

bd_perspective_options
gradual_options (const char *scenario, size_t n, double noise,
                 const char *network)
{
  bd_perspective_options o = bd_perspective_options_default ();

  o.scenario = bd_scenario_find (scenario);
  o.n = n;
  o.noise = noise;
  o.network = network;
  o.R = 3;
  o.nets = 2;
  return o;
}

bd_cast
gradual_cast (const bd_repetition *r)
{
  bd_cast c = { .r = r };

  ck_assert_int_eq (bd_cast_choose (r->o, 0, &c.base, &c.mask, NULL), 0);
  return c;
}
