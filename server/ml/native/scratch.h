// The memory in which one thread computes one block: the output of every layer, and what the way back
// needs besides.
#pragma once

#include "doubled-gradients.h"
#include "pooling.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

class Scratch {
 public:
  Plane pictures;
  /** On the way back each becomes the gradient in that output. */
  Plane outputs[Network::MOST_LAYERS];
  Winners winners[Network::MOST_LAYERS];
  /** What NEAREST makes of the layer's input. */
  Plane upsampled[Network::MOST_LAYERS];
  /** Where the layer is DOUBLED. */
  Differences differences[Network::MOST_LAYERS];
  /** The gradient before the pooling; of the first layer two rows at a time. */
  Plane unpooled[Network::MOST_LAYERS];
  Plane inputGradient[Network::MOST_LAYERS];
  V* slopesOfRows = nullptr;
  /** The gradient of all kernels, lane by lane, as the layers add it up. */
  V* sums = nullptr;

  /** @param memory null to learn how many bytes there must be */
  Scratch(const Network& network, Pass pass, void* memory)
      : base_(static_cast<char*>(memory)), layers_(layersOf(network, pass)) {
    const bool gradient = pass == Pass::GRADIENT;
    pictures = plane(network.height, network.width, network.channels);
    size_t rowVectors = 0;
    for (int l = 0; l < layers_; ++l) {
      const Layer& layer = network.layers[l];
      outputs[l] = plane(layer.outputHeight, layer.outputWidth, layer.outputs);
      if (layer.resampling == Resampling::NEAREST) {
        upsampled[l] = plane(layer.height, layer.width, layer.inputs);
      }
      if (layer.resampling == Resampling::DOUBLED) {
        const int h = layer.inputHeight, w = layer.inputWidth, c = layer.inputs;
        differences[l] = {outputs[l - 1], plane(h, w, c), plane(h, w, c), plane(h, w, c)};
      }
      if (!gradient) continue;
      if (layer.pooled) {
        const size_t count = size_t(layer.outputHeight) * layer.outputWidth * layer.outputs;
        winners[l] = {static_cast<I*>(take(count * sizeof(I))), layer.outputWidth, layer.outputs};
        unpooled[l] = plane(l == 0 ? 2 : layer.height, layer.width, layer.outputs);
      }
      if (layer.resampling == Resampling::DOUBLED) {
        const size_t vectors = SlopesOfRows::vectors(layer.inputWidth, layer.outputs);
        if (vectors > rowVectors) rowVectors = vectors;
        inputGradient[l] = plane(layer.inputHeight, layer.inputWidth, layer.inputs);
      }
    }
    if (gradient) {
      slopesOfRows = static_cast<V*>(take(rowVectors * sizeof(V)));
      sums = static_cast<V*>(take(network.parameters * sizeof(V)));
    }
  }

  size_t size() const { return used_; }

  /** Frames and sums are zero between any two blocks. */
  void prepare(const Network& network) const {
    clearFrame(pictures);
    for (int l = 0; l < layers_; ++l) {
      clearFrame(outputs[l]);
      if (upsampled[l].start) clearFrame(upsampled[l]);
      if (unpooled[l].start) clearFrame(unpooled[l]);
    }
    if (sums) clear(sums, network.parameters);
  }

  static int layersOf(const Network& network, Pass pass) {
    return pass == Pass::ENCODE ? network.encoderCount : network.count;
  }

 private:
  char* base_;
  int layers_;
  size_t used_ = 0;

  void* take(size_t bytes) {
    void* start = base_ ? base_ + used_ : nullptr;
    used_ += (bytes + 63) / 64 * 64;
    return start;
  }

  Plane plane(int height, int width, int channels) {
    Plane made{nullptr, height, width, channels};
    made.start = static_cast<V*>(take(made.vectors() * sizeof(V)));
    return made;
  }
};

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
