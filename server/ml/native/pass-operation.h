// What the operations of all passes have in common: pictures in blocks, and blocks spread over threads.
#pragma once

#include <new>
#include <string>
#include <vector>

#include "network-attribute.h"
#include "operation.h"
#include "thread-pool.h"

namespace lookalike {

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
inline std::vector<AlignedMemory>& memoryOfWorkers() {
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

/** Bytes as pictures of this size, all of them. */
inline Pictures picturesOf(const Tensor& tensor, size_t size) {
  if (tensor.count() % size != 0) throw std::invalid_argument("the pictures are of another size");
  return {tensor.data<uint8_t>(), size, nullptr, tensor.count() / size};
}

/**
 * Calls `work(task, scratch)` for every task, each with the memory of a thread; `prepare(scratch)` is
 * called once for each.
 */
template <class Prepare, class Work>
void spreadOverThreads(size_t tasks, size_t bytes, const Prepare& prepare, const Work& work) {
  std::vector<AlignedMemory>& memory = memoryOfWorkers();
  std::vector<char> prepared(memory.size());
  ThreadPool::instance().run(int(tasks), [&](int task, int worker) {
    void* scratch = memory[size_t(worker)].atLeast(bytes);
    if (!prepared[size_t(worker)]) prepare(scratch);
    prepared[size_t(worker)] = 1;
    work(size_t(task), scratch);
  });
}

/** What all passes of a network have in common. */
class PassOperation {
 protected:
  PassOperation(TF_OpKernelConstruction* construction, Pass pass)
      : network_(networkOf(integersAttribute(construction, "network"))), pass_(pass) {
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
    return picturesOf(tensor, network_.pictureSize());
  }

  std::vector<float> packed(const float* parameters) const {
    std::vector<float> packed(kernels_.packedSize(network_, pass_));
    kernels_.pack(network_, pass_, parameters, packed.data());
    return packed;
  }

  /** Calls `work(task, scratch)` for every task, each with the prepared memory of a thread. */
  template <class Work>
  void spread(size_t tasks, const Work& work) const {
    const auto prepare = [this](void* scratch) { kernels_.prepare(network_, pass_, scratch); };
    spreadOverThreads(tasks, kernels_.scratchSize(network_, pass_), prepare, work);
  }

  /** Calls `work(scratch)` with the memory of a thread as it is. */
  template <class Work>
  void alone(const Work& work) const {
    const size_t bytes = kernels_.scratchSize(network_, pass_);
    ThreadPool::instance().run(1, [&](int, int) { work(memoryOfWorkers()[0].atLeast(bytes)); });
  }
};

}  // namespace lookalike
