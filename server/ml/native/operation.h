// How an operation of ours becomes one of TensorFlow's.
#pragma once

#include <initializer_list>

#include "tensors.h"

namespace lookalike {

/** What TensorFlow calls of an operation; each may throw. */
struct Operation {
  const char* name;
  std::initializer_list<const char*> attributes, inputs, outputs;
  void* (*create)(TF_OpKernelConstruction*);
  void (*compute)(void* kernel, TF_OpKernelContext*);
  void (*destroy)(void* kernel);
};

/** @throws std::runtime_error where TensorFlow refuses it */
void registerOperation(const Operation& operation);

/** Calls `run`, and tells TensorFlow what it throws. */
template <class Context, class Run>
void reporting(Context* context, void (*report)(Context*, TF_Status*), const Run& run) {
  try {
    run();
  } catch (const std::exception& error) {
    Status status;
    TF_SetStatus(status, TF_INVALID_ARGUMENT, error.what());
    report(context, status);
  }
}

/** The operations of a kernel class: its constructor takes the construction, `compute` the context. */
template <class Kernel>
void* createKernel(TF_OpKernelConstruction* construction) {
  Kernel* kernel = nullptr;
  reporting(construction, TF_OpKernelConstruction_Failure,
            [&] { kernel = new Kernel(construction); });
  return kernel;
}

template <class Kernel>
void computeKernel(void* kernel, TF_OpKernelContext* context) {
  reporting(context, TF_OpKernelContext_Failure,
            [&] { static_cast<const Kernel*>(kernel)->compute(context); });
}

template <class Kernel>
void destroyKernel(void* kernel) {
  delete static_cast<Kernel*>(kernel);
}

template <class Kernel>
Operation operationOf(const char* name, std::initializer_list<const char*> attributes,
                      std::initializer_list<const char*> inputs,
                      std::initializer_list<const char*> outputs) {
  return {name, attributes, inputs, outputs, createKernel<Kernel>, computeKernel<Kernel>,
          destroyKernel<Kernel>};
}

}  // namespace lookalike
