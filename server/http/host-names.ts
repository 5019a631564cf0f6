import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { LookalikeError } from '../domain/errors.js';

type Addressed = Pick<IncomingMessage, 'headers'>;

const LOCAL = /^(.+\.)?localhost$/;
const LONGEST_TOLD = 100;

/**
 * The names that a server goes by. A page of a stranger may have its own name lead to this machine
 * ("DNS rebinding"); the browser then takes the server for a part of that page, and lets it read what is
 * answered. So what is asked under a name that nobody has given the server is not answered. Nobody can have
 * an address of numbers lead elsewhere.
 */
export class HostNames {
  private readonly names: ReadonlySet<string>;

  /** Behind a proxy of ours that is told no names: it passes on what it is there for. */
  private readonly isAny: boolean;
  /** The one of ours that was asked for last, which mostly is the next one too: to read an address takes long. */
  private lastOurs = '';

  /**
   * @param listening what it listens on, which may be a name
   * @param names that it is told to go by
   * @param isBehindProxy whether a proxy of ours tells the name, in `X-Forwarded-Host` or `Host`
   */
  constructor(
    listening: string,
    names: readonly string[],
    private readonly isBehindProxy: boolean,
  ) {
    this.isAny = isBehindProxy && names.length === 0;
    this.names = new Set([listening, ...names].map((name) => name.toLowerCase()));
  }

  /** The name, with its port, that the client has asked for. */
  hostOf({ headers }: Addressed): string {
    const forwarded = this.isBehindProxy ? String(headers['x-forwarded-host'] ?? '') : '';
    return forwarded.split(',').at(-1)?.trim() || (headers.host ?? '');
  }

  /** What is to be told of a request under another name; null where all is well. */
  faultOf(request: Addressed): LookalikeError | null {
    const host = this.hostOf(request);
    if (this.isOurs(host)) return null;
    return new LookalikeError(
      'HOST_UNKNOWN',
      `This server does not go by the name "${host.slice(0, LONGEST_TOLD)}". Ask for it as localhost or by ` +
        'its address, or add the name to the setting LOOKALIKE_HOSTS.',
    );
  }

  private isOurs(host: string): boolean {
    if (host === '' || this.isAny || host === this.lastOurs) return true;
    if (!this.isNamedOurs(host)) return false;
    this.lastOurs = host;
    return true;
  }

  private isNamedOurs(host: string): boolean {
    if (!URL.canParse(`http://${host}`)) return false;
    const { hostname } = new URL(`http://${host}`);
    const name = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
    return isIP(name) !== 0 || LOCAL.test(name) || this.names.has(name);
  }
}
