#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "inputs.h"
#include "part.h"
#include "tools.h"

int
part_choose (const opt_command *c, const char *path, const opt_members *m,
             const part_clash clash[])
{
  if (m->from && !path)
    return opt_usage_error (c, "--members FROM:TO is a part of a run; name "
                               "its file with --part");
  for (size_t k = 0; path && clash[k].name; k++)
    if (clash[k].there)
      return opt_usage_error (c, "--part and --%s do not go together",
                              clash[k].name);
  return -1;
}

/* Has O no effect on the numbers?  */
static bool
idle (const opt_option *o)
{
  return strcmp (o->name, "part") == 0 || strcmp (o->name, "threads") == 0;
}

/* NAME and VALUE, which is taken over.  */
static int
add_option (bd_part_head *h, const char *name, char *value)
{
  bd_part_option *to = &h->option[h->options++];

  to->name = strdup (name);
  to->value = value;
  return to->name && value ? GSL_SUCCESS : GSL_ENOMEM;
}

static int
fill_head (bd_part_head *h, const opt_command *c, const char *operand)
{
  size_t room = 1;
  int code = GSL_SUCCESS;

  for (const opt_option *o = c->options; o->name; o++)
    room++;
  h->option = calloc (room, sizeof *h->option);
  if (!h->option)
    return GSL_ENOMEM;
  for (const opt_option *o = c->options; !code && o->name; o++)
    {
      char *value = idle (o) ? NULL : opt_value (o);
      if (value)
        code = add_option (h, o->name, value);
    }
  if (!code && operand)
    code = add_option (h, "", strdup (operand));
  /* The writer does not change them.  */
  h->input = (bd_part_input *)(uintptr_t)inputs_kept (&h->inputs);
  return code;
}

static void
release (part_file *f)
{
  for (size_t k = 0; k < f->head.options; k++)
    {
      free (f->head.option[k].name);
      free (f->head.option[k].value);
    }
  free (f->head.option);
}

int
part_begin (part_file *f, const char *path, const opt_command *c,
            const char *operand, const opt_members *m, uint64_t total,
            bd_error *err)
{
  uint64_t first = m->from ? m->from - 1 : 0, end = m->to ? m->to : total;

  if (end > total)
    return opt_usage_error (c, "--members %zu:%zu: the run has %llu members",
                            m->from, m->to, (unsigned long long)total);
  *f = (part_file){ .head = { .version = PACKAGE_VERSION,
                              .command = c->command,
                              .total = total,
                              .first = first,
                              .count = end - first } };
  if (folder_begin_path (&f->file, path, err))
    return EXIT_FAILURE;
  f->writer = (bd_part_writer){ .to = f->file.file, .head = &f->head };
  if (!fill_head (&f->head, c, operand))
    return -1;
  BD_FAIL (err, GSL_ENOMEM, "no memory for the options of a part");
  folder_drop (&f->file);
  release (f);
  return EXIT_FAILURE;
}

bd_store_options
part_store (part_file *f, int threads)
{
  return (bd_store_options){ .first = f->head.first,
                             .members = f->head.count,
                             .threads = threads,
                             .put = bd_part_put,
                             .params = &f->writer,
                             .progress = tool_progress () };
}

int
part_end (part_file *f, int code, bd_error *err)
{
  int problem = errno;

  release (f);
  if (!code)
    {
      bd_part_end (&f->writer);
      return folder_commit (&f->file, err);
    }
  if (ferror (f->file.file))
    BD_FAIL (err, code, "%s: cannot write: %s", f->file.path,
             strerror (problem));
  folder_drop (&f->file);
  return code;
}
