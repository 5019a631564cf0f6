// Between bytes of pictures and planes of vectors.
#pragma once

#include <cstring>

#include "plane.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

/** The last byte of each word, scaled to 0..1. */
LOOKALIKE_INLINE V scaled(I words) {
  return __builtin_convertvector(words & all(int32_t{255}), V) / 255.0f;
}

/** Four bytes of every picture of a block at once; of a picture that is not there, zeros. */
LOOKALIKE_INLINE I fourBytes(const Block& block, ptrdiff_t at, int length) {
  I words;
  LOOKALIKE_UNROLL
  for (int lane = 0; lane < LANES; ++lane) {
    int32_t word = 0;
    if (lane < block.count) std::memcpy(&word, block.pictures[lane] + at, size_t(length));
    words[lane] = word;
  }
  return words;
}

/** The pixels of a block scaled to 0..1. The bytes of a word are in the order of all processors of Node. */
inline void loadPictures(const Block& block, const Plane& plane) {
  const int rowLength = plane.width * plane.channels;
  for (int row = 0; row < plane.height; ++row) {
    V* into = plane.at(row, 0);
    const ptrdiff_t start = ptrdiff_t(row) * rowLength;
    int at = 0;
    for (; at + 4 <= rowLength; at += 4) {
      const I words = fourBytes(block, start + at, 4);
      LOOKALIKE_UNROLL
      for (int i = 0; i < 4; ++i) into[at + i] = scaled(words >> (8 * i));
    }
    if (at == rowLength) continue;
    const I words = fourBytes(block, start + at, rowLength - at);
    for (int i = 0; at + i < rowLength; ++i) into[at + i] = scaled(words >> (8 * i));
  }
}

/** A plane as rows of numbers, picture behind picture. */
inline void storeNumbers(const Plane& plane, int count, float* into) {
  const int rowLength = plane.width * plane.channels;
  const size_t size = size_t(plane.height) * rowLength;
  for (int row = 0; row < plane.height; ++row) {
    const V* from = plane.at(row, 0);
    for (int at = 0; at < rowLength; ++at, ++into) {
      for (int lane = 0; lane < count; ++lane) into[lane * size] = from[at][lane];
    }
  }
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
