/**
 * Lets changes of images happen one after another, so that no blob is deleted while a row for the
 * same bytes is being added, and no image is told to an index after it was deleted.
 */
export class WriteQueue {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  /** Whether there is somebody for whom a long turn should end. */
  get isAwaited(): boolean {
    return this.waiting > 0;
  }

  /** How many wait. */
  get length(): number {
    return this.waiting;
  }

  /** Does the work when all that came before is done, well or not. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.waiting += 1;
    const turn = this.last.then(() => {
      this.waiting -= 1;
      return work();
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
