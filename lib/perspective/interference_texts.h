/* What the page says about perspective 1.  Private to the room.  */
#ifndef BD_PERSPECTIVE_INTERFERENCE_TEXTS_H
#define BD_PERSPECTIVE_INTERFERENCE_TEXTS_H

#define BD_INTERFERENCE_CLAIM                                                 \
  "Blocking hidden units at random while a network is trained forces the "    \
  "others to learn what the blocked ones knew, so that it makes smaller "     \
  "errors when units are blocked later than a network that weight decay "     \
  "made equally good."
#define BD_INTERFERENCE_DONE                                                  \
  "In each trained network hidden units are blocked, which means that "       \
  "their output is set to 0. Blocked one at a time, they show how much "      \
  "each is needed. Then more and more of them are blocked, those first "      \
  "that cost most alone, and also in random order. What decides is the "      \
  "error while up to half of the units are blocked, the worst first (the "    \
  "mean of its logarithm over these shares). Dropout at the rate that "       \
  "cross-validation chose is compared with weight decay that gives as "       \
  "nearly as possible the same error when no unit is blocked; it is "         \
  "sought among the decay that cross-validation chose and stronger ones. "    \
  "The share of a unit that the others tell is how much of its variation "    \
  "a linear rule can make out from them when each is read with noise as "     \
  "strong as its own signal. Of an ensemble three members are looked at, "    \
  "one after the other. Last, the inputs are blocked, in networks "           \
  "trained on data in which every input has an exact copy, its twin, and "    \
  "two more inputs are pure noise, so that it is known which inputs are "     \
  "bad and which can be replaced. Gini's index is 0 where all units are "     \
  "needed alike and near 1 where one carries everything."
#define BD_INTERFERENCE_REFUTED                                               \
  "With units blocked, the network with weight decay of equal error makes"    \
  " smaller errors than the one that was trained with dropout. If both do"    \
  " alike, dropout has not been shown to make a network more redundant "      \
  "than weight decay does, and the verdict is undecided."
#define BD_INTERFERENCE_LITERATURE                                            \
  "Hinton et al. 2012 and Srivastava et al. 2014 on units that rely on "      \
  "one another; Morcos et al. 2018, who block units of trained networks "     \
  "one after the other; Baldi and Sadowski 2014 on what dropout minimises"    \
  " on average. For one hidden layer and a linear output this is the "        \
  "error plus a multiple of the sum of squares of what the single units "     \
  "add to the output, and for a given sum that is least when all units "      \
  "add the same."
#define BD_INTERFERENCE_MEANING                                               \
  "Look at the first panel: a curve that is steep at the left belongs to "    \
  "a network in which a few units carry everything. On your data this "       \
  "matters if units are to be pruned away, if parts may fail, or if you "     \
  "want to read a meaning into single units. It does not by itself make "     \
  "predictions better, since the networks are compared at equal error. If"    \
  " you need a network that stands the loss of units, compare the curves "    \
  "for your own candidates rather than trust a method by its name. Where "    \
  "two of your inputs say the same, the last panel shows what it costs to"    \
  " lose one of them, and that the weight of one alone says little about "    \
  "its worth."

#endif
