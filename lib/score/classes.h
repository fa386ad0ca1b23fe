/* Scores of probabilities of classes that are more than a number.

   References: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, "Comparing the
   areas under two or more correlated receiver operating characteristic curves:
   a nonparametric approach", Biometrics 44 (1988); X. Sun, W. Xu, "Fast
   implementation of DeLong's algorithm", IEEE Signal Processing Letters 21
   (2014); C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, "On calibration of
   modern neural networks", ICML 2017.  */
#ifndef BD_SCORE_CLASSES_H
#define BD_SCORE_CLASSES_H

#include "forecast.h"

/* Rows whose probability lies in one part of (0, 1].  Two classes: the
   probability of class 1, and how often it came.  More: that of the most
   probable class, and how often it was the right one.  */
typedef struct
{
  size_t rows;
  double p;               /* mean probability, NaN without rows */
  double came, low, high; /* share, with exact 95 % limits */
} bd_reliability;

/* COUNT parts of equal width, a probability at an end in the lower one.  The
   sum of rows / n |p - came| is the expected calibration error.  All NaN where
   a number is missing.  */
void bd_reliability_table (const bd_forecast *f, size_t count,
                           bd_reliability part[]);

/* The class of row I, or f->k (2 for k = 1) when y is not one.  */
size_t bd_class_of (const bd_forecast *f, size_t i);

/* The probability that F gives to class C in row I.  */
double bd_class_p (const bd_forecast *f, size_t i, size_t c);

/* Classes of F, 2 for k = 1.  */
size_t bd_class_count (const bd_forecast *f);

#endif
