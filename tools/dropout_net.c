/* Networks from and to files.  */
#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "data/levels.h"
#include "dropout.h"
#include "folder.h"
#include "inputs.h"

/* The next `=' in NAME that stands for itself, or NULL.  Before it
   backslashes, which shield a `=' or another one, are taken away.  */
static char *
cut_name (char *name)
{
  char *to = name;

  for (; *name && *name != '='; *to++ = *name++)
    name += *name == '\\' && name[1];
  char *end = *name ? name : NULL;
  *to = '\0';
  return end;
}

static size_t
count_classes (const char *name)
{
  size_t count = 0;

  for (; name && *name; name++)
    {
      count += *name == '=';
      name += *name == '\\' && name[1];
    }
  return count;
}

/* The response's name is followed by its classes, NAME=CLASS=CLASS.  Cut it
   into J->own_names, where it has as many as the network.  */
static int
cut_classes (drop_job *j)
{
  size_t d = j->given->net.width[0];
  char *name = j->names ? j->names[d] : NULL;
  size_t count = count_classes (name);
  if (!j->given->net.output->classes || count == 0
      || count != j->given->classes)
    return GSL_SUCCESS;
  j->own_names = calloc (count, sizeof *j->own_names);
  if (!j->own_names)
    return GSL_ENOMEM;
  for (size_t k = 0; k < count; k++)
    name = j->own_names[k] = cut_name (name) + 1;
  cut_name (name);
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
  FILE *from = inputs_open (q->net);

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

/* NAME at TO, `=' and backslashes behind a backslash; returns its end.  */
static char *
shield (char *to, const char *name)
{
  for (; *name; *to++ = *name++)
    if (*name == '=' || *name == '\\')
      *to++ = '\\';
  *to = '\0';
  return to;
}

/* The name RESPONSE, with its COUNT classes.  */
static char *
join (const char *response, size_t count, char *const classes[])
{
  size_t size = strlen (response) + 1;

  for (size_t k = 0; k < count; k++)
    size += strlen (classes[k]) + 1;
  char *name = malloc (2 * size), *at = name;
  if (!name)
    return NULL;
  if (count == 0)
    return strcpy (name, response);
  at = shield (at, response);
  for (size_t k = 0; k < count; k++)
    {
      *at++ = '=';
      at = shield (at, classes[k]);
    }
  return name;
}

static int
write_net (const drop_job *j, const bd_net_model *model, FILE *to)
{
  bd_dataset *s = j->given ? drop_named (j, 1) : bd_dataset_numeric (j->data);
  const char **names = s ? calloc (s->d + 2, sizeof *names) : NULL;
  size_t classes = !j->class_name ? 0
                   : j->given     ? model->classes
                                  : j->data->classes;
  char *response = s ? join (j->given ? s->y_name : j->data->y_name, classes,
                             j->class_name)
                     : NULL;
  int code = GSL_ENOMEM;

  if (names && response)
    {
      for (size_t k = 0; k < s->d; k++)
        names[k] = s->x_name[k];
      names[s->d] = response;
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
