/* Trainings of a budget that go into a store and come back from it.  Private
   to the study.  */
#ifndef BD_STUDY_BUDGET_KEPT_H
#define BD_STUDY_BUDGET_KEPT_H

#include "budget_sums.h"

/* Take training K (data set and seed) of method number METHOD from the store
   of B into its places of U; false if there is none.  */
bool bd_budget_recall (const bd_budget *b, size_t method, size_t k,
                       bd_budget_sums *u);

/* Give it to the store, if there is one.  */
int bd_budget_keep (const bd_budget *b, size_t method, size_t k,
                    const bd_budget_sums *u, bd_error *err);

#endif
