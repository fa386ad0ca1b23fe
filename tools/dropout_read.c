/* Data and points of `bagdrop dropout'.  */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "data/levels.h"
#include "dropout.h"

void
drop_free (drop_job *j)
{
  if (j->inputs != j->data)
    bd_dataset_free (j->inputs);
  bd_dataset_free (j->data);
  gsl_matrix_free (j->X);
  gsl_matrix_free (j->P);
  gsl_matrix_free (j->Z);
  bd_net_model_free (j->given);
  for (size_t k = 0; j->names && j->names[k]; k++)
    free (j->names[k]);
  free (j->names);
  free (j->own_names);
}

/* Is the response a class?  */
static bool
ask_classes (void *params, bool text)
{
  const drop_job *j = params;
  return j->output ? j->output->classes : text;
}

/* What the outputs of the network are for this response.  */
static int
take_output (drop_job *j, bd_error *err)
{
  const bd_dataset *s = j->data;
  bd_net_options *o = &j->o.net;

  if (j->output)
    o->output = j->output;
  else if (s->classes)
    o->output = &bd_outputs[s->classes == 2 ? BD_OUTPUT_LOGISTIC
                                            : BD_OUTPUT_SOFTMAX];
  o->classes = s->classes;
  j->class_name = s->class_name;
  if (o->output == &bd_outputs[BD_OUTPUT_LOGISTIC] && s->classes != 2)
    return BD_FAIL (err, GSL_EINVAL,
                    "--output logistic tells two classes apart, and '%s' has "
                    "%zu; use --output softmax",
                    s->y_name, s->classes);
  return GSL_SUCCESS;
}

/* The embedded data have a response of numbers.  */
static int
check_embedded (const drop_job *j, bd_error *err)
{
  if (j->file || !j->output || !j->output->classes)
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL,
                  "--output %s needs a response of classes, and the embedded "
                  "sine has one of numbers",
                  j->output->name);
}

int
drop_read (const drop_choices *q, drop_job *j, bd_error *err)
{
  const tool_columns columns = { .y = q->y,
                                 .x = q->x,
                                 .least = 1,
                                 .constant = true,
                                 .classes = ask_classes,
                                 .params = j };
  int status = EXIT_FAILURE;

  if (check_embedded (j, err))
    return status;
  j->data = j->inputs = tool_data (j->file, &columns, NULL, &status, err);
  if (!j->data || take_output (j, err))
    return j->data ? EXIT_FAILURE : status;
  if (!(j->P = tool_points (q->points, j->data, err)))
    return EXIT_FAILURE;
  j->X = bd_levels_expand (j->data->X, j->data->levels);
  j->Z = bd_levels_expand (j->P, j->data->levels);
  if (!j->X || !j->Z)
    {
      BD_FAIL (err, GSL_ENOMEM, "no memory for %zu points", j->P->size1);
      return EXIT_FAILURE;
    }
  j->answered = true;
  j->o.X = j->X;
  j->o.y = j->data->y;
  j->o.P = j->Z;
  return -1;
}
