// Memory for what is read here and there: in pages of 2 MiB where the system has them, for with pages of
// 4 KiB each read of an index beyond some 10 MB first waits for where its page lies.
#pragma once

#include <cstdlib>
#include <memory>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace {

constexpr size_t HUGE_PAGE = size_t{2} << 20;
constexpr size_t CACHE_LINE = 64;

/** As malloc, to be given to free; begins at a cache line. Null where there is no memory. */
inline void* allocateHuge(size_t bytes) {
#ifdef _WIN32
  return ::malloc(bytes);
#else
  const size_t unit = bytes < HUGE_PAGE ? CACHE_LINE : HUGE_PAGE;
  const size_t whole = (bytes + unit - 1) / unit * unit;
  void* memory = nullptr;
  if (posix_memalign(&memory, unit, whole == 0 ? unit : whole) != 0) return nullptr;
#ifdef MADV_HUGEPAGE
  // A wish: where it is refused, the memory is there all the same.
  if (unit == HUGE_PAGE) madvise(memory, whole, MADV_HUGEPAGE);
#endif
  return memory;
#endif
}

/** An array of numbers that are not set to anything when it is made. */
template <typename Number>
class HugeArray {
 public:
  HugeArray() = default;
  explicit HugeArray(size_t count) : numbers_(static_cast<Number*>(allocateHuge(count * sizeof(Number)))) {
    if (!numbers_) throw std::bad_alloc();
  }

  Number* data() { return numbers_.get(); }
  const Number* data() const { return numbers_.get(); }
  Number& operator[](size_t at) { return numbers_.get()[at]; }
  const Number& operator[](size_t at) const { return numbers_.get()[at]; }

 private:
  struct Free {
    void operator()(Number* memory) const { ::free(memory); }
  };
  std::unique_ptr<Number, Free> numbers_;
};

/** Asks for bytes that will be read soon; changes nothing but when they come. */
inline void fetchSoon(const void* from, size_t bytes) {
#ifdef __GNUC__
  const char* at = static_cast<const char*>(from);
  for (size_t offset = 0; offset < bytes; offset += CACHE_LINE) __builtin_prefetch(at + offset);
#endif
}

}  // namespace
