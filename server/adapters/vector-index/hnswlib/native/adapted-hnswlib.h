// hnswlib with two things changed, of those which it calls by name:
// - Its locks do nothing. It locks every list of links that it reads, against other threads; a graph
//   here is only ever in the hands of one at a time, and the locks cost 7 % of a build and 40 bytes a
//   vector.
// - What it allocates, vectors and links, lies in huge pages: an insert waits less for memory.
#pragma once

#include <algorithm>
#include <atomic>
#include <deque>
#include <fstream>
#include <functional>
#include <iostream>
#include <list>
#include <memory>
#include <mutex>
#include <queue>
#include <random>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "huge-memory.h"

namespace hnswlib {
/** Within hnswlib, `std` is this: all of the real one, but for what is defined here. */
namespace std {
using namespace ::std;

struct mutex {
  void lock() {}
  void unlock() {}
  bool try_lock() { return true; }
};

}  // namespace std

/** Found before the one of the C library. */
inline void* malloc(::std::size_t bytes) { return allocateHuge(bytes); }
}  // namespace hnswlib

#include "hnswlib/hnswlib.h"
