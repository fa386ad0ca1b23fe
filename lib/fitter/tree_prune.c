/* Cost-complexity pruning.

   Reference: L. Breiman, J. H. Friedman, R. A. Olshen, C. J. Stone,
   Classification and Regression Trees (1984), section 3.3; cp as rpart
   defines it, relative to the root's sum of squares.

   The tree that weakest-link pruning leaves at a price per leaf is the
   smallest minimiser of squares + price * leaves, and that is found in one
   pass from the leaves up: a split stays when what it and the splits kept
   below it gain exceeds the price of the leaves they add.  */
#include <config.h>

#include "tree.h"

void
bd_tree_prune (const tree_plan *p, tree_work *k)
{
  double price = p->cp * k->squares;

  for (size_t i = k->nodes; i-- > 0;)
    {
      const tree_node *a = &k->node[i];

      if (a->child == i)
        continue;
      double net
          = k->gain[i] + k->gain[a->child] + k->gain[a->child + 1] - price;
      k->gain[i] = net;
      if (!(net > 1e-12 * price))
        bd_tree_leaf (k, i);
    }
}
