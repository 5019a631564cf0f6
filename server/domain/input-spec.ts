import { LookalikeError } from './errors.js';
import type { PictureFacts } from './image.js';
import { FITS, SCALINGS, type InputSpec } from './model.js';

/** Sides that the networks can take, in pixels. */
export const MIN_SIDE = 28;
export const MAX_SIDE = 160;

const BACKGROUND = /^#[0-9a-f]{6}$/;

/** How pictures were prepared before a model could say so; all were as large as their input. */
const FIRST_PREPARATION = { fit: 'CONTAIN', background: '#000000', scaling: 'UNIT' } as const;

/** An input as it may be stored: those from before pictures could be fitted lack how that is done. */
export type StoredInput = Pick<InputSpec, 'width' | 'height' | 'channels'> & Partial<InputSpec>;

/** What somebody asks for; what is missing or null is left to a proposal. */
export type GivenInput = {
  readonly [Name in keyof InputSpec]?: InputSpec[Name] | null | undefined;
};

/** A stored input with what it may lack. */
export function inputSpecOf(stored: StoredInput): InputSpec {
  return { ...FIRST_PREPARATION, ...stored };
}

/** What a network for images like this one is fed: its own size, within what networks can take. */
export function inputSpecFor({
  width,
  height,
  channels,
}: Pick<PictureFacts, 'width' | 'height' | 'channels'>): InputSpec {
  return {
    width: sideWithin(width),
    height: sideWithin(height),
    channels: channels === 1 ? 1 : 3,
    ...FIRST_PREPARATION,
  };
}

/** Numbers in one picture that a network is fed. */
export function inputLength({
  width,
  height,
  channels,
}: Pick<InputSpec, 'width' | 'height' | 'channels'>): number {
  return width * height * channels;
}

/**
 * What is given, and of the proposal what is not.
 * @throws LookalikeError INPUT_INVALID, naming everything that is out of range
 */
export function completeInput(given: GivenInput, proposed: InputSpec): InputSpec {
  const input: InputSpec = {
    width: given.width ?? proposed.width,
    height: given.height ?? proposed.height,
    channels: given.channels ?? proposed.channels,
    fit: given.fit ?? proposed.fit,
    background: (given.background ?? proposed.background).toLowerCase(),
    scaling: given.scaling ?? proposed.scaling,
  };
  const faults = faultsOf(input);
  if (faults.length === 0) return input;
  throw new LookalikeError('INPUT_INVALID', `The input of the network: ${faults.join('; ')}.`);
}

function faultsOf(input: InputSpec): string[] {
  const { channels, fit, background, scaling } = input;
  const sides = (['width', 'height'] as const).flatMap((name) => {
    const side = input[name];
    const inRange = Number.isInteger(side) && side >= MIN_SIDE && side <= MAX_SIDE;
    return inRange
      ? []
      : [`${name} must be a whole number from ${MIN_SIDE} to ${MAX_SIDE}, not ${side}`];
  });
  const rest: readonly (readonly [boolean, string])[] = [
    [channels === 1 || channels === 3, `channels must be 1 or 3, not ${channels}`],
    [FITS.includes(fit), `fit must be ${FITS.join(' or ')}, not ${fit}`],
    [
      BACKGROUND.test(background),
      `background must be a colour like #1a2b3c, not ${JSON.stringify(background)}`,
    ],
    [SCALINGS.includes(scaling), `scaling must be ${SCALINGS.join(' or ')}, not ${scaling}`],
  ];
  return [...sides, ...rest.flatMap(([isRight, fault]) => (isRight ? [] : [fault]))];
}

function sideWithin(side: number): number {
  return Math.min(MAX_SIDE, Math.max(MIN_SIDE, side));
}
