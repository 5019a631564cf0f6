#pragma once

namespace lookalike {

void registerEncoderOperations();

}  // namespace lookalike
