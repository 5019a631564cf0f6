// Between bytes of pictures and planes of vectors.
#pragma once

#include <cstring>

#include "plane.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

/** Transposes 8x8 bytes, by swapping ever smaller quarters (Warren: Hacker's Delight, 7-3). */
LOOKALIKE_INLINE void transposeBytes(uint64_t (&rows)[8]) {
  constexpr uint64_t KEEP[3] = {0x00000000ffffffff, 0x0000ffff0000ffff, 0x00ff00ff00ff00ff};
  LOOKALIKE_UNROLL
  for (int step = 0; step < 3; ++step) {
    const int half = 4 >> step, bits = 8 * half;
    LOOKALIKE_UNROLL
    for (int row = 0; row < 8; ++row) {
      if (row & half) continue;
      const uint64_t swap = ((rows[row] >> bits) ^ rows[row + half]) & KEEP[step];
      rows[row + half] ^= swap;
      rows[row] ^= swap << bits;
    }
  }
}

/** The pixels of a block scaled to 0..1. */
inline void loadPictures(const Block& block, const Plane& plane) {
  static_assert(LANES == 8, "bytes are transposed eight by eight");
  const int rowLength = plane.width * plane.channels;
  for (int row = 0; row < plane.height; ++row) {
    V* into = plane.at(row, 0);
    const ptrdiff_t start = ptrdiff_t(row) * rowLength;
    for (int at = 0; at < rowLength; at += LANES) {
      const int length = rowLength - at < LANES ? rowLength - at : LANES;
      uint64_t bytes[LANES] = {};
      for (int lane = 0; lane < block.count; ++lane) {
        const uint8_t* from = block.pictures[lane] + start + at;
        if (length == LANES) std::memcpy(&bytes[lane], from, LANES);
        else std::memcpy(&bytes[lane], from, length);
      }
      transposeBytes(bytes);
      for (int i = 0; i < length; ++i) {
        B lanes;
        std::memcpy(&lanes, &bytes[i], LANES);
        into[at + i] = fromBytes(lanes) / 255.0f;
      }
    }
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
