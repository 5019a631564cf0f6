'use client';

import { useSearchParams } from 'next/navigation';
import { addressWith } from '../../lib/url-state';
import { PageHeader } from '../elements/page-header';
import { StateLink } from '../elements/state-link';
import { NoModel } from '../search/no-model';
import { WithDataset } from '../shell/with-dataset';
import { LabelReview } from './label-review';

const TABS = [
  { tab: null, title: 'Suspected errors' },
  { tab: 'suggested', title: 'Suggestions' },
] as const;

/** What the neighbours of images say of their labels, and the way to take their word for it. */
export function LabelsPage() {
  const params = useSearchParams();
  const suspected = params.get('tab') !== 'suggested';
  return (
    <>
      <PageHeader title="Labels">
        {suspected
          ? 'Images whose ten nearest labelled neighbours, under the active model, favour another label: mistakes, perhaps.'
          : 'Images without a label, with the one that their ten nearest labelled neighbours bear.'}
      </PageHeader>
      <WithDataset>
        {(dataset) =>
          dataset.activeModel ? (
            <div className="flex flex-col gap-4">
              <nav aria-label="Kinds of proposals" className="flex flex-wrap gap-1">
                {TABS.map(({ tab, title }) => (
                  <StateLink
                    key={title}
                    href={addressWith('/labels', '', { tab })}
                    aria-current={(tab === null) === suspected ? 'page' : undefined}
                    className="rounded-md border border-transparent px-3 py-1.5 text-sm text-muted hover:bg-sunken aria-[current=page]:border-accent aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent"
                  >
                    {title}
                  </StateLink>
                ))}
              </nav>
              <LabelReview
                key={`${dataset.id} ${dataset.activeModel.id} ${suspected}`}
                datasetId={dataset.id}
                suspected={suspected}
              />
            </div>
          ) : (
            <NoModel dataset={dataset} />
          )
        }
      </WithDataset>
    </>
  );
}
