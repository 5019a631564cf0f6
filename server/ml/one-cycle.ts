/** Share of the training in which the rate rises. */
const RISING = 0.2;
/** Of the peak: what is left at the end. */
const LAST = 1e-3;

/**
 * The learning rate after this share of the training, by one cycle: up in a line, down along a cosine
 * (Smith, Topin: Super-Convergence, arXiv:1708.07120).
 * @param done 0 to 1
 */
export function oneCycle(peak: number, done: number): number {
  if (done < RISING) return (peak * done) / RISING;
  const falling = Math.min(1, (done - RISING) / (1 - RISING));
  return peak * (LAST + ((1 - LAST) * (1 + Math.cos(Math.PI * falling))) / 2);
}
