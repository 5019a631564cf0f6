import { within } from '../domain/patience.js';

/** About as long as work with one takes: whoever waits for that can wait for this. */
const SOON_MS = 100;

/** Items that somebody sends, one of which can be waited for before it is taken. */
export class Arriving<Item> {
  private readonly items: AsyncIterator<Item>;
  private next: Promise<IteratorResult<Item>> | null = null;

  constructor(items: AsyncIterable<Item>) {
    this.items = items[Symbol.asyncIterator]();
  }

  /** Waits for the next one. @returns false when there is none left */
  async isThere(): Promise<boolean> {
    return (await this.upcoming()).done !== true;
  }

  /** Takes the next one, and more for as long as each is there soon and nobody says enough. */
  async *atHand(isEnough: () => boolean): AsyncGenerator<Item> {
    do {
      const result = await within(SOON_MS, this.upcoming(), null);
      if (!result || result.done) return;
      this.next = null;
      yield result.value;
    } while (!isEnough());
  }

  private upcoming(): Promise<IteratorResult<Item>> {
    return (this.next ??= this.items.next());
  }
}
