// The memory in which one thread takes one block through an encoder.
#pragma once

#include "normalisation.h"
#include "winograd-gradient.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

inline bool inPatches(const Unit& unit) {
  return paysInPatches(unit.height, unit.width, unit.inputs, unit.outputs);
}

class EncoderScratch {
 public:
  Plane pictures;
  /**
   * What the convolution of a unit puts out, then the same normalised, then the gradient in it; only
   * of units that pool where nothing is trained.
   */
  Plane convolved[Encoder::MOST_UNITS];
  /** What the unit puts out, then the gradient in that. */
  Plane outputs[Encoder::MOST_UNITS];
  Winners winners[Encoder::MOST_UNITS];
  ChannelMoments moments[Encoder::MOST_UNITS];
  /** [features]: the mean over all pixels; [dimension]: the embedding, and its direction. */
  V *means = nullptr, *embedding = nullptr, *slopes = nullptr;
  /** [targets] */
  V* logits = nullptr;
  /**
   * The gradient of all parameters, lane by lane; the directions' [targets, dimension] come last. Kernels
   * of units in patches have theirs in `points`.
   */
  V* sums = nullptr;
  V* points[Encoder::MOST_UNITS] = {};
  PointMemory patches;

  /** @param memory null to learn how many bytes there must be */
  EncoderScratch(const Encoder& encoder, bool training, int targets, void* memory)
      : base_(static_cast<char*>(memory)) {
    pictures = plane(encoder.height, encoder.width, encoder.channels);
    int widest = 0;
    for (int u = 0; u < encoder.count; ++u) {
      const Unit& unit = encoder.units[u];
      if (training || unit.pooled) convolved[u] = plane(unit.height, unit.width, unit.outputs);
      outputs[u] = plane(unit.outputHeight, unit.outputWidth, unit.outputs);
      if (unit.outputs > widest) widest = unit.outputs;
      if (!training) continue;
      if (unit.pooled) {
        const size_t count = size_t(unit.outputHeight) * unit.outputWidth * unit.outputs;
        winners[u] = {static_cast<I*>(take(count * sizeof(I))), unit.outputWidth, unit.outputs};
      }
      moments[u].mean = static_cast<float*>(take(size_t(unit.outputs) * sizeof(float)));
      moments[u].inverse = static_cast<float*>(take(size_t(unit.outputs) * sizeof(float)));
    }
    takePatches(encoder, training);
    means = vectors(size_t(encoder.features()));
    embedding = vectors(size_t(encoder.dimension));
    if (!training) return;
    slopes = vectors(size_t(encoder.dimension));
    logits = vectors(size_t(targets));
    // Needed of one unit at a time.
    V* const channelSums = vectors(size_t(widest));
    V* const channelSquares = vectors(size_t(widest));
    for (int u = 0; u < encoder.count; ++u) {
      moments[u].sums = channelSums;
      moments[u].squares = channelSquares;
    }
    sums = vectors(sumsOf(encoder, targets));
    for (int u = 0; u < encoder.count; ++u) {
      const Unit& unit = encoder.units[u];
      if (inPatches(unit)) points[u] = vectors(pointsOfGradient(unit.inputs, unit.outputs));
    }
  }

  size_t size() const { return used_; }

  static size_t sumsOf(const Encoder& encoder, int targets) {
    return encoder.parameters + size_t(targets) * size_t(encoder.dimension);
  }

  /** Frames and sums are zero between any two blocks. */
  void prepare(const Encoder& encoder, int targets) const {
    clearFrame(pictures);
    for (int u = 0; u < encoder.count; ++u) {
      clearFrame(outputs[u]);
      if (convolved[u].start) clearFrame(convolved[u]);
    }
    if (patches.zeros) clear(patches.zeros, zeroCount_);
    if (!sums) return;
    eachRangeOfSums(encoder, targets, [this](size_t start, size_t end) { clear(sums + start, end - start); });
    for (int u = 0; u < encoder.count; ++u) {
      const Unit& unit = encoder.units[u];
      if (points[u]) clear(points[u], pointsOfGradient(unit.inputs, unit.outputs));
    }
  }

  /** Calls `run(start, end)` for all stretches of `sums` that are in use. */
  template <class Run>
  void eachRangeOfSums(const Encoder& encoder, int targets, const Run& run) const {
    size_t start = 0;
    for (int u = 0; u < encoder.count; ++u) {
      if (!points[u]) continue;
      run(start, encoder.units[u].kernel);
      start = encoder.units[u].scale;
    }
    run(start, sumsOf(encoder, targets));
  }

 private:
  char* base_;
  size_t used_ = 0, zeroCount_ = 0;

  /** Needed of one unit at a time. */
  void takePatches(const Encoder& encoder, bool training) {
    size_t windows = 0, products = 0;
    const auto raise = [](size_t& size, size_t wanted) { size = wanted > size ? wanted : size; };
    for (int u = 0; u < encoder.count; ++u) {
      const Unit& unit = encoder.units[u];
      if (!inPatches(unit)) continue;
      const int most = Patches(unit.height, unit.width).most(), octets = octetsOf(unit.outputs);
      raise(windows, size_t(POINTS * pointStride(most * unit.inputs)));
      raise(products, size_t(POINTS * pointStride(most * octets * LANES)));
      raise(zeroCount_, size_t(WINDOW) * unit.inputs);
      if (!training) continue;
      // Turned, it goes from the outputs to the inputs.
      raise(windows, size_t(POINTS * pointStride(most * unit.outputs)));
      raise(products, size_t(POINTS * pointStride(most * unit.inputs)));
      raise(zeroCount_, size_t(WINDOW) * unit.outputs);
    }
    if (windows == 0) return;
    patches = {vectors(windows), vectors(products), vectors(zeroCount_)};
  }
  void* take(size_t bytes) {
    void* start = base_ ? base_ + used_ : nullptr;
    used_ += (bytes + 63) / 64 * 64;
    return start;
  }
  V* vectors(size_t count) { return static_cast<V*>(take(count * sizeof(V))); }
  Plane plane(int height, int width, int channels) {
    Plane made{nullptr, height, width, channels};
    made.start = vectors(made.vectors());
    return made;
  }
};

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
