import { ask } from '../../integration/graphql-request.js';
import type { RunningServer } from '../../integration/running-server.js';
import type { Benchmark } from '../harness/benchmark.js';
import type { HttpLoad } from '../harness/http-load.js';
import { similarImagesRequests } from '../harness/similar-images.js';

const ROUNDS = 7;
/** Less than a look takes: a load that ran over its end would be one of a server with nothing else to do. */
const SECONDS = 0.8;
/** What a server that has just started still does by the side, loading TensorFlow above all, is over by then. */
const SETTLED_SECONDS = 5;
/** A user or two at work: it is the wait that is measured. */
const PER_SECOND = 50;

/** The first look is the whole one, as after every change of a label: until then nobody has looked. */
export const benchmark: Benchmark = {
  title: 'Looking for wrong labels among all images of Fashion-MNIST, and similarImages meanwhile',
  run: async (tools) => {
    const requests = await similarImagesRequests(await tools.data());
    const seconds: number[] = [];
    const [idle, meanwhile]: [HttpLoad[], HttpLoad[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      const server = await tools.server();
      const pace = (paced = SECONDS) =>
        tools.pace({ url: server.url, perSecond: PER_SECOND, seconds: paced, requests });
      await pace(SETTLED_SECONDS);
      idle.push(await pace());
      const look = looked(server);
      const load = await pace();
      if (look.isGoingOn()) meanwhile.push(load);
      seconds.push(await look.seconds);
      await server.stop();
    }
    return [
      {
        what: 'looking for wrong labels among 70,000 images',
        unit: 's',
        ours: seconds,
        other: null,
      },
      {
        what: 'p99 of similarImages meanwhile',
        unit: 'ms',
        ours: meanwhile.map(({ p99 }) => p99),
        other: { name: 'idle', values: idle.map(({ p99 }) => p99) },
      },
    ];
  },
};

/** The seconds until it is answered which labels are suspected. */
function looked(server: RunningServer) {
  let goesOn = true;
  const start = performance.now();
  const query = 'query { suspectedLabelErrors(datasetId: 1, first: 1) { totalCount } }';
  const seconds = ask(server, query)
    .then(() => (performance.now() - start) / 1000)
    .finally(() => (goesOn = false));
  // It is awaited later: refused meanwhile, it would be unhandled.
  seconds.catch(() => undefined);
  return { seconds, isGoingOn: () => goesOn };
}
