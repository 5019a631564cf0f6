'use client';

import { useId } from 'react';
import { keptOf, surplusOf } from '../../lib/duplicate-choice';
import { formatNumberOf } from '../../lib/format';
import { Badge } from '../elements/badge';
import { DeletePictures } from '../elements/delete-pictures';
import { GroupPicture } from './group-picture';
import type { Group } from './scan-documents';

/** Pictures that are alike, side by side; one of them is kept. */
export function GroupCard({
  group,
  chosen,
  onKeep,
  onDeleted,
}: {
  group: Group;
  chosen: ReadonlySet<string>;
  onKeep: (id: string, group: Group['images']) => void;
  onDeleted: (ids: readonly string[]) => void;
}) {
  const name = useId();
  const { kind, distance, images } = group;
  const kept = keptOf(images, chosen);
  const surplus = surplusOf([group], chosen);
  return (
    <li data-testid="duplicate-group" className="card min-w-0">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <p id={name} className="flex flex-wrap items-center gap-2 text-sm">
          <Badge tone={kind === 'EXACT' ? 'accent' : 'neutral'}>
            {kind === 'EXACT' ? 'The same bytes' : 'Nearly alike'}
          </Badge>
          {formatNumberOf(images.length, 'picture')}
          {kind === 'NEAR' && (
            <span className="text-muted">distance up to {distance.toFixed(4)}</span>
          )}
        </p>
        <DeletePictures
          ids={surplus}
          what="of this group, all but the kept one,"
          onDeleted={onDeleted}
        >
          Delete all but the kept one
        </DeletePictures>
      </div>
      <ul
        role="radiogroup"
        aria-labelledby={name}
        className="grid grid-cols-2 gap-3 min-[30rem]:grid-cols-3 lg:grid-cols-4 xl:grid-cols-6"
      >
        {images.map((image) => (
          <GroupPicture
            key={image.id}
            image={image}
            group={name}
            kept={image.id === kept}
            onKeep={() => onKeep(image.id, images)}
          />
        ))}
      </ul>
    </li>
  );
}
