// The gradient of the kernel of a 3x3 convolution, in patches of 4x4; see winograd.h.
//
// Of y = Aᵀ [(G g Gᵀ) · (Bᵀ d B)] A follows dg = Gᵀ [(A dy Aᵀ) · (Bᵀ d B)] G. What is within the brackets
// is summed up over patches and pictures, at each point a matrix of inputs by outputs.
#pragma once

#include "transpose.h"
#include "winograd-convolution.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

/** Vectors that hold so many channels. */
LOOKALIKE_INLINE int octetsOf(int channels) { return (channels + LANES - 1) / LANES; }

/** From one point of a gradient to the next. */
LOOKALIKE_INLINE ptrdiff_t gradientStride(int inputs, int outputs) {
  return pointStride(inputs * octetsOf(outputs));
}

inline size_t pointsOfGradient(int inputs, int outputs) {
  return size_t(POINTS) * gradientStride(inputs, outputs);
}

/**
 * The points of some rows of patches of dy, with channels in the lanes: [POINTS][patches][pictures]
 * [octets of channels].
 */
inline void pointsOfSlopes(const Plane& dy, const Patches& patches, int firstRow, int endRow,
                           const PointMemory& memory) {
  const int octets = octetsOf(dy.channels);
  const ptrdiff_t stride = pointStride((endRow - firstRow) * patches.columns * LANES * octets);
  V* into = memory.products;
  for (int row = firstRow; row < endRow; ++row) {
    for (int column = 0; column < patches.columns; ++column, into += LANES * octets) {
      const Sight<PATCH> sight(dy, PATCH * row, PATCH * column, memory.zeros);
      for (int octet = 0; octet < octets; ++octet) {
        const int first = octet * LANES;
        V pixels[PATCH][PATCH][LANES];
        for (int i = 0; i < PATCH; ++i) {
          for (int j = 0; j < PATCH; ++j) {
            V (&pixel)[LANES] = pixels[i][j];
            LOOKALIKE_UNROLL
            for (int c = 0; c < LANES; ++c) {
              pixel[c] = first + c < dy.channels ? sight.at(i, j, first + c) : zero();
            }
            transpose(pixel);
          }
        }
        for (int picture = 0; picture < LANES; ++picture) {
          V patch[PATCH][PATCH], at[WINDOW][WINDOW];
          LOOKALIKE_UNROLL
          for (int i = 0; i < PATCH; ++i) {
            LOOKALIKE_UNROLL
            for (int j = 0; j < PATCH; ++j) patch[i][j] = pixels[i][j][picture];
          }
          transform<PatchToPoints>(patch, at);
          V* place = into + picture * octets + octet;
          LOOKALIKE_UNROLL
          for (int i = 0; i < WINDOW; ++i) {
            LOOKALIKE_UNROLL
            for (int j = 0; j < WINDOW; ++j) place[(i * WINDOW + j) * stride] = at[i][j];
          }
        }
      }
    }
  }
}

/** A number within a vector. */
typedef float __attribute__((may_alias)) LaneOfVector;

/** At one point: sums[input][output] += windows[patch][input] * slopes[patch][output], of every picture. */
struct GradientAtPoint {
  const V* windows;
  const V* slopes;
  int patches, inputs, octets;
  V* sums;

  /** Octets of outputs, called by `eachStripOfColumns`. */
  template <int OCTETS>
  LOOKALIKE_INLINE void run(int octet) const {
    eachTileOfChannels<4>(inputs, Strip<OCTETS>{*this, octet});
  }

  template <int OCTETS>
  struct Strip {
    const GradientAtPoint& of;
    int octet;

