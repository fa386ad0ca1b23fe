/* The file: a header that says what run it belongs to, then a line for each
   piece, written at once and checked by its last word, so that a run that was
   cut short at any byte can go on.  */
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
#include "checkpoint.h"
#include "folder.h"
#include "interrupt.h"
#include "tools.h"

#define WORD 17 /* a number's bits and a space */

typedef struct
{
  size_t k, r, size;
  double *v;
} record;

struct checkpoint
{
  checkpoint_run run;
  int fd, lock; /* of the file; of its folder */
  char *path;
  record *known;
  size_t count, made;
  bd_record_store store;
  int trouble; /* errno of a record that could not be written */
};

/* The first lines of the file: whose it is and what its numbers depend on. */
static char *
make_header (const checkpoint_run *run)
{
  char *text = NULL;
  size_t size;
  FILE *to = open_memstream (&text, &size);

  if (!to)
    return NULL;
  fprintf (to, "bagdrop %s: %s\nversion %s\n", run->command, run->pieces,
           PACKAGE_VERSION);
  run->depends (run->params, to);
  fputs ("--\n", to);
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
  uint64_t check
      = checkpoint_hash (CHECKPOINT_HASH, line, (size_t)(at - line));
  at += sprintf (at, "%016" PRIx64 "\n", check);
  *length = (size_t)(at - line);
  return line;
}

/* Take the line AT, which ends with a newline, into A; false if it is
   damaged.  */
static bool
take_line (checkpoint *a, const char *at)
{
  size_t k, r, size, body = strcspn (at, "\n");
  int head;

  if (sscanf (at, "%18zu %9zu %9zu %n", &k, &r, &size, &head) != 3 || k < 1
      || r < 1 || body != (size_t)head + (size + 1) * WORD - 1
      || strtoull (at + body - 16, NULL, 16)
             != checkpoint_hash (CHECKPOINT_HASH, at, body - 16))
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

/* The line of A, the rest of a file, that starts AT.  */
static void
copy_line (char to[100], const char *at)
{
  char raw[100];

  snprintf (raw, sizeof raw, "%.*s", (int)strcspn (at, "\n"), at);
  bd_text_clean (to, 100, raw);
}

/* The file of this folder begins with OLD and not with HEADER: the first line
   in which they differ is told.  A code if nothing may be replaced.  */
static int
meet_other (const checkpoint *a, const char *dir, const char *old,
            const char *header, bd_error *err)
{
  char was[100], is[100], folder[200], path[256];

  while (strcspn (old, "\n") == strcspn (header, "\n")
         && strncmp (old, header, strcspn (old, "\n")) == 0
         && old[strcspn (old, "\n")])
    {
      old += strcspn (old, "\n") + 1;
      header += strcspn (header, "\n") + 1;
    }
  copy_line (was, old);
  copy_line (is, header);
  bd_text_clean (folder, sizeof folder, dir);
  if (a->run.strict)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s holds %s of another run (%s there, %s here); name "
                    "another folder, or remove %s",
                    folder, a->run.pieces, was, is,
                    bd_text_clean (path, sizeof path, a->path));
  tell_note ("%s holds %s of another run (%s); they are replaced", folder,
             a->run.pieces, was);
  return GSL_SUCCESS;
}

static int
fail_file (const checkpoint *a, int number, bd_error *err)
{
  char path[256];

  return BD_FAIL (err, GSL_EFAILED, "%s: %s",
                  bd_text_clean (path, sizeof path, a->path),
                  strerror (number));
}

/* The file of A into *TEXT, NULL if there is none or it is empty.  One that
   cannot be read is not taken for none: it would be replaced.  */
static int
read_file (const checkpoint *a, char **text, bd_error *err)
{
  FILE *in = fopen (a->path, "r");
  size_t size = 0;

  *text = NULL;
  if (!in)
    return errno == ENOENT ? GSL_SUCCESS : fail_file (a, errno, err);
  errno = 0;
  ssize_t got = getdelim (text, &size, '\0', in);
  int number = errno;
  bool empty = got < 0 && feof (in) && !ferror (in);

  fclose (in);
  if (got >= 0)
    return GSL_SUCCESS;
  free (*text);
  *text = NULL;
  return empty ? GSL_SUCCESS : fail_file (a, number, err);
}

/* Take what file TEXT holds of this run; *GOOD: how many bytes of it are good,
   0 if it is replaced.  */
