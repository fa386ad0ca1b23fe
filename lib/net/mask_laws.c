/* Laws whose rates are given.  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "mask_fill.h"

static void
binary_fill (const bd_mask *a, double q, gsl_rng *r, uint32_t words[],
             bd_mask_part to)
{
  bd_mask_maker maker = bd_mask_maker_binary (q);

  (void)a;
  bd_mask_make (&maker, r, words, to);
}

static void
normal_fill (const bd_mask *a, double q, gsl_rng *r, uint32_t words[],
             bd_mask_part to)
{
  bd_mask_maker maker = bd_mask_maker_normal (q);

  (void)a;
  bd_mask_make (&maker, r, words, to);
}

/* The factors of the runs are drawn where their rows begin, then spread out
   from the last unit back.  */
static void
block_fill (const bd_mask *a, double q, gsl_rng *r, uint32_t words[],
            bd_mask_part to)
{
  size_t size = (size_t)a->set.value[0];
  bd_mask_part run = to;

  run.width = (to.width + size - 1) / size;
  binary_fill (a, q, r, words, run);
  for (size_t k = 0; k < to.rows; k++)
    {
      float *factor = to.factor + k * to.stride;
      for (size_t b = run.width; b-- > 0;)
        {
          float f = factor[b];
          size_t end = GSL_MIN ((b + 1) * size, to.width);
          for (size_t i = b * size; i < end; i++)
            factor[i] = f;
        }
    }
}

const bd_mask_type bd_mask_bernoulli
    = { .name = "bernoulli",
        .help = "a unit is dropped with probability q",
        .binary = true,
        .inputs = &bd_mask_bernoulli,
        .fill = binary_fill };

const bd_mask_type bd_mask_gaussian
    = { .name = "gaussian",
        .help = "a unit is multiplied by N (1, q / (1 - q))",
        .inputs = &bd_mask_gaussian,
        .fill = normal_fill };

static const bd_knob block_knobs[]
    = { { "size", 4, 1, 65536, true, "neighbouring units in a run", NULL },
        { .name = NULL } };

const bd_mask_type bd_mask_block
    = { .name = "block",
        .help = "runs of neighbouring units of a layer are dropped together",
        .knobs = block_knobs,
        .binary = true,
        .runs = true,
        .inputs = &bd_mask_bernoulli,
        .fill = block_fill };

static const bd_knob dropconnect_knobs[]
    = { { "output", 0, 0, 0.999, false,
          "rate of the weights that enter the outputs", NULL },
        { .name = NULL } };

const bd_mask_type bd_mask_dropconnect
    = { .name = "dropconnect",
        .help = "a weight that enters a hidden unit is dropped with "
                "probability q",
        .knobs = dropconnect_knobs,
        .weights = true,
        .binary = true,
        .fill = binary_fill };
