const SHORTEST_MS = 2000;
const LONGEST_MS = 60_000;

/**
 * How long nobody starts a process again that has died: not at all where it had work in hand, which is
 * given up by whoever counts its attempts; else longer each time, for the next one meets the same fault.
 */
export class RestartPauses {
  private deaths = 0;
  private until = Number.NEGATIVE_INFINITY;

  /** How often in a row it has died before it did anything. */
  get count(): number {
    return this.deaths;
  }

  /** @param now milliseconds on a clock that only grows @returns milliseconds */
  afterDeath(hadWork: boolean, now: number): number {
    this.deaths = hadWork ? 0 : this.deaths + 1;
    const pause =
      this.deaths === 0 ? 0 : Math.min(LONGEST_MS, SHORTEST_MS * 2 ** (this.deaths - 1));
    this.until = now + pause;
    return pause;
  }

  /** It has ended as it should. */
  end(): void {
    this.deaths = 0;
    this.until = Number.NEGATIVE_INFINITY;
  }

  isOver(now: number): boolean {
    return now >= this.until;
  }
}
