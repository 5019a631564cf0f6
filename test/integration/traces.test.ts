import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { copyOfImportedData, emptyDirectory, removeDirectory } from './data-directory.js';
import { failToStart, startServer } from './running-server.js';
import { startTraining, waitForStatus } from './training.js';

interface SpanTold {
  readonly process: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
}

interface Told {
  readonly resourceSpans: readonly {
    readonly resource: {
      readonly attributes: readonly { key: string; value: { stringValue: string } }[];
    };
    readonly scopeSpans: readonly { readonly spans: readonly Omit<SpanTold, 'process'>[] }[];
  }[];
}

/** Takes what is told over OTLP, in JSON. */
async function collector() {
  const spans: SpanTold[] = [];
  const take = async (request: IncomingMessage) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString()) as Told;
    for (const { resource, scopeSpans } of resourceSpans) {
      const named = resource.attributes.find(({ key }) => key === 'lookalike.process');
      const process = named?.value.stringValue ?? '';
      for (const span of scopeSpans.flatMap((scope) => scope.spans))
        spans.push({ process, ...span });
    }
  };
  const server = createServer((request, response) => {
    const isKnown = request.url === '/v1/traces' && request.method === 'POST';
    void take(request).then(() => response.writeHead(isKnown ? 200 : 404).end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { spans, endpoint: `http://127.0.0.1:${port}/` };
}

it('a training run is a part of the trace of the request that started it, epoch by epoch', async () => {
  const directory = await copyOfImportedData('smallImportedData');
  onTestFinished(() => removeDirectory(directory));
  const { spans, endpoint } = await collector();
  const server = await startServer(directory, { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
  onTestFinished(async () => {
    await server.stop();
  });
  const run = await startTraining(server, { epochs: 2, trainingImages: 400 });
  await waitForStatus(server, run, 'SUCCEEDED');
  await expect
    .poll(() => spans.some(({ name }) => name === 'training run'), { timeout: 60_000 })
    .toBe(true);
  await server.stop();

  const parentOf = ({ parentSpanId }: SpanTold) =>
    spans.find(({ spanId }) => spanId === parentSpanId);
  const pathTo = (span: SpanTold | undefined): string[] =>
    span ? [...pathTo(parentOf(span)), `${span.process}: ${span.name}`] : [];
  const epochs = spans.filter(({ name }) => name === 'epoch');
  expect(epochs).toHaveLength(2);
  for (const epoch of epochs) {
    expect(pathTo(epoch)).toEqual([
      'server: POST graphql',
      'server: GraphQL startTraining',
      'trainer: training run',
      'trainer: epoch',
    ]);
    expect(new Set([epoch, parentOf(epoch)].map((span) => span?.traceId)).size).toBe(1);
  }
  const asked = spans.filter(({ name }) => name === 'GraphQL trainingRun');
  expect(asked.length).toBeGreaterThan(0);
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBeGreaterThan(1);
});

it('a collector that is not there is told of once, and holds nothing up', async () => {
  const directory = await emptyDirectory();
  const nowhere = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
  const server = await startServer(directory, nowhere);
  onTestFinished(async () => {
    await server.stop();
  });
  for (let time = 0; time < 5; time += 1) expect((await server.fetch('/session')).status).toBe(200);
  expect(await server.stop()).toBe(0);
});

it('an address that is none is refused at the start', async () => {
  const wrong = { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' };
  const { output } = await failToStart(await emptyDirectory(), wrong);
  expect(output).toContain('OTEL_EXPORTER_OTLP_ENDPOINT must be an address of http or https');
});
