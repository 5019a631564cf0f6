// What the operations ask of TensorFlow's C interface, with errors as exceptions.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"

namespace lookalike {

class Status {
 public:
  Status() : status_(TF_NewStatus()) {}
  ~Status() { TF_DeleteStatus(status_); }
  Status(const Status&) = delete;
  Status& operator=(const Status&) = delete;

  operator TF_Status*() { return status_; }
  void check() const {
    if (TF_GetCode(status_) != TF_OK) throw std::runtime_error(TF_Message(status_));
  }

 private:
  TF_Status* status_;
};

inline float floatAttribute(TF_OpKernelConstruction* construction, const char* name) {
  Status status;
  float value = 0;
  TF_OpKernelConstruction_GetAttrFloat(construction, name, &value, status);
  status.check();
  return value;
}

inline bool boolAttribute(TF_OpKernelConstruction* construction, const char* name) {
  Status status;
  TF_Bool value = 0;
  TF_OpKernelConstruction_GetAttrBool(construction, name, &value, status);
  status.check();
  return value != 0;
}

inline std::vector<int64_t> integersAttribute(TF_OpKernelConstruction* construction,
                                              const char* name) {
  Status status;
  int32_t length = 0, unused = 0;
  TF_OpKernelConstruction_GetAttrSize(construction, name, &length, &unused, status);
  status.check();
  std::vector<int64_t> numbers(size_t(length < 0 ? 0 : length));
  TF_OpKernelConstruction_GetAttrInt64List(construction, name, numbers.data(), length, status);
  status.check();
  return numbers;
}

class Tensor {
 public:
  explicit Tensor(TF_Tensor* tensor) : tensor_(tensor, TF_DeleteTensor) {}

  static Tensor input(TF_OpKernelContext* context, int index) {
    Status status;
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context, index, &tensor, status);
    status.check();
    return Tensor(tensor);
  }

  static Tensor output(TF_OpKernelContext* context, int index, TF_DataType type,
                       const std::vector<int64_t>& shape) {
    size_t numbers = 1;
    for (int64_t side : shape) numbers *= size_t(side);
    Status status;
    TF_Tensor* tensor = TF_AllocateOutput(context, index, type, shape.data(), int(shape.size()),
                                          numbers * TF_DataTypeSize(type), status);
    status.check();
    return Tensor(tensor);
  }

  template <class T>
  T* data() const {
    return static_cast<T*>(TF_TensorData(tensor_.get()));
  }
  size_t count() const { return size_t(TF_TensorElementCount(tensor_.get())); }

 private:
  std::unique_ptr<TF_Tensor, void (*)(TF_Tensor*)> tensor_;
};

}  // namespace lookalike
