'use client';

import { useSearchParams } from 'next/navigation';
import { addressWith } from '../../lib/url-state';
import { PageHeader } from '../elements/page-header';
import { StateTabs } from '../elements/state-tabs';
import { NoModel } from '../search/no-model';
import { WithDataset } from '../shell/with-dataset';
import { LabelReview } from './label-review';
import { TakenAtWord } from './taken-at-word';

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
              <StateTabs
                label="Kinds of proposals"
                tabs={TABS.map(({ tab, title }) => ({
                  title,
                  href: addressWith('/labels', '', { tab }),
                  isCurrent: (tab === null) === suspected,
                }))}
              />
              {suspected && <TakenAtWord datasetId={dataset.id} modelId={dataset.activeModel.id} />}
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
