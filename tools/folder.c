#include <config.h>

#include <errno.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"
#include "interrupt.h"
#include "tell.h"

static void
forget (folder_file *f)
{
  interrupt_remove (NULL);
  free (f->path);
  free (f->temporary);
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

static bool
same_file (const struct stat *a, const char *path)
{
  struct stat b;
  return path && stat (path, &b) == 0 && a->st_dev == b.st_dev
         && a->st_ino == b.st_ino;
}

/* Find out whether NAME can be written in DIR.  */
static int
try_name (const char *dir, const char *name, const char *keep, bd_error *err)
{
  struct stat st = { 0 };
  folder_file f;
  int code = folder_begin (&f, dir, name, err);

  if (code)
    return code;
  bool there = stat (f.path, &st) == 0;
  if (there && same_file (&st, keep))
    code = BD_FAIL (err, GSL_EFAILED, "%s: is the input", f.path);
  else if (there && S_ISDIR (st.st_mode))
    {
      errno = EISDIR;
      code = fail_path (err, f.path, "cannot write");
    }
  folder_drop (&f);
  return code;
}

/* One attempt of folder_check.  */
static int
check_once (const char *dir, const char *const names[], const char *keep,
            bd_error *err)
{
  size_t first;
  int code = make_path (dir, &first, err);

  for (; !code && *names; names++)
    code = try_name (dir, *names, keep, err);
  remove_path (dir, first);
  return code;
}

int
folder_check (const char *dir, const char *const names[], const char *keep,
              bd_error *err)
{
  int code = check_once (dir, names, keep, err);

  /* Another run that looked at the same time has removed the folder it had
     made.  */
  for (int k = 0; code && errno == ENOENT && *dir && k < 10; k++)
    code = check_once (dir, names, keep, err);
  return code;
}

/* A device or a pipe is not replaced by a file.  */
static bool
is_special (const char *path)
{
  struct stat is;
  return path && stat (path, &is) == 0 && !S_ISREG (is.st_mode)
         && !S_ISDIR (is.st_mode);
}

int
folder_begin (folder_file *f, const char *dir, const char *name, bd_error *err)
{
  mode_t mask = umask (0);
  int fd = -1;

  umask (mask);
  f->path = folder_path (dir, name);
  f->temporary = NULL;
  if (is_special (f->path))
    {
      BD_FAIL (err, GSL_EFAILED,
               "%s: is a device or a pipe, and a file that appears whole or "
               "not at all cannot be written there",
               f->path);
      forget (f);
      return GSL_EFAILED;
    }
  f->temporary = f->path ? malloc (strlen (f->path) + 8) : NULL;
  if (f->temporary)
    {
      sprintf (f->temporary, "%s.XXXXXX", f->path);
      /* Known before it is there, or a signal could come between.  */
      interrupt_remove (f->temporary);
      fd = mkstemp (f->temporary);
    }
  f->file = fd >= 0 ? fdopen (fd, "w") : NULL;
  if (f->file)
    {
      fchmod (fd, 0666 & ~mask);
      return GSL_SUCCESS;
    }
  int code = fail_path (err, dir, "cannot write here");
  if (fd >= 0)
    {
      close (fd);
      unlink (f->temporary);
    }
  forget (f);
  return code;
}

void
folder_drop (folder_file *f)
{
  fclose (f->file);
  unlink (f->temporary);
  forget (f);
}

int
folder_commit (folder_file *f, bd_error *err)
{
  int code = GSL_SUCCESS;
  bool bad = fflush (f->file) || ferror (f->file);

  /* On the disk before it takes the place of what was there.  Not all file
     systems can.  */
  bad = (fsync (fileno (f->file)) && errno != EINVAL && errno != ENOTSUP)
        || bad;
  bad = fclose (f->file) || bad;
  if (bad || rename (f->temporary, f->path))
    {
      code = fail_path (err, f->path, "cannot write");
      unlink (f->temporary);
    }
  else
    tell_step ("wrote %s", f->path);
  forget (f);
  return code;
}

int
folder_begin_path (folder_file *f, const char *path, bd_error *err)
{
  char *dir = strdup (path), *name = strdup (path);
  int code = GSL_ENOMEM;
  struct stat is;

  if (!*path)
    code = BD_FAIL (err, GSL_EFAILED, "the name of a file to write is empty");
  else if (stat (path, &is) == 0 && S_ISDIR (is.st_mode))
    code = BD_FAIL (err, GSL_EFAILED, "%s: is a folder", path);
  else if (dir && name)
    code = folder_begin (f, dirname (dir), basename (name), err);
  else
    BD_FAIL (err, code, "no memory for the name of a file");
  free (dir);
  free (name);
  return code;
}
