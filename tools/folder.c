#include <config.h>

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"

/* The temporary file of the moment, removed when a signal ends the
   program.  */
static char *volatile pending;

static void
clean_up (int signal_number)
{
  if (pending)
    unlink (pending);
  signal (signal_number, SIG_DFL);
  raise (signal_number);
}

static void
watch_signals (void)
{
  static const int list[] = { SIGINT, SIGTERM, SIGHUP };
  struct sigaction old;

  for (size_t k = 0; k < sizeof list / sizeof list[0]; k++)
    if (sigaction (list[k], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
      signal (list[k], clean_up);
}

char *
folder_path (const char *dir, const char *name)
{
  size_t size = strlen (dir) + strlen (name) + 2;
  char *path = malloc (size);

  if (path)
    snprintf (path, size, "%s/%s", dir, name);
  return path;
}

static int
fail_path (bd_error *err, const char *path, const char *what)
{
  return BD_FAIL (err, GSL_EFAILED, "%s: %s: %s", path, what,
                  strerror (errno));
}

/* Make one folder; true if it was not there.  */
static int
make_one (const char *dir, bool *made, bd_error *err)
{
  struct stat st;

  *made = mkdir (dir, 0777) == 0;
  if (*made)
    return GSL_SUCCESS;
  if (errno != EEXIST)
    return fail_path (err, dir, "cannot make this folder");
  if (stat (dir, &st) == 0 && !S_ISDIR (st.st_mode))
    {
      errno = ENOTDIR;
      return fail_path (err, dir, "cannot write a report here");
    }
  return GSL_SUCCESS;
}

/* Make DIR and its parents; *FIRST is how long the first one made is, 0 if
   all were there.  */
static int
make_path (const char *dir, size_t *first, bd_error *err)
{
  size_t length = strlen (dir);
  char *path = strdup (dir);
  int code = path && length ? GSL_SUCCESS : GSL_ENOMEM;
  bool made;

  *first = 0;
  if (code)
    BD_FAIL (err, code, "the folder's name is empty");
  for (size_t k = 1; !code && k <= length; k++)
    {
      if (path[k] != '/' && path[k] != '\0')
        continue;
      path[k] = '\0';
      code = make_one (path, &made, err);
      if (!code && made && *first == 0)
        *first = k;
      path[k] = dir[k];
    }
  free (path);
  return code;
}

int
folder_make (const char *dir, bd_error *err)
{
  size_t first;
  return make_path (dir, &first, err);
}

/* Remove the empty folders from DIR up to the first FIRST characters.  */
static void
remove_path (const char *dir, size_t first)
{
  char *path = strdup (dir);

  for (size_t k = strlen (dir); first && path && k >= first; k--)
    if (path[k] == '/' || path[k] == '\0')
      {
        path[k] = '\0';
        rmdir (path);
      }
  free (path);
}

int
folder_check (const char *dir, bd_error *err)
{
  size_t first;
  folder_file f;
  int code = make_path (dir, &first, err);

  if (!code)
    code = folder_begin (&f, dir, "trial", err);
  if (!code)
    {
      fclose (f.file);
      unlink (f.temporary);
      pending = NULL;
      free (f.path);
      free (f.temporary);
    }
  remove_path (dir, first);
  return code;
}

int
folder_begin (folder_file *f, const char *dir, const char *name, bd_error *err)
{
  mode_t mask = umask (0);
  int fd = -1;

  umask (mask);
  watch_signals ();
  f->path = folder_path (dir, name);
  f->temporary = f->path ? malloc (strlen (f->path) + 8) : NULL;
  if (f->temporary)
    {
      sprintf (f->temporary, "%s.XXXXXX", f->path);
      fd = mkstemp (f->temporary);
    }
  f->file = fd >= 0 ? fdopen (fd, "w") : NULL;
  if (f->file)
    {
      fchmod (fd, 0666 & ~mask);
      pending = f->temporary;
      return GSL_SUCCESS;
    }
  int code = fail_path (err, dir, "cannot write here");
  free (f->path);
  free (f->temporary);
  return code;
}

int
folder_commit (folder_file *f, bd_error *err)
{
  int code = GSL_SUCCESS;
  bool bad = fflush (f->file) || ferror (f->file);

  bad = fclose (f->file) || bad;
  if (bad || rename (f->temporary, f->path))
    {
      code = fail_path (err, f->path, "cannot write");
      unlink (f->temporary);
    }
  pending = NULL;
  free (f->path);
  free (f->temporary);
  return code;
}
