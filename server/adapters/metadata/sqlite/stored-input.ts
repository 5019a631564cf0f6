import type { InputSpec } from '../../../domain/model.js';

/** What models from before these could be chosen were trained with. */
const EARLIER: Pick<InputSpec, 'fit' | 'background' | 'scaling'> = {
  fit: 'CONTAIN',
  background: '#000000',
  scaling: 'UNIT',
};

/** Reads a stored input, and completes one from before there was a choice of fit and scaling. */
export function inputOf(json: string): InputSpec {
  return { ...EARLIER, ...(JSON.parse(json) as InputSpec) };
}
