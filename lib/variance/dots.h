/* Sums of products of bytes, exact in whole numbers: tiles of 48 rows by 8.

   Bytes come in fours along the sum: PANEL holds, four by four of the sum, 48
   unsigned rows of four bytes, none above 127, OTHER 8 signed ones, whose
   fours are STEP bytes apart.  Every instruction set gives the same
   numbers.  */
#ifndef BD_VARIANCE_DOTS_H
#define BD_VARIANCE_DOTS_H

#include <stddef.h>
#include <stdint.h>

#define BD_DOTS_WIDE 48
#define BD_DOTS_HIGH 8
#define BD_DOTS_PANEL (4 * BD_DOTS_WIDE) /* bytes of a four of the sum */
#define BD_DOTS_OTHER (4 * BD_DOTS_HIGH)
#define BD_DOTS_LARGEST 127
#define BD_DOTS_MOST 32768 /* fours, so that no sum overflows */

/* to[h * 48 + w] = sum over the FOURS (BD_DOTS_MOST at most) of panel row w
   times other row h.  */
typedef void bd_dots (size_t fours, const uint8_t panel[],
                      const int8_t other[], size_t step, int32_t to[]);

/* The best of this machine, or of those up to MOST: "plain", "avx2".  */
bd_dots *bd_dots_find (const char *most);

/* What the environment allows (BAGDROP_KERNELS), as for networks.  */
bd_dots *bd_dots_best (void);

#endif
