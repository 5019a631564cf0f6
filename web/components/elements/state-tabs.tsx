import { StateLink } from './state-link';

/** Links to states of a page, side by side, the present one marked. */
export function StateTabs({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { readonly title: string; readonly href: string; readonly isCurrent: boolean }[];
}) {
  return (
    <nav aria-label={label} className="flex flex-wrap gap-1">
      {tabs.map(({ title, href, isCurrent }) => (
        <StateLink
          key={title}
          href={href}
          aria-current={isCurrent ? 'page' : undefined}
          className="rounded-md border border-transparent px-3 py-1.5 text-sm text-muted hover:bg-sunken aria-[current=page]:border-accent aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent"
        >
          {title}
        </StateLink>
      ))}
    </nav>
  );
}
