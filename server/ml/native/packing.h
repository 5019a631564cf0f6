// The kernels of a layer in the order in which the tiles read them.
#pragma once

#include "doubled-convolution.h"
#include "pooling.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

inline int tileOf(const Layer& layer) { return layer.pooled ? POOLED_TILE_CHANNELS : TILE_CHANNELS; }

inline void packForward(const Layer& layer, const float* kernel, float* packed) {
  const int inputs = layer.inputs, outputs = layer.outputs;
  if (layer.resampling == Resampling::DOUBLED) {
    for (int term = 0; term < TERMS; ++term, packed += ptrdiff_t(inputs) * outputs) {
      const auto weight = [&](int k, int c) { return weightOf(kernel, inputs, outputs, term, k, c); };
      packTiles(inputs, outputs, TILE_CHANNELS, weight, packed);
    }
    return;
  }
  const auto weight = [&](int row, int c) { return kernel[ptrdiff_t(row) * outputs + c]; };
  packTiles(9 * inputs, outputs, tileOf(layer), weight, packed);
}

/** The gradient in the input is a convolution of the gradient in the output, by the kernel turned round. */
inline void packBackward(const Layer& layer, const float* kernel, float* packed) {
  const int inputs = layer.inputs, outputs = layer.outputs;
  if (layer.resampling == Resampling::DOUBLED) {
    for (int term = 0; term < TERMS; ++term, packed += ptrdiff_t(inputs) * outputs) {
      const auto weight = [&](int c, int k) {
        return signOf(term) * weightOf(kernel, inputs, outputs, term, k, c);
      };
      packTiles(outputs, inputs, TILE_CHANNELS, weight, packed);
    }
    return;
  }
  const auto weight = [&](int row, int k) {
    const int tap = 8 - row / outputs, c = row % outputs;
    return kernel[(ptrdiff_t(tap) * inputs + k) * outputs + c];
  };
  packTiles(9 * outputs, inputs, TILE_CHANNELS, weight, packed);
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
