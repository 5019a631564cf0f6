import type { Side } from '../../lib/examples-tray';

/** What a picture is taken for. */
export type Purpose = 'QUERY' | Side;

const ZONES: readonly { readonly purpose: Purpose; readonly title: string }[] = [
  { purpose: 'QUERY', title: 'Drop the picture to search from it' },
  { purpose: 'LIKE', title: '+ More like it, too' },
  { purpose: 'UNLIKE', title: '− Less like it' },
];

/** Where a picture can be dropped while it is dragged over the page. */
export function DropZones({ several }: { several: boolean }) {
  return (
    <div className="fixed inset-3 z-30 flex flex-col gap-3 sm:flex-row">
      {ZONES.slice(0, several ? 3 : 1).map(({ purpose, title }) => (
        <div
          key={purpose}
          data-purpose={purpose}
          className="grid flex-1 place-items-center rounded-xl border-2 border-dashed border-accent bg-accent-soft/90 p-3 text-center text-lg font-semibold text-accent hover:bg-accent-soft"
        >
          {title}
        </div>
      ))}
    </div>
  );
}
