// Nearest-neighbour upsampling to twice the sides, then a 3x3 convolution, without the upsampled
// picture and with a quarter of the multiplications.
//
// In one dimension, of a picture x that is doubled, outputs 2i and 2i + 1 of the kernel (a, b, c) are
//   a x[i-1] + (b + c) x[i] = (a + b + c) x[i] - a (x[i] - x[i-1])
//   (a + b) x[i] + c x[i+1] = (a + b + c) x[i] + c (x[i+1] - x[i])
// Three products for two outputs, where the convolution has six. In two dimensions there are nine
// products, of x and of its differences, for the four outputs of a pixel, where there were 36.
#pragma once

#include "convolution.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

/** The nine products, by the pixel that is looked at from the middle: up, here, down; left, here, right. */
enum Term { HERE, UP, DOWN, LEFT, RIGHT, UP_LEFT, UP_RIGHT, DOWN_LEFT, DOWN_RIGHT, TERMS };

/** Vertical and horizontal step of each term. */
constexpr int STEPS[TERMS][2] = {{0, 0},   {-1, 0}, {1, 0},  {0, -1}, {0, 1},
                                 {-1, -1}, {-1, 1}, {1, -1}, {1, 1}};

/** Whether a tap of the kernel is part of the number that a term is multiplied by. */
constexpr bool isTapOf(int term, int y, int x) {
  const int vertical = STEPS[term][0], horizontal = STEPS[term][1];
  return (vertical == 0 || y == vertical + 1) && (horizontal == 0 || x == horizontal + 1);
}

/** The sign that a difference has as it is stored, see `Differences`. */
constexpr float signOf(int term) {
  return float((STEPS[term][0] < 0 ? -1 : 1) * (STEPS[term][1] < 0 ? -1 : 1));
}

/** The number that a term is multiplied by, of the kernel [3, 3, inputs, outputs]. */
inline float weightOf(const float* kernel, int inputs, int outputs, int term, int k, int c) {
  float sum = 0;
  for (int tap = 0; tap < 9; ++tap) {
    if (isTapOf(term, tap / 3, tap % 3)) sum += kernel[(ptrdiff_t(tap) * inputs + k) * outputs + c];
  }
  return sum * signOf(term);
}

/**
 * A plane and its differences, each to the pixel behind: down[i][j] = x[i+1][j] - x[i][j], and so on
 * for columns, and for the columns of down. They have rows and columns from -1 on.
 */
struct Differences {
  Plane x, down, right, both;

  /** What the term is multiplied with at this pixel; up and left are differences of the one before. */
  LOOKALIKE_INLINE const V* of(int term, int row, int column) const {
    const int vertical = STEPS[term][0], horizontal = STEPS[term][1];
    const Plane& plane = vertical == 0 ? (horizontal == 0 ? x : right) : (horizontal == 0 ? down : both);
    return plane.at(row + (vertical < 0 ? -1 : 0), column + (horizontal < 0 ? -1 : 0));
  }

  void compute() const {
    const ptrdiff_t c = x.channels, stride = x.rowStride();
    for (int row = -1; row < x.height; ++row) {
      const V* from = x.at(row, -1);
      V* d = down.at(row, -1);
      V* r = right.at(row, -1);
      V* b = both.at(row, -1);
      for (ptrdiff_t i = 0; i < stride; ++i) d[i] = from[stride + i] - from[i];
      for (ptrdiff_t i = 0; i < stride - c; ++i) {
        r[i] = from[c + i] - from[i];
        b[i] = d[c + i] - d[i];
      }
    }
  }
};

/** One row of x to two rows of y. @param packed nine matrices [inputs, outputs] in tiles, by term */
struct DoubledRow {
  const Differences& differences;
  const Plane& y;
  int row;
  bool withRelu;
  const float* packed;

  template <int COLUMNS>
  LOOKALIKE_INLINE void run(int column) const {
    eachTileOfChannels<TILE_CHANNELS>(y.channels, Strip<COLUMNS>{*this, column});
  }

 private:
  template <int COLUMNS>
  struct Strip {
    const DoubledRow& of;
    int column;

    template <int CHANNELS>
    LOOKALIKE_INLINE void run(int channel) const {
      typedef V Sums[COLUMNS][CHANNELS];
      Sums above, below, side, sums;
      setToZero(above);
      add(above, HERE, channel);
      copy(above, below);
      add(above, UP, channel);
      add(below, DOWN, channel);
      for (int right = 0; right < 2; ++right) {
        setToZero(side);
        add(side, right ? RIGHT : LEFT, channel);
        sum(above, side, sums);
        add(sums, right ? UP_RIGHT : UP_LEFT, channel);
        store(sums, 0, right, channel);
        sum(below, side, sums);
        add(sums, right ? DOWN_RIGHT : DOWN_LEFT, channel);
        store(sums, 1, right, channel);
      }
    }

    template <int CHANNELS>
    LOOKALIKE_INLINE void add(V (&sums)[COLUMNS][CHANNELS], Term term, int channel) const {
      const int inputs = of.differences.x.channels;
      const ptrdiff_t matrix = ptrdiff_t(inputs) * of.y.channels;
      addProducts(sums, of.differences.of(term, of.row, column), inputs, inputs,
                  of.packed + term * matrix + ptrdiff_t(inputs) * channel);
    }

    template <int CHANNELS>
    LOOKALIKE_INLINE void store(const V (&sums)[COLUMNS][CHANNELS], int down, int right,
                                int channel) const {
      LOOKALIKE_UNROLL
      for (int p = 0; p < COLUMNS; ++p) {
        V* into = of.y.at(2 * of.row + down, 2 * (column + p) + right) + channel;
        LOOKALIKE_UNROLL
        for (int c = 0; c < CHANNELS; ++c) into[c] = of.withRelu ? relu(sums[p][c]) : sums[p][c];
      }
    }

    template <int CHANNELS>
    LOOKALIKE_INLINE static void copy(const V (&from)[COLUMNS][CHANNELS],
                                      V (&to)[COLUMNS][CHANNELS]) {
      LOOKALIKE_UNROLL
      for (int p = 0; p < COLUMNS; ++p) {
        LOOKALIKE_UNROLL
        for (int c = 0; c < CHANNELS; ++c) to[p][c] = from[p][c];
      }
    }

    template <int CHANNELS>
    LOOKALIKE_INLINE static void sum(const V (&a)[COLUMNS][CHANNELS],
                                     const V (&b)[COLUMNS][CHANNELS],
                                     V (&to)[COLUMNS][CHANNELS]) {
      LOOKALIKE_UNROLL
      for (int p = 0; p < COLUMNS; ++p) {
        LOOKALIKE_UNROLL
        for (int c = 0; c < CHANNELS; ++c) to[p][c] = a[p][c] + b[p][c];
      }
    }
  };
};

inline void convolveDoubled(const Differences& differences, const Plane& y, bool withRelu,
                            const float* packed) {
  differences.compute();
  for (int row = 0; row < differences.x.height; ++row) {
    eachStripOfColumns(differences.x.width, DoubledRow{differences, y, row, withRelu, packed});
  }
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
