import type { Metadata } from 'next';
import Link from 'next/link';
import { EmptyState } from '../components/elements/empty-state';

export const metadata: Metadata = { title: 'No such page' };

export default function NotFound() {
  return (
    <EmptyState heading="h1" title="There is no such page">
      <p>
        The address may be mistyped.{' '}
        <Link className="link" href="/search">
          Go to the search
        </Link>
      </p>
    </EmptyState>
  );
}
