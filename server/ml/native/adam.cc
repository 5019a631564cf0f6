// One update of Adam in one pass; what it means stands in ../adam.ts.
#include "adam.h"

#include <cmath>

#include "operation.h"

namespace lookalike {

namespace {

class Adam {
 public:
  explicit Adam(TF_OpKernelConstruction* construction)
      : gain1_(floatAttribute(construction, "gain1")),
        gain2_(floatAttribute(construction, "gain2")),
        epsilon_(floatAttribute(construction, "epsilon")) {}

  void compute(TF_OpKernelContext* context) const {
    const Tensor parameters = Tensor::input(context, 0), first = Tensor::input(context, 1),
                 second = Tensor::input(context, 2), gradient = Tensor::input(context, 3),
                 rate = Tensor::input(context, 4);
    const size_t count = parameters.count();
    if (first.count() != count || second.count() != count || gradient.count() != count ||
        rate.count() != 1) {
      throw std::invalid_argument("the vectors of Adam are not of one length");
    }
    const std::vector<int64_t> shape{int64_t(count)};
    const Tensor nextParameters = Tensor::output(context, 0, TF_FLOAT, shape),
                 nextFirst = Tensor::output(context, 1, TF_FLOAT, shape),
                 nextSecond = Tensor::output(context, 2, TF_FLOAT, shape);
    update(count, *rate.data<float>(), parameters.data<float>(), first.data<float>(),
           second.data<float>(), gradient.data<float>(), nextParameters.data<float>(),
           nextFirst.data<float>(), nextSecond.data<float>());
  }

 private:
  const float gain1_, gain2_, epsilon_;

  void update(size_t count, float rate, const float* __restrict p, const float* __restrict m,
              const float* __restrict v, const float* __restrict g, float* __restrict nextP,
              float* __restrict nextM, float* __restrict nextV) const {
    for (size_t i = 0; i < count; ++i) {
      nextM[i] = m[i] + gain1_ * (g[i] - m[i]);
      nextV[i] = v[i] + gain2_ * (g[i] * g[i] - v[i]);
      nextP[i] = p[i] - rate * (nextM[i] / (std::sqrt(nextV[i]) + epsilon_));
    }
  }
};

}  // namespace

void registerAdam() {
  registerOperation(operationOf<Adam>(
      "LookalikeAdam", {"gain1: float", "gain2: float", "epsilon: float"},
      {"parameters: float", "first: float", "second: float", "gradient: float", "rate: float"},
      {"next_parameters: float", "next_first: float", "next_second: float"}));
}

}  // namespace lookalike
