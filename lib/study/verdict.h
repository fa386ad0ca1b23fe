/* The comparison in sentences.  */
#ifndef BD_STUDY_VERDICT_H
#define BD_STUDY_VERDICT_H

#include "compare.h"

#define BD_SENTENCES (14 + BD_OWN)
#define BD_SENTENCE 2000

typedef struct
{
  size_t count;
  char text[BD_SENTENCES][BD_SENTENCE];
} bd_verdict;

/* What the table says.  "Lowers" and "raises" are said only where the 95 %
   interval of the paired difference excludes zero; otherwise that these data
   cannot show a difference.  */
void bd_compare_verdict (const bd_comparison *c, bd_verdict *v);

/* What the spread that a method of this kind reports is an estimate of; one
   sentence.  */
const char *bd_spread_meaning (bd_kind kind);

#endif
