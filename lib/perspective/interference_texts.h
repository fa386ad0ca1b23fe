/* What the page says about perspective 1.  Private to the room.  */
#ifndef BD_PERSPECTIVE_INTERFERENCE_TEXTS_H
#define BD_PERSPECTIVE_INTERFERENCE_TEXTS_H

#define BD_INTERFERENCE_CLAIM                                                 \
  "Blocking hidden units at random while a network is trained forces the "    \
  "others to learn what the blocked ones knew, so that the network is "       \
  "damaged less when units are blocked later than one that weight decay "     \
  "made equally good."
#define BD_INTERFERENCE_DONE                                                  \
  "In each trained network hidden units are blocked: their output is set to " \
  "0. Blocked one at a time, they show how much each is needed. Then more "   \
  "and more of them are blocked, those first whose loss alone costs most, "   \
  "and also in random order, and the error is compared with that of the "     \
  "whole network. The damage is the mean of the logarithm of this ratio "     \
  "while up to half of the units are blocked. It is compared at equal "       \
  "error: with the network whose weight decay, not weaker than the one that " \
  "cross-validation chose, gives an error as close as possible to that of "   \
  "dropout at the rate that cross-validation chose. Redundancy is also "      \
  "looked at directly: how much of a unit's output can be told from the "     \
  "others when each of those is read with noise as strong as its own "        \
  "signal, and how unequal the losses by single units are. At last networks " \
  "are trained on data in which every input has an exact copy, its twin, "    \
  "and two more inputs are pure noise, so that it is known which inputs are " \
  "bad and which can be replaced; there the inputs are blocked."
#define BD_INTERFERENCE_REFUTED                                               \
  "The network with weight decay of equal error is damaged less when its "    \
  "units are blocked than the network that was trained with dropout. If "     \
  "both are damaged alike, dropout makes a network no more redundant than "   \
  "any regularisation of that strength, and the verdict stays undecided."
#define BD_INTERFERENCE_LITERATURE                                            \
  "Hinton et al. 2012 and Srivastava et al. 2014 on units that rely on one "  \
  "another; Morcos et al. 2018, who block units of trained networks one "     \
  "after the other; Baldi and Sadowski 2014 on what dropout minimises on "    \
  "average. For one hidden layer and a linear output this is the error plus " \
  "a multiple of the sum of squares of what the units add to the output, "    \
  "which is smallest when all units add the same."
#define BD_INTERFERENCE_MEANING                                               \
  "Look at the first panel: a curve that rises steeply at the left belongs "  \
  "to a network in which a few units carry everything. On your data this "    \
  "matters when parts of a network may fail, are pruned away, or when you "   \
  "want to read meaning into single units; it does not by itself make "       \
  "predictions better, since the networks are compared at equal error. If "   \
  "the twins panel shows even weights, two inputs that say the same share "   \
  "the credit, and the weight of one alone says little about its worth."

#endif
