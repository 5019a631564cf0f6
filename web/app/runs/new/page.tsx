import type { Metadata } from 'next';
import { LaunchPage } from '../../../components/runs/launch-page';

export const metadata: Metadata = { title: 'New training run' };

export default function Page() {
  return <LaunchPage />;
}
