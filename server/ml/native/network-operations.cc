// A network over many pictures, forward and back.
#include "network-operations.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "pass-operation.h"

namespace lookalike {

namespace {

class Encode : PassOperation {
 public:
  explicit Encode(TF_OpKernelConstruction* construction)
      : PassOperation(construction, Pass::ENCODE) {}

  void compute(TF_OpKernelContext* context) const {
    const Tensor values = Tensor::input(context, 0), bytes = Tensor::input(context, 1);
    const float* from = parameters(values);
    const Pictures given = pictures(bytes);
    const size_t codeSize = network_.codeSize();
    const Tensor codes =
        Tensor::output(context, 0, TF_FLOAT, {int64_t(given.count), int64_t(codeSize)});
    if (given.count <= size_t(kernels_.fewPictures(network_))) {
      alone([&](void* scratch) {
        kernels_.encodeFew(network_, from, given.block(0), scratch, codes.data<float>());
      });
      return;
    }
    const std::vector<float> kernels = packed(from);
    spread(given.blocks(), [&](size_t block, void* scratch) {
      Results results{};
      results.codes = codes.data<float>() + block * LANES * codeSize;
      kernels_.forward(network_, pass_, kernels.data(), given.block(block), scratch, results);
    });
  }
};

class Redraw : PassOperation {
 public:
  explicit Redraw(TF_OpKernelConstruction* construction)
      : PassOperation(construction, Pass::REDRAW), writesBytes_(boolAttribute(construction, "bytes")) {}

  void compute(TF_OpKernelContext* context) const {
    const Tensor values = Tensor::input(context, 0), bytes = Tensor::input(context, 1);
    const std::vector<float> kernels = packed(parameters(values));
    const Pictures given = pictures(bytes);
    const size_t codeSize = network_.codeSize();
    const int64_t count = int64_t(given.count);
    const Tensor codes = Tensor::output(context, 0, TF_FLOAT, {count, int64_t(codeSize)}),
                 errors = Tensor::output(context, 1, TF_FLOAT, {count}),
                 losses = Tensor::output(context, 2, TF_FLOAT, {count}),
                 redrawn = Tensor::output(context, 3, TF_BOOL,
                                          {writesBytes_ ? count : 0, int64_t(given.size)});
    spread(given.blocks(), [&](size_t block, void* scratch) {
      const size_t first = block * LANES;
      const Results results{codes.data<float>() + first * codeSize, errors.data<float>() + first,
                            losses.data<float>() + first,
                            writesBytes_ ? redrawn.data<uint8_t>() + first * given.size : nullptr};
      kernels_.forward(network_, pass_, kernels.data(), given.block(block), scratch, results);
    });
  }

 private:
  const bool writesBytes_;
};

/**
 * Parts of a batch whose gradients are added up, whatever the number of threads: the sum is then the
 * same on every machine of one kind.
 */
constexpr size_t MOST_PARTS = 64;

class Gradient : PassOperation {
 public:
  explicit Gradient(TF_OpKernelConstruction* construction)
      : PassOperation(construction, Pass::GRADIENT) {}

  void compute(TF_OpKernelContext* context) const {
    const Tensor values = Tensor::input(context, 0), bytes = Tensor::input(context, 1),
                 positions = Tensor::input(context, 2);
    const Pictures batch = batchOf(bytes, positions);
    const Tensor loss = Tensor::output(context, 0, TF_FLOAT, {}),
                 gradient = Tensor::output(context, 1, TF_FLOAT, {int64_t(network_.parameters)});
    const float* from = parameters(values);
    if (areFinite(from)) {
      *loss.data<float>() = compute(from, batch, gradient.data<float>());
      return;
    }
    // Pooling could hide them: it takes the largest, and no number is larger or smaller than NaN.
    *loss.data<float>() = std::numeric_limits<float>::quiet_NaN();
    std::fill_n(gradient.data<float>(), network_.parameters, *loss.data<float>());
  }

 private:
  Pictures batchOf(const Tensor& bytes, const Tensor& positions) const {
    Pictures batch = pictures(bytes);
    const int64_t count = int64_t(batch.count);
    batch.positions = positions.data<int32_t>();
    batch.count = positions.count();
    if (batch.count == 0) throw std::invalid_argument("there is no gradient over no pictures");
    for (size_t i = 0; i < batch.count; ++i) {
      if (batch.positions[i] < 0 || batch.positions[i] >= count) {
        throw std::invalid_argument("there is no picture " + std::to_string(batch.positions[i]));
      }
    }
    return batch;
  }

  bool areFinite(const float* parameters) const {
    for (size_t i = 0; i < network_.parameters; ++i) {
      if (!std::isfinite(parameters[i])) return false;
    }
    return true;
  }

  /** @returns the mean loss over all numbers of all pictures */
  float compute(const float* parameters, const Pictures& batch, float* gradient) const {
    const size_t blocks = batch.blocks(), size = network_.parameters;
    const size_t blocksOfPart = (blocks + MOST_PARTS - 1) / MOST_PARTS;
    const size_t parts = (blocks + blocksOfPart - 1) / blocksOfPart;
    const std::vector<float> kernels = packed(parameters);
    // Kept from step to step: a megabyte that is fetched anew from the system costs as much as a block.
    static thread_local std::vector<float> gradients;
    if (gradients.size() < parts * size) gradients.resize(parts * size);
    float* const sums = gradients.data();
    std::vector<double> losses(parts);
    spread(parts, [&](size_t part, void* scratch) {
      for (size_t i = part * blocksOfPart; i < (part + 1) * blocksOfPart && i < blocks; ++i) {
        losses[part] += kernels_.addGradient(network_, kernels.data(), batch.block(i), scratch);
      }
      kernels_.takeGradient(network_, scratch, sums + part * size);
    });
    const double numbers = double(batch.count) * double(batch.size);
    for (size_t part = 1; part < parts; ++part) {
      const float* more = sums + part * size;
      for (size_t i = 0; i < size; ++i) sums[i] += more[i];
      losses[0] += losses[part];
    }
    for (size_t i = 0; i < size; ++i) gradient[i] = float(sums[i] / numbers);
    return float(losses[0] / numbers);
  }
};

}  // namespace

void registerNetworkOperations() {
  const char* const network = "network: list(int)";
  registerOperation(operationOf<Encode>("LookalikeEncode", {network},
                                        {"parameters: float", "pictures: bool"}, {"codes: float"}));
  registerOperation(operationOf<Redraw>(
      "LookalikeRedraw", {network, "bytes: bool"}, {"parameters: float", "pictures: bool"},
      {"codes: float", "errors: float", "losses: float", "redrawn: bool"}));
  registerOperation(operationOf<Gradient>(
      "LookalikeGradient", {network},
      {"parameters: float", "pictures: bool", "positions: int32"},
      {"loss: float", "gradient: float"}));
}

}  // namespace lookalike
