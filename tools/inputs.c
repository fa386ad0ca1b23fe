#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "inputs.h"
#include "ranks.h"

/* One run at a time.  */
static struct
{
  bool keep, give;
  bd_part_input *input; /* kept */
  size_t count;
  const bd_part_input *given;
  size_t given_count;
} inputs;

void
inputs_keep (void)
{
  inputs.keep = true;
}

void
inputs_give (const bd_part_input input[], size_t count)
{
  inputs.give = true;
  inputs.given = input;
  inputs.given_count = count;
}

const bd_part_input *
inputs_kept (size_t *count)
{
  *count = inputs.count;
  return inputs.input;
}

static void
release (bd_part_input *a)
{
  free (a->name);
  free ((void *)(uintptr_t)a->bytes);
}

void
inputs_end (void)
{
  for (size_t k = 0; k < inputs.count; k++)
    release (&inputs.input[k]);
  free (inputs.input);
  memset (&inputs, 0, sizeof inputs);
}

/* A file of nothing cannot be opened in memory everywhere.  */
static FILE *
open_bytes (const bd_part_input *a)
{
  return a->size ? fmemopen ((void *)(uintptr_t)a->bytes, a->size, "rb")
                 : fopen ("/dev/null", "rb");
}

/* All of IN into A; false when it cannot be read or memory is short.  */
static bool
read_bytes (FILE *in, bd_part_input *a)
{
  size_t room = 0, got = 1;
  char *bytes = NULL;

  while (got > 0)
    {
      if (a->size == room)
        {
          room = room ? 2 * room : 65536;
          char *more = realloc (bytes, room);
          if (!more)
            break;
          bytes = more;
        }
      got = fread (bytes + a->size, 1, room - a->size, in);
      a->size += got;
    }
  a->bytes = bytes;
  return got == 0 && !ferror (in);
}

/* Read PATH and keep it.  A file that cannot be read is opened as ever, so
   that whoever reads it finds out.  */
static FILE *
keep (const char *path)
{
  bool standard = strcmp (path, "-") == 0;
  FILE *in = standard ? stdin : fopen (path, "rb");
  bd_part_input a = { .name = strdup (path) };
  bd_part_input *more
      = realloc (inputs.input, (inputs.count + 1) * sizeof *more);

  if (more)
    inputs.input = more;
  bool good = in && a.name && more;
  if (good && (!standard || ranks_own () == 0))
    good = read_bytes (in, &a);
  if (standard)
    good = ranks_share (&a, good);
  int problem = errno;
  if (in && !standard)
    fclose (in);
  if (good)
    {
      inputs.input[inputs.count++] = a;
      return open_bytes (&a);
    }
  release (&a);
  errno = problem;
  return in ? fopen (path, "rb") : NULL;
}

static FILE *
give (const char *path)
{
  for (size_t k = 0; k < inputs.given_count; k++)
    if (strcmp (inputs.given[k].name, path) == 0)
      return open_bytes (&inputs.given[k]);
  errno = ENOENT;
  return NULL;
}

FILE *
inputs_open (const char *path)
{
  if (inputs.give)
    return give (path);
  return inputs.keep ? keep (path) : fopen (path, "rb");
}

bd_table *
inputs_table (const char *path, bd_error *err)
{
  if (!inputs.keep && !inputs.give)
    return bd_table_open (path, err);
  FILE *in = inputs_open (path);
  if (!in)
    {
      BD_FAIL (err, GSL_EFAILED, "%s: %s", path, strerror (errno));
      return NULL;
    }
  bd_table *t = bd_table_read (
      in, strcmp (path, "-") == 0 ? "standard input" : path, err);
  fclose (in);
  return t;
}
