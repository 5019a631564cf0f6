import type { StopReason, SweepStatus } from '../gql/graphql';
import { formatValue } from './format';

export const SWEEP_STATUS_WORDS: Record<SweepStatus, string> = {
  RUNNING: 'Going on',
  FINISHED: 'Finished',
  BUDGET_USED: 'Time used up',
  CANCELLED: 'Cancelled',
};

export const STOP_WORDS: Record<StopReason, string> = {
  LAGGING: 'stopped by its sweep: it lagged behind the others',
  BUDGET: 'stopped by its sweep: the time was used up',
};

interface Stopped {
  readonly stopReason?: StopReason | null;
  readonly epochsDone: number;
}

/** `Lagged, stopped after epoch 3`, or null where its sweep has let it be. */
export function stopWords({ stopReason, epochsDone }: Stopped): string | null {
  if (!stopReason) return null;
  if (stopReason === 'LAGGING') return `Lagged, stopped after epoch ${epochsDone}`;
  return epochsDone === 0
    ? 'Not begun: the time was used up'
    : `Time used up, stopped after epoch ${epochsDone}`;
}

interface Dial {
  readonly values?: readonly number[] | null;
  readonly range?: { readonly low: number; readonly high: number; readonly scale: string } | null;
}

/** `0.1, 0.05` or `from 0.001 to 0.1, logarithmic` */
export function dialWords({ values, range }: Dial): string {
  if (values) return values.map(formatValue).join(', ');
  if (!range) return '';
  const words = `from ${formatValue(range.low)} to ${formatValue(range.high)}`;
  return range.scale === 'LOG' ? `${words}, logarithmic` : words;
}

/** The first with a model, of settings in their ranking: the one to activate; null where none has. */
export function winnerOf<
  Setting extends {
    readonly rank?: number | null;
    readonly run: { readonly model?: { readonly id: string } | null };
  },
>(settings: readonly Setting[]): Setting | null {
  const withModel = settings.filter(({ run }) => run.model);
  return withModel.find(({ rank }) => typeof rank === 'number') ?? withModel[0] ?? null;
}
