'use client';

import { useMutation } from 'urql';
import { formatCount, formatPercent } from '../../lib/format';
import { Button } from '../elements/button';
import { ErrorNote } from '../elements/error-note';
import { ProgressBar } from '../elements/progress-bar';
import { CancelDuplicateScanDocument, type Scan } from './scan-documents';

/** How far a look for duplicates is. */
export function ScanProgress({
  datasetId,
  scan,
  onChange,
}: {
  datasetId: string;
  scan: Scan;
  onChange: () => void;
}) {
  const [{ fetching, error }, cancel] = useMutation(CancelDuplicateScanDocument);
  const share = scan.total > 0 ? scan.done / scan.total : 0;
  return (
    <section aria-label="Progress" className="card flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm">
        <p>
          <span className="font-semibold">Looking for duplicates</span>{' '}
          <span className="text-muted">
            {formatCount(scan.done)} of {formatCount(scan.total)} images
          </span>
        </p>
        <Button
          disabled={fetching}
          onClick={() => {
            void cancel({ datasetId }).then(onChange);
          }}
        >
          {fetching ? 'Cancelling …' : 'Cancel'}
        </Button>
      </div>
      <ProgressBar value={share} label="Images looked at" />
      <p role="status" className="sr-only">
        {/* Announced every tenth, not every image. */}
        {formatPercent(Math.floor(share * 10) / 10)} done
      </p>
      {error && <ErrorNote error={error} />}
    </section>
  );
}
