// 3x3 convolutions, forward; turned round, they also bring a gradient back to their input.
//
// A picture is in each lane of a vector, so a tap is one multiplication of a pixel's vector by a
// number of the kernel. Some pixels times some channels are summed up in registers at a time: each
// pixel that is loaded serves several channels, and each number of the kernel several pixels.
#pragma once

#include "plane.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

/** Output channels in a tile. Those that do not fill one are computed one by one. */
constexpr int TILE_CHANNELS = 4;
/** The same where max pooling follows: a tile holds four pixels of each. */
constexpr int POOLED_TILE_CHANNELS = 2;

/** Floats of `columns` by `rows` numbers in the order of `packTiles`. */
LOOKALIKE_INLINE size_t packedFloats(int rows, int columns) { return size_t(rows) * columns; }

/**
 * A matrix as the tiles read it: `tile` columns side by side, row behind row; then the next columns.
 * @param element the number at (row, column)
 */
template <class Element>
inline void packTiles(int rows, int columns, int tile, const Element& element, float* packed) {
  for (int first = 0; first < columns;) {
    const int wide = columns - first >= tile ? tile : 1;
    for (int row = 0; row < rows; ++row) {
      for (int c = 0; c < wide; ++c) *packed++ = element(row, first + c);
    }
    first += wide;
  }
}

/** Calls `tile.run<width>(first)` for channels 0 to count - 1, the tiled ones and the single ones. */
template <int WIDE, class Tile>
LOOKALIKE_INLINE void eachTileOfChannels(int count, const Tile& tile) {
  int first = 0;
  for (; first + WIDE <= count; first += WIDE) tile.template run<WIDE>(first);
  for (; first < count; ++first) tile.template run<1>(first);
}

/** Calls `strip.run<columns>(first)` with 3, 2 or 1 columns, 1 only where there is no other way. */
template <class Strip>
LOOKALIKE_INLINE void eachStripOfColumns(int width, const Strip& strip) {
  int first = 0;
  while (width - first >= 5 || width - first == 3) {
    strip.template run<3>(first);
    first += 3;
  }
  while (width - first >= 2) {
    strip.template run<2>(first);
    first += 2;
  }
  if (first < width) strip.template run<1>(first);
}

/**
 * sums[pixel][channel] += x[pixel][k] * weights[k][channel] for k from 0 to depth - 1.
 * @param stride from one pixel to the next
 */
template <int PIXELS, int CHANNELS>
LOOKALIKE_INLINE void addProducts(V (&sums)[PIXELS][CHANNELS], const V* x, ptrdiff_t stride,
                                  int depth, const float* weights) {
  for (int k = 0; k < depth; ++k) {
    V pixels[PIXELS];
    LOOKALIKE_UNROLL
    for (int p = 0; p < PIXELS; ++p) pixels[p] = x[p * stride + k];
    LOOKALIKE_UNROLL
    for (int c = 0; c < CHANNELS; ++c) {
      const V weight = all(weights[k * CHANNELS + c]);
      LOOKALIKE_UNROLL
      for (int p = 0; p < PIXELS; ++p) sums[p][c] += pixels[p] * weight;
    }
  }
}

template <int PIXELS, int CHANNELS>
LOOKALIKE_INLINE void setToZero(V (&sums)[PIXELS][CHANNELS]) {
  LOOKALIKE_UNROLL
  for (int p = 0; p < PIXELS; ++p) {
    LOOKALIKE_UNROLL
    for (int c = 0; c < CHANNELS; ++c) sums[p][c] = zero();
  }
}

/** One row of a convolution to several channels; `store(column, channel, sum)` takes what comes out. */
template <class Store>
struct ConvolutionRow {
  const Plane& x;
  int row, outputs;
  const float* packed;
  const Store& store;

  template <int COLUMNS>
  LOOKALIKE_INLINE void run(int column) const {
    eachTileOfChannels<TILE_CHANNELS>(outputs, Strip<COLUMNS>{*this, column});
  }

