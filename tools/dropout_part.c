/* Some masks of a dropout network into a file.  */
#include <config.h>

#include <stdlib.h>

#include "dropout.h"
#include "part.h"

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
