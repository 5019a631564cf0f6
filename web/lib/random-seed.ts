/** A fresh seed, short enough to read out. */
export function randomSeed(): number {
  return 1 + Math.floor(Math.random() * 999_999);
}
