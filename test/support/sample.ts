import type { z } from 'zod';

/** What strings of the contract look like; the first that a schema takes is its sample. */
const STRINGS = [
  'sample',
  '/home/dev/atlas',
  'src/scheduler.ts',
  '2026-05-03',
  '2026-05-03T09:12:00.000Z',
  '09:12',
  'a41c9e2f00b1',
  'a41c9e2'.padEnd(64, '0'),
  'https://example.invalid/',
  '0.1.0',
  '',
];
const NUMBERS = [0, 1, 0.5, 10, 100, -1];
const IDS = ['loop', 'mem', 'run', 'job', 'mask', 'guild', 'event', 'turn', 'conv', 'prop', 'grant'].map(
  (kind) => `${kind}_01h0000000000000000000`,
);

type Definition = { readonly type: string } & Readonly<Record<string, unknown>>;
type Schema = z.core.$ZodType;

/**
 * A value that a schema takes, as small as can be: empty lists, nothing where there may be nothing. Deterministic.
 * Throws, with the place, where it finds none.
 */
export function sample(schema: Schema, at = '$'): unknown {
  const found = candidates(schema, at).find((candidate) => takes(schema, candidate.value));
  if (!found) throw new Error(`no sample of ${(schema._zod.def as Definition).type} at ${at}`);
  return found.value;
}

function takes(schema: Schema, value: unknown): boolean {
  return (schema as z.ZodType).safeParse(value).success;
}

const values = (all: readonly unknown[]) => all.map((value) => ({ value }));

function candidates(schema: Schema, at: string): { readonly value: unknown }[] {
  const def = schema._zod.def as Definition;
  const inner = (key: string) => def[key] as Schema;
  switch (def.type) {
    case 'string':
      return values([...STRINGS, ...IDS]);
    case 'number':
    case 'int':
      return values([...NUMBERS, (schema._zod.bag as { minimum?: number }).minimum]);
    case 'boolean':
      return values([false, true]);
    case 'literal':
      return values(def.values as unknown[]);
    case 'enum':
      return values(Object.values(def.entries as Record<string, unknown>));
    case 'array': {
      const one = () => sample(inner('element'), `${at}[0]`);
      return takes(schema, [])
        ? values([[]])
        : values([1, 2, 3, 8].map((n) => Array.from({ length: n }, one)));
    }
    case 'tuple':
      return values([(def.items as Schema[]).map((item, i) => sample(item, `${at}[${i}]`))]);
    case 'record':
      return takes(schema, {}) ? values([{}]) : values([ofKeys(inner('keyType'), inner('valueType'), at)]);
    case 'object':
      return values([ofShape(def.shape as Record<string, Schema>, at)]);
    case 'nullable':
      return values([null]);
    case 'optional':
      return values([undefined]);
    case 'default':
    case 'prefault':
      return values([def.defaultValue]);
    case 'readonly':
    case 'nonoptional':
    case 'catch':
      return values([sample(inner('innerType'), at)]);
    case 'union':
      return (def.options as Schema[]).map((option) => ({ value: sample(option, at) }));
    case 'pipe':
      return values([sample(inner('in'), at)]);
    case 'lazy':
      return values([sample((def.getter as () => Schema)(), at)]);
    case 'intersection':
      return values([
        { ...(sample(inner('left'), at) as object), ...(sample(inner('right'), at) as object) },
      ]);
    case 'null':
      return values([null]);
    default:
      return values(['sample', null, {}, undefined]);
  }
}

function ofShape(shape: Readonly<Record<string, Schema>>, at: string): object {
  return Object.fromEntries(
    Object.entries(shape)
      .map(([key, schema]) => [key, sample(schema, `${at}.${key}`)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

function ofKeys(keys: Schema, each: Schema, at: string): object {
  const names = (keys._zod.def as Definition).entries ?? {};
  return Object.fromEntries(
    Object.values(names as Record<string, string>).map((name) => [name, sample(each, `${at}.${name}`)]),
  );
}
