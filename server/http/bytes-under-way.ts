import type { ServerResponse } from 'node:http';

/**
 * Counts the bytes that are held for clients who have not read them yet, so that many slow ones do not
 * fill the memory.
 */
export class BytesUnderWay {
  private held = 0;

  /**
   * @param most in bytes
   * @param alwaysTaken files up to this size are never refused: what bounds them is how many connections
   * there are
   */
  constructor(
    private readonly most: number,
    private readonly alwaysTaken: number,
  ) {}

  /**
   * Holds so many bytes until the response has ended, one way or the other.
   * @returns false where the client is gone, or others hold too much already; a single file is never too
   * large
   */
  hold(byteLength: number, response: ServerResponse): boolean {
    if (response.destroyed) return false;
    if (byteLength <= this.alwaysTaken) return true;
    if (this.held > 0 && this.held + byteLength > this.most) return false;
    this.held += byteLength;
    response.once('close', () => (this.held -= byteLength));
    return true;
  }
}
