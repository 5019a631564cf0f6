// Convolution, 2x2 max pooling and ReLU in one: what is not pooled is never stored.
#pragma once

#include "convolution.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

/** Which pixel of a window passes its gradient on: 2 row + column, or none, where ReLU is zero. */
constexpr int32_t NO_PIXEL = 4;

/** For each vector of the pooled plane, without a frame, the pixel of the window that was largest. */
struct Winners {
  B* start = nullptr;
  int width = 0, channels = 0;
  LOOKALIKE_INLINE B* at(int row, int column) const {
    return start + (ptrdiff_t(row) * width + column) * channels;
  }
};

/**
 * Identity: relu(max(x...)) = max(relu(x)...), for ReLU never swaps the order of two numbers.
 * Of equal pixels the first wins, as in TensorFlow.
 */
struct PooledConvolution {
  const Plane& x;
  const Plane& pooled;
  const Winners* winners;
  bool withRelu;
  const float* packed;

  void run() const {
    for (int row = 0; row < pooled.height; ++row) {
      const bool two = 2 * row + 1 < x.height;
      for (int column = 0; column < pooled.width; ++column) {
        const bool wide = 2 * column + 1 < x.width;
        if (two && wide) window<2, 2>(row, column);
        else if (two) window<2, 1>(row, column);
        else if (wide) window<1, 2>(row, column);
        else window<1, 1>(row, column);
      }
    }
  }

 private:
  template <int ROWS, int COLUMNS>
  void window(int row, int column) const {
    eachTileOfChannels<POOLED_TILE_CHANNELS>(pooled.channels,
                                             Window<ROWS, COLUMNS>{*this, row, column});
  }

  template <int ROWS, int COLUMNS>
  struct Window {
    const PooledConvolution& of;
    int row, column;

    template <int CHANNELS>
    LOOKALIKE_INLINE void run(int channel) const {
      const int inputs = of.x.channels;
      const ptrdiff_t stride = of.x.rowStride();
      const float* weights = of.packed + ptrdiff_t(9) * inputs * channel;
      V sums[ROWS * COLUMNS][CHANNELS];
      setToZero(sums);
      const V* corner = of.x.at(2 * row - 1, 2 * column - 1);
      for (int y = 0; y < 3; ++y, corner += stride) {
        for (int k = 0; k < 3 * inputs; ++k, weights += CHANNELS) {
          LOOKALIKE_UNROLL
          for (int c = 0; c < CHANNELS; ++c) {
            const V weight = all(weights[c]);
            LOOKALIKE_UNROLL
            for (int p = 0; p < ROWS * COLUMNS; ++p) {
              sums[p][c] += corner[p / COLUMNS * stride + p % COLUMNS * inputs + k] * weight;
            }
          }
        }
      }
      LOOKALIKE_UNROLL
      for (int c = 0; c < CHANNELS; ++c) {
        V largest = sums[0][c];
        I winner = all(int32_t{0});
        LOOKALIKE_UNROLL
        for (int p = 1; p < ROWS * COLUMNS; ++p) {
          const I larger = sums[p][c] > largest;
          largest = select(larger, sums[p][c], largest);
          const int32_t place = p / COLUMNS * 2 + p % COLUMNS;
          winner = (winner & ~larger) | (all(place) & larger);
        }
        if (of.withRelu) {
          const I off = largest <= zero();
          winner = (winner & ~off) | (all(NO_PIXEL) & off);
          largest = relu(largest);
        }
        of.pooled.at(row, column)[channel + c] = largest;
        if (of.winners) of.winners->at(row, column)[channel + c] = toBytes(winner);
      }
    }
  };
};

/**
 * The gradient before the pooling, of the rows of one row of windows.
 * @param pooled the gradient behind it
 * @param into its row 2 * row is at `intoRow`
 */
inline void unpoolRow(const Plane& pooled, const Winners& winners, int row, const Plane& into,
                      int intoRow, int rows) {
  for (int y = 0; y < rows; ++y) {
    for (int column = 0; column < pooled.width; ++column) {
      const V* slopes = pooled.at(row, column);
      const B* winner = winners.at(row, column);
      const int columns = 2 * column + 1 < into.width ? 2 : 1;
      V* left = into.at(intoRow + y, 2 * column);
      for (int c = 0; c < pooled.channels; ++c) {
        const I place = indexesOf(winner[c]);
        left[c] = only(place == all(int32_t{2 * y}), slopes[c]);
        if (columns == 2) {
          left[pooled.channels + c] = only(place == all(int32_t{2 * y + 1}), slopes[c]);
        }
      }
    }
  }
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
