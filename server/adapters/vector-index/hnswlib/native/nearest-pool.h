// What a walk over a graph has met that lies nearest, in one sorted array that is also the queue of those to
// walk on from. What falls out of it would never be walked from: it lies farther than as many as are wanted.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "distance-order.h"
#include "places.h"

namespace {

/** Of several as far, those that came to the graph last are nearest: so all of many equal ones stay linked. */
class NearestPool {
 public:
  /** @param most how many it holds */
  explicit NearestPool(size_t most) : entries_(most) {}

  size_t size() const { return size_; }
  uint32_t place(size_t at) const { return placeOf(entries_[at]); }
  float distance(size_t at) const { return numberOfOrder(static_cast<uint32_t>(entries_[at] >> 32)); }

  void clear() { size_ = next_ = 0; }

  /** Lets all be walked from again, but keeps only so many. */
  void walkAgain(size_t most) {
    size_ = std::min(size_, most);
    for (size_t at = 0; at < size_; at += 1) entries_[at] &= ~WALKED;
    next_ = 0;
  }

  /** @param most how many are to be held, not more than there is room for. @returns whether it was taken */
  bool put(float distance, uint32_t place, size_t most) {
    const uint64_t entry = uint64_t{orderOf(distance)} << 32 | static_cast<uint32_t>(~place) << 1;
    const bool isFull = size_ == most;
    if (isFull && entry > entries_[size_ - 1]) return false;
    const auto begin = entries_.begin();
    const auto at = static_cast<size_t>(std::lower_bound(begin, begin + static_cast<std::ptrdiff_t>(size_), entry) - begin);
    const size_t moved = size_ - at - (isFull ? 1 : 0);
    memmove(entries_.data() + at + 1, entries_.data() + at, moved * sizeof(uint64_t));
    entries_[at] = entry;
    if (!isFull) size_ += 1;
    next_ = std::min(next_, at);
    return true;
  }

  /** The nearest that was not walked from; NOWHERE where there is none. */
  uint32_t next() {
    while (next_ < size_ && entries_[next_] & WALKED) next_ += 1;
    return next_ == size_ ? NOWHERE : place(next_);
  }
  /** Marks the one that `next` gives. */
  void walkFromNext() { entries_[next_] |= WALKED; }

 private:
  static constexpr uint64_t WALKED = 1;
  static uint32_t placeOf(uint64_t entry) { return ~static_cast<uint32_t>(entry) >> 1; }

  /** The order of the distance, and below it 31 bits of the place and whether it was walked from. */
  std::vector<uint64_t> entries_;
  size_t size_ = 0, next_ = 0;
};

}  // namespace
