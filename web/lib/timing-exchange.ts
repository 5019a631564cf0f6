import { makeOperation, mapExchange } from 'urql';

/** Notes on every answer how long the network took: `extensions.tookMs`, kept with cached answers. */
export const timingExchange = mapExchange({
  onOperation: (operation) =>
    makeOperation(operation.kind, operation, {
      ...operation.context,
      meta: { ...operation.context.meta, startTime: performance.now() },
    }),
  onResult: (result) => {
    const started = result.operation.context.meta?.startTime;
    if (started === undefined) return result;
    const tookMs = performance.now() - started;
    return { ...result, extensions: { ...result.extensions, tookMs } };
  },
});

/** How long the answer took in milliseconds, if it came over the network. */
export function tookMsOf(extensions: Record<string, unknown> | undefined): number | null {
  const tookMs = extensions?.['tookMs'];
  return typeof tookMs === 'number' ? tookMs : null;
}
