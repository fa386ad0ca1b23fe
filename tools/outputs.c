#include <config.h>

#include <libgen.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "outputs.h"

static bool
same_node (const struct stat *a, const struct stat *b)
{
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Two files that are not there yet: one name in one folder?  */
static bool
same_place (const char *a, const char *b)
{
  char *copy[] = { strdup (a), strdup (b), strdup (a), strdup (b) };
  struct stat s, t;
  bool same = copy[0] && copy[1] && copy[2] && copy[3]
              && strcmp (basename (copy[0]), basename (copy[1])) == 0
              && stat (dirname (copy[2]), &s) == 0
              && stat (dirname (copy[3]), &t) == 0 && same_node (&s, &t);

  for (size_t k = 0; k < 4; k++)
    free (copy[k]);
  return same;
}

static bool
same_file (const char *a, const char *b)
{
  struct stat s, t;
  bool there = stat (a, &s) == 0, other = stat (b, &t) == 0;

  if (there != other)
    return false;
  return there ? same_node (&s, &t) : same_place (a, b);
}

static int
check_one (const opt_command *c, const char *const in[], size_t count,
           const output_file *o)
{
  char text[256];

  for (size_t k = 0; k < count; k++)
    if (in[k] && same_file (in[k], o->path))
      return opt_usage_error (c,
                              "--%s: this run reads %s; name another file to "
                              "write",
                              o->option,
                              bd_text_clean (text, sizeof text, o->path));
  return -1;
}

/* What was read from standard input is gone.  */
static int
check_standard (const opt_command *c, const char *const in[], size_t count)
{
  size_t times = 0;

  for (size_t k = 0; k < count; k++)
    times += in[k] && strcmp (in[k], "-") == 0;
  if (times > 1)
    return opt_usage_error (c, "standard input cannot be read twice; give one "
                               "of the files by its name");
  return -1;
}

int
outputs_check (const opt_command *c, const char *const in[], size_t count,
               const output_file out[])
{
  int status = check_standard (c, in, count);

  for (const output_file *o = out; status < 0 && o->option; o++)
    {
      if (!o->path)
        continue;
      status = check_one (c, in, count, o);
      for (const output_file *p = out; status < 0 && p < o; p++)
        if (p->path && same_file (p->path, o->path))
          status = opt_usage_error (c, "--%s and --%s name the same file",
                                    p->option, o->option);
    }
  return status;
}
