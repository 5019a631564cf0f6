import {
  getNamedType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { outcomeOf, subjectOf } from '../domain/audit.js';
import type { AuditService } from '../services/audit.service.js';
import type { ApiContext } from './context.js';
import { accessOf } from './guard.js';
import { namedThings, type ThingNames } from './named-things.js';

type Values = Readonly<Record<string, unknown>>;

/** What the types that mutations answer with are called where ids are told. */
const KINDS: Readonly<Record<string, string>> = {
  CreatedAccessKey: 'key',
  AccessKey: 'key',
  Dataset: 'dataset',
  Model: 'model',
  Sweep: 'sweep',
  TrainingRun: 'run',
};

type Resolve = GraphQLFieldResolver<unknown, ApiContext, Values>;

/**
 * Has every mutation noted, with who asked for it and how it ended, before it is answered.
 * @param guard has the schema refuse who may not: what comes past it is noted as it begins, what does not, afterwards
 */
export function auditMutations(
  schema: GraphQLSchema,
  audit: AuditService,
  guard: () => void,
): void {
  const told = new WeakSet<object>();
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
  const subjects = new Map(fields.map((field) => [field, subjectsIn(field)]));
  for (const [field, subjectOf] of subjects) {
    const { name, resolve } = field;
    if (!resolve) continue;
    const noted: Resolve = async (source, args, context, info) => {
      const work = () => resolve(source, args, context, info);
      try {
        return await audit.noted<unknown>(context, name, (answer) => subjectOf(args, answer), work);
      } catch (thrown) {
        if (thrown instanceof Error) told.add(thrown);
        throw thrown;
      }
    };
    field.resolve = noted;
  }
  guard();
  for (const [field, subjectOf] of subjects) {
    const { name, resolve } = field;
    if (!resolve) continue;
    const refused: Resolve = async (source, args, context, info) => {
      try {
        return await resolve(source, args, context, info);
      } catch (thrown) {
        if (!(thrown instanceof Error && told.has(thrown))) {
          await audit.note(context, name, subjectOf(args, null), outcomeOf(thrown));
        }
        throw thrown;
      }
    };
    field.resolve = refused;
  }
}

type SubjectOf = (args: Values, answer: unknown) => string;

function subjectsIn(field: GraphQLField<unknown, unknown>): SubjectOf {
  const things = namedThings(field, accessOf(field)?.ids);
  const kind = KINDS[getNamedType(field.type).name] ?? null;
  return (args, answer) => subjectsOf(things, args, kind, answer);
}

/** What the arguments name, and what has come of it. */
function subjectsOf(
  things: ThingNames,
  args: Values,
  kind: string | null,
  answer: unknown,
): string {
  const named = new Map<string, readonly (number | string)[]>(idsIn(things, args));
  const added = addedImages(answer);
  if (added.length > 0) named.set('image', added);
  const made = kind === null ? null : nameOf(answer);
  if (kind !== null && made !== null) named.set(kind, [made]);
  else if (named.size === 0 && typeof args['id'] === 'string') named.set('id', [args['id']]);
  return subjectOf(named);
}

/** Nothing where they cannot be read: so says the answer. */
function idsIn(things: ThingNames, args: Values): Iterable<readonly [string, readonly number[]]> {
  try {
    return things.idsIn(args);
  } catch {
    return [];
  }
}

/** Of `addImages`: those that were taken. */
function addedImages(answer: unknown): number[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null || !('image' in each)) return [];
    const { image } = each;
    return typeof image === 'object' && image !== null && 'id' in image ? [Number(image.id)] : [];
  });
}

/** The id of a thing, with its name where it has one; of a key that was made, without its secret. */
function nameOf(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null) return null;
  if ('key' in answer) return nameOf(answer.key);
  if (!('id' in answer) || typeof answer.id !== 'number') return null;
  const name = 'name' in answer && typeof answer.name === 'string' ? ` "${answer.name}"` : '';
  return `${answer.id}${name}`;
}
