/** Up to `count` of the places 0..length-1, evenly spread over all. */
export function spreadPlaces(length: number, count: number): number[] {
  const some = Math.min(count, length);
  return Array.from({ length: some }, (_, at) => Math.floor((at * length) / some));
}
