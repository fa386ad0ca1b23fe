/* Methods of a comparison that the user makes of fitters and knobs, beside
   those of bd_methods.  */
#ifndef BD_STUDY_OWN_H
#define BD_STUDY_OWN_H

#include "method.h"

#define BD_OWN 12 /* most rows of them */
#define BD_COMPARED (BD_METHODS + BD_OWN)

/* Texts that the methods point into: a bd_own is never copied.  */
typedef struct
{
  bd_method method[BD_OWN];
  char name[BD_OWN][160], title[BD_OWN][200], class_title[BD_OWN][200],
      knobs[BD_OWN][128];
  size_t count;
} bd_own;

/* A list of methods: names of bd_methods, and items of one's own:

     single:FITTER[,KNOB=VALUE ...]
     bag:FITTER[,KNOB=VALUE ...][,B=MEMBERS]
     dropout:[KNOB=VALUE ...][,B=MASKS]

   with commas or semicolons, and blanks behind them, between all of it; what
   has an equals sign is a knob of the item before it.  Values in double quotes
   hold either.  In `dropout:', whose two rows are weight scaling and random
   masks, and in the fitter `net+dropout', the knob `rate' is the dropout rate,
   a number or `auto', its default: tuned inside the training rows.  "all": all
   of bd_methods.

   Sets CHOSEN, whose places from BD_METHODS on are those of OWN, and fills
   OWN.  GSL_EINVAL and a sentence for what cannot be.  */
int bd_own_parse (const char *list, bool chosen[BD_COMPARED], bd_own *own,
                  bd_error *err);

/* The method at place K, 0 .. BD_COMPARED - 1; NULL where OWN, which may be
   NULL, has none.  */
const bd_method *bd_own_method (const bd_own *own, size_t k);

/* The place of the method called NAME (NULL: none), BD_COMPARED if there is
   none.  */
size_t bd_own_find (const bd_own *own, const char *name);

#endif
