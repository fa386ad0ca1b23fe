/* What the page says about perspective 5.  Private to the room.  */
#ifndef BD_PERSPECTIVE_REGULARISE_TEXTS_H
#define BD_PERSPECTIVE_REGULARISE_TEXTS_H

#define BD_REGULARISE_CLAIM                                                   \
  "Dropout keeps a network from fitting the noise, as a regulariser such as " \
  "weight decay does: its error on new data is lower, it has fewer "          \
  "effective parameters, and training for too long does it less harm."
#define BD_REGULARISE_DONE                                                    \
  "The error on new rows and on the training rows is measured for every "     \
  "rate of dropout, for trainings of 30 to 10,000 passes over the rows (at "  \
  "most 20,000 steps, each length with its own full course of the learning "  \
  "rate), for fewer and more rows, and for narrower and wider networks. "     \
  "The number of effective parameters tells how far the fitted values "       \
  "follow the responses: it is the sum of their covariances over the "        \
  "training rows, divided by the variance of the noise; a straight line has " \
  "2, a curve through all points has as many as there are rows. To measure "  \
  "it, new noise is drawn four times in each repetition and every method is " \
  "trained again; it is added to the true values or, for your data, to the "  \
  "fit of weight decay, and is then as large as the errors of that fit on "   \
  "new rows. For a linear model theory says that dropout on the inputs is "   \
  "ridge regression, which is weight decay with a penalty for each input; "   \
  "this is checked over all 256 masks of a model with eight inputs."
#define BD_REGULARISE_REFUTED                                                 \
  "At the rate that cross-validation chose, the dropout network is worse "    \
  "than the single network on new rows, or it has more effective "            \
  "parameters, or its error grows more from the best length of training to "  \
  "the longest."
#define BD_REGULARISE_LITERATURE                                              \
  "Srivastava et al. 2014 on dropout against over-fitting, its effect for "   \
  "few and many rows, and linear regression; Wager, Wang and Liang 2013 on "  \
  "dropout as an adaptive penalty; Baldi and Sadowski 2014 on the linear "    \
  "model; Ye 1998 and Efron 2004 on effective degrees of freedom; Gao and "   \
  "Zhou 2016 on how dropout limits the complexity of a network."
#define BD_REGULARISE_MEANING                                                 \
  "Look first at the single network: where its errors on new rows and on "    \
  "training rows lie far apart it fits noise, and a regulariser has "         \
  "something to do. Where they lie close together there is little to "        \
  "prevent, and the bias of a high rate may cost more than it saves. "        \
  "Compare dropout with weight decay and early stopping before you choose: "  \
  "where the intervals of their differences hold zero, take the one that is " \
  "cheaper to tune. A rate of .5 is a habit from large networks; choose the " \
  "rate by cross-validation."

#endif
