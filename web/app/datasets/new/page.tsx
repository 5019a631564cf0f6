import type { Metadata } from 'next';
import { NewDatasetPage } from '../../../components/datasets/new-dataset-page';

export const metadata: Metadata = { title: 'New dataset' };

export default function Page() {
  return <NewDatasetPage />;
}
