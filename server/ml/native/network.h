// A network as data: what server/ml/architectures describes, in the words of the kernels.
#pragma once

#include <cstddef>
#include <cstdint>

// Also what all sets of instructions share: else the linker would keep one copy of it, and that
// might be one that this processor cannot run.
#define LOOKALIKE_INLINE inline __attribute__((always_inline))

namespace lookalike {

/** Pictures that lie side by side in a vector register, and are computed together. */
constexpr int LANES = 8;

/** How the input of a layer comes to the sides of its convolution. */
enum class Resampling { NONE, DOUBLED, NEAREST };

/** Nearest-neighbour upsampling, 3x3 'same' convolution without bias, ReLU, 2x2 max pooling. */
struct Layer {
  Resampling resampling;
  int inputHeight, inputWidth, inputs;
  /** Of the convolution. */
  int height, width, outputs;
  bool relu, pooled;
  /** After pooling, which rounds up. */
  int outputHeight, outputWidth;
  /** Where its kernel [3, 3, inputs, outputs] starts in the flat vector of parameters. */
  size_t firstParameter;

  LOOKALIKE_INLINE size_t parameters() const { return size_t{9} * inputs * outputs; }
};

struct Network {
  static constexpr int MOST_LAYERS = 64;
  int height, width, channels;
  int count;
  /** Layers up to the one whose output is the code. */
  int encoderCount;
  Layer layers[MOST_LAYERS];
  size_t parameters;

  LOOKALIKE_INLINE size_t pictureSize() const { return size_t(height) * width * channels; }
  LOOKALIKE_INLINE size_t codeSize() const {
    const Layer& last = layers[encoderCount - 1];
    return size_t(last.outputHeight) * last.outputWidth * last.outputs;
  }
  /** Whether it ends in logits of its pictures. */
  LOOKALIKE_INLINE bool redraws() const {
    const Layer& last = layers[count - 1];
    return last.outputHeight == height && last.outputWidth == width && last.outputs == channels &&
           !last.relu && !last.pooled;
  }
};

/** What is computed of a block of pictures. */
enum class Pass { ENCODE, REDRAW, GRADIENT };

/** Pictures for the lanes of the vectors; lanes from `count` on are black. */
struct Block {
  const uint8_t* pictures[LANES];
  int count;
};

/** Where the results of a block go, picture behind picture; null where nobody wants them. */
struct Results {
  float* codes;
  float* errors;
  float* losses;
  uint8_t* bytes;
};

/** The kernels, compiled for one set of instructions. */
struct Kernels {
  const char* instructions;
  /** Floats that `pack` writes: the kernels in the order in which a pass reads them. */
  size_t (*packedSize)(const Network&, Pass);
  void (*pack)(const Network&, Pass, const float* parameters, float* packed);
  /** Bytes of memory that one thread needs, aligned to 64. */
  size_t (*scratchSize)(const Network&, Pass);
  /** Brings the memory of a thread into the state that all other functions expect and leave. */
  void (*prepare)(const Network&, Pass, void* scratch);
  /** Pass ENCODE or REDRAW. */
  void (*forward)(const Network&, Pass, const float* packed, const Block&, void* scratch,
                  const Results&);
  /** How many pictures `encodeFew` may take: none where the network is not made for it. */
  int (*fewPictures)(const Network&);
  /** The codes that `forward` computes, in less time; the scratch need not be prepared for it. */
  void (*encodeFew)(const Network&, const float* parameters, const Block&, void* scratch,
                    float* codes);
  /**
   * Adds the gradient of the pictures' summed cross-entropy to what the scratch holds.
   * @returns that sum
   */
  double (*addGradient)(const Network&, const float* packed, const Block&, void* scratch);
  /** Writes the gradient that the scratch holds, and sets it to zero. */
  void (*takeGradient)(const Network&, void* scratch, float* gradient);
};

/** The fastest kernels that this processor can run; LOOKALIKE_INSTRUCTIONS=portable asks for the others. */
const Kernels& kernelsForThisProcessor();

}  // namespace lookalike
