/* What the trainings of a budget leave behind, and the way from there to its
   parts.  Private to the study.  */
#ifndef BD_STUDY_BUDGET_SUMS_H
#define BD_STUDY_BUDGET_SUMS_H

#include "budget.h"

/* R x S x m numbers of one method, points fastest.  */
typedef struct
{
  double *mean;     /* of the members, from their predictions */
  double *ss;       /* sum of their squared distances from it */
  double *answer;   /* what the method itself answered */
  double *error;    /* mean squared error of the members to the truth */
  double *reported; /* variance that it reports; NaN for a single fit */
  double *seconds;  /* R x S */
  size_t looked;    /* the first points, at which all members are kept */
  double *member;   /* R x M x looked: those of the first trainings */
} bd_budget_sums;

/* For ensembles of M members.  */
int bd_budget_sums_init (bd_budget_sums *u, const bd_budget *b, size_t M);
void bd_budget_sums_free (bd_budget_sums *u);

/* Fill ROW, whose method and members are set, and check the identities.  */
int bd_budget_summarise (const bd_budget *b, const bd_budget_sums *u,
                         bd_budget_row *row, bd_error *err);

#endif
