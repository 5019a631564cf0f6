import { formatBytes, formatCount, formatSeconds } from '../../lib/format';
import { Facts } from '../elements/facts';
import { Section } from '../elements/section';
import { RecallNote } from './recall-note';
import type { ShownModel } from './model-page';

/** The indexes of a model, one per split. */
export function IndexTable({ indexes }: { indexes: ShownModel['indexes'] }) {
  return (
    <Section title="Indexes" hint="The HNSW graphs that searches walk, one per split.">
      {indexes.length === 0 && <p className="text-sm text-muted">This model has no index.</p>}
      <ul className="grid gap-6 sm:grid-cols-2">
        {indexes.map((index) => (
          <li key={index.id}>
            <h3 className="mb-2 text-sm font-semibold">
              {index.split}{' '}
              <span className="font-normal text-muted">
                · index <code title={index.id}>{index.id.slice(0, 8)}</code>
              </span>
            </h3>
            <Facts
              facts={[
                ['Embeddings', formatCount(index.size)],
                ['Metric', index.metric.toLowerCase()],
                ['M, links per vector', formatCount(index.m)],
                ['efConstruction', formatCount(index.efConstruction)],
                ['ef, when searching', formatCount(index.efSearch)],
                ['Built in', formatSeconds(index.buildSeconds)],
                ['File', formatBytes(index.byteLength)],
              ]}
            />
            <RecallNote index={index} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
