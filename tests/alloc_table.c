/* Memory that runs out at the first, second, third ... allocation while a
   table is read and a data set made from it: an error each time, no crash, no
   leak (sanitizers and valgrind see it).

   Link with the library's objects, not with the shared library, and
   -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc .  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/levels.h"

void *__real_malloc (size_t size);
void *__real_calloc (size_t count, size_t size);
void *__real_realloc (void *old, size_t size);
void *__wrap_malloc (size_t size);
void *__wrap_calloc (size_t count, size_t size);
void *__wrap_realloc (void *old, size_t size);

static size_t left = (size_t)-1; /* allocations that succeed */

static bool
spend (void)
{
  return left > 0 && left--;
}

void *
__wrap_malloc (size_t size)
{
  return spend () ? __real_malloc (size) : NULL;
}

void *
__wrap_calloc (size_t count, size_t size)
{
  return spend () ? __real_calloc (count, size) : NULL;
}

void *
__wrap_realloc (void *old, size_t size)
{
  return spend () ? __real_realloc (old, size) : NULL;
}

static FILE *
make_file (void)
{
  FILE *f = tmpfile ();

  if (!f)
    exit (99);
  fputs ("name,x,\"a \"\"b\"\"\",y,c\n", f);
  for (int i = 0; i < 100; i++)
    fprintf (f, "n%d,%d,%d.5,%d,c%d\n", i, i, 7 * i, i * i, i % 20);
  return f;
}

/* All that is made from S, which T has become.  */
static bool
work_on (const bd_table *t, bd_dataset *s, bd_error *err)
{
  const size_t row[] = { 1, 2, 3 };
  size_t label[100];
  bd_dataset *r = NULL, *numbers = NULL;

  s->truth = gsl_vector_alloc (s->n);
  if (s->truth)
    gsl_vector_memcpy (s->truth, s->y);
  if (s->truth)
    r = bd_dataset_rows (s, row, 3);
  if (r)
    numbers = bd_dataset_numeric (s);
  gsl_matrix *P = numbers ? bd_dataset_points (t, s, err) : NULL;
  bool done = P && bd_table_labels (t, "name", s, label, err) == 100;
  gsl_matrix_free (P);
  bd_dataset_free (numbers);
  bd_dataset_free (r);
  return done;
}

/* All that allocates: read, find, choose, copy.  */
static bool
work (FILE *f, bd_error *err)
{
  bool done = false;
  bd_dataset *s = NULL;

  rewind (f);
  bd_table *t = bd_table_read (f, "f", err);
  if (t)
    s = bd_dataset_from_table (t, "y", NULL, "name", 10, err);
  if (s)
    done = work_on (t, s, err);
  bd_dataset_free (s);
  bd_table_free (t);
  return done;
}

int
main (void)
{
  FILE *f = make_file ();
  bool done = false, told = true;
  size_t count = 0;

  gsl_set_error_handler_off ();
  for (; !done && count < 100000; count++)
    {
      bd_error err = { "" };
      left = count;
      done = work (f, &err);
      left = (size_t)-1;
      if (!done && err.text[0] && !strstr (err.text, "not enough memory"))
        {
          told = false;
          printf ("# allocation %zu: %s\n", count, err.text);
        }
    }
  fclose (f);
  printf ("# %zu allocations\n1..2\n", count - 1);
  printf ("%s 1 - ends\n", done && count > 20 ? "ok" : "not ok");
  printf ("%s 2 - says that memory is short\n", told ? "ok" : "not ok");
  return done && told ? EXIT_SUCCESS : EXIT_FAILURE;
}
