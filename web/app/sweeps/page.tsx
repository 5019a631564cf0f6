import type { Metadata } from 'next';
import { SweepsPage } from '../../components/sweeps/sweeps-page';

export const metadata: Metadata = { title: 'Sweeps' };

export default function Page() {
  return <SweepsPage />;
}
