// A graph that vectors are added to: what it consists of, and how a link is added to a list.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "huge-memory.h"
#include "neighbour-selection.h"
#include "places.h"

namespace {

/** Lists of up to `width` links, each with how long it is: what a list was chosen by is not measured again. */
class LinkLists {
 public:
  LinkLists(size_t rows, size_t width)
      : width(width), places_(rows * width), distances_(rows * width), counts_(rows, 0), tested_(rows, 0) {
    std::fill_n(places_.data(), rows * width, NOWHERE);
  }

  const size_t width;

  size_t count(size_t row) const { return counts_[row]; }
  /** Ended by NOWHERE where there are fewer than `width`. */
  const uint32_t* places(size_t row) const { return places_.data() + row * width; }
  const float* distances(size_t row) const { return distances_.data() + row * width; }
  Link link(size_t row, size_t at) const { return {distances(row)[at], places(row)[at], at < tested_[row]}; }

  void append(size_t row, const Link& link) {
    const size_t at = row * width + counts_[row];
    places_[at] = link.place;
    distances_[at] = link.distance;
    counts_[row] += 1;
  }

  /** @param links chosen by NeighbourSelection, up to `width` */
  void replace(size_t row, const std::vector<Link>& links) {
    std::fill_n(places_.data() + row * width, width, NOWHERE);
    counts_[row] = 0;
    for (const Link& link : links) append(row, link);
    tested_[row] = counts_[row];
  }

 private:
  HugeArray<uint32_t> places_;
  HugeArray<float> distances_;
  std::vector<uint16_t> counts_, tested_;
};

class GrowingGraph {
 public:
  /** @param seed of the levels: the level of a place depends on these alone */
  GrowingGraph(size_t dimension, size_t capacity, size_t m, uint64_t seed)
      : dimension(dimension), capacity(capacity), m(m), vectors(capacity * dimension),
        levels(levelsOf(capacity, m, seed)), upperRows_(upperRowsOf(levels)), ground_(capacity, 2 * m),
        upper_(upperRows_.back(), m) {
    if (m < 2 || m > 1000) throw std::runtime_error("m must lie between 2 and 1,000");
    if (capacity >= size_t{1} << 31) throw std::runtime_error("too many vectors for one graph");
    ids.reserve(capacity);
  }

  /** Keeps a vector. Nothing leads to it until it is linked. */
  void add(uint32_t id, const float* vector) {
    if (ids.size() == capacity) throw std::runtime_error("more vectors than were announced");
    memcpy(vectors.data() + ids.size() * dimension, vector, dimension * sizeof(float));
    ids.push_back(id);
  }

  const float* vector(uint32_t place) const { return vectors.data() + place * dimension; }
  /** Room for links at a level; as many at level 0 as in hnswlib. */
  size_t linksAt(int level) const { return listsAt(level).width; }
  const uint32_t* linksOf(uint32_t place, int level) const { return listsAt(level).places(rowOf(place, level)); }
  const LinkLists& listsAt(int level) const { return level == 0 ? ground_ : upper_; }
  size_t rowOf(uint32_t place, int level) const {
    return level == 0 ? place : upperRows_[place] + static_cast<size_t>(level) - 1;
  }

  void replaceLinks(uint32_t place, int level, const std::vector<Link>& links) {
    (level == 0 ? ground_ : upper_).replace(rowOf(place, level), links);
  }

  /** Adds a link to a list; a full one is chosen anew from its links and this one. */
  void connect(uint32_t place, int level, const Link& link, NeighbourSelection& selection, std::vector<Link>& room) {
    LinkLists& lists = level == 0 ? ground_ : upper_;
    const size_t row = rowOf(place, level);
    if (lists.count(row) < lists.width) {
      lists.append(row, link);
      return;
    }
    room.clear();
    for (size_t at = 0; at < lists.width; at += 1) {
      room.push_back(lists.link(row, at));
      fetchSoon(vector(room.back().place), dimension * sizeof(float));
    }
    room.push_back(link);
    std::sort(room.begin(), room.end());
    lists.replace(row, selection.choose(room, lists.width));
  }

  const size_t dimension, capacity, m;
  /** [capacity, dimension] */
  HugeArray<float> vectors;
  /** By place: how many levels above 0 each is in; of those to come too. */
  const std::vector<uint8_t> levels;
  /** By place; of those that were added. */
  std::vector<uint32_t> ids;
  /** How many of these are linked: the first so many. */
  uint32_t linked = 0;
  /** Where every way begins, and how many levels above 0 it is in. */
  uint32_t entry = 0;
  int topLevel = 0;

 private:
  /** The chance of a level above is one in m. */
  static std::vector<uint8_t> levelsOf(size_t capacity, size_t m, uint64_t seed) {
    std::vector<uint8_t> levels(capacity);
    for (size_t place = 0; place < capacity; place += 1) {
      // Even numbers between 0 and 1, by the mixing of splitmix64 (Steele, Lea, Flood, 2014).
      uint64_t mixed = (seed << 32) + (place + 1) * UINT64_C(0x9e3779b97f4a7c15);
      mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
      mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
      const double even = (static_cast<double>((mixed ^ mixed >> 31) >> 11) + 0.5) / 9007199254740992.0;
      levels[place] = static_cast<uint8_t>(-std::log(even) / std::log(static_cast<double>(m)));
    }
    return levels;
  }

  /** Where the upper lists of each place begin, and of all how many there are. */
  static std::vector<uint32_t> upperRowsOf(const std::vector<uint8_t>& levels) {
    std::vector<uint32_t> rows(1, 0);
    rows.reserve(levels.size() + 1);
    for (const uint8_t level : levels) rows.push_back(rows.back() + level);
    return rows;
  }

  const std::vector<uint32_t> upperRows_;
  LinkLists ground_, upper_;
};

}  // namespace
