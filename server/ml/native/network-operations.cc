// A network over many pictures: cut into blocks, spread over the threads, and put together again.
#include "network-operations.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>

#include "network-attribute.h"
#include "operation.h"
#include "thread-pool.h"

namespace lookalike {

namespace {

/** Memory at the start of a cache line, which only grows. */
class AlignedMemory {
 public:
  ~AlignedMemory() { release(); }
  void* atLeast(size_t bytes) {
    if (bytes > size_) {
      release();
      start_ = ::operator new(bytes, std::align_val_t{64});
      size_ = bytes;
    }
    return start_;
  }

 private:
  void release() {
    if (start_) ::operator delete(start_, std::align_val_t{64});
    start_ = nullptr;
    size_ = 0;
  }
  void* start_ = nullptr;
  size_t size_ = 0;
};

/** The memory of every worker of the pool; for whoever has the pool to himself. */
std::vector<AlignedMemory>& memoryOfWorkers() {
  static auto* memory = new std::vector<AlignedMemory>(size_t(ThreadPool::instance().size()));
  return *memory;
}

/** The pictures that an operation is given: bytes, and which of them in which order. */
struct Pictures {
  const uint8_t* bytes;
  size_t size;
  /** Null for all of them in their own order. */
  const int32_t* positions;
  size_t count;

  size_t blocks() const { return (count + LANES - 1) / LANES; }

  Block block(size_t index) const {
    Block block{};
    const size_t first = index * LANES;
    block.count = int(count - first < LANES ? count - first : LANES);
    for (int lane = 0; lane < block.count; ++lane) {
      const size_t at = first + size_t(lane);
      block.pictures[lane] = bytes + (positions ? size_t(positions[at]) : at) * size;
    }
    return block;
  }
};

/** What all passes of a network have in common. */
class NetworkOperation {
 protected:
  NetworkOperation(TF_OpKernelConstruction* construction, Pass pass)
      : network_(networkOf(attribute(construction))), pass_(pass) {
    if (pass != Pass::ENCODE && !network_.redraws()) {
      throw std::invalid_argument("the network does not end in logits of its pictures");
    }
  }

  const Network network_;
  const Pass pass_;
  const Kernels& kernels_ = kernelsForThisProcessor();

  /** The flat vector of the parameters; to encode, it may go on with those of a decoder. */
  const float* parameters(const Tensor& tensor) const {
    const bool more = pass_ == Pass::ENCODE && tensor.count() > network_.parameters;
    if (more || tensor.count() == network_.parameters) return tensor.data<float>();
    throw std::invalid_argument("the network has " + std::to_string(network_.parameters) +
                                " parameters, not " + std::to_string(tensor.count()));
  }

  Pictures pictures(const Tensor& tensor) const {
    const size_t size = network_.pictureSize();
    if (tensor.count() % size != 0) throw std::invalid_argument("the pictures are of another size");
    return {tensor.data<uint8_t>(), size, nullptr, tensor.count() / size};
  }

  std::vector<float> packed(const float* parameters) const {
    std::vector<float> packed(kernels_.packedSize(network_, pass_));
    kernels_.pack(network_, pass_, parameters, packed.data());
    return packed;
  }

  /** Calls `work(task, scratch)` for every task, each with the prepared memory of a thread. */
  template <class Work>
  void spread(size_t tasks, const Work& work) const {
    std::vector<AlignedMemory>& memory = memoryOfWorkers();
    std::vector<char> prepared(memory.size());
    const size_t bytes = kernels_.scratchSize(network_, pass_);
    ThreadPool::instance().run(int(tasks), [&](int task, int worker) {
      void* scratch = memory[size_t(worker)].atLeast(bytes);
      if (!prepared[size_t(worker)]) kernels_.prepare(network_, pass_, scratch);
      prepared[size_t(worker)] = 1;
      work(size_t(task), scratch);
    });
  }

  /** Calls `work(scratch)` with the memory of a thread as it is. */
  template <class Work>
  void alone(const Work& work) const {
    const size_t bytes = kernels_.scratchSize(network_, pass_);
    ThreadPool::instance().run(1, [&](int, int) { work(memoryOfWorkers()[0].atLeast(bytes)); });
  }

 private:
  static std::vector<int64_t> attribute(TF_OpKernelConstruction* construction) {
    Status status;
    int32_t length = 0, unused = 0;
    TF_OpKernelConstruction_GetAttrSize(construction, "network", &length, &unused, status);
    status.check();
    std::vector<int64_t> numbers(size_t(length < 0 ? 0 : length));
    TF_OpKernelConstruction_GetAttrInt64List(construction, "network", numbers.data(), length,
                                             status);
    status.check();
    return numbers;
  }
};

class Encode : NetworkOperation {
 public:
  explicit Encode(TF_OpKernelConstruction* construction)
      : NetworkOperation(construction, Pass::ENCODE) {}

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

class Redraw : NetworkOperation {
 public:
  explicit Redraw(TF_OpKernelConstruction* construction)
      : NetworkOperation(construction, Pass::REDRAW) {}

  void compute(TF_OpKernelContext* context) const {
    const Tensor values = Tensor::input(context, 0), bytes = Tensor::input(context, 1);
    const std::vector<float> kernels = packed(parameters(values));
    const Pictures given = pictures(bytes);
    const size_t codeSize = network_.codeSize();
    const int64_t count = int64_t(given.count);
    const Tensor codes = Tensor::output(context, 0, TF_FLOAT, {count, int64_t(codeSize)}),
                 errors = Tensor::output(context, 1, TF_FLOAT, {count}),
                 losses = Tensor::output(context, 2, TF_FLOAT, {count}),
                 redrawn = Tensor::output(context, 3, TF_BOOL, {count, int64_t(given.size)});
    spread(given.blocks(), [&](size_t block, void* scratch) {
      const size_t first = block * LANES;
      const Results results{codes.data<float>() + first * codeSize, errors.data<float>() + first,
                            losses.data<float>() + first,
                            redrawn.data<uint8_t>() + first * given.size};
      kernels_.forward(network_, pass_, kernels.data(), given.block(block), scratch, results);
    });
  }
};

/**
 * Parts of a batch whose gradients are added up, whatever the number of threads: the sum is then the
 * same on every machine of one kind.
 */
constexpr size_t MOST_PARTS = 64;

class Gradient : NetworkOperation {
 public:
  explicit Gradient(TF_OpKernelConstruction* construction)
      : NetworkOperation(construction, Pass::GRADIENT) {}

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
      "LookalikeRedraw", {network}, {"parameters: float", "pictures: bool"},
      {"codes: float", "errors: float", "losses: float", "redrawn: bool"}));
  registerOperation(operationOf<Gradient>(
      "LookalikeGradient", {network},
      {"parameters: float", "pictures: bool", "positions: int32"},
      {"loss: float", "gradient: float"}));
}

}  // namespace lookalike
