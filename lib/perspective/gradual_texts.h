/* What the page says about perspective 6.  Private to the room.  */
#ifndef BD_PERSPECTIVE_GRADUAL_TEXTS_H
#define BD_PERSPECTIVE_GRADUAL_TEXTS_H

#define BD_GRADUAL_CLAIM                                                      \
  "Dropout at 40 to 50 % lowers the error because the network learns slowly " \
  "and part by part: in each step only some of its units learn, in the "      \
  "place "                                                                    \
  "of a wave that moves all weights at once."
#define BD_GRADUAL_DONE                                                       \
  "Dropout does two things in one: it adds noise, and it lets units take "    \
  "turns at learning. Controls at the same rates take the two apart. Parts "  \
  "without noise: the whole network is computed, but a step moves only the "  \
  "weights of units that were drawn for it. Noise without parts: all units "  \
  "are multiplied by random factors with the mean and the variance of "       \
  "dropout's, and none is ever off. Slowness alone: the learning rate is "    \
  "smaller by the share of the units that dropout would switch off. One "     \
  "mask "                                                                     \
  "for all rows of a step: dropout in which whole units really sit out a "    \
  "step. The usual dropout draws another mask for every row, so that nearly " \
  "all weights learn in every step all the same. The length of the steps is " \
  "made by the optimiser (Adam, unless you chose another), which scales "     \
  "each "                                                                     \
  "weight's step by its own recent gradients. The half that controls are "    \
  "held against is the error half way, in ratios, between the single "        \
  "network "                                                                  \
  "and dropout. All errors at 40 and 50 % are averaged as logarithms."
#define BD_GRADUAL_REFUTED                                                    \
  "Dropout at 40 to 50 % has no gain here that could be explained, or "       \
  "learning part by part without noise has less than half of it. If noise "   \
  "without parts has more than half of it, noise is what helps. If a slower " \
  "learning rate does as well as the parts, what looks like parts is a "      \
  "training that was stopped early."
#define BD_GRADUAL_LITERATURE                                                 \
  "Srivastava et al. 2014 on Gaussian factors, on trainings with dropout "    \
  "that take two to three times as long, and on the product of width and "    \
  "share of kept units as what should stay the same; Nesterov 2012 on steps " \
  "that move random parts of the variables; Wan et al. 2013 and Huang et "    \
  "al. "                                                                      \
  "2016 on dropping single weights and whole layers; Kingma and Ba 2015 on "  \
  "Adam."
#define BD_GRADUAL_MEANING                                                    \
  "Do not take 40 or 50 % for granted: the last panel shows which rate had "  \
  "the least error at which width, and a wide network bears a higher rate "   \
  "than a narrow one if the line rises. If a slower learning rate or early "  \
  "stopping does as well here as dropout, it is the cheaper choice for your " \
  "data. If noise without parts does as well, it does not matter to your "    \
  "data that units are switched off. Look at the open marks of the errors: "  \
  "where they lie far left of the filled ones, the training went on for too " \
  "long, and stopping in time is worth that much."

#endif
