/* Records of repetitions in a text file: a header that says what run they
   belong to, then a line for each repetition, written at once and checked by
   its last word, so that a run that was cut short at any byte can go on.  */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/number.h"
#include "base/text.h"
#include "folder.h"
#include "interrupt.h"
#include "perspectives.h"

#define MAGIC "bagdrop perspectives: repetitions"
#define WORD 17 /* a number's bits and a space */

typedef struct
{
  size_t k, r, size;
  double *v;
} record;

struct persp_records
{
  int fd, lock; /* of the file; of its folder */
  char *path;
  record *known;
  size_t count, made;
  int trouble; /* errno of a record that could not be written */
};

/* Fowler, Noll and Vo's hash, 64 bits, variant 1a.  */
static uint64_t
hash (uint64_t h, const void *data, size_t size)
{
  const unsigned char *s = data;

  for (size_t i = 0; i < size; i++)
    h = (h ^ s[i]) * UINT64_C (1099511628211);
  return h;
}
#define HASH_START UINT64_C (14695981039346656037)

static uint64_t
hash_data (const bd_dataset *d)
{
  uint64_t h = hash (HASH_START, &d->n, sizeof d->n);

  h = hash (h, &d->classes, sizeof d->classes);
  for (size_t i = 0; i < d->n; i++)
    {
      double y = gsl_vector_get (d->y, i);
      h = hash (h, gsl_matrix_const_ptr (d->X, i, 0), d->d * sizeof (double));
      h = hash (h, &y, sizeof y);
    }
  return h;
}

/* What the numbers depend on, a line each: a word, a space, the value.  */
static void
put_header (const persp_job *j, FILE *to)
{
  const bd_perspective_options *o = &j->o;
  char noise[BD_NUMBER_SIZE], text[1024];

  fprintf (to, "%s\nversion %s\nseed %" PRIu64 "\n", MAGIC, PACKAGE_VERSION,
           o->seed);
  if (o->scenario)
    fprintf (to, "data %s\nnoise %s\n", o->scenario->name,
             bd_number_print (noise, o->noise, 17));
  else
    fprintf (to, "data %016" PRIx64 "\nnoise -\n", hash_data (o->data));
  fprintf (to, "rows %zu\nnetworks %zu\nmasks %zu\n", o->n, o->nets, o->masks);
  fprintf (to, "network %s\n",
           bd_text_clean (text, sizeof text, o->network ? o->network : ""));
  fprintf (to, "mask %s\n--\n", bd_text_clean (text, sizeof text, o->mask));
}

static char *
make_header (const persp_job *j)
{
  char *text = NULL;
  size_t size;
  FILE *to = open_memstream (&text, &size);

  if (!to)
    return NULL;
  put_header (j, to);
  if (fclose (to) == 0)
    return text;
  free (text);
  return NULL;
}

/* A line as it is written.  NULL: no memory.  */
static char *
make_line (size_t k, size_t r, size_t size, const double v[], size_t *length)
{
  char *line = malloc (100 + (size + 1) * WORD), *at = line;

  if (!line)
    return NULL;
  at += sprintf (at, "%zu %zu %zu ", k + 1, r + 1, size);
  for (size_t i = 0; i < size; i++)
    {
      uint64_t bits;
      memcpy (&bits, &v[i], sizeof bits);
      at += sprintf (at, "%016" PRIx64 " ", bits);
    }
  uint64_t check = hash (HASH_START, line, (size_t)(at - line));
  at += sprintf (at, "%016" PRIx64 "\n", check);
  *length = (size_t)(at - line);
  return line;
}

/* Take the line AT, which ends with a newline, into A; false if it is
   damaged.  */
static bool
take_line (persp_records *a, const char *at)
{
  size_t k, r, size, body = strcspn (at, "\n");
  int head;

  if (sscanf (at, "%4zu %9zu %9zu %n", &k, &r, &size, &head) != 3 || k < 1
      || r < 1 || k > BD_PERSPECTIVES
      || body != (size_t)head + (size + 1) * WORD - 1
      || strtoull (at + body - 16, NULL, 16)
             != hash (HASH_START, at, body - 16))
    return false;
  record *more = realloc (a->known, (a->count + 1) * sizeof *more);
  double *v = calloc (size + 1, sizeof *v);
  if (more)
    a->known = more;
  if (!more || !v)
    {
      free (v);
      return false;
    }
  for (size_t i = 0; i < size; i++)
    {
      uint64_t bits = strtoull (at + (size_t)head + i * WORD, NULL, 16);
      memcpy (&v[i], &bits, sizeof bits);
    }
  a->known[a->count++] = (record){ k - 1, r - 1, size, v };
  return true;
}

/* The first line in which the headers differ, told.  */
static void
tell_other (const char *dir, const char *old, const char *header)
{
  char was[100], text[200];

  for (; *old && *header; old += strcspn (old, "\n"), old += *old != '\0',
                          header += strcspn (header, "\n"), header++)
    {
      size_t length = strcspn (old, "\n");
      if (length == strcspn (header, "\n")
          && strncmp (old, header, length) == 0)
        continue;
      snprintf (was, sizeof was, "%.*s", (int)length, old);
      break;
    }
  tell_note ("%s holds repetitions of another run (%s); they are replaced",
             bd_text_clean (text, sizeof text, dir),
             bd_text_clean (was, sizeof was, was));
}

