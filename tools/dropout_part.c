/* Some masks of a dropout network into a file, or from several processes.  */
#include <config.h>

#include <stdlib.h>

#include "dropout.h"
#include "part.h"
#include "ranks.h"

int
drop_part (const opt_command *c, const drop_choices *q, drop_job *j,
           bd_error *err)
{
  part_file f;

  if (!j->o.predict->members)
    return opt_usage_error (c,
                            "--part: the prediction '%s' draws no whole "
                            "masks; use --predict mc",
                            j->o.predict->name);
  if (j->search && bd_dropping_search (&j->o, &j->found, err))
    return EXIT_FAILURE;
  int status
      = part_begin (&f, q->part, c, j->file, &q->members, j->o.masks, err);
  if (status >= 0)
    return status;
  bd_store_options s = part_store (&f, q->threads);
  int code = bd_dropping_store (&j->o, &s, err);
  return part_end (&f, code, err) ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int
store (const void *run, const bd_store_options *s, bd_error *err)
{
  return bd_dropping_store (run, s, err);
}

int
drop_share (drop_job *j, bd_stored *all, bd_error *err)
{
  bool masks = j->o.predict->members && !j->o.untied;

  if (ranks_count () == 1 || j->o.stored)
    return -1;
  if (!masks)
    return ranks_own () == 0 ? -1 : EXIT_SUCCESS;
  int status
      = ranks_members (j->o.masks, store, &j->o, j->o.threads, all, err);
  j->o.stored = status < 0 ? all : NULL;
  return status;
}
