import Link from 'next/link';
import { formatBytes, formatDateTime } from '../../lib/format';
import { Picture } from '../elements/picture';
import type { GroupImage } from './scan-documents';

/** One picture of a group, with what tells it from the others, and whether it is kept. */
export function GroupPicture({
  image,
  group,
  kept,
  onKeep,
}: {
  image: GroupImage;
  /** What the choices of the group have in common. */
  group: string;
  kept: boolean;
  onKeep: () => void;
}) {
  const { id, thumbnailUrl, name, label, width, height, format, byteLength, addedAt } = image;
  return (
    <li
      role="presentation"
      className={`flex min-w-0 flex-col gap-1.5 rounded-lg border p-2 text-xs ${kept ? 'border-accent bg-accent-soft' : 'border-line'}`}
    >
      <Link href={`/dataset/images/${id}`} prefetch={false} className="block rounded-md">
        <Picture
          url={thumbnailUrl}
          alt={`Image ${id}`}
          size={168}
          className={`aspect-square h-auto w-full ${kept ? '' : 'opacity-75'}`}
        />
      </Link>
      <label className="flex min-h-6 items-center gap-1.5 text-sm font-medium">
        <input
          type="radio"
          name={group}
          checked={kept}
          onChange={onKeep}
          aria-label={`Keep image ${id}`}
          className="size-4 accent-accent"
        />
        {kept ? 'Kept' : 'Keep'}
      </label>
      <p className="truncate" title={name}>
        {name}
      </p>
      <p className="text-muted">
        <span className="block truncate">{label ?? 'No label'}</span>
        {width}×{height} {format}, {formatBytes(byteLength)}
        <span className="block">added {formatDateTime(addedAt)}</span>
      </p>
    </li>
  );
}
