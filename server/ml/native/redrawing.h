// From the logits of a block to what is asked about them.
#pragma once

#include "pixels.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

/** Adds a vector to numbers of twice the width: many small ones are summed up in these. */
LOOKALIKE_INLINE void addWide(double (&sums)[LANES], V values) {
  for (int lane = 0; lane < LANES; ++lane) sums[lane] += double(values[lane]);
}

/**
 * For each picture its mean cross-entropy and mean squared error, and its redrawn bytes.
 * Any of the results may be missing.
 */
inline void judgeRedrawing(const Plane& logits, const Plane& pictures, int count,
                           const Results& results) {
  double losses[LANES] = {}, errors[LANES] = {};
  const int rowLength = pictures.width * pictures.channels;
  const size_t size = size_t(pictures.height) * rowLength;
  for (int row = 0; row < pictures.height; ++row) {
    const V* logit = logits.at(row, 0);
    const V* target = pictures.at(row, 0);
    V loss = zero(), error = zero();
    for (int at = 0; at < rowLength; ++at) {
      const Redrawing redrawing = redrawingOf(logit[at], target[at]);
      const V deviation = redrawing.sigmoid - target[at];
      loss += redrawing.loss;
      error += deviation * deviation;
      if (!results.bytes) continue;
      const I bytes = __builtin_convertvector(rounded(redrawing.sigmoid * 255.0f), I);
      uint8_t* into = results.bytes + ptrdiff_t(row) * rowLength + at;
      for (int lane = 0; lane < count; ++lane) into[lane * size] = uint8_t(bytes[lane]);
    }
    addWide(losses, loss);
    addWide(errors, error);
  }
  for (int lane = 0; lane < count; ++lane) {
    if (results.losses) results.losses[lane] = float(losses[lane] / double(size));
    if (results.errors) results.errors[lane] = float(errors[lane] / double(size));
  }
}

/**
 * Puts the gradient of the summed cross-entropy, sigmoid - target, in the place of the logits.
 * @returns the sum over the first `count` pictures; the others have no gradient
 */
inline double lossGradient(const Plane& logits, const Plane& pictures, int count) {
  I wanted;
  for (int lane = 0; lane < LANES; ++lane) wanted[lane] = lane < count ? -1 : 0;
  double losses[LANES] = {};
  for (int row = 0; row < pictures.height; ++row) {
    V* logit = logits.at(row, 0);
    const V* target = pictures.at(row, 0);
    V loss = zero();
    for (int at = 0; at < pictures.width * pictures.channels; ++at) {
      const Redrawing redrawing = redrawingOf(logit[at], target[at]);
      loss += redrawing.loss;
      logit[at] = only(wanted, redrawing.sigmoid - target[at]);
    }
    addWide(losses, only(wanted, loss));
  }
  double sum = 0;
  for (int lane = 0; lane < count; ++lane) sum += losses[lane];
  return sum;
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
