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

/** Numbers for each pixel of x, for all channels. */
struct Slopes {
  const V* start;
  /** From one pixel to the next, and from one row to the next. */
  ptrdiff_t stride, rowStride;
};

/** Rows of x whose gradients are computed at a time: what they need stays in the caches. */
constexpr int DOUBLED_ROWS = 2;

/**
 * What rows of pixels of x get back from dy: of the four outputs of a pixel, each term's gradient is
 * the sum of those that it is part of.
 */
struct SlopesOfRows {
  const Plane& dy;
  int row, rows, width;
  /** Of each row of dy, the sums of pairs side by side; of two rows, of pairs below one another; of all four. */
  V* sideBySide;
  V* belowOneAnother;
  V* four;

  static size_t vectors(int width, int channels) {
    return size_t(5) * DOUBLED_ROWS * width * channels;
  }

  SlopesOfRows(const Plane& gradient, int firstRow, int endRow, int widthOfX, V* memory)
      : dy(gradient), row(firstRow), rows(endRow - firstRow), width(widthOfX) {
    const ptrdiff_t numbers = ptrdiff_t(width) * dy.channels;
    sideBySide = memory;
    belowOneAnother = memory + 2 * DOUBLED_ROWS * numbers;
    four = memory + 4 * DOUBLED_ROWS * numbers;
    for (int r = 0; r < rows; ++r) {
      sumUp(dy.at(2 * (row + r), 0), dy.at(2 * (row + r) + 1, 0), sideBySide + 2 * r * numbers,
            belowOneAnother + 2 * r * numbers, four + r * numbers);
    }
  }

  LOOKALIKE_INLINE Slopes of(int term) const {
    const int vertical = STEPS[term][0], horizontal = STEPS[term][1];
    const ptrdiff_t channels = dy.channels, numbers = width * channels;
    const int right = horizontal > 0 ? 1 : 0, below = vertical > 0 ? 1 : 0;
    if (vertical == 0 && horizontal == 0) return {four, channels, numbers};
    if (horizontal == 0) return {sideBySide + below * numbers, channels, 2 * numbers};
    if (vertical == 0) return {belowOneAnother + right * channels, 2 * channels, 2 * numbers};
    return {dy.at(2 * row + below, right), 2 * channels, 2 * dy.rowStride()};
  }

 private:
  void sumUp(const V* upper, const V* lower, V* side, V* below, V* all) const {
    const int channels = dy.channels;
    for (int column = 0; column < width; ++column, upper += 2 * channels, lower += 2 * channels,
             side += channels, below += 2 * channels, all += channels) {
      for (int c = 0; c < channels; ++c) {
        const V a = upper[c], b = upper[channels + c], d = lower[c], e = lower[channels + c];
        side[c] = a + b;
        side[ptrdiff_t(width) * channels + c] = d + e;
        below[c] = a + d;
        below[channels + c] = b + e;
        all[c] = (a + b) + (d + e);
      }
    }
  }
};

/** sums[k][c] += x[row][column][k] * slopes[row][column][c] over rows of pixels, for one term. */
struct TermGradient {
  const V* x;
  ptrdiff_t inputs, rowStride;
  Slopes slopes;
  int rows, width, channels;
  V* sums;

  template <int INPUTS>
  LOOKALIKE_INLINE void run(int k) const {
    eachTileOfChannels<TILE_CHANNELS>(channels, Tile<INPUTS>{*this, k});
  }

 private:
  template <int INPUTS>
  struct Tile {
    const TermGradient& of;
    int k;

    template <int CHANNELS>
    LOOKALIKE_INLINE void run(int channel) const {
      V* into = of.sums + ptrdiff_t(k) * of.channels + channel;
      V sum[INPUTS][CHANNELS];
      LOOKALIKE_UNROLL
      for (int i = 0; i < INPUTS; ++i) {
        LOOKALIKE_UNROLL
        for (int c = 0; c < CHANNELS; ++c) sum[i][c] = into[i * of.channels + c];
      }
      for (int row = 0; row < of.rows; ++row) {
        const V* pixels = of.x + row * of.rowStride + k;
        const V* slopes = of.slopes.start + row * of.slopes.rowStride + channel;
        for (int p = 0; p < of.width; ++p, pixels += of.inputs, slopes += of.slopes.stride) {
          V pixel[INPUTS];
          LOOKALIKE_UNROLL
          for (int i = 0; i < INPUTS; ++i) pixel[i] = pixels[i];
          LOOKALIKE_UNROLL
          for (int c = 0; c < CHANNELS; ++c) {
            const V slope = slopes[c];
            LOOKALIKE_UNROLL
            for (int i = 0; i < INPUTS; ++i) sum[i][c] += pixel[i] * slope;
          }
        }
      }
      LOOKALIKE_UNROLL
      for (int i = 0; i < INPUTS; ++i) {
        LOOKALIKE_UNROLL
        for (int c = 0; c < CHANNELS; ++c) into[i * of.channels + c] = sum[i][c];
      }
    }
  };
};

