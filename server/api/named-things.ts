import {
  getNamedType,
  GraphQLID,
  isInputObjectType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import type { ThingKind } from '../domain/access.js';
import { parseId } from './ids.js';

/** What the ids among the arguments of a field name. */
export interface ThingNames {
  readonly isEmpty: boolean;
  /** Ids of which nobody has said what they name, as `input.thingId`. */
  readonly unknown: readonly string[];
  /** The ids that are given, by what they name. @throws LookalikeError INVALID_ID */
  idsIn(args: Readonly<Record<string, unknown>>): ReadonlyMap<ThingKind, number[]>;
}

/** Names that tell by themselves what an id is of. */
const KINDS: Readonly<Record<string, ThingKind>> = {
  datasetId: 'dataset',
  datasetIds: 'dataset',
  imageId: 'image',
  imageIds: 'image',
  modelId: 'model',
  modelIds: 'model',
  runId: 'run',
  runIds: 'run',
};

interface NamedType {
  readonly name: string;
  readonly type: GraphQLInputType;
}

type Into = Map<ThingKind, number[]>;
type Read = (value: unknown, into: Into) => void;

/** @param plain what the arguments `id` and `ids` of the field itself name */
export function namedThings(
  field: Pick<GraphQLField<unknown, unknown>, 'args'>,
  plain?: ThingKind,
): ThingNames {
  const unknown: string[] = [];
  const readers = readersOf(field.args, '', plain, unknown, new Set());
  return {
    isEmpty: readers.length === 0 && unknown.length === 0,
    unknown,
    idsIn: (args) => {
      const into: Into = new Map();
      for (const [name, read] of readers) read(args[name], into);
      return into;
    },
  };
}

/** Of those that are, or hold, ids. */
function readersOf(
  named: readonly NamedType[],
  path: string,
  plain: ThingKind | undefined,
  unknown: string[],
  within: ReadonlySet<GraphQLInputObjectType>,
): (readonly [string, Read])[] {
  return named.flatMap(({ name, type }) => {
    const inner = getNamedType(type);
    if (inner === GraphQLID) {
      const kind = name === 'id' || name === 'ids' ? plain : KINDS[name];
      if (!kind) unknown.push(path + name);
      return kind ? [[name, eachOf(idOf(kind))] as const] : [];
    }
    // A type that holds itself would be read for ever.
    if (!isInputObjectType(inner) || within.has(inner)) return [];
    const fields = Object.values(inner.getFields());
    const inside = new Set([...within, inner]);
    const readers = readersOf(fields, `${path}${name}.`, undefined, unknown, inside);
    return readers.length > 0 ? [[name, eachOf(objectOf(readers))] as const] : [];
  });
}

function eachOf(read: Read): Read {
  return (value, into) => {
    if (Array.isArray(value)) for (const each of value as readonly unknown[]) read(each, into);
    else read(value, into);
  };
}

function idOf(kind: ThingKind): Read {
  return (value, into) => {
    if (value === null || value === undefined) return;
    const ids = into.get(kind) ?? [];
    ids.push(parseId(typeof value === 'string' ? value : JSON.stringify(value)));
    into.set(kind, ids);
  };
}

function objectOf(readers: readonly (readonly [string, Read])[]): Read {
  return (value, into) => {
    if (typeof value !== 'object' || value === null) return;
    const fields = value as Readonly<Record<string, unknown>>;
    for (const [name, read] of readers) read(fields[name], into);
  };
}
