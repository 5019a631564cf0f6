import Link from 'next/link';
import { formatFixed } from '../../lib/format';
import { movesOf, SHOWN, SOUGHT, type Move } from '../../lib/model-comparison';
import { Badge } from '../elements/badge';
import { Picture } from '../elements/picture';
import type { ComparedAnswer } from './comparison-documents';

/** Of a row, in pixels: the lines between the columns are drawn by it. */
const ROW = 64;

/** The ten nearest under two models, joined by lines where they are the same. */
export function MovedNeighbours({
  one,
  other,
  label,
}: {
  one: ComparedAnswer;
  other: ComparedAnswer;
  /** Of the query, if it has one. */
  label: string | null;
}) {
  const moves = movesOf(one.neighbours, other.neighbours);
  return (
    <div className="grid grid-cols-2 gap-x-2 sm:grid-cols-[minmax(0,1fr)_5rem_minmax(0,1fr)] sm:gap-x-0">
      <Column answer={one} moves={moves} label={label} otherId={other.model.id} isLeft />
      <Lines moves={moves} />
      <Column
        answer={other}
        moves={movesOf(other.neighbours, one.neighbours)}
        label={label}
        otherId={one.model.id}
      />
    </div>
  );
}

function Lines({ moves }: { moves: readonly Move[] }) {
  const height = SHOWN * ROW;
  const middle = (rank: number) => (rank - 0.5) * ROW;
  return (
    <svg
      aria-hidden
      width="100%"
      height={height}
      viewBox={`0 0 100 ${height}`}
      preserveAspectRatio="none"
      className="hidden self-end sm:block"
    >
      {moves.map(({ otherRank }, place) =>
        otherRank !== null && otherRank <= SHOWN ? (
          <line
            key={place}
            x1={4}
            x2={96}
            y1={middle(place + 1)}
            y2={middle(otherRank)}
            vectorEffect="non-scaling-stroke"
            strokeWidth={2}
            className={otherRank === place + 1 ? 'stroke-line-strong' : 'stroke-accent'}
          />
        ) : null,
      )}
    </svg>
  );
}

function Column({
  answer: { model, neighbours },
  moves,
  label,
  otherId,
  isLeft = false,
}: {
  answer: ComparedAnswer;
  moves: readonly Move[];
  label: string | null;
  otherId: string;
  /** Of the lines: its pictures stand beside them. */
  isLeft?: boolean;
}) {
  const mirrored = isLeft ? 'sm:flex-row-reverse sm:text-right' : '';
  const title = `Model ${model.id}`;
  return (
    <div className="min-w-0">
      <h3 className={`mb-2 flex flex-wrap items-center gap-x-2 text-sm font-semibold ${mirrored}`}>
        <Link className="link" href={`/models/${model.id}`}>
          {title}
        </Link>
        {model.active && <Badge tone="accent">✓ Active</Badge>}
        <span className="truncate text-xs font-normal text-muted">{model.architecture}</span>
      </h3>
      <ol aria-label={`Neighbours under model ${model.id}`}>
        {neighbours.slice(0, SHOWN).map(({ rank, similarity, image }, place) => (
          <li
            key={image.id}
            data-testid="compared-neighbour"
            style={{ height: ROW }}
            className={`flex items-center gap-2.5 text-sm ${mirrored}`}
          >
            <span className="w-5 shrink-0 text-right text-muted">{rank}</span>
            <Picture url={image.thumbnailUrl} alt="" size={52} eager className="size-13 shrink-0" />
            <span className="min-w-0 leading-tight">
              <span className={`flex items-baseline gap-1.5 ${isLeft ? 'sm:justify-end' : ''}`}>
                <Link className="truncate hover:underline" href={`/dataset/images/${image.id}`}>
                  {image.label ?? `Image ${image.id}`}
                </Link>
                <Agreement label={image.label ?? null} queryLabel={label} />
              </span>
              <span className="block truncate text-xs text-muted">
                <span className="hidden md:inline">{formatFixed(similarity, 3)} · </span>
                <MoveWords rank={rank} move={moves[place]} otherId={otherId} />
              </span>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Where the other model has it: a sign beside the words. */
function MoveWords({
  rank,
  move,
  otherId,
}: {
  rank: number;
  move: Move | undefined;
  otherId: string;
}) {
  const there = move?.otherRank ?? null;
  const where = `under model ${otherId}`;
  if (there === null)
    return <span title={`Not among the first ${SOUGHT} ${where}`}>∅ &gt; {SOUGHT}</span>;
  if (there === rank) return <span title={`The same rank ${where}`}>= same rank</span>;
  return (
    <span title={`Rank ${there} ${where}`} className={there > SHOWN ? '' : 'text-ink'}>
      {there > rank ? '▼' : '▲'} {there}
      <span className="sr-only"> {where}</span>
    </span>
  );
}

function Agreement({ label, queryLabel }: { label: string | null; queryLabel: string | null }) {
  if (queryLabel === null || label === null) return null;
  const same = label === queryLabel;
  return (
    <span className={`font-semibold ${same ? 'text-accent' : 'text-warning'}`}>
      <span aria-hidden>{same ? '✓' : '≠'}</span>
      <span className="sr-only">{same ? ', same label' : ', other label'}</span>
    </span>
  );
}
