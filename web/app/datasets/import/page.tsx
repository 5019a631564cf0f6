import type { Metadata } from 'next';
import { BundlePage } from '../../../components/import/bundle-page';

export const metadata: Metadata = { title: 'Import a bundle' };

export default function Page() {
  return <BundlePage />;
}
