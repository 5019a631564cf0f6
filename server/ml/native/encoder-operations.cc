// Encoders over many pictures, forward and back.
#include "encoder-operations.h"

#include <algorithm>
#include <cmath>

#include "encoder-attribute.h"
#include "pass-operation.h"

namespace lookalike {

namespace {

/**
 * Parts of a batch whose gradients are added up, whatever the number of threads: the sum is then the
 * same on every machine of one kind. Each has to be read and written once more.
 */
constexpr size_t MOST_PARTS = 8;

class EncoderOperation {
 protected:
  EncoderOperation(TF_OpKernelConstruction* construction, bool training)
      : encoder_(encoderOf(integersAttribute(construction, "encoder"))), training_(training) {}

  const Encoder encoder_;
  const bool training_;
  const EncoderKernels& kernels_ = encoderKernelsForThisProcessor();

  Pictures pictures(const Tensor& tensor) const {
    return picturesOf(tensor, encoder_.pictureSize());
  }

  static void expect(const Tensor& tensor, size_t count, const char* what) {
    if (tensor.count() == count) return;
    throw std::invalid_argument(std::string("the encoder has ") + std::to_string(count) + " " + what +
                                ", not " + std::to_string(tensor.count()));
  }

  std::vector<float> packed(const float* parameters, const float* moments) const {
    std::vector<float> packed(kernels_.packedSize(encoder_, training_));
    kernels_.pack(encoder_, training_, parameters, moments, packed.data());
    return packed;
  }

  template <class Work>
  void spread(size_t tasks, int targets, const Work& work) const {
    const auto prepare = [&](void* scratch) {
      kernels_.prepare(encoder_, training_, targets, scratch);
    };
    spreadOverThreads(tasks, kernels_.scratchSize(encoder_, training_, targets), prepare, work);
  }
};

class Embed : EncoderOperation {
 public:
  explicit Embed(TF_OpKernelConstruction* construction) : EncoderOperation(construction, false) {}

  void compute(TF_OpKernelContext* context) const {
    const Tensor values = Tensor::input(context, 0), moments = Tensor::input(context, 1),
                 bytes = Tensor::input(context, 2);
    if (values.count() < encoder_.parameters) expect(values, encoder_.parameters, "parameters");
    expect(moments, encoder_.moments, "moments");
    const float* parameters = values.data<float>();
    const std::vector<float> kernels = packed(parameters, moments.data<float>());
    const Pictures given = pictures(bytes);
    const size_t dimension = size_t(encoder_.dimension);
    const Tensor embeddings =
        Tensor::output(context, 0, TF_FLOAT, {int64_t(given.count), int64_t(dimension)});
    spread(given.blocks(), 0, [&](size_t block, void* scratch) {
      kernels_.encode(encoder_, parameters, kernels.data(), given.block(block), scratch,
                      embeddings.data<float>() + block * LANES * dimension);
    });
  }
};

class TargetGradient : EncoderOperation {
 public:
  explicit TargetGradient(TF_OpKernelConstruction* construction)
      : EncoderOperation(construction, true), scale_(floatAttribute(construction, "scale")) {}

