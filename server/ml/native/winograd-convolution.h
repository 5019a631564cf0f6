// 3x3 convolutions in patches of 4x4; see winograd.h.
#pragma once

#include "convolution.h"
#include "winograd.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

inline size_t pointsOfKernel(int inputs, int outputs) { return size_t(POINTS) * inputs * outputs; }

/**
 * Outputs that are summed up at a time, of two patches: twelve sums, two windows and a number of the kernel
 * fill the registers.
 */
constexpr int POINT_CHANNELS = 6;

/** Where a number of [rows, columns] is, in tiles of POINT_CHANNELS columns and one of what is left. */
LOOKALIKE_INLINE ptrdiff_t placeInTiles(int rows, int columns, int row, int column) {
  const int first = column / POINT_CHANNELS * POINT_CHANNELS;
  const int wide = columns - first < POINT_CHANNELS ? columns - first : POINT_CHANNELS;
  return ptrdiff_t(first) * rows + ptrdiff_t(row) * wide + (column - first);
}

/** Calls `tile.run<width>(first)` for the tiles of `placeInTiles`. */
template <class Tile>
LOOKALIKE_INLINE void eachPointTile(int columns, const Tile& tile) {
  int first = 0;
  for (; first + POINT_CHANNELS <= columns; first += POINT_CHANNELS) {
    tile.template run<POINT_CHANNELS>(first);
  }
  switch (columns - first) {
    case 5: return tile.template run<5>(first);
    case 4: return tile.template run<4>(first);
    case 3: return tile.template run<3>(first);
    case 2: return tile.template run<2>(first);
    case 1: return tile.template run<1>(first);
  }
}

/** The first `count` numbers. */
LOOKALIKE_INLINE V firstOf(const float* numbers, int count) {
  V v = zero();
  if (count >= LANES) __builtin_memcpy(&v, numbers, sizeof(v));
  else __builtin_memcpy(&v, numbers, size_t(count) * sizeof(float));
  return v;
}

/**
 * At each point, the numbers of a kernel [3, 3, inputs, outputs] in the order of `placeInTiles`.
 * @param turned those of the kernel that brings a gradient back, or null
 */
inline void packPoints(const float* kernel, int inputs, int outputs, float* packed, float* turned) {
  const ptrdiff_t size = ptrdiff_t(inputs) * outputs;
  for (int k = 0; k < inputs; ++k) {
    for (int first = 0; first < outputs; first += LANES) {
      const int count = outputs - first < LANES ? outputs - first : LANES;
      V g[3][3], back[3][3], at[WINDOW][WINDOW];
      for (int tap = 0; tap < 9; ++tap) {
        const V numbers = firstOf(kernel + (tap * ptrdiff_t(inputs) + k) * outputs + first, count);
        g[tap / 3][tap % 3] = numbers;
        back[2 - tap / 3][2 - tap % 3] = numbers;
      }
      transform<KernelToPoints>(g, at);
      for (int p = 0; p < POINTS; ++p) {
        const V& numbers = at[p / WINDOW][p % WINDOW];
        for (int c = 0; c < count; ++c) {
          packed[p * size + placeInTiles(inputs, outputs, k, first + c)] = numbers[c];
        }
      }
      if (!turned) continue;
      transform<KernelToPoints>(back, at);
      const ptrdiff_t place = placeInTiles(outputs, inputs, first, k);
      const ptrdiff_t next = placeInTiles(outputs, inputs, first + 1, k) - place;
      for (int p = 0; p < POINTS; ++p) {
        const V& numbers = at[p / WINDOW][p % WINDOW];
        for (int c = 0; c < count; ++c) turned[p * size + place + c * next] = numbers[c];
      }
    }
  }
}

/** The points of some rows of windows: [POINTS][patches][channels]. */
inline void pointsOfWindows(const Plane& x, const Patches& patches, int firstRow, int endRow,
                            const PointMemory& memory) {
  const int channels = x.channels;
  const ptrdiff_t stride = pointStride((endRow - firstRow) * patches.columns * channels);
  V* into = memory.windows;
  for (int row = firstRow; row < endRow; ++row) {
    for (int column = 0; column < patches.columns; ++column, into += channels) {
      const Sight<WINDOW> sight(x, PATCH * row - 1, PATCH * column - 1, memory.zeros);
      for (int k = 0; k < channels; ++k) {
        V window[WINDOW][WINDOW], at[WINDOW][WINDOW];
        LOOKALIKE_UNROLL
        for (int j = 0; j < WINDOW; ++j) {
          LOOKALIKE_UNROLL
          for (int i = 0; i < WINDOW; ++i) window[i][j] = sight.at(i, j, k);
        }
        transform<WindowToPoints>(window, at);
        V* place = into + k;
        LOOKALIKE_UNROLL
        for (int i = 0; i < WINDOW; ++i) {
          LOOKALIKE_UNROLL
          for (int j = 0; j < WINDOW; ++j) place[(i * WINDOW + j) * stride] = at[i][j];
        }
      }
    }
  }
}

