// Eight floats at a time, one of each picture of a block, and the functions that TensorFlow's
// activations and losses need of them.
#pragma once

#include "network.h"

#if defined(__clang__)
#define LOOKALIKE_UNROLL _Pragma("unroll")
#else
#define LOOKALIKE_UNROLL _Pragma("GCC unroll 16")
#endif

// Each set of instructions has a namespace of its own: the linker would else keep one copy of a
// function for all, and it might be one that this processor cannot run.
namespace lookalike::LOOKALIKE_INSTRUCTIONS {

typedef float V __attribute__((vector_size(4 * LANES)));
typedef int32_t I __attribute__((vector_size(4 * LANES)));

LOOKALIKE_INLINE V zero() { return V{}; }
LOOKALIKE_INLINE V all(float v) { return V{v, v, v, v, v, v, v, v}; }
LOOKALIKE_INLINE I all(int32_t v) { return I{v, v, v, v, v, v, v, v}; }

/** Where the mask is set, the value; else zero. */
LOOKALIKE_INLINE V only(I mask, V value) { return (V)((I)value & mask); }
LOOKALIKE_INLINE V select(I mask, V yes, V no) { return mask ? yes : no; }
LOOKALIKE_INLINE I select(I mask, I yes, I no) { return mask ? yes : no; }

/** max(x, 0); what is not a number stays so. */
LOOKALIKE_INLINE V relu(V x) { return zero() > x ? zero() : x; }
LOOKALIKE_INLINE V magnitude(V x) { return (V)((I)x & all(int32_t{0x7fffffff})); }

/** The sum over all lanes. */
LOOKALIKE_INLINE float sumOfLanes(V v) {
  typedef float Half __attribute__((vector_size(2 * LANES)));
  Half halves[2];
  __builtin_memcpy(halves, &v, sizeof(v));
  const Half sum = halves[0] + halves[1];
  return (sum[0] + sum[2]) + (sum[1] + sum[3]);
}

/** The nearest whole number, halves to even, of what is below 2^22 in size. */
LOOKALIKE_INLINE V rounded(V x) {
  const V shift = all(12582912.0f);  // 1.5 * 2^23: the sum has no bits left for a fraction
  return (x + shift) - shift;
}

/**
 * e^x for x <= 0, within 2e-7 of the value; below -87 as at -87, 1.6e-38.
 * x = n ln 2 + r, so e^x = 2^n e^r; e^r by the polynomial of the Cephes library (Moshier, expf).
 */
LOOKALIKE_INLINE V expOfNegative(V x) {
  x = select(x < all(-87.0f), all(-87.0f), x);
  const V n = rounded(x * 1.44269504088896341f);
  const V r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  V p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + (r + 1.0f);
  const I power = (__builtin_convertvector(n, I) + 127) << 23;
  return p * (V)power;
}

/**
 * log(1 + e) for e from 0 to 1, within 1e-7 of the value.
 * log(1 + e) = 2 artanh(s) at s = e / (2 + e) <= 1/3, whose series ends after s^13.
 */
LOOKALIKE_INLINE V logOfOneAnd(V e) {
  const V s = e / (e + 2.0f);
  const V q = s * s;
  V p = q * (1.0f / 13) + (1.0f / 11);
  p = p * q + (1.0f / 9);
  p = p * q + (1.0f / 7);
  p = p * q + (1.0f / 5);
  p = p * q + (1.0f / 3);
  p = p * q + 1.0f;
  return (s + s) * p;
}

/** The sigmoid of a logit, and its cross-entropy with a target from 0 to 1. */
struct Redrawing {
  V sigmoid, loss;
};

/**
 * -z log s(x) - (1 - z) log(1 - s(x)) = max(x, 0) - x z + log(1 + e^-|x|), which never overflows;
 * s(|x|) = 1 / (1 + e^-|x|) and s(-x) = 1 - s(x).
 */
LOOKALIKE_INLINE Redrawing redrawingOf(V logit, V target) {
  const V e = expOfNegative(-magnitude(logit));
  const V s = 1.0f / (e + 1.0f);
  return {select(logit < zero(), e * s, s), relu(logit) - logit * target + logOfOneAnd(e)};
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
