import type { BulkRuntime, ModelRuntime } from '../ports/model-runtime.js';
import type { Tracing } from '../ports/tracing.js';

/** The same runtime, each call of which is a span. */
export function tracedModelRuntime(runtime: ModelRuntime, tracing: Tracing): ModelRuntime {
  if (!tracing.isOn) return runtime;
  return {
    embed: (model, query) => tracing.inSpan('embed', {}, () => runtime.embed(model, query)),
    reconstruct: (model, queries) =>
      tracing.inSpan('reconstruct', { attributes: { pictures: queries.length } }, () =>
        runtime.reconstruct(model, queries),
      ),
  };
}

/** As `tracedModelRuntime`. */
export function tracedBulkRuntime(runtime: BulkRuntime, tracing: Tracing): BulkRuntime {
  if (!tracing.isOn) return runtime;
  return {
    examine: (model, files) =>
      tracing.inSpan('examine', { attributes: { files: files.length } }, () =>
        runtime.examine(model, files),
      ),
    embedImages: (model, imageIds) =>
      tracing.inSpan('embed images', { attributes: { images: imageIds.length } }, () =>
        runtime.embedImages(model, imageIds),
      ),
    rebuildIndex: (model, split) =>
      tracing.inSpan('rebuild index', { attributes: { model: model.id, split } }, () =>
        runtime.rebuildIndex(model, split),
      ),
  };
}
