// HNSW graphs by inner product, on typed arrays. What a graph promises to JavaScript stands in ../native-graph.ts.
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>

#include <napi.h>

#include "graph-build.h"
#include "graph-search.h"
#include "inner-product.h"

namespace {

/** Asks JavaScript. One that throws is not called again: its exception is passed on when the search ends. */
IsWanted askedOf(Napi::Env env, Napi::Function isWanted) {
  return [env, isWanted](uint32_t id) {
    if (env.IsExceptionPending()) return false;
    Napi::HandleScope scope(env);
    Napi::Value answer = isWanted.Call({Napi::Number::New(env, id)});
    return !env.IsExceptionPending() && answer.ToBoolean().Value();
  };
}

/** Work away from the event loop; the graph, and the arguments it was given, are kept alive until it is done. */
class Away : public Napi::AsyncWorker {
 public:
  Away(const Napi::CallbackInfo& info, std::function<void()> work)
      : Napi::AsyncWorker(info.Env()),
        deferred_(Napi::Promise::Deferred::New(info.Env())),
        work_(std::move(work)) {
    graph_ = Napi::Persistent(info.This().As<Napi::Object>());
    for (size_t at = 0; at < info.Length(); at += 1) {
      if (info[at].IsObject()) arguments_.push_back(Napi::Persistent(info[at].As<Napi::Object>()));
    }
  }

  Napi::Promise Start() {
    Napi::Promise promise = deferred_.Promise();
    Queue();
    return promise;
  }

 protected:
  void Execute() override {
    try {
      work_();
    } catch (const std::exception& error) {
      SetError(error.what());
    }
  }
  void OnOK() override { deferred_.Resolve(Env().Undefined()); }
  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

 private:
  Napi::Promise::Deferred deferred_;
  std::function<void()> work_;
  Napi::ObjectReference graph_;
  std::vector<Napi::ObjectReference> arguments_;
};

class Graph : public Napi::ObjectWrap<Graph> {
 public:
  static Napi::Object Init(Napi::Env env, Napi::Object exports) {
    exports.Set("Graph", DefineClass(env, "Graph", {
      InstanceMethod("create", &Graph::Create),
      InstanceMethod("load", &Graph::Load),
      InstanceMethod("save", &Graph::Save),
      InstanceMethod("add", &Graph::Add),
      InstanceMethod("link", &Graph::Link),
      InstanceMethod("ids", &Graph::Ids),
      InstanceMethod("has", &Graph::Has),
      InstanceMethod("readVector", &Graph::ReadVector),
      InstanceMethod("remove", &Graph::Remove),
      InstanceMethod("search", &Graph::Search),
      InstanceMethod("searchMany", &Graph::SearchMany),
    }));
    return exports;
  }

  explicit Graph(const Napi::CallbackInfo& info)
      : Napi::ObjectWrap<Graph>(info), dimension_(info[0].As<Napi::Number>().Uint32Value()) {}

 private:
  /** create(capacity, m, efConstruction, seed, threads) */
  Napi::Value Create(const Napi::CallbackInfo& info) {
    return guarded(info, [&]() -> Napi::Value {
      efConstruction_ = number(info, 2);
      built_ = std::make_unique<GraphBuild>(dimension_, number(info, 0), number(info, 1), efConstruction_,
                                            number(info, 3), number(info, 4));
      return info.Env().Undefined();
    });
  }

  /** load(path): Promise */
  Napi::Value Load(const Napi::CallbackInfo& info) {
    const std::string path = info[0].As<Napi::String>();
    return (new Away(info, [this, path]() {
             loaded_ = std::make_unique<LoadedGraph>(path, dimension_);
             search_ = std::make_unique<GraphSearch>(*loaded_);
           }))->Start();
  }

  /** save(path): Promise; the graph is in memory no longer then */
  Napi::Value Save(const Napi::CallbackInfo& info) {
    const std::string path = info[0].As<Napi::String>();
    return (new Away(info, [this, path]() {
             writeGraph(built().graph, efConstruction_, path);
             built_.reset();
           }))->Start();
  }

