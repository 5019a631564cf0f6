interface Waiting {
  readonly pixels: number;
  readonly begin: () => void;
}

/**
 * Bounds what decoding takes of the memory: work begins, in the order it came, while the pixels of
 * all that goes on are within the budget. A picture over the budget goes alone.
 */
export class PixelBudget {
  private taken = 0;
  private readonly waiting: Waiting[] = [];

  constructor(private readonly budget: number) {}

  async within<T>(pixels: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((begin) => {
      this.waiting.push({ pixels, begin });
      this.beginWhatFits();
    });
    try {
      return await work();
    } finally {
      this.taken -= pixels;
      this.beginWhatFits();
    }
  }

  private beginWhatFits(): void {
    for (;;) {
      const [next] = this.waiting;
      if (!next || (this.taken > 0 && this.taken + next.pixels > this.budget)) return;
      this.waiting.shift();
      this.taken += next.pixels;
      next.begin();
    }
  }
}
