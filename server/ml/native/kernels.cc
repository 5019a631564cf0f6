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
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return avx2::KERNELS;
#endif
  return portable::KERNELS;
}

}  // namespace lookalike
