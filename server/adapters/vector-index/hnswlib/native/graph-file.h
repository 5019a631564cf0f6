// The file of a graph, as hnswlib writes it. It is written here so that what lies near in the graph lies near
// in the file, and read into whatever has a use for it; hnswlib could still read it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "growing-graph.h"

namespace {

struct GraphHeader {
  uint64_t offsetLevel0, capacity, count, recordBytes, idOffset, vectorOffset;
  int32_t topLevel;
  uint32_t entry;
  uint64_t m, linksAtLevel0, mAsAsked;
  double levelFactor;
  uint64_t efConstruction;
};
static_assert(sizeof(GraphHeader) == 96, "lies in the file without gaps");

/**
 * An order in which neighbours mostly follow each other: a walk depth first over the graph, to the nearest
 * first. A search then reads some dozens of pages where it read one a vector.
 * @returns the present place of each, in the new order
 */
inline std::vector<uint32_t> neighboursTogether(const GrowingGraph& graph) {
  std::vector<uint32_t> order, waiting;
  std::vector<bool> placed(graph.linked, false);
  std::vector<Link> near;
  const LinkLists& lists = graph.listsAt(0);
  order.reserve(graph.linked);
  for (uint32_t start = 0; start < graph.linked; start += 1) {
    waiting.push_back(start);
    while (!waiting.empty()) {
      const uint32_t here = waiting.back();
      waiting.pop_back();
      if (placed[here]) continue;
      placed[here] = true;
      order.push_back(here);
      near.clear();
      for (size_t at = 0; at < lists.count(here); at += 1) {
        const Link link = lists.link(here, at);
        if (!placed[link.place]) near.push_back(link);
      }
      std::sort(near.rbegin(), near.rend());
      for (const Link& each : near) waiting.push_back(each.place);
    }
  }
  return order;
}

/** @throws std::runtime_error where the disk is full, or whatever else the system says */
inline void writeGraph(const GrowingGraph& graph, size_t efConstruction, const std::string& path) {
  const auto order = neighboursTogether(graph);
  std::vector<uint32_t> places(order.size());
  for (uint32_t place = 0; place < order.size(); place += 1) places[order[place]] = place;
  std::ofstream file(path, std::ios::binary);
  const auto write = [&](const void* from, size_t bytes) {
    file.write(static_cast<const char*>(from), static_cast<std::streamsize>(bytes));
  };
  std::vector<uint32_t> list;
  const auto writeLinks = [&](uint32_t of, int level) {
    const LinkLists& lists = graph.listsAt(level);
    const size_t row = graph.rowOf(of, level), count = lists.count(row);
    list.assign(lists.width + 1, 0);
    list[0] = static_cast<uint32_t>(count);
    for (size_t at = 0; at < count; at += 1) list[at + 1] = places[lists.places(row)[at]];
    write(list.data(), list.size() * sizeof(uint32_t));
  };
  const uint64_t links = (2 * graph.m + 1) * sizeof(uint32_t), vector = graph.dimension * sizeof(float);
  const GraphHeader header{0, graph.capacity, order.size(), links + vector + sizeof(uint64_t), links + vector, links,
                           order.empty() ? -1 : graph.topLevel, order.empty() ? NOWHERE : places[graph.entry],
                           graph.m, 2 * graph.m, graph.m, 1 / std::log(static_cast<double>(graph.m)), efConstruction};
  write(&header, sizeof header);
  for (const uint32_t from : order) {
    const uint64_t id = graph.ids[from];
    writeLinks(from, 0);
    write(graph.vector(from), vector);
    write(&id, sizeof id);
  }
  for (const uint32_t from : order) {
    const auto bytes = static_cast<uint32_t>(graph.levels[from] * (graph.m + 1) * sizeof(uint32_t));
    write(&bytes, sizeof bytes);
    for (int level = 1; level <= graph.levels[from]; level += 1) writeLinks(from, level);
  }
  file.close();
  if (file.fail()) throw std::runtime_error("the graph could not be written whole");
}

/** Reads a file from its begin to its end. */
class GraphReader {
 public:
  /** @throws std::runtime_error where it is no graph of vectors of this dimension */
  GraphReader(const std::string& path, size_t dimension) : buffer_(1 << 20) {
    file_.rdbuf()->pubsetbuf(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    file_.open(path, std::ios::binary);
    read(&header, sizeof header);
    const uint64_t links = (header.linksAtLevel0 + 1) * sizeof(uint32_t);
    const bool fits = header.offsetLevel0 == 0 && header.vectorOffset == links && header.count < 0xffffffff &&
                      header.idOffset == links + dimension * sizeof(float) &&
                      header.recordBytes == header.idOffset + sizeof(uint64_t) &&
                      (header.count == 0 || header.entry < header.count);
    if (!fits) throw std::runtime_error("this is no graph of such vectors");
    record_.resize(header.recordBytes);
  }

  GraphHeader header;

  /** The next vector's record: `links`, `vector` and `id` are of it then. */
  void nextRecord() { read(record_.data(), record_.size()); }
  const uint32_t* links() const { return reinterpret_cast<const uint32_t*>(record_.data()); }
  const char* vector() const { return record_.data() + header.vectorOffset; }
  uint32_t id() const {
    uint64_t id;
    memcpy(&id, record_.data() + header.idOffset, sizeof id);
    return static_cast<uint32_t>(id);
  }

  /** After all records, for each again: its lists of links at the levels from 1 on, of m + 1 numbers. */
  std::vector<uint32_t> nextUpperLinks() {
    uint32_t bytes = 0;
    read(&bytes, sizeof bytes);
    const size_t listBytes = (header.m + 1) * sizeof(uint32_t);
    if (bytes % listBytes != 0 || bytes > listBytes * 64) throw std::runtime_error("this graph is damaged");
    std::vector<uint32_t> links(bytes / sizeof(uint32_t));
    read(links.data(), bytes);
    return links;
  }

  /** The number of links in a list. @throws std::runtime_error where the list is none */
  size_t checked(const uint32_t* list, size_t most) const {
    // hnswlib counts in the first two bytes, and marks removed ones in the third.
    const size_t count = *list & 0xffff;
    bool isSound = count <= most;
    for (size_t at = 1; isSound && at <= count; at += 1) isSound = list[at] < header.count;
    if (!isSound) throw std::runtime_error("this graph is damaged");
    return count;
  }

 private:
  void read(void* into, size_t bytes) {
    file_.read(static_cast<char*>(into), static_cast<std::streamsize>(bytes));
    if (!file_) throw std::runtime_error("this graph is cut short or cannot be read");
  }

  std::vector<char> buffer_;
  std::ifstream file_;
  std::vector<char> record_;
};

}  // namespace
