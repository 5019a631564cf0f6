'use client';

import { useState } from 'react';
import { formatLoss, formatScore } from '../../lib/format';
import type { RunEpoch } from '../../lib/run-documents';
import { MEASURE_NAMES, validationWords } from '../../lib/validation-words';
import { EpochCurve } from '../charts/epoch-curve';
import { Section } from '../elements/section';

/** Loss and validation score of every epoch, one below the other on the same axis of epochs. */
export function TrainingCurves({
  epochs,
  epochCount,
  bestEpoch,
  going,
}: {
  epochs: readonly RunEpoch[];
  epochCount: number;
  bestEpoch: number | null;
  /** Whether more epochs may come. */
  going: boolean;
}) {
  const [pointed, setPointed] = useState<number | null>(null);
  const newest = epochs.findLast(({ validation }) => validation)?.validation;
  const scores = epochs.flatMap(({ epoch, validation }) =>
    validation && validation.measure === newest?.measure
      ? [{ epoch, value: validation.value }]
      : [],
  );
  const common = { epochCount, pointed, onPoint: setPointed };
  return (
    <Section
      title="Loss"
      hint="What training makes small, the sum over the batches of each epoch, and below it how well the neighbours are."
    >
      {epochs.length === 0 && !going ? (
        <p className="text-sm text-muted">This run ended before its first epoch.</p>
      ) : (
        <EpochCurve
          {...common}
          name="Loss"
          points={epochs.map(({ epoch, loss }) => ({ epoch, value: loss }))}
          height={240}
          format={formatLoss}
        />
      )}
      {newest && (
        <>
          <h3 className="mt-4 text-sm font-semibold">Validation {MEASURE_NAMES[newest.measure]}</h3>
          <p className="mb-2 text-sm text-muted">{validationWords(newest)}</p>
          <EpochCurve
            {...common}
            name={MEASURE_NAMES[newest.measure]}
            points={scores}
            best={bestEpoch}
            height={160}
            format={formatScore}
          />
        </>
      )}
    </Section>
  );
}
