import { SCORE_WORDS, type ScoreName } from '../../lib/score-words';

/** The name of a score; what it means shows when it is pointed at. */
export function ScoreTerm({ name }: { name: ScoreName }) {
  return (
    <abbr
      title={`${SCORE_WORDS[name]}; mean over queries from the TEST split.`}
      className="relative z-10 cursor-help decoration-dotted"
    >
      {name}
    </abbr>
  );
}
