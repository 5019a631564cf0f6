import { Extensions } from 'type-graphql';
import type { Role, ThingKind } from '../domain/access.js';

/** Who may ask for a field. */
export interface FieldAccess {
  readonly role: Role;
  /** What its arguments `id` and `ids` name; other ones tell that by their own names. */
  readonly ids?: ThingKind;
  /** Whether it is about more than one dataset: nothing for keys that are kept to some. */
  readonly acrossDatasets?: boolean;
}

/** Where the built schema keeps it. */
export const ACCESS = 'access';

/** Declares who may ask for a query, a mutation or a subscription; `guardSchema` sees to it. */
export function Requires(
  role: Role,
  more: Omit<FieldAccess, 'role'> = {},
): MethodDecorator & PropertyDecorator {
  return Extensions({ [ACCESS]: { role, ...more } });
}
