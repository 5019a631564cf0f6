// Convolution, 2x2 max pooling and ReLU in one: what is not pooled is never stored.
#pragma once

#include "convolution.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

/** Which pixel of a window passes its gradient on: 2 row + column, or none, where ReLU is zero. */
constexpr int32_t NO_PIXEL = 4;

/** For each vector of the pooled plane, without a frame, the pixel of the window that was largest. */
struct Winners {
  I* start = nullptr;
  int width = 0, channels = 0;
  LOOKALIKE_INLINE I* at(int row, int column) const {
    return start + (ptrdiff_t(row) * width + column) * channels;
  }
};

/**
 * Identity: relu(max(x...)) = max(relu(x)...), for ReLU never swaps the order of two numbers.
 * Of equal pixels the first wins, as in TensorFlow.
 */
template <bool WITH_WINNERS>
struct PooledConvolution {
  const Plane& x;
  const Plane& pooled;
  const Winners& winners;
  bool withRelu;
  const float* packed;

  void run() const {
    // Pictures of one channel are the usual case, in which the loops over it cost as much as the sums.
    if (x.channels == 1) windows(1);
    else windows(x.channels);
  }

 private:
  LOOKALIKE_INLINE void windows(int inputs) const {
    for (int row = 0; row < pooled.height; ++row) {
      const bool two = 2 * row + 1 < x.height;
      for (int column = 0; column < pooled.width; ++column) {
        const bool wide = 2 * column + 1 < x.width;
        if (two && wide) window<2, 2>(row, column, inputs);
        else if (two) window<2, 1>(row, column, inputs);
        else if (wide) window<1, 2>(row, column, inputs);
        else window<1, 1>(row, column, inputs);
      }
    }
  }

  template <int ROWS, int COLUMNS>
  LOOKALIKE_INLINE void window(int row, int column, int inputs) const {
    eachTileOfChannels<POOLED_TILE_CHANNELS>(
        pooled.channels,
        Window<ROWS, COLUMNS>{x.at(2 * row - 1, 2 * column - 1), x.rowStride(), inputs, packed,
                              withRelu, pooled.at(row, column),
                              WITH_WINNERS ? winners.at(row, column) : nullptr});
  }

  template <int ROWS, int COLUMNS>
  struct Window {
    /** The pixel before the first one of the window, one row above. */
    const V* corner;
    ptrdiff_t stride;
    int inputs;
    const float* packed;
    bool withRelu;
    V* pooled;
    I* winners;

    template <int CHANNELS>
    LOOKALIKE_INLINE void run(int channel) const {
      const float* weights = packed + ptrdiff_t(9) * inputs * channel;
      V sums[ROWS * COLUMNS][CHANNELS];
      setToZero(sums);
      LOOKALIKE_UNROLL
      for (int y = 0; y < 3; ++y) {
        const V* above = corner + y * stride;
        for (int k = 0; k < 3 * inputs; ++k, weights += CHANNELS) {
          V pixels[ROWS * COLUMNS];
          LOOKALIKE_UNROLL
          for (int p = 0; p < ROWS * COLUMNS; ++p) {
            pixels[p] = above[p / COLUMNS * stride + p % COLUMNS * inputs + k];
          }
          LOOKALIKE_UNROLL
          for (int c = 0; c < CHANNELS; ++c) {
            const V weight = all(weights[c]);
            LOOKALIKE_UNROLL
            for (int p = 0; p < ROWS * COLUMNS; ++p) sums[p][c] += pixels[p] * weight;
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
          if (WITH_WINNERS) winner = select(larger, all(place), winner);
        }
        if (withRelu) {
          if (WITH_WINNERS) winner = select(largest <= zero(), all(NO_PIXEL), winner);
          largest = relu(largest);
        }
        pooled[channel + c] = largest;
        if (WITH_WINNERS) winners[channel + c] = winner;
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
  for (int column = 0; column < pooled.width; ++column) {
    const V* slopes = pooled.at(row, column);
    const I* winner = winners.at(row, column);
    const int columns = 2 * column + 1 < into.width ? 2 : 1;
    V* corner = into.at(intoRow, 2 * column);
    for (int c = 0; c < pooled.channels; ++c) {
      const I place = winner[c];
      for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) {
          corner[y * into.rowStride() + x * pooled.channels + c] =
              only(place == all(int32_t{2 * y + x}), slopes[c]);
        }
      }
    }
  }
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