/* The whole of an open file.  */
static char *
read_all (FILE *in)
{
  char *text = NULL;
  size_t size = 0;
  ssize_t got = getdelim (&text, &size, '\0', in);

  if (got >= 0 && !ferror (in))
    return text;
  free (text);
  return NULL;
}

/* Take what file TEXT holds of this run; how many bytes of it are good.  0: it
   belongs to another run.  */
static size_t
take_known (persp_records *a, const char *dir, const char *text,
            const char *header)
{
  const char *at = text + strlen (header);

  if (strncmp (text, header, strlen (header)) != 0)
    {
      if (strncmp (text, MAGIC, strlen (MAGIC)) == 0)
        tell_other (dir, text, header);
      return 0;
    }
  while (strchr (at, '\n') && take_line (a, at))
    at = strchr (at, '\n') + 1;
  return (size_t)(at - text);
}

/* A new file with the header alone.  */
static int
begin_file (const char *dir, const char *header, bd_error *err)
{
  folder_file f;
  int code = folder_begin (&f, dir, PERSP_RECORDS, err);

  if (code)
    return code;
  fputs (header, f.file);
  return folder_commit (&f, err);
}

/* Two runs in one folder would cut off each other's records.  Where locks do
   not work there is none.  */
static int
lock_folder (persp_records *a, const char *dir, bd_error *err)
{
  char text[256];

  if (folder_make (dir, err))
    return GSL_EFAILED;
  a->lock = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (a->lock >= 0 && flock (a->lock, LOCK_EX | LOCK_NB)
      && errno == EWOULDBLOCK)
    return BD_FAIL (err, GSL_EFAILED,
                    "%s: another run is writing here; wait for it, or name "
                    "another folder with -o",
                    bd_text_clean (text, sizeof text, dir));
  return GSL_SUCCESS;
}

static int
open_file (persp_records *a, const char *dir, const char *header,
           bd_error *err)
{
  if (lock_folder (a, dir, err))
    return GSL_EFAILED;
  FILE *in = fopen (a->path, "r");
  char *text = in ? read_all (in) : NULL;
  size_t good = text ? take_known (a, dir, text, header) : 0;

  free (text);
  if (in)
    fclose (in);
  if (good == 0 && begin_file (dir, header, err))
    return GSL_EFAILED;
  a->fd = open (a->path, O_WRONLY | O_APPEND | O_CLOEXEC);
  if (a->fd < 0 || (good > 0 && ftruncate (a->fd, (off_t)good) != 0))
    return BD_FAIL (err, GSL_EFAILED, "%s: %s", a->path, strerror (errno));
  return GSL_SUCCESS;
}

persp_records *
persp_records_open (const persp_job *j, const char *dir, bd_error *err)
{
  persp_records *a = calloc (1, sizeof *a);
  char *header = make_header (j);
  int code = GSL_ENOMEM;

  if (a)
    {
      a->fd = a->lock = -1;
      a->path = folder_path (dir, PERSP_RECORDS);
    }
  if (a && a->path && header)
    code = open_file (a, dir, header, err);
  else
    BD_FAIL (err, code, "no memory");
  free (header);
  if (!code)
    return a;
  persp_records_close (a);
  return NULL;
}

void
persp_records_close (persp_records *a)
{
  if (!a)
    return;
  interrupt_tell (NULL);
  for (size_t i = 0; i < a->count; i++)
    free (a->known[i].v);
  free (a->known);
  free (a->path);
  if (a->fd >= 0)
    close (a->fd);
  if (a->lock >= 0)
    close (a->lock);
  free (a);
}

static bool
recall (void *params, size_t k, size_t r, size_t size, double v[])
{
  const persp_records *a = params;

  for (size_t i = 0; i < a->count; i++)
    {
      const record *one = &a->known[i];
      if (one->k != k || one->r != r || one->size != size)
        continue;
      memcpy (v, one->v, size * sizeof *v);
      return true;
    }
  return false;
}

/* What is said when a signal ends the run.  */
static void
tell_made (const persp_records *a)
{
  char text[400], path[256];

  snprintf (text, sizeof text,
            "bagdrop perspectives: interrupted; %zu repetitions are kept in "
            "%s, and the same command goes on from there\n",
            a->count + a->made, bd_text_clean (path, sizeof path, a->path));
  interrupt_tell (text);
}

static int
keep (void *params, size_t k, size_t r, size_t size, const double v[])
{
  persp_records *a = params;
  size_t length, done = 0;
  int wrote_errno = ENOMEM;
  char *line = make_line (k, r, size, v, &length);

  while (line && done < length)
    {
      ssize_t wrote = write (a->fd, line + done, length - done);
      if (wrote < 0 && errno == EINTR)
        continue;
      if (wrote <= 0)
        {
          wrote_errno = wrote < 0 ? errno : ENOSPC;
          break;
        }
      done += (size_t)wrote;
    }
  bool whole = line && done == length;
  free (line);
  a->made += whole;
  if (whole)
    tell_made (a);
  else
    a->trouble = wrote_errno;
  return whole ? GSL_SUCCESS : GSL_EFAILED;
}

int
persp_records_trouble (const persp_records *a, bd_error *err)
{
  if (!a->trouble)
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EFAILED, "%s: cannot write: %s", a->path,
                  strerror (a->trouble));
}

bd_record_store
persp_records_hooks (persp_records *a)
{
  return (bd_record_store){ recall, keep, a };
}
