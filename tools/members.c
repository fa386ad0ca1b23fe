#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>

#include "members.h"
#include "tools.h"

int
members_begin (members_file *m, const char *path, bd_error *err)
{
  return folder_begin_path (&m->file, path, err);
}

void
members_header (members_file *m)
{
  FILE *to = m->file.file;

  fprintf (to, "# %c1 ...: %s; t1 ...: predictions at the points\n", m->letter,
           m->what);
  fputs ("member\tp", to);
  for (size_t i = 0; i < m->units; i++)
    fprintf (to, "\t%c%zu", m->letter, i + 1);
  for (size_t i = 0; i < m->points; i++)
    fprintf (to, "\tt%zu", i + 1);
  putc ('\n', to);
}

void
members_put (void *params, uint64_t b, double p, const double u[],
             const double t[])
{
  const members_file *m = params;
  FILE *to = m->file.file;

  fprintf (to, "%llu\t", (unsigned long long)b + 1);
  tool_put_number (to, gsl_isnan (p) ? 0 : p, 17);
  for (size_t i = 0; i < m->units; i++)
    {
      putc ('\t', to);
      tool_put_number (to, u[m->seen + i], 17);
    }
  for (size_t i = 0; i < m->points; i++)
    {
      fputs (gsl_isnan (p) ? "\tNA" : "\t", to);
      if (!gsl_isnan (p))
        tool_put_number (to, t[i], 17);
    }
  putc ('\n', to);
}

int
members_end (members_file *m, int code, bd_error *err)
{
  if (!code)
    return folder_commit (&m->file, err);
  folder_drop (&m->file);
  return code;
}
