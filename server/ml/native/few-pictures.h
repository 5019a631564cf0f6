// The codes of a few pictures, one after the other: with eight output channels in the lanes of a
// vector, where blocks have eight pictures. Each sum is made in the same order, so the codes are the
// very same.
#pragma once

#include <cstring>

#include "scratch.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

/** Pictures up to which this is faster than a block. */
constexpr int FEW_PICTURES = 4;

/** Eight floats anywhere in memory. */
typedef float Unaligned __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

/** [row][column][channel] within a frame of zeros, of one picture. */
struct SinglePlane {
  float* start;
  int height, width, channels;

  LOOKALIKE_INLINE ptrdiff_t rowStride() const { return ptrdiff_t(width + 2) * channels; }
  LOOKALIKE_INLINE float* at(int row, int column) const {
    return start + (row + 1) * rowStride() + ptrdiff_t(column + 1) * channels;
  }
  size_t floats() const { return size_t(height + 2) * (width + 2) * channels; }
};

/** The largest of the sums of a window, or after ReLU, for eight channels. */
struct SingleWindow {
  const float* corner;
  ptrdiff_t stride;
  int inputs, outputs;
  const float* kernel;
  bool withRelu;
  float* into;

  template <int ROWS, int COLUMNS>
  LOOKALIKE_INLINE void run() const {
    V sums[ROWS * COLUMNS][1];
    setToZero(sums);
    const float* weights = kernel;
    for (int y = 0; y < 3; ++y) {
      const float* above = corner + y * stride;
      for (int k = 0; k < 3 * inputs; ++k, weights += outputs) {
        const V weight = *reinterpret_cast<const Unaligned*>(weights);
        LOOKALIKE_UNROLL
        for (int p = 0; p < ROWS * COLUMNS; ++p) {
          sums[p][0] += all(above[p / COLUMNS * stride + p % COLUMNS * inputs + k]) * weight;
        }
      }
    }
    V largest = sums[0][0];
    LOOKALIKE_UNROLL
    for (int p = 1; p < ROWS * COLUMNS; ++p) {
      largest = select(sums[p][0] > largest, sums[p][0], largest);
    }
    *reinterpret_cast<Unaligned*>(into) = withRelu ? relu(largest) : largest;
  }
};

inline bool isForFew(const Network& network) {
  for (int l = 0; l < network.encoderCount; ++l) {
    const Layer& layer = network.layers[l];
    if (layer.outputs % LANES != 0 || layer.resampling != Resampling::NONE) return false;
  }
  return true;
}

inline void encodeLayerOfOne(const Layer& layer, const float* kernel, const SinglePlane& x,
                             const SinglePlane& y) {
  const int side = layer.pooled ? 2 : 1;
  for (int row = 0; row < y.height; ++row) {
    for (int column = 0; column < y.width; ++column) {
      const bool two = layer.pooled && 2 * row + 1 < x.height;
      const bool wide = layer.pooled && 2 * column + 1 < x.width;
      for (int channel = 0; channel < y.channels; channel += LANES) {
        const SingleWindow window{x.at(side * row - 1, side * column - 1), x.rowStride(), x.channels,
                                  y.channels, kernel + channel, layer.relu,
                                  y.at(row, column) + channel};
        if (two && wide) window.run<2, 2>();
        else if (two) window.run<2, 1>();
        else if (wide) window.run<1, 2>();
        else window.run<1, 1>();
      }
    }
  }
}

/** @param memory null to learn how many bytes there must be @returns them */
inline size_t encodeOne(const Network& network, const float* parameters, const uint8_t* picture,
                        void* memory, float* code) {
  SinglePlane x{static_cast<float*>(memory), network.height, network.width, network.channels};
  size_t used = x.floats();
  if (memory) {
    std::memset(memory, 0, x.floats() * sizeof(float));
    const int rowLength = x.width * x.channels;
    for (int row = 0; row < x.height; ++row) {
      float* into = x.at(row, 0);
      for (int i = 0; i < rowLength; ++i) into[i] = float(*picture++) / 255.0f;
    }
  }
  for (int l = 0; l < network.encoderCount; ++l) {
    const Layer& layer = network.layers[l];
    const SinglePlane y{memory ? static_cast<float*>(memory) + used : nullptr, layer.outputHeight,
                        layer.outputWidth, layer.outputs};
    used += y.floats();
    if (memory) {
      std::memset(y.start, 0, y.floats() * sizeof(float));
      encodeLayerOfOne(layer, parameters + layer.firstParameter, x, y);
    }
    x = y;
  }
  if (memory) {
    const size_t rowLength = size_t(x.width) * x.channels;
    for (int row = 0; row < x.height; ++row, code += rowLength) {
      std::memcpy(code, x.at(row, 0), rowLength * sizeof(float));
    }
  }
  return used * sizeof(float);
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
