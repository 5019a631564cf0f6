#include "network-attribute.h"

#include <stdexcept>

namespace lookalike {

namespace {

constexpr size_t HEADER = 4, NUMBERS_OF_LAYER = 5;

Resampling resamplingOf(const Layer& layer, bool first) {
  if (layer.height == layer.inputHeight && layer.width == layer.inputWidth) return Resampling::NONE;
  const bool doubles = layer.height == 2 * layer.inputHeight && layer.width == 2 * layer.inputWidth;
  return doubles && !layer.pooled && !first ? Resampling::DOUBLED : Resampling::NEAREST;
}

/** Numbers in a plane, with its frame, and in a kernel: so few that no size overflows an int. */
constexpr int64_t MOST_NUMBERS = int64_t{1} << 28;
constexpr int64_t MOST_OF_A_SIDE = int64_t{1} << 20;

int sideOf(int64_t value) {
  if (value < 1 || value > MOST_OF_A_SIDE) {
    throw std::invalid_argument("the network has a senseless side");
  }
  return int(value);
}

void checkPlane(int64_t height, int64_t width, int64_t channels) {
  if ((height + 2) * (width + 2) > MOST_NUMBERS / channels) {
    throw std::invalid_argument("the network has too large a layer");
  }
}

}  // namespace

Network networkOf(const std::vector<int64_t>& numbers) {
  if (numbers.size() < HEADER + NUMBERS_OF_LAYER ||
      (numbers.size() - HEADER) % NUMBERS_OF_LAYER != 0) {
    throw std::invalid_argument("the network is not a list of layers");
  }
  const size_t count = (numbers.size() - HEADER) / NUMBERS_OF_LAYER;
  if (count > Network::MOST_LAYERS) throw std::invalid_argument("the network has too many layers");
  if (numbers[3] < 1 || numbers[3] > int64_t(count)) {
    throw std::invalid_argument("the code is not the output of a layer");
  }
  Network network{};
  network.height = sideOf(numbers[0]);
  network.width = sideOf(numbers[1]);
  network.channels = sideOf(numbers[2]);
  checkPlane(network.height, network.width, network.channels);
  network.encoderCount = int(numbers[3]);
  network.count = int(count);
  int height = network.height, width = network.width, channels = network.channels;
  for (size_t l = 0; l < count; ++l) {
    const int64_t* of = numbers.data() + HEADER + l * NUMBERS_OF_LAYER;
    Layer& layer = network.layers[l];
    layer.inputHeight = height;
    layer.inputWidth = width;
    layer.inputs = channels;
    layer.height = sideOf(of[0]);
    layer.width = sideOf(of[1]);
    layer.outputs = sideOf(of[2]);
    layer.relu = of[3] != 0;
    layer.pooled = of[4] != 0;
    layer.resampling = resamplingOf(layer, l == 0);
    layer.outputHeight = layer.pooled ? (layer.height + 1) / 2 : layer.height;
    layer.outputWidth = layer.pooled ? (layer.width + 1) / 2 : layer.width;
    // Before pooling, of the input as it is resampled and of the output.
    checkPlane(layer.height, layer.width, layer.inputs);
    checkPlane(layer.height, layer.width, layer.outputs);
    layer.firstParameter = network.parameters;
    network.parameters += layer.parameters();
    if (network.parameters > size_t(MOST_NUMBERS)) {
      throw std::invalid_argument("the network has too many parameters");
    }
    height = layer.outputHeight;
    width = layer.outputWidth;
    channels = layer.outputs;
  }
  return network;
}

}  // namespace lookalike
