/* What the writer and the reader of a network's file share.

   The format, line by line; empty lines and lines that begin with # may stand
   anywhere, and lines in brackets may be left out:

     bagdrop network 1
     inputs 2
     hidden 3 3
     unit tanh
     output real
     [classes 3]               of outputs of classes only
     [names "a" "b" "y"]       of the inputs and the response
     [mask bernoulli:input=0.1]
     rates 0.5 0.5             of each hidden layer, only with a mask
     [pool_seed 1]             of the mask's pool
     [mean 0 0]                of each input
     [scale 1 1]
     [response 0 1]            mean and scale of the response
     layer 1
     ...                       a line for each unit: its bias, then a weight
                               for each unit or input before it
     layer 2
     ...
     end [checksum]

   Numbers are decimal, as short as reads back to the same bits (17 digits at
   most): as exact as hexadecimal ones, and people can read and write them.
   In a name, " and \ stand behind a \, and a byte that is no text is \x and
   two hexadecimal digits.  The checksum, 16 hexadecimal digits, is the 64-bit
   FNV-1a hash of all bytes before the line `end'.  Reference: G. Fowler,
   L. C. Noll, K.-P. Vo, "The FNV non-cryptographic hash algorithm", 2012.  */
#ifndef BD_NET_MODEL_FILE_H
#define BD_NET_MODEL_FILE_H

#include <stdint.h>

#define BD_MODEL_HEAD "bagdrop network"
#define BD_MODEL_VERSION 1

/* Beyond these it is a damaged file and not a network.  */
#define BD_MODEL_INPUTS 100000
#define BD_MODEL_UNITS 8192 /* in a layer */
#define BD_MODEL_WEIGHTS ((size_t)1 << 25)
#define BD_MODEL_LINE ((size_t)1 << 24) /* bytes */

#define BD_MODEL_SUM UINT64_C (0xcbf29ce484222325) /* of no byte */

static inline uint64_t
bd_model_sum (uint64_t sum, char byte)
{
  return (sum ^ (unsigned char)byte) * UINT64_C (0x100000001b3);
}

#endif
