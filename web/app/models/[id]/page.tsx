import type { Metadata } from 'next';
import { ModelPage } from '../../../components/models/model-page';

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Model ${(await params).id}` };
}

export default async function Page({ params }: PageProps) {
  const { id } = await params;
  return <ModelPage key={id} id={id} />;
}

interface PageProps {
  readonly params: Promise<{ id: string }>;
}
