#pragma once

#include "vector.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

#if defined(__clang__)
#define LOOKALIKE_SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define LOOKALIKE_SHUFFLE(a, b, ...) __builtin_shuffle(a, b, I{__VA_ARGS__})
#endif

/** Eight vectors as a matrix of 8x8, turned over: pairs of numbers first, then of pairs, then of halves. */
LOOKALIKE_INLINE void transpose(V (&rows)[LANES]) {
  V pairs[LANES], fours[LANES];
  LOOKALIKE_UNROLL
  for (int i = 0; i < LANES; i += 2) {
    pairs[i] = LOOKALIKE_SHUFFLE(rows[i], rows[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    pairs[i + 1] = LOOKALIKE_SHUFFLE(rows[i], rows[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  LOOKALIKE_UNROLL
  for (int i = 0; i < LANES; i += 4) {
    LOOKALIKE_UNROLL
    for (int j = 0; j < 2; ++j) {
      fours[i + 2 * j] = LOOKALIKE_SHUFFLE(pairs[i + j], pairs[i + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      fours[i + 2 * j + 1] =
          LOOKALIKE_SHUFFLE(pairs[i + j], pairs[i + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  }
  LOOKALIKE_UNROLL
  for (int i = 0; i < 4; ++i) {
    rows[i] = LOOKALIKE_SHUFFLE(fours[i], fours[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    rows[i + 4] = LOOKALIKE_SHUFFLE(fours[i], fours[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
