/* Networks from and to files.  */
#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "data/levels.h"
#include "dropout.h"
#include "folder.h"

/* The response's name is followed by its classes, NAME=CLASS=CLASS.  Cut it
   into J->own_names, where it has as many as the network.  */
static int
cut_classes (drop_job *j)
{
  size_t d = j->given->net.width[0], count = 0;
  char *name = j->names ? j->names[d] : NULL;

  for (char *at = name; at && (at = strchr (at, '=')); at++)
    count++;
  if (!j->given->net.output->classes || count == 0
      || count != j->given->classes)
    return GSL_SUCCESS;
  j->own_names = calloc (count, sizeof *j->own_names);
  if (!j->own_names)
    return GSL_ENOMEM;
  for (size_t k = 0; k < count; k++)
    {
      name = strchr (name, '=');
      *name++ = '\0';
      j->own_names[k] = name;
    }
  j->class_name = j->own_names;
  return GSL_SUCCESS;
}

bd_dataset *
drop_named (const drop_job *j, size_t n)
{
  size_t d = j->given->net.width[0];
  bd_dataset *s = bd_dataset_alloc (n, d);

  for (size_t k = 0; s && j->names && k <= d; k++)
    {
      char **to = k < d ? &s->x_name[k] : &s->y_name;
      char *copy = strdup (j->names[k]);
      if (copy)
        {
          free (*to);
          *to = copy;
        }
    }
  return s;
}

int
drop_read_net (const drop_choices *q, drop_job *j, bd_error *err)
{
  FILE *from = fopen (q->net, "r");

  if (!from)
    {
      BD_FAIL (err, GSL_EFAILED, "%s: cannot be read: %s", q->net,
               strerror (errno));
      return EXIT_FAILURE;
    }
  j->given = bd_net_model_read (from, q->net, &j->names, err);
  fclose (from);
  if (!j->given)
    return EXIT_FAILURE;
  if (!cut_classes (j))
    return -1;
  BD_FAIL (err, GSL_ENOMEM, "no memory for names");
  return EXIT_FAILURE;
}

/* The response's name, with its classes.  */
static char *
join (const bd_dataset *s)
{
  size_t size = strlen (s->y_name) + 1, used;

  for (size_t k = 0; k < s->classes; k++)
    size += strlen (s->class_name[k]) + 1;
  char *name = malloc (size);
  if (!name)
    return NULL;
  used = (size_t)snprintf (name, size, "%s", s->y_name);
  for (size_t k = 0; k < s->classes; k++)
    used += (size_t)snprintf (name + used, size - used, "=%s",
                              s->class_name[k]);
  return name;
}

static int
write_net (const drop_job *j, const bd_net_model *model, FILE *to)
{
  bd_dataset *s = j->given ? drop_named (j, 1) : bd_dataset_numeric (j->data);
  const char **names = s ? calloc (s->d + 2, sizeof *names) : NULL;
  char *response = j->given ? NULL : join (j->data);
  int code = GSL_ENOMEM;

  if (names && (j->given || response))
    {
      for (size_t k = 0; k < s->d; k++)
        names[k] = s->x_name[k];
      names[s->d] = j->given ? s->y_name : response;
      code = bd_net_model_write (model, j->given && !j->names ? NULL : names,
                                 to);
    }
  free (names);
  free (response);
  bd_dataset_free (s);
  return code;
}

int
drop_try_save (const drop_choices *q, bd_error *err)
{
  folder_file f;
  int code = folder_begin_path (&f, q->save, err);

  if (!code)
    folder_drop (&f);
  return code;
}

int
drop_save (const drop_choices *q, const drop_job *j, const bd_net_model *model,
           bd_error *err)
{
  folder_file f;
  int code = folder_begin_path (&f, q->save, err);

  if (code)
    return code;
  code = write_net (j, model, f.file);
  if (!code)
    return folder_commit (&f, err);
  folder_drop (&f);
  return BD_FAIL (err, code, "%s: the network cannot be written", q->save);
}