  void compute(TF_OpKernelContext* context) const {
    const Tensor values = Tensor::input(context, 0), bytes = Tensor::input(context, 1),
                 wanted = Tensor::input(context, 2);
    const Pictures batch = pictures(bytes);
    if (batch.count == 0 || batch.count % LANES != 0) {
      throw std::invalid_argument("a batch is a multiple of " + std::to_string(LANES) + " pictures");
    }
    const size_t targets = wanted.count() / batch.count, dimension = size_t(encoder_.dimension);
    expect(wanted, targets * batch.count, "wanted shares");
    const size_t size = encoder_.parameters + targets * dimension;
    expect(values, size, "parameters");
    const float* parameters = values.data<float>();
    const Tensor loss = Tensor::output(context, 0, TF_FLOAT, {}),
                 gradient = Tensor::output(context, 1, TF_FLOAT, {int64_t(size)}),
                 moments = Tensor::output(context, 2, TF_FLOAT, {int64_t(encoder_.moments)});
    const std::vector<float> kernels = packed(parameters, nullptr);
    std::vector<float> lengths(targets);
    const std::vector<float> directions = directionsOf(parameters + encoder_.parameters, targets, lengths);
    const size_t blocks = batch.blocks(), momentCount = encoder_.moments;
    const size_t blocksOfPart = (blocks + MOST_PARTS - 1) / MOST_PARTS;
    const size_t parts = (blocks + blocksOfPart - 1) / blocksOfPart;
    // Kept from step to step: megabytes that are fetched anew from the system cost as much as a block.
    static thread_local std::vector<float> ofParts;
    if (ofParts.size() < parts * (size + momentCount)) ofParts.resize(parts * (size + momentCount));
    float* const sums = ofParts.data();
    std::vector<double> losses(parts);
    const TargetLoss targetLoss{int(targets), scale_};
    spread(parts, int(targets), [&](size_t part, void* scratch) {
      float* const own = sums + part * (size + momentCount);
      std::fill(own + size, own + size + momentCount, 0.0f);
      for (size_t i = part * blocksOfPart; i < (part + 1) * blocksOfPart && i < blocks; ++i) {
        losses[part] += kernels_.addGradient(encoder_, targetLoss, parameters, kernels.data(),
                                             directions.data(),
                                             wanted.data<float>() + i * LANES * targets,
                                             batch.block(i), scratch, own + size);
      }
      kernels_.takeGradient(encoder_, int(targets), scratch, own);
    });
    sumOfParts(sums, parts, size + momentCount);
    double total = 0;
    for (const double ofPart : losses) total += ofPart;
    directionsBack(directions, lengths, targets, sums + encoder_.parameters);
    const float share = 1.0f / float(batch.count);
    for (size_t i = 0; i < size; ++i) gradient.data<float>()[i] = sums[i] * share;
    for (size_t i = 0; i < momentCount; ++i) {
      moments.data<float>()[i] = sums[size + i] / float(blocks);
    }
    *loss.data<float>() = float(total / double(batch.count));
  }

 private:
  const float scale_;

  /** Adds up rows of numbers into the first, always in the same order; each thread some columns. */
  static void sumOfParts(float* sums, size_t parts, size_t length) {
    constexpr size_t COLUMNS = 4096;
    ThreadPool::instance().run(int((length + COLUMNS - 1) / COLUMNS), [&](int chunk, int) {
      const size_t start = size_t(chunk) * COLUMNS;
      const size_t end = start + COLUMNS < length ? start + COLUMNS : length;
      for (size_t part = 1; part < parts; ++part) {
        const float* more = sums + part * length;
        for (size_t i = start; i < end; ++i) sums[i] += more[i];
      }
    });
  }

  std::vector<float> directionsOf(const float* vectors, size_t targets,
                                  std::vector<float>& lengths) const {
    const size_t dimension = size_t(encoder_.dimension);
    std::vector<float> directions(targets * dimension);
    for (size_t k = 0; k < targets; ++k) {
      double square = 0;
      for (size_t d = 0; d < dimension; ++d) {
        square += double(vectors[k * dimension + d]) * double(vectors[k * dimension + d]);
      }
      lengths[k] = float(std::sqrt(square)) + 1e-12f;
      for (size_t d = 0; d < dimension; ++d) {
        directions[k * dimension + d] = vectors[k * dimension + d] / lengths[k];
      }
    }
    return directions;
  }

  /** Of the gradient in the directions, that in the vectors whose directions they are. */
  void directionsBack(const std::vector<float>& directions, const std::vector<float>& lengths,
                      size_t targets, float* slopes) const {
    const size_t dimension = size_t(encoder_.dimension);
    for (size_t k = 0; k < targets; ++k) {
      const float* direction = directions.data() + k * dimension;
      float* of = slopes + k * dimension;
      float along = 0;
      for (size_t d = 0; d < dimension; ++d) along += of[d] * direction[d];
      for (size_t d = 0; d < dimension; ++d) of[d] = (of[d] - along * direction[d]) / lengths[k];
    }
  }
};

}  // namespace

void registerEncoderOperations() {
  const char* const encoder = "encoder: list(int)";
  registerOperation(operationOf<Embed>(
      "LookalikeEmbed", {encoder}, {"parameters: float", "moments: float", "pictures: bool"},
      {"embeddings: float"}));
  registerOperation(operationOf<TargetGradient>(
      "LookalikeTargetGradient", {encoder, "scale: float"},
      {"parameters: float", "pictures: bool", "wanted: float"},
      {"loss: float", "gradient: float", "moments: float"}));
}

}  // namespace lookalike
