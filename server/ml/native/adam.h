#pragma once

namespace lookalike {

/** Operation LookalikeAdam. @throws std::runtime_error where TensorFlow refuses it */
void registerAdam();

}  // namespace lookalike
