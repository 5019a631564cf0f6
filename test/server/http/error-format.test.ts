import { GraphQLError, buildSchema, execute, parse, validate } from 'graphql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConsoleLog } from '../../../server/adapters/log/console/log.js';
import { LookalikeError } from '../../../server/domain/errors.js';
import { errorFormatter } from '../../../server/http/error-format.js';

const schema = buildSchema('type Query { image(id: ID!): String, k(of: Int!): Int }');
const REQUEST_ID = 'request-1';
const counted: string[] = [];
const formatted = errorFormatter(new ConsoleLog('test'), { failed: (code) => counted.push(code) });
const format = (thrown: unknown) => formatted(thrown, REQUEST_ID);
let logged: string[];

beforeEach(() => {
  logged = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    logged.push(String(text));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** What GraphQL reports when the resolver of `image` throws. */
async function reported(thrown: unknown): Promise<unknown> {
  const image = () => {
    throw thrown;
  };
  const document = parse('{ image(id: 1) }');
  const { errors } = await execute({ schema, document, rootValue: { image } });
  return errors?.[0];
}

describe('an error with a code of ours', () => {
  it('goes out with its code, its words and its place', async () => {
    const error = await reported(new LookalikeError('IMAGE_NOT_FOUND', 'There is no image 1.'));
    expect(format(error)).toEqual({
      message: 'There is no image 1.',
      path: ['image'],
      locations: [{ line: 1, column: 3 }],
      extensions: { code: 'IMAGE_NOT_FOUND' },
    });
    expect(logged).toEqual([]);
    expect(counted).toEqual(['IMAGE_NOT_FOUND']);
  });

  it('goes out also where GraphQL has not been reached', () => {
    const error = new LookalikeError('REQUEST_INVALID', 'The body is not JSON.');
    expect(format(error)).toEqual({
      message: 'The body is not JSON.',
      extensions: { code: 'REQUEST_INVALID' },
    });
  });

  it('does not tell its cause', async () => {
    const cause = new Error('/secret/path');
    const error = await reported(new LookalikeError('BLOB_CORRUPT', 'Broken.', { cause }));
    expect(JSON.stringify(format(error))).not.toContain('secret');
  });
});

describe('anything else that is thrown', () => {
  it.each([
    ['an Error', new TypeError('secret: x is undefined'), 'TypeError: secret: x is undefined'],
    ['a text', 'secret text', 'secret text'],
    ['a number', 42, '42'],
  ])('%s is masked, and logged once under the id that goes out', async (_, thrown, line) => {
    const told = format(await reported(thrown));
    expect(told.extensions).toEqual({ code: 'INTERNAL' });
    expect(told.path).toEqual(['image']);
    expect(JSON.stringify(told)).not.toContain('secret');
    expect(told.message).toContain(`under ${REQUEST_ID}.`);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain(REQUEST_ID);
    expect(logged[0]).toContain(line);
  });

  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['SQLITE_FULL', 'DISK_FULL'],
    ['EROFS', 'DATA_DIRECTORY_UNUSABLE'],
    ['SQLITE_IOERR_WRITE', 'DATA_DIRECTORY_UNUSABLE'],
    ['ECONNRESET', 'INTERNAL'],
  ])('is told as of the disk where that says %s', (code, told) => {
    const cause = Object.assign(new Error('/secret/path'), { code });
    expect(format(cause)).toMatchObject({ extensions: { code: told } });
    expect(JSON.stringify(format(cause))).not.toContain('secret');
  });

  it('is masked when a resolver throws a GraphQLError with a code that is no fault of the client', async () => {
    const extensions = { code: 'INTERNAL_SERVER_ERROR' };
    const told = format(await reported(new GraphQLError('secret', { extensions })));
    expect(told.extensions).toEqual({ code: 'INTERNAL' });
    expect(told.message).not.toContain('secret');
    expect(logged).toHaveLength(1);
  });
});

describe("GraphQL's own complaints", () => {
  it('about an unknown field pass', () => {
    const [error] = validate(schema, parse('{ picture }'));
    expect(format(error)).toMatchObject({
      message: 'Cannot query field "picture" on type "Query".',
      locations: [{ line: 1, column: 3 }],
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(logged).toEqual([]);
  });

  it('about a variable of the wrong type pass', async () => {
    const document = parse('query ($of: Int!) { k(of: $of) }');
    const { errors } = await execute({ schema, document, variableValues: { of: 'many' } });
    const told = format(errors?.[0]);
    expect(told.message).toContain('Variable "$of" got invalid value "many"');
    expect(told.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  });

  it('about a null that reaches an argument by its variable pass', async () => {
    const document = parse('query ($of: Int = 5) { k(of: $of) }');
    expect(validate(schema, document)).toEqual([]);
    const { errors } = await execute({ schema, document, variableValues: { of: null } });
    const told = format(errors?.[0]);
    expect(told.message).toBe('Argument "of" of non-null type "Int!" must not be null.');
    expect(told.extensions).toEqual({ code: 'BAD_USER_INPUT' });
    expect(logged).toEqual([]);
  });

  it('about an answer of ours that does not fit the schema are masked', async () => {
    const document = parse('{ k(of: 1) }');
    const { errors } = await execute({ schema, document, rootValue: { k: () => 'secret' } });
    const told = format(errors?.[0]);
    expect(told.extensions).toEqual({ code: 'INTERNAL' });
    expect(told.message).not.toContain('secret');
    expect(logged).toHaveLength(1);
  });

  it.each(['BAD_REQUEST', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'])(
    'keep the code %s',
    (code) => {
      const error = new GraphQLError('Syntax Error', { extensions: { code } });
      expect(format(error)).toMatchObject({ message: 'Syntax Error', extensions: { code } });
    },
  );
});
