import { FIT_WORDS, inputWords, SCALING_WORDS, type InputSpec } from '../../lib/input-choice';
import { Facts } from '../elements/facts';

/** What a network is fed, and how a picture becomes that. */
export function InputFacts({ input }: { input: InputSpec }) {
  return (
    <Facts
      facts={[
        ['Size', inputWords(input)],
        ['Fit', FIT_WORDS[input.fit]],
        [
          'Background',
          <span key="background" className="inline-flex items-center gap-2">
            <svg
              aria-hidden
              viewBox="0 0 1 1"
              className="size-3.5 rounded border border-line-strong"
            >
              <rect width="1" height="1" fill={input.background} />
            </svg>
            <code>{input.background}</code>
          </span>,
        ],
        ['Pixel values', SCALING_WORDS[input.scaling]],
      ]}
    />
  );
}
