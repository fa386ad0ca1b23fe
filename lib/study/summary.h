/* From the results of every split to the rows of the table.  Private to the
   study.  */
#ifndef BD_STUDY_SUMMARY_H
#define BD_STUDY_SUMMARY_H

#include "compare.h"

/* Fill the summaries of C from its fold results.  */
void bd_compare_summarise (bd_comparison *c);

#endif