static int
take_known (checkpoint *a, const char *dir, const char *text,
            const char *header, size_t *good, bd_error *err)
{
  size_t length = strlen (header), magic = strcspn (header, "\n") + 1;
  const char *at = text + length;
  char path[256];

  *good = 0;
  if (strncmp (text, header, strnlen (text, length)) != 0)
    return strncmp (text, header, magic) == 0
               ? meet_other (a, dir, text, header, err)
               : BD_FAIL (err, GSL_EINVAL,
                          "%s: is in the way: it holds no %s of bagdrop %s",
                          bd_text_clean (path, sizeof path, a->path),
                          a->run.pieces, a->run.command);
  if (strlen (text) < length)
    return GSL_SUCCESS;
  while (strchr (at, '\n') && take_line (a, at))
    at = strchr (at, '\n') + 1;
  *good = (size_t)(at - text);
  return GSL_SUCCESS;
}

/* A new file with the header alone.  */
static int
begin_file (const checkpoint *a, const char *dir, const char *header,
            bd_error *err)
{
  folder_file f;
  int code = folder_begin (&f, dir, a->run.file, err);

  if (code)
    return code;
  fputs (header, f.file);
  return folder_commit (&f, err);
}

/* Two runs in one folder would cut off each other's records.  Where locks do
   not work there is none.  */
static int
lock_folder (checkpoint *a, const char *dir, bd_error *err)
{
  char text[256];

  if (folder_make (dir, err))
    return GSL_EFAILED;
  a->lock = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (a->lock >= 0 && flock (a->lock, LOCK_EX | LOCK_NB)
      && errno == EWOULDBLOCK)
    return BD_FAIL (err, GSL_EFAILED,
                    "%s: another run is writing here; wait for it, or name "
                    "another folder",
                    bd_text_clean (text, sizeof text, dir));
  return GSL_SUCCESS;
}

static int
open_file (checkpoint *a, const char *dir, const char *header, bd_error *err)
{
  if (lock_folder (a, dir, err))
    return GSL_EFAILED;
  char *text;
  size_t good = 0;
  int code = read_file (a, &text, err);

  if (text)
    code = take_known (a, dir, text, header, &good, err);
  free (text);
  if (!code && good == 0)
    code = begin_file (a, dir, header, err);
  if (code)
    return code;
  a->fd = open (a->path, O_WRONLY | O_APPEND | O_CLOEXEC);
  if (a->fd < 0 || (good > 0 && ftruncate (a->fd, (off_t)good) != 0))
    return fail_file (a, errno, err);
  return GSL_SUCCESS;
}

static bool
recall (void *params, size_t k, size_t r, size_t size, double v[])
{
  const checkpoint *a = params;

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
tell_made (const checkpoint *a)
{
  char text[400], path[256];

  snprintf (text, sizeof text,
            "bagdrop %s: interrupted; %zu %s are kept in %s, and the same "
            "command goes on from there\n",
            a->run.command, a->count + a->made, a->run.pieces,
            bd_text_clean (path, sizeof path, a->path));
  interrupt_tell (text);
}

static int
keep (void *params, size_t k, size_t r, size_t size, const double v[])
{
  checkpoint *a = params;
  size_t length, done = 0;
  int wrote_errno = ENOMEM;

  /* A line behind half a line is lost.  */
  if (a->trouble)
    return GSL_EFAILED;
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

void
checkpoint_close (checkpoint *a, bd_error *err)
{
  if (!a)
    return;
  interrupt_tell (NULL);
  if (a->trouble)
    {
      char path[256];
      BD_FAIL (err, GSL_EFAILED, "%s: cannot write: %s",
               bd_text_clean (path, sizeof path, a->path),
               strerror (a->trouble));
    }
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

checkpoint *
checkpoint_open (const checkpoint_run *run, const char *dir, bd_error *err)
{
  checkpoint *a = calloc (1, sizeof *a);
  char *header = make_header (run);
  int code = GSL_ENOMEM;

  if (a)
    {
      a->run = *run;
      a->store = (bd_record_store){ recall, keep, a };
      a->fd = a->lock = -1;
      a->path = folder_path (dir, run->file);
    }
  if (a && a->path && header)
    code = open_file (a, dir, header, err);
  else
    BD_FAIL (err, code, "no memory");
  free (header);
  if (!code)
    return a;
  checkpoint_close (a, err);
  return NULL;
}

const bd_record_store *
checkpoint_store (const checkpoint *a)
{
  return &a->store;
}
