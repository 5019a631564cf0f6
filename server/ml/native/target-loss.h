// From the last plane of an encoder to its embedding, and to the loss that it is trained with.
#pragma once

#include "encoder-scratch.h"

namespace lookalike::LOOKALIKE_INSTRUCTIONS {

/** into[column] = sum over rows of vector[row] * matrix[row][column] */
inline void product(const V* vector, const float* matrix, int rows, int columns, V* into) {
  for (int c = 0; c < columns; ++c) into[c] = zero();
  for (int r = 0; r < rows; ++r, matrix += columns) {
    const V x = vector[r];
    for (int c = 0; c < columns; ++c) into[c] += x * matrix[c];
  }
}

/** into[row] = sum over columns of matrix[row][column] * vector[column] */
inline void productOfRows(const float* matrix, const V* vector, int rows, int columns, V* into) {
  for (int r = 0; r < rows; ++r, matrix += columns) {
    V sums[4] = {zero(), zero(), zero(), zero()};
    int c = 0;
    for (; c + 4 <= columns; c += 4) {
      LOOKALIKE_UNROLL
      for (int i = 0; i < 4; ++i) sums[i] += vector[c + i] * matrix[c + i];
    }
    for (; c < columns; ++c) sums[0] += vector[c] * matrix[c];
    into[r] = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  }
}

/** sums[row][column] += a[row] * b[column] */
inline void addOuterProduct(const V* a, int rows, const V* b, int columns, V* sums) {
  for (int r = 0; r < rows; ++r, sums += columns) {
    const V x = a[r];
    for (int c = 0; c < columns; ++c) sums[c] += x * b[c];
  }
}

/** Mean over all pixels (Lin, Chen, Yan, arXiv:1312.4400), times the projection. */
inline void embed(const Encoder& encoder, const float* parameters, const EncoderScratch& scratch) {
  const Plane& last = scratch.outputs[encoder.count - 1];
  const int features = last.channels;
  for (int c = 0; c < features; ++c) scratch.means[c] = zero();
  for (int row = 0; row < last.height; ++row) {
    const V* from = last.at(row, 0);
    for (int column = 0; column < last.width; ++column, from += features) {
      for (int c = 0; c < features; ++c) scratch.means[c] += from[c];
    }
  }
  const float share = 1.0f / (float(last.height) * float(last.width));
  for (int c = 0; c < features; ++c) scratch.means[c] *= share;
  product(scratch.means, parameters + encoder.projection, features, encoder.dimension,
          scratch.embedding);
}

inline V rootOf(V x) {
  V root;
  for (int lane = 0; lane < LANES; ++lane) root[lane] = std::sqrt(x[lane]);
  return root;
}

inline V logOf(V x) {
  V log;
  for (int lane = 0; lane < LANES; ++lane) log[lane] = std::log(x[lane]);
  return log;
}

/** What the length of an embedding is at least, that one of zeros has a direction. */
constexpr float LEAST_LENGTH = 1e-6f;

/**
 * Cross-entropy of softmax(scale * cosine) (Wang et al.: NormFace, arXiv:1704.06369) with the wanted
 * shares of the targets, and its way back to the plane of the last unit.
 * @param wanted [LANES, targets]; a picture whose shares are all zero counts nothing
 * @returns the loss, summed over the lanes
 */
inline double targetLossGradient(const Encoder& encoder, const TargetLoss& loss,
                                 const float* parameters, const float* directions,
                                 const float* wanted, const EncoderScratch& scratch) {
  const int dimension = encoder.dimension, targets = loss.targets, features = encoder.features();
  V* const direction = scratch.embedding;
  V square = zero();
  for (int d = 0; d < dimension; ++d) square += direction[d] * direction[d];
  const V length = rootOf(square) + LEAST_LENGTH;
  for (int d = 0; d < dimension; ++d) direction[d] /= length;
  V* const logits = scratch.logits;
  productOfRows(directions, direction, targets, dimension, logits);
  V highest = logits[0];
  for (int k = 1; k < targets; ++k) highest = select(logits[k] > highest, logits[k], highest);
  V sum = zero(), weight = zero(), agreed = zero();
  for (int k = 0; k < targets; ++k) {
    V share;
    for (int lane = 0; lane < LANES; ++lane) share[lane] = wanted[size_t(lane) * targets + k];
    const V above = (logits[k] - highest) * loss.scale;
    weight += share;
    agreed += share * above;
    logits[k] = expOfNegative(above);
    sum += logits[k];
  }
  const V losses = weight * logOf(sum) - agreed;
  const V ofSum = weight / sum;
  for (int k = 0; k < targets; ++k) {
    V share;
    for (int lane = 0; lane < LANES; ++lane) share[lane] = wanted[size_t(lane) * targets + k];
    logits[k] = (logits[k] * ofSum - share) * loss.scale;
  }
  addOuterProduct(logits, targets, direction, dimension, scratch.sums + encoder.parameters);
  V* const slopes = scratch.slopes;
  product(logits, directions, targets, dimension, slopes);
  V along = zero();
  for (int d = 0; d < dimension; ++d) along += slopes[d] * direction[d];
  for (int d = 0; d < dimension; ++d) slopes[d] = (slopes[d] - direction[d] * along) / length;
  addOuterProduct(scratch.means, features, slopes, dimension, scratch.sums + encoder.projection);
  productOfRows(parameters + encoder.projection, slopes, features, dimension, scratch.means);
  const Plane& last = scratch.outputs[encoder.count - 1];
  const float share = 1.0f / (float(last.height) * float(last.width));
  for (int c = 0; c < features; ++c) scratch.means[c] *= share;
  for (int row = 0; row < last.height; ++row) {
    V* into = last.at(row, 0);
    for (int column = 0; column < last.width; ++column, into += features) {
      for (int c = 0; c < features; ++c) into[c] = scratch.means[c];
    }
  }
  double total = 0;
  for (int lane = 0; lane < LANES; ++lane) total += double(losses[lane]);
  return total;
}

}  // namespace lookalike::LOOKALIKE_INSTRUCTIONS
