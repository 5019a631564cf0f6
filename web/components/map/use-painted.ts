'use client';

import { useEffect, useMemo, useRef, type RefObject } from 'react';
import { paintPoints } from '../../lib/map-painting';
import type { MapPoints } from '../../lib/map-points';
import type { MapView, Size } from '../../lib/map-view';

/** Sharper than this no screen needs the points, and each step costs more pixels. */
const MAX_DENSITY = 2;

/** Keeps a canvas painted as the map stands, once a frame at most. */
export function usePainted({
  points,
  hidden,
  selected,
  view,
  size,
}: {
  points: MapPoints;
  hidden: ReadonlySet<number>;
  selected: readonly number[];
  view: MapView;
  size: Size;
}): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const marks = useMemo(() => {
    if (selected.length === 0) return null;
    const marked = new Uint8Array(points.count);
    for (const point of selected) marked[point] = 1;
    return marked;
  }, [points, selected]);
  useEffect(() => {
    const paint = requestAnimationFrame(() => {
      const context = canvas.current?.getContext('2d');
      if (!canvas.current || !context || size.width === 0) return;
      const density = Math.min(MAX_DENSITY, window.devicePixelRatio || 1);
      const width = Math.round(size.width * density);
      const height = Math.round(size.height * density);
      if (canvas.current.width !== width) canvas.current.width = width;
      if (canvas.current.height !== height) canvas.current.height = height;
      const picture = context.createImageData(width, height);
      const pixels = new Uint32Array(picture.data.buffer);
      const dense = {
        scale: view.scale * density,
        left: view.left * density,
        top: view.top * density,
      };
      paintPoints(
        pixels,
        { width, height },
        {
          ...{ points, hidden, density, selected: marks, view: dense },
        },
      );
      context.putImageData(picture, 0, 0);
    });
    return () => cancelAnimationFrame(paint);
  }, [points, hidden, marks, view, size]);
  return canvas;
}
