// Which of the nearest to link to (Malkov, Yashunin, arXiv:1603.09320, algorithm 4): those that are nearer to
// the vector than to each one that is linked to already, so that the links lead into all directions.
#pragma once

#include <cstdint>
#include <vector>

#include "inner-product.h"

namespace {

struct Link {
  float distance;
  uint32_t place;
  /** Whether it stands the test of the algorithm with all others of its list that do so too. */
  bool isTested;

  /** Nearest first; of several as far, the last that came to the graph, or many equal ones lose each other. */
  bool operator<(const Link& other) const {
    return distance < other.distance || (distance == other.distance && place > other.place);
  }
};

class NeighbourSelection {
 public:
  NeighbourSelection(const float* vectors, size_t dimension)
      : vectors_(vectors), dimension_(dimension), distances_(kernelsFor(dimension).front().distances) {}

  /**
   * Up to `most` of the candidates, which come nearest first. Valid until the next time.
   *
   * Two that stood the test with each other once are not compared again: their distances from each other, and
   * from the vector, are what they were.
   */
  const std::vector<Link>& choose(const std::vector<Link>& candidates, size_t most) {
    chosen_.clear();
    for (const Link& candidate : candidates) {
      if (chosen_.size() == most) break;
      if (standsTest(candidate)) chosen_.push_back({candidate.distance, candidate.place, candidate.isTested});
    }
    for (Link& each : chosen_) each.isTested = true;
    return chosen_;
  }

 private:
  bool standsTest(const Link& candidate) {
    constexpr size_t AT_A_TIME = 4;
    uint32_t rows[AT_A_TIME];
    float distances[AT_A_TIME];
    const float* vector = vectors_ + candidate.place * dimension_;
    size_t waiting = 0;
    for (size_t at = 0; at < chosen_.size(); at += 1) {
      if (!candidate.isTested || !chosen_[at].isTested) rows[waiting++] = chosen_[at].place;
      if (waiting < AT_A_TIME && at + 1 < chosen_.size()) continue;
      distances_({vectors_, rows, waiting}, vector, dimension_, distances);
      for (size_t each = 0; each < waiting; each += 1) {
        if (distances[each] < candidate.distance) return false;
      }
      waiting = 0;
    }
    return true;
  }

  const float* vectors_;
  const size_t dimension_;
  const Distances distances_;
  std::vector<Link> chosen_;
};

}  // namespace
