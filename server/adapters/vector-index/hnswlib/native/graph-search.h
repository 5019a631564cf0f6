// The search of HNSW (Malkov, Yashunin, arXiv:1603.09320, algorithms 2 and 5) over a loaded graph. It walks
// by codes, asks for the links and codes that it needs next before it needs them, and then compares the true
// vectors of those that may be among the nearest.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <vector>

#include "distance-order.h"
#include "loaded-graph.h"

namespace {

/** Whether an image may be found. */
using IsWanted = std::function<bool(uint32_t id)>;

struct GraphHit {
  float distance;
  uint32_t place;
  bool operator<(const GraphHit& other) const {
    return distance < other.distance || (distance == other.distance && place < other.place);
  }
};

/** One search after the other, each with the room of the one before. */
class GraphSearch {
 public:
  explicit GraphSearch(const LoadedGraph& graph)
      : graph_(graph), seen_(graph.count), seenAbove_(graph.upperPlaces.size()) {}

  /**
   * The up to k nearest, nearest first, where `ef` are looked at. Valid until the next search.
   * @param query of length 1
   * @param isWanted where there is one, only what it accepts
   */
  const std::vector<GraphHit>& search(const float* query, size_t k, size_t ef, const IsWanted& isWanted) {
    hits_.clear();
    if (graph_.count == 0 || k == 0) return hits_;
    query_ = query;
    if (graph_.hasCodes) graph_.codes.encodeQuery(query, code_);
    descend();
    walk(std::max(ef, k), isWanted);
    compareVectors(k);
    return hits_;
  }

 private:
  /** A place with its distance before it, as whole numbers that order like it. */
  using Candidate = uint64_t;
  static Candidate candidateOf(uint32_t distance, uint32_t place) { return uint64_t{distance} << 32 | place; }
  static uint32_t placeOf(Candidate candidate) { return static_cast<uint32_t>(candidate); }

  /**
   * How many of the last level above 0 a search goes on from. With one alone, as in the paper, a search may
   * end up in the wrong cluster, and only very many candidates lead it out again.
   */
  static constexpr size_t ENTRIES = 8;
  /** So many times the rounding of one code lies the rounding of two apart in all but 1 of 10^7 pairs. */
  static constexpr double ROUNDINGS = 8;

  /** From the top to the last level above 0: leaves in `entries_` where to begin at level 0, nearest first. */
  void descend() {
    const bool isFlat = graph_.topLevel == 0;
    fresh_.assign(1, graph_.entry);
    measureFresh(!isFlat);
    entries_.assign(1, candidateOf(distances_[0], graph_.entry));
    for (int level = graph_.topLevel; level > 0; level -= 1) nearestAbove(level, ENTRIES);
    if (!isFlat) {
      for (Candidate& each : entries_) each = candidateOf(each >> 32, graph_.upperPlaces[placeOf(each)]);
    }
  }

  /** Walks a level above 0 from `entries_`, and leaves there the `count` nearest, nearest first. */
  void nearestAbove(int level, size_t count) {
    touched_.clear();
    for (const Candidate each : entries_) meet(seenAbove_, placeOf(each));
    walked_.assign(entries_.size(), false);
    for (size_t next = 0; next < entries_.size();) {
      walked_[next] = true;
      const uint32_t* links = graph_.upperLinksOf(placeOf(entries_[next]), level);
      fresh_.clear();
      for (size_t at = 0; at < graph_.m && links[at] != NOWHERE; at += 1) {
        if (!meet(seenAbove_, links[at])) continue;
        fresh_.push_back(links[at]);
        fetchSoon(graph_.upperCodes.data() + links[at] * graph_.codeBytes, graph_.codeBytes);
      }
      measureFresh(true);
      for (size_t at = 0; at < fresh_.size(); at += 1) {
        const Candidate candidate = candidateOf(distances_[at], fresh_[at]);
        if (entries_.size() == count && candidate > entries_.back()) continue;
        const auto before = std::lower_bound(entries_.begin(), entries_.end(), candidate) - entries_.begin();
        entries_.insert(entries_.begin() + before, candidate);
        walked_.insert(walked_.begin() + before, false);
        if (entries_.size() > count) entries_.pop_back(), walked_.pop_back();
      }
      next = static_cast<size_t>(std::find(walked_.begin(), walked_.end(), false) - walked_.begin());
    }
    for (const uint32_t each : touched_) seenAbove_.clearAround(each);
  }

