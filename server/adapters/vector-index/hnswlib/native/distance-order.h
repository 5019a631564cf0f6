// Distances as whole numbers that order like them: with a place below, one comparison orders both.
#pragma once

#include <cstdint>
#include <cstring>

namespace {

/** Whole numbers that order like those. */
inline uint32_t orderOf(float number) {
  uint32_t bits;
  memcpy(&bits, &number, sizeof bits);
  return bits & 0x80000000u ? ~bits : bits | 0x80000000u;
}

/** The number that `orderOf` was given. */
inline float numberOfOrder(uint32_t order) {
  const uint32_t bits = order & 0x80000000u ? order & 0x7fffffffu : ~order;
  float number;
  memcpy(&number, &bits, sizeof number);
  return number;
}

}  // namespace
