// The pictures of a block between two layers: [row][column][channel] of vectors, within a frame of
// zeros one pixel wide, which is what the padding of a 3x3 'same' convolution means.
#pragma once

#include "vector.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

struct Plane {
  V* start = nullptr;
  int height = 0, width = 0, channels = 0;

  LOOKALIKE_INLINE ptrdiff_t rowStride() const { return ptrdiff_t(width + 2) * channels; }
  /** A pixel; those of the frame are at -1 and at the height or width. */
  LOOKALIKE_INLINE V* at(int row, int column) const {
    return start + (row + 1) * rowStride() + ptrdiff_t(column + 1) * channels;
  }
  size_t vectors() const { return size_t(height + 2) * (width + 2) * channels; }
};

inline void clearFrame(const Plane& plane) {
  const ptrdiff_t stride = plane.rowStride();
  for (int side = 0; side < 2; ++side) {
    V* row = plane.at(side == 0 ? -1 : plane.height, -1);
    for (ptrdiff_t i = 0; i < stride; ++i) row[i] = zero();
  }
  for (int row = 0; row < plane.height; ++row) {
    V* left = plane.at(row, -1);
    V* right = plane.at(row, plane.width);
    for (int c = 0; c < plane.channels; ++c) left[c] = right[c] = zero();
  }
}

inline void clear(V* vectors, size_t count) {
  for (size_t i = 0; i < count; ++i) vectors[i] = zero();
}

/** For every pixel whose value is not above zero, no gradient. Both planes are of one shape. */
inline void maskByActivation(const Plane& activation, const Plane& gradient) {
  for (int row = 0; row < activation.height; ++row) {
    const V* a = activation.at(row, 0);
    V* g = gradient.at(row, 0);
    for (int i = 0; i < activation.width * activation.channels; ++i) {
      g[i] = only(a[i] > zero(), g[i]);
    }
  }
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
