// Compiled for processors with AVX2 and FMA: nearly all since 2013.
#define LOOKALIKE_INSTRUCTIONS avx2
#include "encoder-kernels.h"
