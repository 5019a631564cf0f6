#include <cstdlib>
#include <cstring>

#include "encoder.h"

namespace lookalike {

#if defined(__x86_64__)
namespace avx2 {
extern const Kernels KERNELS;
extern const EncoderKernels ENCODER_KERNELS;
}
#endif
namespace portable {
extern const Kernels KERNELS;
extern const EncoderKernels ENCODER_KERNELS;
}

namespace {

bool hasAvx2() {
  const char* wanted = std::getenv("LOOKALIKE_INSTRUCTIONS");
  if (wanted && std::strcmp(wanted, portable::KERNELS.instructions) == 0) return false;
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return false;
#endif
}

}  // namespace

const Kernels& kernelsForThisProcessor() {
#if defined(__x86_64__)
  if (hasAvx2()) return avx2::KERNELS;
#endif
  return portable::KERNELS;
}

const EncoderKernels& encoderKernelsForThisProcessor() {
#if defined(__x86_64__)
  if (hasAvx2()) return avx2::ENCODER_KERNELS;
#endif
  return portable::ENCODER_KERNELS;
}

}  // namespace lookalike
