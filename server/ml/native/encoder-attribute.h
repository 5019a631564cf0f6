#pragma once

#include <vector>

#include "encoder.h"

namespace lookalike {

/**
 * Reads what server/ml/encoder-kernels.ts writes: height, width, channels and dimension; then of each
 * unit outputs, whether it pools, whether it is joined.
 * @throws std::invalid_argument
 */
Encoder encoderOf(const std::vector<int64_t>& numbers);

}  // namespace lookalike
