// The file of a graph, as hnswlib writes it. It is written here so that what lies near in the graph lies near
// in the file, and read into whatever has a use for it; hnswlib could still read it.
#pragma once

#include <cstdint>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapted-hnswlib.h"

namespace {

using Hnsw = hnswlib::HierarchicalNSW<float>;

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
inline std::vector<uint32_t> neighboursTogether(const Hnsw& graph) {
  const size_t count = graph.cur_element_count;
  std::vector<uint32_t> order, waiting;
  std::vector<bool> placed(count, false);
  std::vector<std::pair<float, uint32_t>> near;
  order.reserve(count);
  for (uint32_t start = 0; start < count; start += 1) {
    waiting.push_back(start);
    while (!waiting.empty()) {
      const uint32_t here = waiting.back();
      waiting.pop_back();
      if (placed[here]) continue;
      placed[here] = true;
      order.push_back(here);
      auto* list = graph.get_linklist0(here);
      near.clear();
      for (size_t at = 1; at <= graph.getListCount(list); at += 1) {
        if (placed[list[at]]) continue;
        const float distance = graph.fstdistfunc_(graph.getDataByInternalId(here), graph.getDataByInternalId(list[at]),
                                                  graph.dist_func_param_);
        near.emplace_back(distance, list[at]);
      }
      std::sort(near.rbegin(), near.rend());
      for (const auto& each : near) waiting.push_back(each.second);
    }
  }
  return order;
}

/** @throws std::runtime_error where the disk is full, or whatever else the system says */
inline void writeGraph(const Hnsw& graph, const std::string& path) {
  const auto order = neighboursTogether(graph);
  std::vector<uint32_t> places(order.size());
  for (uint32_t place = 0; place < order.size(); place += 1) places[order[place]] = place;
  const auto moveLinks = [&](const Hnsw& of, void* list) {
    auto* links = static_cast<hnswlib::linklistsizeint*>(list);
    for (size_t at = 1; at <= of.getListCount(links); at += 1) links[at] = places[links[at]];
  };
  std::ofstream file(path, std::ios::binary);
  const GraphHeader header{graph.offsetLevel0_, graph.max_elements_, order.size(), graph.size_data_per_element_,
                           graph.label_offset_, graph.offsetData_, graph.maxlevel_,
                           order.empty() ? graph.enterpoint_node_ : places[graph.enterpoint_node_],
                           graph.maxM_, graph.maxM0_, graph.M_, graph.mult_, graph.ef_construction_};
  file.write(reinterpret_cast<const char*>(&header), sizeof header);
  std::vector<char> record(graph.size_data_per_element_);
  for (const uint32_t from : order) {
    memcpy(record.data(), graph.get_linklist0(from), record.size());
    moveLinks(graph, record.data());
    file.write(record.data(), static_cast<std::streamsize>(record.size()));
  }
  for (const uint32_t from : order) {
    const auto levels = static_cast<size_t>(graph.element_levels_[from]);
    const auto bytes = static_cast<uint32_t>(levels * graph.size_links_per_element_);
    std::vector<char> lists;
    if (bytes > 0) lists.assign(graph.linkLists_[from], graph.linkLists_[from] + bytes);
    for (size_t at = 0; at < bytes; at += graph.size_links_per_element_) moveLinks(graph, lists.data() + at);
    file.write(reinterpret_cast<const char*>(&bytes), sizeof bytes);
    file.write(lists.data(), bytes);
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
                      header.recordBytes == header.idOffset + sizeof(hnswlib::labeltype) &&
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
    hnswlib::labeltype id;
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
