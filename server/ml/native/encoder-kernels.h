// An encoder over one block of pictures, forward and back. Included once for each set of instructions.
#pragma once

#include "kernel-gradient.h"
#include "pixels.h"
#include "target-loss.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

namespace {

/** Floats of one kernel as a pass reads it. */
size_t packedKernelSize(const Unit& unit) {
  return inPatches(unit) ? pointsOfKernel(unit.inputs, unit.outputs) : unit.kernelSize();
}

/** Behind the kernels as a pass reads them: what the numbers of each channel are made of without training. */
size_t packedUnitSize(const Unit& unit, bool training) {
  return training ? 2 * packedKernelSize(unit) : packedKernelSize(unit) + 2 * size_t(unit.outputs);
}

size_t packedEncoderSize(const Encoder& encoder, bool training) {
  size_t size = 0;
  for (int u = 0; u < encoder.count; ++u) size += packedUnitSize(encoder.units[u], training);
  return size;
}

/** @param turned for the kernel that brings a gradient back, or null */
void packKernel(const Unit& unit, const float* kernel, float* packed, float* turned) {
  const int inputs = unit.inputs, outputs = unit.outputs;
  if (inPatches(unit)) return packPoints(kernel, inputs, outputs, packed, turned);
  const auto forward = [&](int row, int c) { return kernel[ptrdiff_t(row) * outputs + c]; };
  packTiles(9 * inputs, outputs, TILE_CHANNELS, forward, packed);
  if (!turned) return;
  const auto backward = [&](int row, int k) {
    const int tap = 8 - row / outputs, c = row % outputs;
    return kernel[(ptrdiff_t(tap) * inputs + k) * outputs + c];
  };
  packTiles(9 * outputs, inputs, TILE_CHANNELS, backward, turned);
}

void packEncoder(const Encoder& encoder, bool training, const float* parameters,
                 const float* moments, float* packed) {
  for (int u = 0; u < encoder.count; packed += packedUnitSize(encoder.units[u], training), ++u) {
    const Unit& unit = encoder.units[u];
    float* const behind = packed + packedKernelSize(unit);
    packKernel(unit, parameters + unit.kernel, packed, training ? behind : nullptr);
    if (training) continue;
    const int outputs = unit.outputs;
    const float* mean = moments + unit.moments;
    const float* variance = mean + outputs;
    for (int c = 0; c < outputs; ++c) {
      const float factor = parameters[unit.scale + size_t(c)] / std::sqrt(variance[c] + VARIANCE_FLOOR);
      behind[c] = factor;
      behind[outputs + c] = parameters[unit.shift + size_t(c)] - mean[c] * factor;
    }
  }
}

/** A unit's convolution, or the one back. @param store (row, column, channel, sum) */
template <class Store>
inline void convolve(const Unit& unit, const Plane& x, int outputs, const float* packed,
                     const EncoderScratch& scratch, const Store& store) {
  if (inPatches(unit)) return convolveInPatches(x, outputs, packed, scratch.patches, store);
  for (int row = 0; row < x.height; ++row) {
    convolveRow(x, row, outputs, packed,
                [&](int column, int c, V sum) { store(row, column, c, sum); });
  }
}

size_t encoderScratchSize(const Encoder& encoder, bool training, int targets) {
  return EncoderScratch(encoder, training, targets, nullptr).size();
}

void prepareEncoder(const Encoder& encoder, bool training, int targets, void* memory) {
  EncoderScratch(encoder, training, targets, memory).prepare(encoder, targets);
}

inline const Plane& inputOf(const EncoderScratch& scratch, int unit) {
  return unit == 0 ? scratch.pictures : scratch.outputs[unit - 1];
}

/** What a unit that is joined adds. */
inline const Plane* shortcutOf(const Encoder& encoder, const EncoderScratch& scratch, int unit) {
  return encoder.units[unit].joined ? &scratch.outputs[unit - 2] : nullptr;
}

inline void poolPlane(const Plane& from, const Plane& into) {
  const int channels = from.channels;
  for (int row = 0; row < into.height; ++row) {
    const int rows = 2 * row + 1 < from.height ? 2 : 1;
    for (int column = 0; column < into.width; ++column) {
      const int columns = 2 * column + 1 < from.width ? 2 : 1;
      for (int c = 0; c < channels; ++c) {
        V largest = from.at(2 * row, 2 * column)[c];
        for (int p = 1; p < 4; ++p) {
          if (p / 2 >= rows || p % 2 >= columns) continue;
          const V value = from.at(2 * row + p / 2, 2 * column + p % 2)[c];
          largest = select(value <= largest, largest, value);
        }
        into.at(row, column)[c] = largest;
      }
    }
  }
}

void encodeBlock(const Encoder& encoder, const float* parameters, const float* packed,
                 const Block& block, void* memory, float* embeddings) {
  const EncoderScratch scratch(encoder, false, 0, memory);
  loadPictures(block, scratch.pictures);
  for (int u = 0; u < encoder.count; ++u) {
    const Unit& unit = encoder.units[u];
    const Plane& x = inputOf(scratch, u);
    const Plane& y = unit.pooled ? scratch.convolved[u] : scratch.outputs[u];
    const float* factor = packed + packedKernelSize(unit);
    const float* addend = factor + unit.outputs;
    if (const Plane* shortcut = shortcutOf(encoder, scratch, u)) {
      convolve(unit, x, unit.outputs, packed, scratch, [&](int row, int column, int c, V sum) {
        y.at(row, column)[c] = relu(sum * factor[c] + addend[c]) + shortcut->at(row, column)[c];
      });
    } else {
      convolve(unit, x, unit.outputs, packed, scratch, [&](int row, int column, int c, V sum) {
        y.at(row, column)[c] = relu(sum * factor[c] + addend[c]);
      });
    }
    if (unit.pooled) poolPlane(y, scratch.outputs[u]);
    packed += packedUnitSize(unit, false);
  }
  embed(encoder, parameters, scratch);
  for (int lane = 0; lane < block.count; ++lane) {
    for (int d = 0; d < encoder.dimension; ++d) {
      embeddings[size_t(lane) * size_t(encoder.dimension) + size_t(d)] = scratch.embedding[d][lane];
    }
  }
}

void unitForward(const Unit& unit, const Plane& x, const float* parameters, const float* packed,
                 const Plane* shortcut, const EncoderScratch& scratch, int u, float* moments) {
  const Plane& y = scratch.convolved[u];
  convolve(unit, x, unit.outputs, packed, scratch,
           [&](int row, int column, int c, V sum) { y.at(row, column)[c] = sum; });
  const ChannelMoments& of = scratch.moments[u];
  measureMoments(y, of, moments + unit.moments, moments + unit.moments + unit.outputs);
  const float* scale = parameters + unit.scale;
  const float* shift = parameters + unit.shift;
  if (unit.pooled) normaliseAndPool(y, of, scale, shift, scratch.winners[u], scratch.outputs[u]);
  else normalise(y, of, scale, shift, shortcut, scratch.outputs[u]);
}

/** Of the gradient in the unit's output, the one in its parameters and in its convolution's output. */
void unitBack(const Unit& unit, const Plane& x, const float* parameters,
              const EncoderScratch& scratch, int u) {
  const Plane& y = scratch.convolved[u];
  const Plane& slopes = scratch.outputs[u];
  const float* scale = parameters + unit.scale;
  const float* shift = parameters + unit.shift;
  V* const scaleSlopes = scratch.sums + unit.scale;
  V* const shiftSlopes = scratch.sums + unit.shift;
  if (unit.pooled) {
    const Winners& winners = scratch.winners[u];
    const auto slopeAt = [&](int row, int column, int c, V) {
      const I place = winners.at(row / 2, column / 2)[c];
      return only(place == all(int32_t{row % 2 * 2 + column % 2}), slopes.at(row / 2, column / 2)[c]);
    };
    normaliseBack(y, scratch.moments[u], scale, slopeAt, scaleSlopes, shiftSlopes);
  } else {
    const auto slopeAt = [&](int row, int column, int c, V number) {
      return only(number * scale[c] + shift[c] > zero(), slopes.at(row, column)[c]);
    };
    normaliseBack(y, scratch.moments[u], scale, slopeAt, scaleSlopes, shiftSlopes);
  }
  if (scratch.points[u]) addGradientInPatches(x, y, scratch.patches, scratch.points[u]);
  else addKernelGradient(x, y, scratch.sums + unit.kernel);
}

double addEncoderGradient(const Encoder& encoder, const TargetLoss& loss, const float* parameters,
                          const float* packed, const float* directions, const float* wanted,
                          const Block& block, void* memory, float* moments) {
  const EncoderScratch scratch(encoder, true, loss.targets, memory);
  loadPictures(block, scratch.pictures);
  const float* kernels[Encoder::MOST_UNITS];
  for (int u = 0; u < encoder.count; ++u) {
    kernels[u] = packed;
    packed += packedUnitSize(encoder.units[u], true);
    unitForward(encoder.units[u], inputOf(scratch, u), parameters, kernels[u],
                shortcutOf(encoder, scratch, u), scratch, u, moments);
  }
  embed(encoder, parameters, scratch);
  const double sum =
      targetLossGradient(encoder, loss, parameters, directions, wanted, scratch);
  for (int u = encoder.count - 1; u >= 0; --u) {
    const Unit& unit = encoder.units[u];
    const Plane& x = inputOf(scratch, u);
    unitBack(unit, x, parameters, scratch, u);
    if (u == 0) continue;
    // The output of the unit before is needed no more: the gradient in it takes its place, with what
    // comes past the next unit, where that is joined.
    const Plane& y = scratch.convolved[u];
    const float* turned = kernels[u] + packedKernelSize(unit);
    if (u + 1 < encoder.count && encoder.units[u + 1].joined) {
      const Plane& past = scratch.outputs[u + 1];
      convolve(unit, y, x.channels, turned, scratch, [&](int row, int column, int c, V slope) {
        x.at(row, column)[c] = slope + past.at(row, column)[c];
      });
    } else {
      convolve(unit, y, x.channels, turned, scratch,
               [&](int row, int column, int c, V slope) { x.at(row, column)[c] = slope; });
    }
  }
  return sum;
}

void takeEncoderGradient(const Encoder& encoder, int targets, void* memory, float* gradient) {
  const EncoderScratch scratch(encoder, true, targets, memory);
  scratch.eachRangeOfSums(encoder, targets, [&](size_t start, size_t end) {
    for (size_t i = start; i < end; ++i) {
      gradient[i] = sumOfLanes(scratch.sums[i]);
      scratch.sums[i] = zero();
    }
  });
  for (int u = 0; u < encoder.count; ++u) {
    const Unit& unit = encoder.units[u];
    if (!scratch.points[u]) continue;
    takeGradientOfPoints(unit.inputs, unit.outputs, scratch.points[u], gradient + unit.kernel);
  }
}

}  // namespace

extern const EncoderKernels ENCODER_KERNELS;
const EncoderKernels ENCODER_KERNELS = {packedEncoderSize, packEncoder,        encoderScratchSize,
                                        prepareEncoder,    encodeBlock,        addEncoderGradient,
                                        takeEncoderGradient};

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
