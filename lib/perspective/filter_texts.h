/* What the page says about perspective 3.  Private to the room.  */
#ifndef BD_PERSPECTIVE_FILTER_TEXTS_H
#define BD_PERSPECTIVE_FILTER_TEXTS_H

#define BD_FILTER_CLAIM                                                       \
  "A network trained with dropout passes a cleaner signal from its hidden "   \
  "units to the response than one trained without, above all early in "       \
  "training."
#define BD_FILTER_DONE                                                        \
  "Every network is trained on five data sets of one kind (for a table: "     \
  "random halves of the training rows), from the same starting weights and "  \
  "with other masks, and looked at along the way. What the five have in "     \
  "common and what varies "                                                   \
  "from point to point is the signal; by how much they differ at a point is " \
  "the noise. Their ratio is taken for the values of the hidden units and "   \
  "for the response, with all units at work; at the very beginning much of "  \
  "what the five have in common is still their start. Early is the first "    \
  "tenth of the training, late its second half. A mask adds noise of its "    \
  "own, q/(1-q) times the mean square of what a unit sends on at rate q, so " \
  "the same ratio is also given with the masks of the last hidden layer at "  \
  "work. Beside it: how far the gradient of a quarter of the rows points "    \
  "away from that of all rows, and how much of a small noise in the inputs "  \
  "comes through to the response, against its signal."
#define BD_FILTER_REFUTED                                                     \
  "Early in training the response of the dropout network, with all units at " \
  "work, has no higher ratio of signal to noise than that of the single "     \
  "network, or what it gains there is less than what it gains late. That "    \
  "the masks themselves clean the signal is false in any case: while they "   \
  "are at work they add noise to it."
#define BD_FILTER_LITERATURE                                                  \
  "Srivastava et al. 2014 on dropout as noise in the hidden units; Wager, "   \
  "Wang and Liang 2013 on the penalty that such noise amounts to; Li et al. " \
  "2018 on the variance of units with and without masks; Liu et al. 2023 on " \
  "the gradients of mini-batches early in training."
#define BD_FILTER_MEANING                                                     \
  "Predict with all units: then the noise of the masks is gone, and only "    \
  "what training with them has changed is left. Where the signal is cleaner " \
  "early, a short period of dropout at the start may be enough; where it is " \
  "cleaner only late, dropout keeps a long training from following the "      \
  "noise in the responses, and weight decay or stopping early are the "       \
  "methods to hold it against. Compare their rows before you choose."

#endif
