import type { ServerResponse } from 'node:http';

const MOST_BYTES = 512 * 1024 * 1024;
const ALWAYS_TAKEN_BYTES = 64 * 1024;

/**
 * Counts the bytes that are held for clients who have not read them yet, so that many slow ones do not
 * fill the memory.
 */
export class BytesUnderWay {
  private held = 0;
  private readonly own = new Map<string, number>();

  /**
   * @param most in bytes; half of it for one caller
   * @param alwaysTaken answers up to this size are never refused: what bounds them is how many connections
   * there are
   */
  constructor(
    private readonly most = MOST_BYTES,
    private readonly alwaysTaken = ALWAYS_TAKEN_BYTES,
  ) {}

  /**
   * Holds so many bytes until the response has ended, one way or the other.
   * @param who the caller, as `countedAs` has it
   * @returns false where the client is gone, or too much is held already; a single answer is never too large
   */
  hold(byteLength: number, response: ServerResponse, who: string): boolean {
    if (response.destroyed) return false;
    if (byteLength <= this.alwaysTaken) return true;
    const own = this.own.get(who) ?? 0;
    if (own > 0 && own + byteLength > this.most / 2) return false;
    if (this.held > 0 && this.held + byteLength > this.most) return false;
    this.add(byteLength, who);
    response.once('close', () => this.add(-byteLength, who));
    return true;
  }

  private add(byteLength: number, who: string): void {
    this.held += byteLength;
    const own = (this.own.get(who) ?? 0) + byteLength;
    if (own > 0) this.own.set(who, own);
    else this.own.delete(who);
  }
}
