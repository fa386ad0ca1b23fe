/* What the tests of model files share.  */
#ifndef MODEL_FILE_TOOLS_H
#define MODEL_FILE_TOOLS_H

#include "net/model.h"

#define ROOM 65536

/* Names that try to be something else.  */
#define HOSTILE 5
extern const char *const hostile[HOSTILE];

/* Network number K of all units, outputs and masks (or none); the caller
   frees.  */
bd_net_model *network (size_t k);

/* Write A to TEXT, ended by 0; its length.  */
size_t write_to (char text[ROOM], const bd_net_model *a,
                 const char *const names[]);

/* Read the LENGTH bytes of TEXT as a file called net.txt.  The caller frees
   the network and the NAMES.  */
bd_net_model *read_from (const char text[], size_t length, char ***names,
                         bd_error *err);

/* Check that both are the same network, bit for bit.  */
void same (const bd_net_model *a, const bd_net_model *b);

void free_names (char **names);

#endif
