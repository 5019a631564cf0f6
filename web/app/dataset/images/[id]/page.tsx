import type { Metadata } from 'next';
import { ImageDetail } from '../../../../components/dataset/image-detail';

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Image ${(await params).id}` };
}

export default async function Page({ params }: PageProps) {
  const { id } = await params;
  return <ImageDetail key={id} id={id} />;
}

interface PageProps {
  readonly params: Promise<{ id: string }>;
}
