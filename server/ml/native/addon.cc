// Loaded by Node after tfjs-node: it adds operations to the TensorFlow that runs in this process.
#include <exception>

#include <node_api.h>

#include "adam.h"
#include "encoder-operations.h"
#include "network-operations.h"
#include "network.h"
#include "thread-pool.h"

namespace {

/** Once in a process, though each of its threads may load this. */
void registerOperations() {
  static const bool done = [] {
    lookalike::registerAdam();
    lookalike::registerNetworkOperations();
    lookalike::registerEncoderOperations();
    return true;
  }();
  (void)done;
}

}  // namespace

NAPI_MODULE_INIT() {
  try {
    registerOperations();
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
    return nullptr;
  }
  napi_value instructions, threads;
  napi_create_string_utf8(env, lookalike::kernelsForThisProcessor().instructions, NAPI_AUTO_LENGTH,
                          &instructions);
  napi_create_int32(env, lookalike::ThreadPool::instance().size(), &threads);
  napi_set_named_property(env, exports, "instructions", instructions);
  napi_set_named_property(env, exports, "threads", threads);
  return exports;
}
