import type { RunStatus } from '../../gql/graphql';
import { STATUS_WORDS } from '../../lib/run-words';
import { Badge } from '../elements/badge';

const SIGNS: Record<RunStatus, string> = {
  QUEUED: '◌',
  RUNNING: '▶',
  INTERRUPTED: '⟳',
  SUCCEEDED: '✓',
  FAILED: '✕',
  CANCELLED: '◼',
};

const TONES = {
  QUEUED: 'neutral',
  RUNNING: 'accent',
  INTERRUPTED: 'warning',
  SUCCEEDED: 'accent',
  FAILED: 'danger',
  CANCELLED: 'neutral',
} as const;

export function StatusBadge({ status }: { status: RunStatus }) {
  return (
    <Badge tone={TONES[status]}>
      <span aria-hidden>{SIGNS[status]}</span>
      {STATUS_WORDS[status]}
    </Badge>
  );
}
