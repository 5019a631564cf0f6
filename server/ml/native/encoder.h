// An encoder as data: 3x3 convolutions with normalisation and shortcuts, from pictures to embeddings.
#pragma once

#include "network.h"

namespace lookalike {

/**
 * 3x3 'same' convolution without bias, batch normalisation, ReLU; then 2x2 max pooling, or the sum with
 * what the unit before got as its input.
 */
struct Unit {
  int height, width, inputs, outputs;
  bool pooled, joined;
  /** After pooling, which rounds up. */
  int outputHeight, outputWidth;
  /** Where its kernel [3, 3, inputs, outputs] starts in the flat vector of parameters. */
  size_t kernel;
  /** Of [outputs] numbers, behind the kernel: what the normalised numbers are multiplied with. */
  size_t scale;
  /** Of [outputs] numbers, behind the scale: what is then added. */
  size_t shift;
  /** Where the means [outputs] start in the flat vector of moments; the variances follow. */
  size_t moments;

  LOOKALIKE_INLINE size_t kernelSize() const { return size_t{9} * inputs * outputs; }
};

/**
 * Units, the mean over all pixels, and a matrix from that to the embedding. What it is trained with
 * besides is a direction for each target: see `TargetLoss`.
 */
struct Encoder {
  static constexpr int MOST_UNITS = 32;
  int height, width, channels;
  int count;
  Unit units[MOST_UNITS];
  /** Numbers of an embedding. */
  int dimension;
  /** Where the matrix [outputs of the last unit, dimension] starts. */
  size_t projection;
  /** Without the directions of the targets, which come last. */
  size_t parameters;
  size_t moments;

  LOOKALIKE_INLINE size_t pictureSize() const { return size_t(height) * width * channels; }
  LOOKALIKE_INLINE int features() const { return units[count - 1].outputs; }
};

/** What a batch of pictures is to be told apart by. */
struct TargetLoss {
  /** Number of targets. */
  int targets;
  /** What the cosines are multiplied with. */
  float scale;
};

/** The kernels of encoders, compiled for one set of instructions. */
struct EncoderKernels {
  size_t (*packedSize)(const Encoder&, bool training);
  void (*pack)(const Encoder&, bool training, const float* parameters, const float* moments,
               float* packed);
  size_t (*scratchSize)(const Encoder&, bool training, int targets);
  void (*prepare)(const Encoder&, bool training, int targets, void* scratch);
  /** Embeddings, not of length one. */
  void (*encode)(const Encoder&, const float* parameters, const float* packed, const Block&, void* scratch,
                 float* embeddings);
  /**
   * Adds the gradient of the summed loss of a full block to what the scratch holds.
   * @param directions [targets, dimension], each of length one
   * @param wanted [LANES, targets] shares, which add up to one for each picture
   * @param moments into which the moments of this block are added
   */
  double (*addGradient)(const Encoder&, const TargetLoss&, const float* parameters, const float* packed,
                        const float* directions, const float* wanted, const Block&, void* scratch,
                        float* moments);
  /** Writes the gradient that the scratch holds, with that of the directions behind, and clears it. */
  void (*takeGradient)(const Encoder&, int targets, void* scratch, float* gradient);
};

const EncoderKernels& encoderKernelsForThisProcessor();

}  // namespace lookalike
