import Link from 'next/link';
import type { TrainingWarningCode } from '../../gql/graphql';
import type { Proposal } from './launch-documents';

/** Where what a warning is about can be changed: on this form, or in the dataset. */
const WAYS: Record<TrainingWarningCode, { readonly href: string; readonly title: string }> = {
  FEW_IMAGES: { href: '/dataset/import', title: 'Add pictures' },
  MIXED_SHAPES: { href: '#input-fit', title: 'Choose the fit' },
  MIXED_COLOURS: { href: '#input-channels', title: 'Choose the channels' },
  SMALL_IMAGES: { href: '#input-width', title: 'Choose a smaller size' },
  NO_TEST_IMAGES: { href: '/dataset', title: 'Set the split of pictures' },
  NO_LABELS: { href: '/dataset', title: 'Label pictures' },
  ONE_LABEL: { href: '/dataset', title: 'Label pictures' },
};

/** What speaks against training now, each with a way to do something about it. */
export function TrainingWarnings({ warnings }: { warnings: Proposal['warnings'] }) {
  if (warnings.length === 0) return null;
  return (
    <section
      aria-label="Before you start"
      className="rounded-lg border border-warning bg-warning-soft px-4 py-3 text-sm"
    >
      <h2 className="font-semibold">Before you start</h2>
      <ul className="mt-2 flex list-disc flex-col gap-2 pl-5">
        {warnings.map(({ code, message }) => {
          const { href, title } = WAYS[code];
          return (
            <li key={code}>
              {message}{' '}
              {href.startsWith('#') ? (
                <button
                  type="button"
                  className="link"
                  onClick={() => document.getElementById(href.slice(1))?.focus()}
                >
                  {title}
                </button>
              ) : (
                <Link className="link" href={href}>
                  {title}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
