// Vectors in one byte a number, for the walk over a graph: a quarter of the memory to wait for, and half of
// the arithmetic. (Scalar quantisation with a step for each dimension, as "SQ8" of FAISS.)
//
// With x = middle + step * code, rounded, q·x = q·middle + Σ (q * step) * code: of one query all products
// with codes, in whole numbers, rank vectors as their inner products do, but for the rounding.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

namespace {

/** The codes of many vectors, `stride` bytes from one to the next; `count` of them are asked for. */
struct CodeRows {
  const int8_t* codes;
  size_t stride;
  const uint32_t* rows;
  size_t count;
};

/** Writes the product of the query with each of the rows. @param length of codes, a multiple of 32 */
using CodeProducts = void (*)(const CodeRows& of, const int16_t* query, size_t length, int32_t* products);

inline void codeProductsPlain(const CodeRows& of, const int16_t* query, size_t length, int32_t* products) {
  for (size_t at = 0; at < of.count; at += 1) {
    const int8_t* code = of.codes + of.rows[at] * of.stride;
    int32_t sum = 0;
    for (size_t place = 0; place < length; place += 1) sum += code[place] * query[place];
    products[at] = sum;
  }
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("avx2"))) inline void codeProductsAvx2(const CodeRows& of, const int16_t* query, size_t length,
                                                             int32_t* products) {
  for (size_t at = 0; at < of.count; at += 1) {
    const int8_t* code = of.codes + of.rows[at] * of.stride;
    __m256i sums[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
    for (size_t place = 0; place < length; place += 32) {
      for (size_t half = 0; half < 2; half += 1) {
        const auto* bytes = reinterpret_cast<const __m128i*>(code + place + 16 * half);
        const auto* words = reinterpret_cast<const __m256i*>(query + place + 16 * half);
        const __m256i wide = _mm256_cvtepi8_epi16(_mm_loadu_si128(bytes));
        sums[half] = _mm256_add_epi32(sums[half], _mm256_madd_epi16(wide, _mm256_loadu_si256(words)));
      }
    }
    const __m256i sum = _mm256_add_epi32(sums[0], sums[1]);
    __m128i four = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4e));
    products[at] = _mm_cvtsi128_si32(_mm_add_epi32(four, _mm_shuffle_epi32(four, 0xb1)));
  }
}
#endif

struct CodeKernel {
  const char* name;
  CodeProducts products;
};

/** The kernels that the processor at hand can run, best first; all give the same. */
inline std::vector<CodeKernel> codeKernels() {
  std::vector<CodeKernel> kernels;
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports("avx2")) kernels.push_back({"avx2", codeProductsAvx2});
#endif
  kernels.push_back({"plain", codeProductsPlain});
  return kernels;
}

/** A query as it is multiplied with codes, and the usual error of such a product by rounding. */
struct QueryCode {
  std::vector<int16_t> words;
  double rounding = 0;
};

/** How the vectors of one index become codes. */
class VectorCodes {
 public:
  /** @param vectors [count, dimension] */
  VectorCodes() = default;
  VectorCodes(const float* vectors, size_t count, size_t dimension)
      : dimension_(dimension), length_((dimension + 31) / 32 * 32), middles_(dimension), steps_(dimension) {
    std::vector<double> sums(dimension);
    for (size_t at = 0; at < count * dimension; at += dimension) {
      for (size_t place = 0; place < dimension; place += 1) sums[place] += vectors[at + place];
    }
    for (size_t place = 0; place < dimension; place += 1) middles_[place] = static_cast<float>(sums[place] / std::max<size_t>(1, count));
    for (size_t at = 0; at < count * dimension; at += dimension) {
      for (size_t place = 0; place < dimension; place += 1) {
        steps_[place] = std::max(steps_[place], std::fabs(vectors[at + place] - middles_[place]) / GREATEST_CODE);
      }
    }
    stepsIn1_.resize(dimension);
    for (size_t place = 0; place < dimension; place += 1) stepsIn1_[place] = steps_[place] == 0 ? 0 : 1 / steps_[place];
  }

  /** Bytes of a code: the dimension, filled up with zeros. */
  size_t length() const { return length_; }

  void encode(const float* vector, int8_t* code) const {
    for (size_t place = 0; place < dimension_; place += 1) {
      const float steps = (vector[place] - middles_[place]) * stepsIn1_[place];
      // By hand: unlike lrint, this is done for many numbers at once.
      code[place] = static_cast<int8_t>(static_cast<int32_t>(steps + std::copysign(0.5f, steps)));
    }
    std::fill(code + dimension_, code + length_, int8_t{0});
  }

  void encodeQuery(const float* query, QueryCode& code) const {
    float greatest = 0;
    for (size_t place = 0; place < dimension_; place += 1) {
      greatest = std::max(greatest, std::fabs(query[place] * steps_[place]));
    }
    // So that neither a number nor the sum of all products runs over.
    const double most = std::min(32767.0, std::floor(2147483647.0 / (128.0 * static_cast<double>(length_))));
    const double scale = greatest == 0 ? 0 : most / greatest;
    double squares = 0;
    code.words.assign(length_, 0);
    for (size_t place = 0; place < dimension_; place += 1) {
      const auto word = static_cast<int16_t>(std::lrint(query[place] * steps_[place] * scale));
      code.words[place] = word;
      squares += static_cast<double>(word) * word;
    }
    // A rounded number is off by up to half a step, evenly: by a variance of 1/12.
    code.rounding = std::sqrt(squares / 12);
  }

  /** The usual error of an inner product with a vector by codes. */
  double roundingOf(const float* vector) const {
    double squares = 0;
    for (size_t place = 0; place < dimension_; place += 1) {
      const double step = static_cast<double>(vector[place]) * steps_[place];
      squares += step * step;
    }
    return std::sqrt(squares / 12);
  }

 private:
  static constexpr float GREATEST_CODE = 127;

  size_t dimension_ = 0;
  size_t length_ = 0;
  std::vector<float> middles_;
  std::vector<float> steps_;
  std::vector<float> stepsIn1_;
};

}  // namespace
