/* The knobs of the network as a fitter, and the network that it trained.  */
#ifndef BD_NET_FITTER_NET_H
#define BD_NET_FITTER_NET_H

#include "../base/knob.h"
#include "train.h"

enum /* places in the knob table of bd_fitter_net */
{
  BD_NET_HIDDEN,
  BD_NET_DEPTH,
  BD_NET_UNITS,
  BD_NET_STEPS,
  BD_NET_EPOCHS,
  BD_NET_BATCH,
  BD_NET_RATE,
  BD_NET_DECAY,
  BD_NET_MAX_NORM,
  BD_NET_DROPOUT,
  BD_NET_MASK,
  BD_NET_STOP,
  BD_NET_OUTPUT,
  BD_NET_OPTIMISER,
  BD_NET_SCHEDULE
};

/* What the knobs say.  GSL_EINVAL with a sentence.  */
int bd_fitter_net_options (const bd_settings *set, bd_net_options *o,
                           bd_error *err);

/* "50" or "100x50": units of each hidden layer.  GSL_EINVAL with a sentence.
 */
int bd_net_parse_hidden (const char *text, size_t layers, bd_net_options *o,
                         bd_error *err);

/* The network of the last fit in a work space of bd_fitter_net, and how its
   training went.  */
const bd_net_model *bd_fitter_net_model (const void *work);
bd_net_trouble bd_fitter_net_trouble (const void *work);

#endif
