// A graph in memory that is searched and no longer grows, laid out for that: a search waits for memory most
// of its time, and the eight cache lines of a vector of 128 numbers would come from anywhere in the index.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "graph-file.h"
#include "huge-memory.h"
#include "places.h"
#include "vector-codes.h"

namespace {

class LoadedGraph {
 public:
  /** @throws std::runtime_error where the file is no whole graph of vectors of this dimension */
  LoadedGraph(const std::string& path, size_t dimension)
      : dimension(dimension), distancesOf(kernelsFor(dimension).front().distances) {
    GraphReader file(path, dimension);
    count = file.header.count;
    m = file.header.m;
    linksAtLevel0 = file.header.linksAtLevel0;
    topLevel = count == 0 ? 0 : file.header.topLevel;
    entry = file.header.entry;
    readRecords(file);
    readUpperLevels(file);
    removed = Marks(count);
  }

  const float* vector(uint32_t place) const { return vectors.data() + place * dimension; }
  /** Writes how far the places are from the query. */
  void measure(const float* query, const std::vector<uint32_t>& of, std::vector<float>& distances) const {
    distances.resize(of.size());
    distancesOf({vectors.data(), of.data(), of.size()}, query, dimension, distances.data());
  }

  /** Up to `linksAtLevel0`, ended by NOWHERE where there are fewer. */
  const uint32_t* linksOf(uint32_t place) const {
    return reinterpret_cast<const uint32_t*>(records.data() + place * recordBytes + codeBytes);
  }

  /** Up to m at a level from 1 on, ended by NOWHERE where there are fewer; all numbered as upper ones. */
  const uint32_t* upperLinksOf(uint32_t upper, int level) const {
    return upperLists.data() + upperListsBegin[upper] + static_cast<size_t>(level - 1) * m;
  }

  /** NOWHERE where it is not there or removed. */
  uint32_t find(uint32_t id) const {
    const uint32_t place = places.placeOf(id);
    return place == NOWHERE || removed.has(place) ? NOWHERE : place;
  }

  const size_t dimension;
  const Distances distancesOf;
  size_t count = 0, m = 0, linksAtLevel0 = 0;
  int topLevel = 0;
  /** Where a search begins. */
  uint32_t entry = 0;

  Places places;
  Marks removed;
  /** [count, dimension] */
  HugeArray<float> vectors;

  VectorCodes codes;
  /** Whether the codes tell neighbours apart; where not, there are none, and the vectors lead. */
  bool hasCodes = false;
  /** Of each place its code, and beside it its links. */
  HugeArray<char> records;
  size_t recordBytes = 0, codeBytes = 0;

  /**
   * Those at upper levels, numbered for themselves: their places, their codes once more, close together, for
   * every search reads of these, and their lists of links.
   */
  std::vector<uint32_t> upperPlaces;
  HugeArray<char> upperCodes;

 private:
  void readRecords(GraphReader& file) {
    std::vector<uint32_t> ids(count);
    vectors = HugeArray<float>(count * dimension);
    HugeArray<uint32_t> links(count * linksAtLevel0);
    for (size_t at = 0; at < count; at += 1) {
      file.nextRecord();
      ids[at] = file.id();
      memcpy(vectors.data() + at * dimension, file.vector(), dimension * sizeof(float));
      copyLinks(file, file.links(), linksAtLevel0, links.data() + at * linksAtLevel0);
    }
    places = Places(std::move(ids));
    codes = VectorCodes(vectors.data(), count, dimension);
    hasCodes = codesTellNeighboursApart(links.data());
    codeBytes = hasCodes ? codes.length() : 0;
    const size_t linkBytes = linksAtLevel0 * sizeof(uint32_t);
    recordBytes = (codeBytes + linkBytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    records = HugeArray<char>(count * recordBytes);
    for (size_t at = 0; at < count; at += 1) {
      char* record = records.data() + at * recordBytes;
      if (hasCodes) codes.encode(vector(at), reinterpret_cast<int8_t*>(record));
      memcpy(record + codeBytes, links.data() + at * linksAtLevel0, linkBytes);
    }
  }

  void readUpperLevels(GraphReader& file) {
    std::vector<uint32_t> numbers(count, NOWHERE);
    for (uint32_t place = 0; place < count; place += 1) {
      const auto lists = file.nextUpperLinks();
      if (lists.empty()) continue;
      numbers[place] = static_cast<uint32_t>(upperPlaces.size());
      upperPlaces.push_back(place);
      upperListsBegin.push_back(upperLists.size());
      for (size_t list = 0; list < lists.size(); list += m + 1) {
        upperLists.resize(upperLists.size() + m);
        copyLinks(file, lists.data() + list, m, upperLists.data() + upperLists.size() - m);
      }
    }
    for (uint32_t& link : upperLists) {
      if (link != NOWHERE) link = numbers[link];
    }
    if (topLevel > 0) entry = numbers[entry];
    upperCodes = HugeArray<char>(upperPlaces.size() * codeBytes);
    for (size_t upper = 0; upper < upperPlaces.size(); upper += 1) {
      memcpy(upperCodes.data() + upper * codeBytes, records.data() + upperPlaces[upper] * recordBytes, codeBytes);
    }
  }

  static void copyLinks(const GraphReader& file, const uint32_t* list, size_t most, uint32_t* into) {
    const size_t linked = file.checked(list, most);
    std::copy(list + 1, list + 1 + linked, into);
    std::fill(into + linked, into + most, NOWHERE);
  }

  /**
   * Where vectors are many times nearer to each other than all of them are far apart, as those of the frames
   * of some films, the step between two codes is more than that between two neighbours. Asks at some places
   * whether the usual rounding is well below how much the distances of the nearer links differ.
   */
  bool codesTellNeighboursApart(const uint32_t* links) const {
    constexpr size_t ASKED = 200;
    // At 0.16, as of embeddings of Fashion-MNIST, the walk by codes finds 0.93 where that by vectors finds 0.98.
    constexpr double WELL_BELOW = 0.03;
    size_t asked = 0, apart = 0;
    std::vector<uint32_t> linked;
    std::vector<float> far;
    for (size_t at = 0; at < count; at += std::max<size_t>(1, count / ASKED)) {
      const uint32_t* list = links + at * linksAtLevel0;
      linked.assign(list, std::find(list, list + linksAtLevel0, NOWHERE));
      measure(vector(at), linked, far);
      if (far.size() < 2) continue;
      std::sort(far.begin(), far.end());
      asked += 1;
      if (codes.roundingOf(vector(at)) < WELL_BELOW * (far[far.size() / 2] - far.front())) apart += 1;
    }
    return 2 * apart >= asked;
  }

  std::vector<size_t> upperListsBegin;
  std::vector<uint32_t> upperLists;
};

}  // namespace
