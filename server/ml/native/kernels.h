// A network over one block of pictures, forward and back. Included once for each set of instructions.
#pragma once

#include "doubled-gradients.h"
#include "few-pictures.h"
#include "kernel-gradient.h"
#include "packing.h"
#include "redrawing.h"
#include "scratch.h"
#include "upsampling.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

#define LOOKALIKE_QUOTED(text) #text
#define LOOKALIKE_NAME(name) LOOKALIKE_QUOTED(name)

namespace {

size_t packedSize(const Network& network, Pass pass) {
  size_t size = 0;
  for (int l = 0; l < Scratch::layersOf(network, pass); ++l) size += network.layers[l].parameters();
  return pass == Pass::GRADIENT ? 2 * size : size;
}

void pack(const Network& network, Pass pass, const float* parameters, float* packed) {
  for (int l = 0; l < Scratch::layersOf(network, pass); ++l) {
    const Layer& layer = network.layers[l];
    const float* kernel = parameters + layer.firstParameter;
    packForward(layer, kernel, packed + layer.firstParameter);
    if (pass != Pass::GRADIENT) continue;
    packBackward(layer, kernel, packed + network.parameters + layer.firstParameter);
  }
}

void forwardLayer(const Layer& layer, int l, const Plane& x, const float* packed,
                  const Scratch& scratch) {
  const Plane& y = scratch.outputs[l];
  if (layer.resampling == Resampling::DOUBLED) {
    convolveDoubled(scratch.differences[l], y, layer.relu, packed);
    return;
  }
  const bool resampled = layer.resampling != Resampling::NONE;
  if (resampled) upsample(x, scratch.upsampled[l]);
  const Plane& input = resampled ? scratch.upsampled[l] : x;
  if (layer.pooled) {
    const Winners& winners = scratch.winners[l];
    if (winners.start) PooledConvolution<true>{input, y, winners, layer.relu, packed}.run();
    else PooledConvolution<false>{input, y, winners, layer.relu, packed}.run();
    return;
  }
  for (int row = 0; row < y.height; ++row) {
    if (layer.relu) {
      convolveRow(input, row, y.channels, packed,
                  [&](int column, int c, V sum) { y.at(row, column)[c] = relu(sum); });
    } else {
      convolveRow(input, row, y.channels, packed,
                  [&](int column, int c, V sum) { y.at(row, column)[c] = sum; });
    }
  }
}

void forwardLayers(const Network& network, int count, const float* packed, const Scratch& scratch) {
  for (int l = 0; l < count; ++l) {
    const Layer& layer = network.layers[l];
    const Plane& x = l == 0 ? scratch.pictures : scratch.outputs[l - 1];
    forwardLayer(layer, l, x, packed + layer.firstParameter, scratch);
  }
}

/** The first layer: nobody wants the gradient in its input, so it needs no unpooled plane. */
void firstLayerBack(const Layer& layer, const Scratch& scratch) {
  const Plane& x = layer.resampling == Resampling::NONE ? scratch.pictures : scratch.upsampled[0];
  V* sums = scratch.sums + layer.firstParameter;
  if (!layer.pooled) {
    addKernelGradient(x, scratch.outputs[0], sums);
    return;
  }
  const Plane& strip = scratch.unpooled[0];
  for (int row = 0; row < layer.outputHeight; ++row) {
    const int rows = 2 * row + 1 < layer.height ? 2 : 1;
    unpoolRow(scratch.outputs[0], scratch.winners[0], row, strip, 0, rows);
    // The rows of x that the strip is of, as a plane whose row 0 is the first of them.
    const Plane part{x.start + 2 * row * x.rowStride(), rows, x.width, x.channels};
    const Plane slopes{strip.start, rows, strip.width, strip.channels};
    eachTileOfChannels<TILE_CHANNELS>(slopes.channels, KernelGradient{part, slopes, 0, rows, sums});
  }
}

/** The gradient of the kernel, and the gradient in the output of the layer before. */
void layerBack(const Network& network, int l, const float* packed, const Scratch& scratch) {
  const Layer& layer = network.layers[l];
  const Plane& x = scratch.outputs[l - 1];
  const bool masked = network.layers[l - 1].relu && !network.layers[l - 1].pooled;
  V* sums = scratch.sums + layer.firstParameter;
  if (layer.resampling == Resampling::DOUBLED) {
    const Plane& dx = scratch.inputGradient[l];
    clear(dx.start, dx.vectors());
    addDoubledGradients(scratch.differences[l], scratch.outputs[l], scratch.slopesOfRows, sums, dx,
                        packed);
    for (int row = 0; row < x.height; ++row) {
      V* into = x.at(row, 0);
      const V* from = dx.at(row, 0);
      for (int i = 0; i < x.width * x.channels; ++i) {
        into[i] = masked ? only(into[i] > zero(), from[i]) : from[i];
      }
    }
    return;
  }
  if (layer.pooled) {
    for (int row = 0; row < layer.outputHeight; ++row) {
      const int rows = 2 * row + 1 < layer.height ? 2 : 1;
      unpoolRow(scratch.outputs[l], scratch.winners[l], row, scratch.unpooled[l], 2 * row, rows);
    }
  }
  const Plane& dy = layer.pooled ? scratch.unpooled[l] : scratch.outputs[l];
  const bool resampled = layer.resampling == Resampling::NEAREST;
  const Plane& input = resampled ? scratch.upsampled[l] : x;
  addKernelGradient(input, dy, sums);
  for (int row = 0; row < dy.height; ++row) {
    if (masked && !resampled) {
      convolveRow(dy, row, input.channels, packed, [&](int column, int c, V sum) {
        V* into = input.at(row, column) + c;
        *into = only(*into > zero(), sum);
      });
    } else {
      convolveRow(dy, row, input.channels, packed,
                  [&](int column, int c, V sum) { input.at(row, column)[c] = sum; });
    }
  }
  if (resampled) upsampleBack(input, x, masked);
}

size_t scratchSize(const Network& network, Pass pass) {
  const size_t size = Scratch(network, pass, nullptr).size();
  if (pass != Pass::ENCODE) return size;
  const size_t ofOne = encodeOne(network, nullptr, nullptr, nullptr, nullptr);
  return size > ofOne ? size : ofOne;
}

void prepare(const Network& network, Pass pass, void* memory) {
  Scratch(network, pass, memory).prepare(network);
}

void forward(const Network& network, Pass pass, const float* packed, const Block& block,
             void* memory, const Results& results) {
  const Scratch scratch(network, pass, memory);
  loadPictures(block, scratch.pictures);
  forwardLayers(network, Scratch::layersOf(network, pass), packed, scratch);
  if (results.codes) {
    storeNumbers(scratch.outputs[network.encoderCount - 1], block.count, results.codes);
  }
  if (pass == Pass::REDRAW) {
    judgeRedrawing(scratch.outputs[network.count - 1], scratch.pictures, block.count, results);
  }
}

int fewPictures(const Network& network) { return isForFew(network) ? FEW_PICTURES : 0; }

void encodeFew(const Network& network, const float* parameters, const Block& block, void* memory,
               float* codes) {
  for (int i = 0; i < block.count; ++i, codes += network.codeSize()) {
    encodeOne(network, parameters, block.pictures[i], memory, codes);
  }
}

double addGradient(const Network& network, const float* packed, const Block& block, void* memory) {
  const Scratch scratch(network, Pass::GRADIENT, memory);
  loadPictures(block, scratch.pictures);
  forwardLayers(network, network.count, packed, scratch);
  const double loss =
      lossGradient(scratch.outputs[network.count - 1], scratch.pictures, block.count);
  const float* backward = packed + network.parameters;
  for (int l = network.count - 1; l > 0; --l) {
    layerBack(network, l, backward + network.layers[l].firstParameter, scratch);
  }
  firstLayerBack(network.layers[0], scratch);
  return loss;
}

void takeGradient(const Network& network, void* memory, float* gradient) {
  const Scratch scratch(network, Pass::GRADIENT, memory);
  for (int l = 0; l < network.count; ++l) {
    const Layer& layer = network.layers[l];
    V* sums = scratch.sums + layer.firstParameter;
    float* into = gradient + layer.firstParameter;
    for (size_t i = 0; i < layer.parameters(); ++i) {
      into[i] = sumOfLanes(sums[i]);
      sums[i] = zero();
    }
    if (layer.resampling == Resampling::DOUBLED) takeDoubled(layer, into);
  }
}

}  // namespace

extern const Kernels KERNELS;
const Kernels KERNELS = {LOOKALIKE_NAME(LOOKALIKE_INSTRUCTIONS), packedSize, pack, scratchSize,
                         prepare, forward, fewPictures, encodeFew, addGradient,
                         takeGradient};

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
