// Cosine distances of vectors of length 1, of one from several at a time, in the widest arithmetic that the
// processor at hand has. Each kernel alone is compiled for its processors, and chosen when the program runs:
// a program that is moved to a lesser processor goes on there.
//
// A kernel sums in an order of its own that depends on the dimension alone: a pair is as far apart in
// whichever company it is measured, and from either side.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define HAS_WIDE_KERNELS
#endif

namespace {

/** Some rows of a matrix [.., dimension]. */
struct VectorRows {
  const float* vectors;
  const uint32_t* rows;
  size_t count;

  const float* at(size_t number, size_t dimension) const { return vectors + rows[number] * dimension; }
};

/** Writes 1 less the inner product of the query with each of the rows. */
using Distances = void (*)(const VectorRows& of, const float* query, size_t dimension, float* distances);

inline void distancesPlain(const VectorRows& of, const float* query, size_t dimension, float* distances) {
  // As many sums as compilers put into the registers that every processor has.
  constexpr size_t LANES = 8;
  for (size_t number = 0; number < of.count; number += 1) {
    const float* row = of.at(number, dimension);
    float sums[LANES] = {};
    size_t place = 0;
    for (; place + LANES <= dimension; place += LANES) {
      for (size_t lane = 0; lane < LANES; lane += 1) sums[lane] += row[place + lane] * query[place + lane];
    }
    float total = 0;
    for (const float sum : sums) total += sum;
    for (; place < dimension; place += 1) total += row[place] * query[place];
    distances[number] = 1.0f - total;
  }
}

#ifdef HAS_WIDE_KERNELS

/** Rows that a wide kernel goes over together, so that a part of the query is read once for all of them. */
constexpr size_t TOGETHER = 4;

/** The rows from `first` on; where there are fewer, the last one again. */
struct RowsTogether {
  RowsTogether(const VectorRows& of, size_t first, size_t dimension) {
    for (size_t at = 0; at < TOGETHER; at += 1) rows[at] = of.at(std::min(first + at, of.count - 1), dimension);
  }
  const float* rows[TOGETHER];
};

/** For dimensions that 32 divides. */
__attribute__((target("avx512f"))) inline void distancesAvx512(const VectorRows& of, const float* query, size_t dimension,
                                                               float* distances) {
  for (size_t first = 0; first < of.count; first += TOGETHER) {
    const RowsTogether together(of, first, dimension);
    __m512 even[TOGETHER], odd[TOGETHER];
    for (size_t at = 0; at < TOGETHER; at += 1) even[at] = odd[at] = _mm512_setzero_ps();
    for (size_t place = 0; place < dimension; place += 32) {
      const __m512 one = _mm512_loadu_ps(query + place), two = _mm512_loadu_ps(query + place + 16);
      for (size_t at = 0; at < TOGETHER; at += 1) {
        even[at] = _mm512_fmadd_ps(_mm512_loadu_ps(together.rows[at] + place), one, even[at]);
        odd[at] = _mm512_fmadd_ps(_mm512_loadu_ps(together.rows[at] + place + 16), two, odd[at]);
      }
    }
    for (size_t at = 0; at < TOGETHER && first + at < of.count; at += 1) {
      distances[first + at] = 1.0f - _mm512_reduce_add_ps(_mm512_add_ps(even[at], odd[at]));
    }
  }
}

/** For dimensions that 32 divides. */
__attribute__((target("avx2,fma"))) inline void distancesAvx2(const VectorRows& of, const float* query, size_t dimension,
                                                              float* distances) {
  for (size_t first = 0; first < of.count; first += TOGETHER) {
    const RowsTogether together(of, first, dimension);
    __m256 even[TOGETHER], odd[TOGETHER];
    for (size_t at = 0; at < TOGETHER; at += 1) even[at] = odd[at] = _mm256_setzero_ps();
    for (size_t place = 0; place < dimension; place += 16) {
      const __m256 one = _mm256_loadu_ps(query + place), two = _mm256_loadu_ps(query + place + 8);
      for (size_t at = 0; at < TOGETHER; at += 1) {
        even[at] = _mm256_fmadd_ps(_mm256_loadu_ps(together.rows[at] + place), one, even[at]);
        odd[at] = _mm256_fmadd_ps(_mm256_loadu_ps(together.rows[at] + place + 8), two, odd[at]);
      }
    }
    for (size_t at = 0; at < TOGETHER; at += 1) even[at] = _mm256_add_ps(even[at], odd[at]);
    // Adds up the four at once: each lane of the result is the sum of one.
    const __m256 pairs = _mm256_hadd_ps(_mm256_hadd_ps(even[0], even[1]), _mm256_hadd_ps(even[2], even[3]));
    const __m128 totals = _mm_add_ps(_mm256_castps256_ps128(pairs), _mm256_extractf128_ps(pairs, 1));
    float four[TOGETHER];
    _mm_storeu_ps(four, _mm_sub_ps(_mm_set1_ps(1.0f), totals));
    for (size_t at = 0; at < TOGETHER && first + at < of.count; at += 1) distances[first + at] = four[at];
  }
}

#endif

struct Kernel {
  const char* name;
  Distances distances;
};

/** The kernels that the processor at hand can run for this dimension, best first. */
inline std::vector<Kernel> kernelsFor(size_t dimension) {
  std::vector<Kernel> kernels;
#ifdef HAS_WIDE_KERNELS
  if (dimension % 32 == 0 && __builtin_cpu_supports("avx512f")) kernels.push_back({"avx512f", distancesAvx512});
  if (dimension % 32 == 0 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    kernels.push_back({"avx2", distancesAvx2});
  }
#endif
  kernels.push_back({"plain", distancesPlain});
  return kernels;
}

}  // namespace
