import { useEffect, useEffectEvent, useState } from 'react';
import { resized, wholeView, zoomed, type MapView, type Size } from './map-view';

/** How much a notch of the wheel zooms: e to the power of its pixels times this. */
const WHEEL = 0.0016;

/** What is seen of a map in a frame, whose size may change; the wheel zooms at the pointer. */
export function useMapView(): {
  readonly frame: (element: HTMLElement | null) => void;
  readonly size: Size;
  readonly view: MapView;
  readonly setView: (view: MapView) => void;
  readonly whole: () => void;
} {
  const [element, frame] = useState<HTMLElement | null>(null);
  const [{ size, view }, setState] = useState<{ size: Size; view: MapView }>({
    size: { width: 0, height: 0 },
    view: { scale: 1, left: 0, top: 0 },
  });
  const setView = (next: MapView) => setState({ size, view: next });
  const onResize = useEffectEvent((next: Size) => {
    const isFirst = size.width === 0 || size.height === 0;
    setState({ size: next, view: isFirst ? wholeView(next) : resized(view, size, next) });
  });
  const onWheel = useEffectEvent((event: WheelEvent) => {
    // The page would scroll; React's own listener could not keep it from that.
    event.preventDefault();
    if (!element) return;
    const { left, top } = element.getBoundingClientRect();
    // Pinching on a touch pad comes as a wheel with Ctrl, in small steps.
    const factor = Math.exp(-event.deltaY * WHEEL * (event.ctrlKey ? 6 : 1));
    setView(zoomed(view, size, event.clientX - left, event.clientY - top, factor));
  });
  useEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      if (width > 0 && height > 0) onResize({ width, height });
    });
    observer.observe(element);
    const wheel = (event: WheelEvent) => onWheel(event);
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener('wheel', wheel);
    };
  }, [element]);
  return { frame, size, view, setView, whole: () => setView(wholeView(size)) };
}
