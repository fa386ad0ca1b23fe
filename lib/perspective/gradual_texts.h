/* What the page says about perspective 6.  Private to the room.  */
#ifndef BD_PERSPECTIVE_GRADUAL_TEXTS_H
#define BD_PERSPECTIVE_GRADUAL_TEXTS_H

#define BD_GRADUAL_CLAIM                                                      \
  "Dropout at 40 to 50 % lowers the error because the network learns "        \
  "slowly and part by part: in each step only some of its units learn, "      \
  "instead of a wave that moves all weights at once."
#define BD_GRADUAL_DONE                                                       \
  "Dropout adds noise, and it lets units take turns at learning; "            \
  "controls at the same rates take the two apart. Parts without noise: "      \
  "the whole network is computed, but a step moves only the weights of "      \
  "the units that were drawn for it. Noise without parts: all units get "     \
  "random factors with the mean and variance of dropout's, and none is "      \
  "off. Slowness alone: the learning rate is smaller by the share of "        \
  "units that dropout would switch off. One mask for all rows: units "        \
  "that are off sit out the whole step, which they hardly do when each "      \
  "row draws its own mask. Steps are as long as the optimiser makes them "    \
  "(Adam, unless you chose another), which remembers past gradients; "        \
  "steps that move different units have a small cosine for that reason "      \
  "alone. The half that controls are held against lies half way, as a "       \
  "ratio, between the errors of the single network and of dropout; "          \
  "errors at 40 and 50 % are averaged as logarithms."
#define BD_GRADUAL_REFUTED                                                    \
  "Dropout at 40 to 50 % has no gain here that could be explained, or "       \
  "learning part by part without noise has less than half of it, or a "       \
  "slower learning rate does better than learning part by part: then what "   \
  "helps is that the training stays short, as with early stopping. To be "    \
  "read with it, though it does not decide: if noise without parts has "      \
  "more than half of the gain, noise is enough as well."
#define BD_GRADUAL_LITERATURE                                                 \
  "Srivastava et al. 2014 on Gaussian factors, on trainings with dropout "    \
  "that take two to three times as long, and on keeping the product of "      \
  "width and share of kept units; Nesterov 2012 on steps that move "          \
  "random parts of the variables; Wan et al. 2013 and Huang et al. 2016 "     \
  "on dropping single weights and whole layers; Kingma and Ba 2015 on "       \
  "Adam."
#define BD_GRADUAL_MEANING                                                    \
  "Do not take 40 or 50 % for granted: the last panel shows which rate "      \
  "had the least error at which width, and where its line rises a wide "      \
  "network bears a higher rate than a narrow one. If a slower learning "      \
  "rate or early stopping does as well here as dropout, it is the "           \
  "cheaper choice for your data. If noise without parts does as well, it "    \
  "does not matter to your data that units are switched off. Look at the "    \
  "open marks of the errors: where they lie far left of the filled ones, "    \
  "the training went on for too long, and stopping in time is worth that "    \
  "much."

#endif