/** At one point, the windows [patches, inputs] times the kernel [inputs, outputs]. */
struct ProductsAtPoint {
  const V* windows;
  int patches, inputs, outputs;
  const float* packed;
  V* into;

  template <int CHANNELS>
  LOOKALIKE_INLINE void run(int channel) const {
    const Strip<CHANNELS> strip{*this, channel};
    int patch = 0;
    for (; patch + 2 <= patches; patch += 2) strip.template run<2>(patch);
    if (patch < patches) strip.template run<1>(patch);
  }

  template <int CHANNELS>
  struct Strip {
    const ProductsAtPoint& of;
    int channel;

    template <int COUNT>
    LOOKALIKE_INLINE void run(int patch) const {
      V sums[COUNT][CHANNELS];
      setToZero(sums);
      addProducts(sums, of.windows + ptrdiff_t(patch) * of.inputs, of.inputs, of.inputs,
                  of.packed + ptrdiff_t(channel) * of.inputs);
      LOOKALIKE_UNROLL
      for (int p = 0; p < COUNT; ++p) {
        LOOKALIKE_UNROLL
        for (int c = 0; c < CHANNELS; ++c) {
          of.into[ptrdiff_t(patch + p) * of.outputs + channel + c] = sums[p][c];
        }
      }
    }
  };
};

/** The products at all points of some patches: [POINTS][patches][outputs]. */
inline void productsAtPoints(int patches, int inputs, int outputs, const float* packed,
                             const PointMemory& memory) {
  const ptrdiff_t from = pointStride(patches * inputs), into = pointStride(patches * outputs);
  for (int p = 0; p < POINTS; ++p) {
    const ProductsAtPoint point{memory.windows + p * from,
                                patches,
                                inputs,
                                outputs,
                                packed + p * ptrdiff_t(inputs) * outputs,
                                memory.products + p * into};
    eachPointTile(outputs, point);
  }
}

/** Of the products at the points, some rows of patches. */
template <class Store>
inline void patchesOfPoints(const Plane& x, const Patches& patches, int firstRow, int endRow,
                            int outputs, const V* products, const Store& store) {
  const ptrdiff_t stride = pointStride((endRow - firstRow) * patches.columns * outputs);
  const V* from = products;
  for (int row = firstRow; row < endRow; ++row) {
    const int rows = x.height - PATCH * row < PATCH ? x.height - PATCH * row : PATCH;
    for (int column = 0; column < patches.columns; ++column, from += outputs) {
      const int columns = x.width - PATCH * column < PATCH ? x.width - PATCH * column : PATCH;
      for (int c = 0; c < outputs; ++c) {
        V at[WINDOW][WINDOW], patch[PATCH][PATCH];
        LOOKALIKE_UNROLL
        for (int i = 0; i < WINDOW; ++i) {
          LOOKALIKE_UNROLL
          for (int j = 0; j < WINDOW; ++j) at[i][j] = from[(i * WINDOW + j) * stride + c];
        }
        transform<PointsToPatch>(at, patch);
        LOOKALIKE_UNROLL
        for (int i = 0; i < PATCH; ++i) {
          LOOKALIKE_UNROLL
          for (int j = 0; j < PATCH; ++j) {
            if (i < rows && j < columns) store(PATCH * row + i, PATCH * column + j, c, patch[i][j]);
          }
        }
      }
    }
  }
}

/**
 * A convolution in patches. @param packed the kernel by `packPoints`
 * @param store (row, column, channel, sum)
 */
template <class Store>
inline void convolveInPatches(const Plane& x, int outputs, const float* packed,
                              const PointMemory& memory, const Store& store) {
  const Patches patches(x.height, x.width);
  const int atOnce = patches.rowsAtOnce();
  for (int first = 0; first < patches.rows; first += atOnce) {
    const int end = first + atOnce < patches.rows ? first + atOnce : patches.rows;
    pointsOfWindows(x, patches, first, end, memory);
    productsAtPoints((end - first) * patches.columns, x.channels, outputs, packed, memory);
    patchesOfPoints(x, patches, first, end, outputs, memory.products, store);
  }
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
