/* What the files of `bagdrop perspectives' share.  */
#ifndef BD_TOOLS_PERSPECTIVES_H
#define BD_TOOLS_PERSPECTIVES_H

#include "../plots/figure.h"
#include "checkpoint.h"
#include "opt.h"
#include "perspective/perspective.h"
#include "tools.h"

/* As typed; NULL, 0 and NaN where nothing was.  */
typedef struct
{
  const char *y, *x, *scenario, *network, *mask, *dir;
  const char *resume; /* a folder */
  size_t rows, R, nets, masks;
  double noise;
  bool quick, classes, dry;
} persp_choices;

/* What was made of it.  */
typedef struct
{
  const char *file; /* of the data, or NULL */
  bool chosen[BD_PERSPECTIVES];
  bd_dataset *data; /* NULL: a scenario */
  bd_perspective_options o;
  char *command;                 /* to run it again */
  const bd_perspective_run *run; /* what came out */
  char *svg[BD_PERSPECTIVES];    /* for the page; NULL: not drawn */
  char *caption[BD_PERSPECTIVES];
} persp_job;

#define PERSP_RECORDS "repetitions.txt"
#define PERSP_PAGE "perspectives.html"
#define PERSP_QUICK 10 /* repetitions with --quick */

/* Operands (NULL where absent) and options into J.  -1 or the status to exit
   with, the mistake told.  */
int persp_choose (const opt_command *c, const persp_choices *q,
                  const char *const operand[2], persp_job *j);

/* Once the data are read: the command to run it again.  NULL: no memory.  */
char *persp_command (const opt_command *c, const persp_job *j);

/* Open the repetitions in Q->dir that J goes on from.  NULL and a sentence. */
checkpoint *persp_records (const persp_choices *q, const persp_job *j,
                           bd_error *err);

/* "-12 % [-20, -3]", "3.2 times [2.8, 3.7]" or "0.12 [0.10, 0.14]".  */
#define PERSP_NUMBER 128
char *persp_number (char to[PERSP_NUMBER], const bd_contrast *c,
                    const bd_interval *over);

/* The name of series S's files and the panels: "perspective-3".  */
#define PERSP_NAME 32
char *persp_name (char to[PERSP_NAME], const bd_perspective_result *p,
                  const char *extension);

/* The verdicts on the terminal; a table of all contrasts; the measures of one
   experiment; the page.  */
void persp_print (const persp_job *j, const char *dir, FILE *to);
void persp_write_verdicts (const persp_job *j, FILE *to);
void persp_write_measures (const persp_job *j, const bd_perspective_result *p,
                           FILE *to);
void persp_write_page (const persp_job *j, FILE *to);

/* What the numbers of an interval rest on: "95 % intervals over 30
   repetitions ..." and, for a quick run, what precision was lost.  */
void persp_put_precision (const persp_job *j, FILE *to);

/* The page of figures of P.  NULL: no memory.  The caller frees.  */
bd_figure *persp_figure (const persp_job *j, const bd_perspective_result *p);

/* All files but the records into DIR, and whether they can be written.  */
int persp_write (persp_job *j, const char *dir, bd_error *err);
int persp_check_files (const persp_job *j, const char *dir, bd_error *err);

#endif
