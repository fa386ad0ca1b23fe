/* What the page says about perspective 4.  Private to the room.  */
#ifndef BD_PERSPECTIVE_UNIVERSAL_TEXTS_H
#define BD_PERSPECTIVE_UNIVERSAL_TEXTS_H

#define BD_UNIVERSAL_CLAIM                                                    \
  "Dropout trains another network in every step, and the weights that they "  \
  "all share come to serve every subnetwork, also those that were never "     \
  "trained."
#define BD_UNIVERSAL_DONE                                                     \
  "A mask says which units are switched off; what is left is a subnetwork. "  \
  "The masks that each training used are drawn once more, the different "     \
  "ones "                                                                     \
  "among them are counted, and the loss of subnetworks that were trained is " \
  "compared with that of subnetworks under new masks, at the rows trained "   \
  "on, where learning by heart would show. The networks of all methods are "  \
  "then put under new masks at the rate that cross-validation chose, among "  \
  "them a network with weight decay that is as good as dropout when nothing " \
  "is masked. Other networks are trained with pools of 1, 2, 4 and up to "    \
  "1024 masks, and their loss under new masks is divided by that under the "  \
  "masks of the pool. Trainings are watched through masks of rate .5, at "    \
  "the "                                                                      \
  "test rows. Last, all 1024 subnetworks of a network of 10 units are "       \
  "tried, "                                                                   \
  "each scaled up for the units that it lacks."
#define BD_UNIVERSAL_REFUTED                                                  \
  "Subnetworks that were trained do better by clearly more than 5 per cent "  \
  "than subnetworks that never were; or a network that was trained without "  \
  "masks, and is as good when all its units are on, bears masks better."
#define BD_UNIVERSAL_LITERATURE                                               \
  "Srivastava et al. 2014 on dropout as the training of very many networks "  \
  "with shared weights; Warde-Farley et al. 2014 on subnetworks with shared " \
  "and with separate weights; Bachman et al. 2014 on networks that are "      \
  "trained to agree under masks; Wager et al. 2013 on dropout as a penalty, " \
  "the reason why weight decay is the opponent here."
#define BD_UNIVERSAL_MEANING                                                  \
  "If new masks do as well as used ones, your network has not learnt its "    \
  "masks by heart, and you may draw whichever masks you like when you "       \
  "predict. If a fixed set of masks is cheaper for you, look for the size "   \
  "of "                                                                       \
  "the pool from which on new masks cost nothing extra. If weight decay at "  \
  "equal loss bears masks as well, the gift is that of smooth networks and "  \
  "not of dropout. Masks that a network can bear are no merit by "            \
  "themselves: for predictions with all units look at the error with all "    \
  "units."

#endif
