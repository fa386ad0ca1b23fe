/* Words of the command line that name things: NAME or NAME:knobs.  All tell
   their mistakes as errors of usage.  */
#ifndef BD_TOOLS_WORDS_H
#define BD_TOOLS_WORDS_H

#include "base/knob.h"
#include "data/scenario.h"
#include "ensemble/schemes.h"
#include "opt.h"
#include "variance/estimator.h"

#define WORD_NAMES 64 /* most names of a kind, with the NULL at their end */

/* WORD after --OPTION is none of NAMES, which end with NULL; 'bagdrop list
   KIND' has them.  Returns the status to exit with.  */
int word_unknown (const opt_command *c, const char *option, const char *word,
                  const char *const names[], const char *kind);

/* SPEC, "NAME" or "NAME:knobs", cut; -1 or a status.  */
int word_split (const opt_command *c, const char *option, const char *spec,
                char name[64], const char **knobs);

/* KNOBS of NAME over the defaults of TABLE into SET; -1 or a status.  */
int word_knobs (const opt_command *c, const char *option, const char *name,
                const bd_knob table[], const char *knobs, bd_settings *set);

/* SPEC of --resample into TYPE and SET; -1 or a status.  */
int word_resampling (const opt_command *c, const char *spec,
                     const bd_resample_type **type, bd_settings *set);

/* WORDS of --estimators, names with commas or NULL, into LIST, which NULL
   ends; -1 or a status.  */
int word_estimators (const opt_command *c, const char *words,
                     const bd_estimator *list[BD_ESTIMATORS + 1]);

/* The scenario NAME of --scenario, NULL: the sine, into TO; -1 or a status. */
int word_scenario (const opt_command *c, const char *name,
                   const bd_scenario **to);

/* Close TO, a stream of open_memstream into RAW and SIZE; its text made safe
   to show, which the caller frees, NULL when memory is short.  *RAW is freed.
 */
char *word_finish (FILE *to, char **raw, const size_t *size);

/* OPTION, as it stands, and WORD as a shell takes it.  */
void word_put (FILE *to, const char *option, const char *word);

#endif