  template <int COLUMNS>
  struct Strip {
    const ConvolutionRow& of;
    int column;

    template <int CHANNELS>
    LOOKALIKE_INLINE void run(int channel) const {
      const int inputs = of.x.channels;
      const float* weights = of.packed + ptrdiff_t(9) * inputs * channel;
      V sums[COLUMNS][CHANNELS];
      setToZero(sums);
      for (int y = 0; y < 3; ++y) {
        // The three taps of a row lie behind one another, in the picture and in the kernel.
        addProducts(sums, of.x.at(of.row + y - 1, column - 1), inputs, 3 * inputs,
                    weights + y * 3 * inputs * CHANNELS);
      }
      LOOKALIKE_UNROLL
      for (int p = 0; p < COLUMNS; ++p) {
        LOOKALIKE_UNROLL
        for (int c = 0; c < CHANNELS; ++c) of.store(column + p, channel + c, sums[p][c]);
      }
    }
  };
};

/** Columns that a convolution to one channel sums up at a time. */
constexpr int WIDE_STRIP = 10;

/**
 * A row of a convolution to one channel. Each pixel that is loaded serves the three outputs that see
 * it; the numbers of a row of the kernel stay in registers.
 */
template <int COLUMNS, class Store>
LOOKALIKE_INLINE void convolveToOne(const Plane& x, int row, int first, const float* packed,
                                    int channel, const Store& store) {
  const int inputs = x.channels;
  V sums[COLUMNS];
  LOOKALIKE_UNROLL
  for (int p = 0; p < COLUMNS; ++p) sums[p] = zero();
  for (int y = 0; y < 3; ++y) {
    const float* weights = packed + y * 3 * inputs;
    const V* pixels = x.at(row + y - 1, first - 1);
    for (int k = 0; k < inputs; ++k) {
      const V left = all(weights[k]);
      const V middle = all(weights[inputs + k]);
      const V right = all(weights[2 * inputs + k]);
      LOOKALIKE_UNROLL
      for (int p = 0; p < COLUMNS + 2; ++p) {
        const V pixel = pixels[ptrdiff_t(p) * inputs + k];
        if (p < COLUMNS) sums[p] += pixel * left;
        if (p >= 1 && p <= COLUMNS) sums[p - 1] += pixel * middle;
        if (p >= 2) sums[p - 2] += pixel * right;
      }
    }
  }
  LOOKALIKE_UNROLL
  for (int p = 0; p < COLUMNS; ++p) store(first + p, channel, sums[p]);
}

template <class Store>
inline void convolveRowToOne(const Plane& x, int row, const float* packed, int channel,
                             const Store& store) {
  int first = 0;
  for (; x.width - first >= 2 * WIDE_STRIP || x.width - first == WIDE_STRIP; first += WIDE_STRIP) {
    convolveToOne<WIDE_STRIP>(x, row, first, packed, channel, store);
  }
  for (; x.width - first >= 9; first += 9) convolveToOne<9>(x, row, first, packed, channel, store);
  for (; x.width - first >= 7; first += 7) convolveToOne<7>(x, row, first, packed, channel, store);
  for (; x.width - first >= 4; first += 4) convolveToOne<4>(x, row, first, packed, channel, store);
  for (; first < x.width; ++first) convolveToOne<1>(x, row, first, packed, channel, store);
}

/**
 * A row of a convolution. @param packed the kernel by `packTiles`, [9 inputs, outputs] in tiles of
 * TILE_CHANNELS
 */
template <class Store>
inline void convolveRow(const Plane& x, int row, int outputs, const float* packed,
                        const Store& store) {
  const int tiled = outputs / TILE_CHANNELS * TILE_CHANNELS;
  if (tiled > 0) eachStripOfColumns(x.width, ConvolutionRow<Store>{x, row, tiled, packed, store});
  for (int channel = tiled; channel < outputs; ++channel) {
    convolveRowToOne(x, row, packed + ptrdiff_t(9) * x.channels * channel, channel, store);
  }
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
