// The gradient of the kernel of a 3x3 convolution.
#pragma once

#include "convolution.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

/**
 * Rows `firstRow` to `endRow` - 1 of dy give to the gradient of the kernel:
 * sums[y][x][k][c] += x[row + y - 1][column + x - 1][k] * dy[row][column][c], over all pixels.
 * @param sums [3][3][inputs][outputs]
 */
struct KernelGradient {
  const Plane& x;
  const Plane& dy;
  int firstRow, endRow;
  V* sums;

  template <int CHANNELS>
  LOOKALIKE_INLINE void run(int channel) const {
    const int inputs = x.channels, outputs = dy.channels;
    for (int y = 0; y < 3; ++y) {
      for (int k = 0; k < inputs; ++k) {
        V* into = sums + (ptrdiff_t(y) * 3 * inputs + k) * outputs + channel;
        const ptrdiff_t tap = ptrdiff_t(inputs) * outputs;
        V sum[3][CHANNELS];
        LOOKALIKE_UNROLL
        for (int t = 0; t < 3; ++t) {
          LOOKALIKE_UNROLL
          for (int c = 0; c < CHANNELS; ++c) sum[t][c] = into[t * tap + c];
        }
        for (int row = firstRow; row < endRow; ++row) {
          const V* pixels = x.at(row + y - 1, -1) + k;
          const V* slopes = dy.at(row, 0) + channel;
          for (int column = 0; column < dy.width; ++column, pixels += inputs, slopes += outputs) {
            V three[3];
            LOOKALIKE_UNROLL
            for (int t = 0; t < 3; ++t) three[t] = pixels[ptrdiff_t(t) * inputs];
            LOOKALIKE_UNROLL
            for (int c = 0; c < CHANNELS; ++c) {
              const V slope = slopes[c];
              LOOKALIKE_UNROLL
              for (int t = 0; t < 3; ++t) sum[t][c] += three[t] * slope;
            }
          }
        }
        LOOKALIKE_UNROLL
        for (int t = 0; t < 3; ++t) {
          LOOKALIKE_UNROLL
          for (int c = 0; c < CHANNELS; ++c) into[t * tap + c] = sum[t][c];
        }
      }
    }
  }
};

/**
 * The same where there are few outputs and many inputs, by rows of x: what moves is dy, by
 * x[row + y - 1][..] dy[row][..] = x[row][..] dy[row - y + 1][..], whose frame is zero.
 */
struct KernelGradientOfFew {
  const Plane& x;
  const Plane& dy;
  int firstRow, endRow;
  V* sums;

  template <int INPUTS>
  LOOKALIKE_INLINE void run(int k) const {
    const int inputs = x.channels, outputs = dy.channels;
    const ptrdiff_t tap = ptrdiff_t(inputs) * outputs;
    for (int y = 0; y < 3; ++y) {
      for (int channel = 0; channel < outputs; ++channel) {
        V* into = sums + (ptrdiff_t(y) * 3 * inputs + k) * outputs + channel;
        V sum[3][INPUTS];
        LOOKALIKE_UNROLL
        for (int t = 0; t < 3; ++t) {
          LOOKALIKE_UNROLL
          for (int i = 0; i < INPUTS; ++i) sum[t][i] = into[t * tap + i * outputs];
        }
        for (int row = firstRow; row < endRow; ++row) {
          const V* pixels = x.at(row, 0) + k;
          const V* slopes = dy.at(row - y + 1, 1) + channel;
          for (int column = 0; column < x.width; ++column, pixels += inputs, slopes += outputs) {
            V three[3];
            LOOKALIKE_UNROLL
            for (int t = 0; t < 3; ++t) three[t] = slopes[-ptrdiff_t(t) * outputs];
            LOOKALIKE_UNROLL
            for (int i = 0; i < INPUTS; ++i) {
              const V pixel = pixels[i];
              LOOKALIKE_UNROLL
              for (int t = 0; t < 3; ++t) sum[t][i] += three[t] * pixel;
            }
          }
        }
        LOOKALIKE_UNROLL
        for (int t = 0; t < 3; ++t) {
          LOOKALIKE_UNROLL
          for (int i = 0; i < INPUTS; ++i) into[t * tap + i * outputs] = sum[t][i];
        }
      }
    }
  }
};

/** Rows that give to the gradient of a kernel at a time: what they hold stays in the first cache. */
constexpr int GRADIENT_ROWS = 2;

/** @param dy with its frame of zeros, of the sides of x */
inline void addKernelGradient(const Plane& x, const Plane& dy, V* sums) {
  const bool few = dy.channels < TILE_CHANNELS && x.channels >= TILE_CHANNELS;
  for (int first = 0; first < x.height; first += GRADIENT_ROWS) {
    const int end = first + GRADIENT_ROWS < x.height ? first + GRADIENT_ROWS : x.height;
    if (few) {
      eachTileOfChannels<TILE_CHANNELS>(x.channels, KernelGradientOfFew{x, dy, first, end, sums});
    } else {
      eachTileOfChannels<TILE_CHANNELS>(dy.channels, KernelGradient{x, dy, first, end, sums});
    }
  }
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
