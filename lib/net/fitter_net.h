/* The knobs of the network as a fitter, and the network that it trained.  */
#ifndef BD_NET_FITTER_NET_H
#define BD_NET_FITTER_NET_H

#include "../base/knob.h"
#include "train.h"

enum /* places in the knob table of bd_fitter_net */
{
  BD_NET_HIDDEN,
  BD_NET_DEPTH,
  BD_NET_STEPS,
  BD_NET_BATCH,
  BD_NET_RATE,
  BD_NET_DECAY,
  BD_NET_DROPOUT,
  BD_NET_STOP,
  BD_NET_RELU
};

bd_net_options bd_fitter_net_options (const bd_settings *set);

/* The network of the last fit in a work space of bd_fitter_net.  */
const bd_net_model *bd_fitter_net_model (const void *work);

#endif