  /** add(id, vector) */
  Napi::Value Add(const Napi::CallbackInfo& info) {
    return guarded(info, [&]() -> Napi::Value {
      built().graph.add(static_cast<uint32_t>(number(info, 0)), vector(info, 1));
      return info.Env().Undefined();
    });
  }

  /** link(): Promise */
  Napi::Value Link(const Napi::CallbackInfo& info) {
    return (new Away(info, [this]() { built().link(); }))->Start();
  }

  /** ids(): Uint32Array, of removed ones too */
  Napi::Value Ids(const Napi::CallbackInfo& info) {
    return guarded(info, [&]() -> Napi::Value {
      const auto& all = loaded().places.ids();
      auto ids = Napi::Uint32Array::New(info.Env(), all.size());
      std::copy(all.begin(), all.end(), ids.Data());
      return ids;
    });
  }

  /** has(id): boolean; false for removed ones */
  Napi::Value Has(const Napi::CallbackInfo& info) {
    return guarded(info, [&]() -> Napi::Value {
      return Napi::Boolean::New(info.Env(), loaded().find(number(info, 0)) != NOWHERE);
    });
  }

  /** readVector(id, into): boolean; false, and nothing is written, where it is not there or removed */
  Napi::Value ReadVector(const Napi::CallbackInfo& info) {
    return guarded(info, [&]() -> Napi::Value {
      const uint32_t place = loaded().find(number(info, 0));
      float* into = vector(info, 1);
      if (place != NOWHERE) memcpy(into, loaded().vector(place), dimension_ * sizeof(float));
      return Napi::Boolean::New(info.Env(), place != NOWHERE);
    });
  }

  /** remove(id) */
  Napi::Value Remove(const Napi::CallbackInfo& info) {
    return guarded(info, [&]() -> Napi::Value {
      std::lock_guard<std::mutex> alone(inHand_);
      const uint32_t place = loaded().find(number(info, 0));
      if (place == NOWHERE) throw std::runtime_error("there is no such vector");
      loaded().removed.add(place);
      return info.Env().Undefined();
    });
  }

  /** search(vector, k, ef, ids, distances, isWanted?): how many were found, written nearest first */
  Napi::Value Search(const Napi::CallbackInfo& info) {
    return guarded(info, [&]() -> Napi::Value {
      const float* query = vector(info, 0);
      const size_t k = number(info, 1);
      auto ids = info[3].As<Napi::Uint32Array>();
      auto distances = info[4].As<Napi::Float32Array>();
      if (ids.ElementLength() < k || distances.ElementLength() < k) throw std::runtime_error("no room for k hits");
      const auto isWanted = info[5].IsFunction() ? askedOf(info.Env(), info[5].As<Napi::Function>()) : IsWanted();
      const size_t count = find(query, k, number(info, 2), isWanted, ids.Data(), distances.Data());
      return Napi::Number::New(info.Env(), static_cast<double>(count));
    });
  }

  /** searchMany(count, vectors, asked, ids, distances, found): Promise */
  Napi::Value SearchMany(const Napi::CallbackInfo& info) {
    return guarded(info, [&]() -> Napi::Value {
      const size_t count = number(info, 0);
      auto vectors = info[1].As<Napi::Float32Array>();
      auto asked = info[2].As<Napi::Uint32Array>();
      auto ids = info[3].As<Napi::Uint32Array>();
      auto distances = info[4].As<Napi::Float32Array>();
      auto found = info[5].As<Napi::Uint32Array>();
      const bool isRoom = vectors.ElementLength() >= count * dimension_ && asked.ElementLength() >= count * 2 &&
                          found.ElementLength() >= count && distances.ElementLength() >= ids.ElementLength();
      if (count == 0 || !isRoom) throw std::runtime_error("no room for so many searches");
      const size_t room = ids.ElementLength() / count;
      for (size_t at = 0; at < count; at += 1) {
        if (asked[at * 2] > room) throw std::runtime_error("no room for k hits");
      }
      loaded();
      return (new Away(info, [this, count, room, query = vectors.Data(), ask = asked.Data(), id = ids.Data(),
                              distance = distances.Data(), many = found.Data()]() {
               for (size_t at = 0; at < count; at += 1) {
                 many[at] = static_cast<uint32_t>(find(query + at * dimension_, ask[at * 2], ask[at * 2 + 1], IsWanted(),
                                                       id + at * room, distance + at * room));
               }
             }))->Start();
    });
  }

