import { formatScore } from '../../lib/format';
import { MEASURE_NAMES } from '../../lib/validation-words';
import { OverlaidCurves } from '../charts/overlaid-curves';
import { SERIES_LOOKS } from '../charts/series-looks';
import { Section } from '../elements/section';
import type { SweepSetting } from './sweep-documents';

/** The validation scores over each other, of as many of the best as can be told apart. */
export function SweepCurves({ settings }: { settings: readonly SweepSetting[] }) {
  const measure = settings.find(({ score }) => score)?.score?.measure;
  if (!measure) return null;
  const curves = settings
    .map(({ run }) => ({
      name: `Run ${run.id}`,
      points: run.epochs.flatMap(({ epoch, validation }) =>
        validation?.measure === measure ? [{ epoch, value: validation.value }] : [],
      ),
    }))
    .filter(({ points }) => points.length > 0);
  if (curves.every(({ points }) => points.length < 2)) return null;
  const shown = curves.slice(0, SERIES_LOOKS.length).map((curve, look) => ({ ...curve, look }));
  const left = curves.length - shown.length;
  return (
    <Section
      title={`${MEASURE_NAMES[measure]} by epoch`}
      hint={
        left > 0 ? `Of the ${shown.length} best; ${left} more are in the ranking alone.` : undefined
      }
    >
      <OverlaidCurves title={MEASURE_NAMES[measure]} format={formatScore} curves={shown} />
    </Section>
  );
}