    template <int INPUTS>
    LOOKALIKE_INLINE void run(int input) const {
      const ptrdiff_t octets = of.octets;
      V* into = of.sums + input * octets + octet;
      V sum[INPUTS][OCTETS];
      LOOKALIKE_UNROLL
      for (int i = 0; i < INPUTS; ++i) {
        LOOKALIKE_UNROLL
        for (int o = 0; o < OCTETS; ++o) sum[i][o] = into[i * octets + o];
        // All sums are more than the cache holds: those of the next tile are fetched meanwhile.
        __builtin_prefetch(into + (INPUTS + i) * octets, 1);
        __builtin_prefetch(into + (INPUTS + i) * octets + OCTETS - 1, 1);
      }
      const V* slopes = of.slopes + octet;
      for (int patch = 0; patch < of.patches; ++patch) {
        const auto* window =
            reinterpret_cast<const LaneOfVector*>(of.windows + ptrdiff_t(patch) * of.inputs + input);
        for (int picture = 0; picture < LANES; ++picture, slopes += octets) {
          V slope[OCTETS];
          LOOKALIKE_UNROLL
          for (int o = 0; o < OCTETS; ++o) slope[o] = slopes[o];
          LOOKALIKE_UNROLL
          for (int i = 0; i < INPUTS; ++i) {
            const V x = all(float(window[i * LANES + picture]));
            LOOKALIKE_UNROLL
            for (int o = 0; o < OCTETS; ++o) sum[i][o] += x * slope[o];
          }
        }
      }
      LOOKALIKE_UNROLL
      for (int i = 0; i < INPUTS; ++i) {
        LOOKALIKE_UNROLL
        for (int o = 0; o < OCTETS; ++o) into[i * octets + o] = sum[i][o];
      }
    }
  };
};

/**
 * Adds the gradient of a kernel at the points.
 * @param dy with its frame of zeros, of the sides of x @param sums at each point [inputs, octets of outputs]; see
 * `gradientStride`
 */
inline void addGradientInPatches(const Plane& x, const Plane& dy, const PointMemory& memory, V* sums) {
  const Patches patches(x.height, x.width);
  const int atOnce = patches.rowsAtOnce(), octets = octetsOf(dy.channels);
  for (int first = 0; first < patches.rows; first += atOnce) {
    const int end = first + atOnce < patches.rows ? first + atOnce : patches.rows;
    const int count = (end - first) * patches.columns;
    pointsOfWindows(x, patches, first, end, memory);
    pointsOfSlopes(dy, patches, first, end, memory);
    const ptrdiff_t ofWindows = pointStride(count * x.channels);
    const ptrdiff_t ofSlopes = pointStride(count * LANES * octets);
    for (int p = 0; p < POINTS; ++p) {
      eachStripOfColumns(octets, GradientAtPoint{memory.windows + p * ofWindows,
                                                 memory.products + p * ofSlopes, count, x.channels,
                                                 octets, sums + p * gradientStride(x.channels, dy.channels)});
    }
  }
}

/** Of the gradient at the points, that in the kernel [3, 3, inputs, outputs]; clears the former. */
inline void takeGradientOfPoints(int inputs, int outputs, V* sums, float* gradient) {
  const int octets = octetsOf(outputs);
  const ptrdiff_t stride = gradientStride(inputs, outputs);
  for (int k = 0; k < inputs; ++k) {
    for (int octet = 0; octet < octets; ++octet) {
      const int first = octet * LANES;
      const int count = outputs - first < LANES ? outputs - first : LANES;
      V at[WINDOW][WINDOW], g[3][3];
      for (int p = 0; p < POINTS; ++p) {
        V& sum = sums[p * stride + ptrdiff_t(k) * octets + octet];
        at[p / WINDOW][p % WINDOW] = sum;
        sum = zero();
      }
      transform<PointsToKernel>(at, g);
      for (int tap = 0; tap < 9; ++tap) {
        __builtin_memcpy(gradient + (tap * ptrdiff_t(inputs) + k) * outputs + first,
                         &g[tap / 3][tap % 3], size_t(count) * sizeof(float));
      }
    }
  }
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
