import type { Metadata } from 'next';
import { SweepPage } from '../../../components/sweeps/sweep-page';

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Sweep ${(await params).id}` };
}

export default async function Page({ params }: PageProps) {
  const { id } = await params;
  return <SweepPage key={id} id={id} />;
}

interface PageProps {
  readonly params: Promise<{ id: string }>;
}
