import type { ApiContext } from '../api/context.js';
import { roleIncludes } from '../domain/access.js';
import { countedAs } from '../domain/network.js';
import { LookalikeError } from '../domain/errors.js';

/** Most bytes of one request: of whoever searches, a picture; of whoever adds pictures, a batch of them. */
const OF_A_SEARCH = 110_000_000;
const OF_A_BATCH = 500_000_000;
/**
 * Most bytes under way at once, in all, and of all who may only search; of one caller, half of that. They lie on
 * the disk meanwhile.
 */
const OF_ALL = 2_000_000_000;
const OF_SEARCHERS = OF_ALL / 2;

type Sender = Pick<ApiContext, 'caller' | 'address'>;

/** How much of a request may come, until it is answered. */
export interface TakenSpace {
  readonly bytes: number;
  release(): void;
}

/** The room for files that are on their way in. */
export class UploadSpace {
  private total = 0;
  private ofSearchers = 0;
  private readonly own = new Map<string, number>();

  /**
   * Takes room for the body of a request, before any of it is read.
   * @param length in bytes; null where the request does not tell
   * @throws LookalikeError UPLOAD_TOO_LARGE, RATE_LIMITED
   */
  take({ caller, address }: Sender, length: number | null): TakenSpace {
    const isSearcher = !roleIncludes(caller.role, 'CONTRIBUTE');
    const most = isSearcher ? OF_A_SEARCH : OF_A_BATCH;
    if (length !== null && length > most) {
      throw new LookalikeError(
        'UPLOAD_TOO_LARGE',
        `The request is over ${most / 1_000_000} MB. Send fewer files at a time.`,
      );
    }
    const bytes = length ?? most;
    const who = countedAs(caller, address);
    const own = (this.own.get(who) ?? 0) + bytes;
    const room = isSearcher ? OF_SEARCHERS : OF_ALL;
    const taken = (isSearcher ? this.ofSearchers : this.total) + bytes;
    if (own > room / 2 || taken > room || this.total + bytes > OF_ALL) {
      throw new LookalikeError(
        'RATE_LIMITED',
        'Too much is being uploaded at once. Wait until other uploads have ended.',
      );
    }
    this.add(who, bytes, isSearcher);
    let isTaken = true;
    return {
      bytes,
      release: () => {
        if (isTaken) this.add(who, -bytes, isSearcher);
        isTaken = false;
      },
    };
  }

  private add(who: string, bytes: number, isSearcher: boolean): void {
    this.total += bytes;
    if (isSearcher) this.ofSearchers += bytes;
    const own = (this.own.get(who) ?? 0) + bytes;
    if (own > 0) this.own.set(who, own);
    else this.own.delete(who);
  }
}
