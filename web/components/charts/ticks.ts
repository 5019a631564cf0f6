/** Round numbers that lie in a range, about so many. */
export function ticksBetween(min: number, max: number, about: number): number[] {
  if (!(max > min)) return [min];
  const step = roundStep((max - min) / Math.max(1, about));
  const first = Math.ceil(min / step) * step;
  const count = Math.floor((max - first) / step + 1e-9) + 1;
  return Array.from({ length: count }, (_, place) =>
    Number((first + place * step).toPrecision(12)),
  );
}

/** The same, whole numbers only. */
export function wholeTicksBetween(min: number, max: number, about: number): number[] {
  return ticksBetween(min, max, about).filter(Number.isInteger);
}

/** The next 1, 2 or 5 times a power of ten. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  return factor * power;
}
