/* Six perspectives on why dropout works, each an experiment that may come out
   either way.

   An experiment is repeated R times: on fresh data sets of a scenario, whose
   truth is known, or on random splits of a table.  Each repetition trains all
   arms on the same rows and writes a record of numbers; everything that is
   said afterwards is a function of the R records.  A claim is a set of
   contrasts, each with its 95 % interval over the repetitions.  It is
   confirmed when every contrast that decides lies wholly on its side of zero,
   refuted when one lies wholly on the other side, else undecided.

   Splits of one table share rows; their intervals are widened for it as by
   Nadeau & Bengio (2003).  */
#ifndef BD_PERSPECTIVE_PERSPECTIVE_H
#define BD_PERSPECTIVE_PERSPECTIVE_H

#include "../base/progress.h"
#include "../base/store.h"
#include "../data/dataset.h"
#include "../data/scenario.h"
#include "../score/score.h"
#include "layout.h"

#define BD_PERSPECTIVES 6
#define BD_CONTRASTS 12 /* most of an experiment */

typedef struct
{
  const bd_scenario *scenario; /* NULL: the rows of data */
  const bd_dataset *data;      /* of numbers; outlives the run */
  size_t n;            /* rows of a simulated data set; most training rows of a
                          split of a table */
  double noise;        /* standard deviation of the simulated noise */
  const char *network; /* knobs over the defaults of networks, or NULL */
  const char *mask;    /* law of the masks with its knobs */
  size_t R;            /* repetitions */
  size_t nets;         /* members of ensembles of networks */
  size_t masks;        /* random masks that predictions are averaged over */
  uint64_t seed;
  bool null;   /* for tests of the verdicts: every arm is a single network
                  that differs from the others by its seed alone, so that no
                  claim about a difference between arms is true */
  int threads; /* below 1: as many as OpenMP gives; changes no number */
  bd_progress progress;
} bd_perspective_options;

/* The sine of 60 rows; 50 repetitions, 10 networks, 100 masks, Bernoulli
   masks, seed 1.  */
bd_perspective_options bd_perspective_options_default (void);

typedef enum
{
  BD_UNDECIDED,
  BD_CONFIRMED,
  BD_REFUTED
} bd_word;

/* "confirmed", "refuted", "undecided".  */
const char *bd_word_text (bd_word word);

/* One number of a repetition whose sign tells for the claim or against it. */
typedef struct
{
  const char *what; /* "loss of ... over that of ..." */
  bool decides;     /* else it is told beside */
  bool ratio;       /* a log ratio, told as a change in per cent */
  int side;         /* -1: below zero speaks for the claim; 1: above */

  /* The number in record V, NaN: unknown.  NULL: MEASURE of arm ARM against
     arm BASE, as a log ratio or else as a difference.  */
  double (*value) (const bd_layout *l, const double v[]);
  const char *measure;
  size_t arm, base;
} bd_contrast;

double bd_contrast_value (const bd_contrast *c, const bd_layout *l,
                          const double v[]);

typedef struct
{
  bd_interval over; /* repetitions */
  size_t used;      /* of them, where the number is known */
  bd_word word;
} bd_contrast_result;

/* Something that theory says is exact, and how far off it is at most.  */
typedef struct
{
  const char *what; /* NULL ends a list */
  double (*value) (const bd_layout *l, const double v[]);
} bd_fact;

/* A panel of the experiment's page.  */
typedef enum
{
  BD_PANEL_LINES,
  BD_PANEL_ROWS, /* a dot with its interval for each arm */
  BD_PANEL_MEMBERS
} bd_panel_kind;

typedef struct
{
  bd_panel_kind kind;
  const char *title, *xlab, *ylab, *note;
  int log_x, log_y;    /* log_x = 2: powers of two */
  bool zero;           /* a guide at 0 */
  const char *measure; /* NULL ends a list; of members: the arm's picture */
  const char *second;  /* another measure, or NULL; of rows: open marks; of
                          lines: the line on which the first one's numbers
                          stand as marks */
  const char *along;   /* of lines: the arm's measure whose means are the
                          places, not those of the series; or NULL */
  uint32_t arms;       /* bit A: arm A is shown; 0: all that have it */
} bd_panel;