  /** Walks level 0 from `entries_`: leaves the `ef` nearest that are wanted in `best_`, the farthest first. */
  void walk(size_t ef, const IsWanted& isWanted) {
    const auto nearer = std::greater<Candidate>();
    touched_.clear(), candidates_.clear(), best_.clear();
    for (const Candidate each : entries_) {
      meet(seen_, placeOf(each));
      consider(each, ef, isWanted);
    }
    while (!candidates_.empty()) {
      const Candidate nearest = candidates_.front();
      if (best_.size() == ef && nearest > best_.front()) break;
      std::pop_heap(candidates_.begin(), candidates_.end(), nearer);
      candidates_.pop_back();
      const uint32_t* links = graph_.linksOf(placeOf(nearest));
      fresh_.clear();
      for (size_t at = 0; at < graph_.linksAtLevel0 && links[at] != NOWHERE; at += 1) {
        if (!meet(seen_, links[at])) continue;
        fresh_.push_back(links[at]);
        fetchToMeasure(links[at]);
      }
      if (!candidates_.empty()) lookAhead(placeOf(candidates_.front()));
      measureFresh(false);
      for (size_t at = 0; at < fresh_.size(); at += 1) consider(candidateOf(distances_[at], fresh_[at]), ef, isWanted);
    }
    for (const uint32_t each : touched_) seen_.clearAround(each);
  }

  /** Asks for what a step from here would measure: most often it is the next one. */
  void lookAhead(uint32_t place) {
    const uint32_t* links = graph_.linksOf(place);
    for (size_t at = 0; at < graph_.linksAtLevel0 && links[at] != NOWHERE; at += 1) {
      if (!seen_.has(links[at])) fetchToMeasure(links[at]);
    }
  }

  void fetchToMeasure(uint32_t place) const {
    if (graph_.hasCodes) fetchSoon(graph_.records.data() + place * graph_.recordBytes, graph_.codeBytes);
    else fetchSoon(graph_.vector(place), graph_.dimension * sizeof(float));
  }

  void consider(Candidate candidate, size_t ef, const IsWanted& isWanted) {
    if (best_.size() == ef && candidate > best_.front()) return;
    const uint32_t place = placeOf(candidate);
    fetchSoon(graph_.linksOf(place), graph_.linksAtLevel0 * sizeof(uint32_t));
    candidates_.push_back(candidate);
    std::push_heap(candidates_.begin(), candidates_.end(), std::greater<Candidate>());
    if (graph_.removed.has(place) || (isWanted && !isWanted(graph_.places.ids()[place]))) return;
    if (best_.size() == ef) {
      std::pop_heap(best_.begin(), best_.end());
      best_.pop_back();
    }
    best_.push_back(candidate);
    std::push_heap(best_.begin(), best_.end());
  }

  /** Writes the k of `best_` that are truly nearest into `hits_`. Beyond rounding, codes order as vectors do. */
  void compareVectors(size_t k) {
    auto end = best_.end();
    if (graph_.hasCodes && best_.size() > k) {
      std::nth_element(best_.begin(), best_.begin() + static_cast<std::ptrdiff_t>(k - 1), best_.end());
      const auto last = static_cast<double>(best_[k - 1] >> 32) + ROUNDINGS * code_.rounding;
      end = std::partition(best_.begin(), best_.end(), [last](Candidate each) { return static_cast<double>(each >> 32) <= last; });
    }
    fresh_.clear();
    for (auto each = best_.begin(); each != end; ++each) {
      fresh_.push_back(placeOf(*each));
      fetchSoon(graph_.vector(fresh_.back()), graph_.dimension * sizeof(float));
    }
    graph_.measure(query_, fresh_, measured_);
    for (size_t at = 0; at < fresh_.size(); at += 1) hits_.push_back({measured_[at], fresh_[at]});
    std::sort(hits_.begin(), hits_.end());
    if (hits_.size() > k) hits_.resize(k);
  }

  /** Writes how far the places of `fresh_` are, or those that are numbered as upper ones. */
  void measureFresh(bool areUpper) {
    distances_.resize(fresh_.size());
    if (graph_.hasCodes) {
      products_.resize(fresh_.size());
      const char* codes = areUpper ? graph_.upperCodes.data() : graph_.records.data();
      const size_t stride = areUpper ? graph_.codeBytes : graph_.recordBytes;
      const CodeRows rows{reinterpret_cast<const int8_t*>(codes), stride, fresh_.data(), fresh_.size()};
      kernel_(rows, code_.words.data(), graph_.codeBytes, products_.data());
      for (size_t at = 0; at < fresh_.size(); at += 1) distances_[at] = 0x80000000u - static_cast<uint32_t>(products_[at]);
    } else {
      lying_ = fresh_;
      if (areUpper) {
        for (uint32_t& each : lying_) each = graph_.upperPlaces[each];
      }
      graph_.measure(query_, lying_, measured_);
      for (size_t at = 0; at < fresh_.size(); at += 1) distances_[at] = orderOf(measured_[at]);
    }
  }

  /** @returns whether the place had not been seen */
  bool meet(Marks& seen, uint32_t place) {
    if (!seen.add(place)) return false;
    touched_.push_back(place);
    return true;
  }

  const LoadedGraph& graph_;
  const CodeProducts kernel_ = codeKernels().front().products;
  Marks seen_, seenAbove_;
  const float* query_ = nullptr;
  QueryCode code_;
  std::vector<uint32_t> touched_, fresh_, lying_, distances_;
  std::vector<float> measured_;
  std::vector<int32_t> products_;
  std::vector<Candidate> entries_, candidates_, best_;
  std::vector<bool> walked_;
  std::vector<GraphHit> hits_;
};

}  // namespace
