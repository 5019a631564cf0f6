// hnswlib with two things changed, which it takes from `std`:
// - Its locks do nothing. It locks every list of links that it reads, against other threads; a graph
//   here is only ever in the hands of one at a time (graph.cc has one lock for all of it), and the locks
//   cost 7 % of a build and 40 bytes a vector.
// - It reads a file with fewer calls into the system. To see whether the file is whole, it asks for its
//   place in it twice a vector, and jumps over the links of some: 7 seconds for a million vectors.
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

namespace hnswlib {
/** Within hnswlib, `std` is this: all of the real one, but for what is defined here. */
namespace std {
using namespace ::std;

struct mutex {
  void lock() {}
  void unlock() {}
  bool try_lock() { return true; }
};

/** Keeps count of its place, and passes over what is near by reading on. */
class istream {
 public:
  static constexpr auto beg = ::std::ios::beg;
  static constexpr auto cur = ::std::ios::cur;
  static constexpr auto end = ::std::ios::end;

  istream(const ::std::string& path, ::std::ios::openmode mode) : file_(path, mode) {}

  bool is_open() const { return file_.is_open(); }
  void close() { file_.close(); }
  void clear() { file_.clear(); }

  /** Below 0 when something could not be read, as of a stream that has failed. */
  ::std::streamoff tellg() const { return file_.fail() ? -1 : at_; }

  void read(char* into, ::std::streamsize count) {
    file_.read(into, count);
    at_ += file_.gcount();
  }

  void seekg(::std::streamoff offset, ::std::ios::seekdir from) {
    const bool isNear = from == cur && offset >= 0 && offset <= NEAR;
    if (isNear) {
      file_.ignore(offset);
      at_ += file_.gcount();
    } else {
      file_.seekg(offset, from);
      at_ = file_.tellg();
    }
  }

 private:
  static constexpr ::std::streamoff NEAR = 4096;

  ::std::ifstream file_;
  ::std::streamoff at_ = 0;
};

using ifstream = istream;
}  // namespace std
}  // namespace hnswlib

#include "hnswlib/hnswlib.h"
