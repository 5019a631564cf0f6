'use client';

import { useRouter } from 'next/navigation';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql';
import { formatBytes, formatCount, formatDateTime, formatNumberOf } from '../../lib/format';
import { DeleteDataset } from '../datasets/delete-dataset';
import { Facts } from '../elements/facts';
import { Section } from '../elements/section';
import type { OverviewDataset } from '../shell/overview';

const DatasetSettingsDocument = graphql(`
  query DatasetSettings($datasetId: ID!) {
    dataset(id: $datasetId) {
      id
      createdAt
      labelTotal
      refusalCount
      metadataKeys
      models {
        id
      }
      sample(size: 100) {
        id
        byteLength
      }
    }
  }
`);

/** Counts of a dataset, its export, and its end. */
export function DatasetSettings({ dataset }: { dataset: OverviewDataset }) {
  const router = useRouter();
  const [{ data }] = useQuery({
    query: DatasetSettingsDocument,
    variables: { datasetId: dataset.id },
  });
  const { importedCount, status } = dataset;
  const about = data?.dataset;
  const sample = about?.sample ?? [];
  const mean = sample.reduce((sum, { byteLength }) => sum + byteLength, 0) / (sample.length || 1);
  const size = formatBytes(mean * importedCount);
  return (
    <Section title="This dataset">
      <div className="grid gap-6 lg:grid-cols-2">
        <Facts
          facts={[
            ['Name', <code key="name">{dataset.name}</code>],
            ['Id', <code key="id">{dataset.id}</code>],
            ['Created', about ? formatDateTime(about.createdAt) : '…'],
            ['Images', formatCount(importedCount)],
            ['Labels', about ? formatCount(about.labelTotal) : '…'],
            ['Metadata', about ? about.metadataKeys.slice(0, 20).join(', ') || 'None' : '…'],
            ['Models', about ? formatCount(about.models.length) : '…'],
            ['Refused files', about ? formatCount(about.refusalCount) : '…'],
          ]}
        />
        <div className="flex flex-col gap-5 text-sm">
          <div>
            <h3 className="font-medium">Export</h3>
            <p className="mt-0.5 mb-2 text-muted">
              One zip with the original pictures, labels, splits, metadata and embeddings, and a
              checksum of each. Any Lookalike can import it.
              {importedCount > 0 && ` About ${size}, and the embeddings.`}
            </p>
            <a className="link" href={`/datasets/${dataset.id}/bundle`} download>
              Export {formatNumberOf(importedCount, 'image')}
            </a>
          </div>
          <div>
            <h3 className="font-medium">Delete</h3>
            <p className="mt-0.5 mb-2 text-muted">
              With every image, run and model of it, for good.
              {status === 'IMPORTING' && ' The import has to end first.'}
            </p>
            <DeleteDataset
              dataset={dataset}
              look="button"
              onDeleted={() => router.push('/datasets')}
            />
          </div>
        </div>
      </div>
    </Section>
  );
}
