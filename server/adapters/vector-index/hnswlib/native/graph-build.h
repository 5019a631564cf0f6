// Building an HNSW graph (Malkov, Yashunin, arXiv:1603.09320, algorithm 1), in batches: the places of a batch
// look for their neighbours in the graph as it was before, on several threads, and among each other by
// measuring all; then links are led back to them, each list by one thread and in the order of the places. The
// graph is the same whatever the number of threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "growing-graph.h"
#include "nearest-pool.h"

namespace {

/** Calls with each number below `threads`, at once where the system has threads. Throws what a call threw. */
inline void inParallel(size_t threads, const std::function<void(size_t)>& work) {
  std::exception_ptr failure;
  std::mutex alone;
  const auto guarded = [&](size_t number) {
    try {
      work(number);
    } catch (...) {
      std::lock_guard<std::mutex> one(alone);
      failure = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  for (size_t number = 1; number < threads; number += 1) {
    try {
      others.emplace_back(guarded, number);
    } catch (const std::system_error&) {
      guarded(number);
    }
  }
  guarded(0);
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

/** Finds what new places link to; each thread has one. */
class InsertSearch {
 public:
  InsertSearch(const GrowingGraph& graph, size_t efConstruction)
      : selection(graph.vectors.data(), graph.dimension), graph_(graph), ef_(efConstruction),
        distancesOf_(kernelsFor(graph.dimension).front().distances), seen_(graph.capacity), pool_(efConstruction) {}

  /** Writes the links of a place, by level from 0 on. It sees what is linked, and from there on those before it. */
  void linksOf(uint32_t place, std::vector<std::vector<Link>>& links) {
    query_ = graph_.vector(place);
    measureBatchBefore(place);
    const int level = graph_.levels[place];
    links.resize(static_cast<size_t>(level) + 1);
    pool_.clear();
    for (int at = level; at > graph_.topLevel; at -= 1) {
      gatherCandidates(at);
      links[static_cast<size_t>(at)] = selection.choose(candidates_, graph_.m);
    }
    if (graph_.linked > 0) {
      fresh_.assign(1, graph_.entry);
      putFresh(1, graph_.topLevel);
    }
    for (int above = graph_.topLevel; above > level; above -= 1) walk(above, ON_THE_WAY);
    for (int at = std::min(level, graph_.topLevel); at >= 0; at -= 1) {
      walk(at, ef_);
      gatherCandidates(at);
      links[static_cast<size_t>(at)] = selection.choose(candidates_, graph_.m);
    }
  }

  NeighbourSelection selection;
  /** For the links of one list. */
  std::vector<Link> room;

 private:
  /** How many of a level above those of the place the way goes on from. */
  static constexpr size_t ON_THE_WAY = 1;

  /** The `most` nearest of a level, beginning from what is in the pool (algorithm 2). */
  void walk(int level, size_t most) {
    pool_.walkAgain(most);
    touched_.clear();
    for (size_t at = 0; at < pool_.size(); at += 1) meet(pool_.place(at));
    const size_t width = graph_.linksAt(level);
    for (uint32_t here = pool_.next(); here != NOWHERE; here = pool_.next()) {
      pool_.walkFromNext();
      const uint32_t* links = graph_.linksOf(here, level);
      fresh_.clear();
      for (size_t at = 0; at < width && links[at] != NOWHERE; at += 1) {
        if (!meet(links[at])) continue;
        fresh_.push_back(links[at]);
        fetchSoon(graph_.vector(links[at]), graph_.dimension * sizeof(float));
      }
      const uint32_t after = pool_.next();
      if (after != NOWHERE) fetchSoon(graph_.linksOf(after, level), width * sizeof(uint32_t));
      putFresh(most, level);
    }
    for (const uint32_t each : touched_) seen_.clearAround(each);
  }

  void putFresh(size_t most, int level) {
    distances_.resize(fresh_.size());
    distancesOf_({graph_.vectors.data(), fresh_.data(), fresh_.size()}, query_, graph_.dimension, distances_.data());
    const size_t linkBytes = graph_.linksAt(level) * sizeof(uint32_t);
    for (size_t at = 0; at < fresh_.size(); at += 1) {
      if (pool_.put(distances_[at], fresh_[at], most)) fetchSoon(graph_.linksOf(fresh_[at], level), linkBytes);
    }
  }

  /** @returns whether the place had not been seen */
  bool meet(uint32_t place) {
    if (!seen_.add(place)) return false;
    touched_.push_back(place);
    return true;
  }

  void measureBatchBefore(uint32_t place) {
    batch_.resize(place - graph_.linked);
    for (uint32_t at = 0; at < batch_.size(); at += 1) batch_[at] = graph_.linked + at;
    batchDistances_.resize(batch_.size());
    distancesOf_({graph_.vectors.data(), batch_.data(), batch_.size()}, query_, graph_.dimension, batchDistances_.data());
  }

  /** The pool, and those of the batch that are in the level and not farther. */
  void gatherCandidates(int level) {
    candidates_.clear();
    for (size_t at = 0; at < pool_.size(); at += 1) candidates_.push_back({pool_.distance(at), pool_.place(at), false});
    const bool isFull = pool_.size() == ef_;
    const float farthest = isFull ? candidates_.back().distance : 0;
    for (size_t at = 0; at < batch_.size(); at += 1) {
      if (graph_.levels[batch_[at]] < level || (isFull && batchDistances_[at] > farthest)) continue;
      candidates_.push_back({batchDistances_[at], batch_[at], false});
    }
    std::sort(candidates_.begin(), candidates_.end());
  }

  const GrowingGraph& graph_;
  const size_t ef_;
  const Distances distancesOf_;
  const float* query_ = nullptr;
  Marks seen_;
  NearestPool pool_;
  std::vector<uint32_t> touched_, fresh_, batch_;
  std::vector<float> distances_, batchDistances_;
  std::vector<Link> candidates_;
};

class GraphBuild {
 public:
  GraphBuild(size_t dimension, size_t capacity, size_t m, size_t efConstruction, uint64_t seed, size_t threads)
      : graph(dimension, capacity, m, seed) {
    for (size_t thread = 0; thread < std::max<size_t>(1, threads); thread += 1) {
      searches_.push_back(std::make_unique<InsertSearch>(graph, std::max(efConstruction, m)));
    }
  }

  /** Links all that were added. The graph depends on the vectors, and on after how many this was called. */
  void link() {
    const auto count = static_cast<uint32_t>(graph.ids.size());
    while (graph.linked < count) {
      // As many as there are at most: the first ones find each other in small batches.
      linkBatch(std::min({count - graph.linked, std::max<uint32_t>(1, graph.linked), BATCH}));
    }
  }

  GrowingGraph graph;

 private:
  /** So many that threads seldom wait for each other; measuring them among each other takes a few hundredths. */
  static constexpr uint32_t BATCH = 256;
  /** Places whose lists are changed by the same thread: their counts share cache lines. */
  static constexpr uint32_t SAME_THREAD = 64;

  void linkBatch(uint32_t size) {
    const uint32_t begin = graph.linked, end = begin + size;
    links_.resize(std::max<size_t>(links_.size(), size));
    std::atomic<uint32_t> next{begin};
    inParallel(searches_.size(), [&](size_t thread) {
      for (uint32_t place = next++; place < end; place = next++) searches_[thread]->linksOf(place, links_[place - begin]);
    });
    inParallel(searches_.size(), [&](size_t thread) {
      for (uint32_t place = begin; place < end; place += 1) connectBack(place, links_[place - begin], thread);
    });
    for (uint32_t place = begin; place < end; place += 1) {
      if (place > 0 && graph.levels[place] <= graph.topLevel) continue;
      graph.entry = place;
      graph.topLevel = graph.levels[place];
    }
    graph.linked = end;
  }

  /** Writes those lists of a place's links, and links back to it, that are of the thread. */
  void connectBack(uint32_t place, const std::vector<std::vector<Link>>& links, size_t thread) {
    const auto isOwn = [&](uint32_t of) { return of / SAME_THREAD % searches_.size() == thread; };
    InsertSearch& own = *searches_[thread];
    for (int level = 0; level <= graph.levels[place]; level += 1) {
      const auto& list = links[static_cast<size_t>(level)];
      if (isOwn(place)) graph.replaceLinks(place, level, list);
      for (const Link& link : list) {
        if (isOwn(link.place)) graph.connect(link.place, level, {link.distance, place, false}, own.selection, own.room);
      }
    }
  }

  std::vector<std::unique_ptr<InsertSearch>> searches_;
  /** Of each place of a batch, its links by level. */
  std::vector<std::vector<std::vector<Link>>> links_;
};

}  // namespace
