// Compiled for any processor of the architecture.
#define LOOKALIKE_INSTRUCTIONS portable
#include "encoder-kernels.h"
