/**
 * The first of so many places that is not passed, or their count where all are: by halves.
 * @param isPassed true of all places before some place, false from there on
 */
export function firstUnpassed(count: number, isPassed: (place: number) => boolean): number {
  let passed = 0;
  for (let end = count; passed < end;) {
    const middle = (passed + end) >>> 1;
    if (isPassed(middle)) passed = middle + 1;
    else end = middle;
  }
  return passed;
}
