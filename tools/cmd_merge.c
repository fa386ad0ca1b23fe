#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "bag.h"
#include "dropout.h"
#include "inputs.h"

#define NAME "merge"

static const char text[]
    = "Each PART was written by 'bagdrop bag --part' or 'bagdrop dropout "
      "--part', on\nthis machine or another one like it, with the same "
      "options "
      "but --members,\n--part and --threads.  The files that these runs read "
      "are in the parts.\nMembers are read from the files as they are needed; "
      "memory is that of a run in\none piece.\n\n"
      "Examples:\n"
      "  bagdrop bag mcycle.csv -B 1000 --members 1:500 --part a.part\n"
      "  bagdrop bag mcycle.csv -B 1000 --members 501:1000 --part b.part\n"
      "  bagdrop merge a.part b.part > curve.tsv\n";

/* The words of the run that PART belongs to, ended by NULL; each is freed, and
   the list.  */
static char **
words_of (const bd_part_head *h, int threads)
{
  char **word = calloc (h->options + 4, sizeof *word);
  size_t count = 0, size;

  if (!word)
    return NULL;
  word[count++] = strdup (h->command);
  for (size_t k = 0; k < h->options; k++)
    {
      const bd_part_option *o = &h->option[k];
      size = strlen (o->name) + strlen (o->value) + 4;
      if (*o->name && (word[count] = malloc (size)))
        snprintf (word[count++], size, "--%s%s%s", o->name,
                  *o->value ? "=" : "", o->value);
    }
  if (threads && (word[count] = malloc (32)))
    snprintf (word[count++], 32, "--threads=%d", threads);
  if (h->options && !*h->option[h->options - 1].name)
    {
      word[count++] = strdup ("--");
      word[count] = strdup (h->option[h->options - 1].value);
    }
  return word;
}

/* Go on as the command that the parts come from.  */
static int
go_on (const bd_part_head *h, const bd_stored *all, int threads)
{
  char **word = words_of (h, threads);
  int count = 0, status = EXIT_FAILURE;

  while (word && word[count])
    count++;
  inputs_give (h->input, h->inputs);
  if (word && strcmp (h->command, "bag") == 0)
    status = bag_main (count, word, all);
  else if (word && strcmp (h->command, "dropout") == 0)
    status = drop_main (count, word, all);
  inputs_end ();
  for (int k = 0; k < count; k++)
    free (word[k]);
  free (word);
  return status;
}

static int
merge (const char *const path[], size_t count, int threads)
{
  bd_part **part = calloc (count, sizeof (bd_part *));
  bd_stored all = { 0 };
  bd_error err = { "" };
  int code = part ? GSL_SUCCESS : GSL_ENOMEM, status = EXIT_FAILURE;

  for (size_t k = 0; !code && k < count; k++)
    if (!(part[k] = bd_part_read (path[k], &err)))
      code = GSL_EFAILED;
  if (!code)
    code = bd_parts_join (part, count, &all, &err);
  if (!code)
    status = go_on (&part[0]->head, &all, threads);
  else
    tool_fail (NAME, &err);
  for (size_t k = 0; part && k < count; k++)
    bd_part_free (part[k]);
  free (part);
  free ((void *)(uintptr_t)all.piece);
  return status;
}

int
cmd_merge (int argc, char **argv)
{
  int threads = 0;
  const opt_option table[] = {
    { "threads", 't', OPT_INT, &threads, 1, 1024, "N",
      "threads; has no effect on the numbers (default: all)" },
    { NULL, 0, OPT_FLAG, NULL, 0, 0, NULL, NULL },
  };
  const opt_command c = {
    NAME,
    "[OPTION]... PART...",
    "Put the parts of a run together: prints what the whole run would have "
    "printed.",
    text,
    table,
    argc
  };
  const char **path = calloc ((size_t)argc, sizeof *path);
  int status = path ? opt_parse (&c, argc, argv, path) : EXIT_FAILURE;
  size_t count = 0;

  while (path && count < (size_t)argc && path[count])
    count++;
  if (status < 0 && count == 0)
    status = opt_usage_error (&c, "name the parts of a run");
  if (status < 0)
    status = merge (path, count, threads);
  free (path);
  return status;
}
