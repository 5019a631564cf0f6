#include <cstdlib>
#include <cstring>

#include "network.h"

namespace lookalike {

#if defined(__x86_64__)
namespace avx2 {
extern const Kernels KERNELS;
}
#endif
namespace portable {
extern const Kernels KERNELS;
}

const Kernels& kernelsForThisProcessor() {
  const char* wanted = std::getenv("LOOKALIKE_INSTRUCTIONS");
  if (wanted && std::strcmp(wanted, portable::KERNELS.instructions) == 0) return portable::KERNELS;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return avx2::KERNELS;
#endif
  return portable::KERNELS;
}

}  // namespace lookalike
