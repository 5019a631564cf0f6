// Batch normalisation (Ioffe, Szegedy, arXiv:1502.03167) of the block of pictures in the lanes, and what
// comes after it in a unit.
//
// The moments are those of the block, not of the whole batch: "ghost" batches (Hoffer, Hubara, Soudry,
// arXiv:1705.08741). So a block passes through all layers while it is in the processor's cache, and its
// noise helps the network to generalise.
#pragma once

#include <cmath>

#include "encoder.h"
#include "pooling.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

/** What is added to a variance, as in TensorFlow's batch normalisation. */
constexpr float VARIANCE_FLOOR = 1e-3f;

/** Of each channel of a plane: its mean and the inverse of its deviation, and sums on the way. */
struct ChannelMoments {
  float* mean;
  float* inverse;
  V* sums;
  V* squares;
};

inline void measureMoments(const Plane& y, const ChannelMoments& moments, float* means,
                           float* variances) {
  const int channels = y.channels;
  for (int c = 0; c < channels; ++c) moments.sums[c] = moments.squares[c] = zero();
  for (int row = 0; row < y.height; ++row) {
    const V* from = y.at(row, 0);
    for (int column = 0; column < y.width; ++column, from += channels) {
      for (int c = 0; c < channels; ++c) {
        moments.sums[c] += from[c];
        moments.squares[c] += from[c] * from[c];
      }
    }
  }
  const double count = double(y.height) * y.width * LANES;
  for (int c = 0; c < channels; ++c) {
    double sum = 0, square = 0;
    for (int lane = 0; lane < LANES; ++lane) {
      sum += double(moments.sums[c][lane]);
      square += double(moments.squares[c][lane]);
    }
    const double mean = sum / count;
    const double variance = square / count - mean * mean;
    moments.mean[c] = float(mean);
    moments.inverse[c] = float(1 / std::sqrt((variance > 0 ? variance : 0) + double(VARIANCE_FLOOR)));
    means[c] += float(mean);
    variances[c] += float(variance);
  }
}

/** Makes y normalised, and of it what the unit puts out where it does not pool. */
inline void normalise(const Plane& y, const ChannelMoments& moments, const float* scale,
                      const float* shift, const Plane* shortcut, const Plane& output) {
  const int channels = y.channels;
  for (int row = 0; row < y.height; ++row) {
    V* numbers = y.at(row, 0);
    V* into = output.at(row, 0);
    const V* more = shortcut ? shortcut->at(row, 0) : nullptr;
    for (int column = 0; column < y.width; ++column, numbers += channels, into += channels) {
      for (int c = 0; c < channels; ++c) {
        const V x = (numbers[c] - moments.mean[c]) * moments.inverse[c];
        numbers[c] = x;
        V out = relu(x * scale[c] + shift[c]);
        if (more) out += more[c];
        into[c] = out;
      }
      if (more) more += channels;
    }
  }
}

/** The same for a unit that pools. */
inline void normaliseAndPool(const Plane& y, const ChannelMoments& moments, const float* scale,
                             const float* shift, const Winners& winners, const Plane& pooled) {
  const int channels = y.channels;
  for (int row = 0; row < pooled.height; ++row) {
    const int rows = 2 * row + 1 < y.height ? 2 : 1;
    for (int column = 0; column < pooled.width; ++column) {
      const int columns = 2 * column + 1 < y.width ? 2 : 1;
      V* into = pooled.at(row, column);
      I* places = winners.at(row, column);
      for (int c = 0; c < channels; ++c) {
        V largest = zero();
        I winner = all(NO_PIXEL);
        for (int p = 0; p < 4; ++p) {
          if (p / 2 >= rows || p % 2 >= columns) continue;
          V& number = y.at(2 * row + p / 2, 2 * column + p % 2)[c];
          number = (number - moments.mean[c]) * moments.inverse[c];
          const V value = number * scale[c] + shift[c];
          // So that what is no number is not passed over.
          const I larger = ~(value <= largest);
          largest = select(larger, value, largest);
          winner = select(larger, all(p), winner);
        }
        into[c] = largest;
        places[c] = winner;
      }
    }
  }
}

/**
 * The gradient in the convolution's output, in place of the normalised numbers.
 *
 * With x the normalised numbers, g the gradient in scale * x + shift, and N numbers in a channel:
 * dy = inverse * scale * (g - mean(g) - x mean(g x)).
 * @param slopeAt (row, column, channel, x) the gradient behind ReLU and pooling, zero where they stop it
 * @param scaleSlopes @param shiftSlopes to which sum(g x) and sum(g) are added, [outputs]
 */
template <class SlopeAt>
inline void normaliseBack(const Plane& y, const ChannelMoments& moments, const float* scale,
                          const SlopeAt& slopeAt, V* scaleSlopes, V* shiftSlopes) {
  const int channels = y.channels;
  for (int c = 0; c < channels; ++c) moments.sums[c] = moments.squares[c] = zero();
  for (int row = 0; row < y.height; ++row) {
    for (int column = 0; column < y.width; ++column) {
      const V* x = y.at(row, column);
      for (int c = 0; c < channels; ++c) {
        const V slope = slopeAt(row, column, c, x[c]);
        moments.sums[c] += slope;
        moments.squares[c] += slope * x[c];
      }
    }
  }
  const float share = 1.0f / (float(y.height) * float(y.width) * LANES);
  for (int c = 0; c < channels; ++c) {
    shiftSlopes[c] += moments.sums[c];
    scaleSlopes[c] += moments.squares[c];
    // From here on: what is taken off of every slope, and what of x is.
    moments.sums[c] = all(sumOfLanes(moments.sums[c]) * share);
    moments.squares[c] = all(sumOfLanes(moments.squares[c]) * share);
  }
  for (int row = 0; row < y.height; ++row) {
    for (int column = 0; column < y.width; ++column) {
      V* x = y.at(row, column);
      for (int c = 0; c < channels; ++c) {
        const V slope = slopeAt(row, column, c, x[c]);
        x[c] = (slope - moments.sums[c] - x[c] * moments.squares[c]) * (moments.inverse[c] * scale[c]);
      }
    }
  }
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
