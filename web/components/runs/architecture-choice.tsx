import type { LaunchArchitecturesQuery } from '../../gql/graphql';
import { Section } from '../elements/section';

export type LaunchedArchitecture = LaunchArchitecturesQuery['architectures'][number];

/** Which architecture, and what it is. */
export function ArchitectureChoice({
  architectures,
  chosen,
  onChoose,
}: {
  architectures: readonly LaunchedArchitecture[];
  chosen: LaunchedArchitecture;
  onChoose: (name: string) => void;
}) {
  return (
    <Section title="Architecture">
      <label className="flex flex-col gap-1 text-sm">
        <span className="sr-only">Architecture</span>
        <select
          className="field max-w-full self-start"
          value={chosen.name}
          onChange={({ target }) => onChoose(target.value)}
        >
          {architectures.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <p className="mt-3 text-sm">{chosen.description}</p>
      <p className="mt-2 text-xs text-muted">{chosen.reference}</p>
    </Section>
  );
}
