/* Pictures that are no single file: TeX with its lines beside it, and plots of
   characters.

   gnuplot writes the name of the picture into the TeX file, so it works in a
   folder of its own, under the final names; the folder is a sibling of these,
   and gone afterwards.  */
#include <config.h>

#include <errno.h>
#include <gsl/gsl_errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "figure.h"
#include "gnuplot.h"

static const struct
{
  const char *term, *extension, *end;
} kinds[] = { { "cairolatex", ".pdf", "%%EOF" },
              { "epslatex", ".eps", "%%Trailer" } };

#define KINDS (sizeof kinds / sizeof *kinds)
#define LONGEST 80 /* name of a TeX file */

/* A folder for the work, and where its two files go.  */
typedef struct
{
  char *work, *tex, *picture, *final_picture;
} places;

/* A, B and C as one new string.  */
static char *
join (const char *a, const char *b, const char *c)
{
  size_t size = strlen (a) + strlen (b) + strlen (c) + 1;
  char *text = malloc (size);

  if (text)
    snprintf (text, size, "%s%s%s", a, b, c);
  return text;
}

/* Length of OUT without ".tex", 0 if TeX could not find the picture by it.  */
static size_t
stem (const char *out)
{
  const char *name = strrchr (out, '/') ? strrchr (out, '/') + 1 : out;
  size_t n = strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-_"
                           "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

  return n > 0 && n < LONGEST && !strcmp (name + n, ".tex")
             ? (size_t)(name - out) + n
             : 0;
}

/* Ends FILE as it should?  */
static bool
ends_with (const char *file, const char *marker)
{
  char tail[65] = "";
  FILE *in = fopen (file, "rb");

  if (!in)
    return false;
  if (fseek (in, -64, SEEK_END) != 0)
    rewind (in);
  size_t n = fread (tail, 1, sizeof tail - 1, in);
  fclose (in);
  for (size_t i = 0; i < n; i++)
    if (tail[i] == '\0')
      tail[i] = ' ';
  return strstr (tail, marker) != NULL;
}

static int
put_in_place (const places *p, size_t kind, const char *out, bd_error *err)
{
  if (!ends_with (p->tex, "\\endgroup")
      || !ends_with (p->picture, kinds[kind].end))
    return BD_FAIL (err, GSL_EFAILED,
                    "%s: gnuplot left an incomplete picture (disk full?)",
                    out);
  if (rename (p->picture, p->final_picture) != 0 || rename (p->tex, out) != 0)
    return BD_FAIL (err, GSL_EFAILED, "%s: %s", out, strerror (errno));
  return GSL_SUCCESS;
}

/* The shell only changes the folder: all names are its arguments.  */
static int
draw (const char *script, size_t kind, const places *p, const char *out,
      bd_error *err)
{
  char shell[] = "sh", c[] = "-c", option[LONGEST + 80];
  char line[] = "cd \"$1\" && exec gnuplot -d -e \"$2\" \"$3\"";
  char *path = realpath (script, NULL);
  char *argv[] = { shell, c, line, shell, p->work, option, path, NULL };
  int code;

  /* A descriptor that is a deleted file has a path that leads nowhere.  */
  if (strncmp (script, "/dev/fd/", 8) == 0 || !path)
    {
      free (path);
      argv[6] = path = strdup (script);
    }
  if (!path)
    return BD_FAIL (err, GSL_ENOMEM, "no memory to draw %s", out);
  snprintf (option, sizeof option, "term='%s'; out='%s'", kinds[kind].term,
            strrchr (p->tex, '/') + 1);
  code = bd_gnuplot_run (argv, STDERR_FILENO, out, err);
  free (path);
  return code ? code : put_in_place (p, kind, out, err);
}

static void
free_places (places *p)
{
  free (p->work);
  free (p->tex);
  free (p->picture);
  free (p->final_picture);
}

/* Fill P for OUT, whose stem has N bytes; the folder is made.  */
static int
make_places (places *p, const char *out, size_t n, const char *extension,
             bd_error *err)
{
  char *base = strdup (out);
  const char *name;

  if (!base)
    return BD_FAIL (err, GSL_ENOMEM, "no memory to draw %s", out);
  base[n] = '\0';
  name = strrchr (base, '/') ? strrchr (base, '/') + 1 : base;
  p->work = join (out[0] == '/' ? "" : "./", base, ".XXXXXX");
  p->final_picture = join (base, extension, "");
  bool made = p->work && mkdtemp (p->work);
  int problem = errno;
  char *dir = made ? join (p->work, "/", name) : NULL;
  p->tex = dir ? join (dir, ".tex", "") : NULL;
  p->picture = dir ? join (dir, extension, "") : NULL;
  free (dir);
  free (base);
  if (p->work && !made)
    return BD_FAIL (err, GSL_EFAILED, "%s: %s", out, strerror (problem));
  if (p->final_picture && p->tex && p->picture)
    return GSL_SUCCESS;
  if (made)
    rmdir (p->work);
  return BD_FAIL (err, GSL_ENOMEM, "no memory to draw %s", out);
}

int
bd_gnuplot_tex (const char *script, const char *term, const char *out,
                bd_error *err)
{
  size_t kind = 0, n = stem (out);
  places p = { NULL, NULL, NULL, NULL };
  int code;

  while (kind < KINDS && strcmp (kinds[kind].term, term) != 0)
    kind++;
  if (kind == KINDS)
    return BD_FAIL (err, GSL_EINVAL, "no TeX terminal '%s'", term);
  if (n == 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s: the name of a TeX figure is letters, digits, - and "
                    "_, then .tex",
                    out);
  bd_signals_hold ();
  code = make_places (&p, out, n, kinds[kind].extension, err);
  if (!code)
    {
      code = draw (script, kind, &p, out, err);
      unlink (p.tex);
      unlink (p.picture);
      rmdir (p.work);
    }
  bd_signals_release ();
  free_places (&p);
  return code;
}

/* Empty lines at the end are left out.  */
static void
copy_text (FILE *from, FILE *to)
{
  size_t lines = 0, blanks = 0;
  int c;

  while ((c = getc (from)) != EOF)
    if (c == '\n')
      lines++, blanks = 0;
    else if (c == ' ')
      blanks++;
    else if (c != '\f')
      {
        for (; lines > 0; lines--)
          putc ('\n', to);
        for (; blanks > 0; blanks--)
          putc (' ', to);
        putc (c, to);
      }
  putc ('\n', to);
}

int
bd_gnuplot_show (const char *script, size_t columns, FILE *to, bd_error *err)
{
  FILE *text = tmpfile ();
  char gnuplot[] = "gnuplot", d[] = "-d", e[] = "-e", option[80];
  char *path = join (strchr (script, '/') ? "" : "./", script, "");
  char *argv[] = { gnuplot, d, e, option, path, NULL };
  int code;

  snprintf (option, sizeof option, "term='dumb'; columns=%zu", columns);
  if (!text || !path)
    code = BD_FAIL (err, GSL_ENOMEM, "no room for a plot: %s",
                    strerror (errno));
  else
    {
      bd_signals_hold ();
      code = bd_gnuplot_run (argv, fileno (text), "plot", err);
      bd_signals_release ();
    }
  if (!code)
    {
      rewind (text);
      copy_text (text, to);
    }
  if (text)
    fclose (text);
  free (path);
  return code;
}
