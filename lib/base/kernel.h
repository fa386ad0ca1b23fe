/* BD_KERNEL marks the few hot loops.  Where the compiler can, each is built
   for several instruction sets and the best one is chosen when the program
   starts, so that one distribution build is fast everywhere.  A build for one
   machine (-march=native) needs no choice, and its small functions could not
   be put into clones that know fewer instructions.  clang (14) always picks
   the default clone: give it -march and -mprefer-vector-width=512.  */
#ifndef BD_BASE_KERNEL_H
#define BD_BASE_KERNEL_H

#if defined BD_USE_CLONES && !defined __AVX2__ && !defined __clang__
#define BD_KERNEL                                                             \
  __attribute__ ((                                                            \
      target_clones ("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define BD_KERNEL
#endif

/* BD_NO_CONTRACTION, at the head of a file, has the compiler round each
   product and each sum by itself, also where the machine could do both at
   once: the same numbers from every clone and every compiler.  */
#if defined __GNUC__ && !defined __clang__
#define BD_NO_CONTRACTION _Pragma ("GCC optimize (\"fp-contract=off\")")
#else
#define BD_NO_CONTRACTION _Pragma ("STDC FP_CONTRACT OFF")
#endif

/* A part of a kernel, which must become part of each of its clones.  */
#if defined __GNUC__
#define BD_INLINE static inline __attribute__ ((always_inline))
#else
#define BD_INLINE static inline
#endif

#endif