  template <typename Work>
  Napi::Value guarded(const Napi::CallbackInfo& info, Work work) {
    try {
      return work();
    } catch (const std::exception& error) {
      Napi::Error::New(info.Env(), error.what()).ThrowAsJavaScriptException();
      return info.Env().Undefined();
    }
  }

  GraphBuild& built() {
    if (!built_) throw std::runtime_error("the graph is not created");
    return *built_;
  }

  LoadedGraph& loaded() {
    if (!loaded_) throw std::runtime_error("the graph is not loaded");
    return *loaded_;
  }

  /** Writes up to k hits, nearest first. @return how many */
  size_t find(const float* query, size_t k, size_t ef, const IsWanted& isWanted, uint32_t* ids, float* distances) {
    const LoadedGraph& graph = loaded();
    std::lock_guard<std::mutex> alone(inHand_);
    const auto& hits = search_->search(query, k, ef, isWanted);
    for (size_t at = 0; at < hits.size(); at += 1) {
      ids[at] = graph.places.ids()[hits[at].place];
      distances[at] = hits[at].distance;
    }
    return hits.size();
  }

  static size_t number(const Napi::CallbackInfo& info, size_t at) {
    return info[at].As<Napi::Number>().Uint32Value();
  }

  float* vector(const Napi::CallbackInfo& info, size_t at) {
    if (!info[at].IsTypedArray()) throw std::runtime_error("a vector must be a Float32Array");
    auto numbers = info[at].As<Napi::Float32Array>();
    if (numbers.TypedArrayType() != napi_float32_array || numbers.ElementLength() != dimension_) {
      throw std::runtime_error("a vector must be a Float32Array of " + std::to_string(dimension_) + " numbers");
    }
    return numbers.Data();
  }

  const size_t dimension_;
  /** One that grows, or one that is searched. */
  std::unique_ptr<GraphBuild> built_;
  size_t efConstruction_ = 0;
  std::unique_ptr<LoadedGraph> loaded_;
  std::unique_ptr<GraphSearch> search_;
  /** Held for each search and removal, which use the room of the one before. */
  std::mutex inHand_;
};

}  // namespace

/** distances(left, right): the distance by the name of every kernel that can run here, for tests */
static Napi::Value DistancesByKernel(const Napi::CallbackInfo& info) {
  auto left = info[0].As<Napi::Float32Array>();
  auto right = info[1].As<Napi::Float32Array>();
  const size_t dimension = left.ElementLength();
  auto distances = Napi::Object::New(info.Env());
  const uint32_t row = 0;
  for (const Kernel& kernel : kernelsFor(dimension)) {
    float distance = 0;
    kernel.distances({left.Data(), &row, 1}, right.Data(), dimension, &distance);
    distances.Set(kernel.name, distance);
  }
  return distances;
}

/** codeProducts(code, query): their product by the name of every kernel that can run here, for tests */
static Napi::Value CodeProductsByKernel(const Napi::CallbackInfo& info) {
  auto code = info[0].As<Napi::Int8Array>();
  auto query = info[1].As<Napi::Int16Array>();
  auto products = Napi::Object::New(info.Env());
  const uint32_t row = 0;
  for (const CodeKernel& kernel : codeKernels()) {
    int32_t product = 0;
    kernel.products({code.Data(), code.ElementLength(), &row, 1}, query.Data(), code.ElementLength(), &product);
    products.Set(kernel.name, product);
  }
  return products;
}

static Napi::Object InitAll(Napi::Env env, Napi::Object exports) {
  exports.Set("distances", Napi::Function::New(env, DistancesByKernel));
  exports.Set("codeProducts", Napi::Function::New(env, CodeProductsByKernel));
  return Graph::Init(env, exports);
}

NODE_API_MODULE(graph, InitAll)
