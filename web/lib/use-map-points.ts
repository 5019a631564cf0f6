import { useEffect, useState } from 'react';
import { readMapPoints, type MapPoints } from './map-points';

interface Loaded {
  readonly url: string;
  readonly points: MapPoints | null;
  readonly problem: string | null;
}

/** The points of the map at an address, which never change; `problem` says why they cannot be had. */
export function useMapPoints(url: string): Omit<Loaded, 'url'> & { readonly retry: () => void } {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const left = new AbortController();
    loadPoints(url, left.signal).then(
      (points) => setLoaded({ url, points, problem: null }),
      (thrown: unknown) => {
        if (left.signal.aborted) return;
        setLoaded({ url, points: null, problem: thrown instanceof Error ? thrown.message : '' });
      },
    );
    return () => left.abort();
  }, [url, attempt]);
  const current = loaded?.url === url ? loaded : null;
  return {
    points: current?.points ?? null,
    problem: current?.problem ?? null,
    retry: () => {
      setLoaded(null);
      setAttempt(attempt + 1);
    },
  };
}

async function loadPoints(url: string, signal: AbortSignal): Promise<MapPoints> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error((await response.text()).trim() || 'The map cannot be read.');
  const points = readMapPoints(await response.arrayBuffer());
  if (!points) throw new Error('The map is not one that this page can read. Draw it again.');
  return points;
}
