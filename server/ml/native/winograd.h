// The transforms of 3x3 convolutions by F(4x4, 3x3) (Winograd; Lavin, Gray: Fast Algorithms for
// Convolutional Neural Networks, arXiv:1509.09308).
//
// A patch of 4x4 outputs sees a window of 6x6 pixels. With d the window, g the kernel and y the patch,
// y = Aᵀ [(G g Gᵀ) · (Bᵀ d B)] A, where · multiplies number by number: 36 products in place of 144.
// All three sides are polynomials at 36 points, at which a sum over the channels may be taken as well.
#pragma once

#include "plane.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

constexpr int PATCH = 4, WINDOW = 6, POINTS = WINDOW * WINDOW;

/** Bᵀ: of a row of a window. */
struct WindowToPoints {
  static constexpr int FROM = WINDOW, INTO = WINDOW;
  static LOOKALIKE_INLINE void row(const V (&d)[FROM], V (&at)[INTO]) {
    const V a = d[4] - 4.0f * d[2], b = d[3] - 4.0f * d[1];
    const V c = d[4] - d[2], e = d[3] - d[1];
    at[0] = (d[4] - 5.0f * d[2]) + 4.0f * d[0];
    at[1] = a + b;
    at[2] = a - b;
    at[3] = c + 2.0f * e;
    at[4] = c - 2.0f * e;
    at[5] = (d[5] - 5.0f * d[3]) + 4.0f * d[1];
  }
};

/** Aᵀ: what the products at the points make of a row of a patch. */
struct PointsToPatch {
  static constexpr int FROM = WINDOW, INTO = PATCH;
  static LOOKALIKE_INLINE void row(const V (&at)[FROM], V (&y)[INTO]) {
    const V a = at[1] + at[2], b = at[1] - at[2];
    const V c = at[3] + at[4], e = at[3] - at[4];
    y[0] = at[0] + (a + c);
    y[1] = b + 2.0f * e;
    y[2] = a + 4.0f * c;
    y[3] = (b + at[5]) + 8.0f * e;
  }
};

/** A: of a row of a gradient in a patch, that in the products. */
struct PatchToPoints {
  static constexpr int FROM = PATCH, INTO = WINDOW;
  static LOOKALIKE_INLINE void row(const V (&y)[FROM], V (&at)[INTO]) {
    const V a = y[0] + y[2], b = y[1] + y[3];
    const V c = y[0] + 4.0f * y[2], e = y[1] + 4.0f * y[3];
    at[0] = y[0];
    at[1] = a + b;
    at[2] = a - b;
    at[3] = c + 2.0f * e;
    at[4] = c - 2.0f * e;
    at[5] = y[3];
  }
};

/** G: of a row of a kernel. */
struct KernelToPoints {
  static constexpr int FROM = 3, INTO = WINDOW;
  static LOOKALIKE_INLINE void row(const V (&g)[FROM], V (&at)[INTO]) {
    const V a = (g[0] + g[2]) * (-1.0f / 6), b = g[1] * (1.0f / 6);
    const V c = g[0] * (1.0f / 24) + g[2] * (1.0f / 6), e = g[1] * (1.0f / 12);
    at[0] = g[0] * 0.25f;
    at[1] = a - b;
    at[2] = a + b;
    at[3] = c + e;
    at[4] = c - e;
    at[5] = g[2];
  }
};

/** Gᵀ: of the gradient at the points, that in a row of a kernel. */
struct PointsToKernel {
  static constexpr int FROM = WINDOW, INTO = 3;
  static LOOKALIKE_INLINE void row(const V (&at)[FROM], V (&g)[INTO]) {
    const V a = at[1] + at[2], b = at[2] - at[1];
    const V c = at[3] + at[4], e = at[3] - at[4];
    g[0] = at[0] * 0.25f + (c * (1.0f / 24) - a * (1.0f / 6));
    g[1] = b * (1.0f / 6) + e * (1.0f / 12);
    g[2] = at[5] + (c - a) * (1.0f / 6);
  }
};

/** A transform of the columns, then of the rows: T x Tᵀ. */
template <class Transform>
LOOKALIKE_INLINE void transform(const V (&from)[Transform::FROM][Transform::FROM],
                                V (&into)[Transform::INTO][Transform::INTO]) {
  constexpr int FROM = Transform::FROM, INTO = Transform::INTO;
  V half[INTO][FROM];
  LOOKALIKE_UNROLL
  for (int column = 0; column < FROM; ++column) {
    V numbers[FROM], at[INTO];
    LOOKALIKE_UNROLL
    for (int i = 0; i < FROM; ++i) numbers[i] = from[i][column];
    Transform::row(numbers, at);
    LOOKALIKE_UNROLL
    for (int i = 0; i < INTO; ++i) half[i][column] = at[i];
  }
  LOOKALIKE_UNROLL
  for (int i = 0; i < INTO; ++i) Transform::row(half[i], into[i]);
}

/** The patches of a plane, some rows of them at a time. */
struct Patches {
  /** Numbers of patches. */
  int rows, columns;

  Patches(int height, int width)
      : rows((height + PATCH - 1) / PATCH), columns((width + PATCH - 1) / PATCH) {}

  int count() const { return rows * columns; }
  /** As many as bring work to the products, and few enough that their points stay in the cache. */
  int rowsAtOnce() const {
    constexpr int ENOUGH = 4;
    const int wanted = (ENOUGH + columns - 1) / columns;
    return wanted < rows ? wanted : rows;
  }
  int most() const { return rowsAtOnce() * columns; }
};

/** Whether F(4x4, 3x3) saves enough to pay for its transforms. */
inline bool paysInPatches(int height, int width, int inputs, int outputs) {
  return inputs >= 8 && outputs >= 8 && height * width >= 6 * Patches(height, width).count();
}

/**
 * From one point to the next, where each has `count` vectors: an odd number of cache lines, so that
 * the numbers of all points do not meet in one place of the cache.
 */
inline ptrdiff_t pointStride(int count) { return (ptrdiff_t(count) + 3) / 4 * 4 + 2; }

/** What a patch sees of a plane; beyond the frame all is zero. */
template <int SIDE>
struct Sight {
  const V* rows[SIDE];
  /** So many are there. */
  int columns;
  ptrdiff_t channels;

  /** @param zeros [SIDE, channels] */
  Sight(const Plane& plane, int row, int column, const V* zeros)
      : columns(plane.width + 1 - column), channels(plane.channels) {
    for (int i = 0; i < SIDE; ++i) {
      rows[i] = row + i <= plane.height ? plane.at(row + i, column) : zeros;
    }
  }

  LOOKALIKE_INLINE V at(int row, int column, int channel) const {
    return column < columns ? rows[row][column * channels + channel] : zero();
  }
};

/** Memory for the points of some patches. */
struct PointMemory {
  V *windows = nullptr, *products = nullptr;
  /** [WINDOW, channels] */
  V* zeros = nullptr;
};

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
