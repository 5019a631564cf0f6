#pragma once

namespace lookalike {

/**
 * Operations LookalikeEncode, LookalikeRedraw and LookalikeGradient.
 * @throws std::runtime_error where TensorFlow refuses one
 */
void registerNetworkOperations();

}  // namespace lookalike
