/** The middle of the values; the mean of the middle two. @throws RangeError when there are none */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Between the nearest two values, in proportion. @param share from 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('There is no quantile of no values.');
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** A side that is not there is null, and has no values. */
type Sides<Name extends string, Value> = Readonly<Record<Name, (() => Promise<Value>) | null>>;

/**
 * Measures the sides by turns, every second round in reverse, so that a machine which becomes slower
 * does so for all of them alike.
 * @param warmUp rounds before those that count
 * @returns of each side, its value in every round
 */
export async function inTurns<Name extends string, Value>(
  rounds: number,
  sides: Sides<Name, Value>,
  warmUp = 1,
): Promise<Record<Name, Value[]>> {
  const names = Object.keys(sides) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    Value[]
  >;
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const value = await sides[name]?.();
      if (round >= 0 && value !== undefined) values[name].push(value);
    }
  }
  return values;
}
