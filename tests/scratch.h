/* For tests that write files: a folder of their own, gone afterwards.  */
#ifndef BD_TESTS_SCRATCH_H
#define BD_TESTS_SCRATCH_H

#include <check.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../plots/figure.h"

static char folder[] = "check-XXXXXX";
static char *home;

static inline void
in_folder (void)
{
  memcpy (folder + strlen (folder) - 6, "XXXXXX", 6);
  home = getcwd (NULL, 0);
  ck_assert_ptr_nonnull (mkdtemp (folder));
  ck_assert_int_eq (chdir (folder), 0);
}

static inline void
out_of_folder (void)
{
  static const char *const files[]
      = { "f.gp",  "f.svg",   "g.svg",     "f.pdf",
          "f.png", "gnuplot", "<cat f.gp", NULL };
  for (int i = 0; files[i]; i++)
    unlink (files[i]);
  ck_assert_int_eq (chdir (home), 0);
  ck_assert_msg (rmdir (folder) == 0, "something was left in %s", folder);
  free (home);
}

static inline char *
read_file (const char *name)
{
  FILE *f = fopen (name, "rb");
  char *text = calloc (1, 1 << 22);

  ck_assert_ptr_nonnull (f);
  ck_assert_ptr_nonnull (text);
  ck_assert_uint_lt (fread (text, 1, (1 << 22) - 1, f), (1 << 22) - 1);
  fclose (f);
  return text;
}

static inline bool
exists (const char *name)
{
  struct stat s;
  return lstat (name, &s) == 0;
}

static inline void
write_script (const char *name, bd_figure *f)
{
  FILE *to = fopen (name, "w");

  ck_assert_ptr_nonnull (to);
  ck_assert_int_eq (bd_figure_write (f, to), GSL_SUCCESS);
  ck_assert_int_eq (fclose (to), 0);
  bd_figure_free (f);
}

#endif
