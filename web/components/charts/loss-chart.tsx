'use client';

import { useState } from 'react';
import { formatLoss } from '../../lib/format';
import { EpochCurve } from './epoch-curve';

interface LossPoint {
  readonly epoch: number;
  readonly loss: number;
}

const HEIGHT = 240;

/** The loss after each epoch as a curve. The numbers stand in a table beside it. */
export function LossChart({
  points,
  epochCount,
}: {
  points: readonly LossPoint[];
  epochCount: number;
}) {
  const [pointed, setPointed] = useState<number | null>(null);
  if (points.length === 0)
    return <p className="text-sm text-muted">This run ended before its first epoch.</p>;
  return (
    <EpochCurve
      name="Loss"
      points={points.map(({ epoch, loss }) => ({ epoch, value: loss }))}
      epochCount={epochCount}
      height={HEIGHT}
      format={formatLoss}
      pointed={pointed}
      onPoint={setPointed}
    />
  );
}
