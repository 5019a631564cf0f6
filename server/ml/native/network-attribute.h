#pragma once

#include <vector>

#include "network.h"

namespace lookalike {

/**
 * A network as the attribute of an operation has it: height, width and channels of the pictures, how
 * many layers encode; then for each layer the height, width and channels of its convolution, and
 * whether ReLU and pooling follow (1 or 0). What the sides do not fit is upsampled.
 * @throws std::invalid_argument
 */
Network networkOf(const std::vector<int64_t>& numbers);

}  // namespace lookalike
