/* Some members of a bag into a file, or from several processes.  */
#include <config.h>

#include <stdlib.h>

#include "bag.h"
#include "part.h"
#include "ranks.h"

int
bag_part (const opt_command *c, const bag_choices *q, bag_job *j,
          bd_error *err)
{
  part_file f;
  int status = part_begin (&f, q->part, c, j->file, &q->members,
                           bd_bagging_members (&j->o), err);

  if (status >= 0)
    return status;
  bd_store_options s = part_store (&f, q->threads);
  int code = bd_bagging_store (&j->o, &s, err);
  return part_end (&f, code, err) ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int
store (const void *run, const bd_store_options *s, bd_error *err)
{
  return bd_bagging_store (run, s, err);
}

int
bag_share (bag_job *j, bd_stored *all, bd_error *err)
{
  if (ranks_count () == 1 || j->o.stored)
    return -1;
  int status = ranks_members (bd_bagging_members (&j->o), store, &j->o,
                              j->o.threads, all, err);
  j->o.stored = status < 0 ? all : NULL;
  return status;
}
