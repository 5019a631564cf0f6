import { useEffect, useEffectEvent } from 'react';

/** Calls back every so many milliseconds while the page is seen; null stops. */
export function useInterval(callback: () => void, milliseconds: number | null): void {
  const onTick = useEffectEvent(callback);
  useEffect(() => {
    if (milliseconds === null) return;
    const timer = setInterval(() => {
      if (!document.hidden) onTick();
    }, milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}
