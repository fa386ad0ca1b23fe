/* What the files of `bagdrop dropout' share.  */
#ifndef BD_TOOLS_DROPOUT_H
#define BD_TOOLS_DROPOUT_H

#include "opt.h"
#include "study/dropping.h"
#include "tools.h"

/* As typed; NULL, 0 and NaN where nothing was.  */
typedef struct
{
  const char *y, *x, *points, *dump, *save, *net;
  const char *hidden, *units, *output, *optimiser, *schedule;
  const char *rate, *mask, *predict, *interval;
  const char *influence, *figures;
  const char *part;
  opt_members members; /* no total */
  size_t steps, epochs, batch, masks, untied;
  double learning_rate, decay, max_norm, stop;
  uint64_t seed;
  int threads;
  bool dry, simultaneous;
} drop_choices;

/* What was made of it.  */
typedef struct
{
  const char *file;
  const bd_output *output;         /* asked for; NULL: what the response asks
                                      for */
  const bd_prediction *prediction; /* asked for, or NULL */
  bool search;                     /* --rate auto */
  bd_rate_search found;
  bd_dataset *data;   /* NULL: a given network without data */
  bool answered;      /* data has a response */
  bd_dataset *inputs; /* names and levels of the inputs that are printed: data,
                         or made of a given network's names */
  gsl_matrix *X;      /* data as numbers */
  gsl_matrix *P, *Z;  /* points as read, and as numbers */
  bd_net_model *given; /* from --net */
  char **names;        /* the given network's, or NULL */
  char **class_name;   /* of the response's classes, or NULL; not owned */
  char **own_names;    /* the same, cut out of a given network's names */
  bd_dropping o;
  bool dumped; /* the masks go to a file, for which they are drawn */
} drop_job;

/* The pieces named by Q into J.  Returns -1 or the status to exit with, the
   mistake told.  */
int drop_choose (const opt_command *c, const drop_choices *q, drop_job *j);

/* Read data and points.  Returns -1 or a status, with the sentence in ERR.  */
int drop_read (const drop_choices *q, drop_job *j, bd_error *err);
void drop_free (drop_job *j);

/* The same for a given network, which is read first; inputs are found by the
   names that stand in its file.  */
int drop_read_net (const drop_choices *q, drop_job *j, bd_error *err);
int drop_read_rows (const drop_choices *q, drop_job *j, bd_error *err);

/* A data set of N rows with the names of the given network's inputs.  NULL
   when memory is short.  */
bd_dataset *drop_named (const drop_job *j, size_t n);

/* Find out, before the work is done, whether Q's file can be written.  */
int drop_try_save (const drop_choices *q, bd_error *err);

/* Write MODEL, or the given network, to Q's file.  */
int drop_save (const drop_choices *q, const drop_job *j,
               const bd_net_model *model, bd_error *err);

/* Notes and rows on standard output; the lines that say how the run could be
   made again to TO.  */
void drop_print (const drop_choices *q, const drop_job *j,
                 const bd_dropped *a);
void drop_put_origin (FILE *to, const drop_choices *q, const drop_job *j);

/* Notes between the origin and the explanation of the columns; the parts of
   them that belong to enumerations and untied networks.  */
void drop_put_notes (const drop_choices *q, const drop_job *j,
                     const bd_dropped *a);
void drop_put_kept (const drop_job *j, const bd_dropped *a);
void drop_put_untied (const drop_job *j, const bd_dropped *a);

/* The files of --influence and --figures, and a note about them.  */
int drop_influence (const drop_choices *q, const drop_job *j,
                    const bd_dropped *a, bd_error *err);
void drop_put_influence (const drop_choices *q, const drop_job *j,
                         const bd_dropped *a);
/* Write the masks that Q names to its file instead.  Returns a status, a
   mistake of usage told.  */
int drop_part (const opt_command *c, const drop_choices *q, drop_job *j,
               bd_error *err);

/* Have the masks drawn by all processes that run J, where there are several;
   released by ranks_free.  Returns as ranks_members; what draws no masks is
   left to the first process.  */
int drop_share (drop_job *j, bd_stored *all, bd_error *err);

/* The command, with masks made before or NULL.  */
int drop_main (int argc, char **argv, const bd_stored *stored);

/* Train a little, and say how long all of it would take.  */
int drop_print_cost (const drop_job *j, bd_error *err);

#endif
