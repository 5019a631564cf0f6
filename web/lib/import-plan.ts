import type { Split } from '../gql/graphql';
import { isClutter, refusalOf, type Candidate, type ImportRefusal } from './import-files';
import { keyOfName, type Description, type LabelsFile } from './labels-file';

export interface PlanChoices {
  /** Whether the folder that a picture lies in is its label. */
  readonly folderLabels: boolean;
  /** Whether names begin with the one folder that everything lies in; null is only those of a zip. */
  readonly keepRoot: boolean | null;
  /** Whether all of it lies in one zip, whose names are kept whole unless somebody says otherwise. */
  readonly isZip: boolean;
  readonly labelsFile: LabelsFile | null;
}

/** A file that will be sent, with what is said of it. */
export interface PlannedFile extends Description {
  readonly name: string;
  readonly size: number;
  readonly open: () => Promise<Blob>;
}

/** What an import will do, to be looked at before it begins. */
export interface ImportPlan {
  readonly files: readonly PlannedFile[];
  readonly bytes: number;
  readonly refusals: readonly ImportRefusal[];
  /** Files that systems leave behind, which nobody misses. */
  readonly clutterCount: number;
  /** The one folder that everything lies in, and whether names begin with it. */
  readonly root: { readonly name: string; readonly kept: boolean } | null;
  /** Labels by how many files bear them, the most frequent first. */
  readonly labels: readonly (readonly [label: string, count: number])[];
  readonly unlabelledCount: number;
  readonly splitCounts: Readonly<Record<Split | 'DRAWN', number>>;
  /** Rows of the labels file that are about a file that is there. */
  readonly matchedRows: number;
}

/** What becomes of these files with these choices. */
export function planImport(
  candidates: readonly Candidate[],
  { folderLabels, keepRoot, isZip, labelsFile }: PlanChoices,
): ImportPlan {
  const wanted = candidates.filter(({ path }) => !isClutter(path));
  const taken = wanted.filter((candidate) => !refusalOf(candidate));
  const rootName = commonRoot(taken);
  const wraps = rootName !== null && isOnlyAround(rootName, taken);
  const kept = keepRoot ?? isZip;
  const cut = rootName !== null && !kept ? rootName.length + 1 : 0;
  const outer = wraps ? rootName.length + 1 : cut;
  const splits = saySplits(taken.map(({ path }) => path.slice(outer)));

  const files: PlannedFile[] = [];
  const refusals: ImportRefusal[] = [];
  const labels = new Map<string, number>();
  const splitCounts = { TRAIN: 0, TEST: 0, DRAWN: 0 };
  let bytes = 0;
  let matchedRows = 0;
  for (const { path, size, open } of wanted) {
    const refusal = refusalOf({ path, size });
    if (refusal) {
      refusals.push(refusal);
      continue;
    }
    const name = path.slice(cut);
    const row = rowOf(labelsFile, [name, path, path.slice(outer)]);
    if (row) matchedRows += 1;
    const said = folderLabels ? saidByPath(path.slice(outer), splits) : NOTHING_SAID;
    const description = {
      label: row?.label ?? said.label,
      split: row?.split ?? said.split,
      metadata: row?.metadata ?? [],
    };
    files.push({ name, size, open, ...description });
    bytes += size;
    splitCounts[description.split ?? 'DRAWN'] += 1;
    const { label } = description;
    if (label !== null) labels.set(label, (labels.get(label) ?? 0) + 1);
  }
  const counted = [...labels].sort(([, a], [, b]) => b - a);
  return {
    files,
    bytes,
    refusals,
    clutterCount: candidates.length - wanted.length,
    root: rootName === null ? null : { name: rootName, kept },
    labels: counted,
    unlabelledCount: files.length - counted.reduce((sum, [, count]) => sum + count, 0),
    splitCounts,
    matchedRows,
  };
}

interface Said {
  readonly label: string | null;
  readonly split: Split | null;
}

const NOTHING_SAID: Said = { label: null, split: null };

/**
 * What the folders of a picture say: the first one is its label; where they say `splits`, the first
 * one is that and the second one is the label.
 */
export function saidByPath(path: string, splits: boolean): Said {
  const [first, second] = path.split('/').slice(0, -1);
  if (!splits) return { label: first ?? null, split: null };
  return { label: second ?? null, split: splitNamed(first) };
}

/** Whether the first folders of these paths are just `train` and `test`. */
function saySplits(paths: readonly string[]): boolean {
  const tops = new Set(paths.flatMap((path) => (path.includes('/') ? path.split('/')[0] : [])));
  return tops.size > 0 && [...tops].every((top) => splitNamed(top) !== null);
}

/** The row of a picture, by whichever of its names the table goes. */
function rowOf(labelsFile: LabelsFile | null, names: readonly string[]): Description | null {
  if (!labelsFile) return null;
  const name = names.find((known) => labelsFile.rows.has(keyOfName(known)));
  return name === undefined ? null : (labelsFile.rows.get(keyOfName(name)) ?? null);
}

function splitNamed(folder: string | undefined): Split | null {
  const name = folder?.toUpperCase();
  return name === 'TRAIN' || name === 'TEST' ? name : null;
}

/** The folder that every file lies in, if there is one. */
function commonRoot(candidates: readonly Candidate[]): string | null {
  const first = candidates[0]?.path;
  if (first === undefined || !first.includes('/')) return null;
  const root = first.slice(0, first.indexOf('/') + 1);
  return candidates.every(({ path }) => path.startsWith(root)) ? root.slice(0, -1) : null;
}

/** Whether a folder just holds others that are the labels: one that says a split says something itself. */
function isOnlyAround(root: string, candidates: readonly Candidate[]): boolean {
  return (
    splitNamed(root) === null && candidates.some(({ path }) => path.includes('/', root.length + 1))
  );
}
