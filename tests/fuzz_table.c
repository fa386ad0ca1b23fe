/* The table reader against libcsv: random small files, well formed and
   mutated, from a fixed seed.  libcsv tells records and cells only; what
   follows from them (header, numbers, missing cells, ragged rows) is worked
   out here by other means.

   fuzz_table [COUNT [SEED]]  */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if HAVE_LIBCSV
#include <csv.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdint.h>

#include "base/number.h"
#include "data/table.h"

#define CELLS 512
#define TEXT 2048

/* What libcsv has read.  */
typedef struct
{
  size_t rows, cells;
  size_t width[CELLS]; /* cells of each row */
  char *cell[CELLS];
  size_t in_row;
} oracle;

static uint64_t state;

/* A whole number less than N (SplitMix64, Steele, Lea & Flood 2014).  */
static size_t
draw (size_t n)
{
  uint64_t z = state += UINT64_C (0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C (0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C (0x94D049BB133111EB);
  return (size_t)((z ^ (z >> 31)) % n);
}

static void
add_cell (void *text, size_t size, void *data)
{
  oracle *o = data;

  if (o->cells == CELLS)
    abort ();
  char *copy = malloc (size + 1);
  if (!copy)
    abort ();
  if (size)
    memcpy (copy, text, size);
  copy[size] = '\0';
  o->cell[o->cells++] = copy;
  o->in_row++;
}

static void
end_row (int end, void *data)
{
  oracle *o = data;

  (void)end;
  o->width[o->rows++] = o->in_row;
  o->in_row = 0;
}

/* False if libcsv finds an error.  */
static bool
ask_libcsv (const char *text, char separator, oracle *o)
{
  struct csv_parser p;
  size_t size = strlen (text);

  memset (o, 0, sizeof *o);
  if (csv_init (&p, CSV_STRICT | CSV_STRICT_FINI))
    abort ();
  csv_set_delim (&p, (unsigned char)separator);
  bool good = csv_parse (&p, text, size, add_cell, end_row, o) == size
              && csv_fini (&p, add_cell, end_row, o) == 0;
  csv_free (&p);
  return good;
}

static bool
is_missing (const char *text)
{
  static const char blank[] = " \t";
  size_t size = strlen (text);

  while (size && strchr (blank, text[size - 1]))
    size--;
  while (size && strchr (blank, *text))
    text++, size--;
  return size == 0 || (size == 2 && memcmp (text, "NA", 2) == 0);
}

static bool
is_text (const char *text)
{
  double value;

  return !is_missing (text) && !bd_number_parse (text, &value);
}

static bool
has_header (const oracle *o)
{
  for (size_t j = 0; j < o->width[0]; j++)
    if (is_text (o->cell[j]))
      return true;
  return false;
}

/* True for what strtod makes all of, or would with a decimal point.  */
static bool
is_like_number (const char *text)
{
  char copy[TEXT], *end;

  strcpy (copy, text);
  strtod (copy, &end);
  if (end != copy && end[strspn (end, " \t")] == '\0')
    return true;
  char *comma = strchr (copy, ',');
  if (comma)
    *comma = '.';
  double value;
  return comma && bd_number_parse (copy, &value);
}

/* True if the COUNT cells from CELL on, COLUMNS apart, are text.  */
static bool
is_text_column (char *const *cell, size_t columns, size_t count)
{
  size_t texts = 0;

  for (size_t i = 0; i < count; i++)
    {
      if (is_missing (cell[i * columns]))
        continue;
      if (is_like_number (cell[i * columns]))
        return false;
      texts++;
    }
  return texts > 0;
}

/* The same cells against the levels of column K.  */
static bool
same_texts (const bd_column *k, char *const *cell, size_t columns, size_t rows)
{
  for (size_t l = 1; l < k->levels; l++)
    if (strcmp (k->level[l - 1].text, k->level[l].text) >= 0)
      return false;
  for (size_t i = 0; i < rows; i++)
    if (gsl_isnan (k->value[i]) != is_missing (cell[i * columns])
        || (!gsl_isnan (k->value[i])
            && strcmp (k->level[(size_t)k->value[i]].text, cell[i * columns])
                   != 0))
      return false;
  return true;
}

/* The sentence that names what differs, NULL if nothing does.  */
static const char *
compare_column (const bd_table *t, size_t j, const oracle *o)
{
  size_t columns = t->columns, missing = 0, bad = 0;
  size_t first = t->names_line ? 1 : 0;

  if (first && strcmp (t->column[j].name, o->cell[j]) != 0)
    return "a name differs";
  char *const *cells = &o->cell[first * columns + j];
  bool texts = is_text_column (cells, columns, t->rows);
  if (texts != (t->column[j].level != NULL))
    return "only one takes it for text";
  if (texts && !same_texts (&t->column[j], cells, columns, t->rows))
    return "a text differs";
  for (size_t i = 0; i < t->rows; i++)
    {
      const char *cell = o->cell[(i + first) * columns + j];
      double value = GSL_NAN;
      bool number = bd_number_parse (cell, &value);
      missing += is_missing (cell);
      bad += is_text (cell);
      if (texts)
        continue;
      if (number
              ? t->column[j].value[i] < value || t->column[j].value[i] > value
              : !gsl_isnan (t->column[j].value[i]))
        return "a value differs";
    }
  if (missing != t->column[j].missing || bad != t->column[j].bad)
    return "the counts of missing and bad cells differ";
  return NULL;
}

static const char *
compare (const bd_table *t, const oracle *o, bool good, const char *message)
{
  bool ragged = false;
  const char *fault = NULL;

  for (size_t i = 1; i < o->rows; i++)
    ragged = ragged || o->width[i] != o->width[0];
  bool empty = o->rows == 0 || (o->rows == 1 && has_header (o));
  if (!t)
    {
      if (strncmp (message, "f:", 2) != 0)
        return "the message has no place";
      return good && !ragged && !empty ? "only libcsv reads it" : NULL;
    }
  if (!good || ragged || empty)
    return "libcsv does not read it";
  if (t->columns != o->width[0] || t->rows + (t->names_line > 0) != o->rows)
    return "the size differs";
  if ((t->names_line > 0) != has_header (o))
    return "only one has a header";
  for (size_t j = 0; !fault && j < t->columns; j++)
    fault = compare_column (t, j, o);
  return fault;
}

/* A well-formed table that says what separates in its first line.  */
static void
make (char *to, char separator)
{
  static const char *const word[]
      = { "1",        "2.5",        "-3e2",     "NA",       "",
          "\"\"",     "\"4\"",      "ab",       " 7 ",      "\"a\"\"b\"",
          "\"c\nd\"", "\"e,;\tf\"", "\xC3\xA9", "\" 8 \" ", "1,5",
          "\"\r\n\"", "x y" };
  static const char *const end[] = { "\n", "\r\n", "\r", "\n\n", "\n \r\n" };
  size_t columns = 2 + draw (3), rows = draw (5), names = draw (4);
  char one[2] = { separator, '\0' };

  to[0] = '\0';
  for (size_t i = 0; i <= rows; i++)
    {
      for (size_t j = 0; j < columns; j++)
        {
          size_t k = draw (sizeof word / sizeof word[0]);
          if (j)
            strcat (to, one);
          if (i == 0)
            strcat (to, names ? "n" : "6");
          else
            strcat (to, separator == ',' && k == 14 ? "15" : word[k]);
        }
      if (i < rows || draw (2))
        strcat (to, end[draw (sizeof end / sizeof end[0])]);
    }
}

/* Damage behind the first line, which decides how the rest is read.  */
static void
mutate (char *text, char separator)
{
  const char byte[] = { '"', '"', '\n', '\r', ' ', separator, '1', 'z', '\t' };
  size_t head = strcspn (text, "\r\n");

  for (size_t changes = 1 + draw (3); changes > 0; changes--)
    {
      size_t size = strlen (text);
      if (size <= head + 1)
        return;
      size_t at = head + 1 + draw (size - head - 1);
      char *p = text + at;
      switch (draw (3))
        {
        case 0:
          *p = byte[draw (sizeof byte)];
          break;
        case 1:
          memmove (p, p + 1, size - at);
          break;
        default:
          memmove (p + 1, p, size - at + 1);
          *p = byte[draw (sizeof byte)];
        }
    }
}

static bd_table *
read_text (const char *text, bd_error *err)
{
  FILE *f = tmpfile ();

  if (!f || fputs (text, f) < 0)
    abort ();
  rewind (f);
  bd_table *t = bd_table_read (f, "f", err);
  fclose (f);
  return t;
}

/* True if both agree about TEXT.  */
static bool
agree (const char *text, char separator, size_t *read)
{
  static oracle o;
  bd_error err = { "" };
  bd_table *t = read_text (text, &err);
  bool good = ask_libcsv (text, separator, &o);
  const char *fault = compare (t, &o, good, err.text);

  if (fault)
    printf ("# %s (%s):\n# ---\n%s\n# ---\n", fault, err.text, text);
  *read += t != NULL;
  bd_table_free (t);
  for (size_t i = 0; i < o.cells; i++)
    free (o.cell[i]);
  return !fault;
}

int
main (int argc, char **argv)
{
  size_t count = argc > 1 ? strtoul (argv[1], NULL, 10) : 20000;
  size_t read = 0, faults = 0;
  char text[TEXT];

  state = argc > 2 ? strtoul (argv[2], NULL, 10) : 20240229;
  gsl_set_error_handler_off ();
  for (size_t i = 0; i < count && faults < 5; i++)
    {
      char separator = ",;\t"[draw (3)];
      make (text, separator);
      if (i % 2)
        mutate (text, separator);
      faults += !agree (text, separator, &read);
    }
  printf ("# %zu files, %zu of them read\n", count, read);
  printf ("1..1\n%s 1 - reads what libcsv reads\n", faults ? "not ok" : "ok");
  return faults ? EXIT_FAILURE : EXIT_SUCCESS;
}

#else

int
main (void)
{
  puts ("1..0 # SKIP libcsv is not installed");
  puts ("1..0 # SKIP built without libcsv");
  return EXIT_SUCCESS;
}

#endif