/* Members' curves for a picture, from one repetition.  */
typedef struct
{
  size_t m, members;
  const char *title;
  size_t arm;
  double *x, *truth, *mean; /* m; truth NaN where it is not known */
  double *member;           /* members x m */
  size_t points;
  double *point; /* points x 2: x, y */
} bd_picture;
void bd_picture_free (bd_picture *p);

#define BD_PICTURES 3

struct bd_repetition;

typedef struct bd_perspective
{
  const char *name;  /* in files */
  const char *title; /* for people */

  /* Paragraphs for the page: the claim in one sentence, what was done, what
     would have refuted it, literature, what it means for the reader's
     data.  */
  const char *claim, *done, *refuted, *literature, *meaning;

  size_t least;        /* training rows */
  const char *classes; /* why it has no meaning for a response of classes, or
                          NULL: it has one */

  /* Arms and series of the record.  GSL_ENOMEM.  */
  int (*plan) (const bd_perspective_options *o, bd_layout *l);

  /* Fill the record V of L, which is all NaN.  GSL_ERUNAWAY: a training
     diverged, and the repetition is left out and counted.  */
  int (*measure) (const struct bd_repetition *r, const bd_layout *l,
                  double v[], bd_error *err);

  const bd_contrast *contrast; /* ends with what = NULL; those that decide
                                  first */
  const bd_fact *fact;         /* or NULL */
  const bd_panel *panel;       /* ends with measure = NULL; at most 6 */

  /* Curves of the first BD_PICTURES arms for panels of members, from
     repetition R; NULL: none.  Only for one input.  */
  int (*picture) (const struct bd_repetition *r, const bd_layout *l,
                  bd_picture p[BD_PICTURES], bd_error *err);

  double cost; /* of a repetition, in seconds on some machine */
} bd_perspective;

extern const bd_perspective bd_perspective_interference,
    bd_perspective_ensemble, bd_perspective_filter, bd_perspective_universal,
    bd_perspective_regularise, bd_perspective_gradual;

/* Number k is bd_perspectives[k - 1].  */
extern const bd_perspective *const bd_perspectives[BD_PERSPECTIVES];

typedef struct
{
  const bd_perspective *type;
  size_t number; /* 1 .. 6 */
  bd_layout layout;
  double *value; /* R x layout.size */
  size_t failed; /* repetitions in which a training diverged */
  bd_contrast_result contrast[BD_CONTRASTS];
  bd_word word;
  bd_picture picture[BD_PICTURES]; /* m = 0: none */
  char skipped[BD_ERROR_SIZE];     /* why it was not run; "" if it was */
} bd_perspective_result;

typedef struct
{
  bd_perspective_options options;
  size_t rows, test; /* of a repetition */
  double ratio;      /* of Nadeau & Bengio; 0 for independent data sets */
  size_t count, recalled;
  bd_perspective_result result[BD_PERSPECTIVES];
} bd_perspective_run;

/* Can P be run on these data?  If not, WHY receives the reason, which can
   follow "skipped: ".  */
bool bd_perspective_suits (const bd_perspective *p,
                           const bd_perspective_options *o,
                           char why[BD_ERROR_SIZE]);

/* Run the experiments CHOSEN[0 .. 5].  RECORDS, a piece for repetition R of
   experiment K, may be NULL.  One that cannot
   be run on these data is skipped with a sentence.  NULL and a sentence on
   failure.  The caller frees.  */
bd_perspective_run *bd_perspectives_do (const bd_perspective_options *o,
                                        const bool chosen[BD_PERSPECTIVES],
                                        const bd_record_store *records,
                                        bd_error *err);
void bd_perspective_run_free (bd_perspective_run *a);

/* Number K of series S over the repetitions of the run: its mean (of
   logarithms: their mean's exponential) and 95 % interval.  */
bd_interval bd_perspective_over (const bd_perspective_run *a,
                                 const bd_perspective_result *p,
                                 const bd_series *s, size_t k);

/* Greatest absolute value of a fact over the repetitions.  */
double bd_perspective_fact (const bd_perspective_run *a,
                            const bd_perspective_result *p, const bd_fact *f);

#endif
