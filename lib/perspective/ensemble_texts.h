/* What the page says about perspective 2.  Private to the room.  */
#ifndef BD_PERSPECTIVE_ENSEMBLE_TEXTS_H
#define BD_PERSPECTIVE_ENSEMBLE_TEXTS_H

#define BD_ENSEMBLE_CLAIM                                                     \
  "Dropout lowers the error as bagging does, by averaging many networks: "    \
  "its "                                                                      \
  "subnetworks share their weights and still average as well as networks "    \
  "that were trained apart."
#define BD_ENSEMBLE_DONE                                                      \
  "Random subnetworks of one dropout network, at the rate that "              \
  "cross-validation chose, are averaged. Beside them: networks on "           \
  "bootstrap resamples, networks that differ by their seed, and networks "    \
  "that are thinned by one mask each and trained apart with a share of "      \
  "the steps, so that all of them together cost as much as the one. "         \
  "Thinned networks that are trained at full length each show what the "      \
  "short training is worth. The error of an average of M members is drawn "   \
  "against M. What dropout gains over the single network is split into "      \
  "what one network has without any averaging (weight scaling: all units "    \
  "at work, each with its mean factor) and what averaging adds to it. With "  \
  "a single input the curves of 40 "                                          \
  "members are drawn for the first repetition: networks that were trained "   \
  "on random halves of the rows, masks of the dropout network, and "          \
  "thinned networks."
#define BD_ENSEMBLE_REFUTED                                                   \
  "The average of the subnetworks is no better than the single network, or "  \
  "the thinned networks that were trained apart at the same cost are better " \
  "than those that share their weights."
#define BD_ENSEMBLE_LITERATURE                                                \
  "Breiman 1996 on bagging; Srivastava et al. 2014 on dropout as a model "    \
  "average; Baldi and Sadowski 2014 on weight scaling, which is the exact "   \
  "average for one hidden layer and a linear output; Warde-Farley et al. "    \
  "2014 on subnetworks with and without shared weights."
#define BD_ENSEMBLE_MEANING                                                   \
  "With one hidden layer nothing is gained by averaging masks when you "      \
  "predict: one pass with all units gives the same mean. What dropout gains " \
  "it gains while it trains. If bagged networks do as well here, they have "  \
  "the advantage that their spread shows how much a prediction depends on "   \
  "the rows that happened to be there."

#endif
