/* A formula typed by a user, compiled.  The only file that knows muParser;
   built without it, every formula is refused with a sentence that says so.  */
#ifndef BD_FITTER_FORMULA_H
#define BD_FITTER_FORMULA_H

#include <stdbool.h>
#include <stddef.h>

#include "../base/error.h"

#define BD_FORMULA_NAME 32 /* longest name, with its end */

/* A name in a formula and where its value is to be read.  */
typedef struct
{
  char name[BD_FORMULA_NAME];
  double *place;
} bd_formula_name;

typedef struct bd_formula bd_formula;

/* Compile TEXT, which may use the COUNT names, pi, numbers with a decimal
   point, + - * / ^ ( ), comparisons, a ? b : c, and the functions sin cos tan
   asin acos atan atan2 sinh cosh tanh exp ln log (both natural) log10 log2
   sqrt abs sign rint min max.  The places must outlive the formula.  NULL and
   a sentence with the position, counted from 1, when it cannot be read.  */
bd_formula *bd_formula_new (const char *text, const bd_formula_name names[],
                            size_t count, bd_error *err);

/* The value for what the places now hold; perhaps not finite.  No allocation.
   One thread at a time; formulas of their own for several threads.  */
double bd_formula_value (bd_formula *f);

/* Whether NAME occurs in TEXT as a whole word.  */
bool bd_formula_uses (const char *text, const char *name);

void bd_formula_free (bd_formula *f); /* accepts NULL */

#endif