/** The gradient in one row of x and what lies around it, added to dx. */
struct DoubledInputGradient {
  const SlopesOfRows& slopes;
  /** Of those in `slopes`. */
  int row;
  const Plane& dx;
  /** Nine matrices [outputs, inputs] in tiles, by term. */
  const float* packed;

  template <int COLUMNS>
  LOOKALIKE_INLINE void run(int column) const {
    eachTileOfChannels<TILE_CHANNELS>(dx.channels, Strip<COLUMNS>{*this, column});
  }

 private:
  template <int COLUMNS>
  struct Strip {
    const DoubledInputGradient& of;
    int column;

    template <int CHANNELS>
    LOOKALIKE_INLINE void run(int channel) const {
      V g[TERMS][COLUMNS][CHANNELS];
      const int outputs = of.slopes.dy.channels;
      const ptrdiff_t matrix = ptrdiff_t(outputs) * of.dx.channels;
      for (int term = 0; term < TERMS; ++term) {
        const Slopes from = of.slopes.of(term);
        V sums[COLUMNS][CHANNELS];
        setToZero(sums);
        addProducts(sums, from.start + of.row * from.rowStride + column * from.stride, from.stride,
                    outputs,
                    of.packed + term * matrix + ptrdiff_t(outputs) * channel);
        LOOKALIKE_UNROLL
        for (int p = 0; p < COLUMNS; ++p) {
          LOOKALIKE_UNROLL
          for (int c = 0; c < CHANNELS; ++c) g[term][p][c] = sums[p][c];
        }
      }
      // A difference gives its gradient to the pixel it looks at, and takes it from the one it is of.
      const ptrdiff_t stride = of.dx.rowStride(), next = of.dx.channels;
      for (int p = 0; p < COLUMNS; ++p) {
        V* middle = of.dx.at(of.slopes.row + of.row, column + p) + channel;
        LOOKALIKE_UNROLL
        for (int c = 0; c < CHANNELS; ++c) {
          const V up = g[UP][p][c] - g[UP_LEFT][p][c] - g[UP_RIGHT][p][c];
          const V down = g[DOWN][p][c] - g[DOWN_LEFT][p][c] - g[DOWN_RIGHT][p][c];
          middle[-stride - next + c] += g[UP_LEFT][p][c];
          middle[-stride + c] += up;
          middle[-stride + next + c] += g[UP_RIGHT][p][c];
          middle[stride - next + c] += g[DOWN_LEFT][p][c];
          middle[stride + c] += down;
          middle[stride + next + c] += g[DOWN_RIGHT][p][c];
          const V left = g[LEFT][p][c] - g[UP_LEFT][p][c] - g[DOWN_LEFT][p][c];
          const V right = g[RIGHT][p][c] - g[UP_RIGHT][p][c] - g[DOWN_RIGHT][p][c];
          middle[-next + c] += left;
          middle[next + c] += right;
          middle[c] += g[HERE][p][c] - up - down - g[LEFT][p][c] - g[RIGHT][p][c];
        }
      }
    }
  };
};

/**
 * Both gradients. The signs of the terms are left to `takeDoubled`, for the kernel, and to the way in
 * which `DoubledInputGradient` puts them together.
 * @param sums [TERMS][inputs][outputs]
 * @param dx zeros; afterwards the gradient, and something in its frame
 */
inline void addDoubledGradients(const Differences& differences, const Plane& dy, V* memory, V* sums,
                                const Plane& dx, const float* packed) {
  const Plane& x = differences.x;
  const ptrdiff_t matrix = ptrdiff_t(x.channels) * dy.channels;
  for (int row = 0; row < x.height; row += DOUBLED_ROWS) {
    const int end = row + DOUBLED_ROWS < x.height ? row + DOUBLED_ROWS : x.height;
    const SlopesOfRows slopes(dy, row, end, x.width, memory);
    for (int term = 0; term < TERMS; ++term) {
      eachTileOfChannels<3>(
          x.channels,
          TermGradient{differences.of(term, row, 0), x.channels, x.rowStride(), slopes.of(term),
                       end - row, x.width, dy.channels, sums + term * matrix});
    }
    for (int r = 0; r < end - row; ++r) {
      eachStripOfColumns(x.width, DoubledInputGradient{slopes, r, dx, packed});
    }
  }
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
