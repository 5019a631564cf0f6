import { getNamedType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { subjectOf } from '../domain/audit.js';
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

/** Has every mutation noted, with who asked for it and how it ended, before it is answered. */
export function auditMutations(schema: GraphQLSchema, audit: AuditService): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { name, resolve } = field;
    if (!resolve) continue;
    const things = namedThings(field, accessOf(field)?.ids);
    const kind = KINDS[getNamedType(field.type).name] ?? null;
    const noted: GraphQLFieldResolver<unknown, ApiContext, Values> = (
      source,
      args,
      context,
      info,
    ) =>
      audit.noted<unknown>(
        context,
        name,
        (answer) => subjectsOf(things, args, kind, answer),
        () => resolve(source, args, context, info),
      );
    field.resolve = noted;
  }
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
