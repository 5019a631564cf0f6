import type { SweepStatus } from '../../gql/graphql';
import { SWEEP_STATUS_WORDS } from '../../lib/sweep-words';
import { Badge } from '../elements/badge';

const SIGNS: Record<SweepStatus, string> = {
  RUNNING: '▶',
  FINISHED: '✓',
  BUDGET_USED: '⧗',
  CANCELLED: '◼',
};

export function SweepBadge({ status }: { status: SweepStatus }) {
  const isGood = status === 'RUNNING' || status === 'FINISHED';
  return (
    <Badge tone={isGood ? 'accent' : 'neutral'}>
      <span aria-hidden>{SIGNS[status]}</span>
      {SWEEP_STATUS_WORDS[status]}
    </Badge>
  );
}
