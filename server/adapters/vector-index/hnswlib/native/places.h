// Where the vectors of a graph lie, by the ids of their images, and marks on those places.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace {

constexpr uint32_t NOWHERE = 0xffffffff;

/** Where each id lies: a hash table with open addressing, 8 to 16 bytes an id. */
class Places {
 public:
  Places() = default;
  explicit Places(std::vector<uint32_t> ids) : ids_(std::move(ids)) {
    while ((size_t{1} << bits_) < 2 * ids_.size()) bits_ += 1;
    slots_.assign(size_t{1} << bits_, NOWHERE);
    for (uint32_t place = 0; place < ids_.size(); place += 1) slots_[slotOf(ids_[place])] = place;
  }

  /** By place. */
  const std::vector<uint32_t>& ids() const { return ids_; }

  uint32_t placeOf(uint32_t id) const { return slots_[slotOf(id)]; }

 private:
  /** The slot of an id, or where it would be. */
  size_t slotOf(uint32_t id) const {
    size_t slot = (id * UINT64_C(0x9e3779b97f4a7c15)) >> (64 - bits_);
    while (slots_[slot] != NOWHERE && ids_[slots_[slot]] != id) slot = (slot + 1) & (slots_.size() - 1);
    return slot;
  }

  std::vector<uint32_t> ids_;
  unsigned bits_ = 1;
  std::vector<uint32_t> slots_ = {NOWHERE, NOWHERE};
};

/** One bit for each place: those of a million fit into a core's own cache. */
class Marks {
 public:
  explicit Marks(size_t count = 0) : words_((count + 63) / 64) {}

  bool has(uint32_t place) const { return words_[place / 64] >> (place % 64) & 1; }
  /** @returns whether it had it not */
  bool add(uint32_t place) {
    const uint64_t bit = uint64_t{1} << (place % 64);
    const bool isNew = !(words_[place / 64] & bit);
    words_[place / 64] |= bit;
    return isNew;
  }
  /** Takes out this place, and others near it: for taking out all, one by one. */
  void clearAround(uint32_t place) { words_[place / 64] = 0; }

 private:
  std::vector<uint64_t> words_;
};

}  // namespace
