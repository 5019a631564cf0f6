#include "encoder-attribute.h"

#include <stdexcept>

namespace lookalike {

namespace {

constexpr size_t HEADER = 4, NUMBERS_OF_UNIT = 3;

/** Numbers in a plane, with its frame, and in all kernels: so few that no size overflows an int. */
constexpr int64_t MOST_NUMBERS = int64_t{1} << 28;
constexpr int64_t MOST_OF_A_SIDE = int64_t{1} << 16;

int sideOf(int64_t value) {
  if (value < 1 || value > MOST_OF_A_SIDE) {
    throw std::invalid_argument("the encoder has a senseless side");
  }
  return int(value);
}

}  // namespace

Encoder encoderOf(const std::vector<int64_t>& numbers) {
  if (numbers.size() < HEADER + NUMBERS_OF_UNIT ||
      (numbers.size() - HEADER) % NUMBERS_OF_UNIT != 0) {
    throw std::invalid_argument("the encoder is not a list of units");
  }
  const size_t count = (numbers.size() - HEADER) / NUMBERS_OF_UNIT;
  if (count > Encoder::MOST_UNITS) throw std::invalid_argument("the encoder has too many units");
  Encoder encoder{};
  encoder.height = sideOf(numbers[0]);
  encoder.width = sideOf(numbers[1]);
  encoder.channels = sideOf(numbers[2]);
  encoder.dimension = sideOf(numbers[3]);
  encoder.count = int(count);
  int height = encoder.height, width = encoder.width, channels = encoder.channels;
  for (size_t u = 0; u < count; ++u) {
    const int64_t* of = numbers.data() + HEADER + u * NUMBERS_OF_UNIT;
    Unit& unit = encoder.units[u];
    unit.height = height;
    unit.width = width;
    unit.inputs = channels;
    unit.outputs = sideOf(of[0]);
    unit.pooled = of[1] != 0;
    unit.joined = of[2] != 0;
    if (int64_t(height + 2) * (width + 2) > MOST_NUMBERS / unit.outputs) {
      throw std::invalid_argument("the encoder has too large a unit");
    }
    unit.outputHeight = unit.pooled ? (height + 1) / 2 : height;
    unit.outputWidth = unit.pooled ? (width + 1) / 2 : width;
    if (unit.joined) {
      const bool fits = u >= 2 && !unit.pooled && !encoder.units[u - 1].pooled &&
                        encoder.units[u - 2].outputs == unit.outputs &&
                        !encoder.units[u - 1].joined;
      if (!fits) throw std::invalid_argument("a unit is joined with what is not like it");
    }
    unit.kernel = encoder.parameters;
    unit.scale = unit.kernel + unit.kernelSize();
    unit.shift = unit.scale + size_t(unit.outputs);
    unit.moments = encoder.moments;
    encoder.parameters = unit.shift + size_t(unit.outputs);
    encoder.moments += 2 * size_t(unit.outputs);
    if (encoder.parameters > size_t(MOST_NUMBERS)) {
      throw std::invalid_argument("the encoder has too many parameters");
    }
    height = unit.outputHeight;
    width = unit.outputWidth;
    channels = unit.outputs;
  }
  encoder.projection = encoder.parameters;
  encoder.parameters += size_t(channels) * size_t(encoder.dimension);
  return encoder;
}

}  // namespace lookalike
