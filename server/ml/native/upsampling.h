// Nearest-neighbour upsampling to any sides, and back.
#pragma once

#include "plane.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

/** Output pixel i shows input pixel floor(i * inputs / outputs), as TensorFlow's nearest does. */
inline int nearest(int i, int inputs, int outputs) { return int(int64_t(i) * inputs / outputs); }

inline void upsample(const Plane& x, const Plane& y) {
  for (int row = 0; row < y.height; ++row) {
    const int from = nearest(row, x.height, y.height);
    for (int column = 0; column < y.width; ++column) {
      const V* pixel = x.at(from, nearest(column, x.width, y.width));
      V* into = y.at(row, column);
      for (int c = 0; c < x.channels; ++c) into[c] = pixel[c];
    }
  }
}

/** Whole numbers from `first` to `end` - 1. */
struct Range {
  int first, end;
};

/** The output pixels that show this input pixel. */
inline Range shownBy(int i, int inputs, int outputs) {
  const auto first = [&](int64_t at) { return int((at * outputs + inputs - 1) / inputs); };
  return {first(i), first(i + 1)};
}

/** Puts the gradient in the place of the input; where `masked`, nothing where that is not above zero. */
inline void upsampleBack(const Plane& dy, const Plane& x, bool masked) {
  for (int row = 0; row < x.height; ++row) {
    const Range rows = shownBy(row, x.height, dy.height);
    for (int column = 0; column < x.width; ++column) {
      const Range columns = shownBy(column, x.width, dy.width);
      V* into = x.at(row, column);
      for (int c = 0; c < x.channels; ++c) {
        V sum = zero();
        for (int i = rows.first; i < rows.end; ++i) {
          for (int j = columns.first; j < columns.end; ++j) sum += dy.at(i, j)[c];
        }
        into[c] = masked ? only(into[c] > zero(), sum) : sum;
      }
    }
  }
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
