// The way back through a doubled convolution, see doubled-convolution.h: by the same nine products.
#pragma once

#include "doubled-convolution.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

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
  void sumUp(const V* upper, const V* lower, V* side, V* below, V* ofFour) const {
    const int channels = dy.channels;
    for (int column = 0; column < width; ++column, upper += 2 * channels, lower += 2 * channels,
             side += channels, below += 2 * channels, ofFour += channels) {
      for (int c = 0; c < channels; ++c) {
        const V a = upper[c], b = upper[channels + c], d = lower[c], e = lower[channels + c];
        side[c] = a + b;
        side[ptrdiff_t(width) * channels + c] = d + e;
        below[c] = a + d;
        below[channels + c] = b + e;
        ofFour[c] = (a + b) + (d + e);
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
        const V* slope = of.slopes.start + row * of.slopes.rowStride + channel;
        for (int p = 0; p < of.width; ++p, pixels += of.inputs, slope += of.slopes.stride) {
          V pixel[INPUTS];
          LOOKALIKE_UNROLL
          for (int i = 0; i < INPUTS; ++i) pixel[i] = pixels[i];
          LOOKALIKE_UNROLL
          for (int c = 0; c < CHANNELS; ++c) {
            const V number = slope[c];
            LOOKALIKE_UNROLL
            for (int i = 0; i < INPUTS; ++i) sum[i][c] += pixel[i] * number;
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

/** The gradient of the taps, in the place of that of the terms. */
inline void takeDoubled(const Layer& layer, float* gradient) {
  const ptrdiff_t matrix = ptrdiff_t(layer.inputs) * layer.outputs;
  for (ptrdiff_t i = 0; i < matrix; ++i) {
    float taps[9] = {};
    LOOKALIKE_UNROLL
    for (int term = 0; term < TERMS; ++term) {
      const float value = signOf(term) * gradient[term * matrix + i];
      LOOKALIKE_UNROLL
      for (int tap = 0; tap < 9; ++tap) {
        if (isTapOf(term, tap / 3, tap % 3)) taps[tap] += value;
      }
    }
    for (int tap = 0; tap < 9; ++tap) gradient[tap * matrix + i] = taps[tap];
  }
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
