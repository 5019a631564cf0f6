// Cosine distance of vectors of length 1, in the widest arithmetic that the processor at hand has. Each
// kernel alone is compiled for its processors, and chosen when the program runs: a program that is
// moved to a lesser processor goes on there.
#pragma once

#include "adapted-hnswlib.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define HAS_WIDE_KERNELS
#endif

namespace {

#ifdef HAS_WIDE_KERNELS

/** For dimensions that 32 divides. */
__attribute__((target("avx512f"))) float distanceAvx512(const void* left, const void* right, const void* dimension) {
  const float* a = static_cast<const float*>(left);
  const float* b = static_cast<const float*>(right);
  const float* end = a + *static_cast<const size_t*>(dimension);
  __m512 one = _mm512_setzero_ps(), two = _mm512_setzero_ps();
  for (; a < end; a += 32, b += 32) {
    one = _mm512_fmadd_ps(_mm512_loadu_ps(a), _mm512_loadu_ps(b), one);
    two = _mm512_fmadd_ps(_mm512_loadu_ps(a + 16), _mm512_loadu_ps(b + 16), two);
  }
  return 1.0f - _mm512_reduce_add_ps(_mm512_add_ps(one, two));
}

/** For dimensions that 32 divides. */
__attribute__((target("avx2,fma"))) float distanceAvx2(const void* left, const void* right, const void* dimension) {
  const float* a = static_cast<const float*>(left);
  const float* b = static_cast<const float*>(right);
  const float* end = a + *static_cast<const size_t*>(dimension);
  __m256 sums[4] = {_mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps()};
  for (; a < end; a += 32, b += 32) {
    for (int at = 0; at < 4; at += 1) {
      sums[at] = _mm256_fmadd_ps(_mm256_loadu_ps(a + 8 * at), _mm256_loadu_ps(b + 8 * at), sums[at]);
    }
  }
  const __m256 sum = _mm256_add_ps(_mm256_add_ps(sums[0], sums[1]), _mm256_add_ps(sums[2], sums[3]));
  float numbers[8];
  _mm256_storeu_ps(numbers, sum);
  float total = 0;
  for (const float each : numbers) total += each;
  return 1.0f - total;
}

#endif

struct Kernel {
  const char* name;
  hnswlib::DISTFUNC<float> distance;
};

/** The kernels that the processor at hand can run for this dimension, best first. */
inline std::vector<Kernel> wideKernels(size_t dimension) {
  std::vector<Kernel> kernels;
#ifdef HAS_WIDE_KERNELS
  if (dimension % 32 != 0) return kernels;
  if (__builtin_cpu_supports("avx512f")) kernels.push_back({"avx512f", distanceAvx512});
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) kernels.push_back({"avx2", distanceAvx2});
#endif
  return kernels;
}

/** hnswlib's own kernels do where there is no wide one. */
class InnerProduct : public hnswlib::InnerProductSpace {
 public:
  explicit InnerProduct(size_t dimension) : hnswlib::InnerProductSpace(dimension) {
    const auto kernels = wideKernels(dimension);
    kernel_ = kernels.empty() ? hnswlib::InnerProductSpace::get_dist_func() : kernels.front().distance;
  }

  hnswlib::DISTFUNC<float> get_dist_func() override { return kernel_; }

 private:
  hnswlib::DISTFUNC<float> kernel_;
};

}  // namespace
