/* Some members of a bag into a file.  */
#include <config.h>

#include <stdlib.h>

#include "bag.h"
#include "part.h"

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
