'use client';

import Link from 'next/link';
import { useQuery } from 'urql';
import { formatDateTime } from '../../lib/format';
import { dialWords } from '../../lib/sweep-words';
import { useInterval } from '../../lib/use-interval';
import { Facts } from '../elements/facts';
import { PageHeader } from '../elements/page-header';
import { PagePending } from '../elements/page-pending';
import { Section } from '../elements/section';
import { Hyperparameters } from '../runs/hyperparameters';
import { SweepActions } from './sweep-actions';
import { SweepBadge } from './sweep-badge';
import { SweepCurves } from './sweep-curves';
import { SweepDocument, type ShownSweep } from './sweep-documents';
import { SweepProgress } from './sweep-progress';
import { SweepRanking } from './sweep-ranking';

/** A sweep as it goes on, and afterwards what came of it. */
export function SweepPage({ id }: { id: string }) {
  const [{ data, error }, ask] = useQuery({
    query: SweepDocument,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const refresh = () => ask({ requestPolicy: 'network-only' });
  useInterval(refresh, data?.sweep.status === 'RUNNING' ? 2_000 : null);
  if (!data) {
    return (
      <PagePending
        title={`Sweep ${id}`}
        what="the sweep"
        error={error}
        onRetry={refresh}
        back={{ href: '/sweeps', title: 'All sweeps' }}
      />
    );
  }
  const { sweep, architectures } = data;
  const architecture = architectures.find(({ name }) => name === sweep.architecture);
  const titles = new Map(architecture?.hyperparameters.map(({ name, title }) => [name, title]));
  return (
    <>
      <SweepHeader sweep={sweep} title={architecture?.title} onChange={refresh} />
      <div className="flex flex-col gap-5">
        <SweepProgress sweep={sweep} titles={titles} onActivated={refresh} />
        <SweepRanking sweep={sweep} titles={titles} />
        <SweepCurves settings={sweep.settings} />
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Section title="Dials that differ">
            <Facts
              facts={sweep.dials.map((dial) => [
                titles.get(dial.name) ?? dial.name,
                dialWords(dial),
              ])}
            />
          </Section>
          <Section title="What all settings have in common">
            <Hyperparameters architecture={sweep.architecture} values={sweep.hyperparameters} />
          </Section>
        </div>
      </div>
    </>
  );
}

function SweepHeader({
  sweep,
  title,
  onChange,
}: {
  sweep: ShownSweep;
  /** Of the architecture. */
  title: string | undefined;
  onChange: () => void;
}) {
  return (
    <PageHeader
      title={
        <>
          Sweep {sweep.id}
          <span data-testid="sweep-status" className="inline-flex">
            <SweepBadge status={sweep.status} />
          </span>
        </>
      }
      actions={<SweepActions sweep={sweep} onChange={onChange} />}
    >
      {title ?? sweep.architecture} on{' '}
      <Link className="link" href={`/dataset?dataset=${sweep.dataset.id}`}>
        {sweep.dataset.title}
      </Link>
      , started {formatDateTime(sweep.createdAt)}
    </PageHeader>
  );
}
