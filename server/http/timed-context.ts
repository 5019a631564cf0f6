import type { ApiContext } from '../api/context.js';
import type { RequestTime } from './request-time.js';

/** The rest of the context comes with the time that an operation has. */
export type AskedBy = Omit<ApiContext, 'signal' | 'time'>;

/**
 * What the resolvers are given, with what tells of their time. The signal is made when it is asked for, by a
 * getter of the class: one in an object literal is another in each object, so that V8 takes each for a kind of its
 * own, and everything that reads them gets slow.
 */
export class TimedContext implements ApiContext {
  readonly sweeps: ApiContext['sweeps'];
  readonly training: ApiContext['training'];
  readonly caller: ApiContext['caller'];
  readonly address: string;
  readonly request: ApiContext['request'];

  constructor(
    { sweeps, training, caller, address, request }: AskedBy,
    readonly time: RequestTime,
  ) {
    this.sweeps = sweeps;
    this.training = training;
    this.caller = caller;
    this.address = address;
    this.request = request;
  }

  get signal(): AbortSignal {
    return this.time.signal;
  }
}
