import { describe } from 'vitest';
import { InProcessEvents } from '../../server/adapters/events/in-process/events.js';
import { eventsCases } from './events.cases.js';

describe.each([['in-process', () => new InProcessEvents()]] as const)(
  'the events %s',
  (_, open) => {
    eventsCases(open);
  },
);
