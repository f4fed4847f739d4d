import { getEventIteratorSchemaDetails } from '@orpc/contract';
import type { z } from 'zod';
import { workspacePath } from '../../../companion/protocol/primitives.ts';
import { HOSTILE, SHORT_MARKUP } from '../../fixtures/hostile-strings.ts';

type Schema = z.core.$ZodType;
type Def = z.core.$ZodTypes['_zod']['def'];

/**
 * Puts what is hostile into every free text of an answer, as its schema says which are: so that a new procedure needs
 * nobody to list its fields. The same text becomes the same, so that what belongs together still does; `round` turns
 * to the next sort. What has a form (ids, enumerations) stays, and so do the paths of folders, by which views ask.
 */
export class Spoiler {
  /** Answers that do not fit their own schema any more: a fault of this file. */
  readonly faults: string[] = [];
  readonly #round: number;

  constructor(round: number) {
    this.#round = round;
  }

  /** What a procedure would answer, spoiled; a stream with each of its pictures. */
  answer(name: string, schema: unknown, output: unknown): unknown {
    const details = getEventIteratorSchemaDetails(schema as never);
    if (details) return this.#stream(name, details.yields as Schema, output as AsyncIterable<unknown>);
    return schema ? this.#whole(name, schema as Schema, output) : output;
  }

  async *#stream(name: string, schema: Schema, output: AsyncIterable<unknown>): AsyncGenerator<unknown> {
    for await (const each of output) yield this.#whole(name, schema, each);
  }

  #whole(name: string, schema: Schema, output: unknown): unknown {
    const spoiled = this.#walk(schema, output);
    const read = (schema as z.ZodType).safeParse(spoiled);
    if (!read.success) this.faults.push(`${name}: ${JSON.stringify(read.error.issues).slice(0, 300)}`);
    return read.success ? spoiled : output;
  }

  #walk(schema: Schema, value: unknown): unknown {
    const def = schema._zod.def as Def;
    switch (def.type) {
      case 'string':
        return this.#text(schema, value as string);
      case 'array':
        return (value as unknown[]).map((each) => this.#walk(def.element, each));
      case 'object':
        return Object.fromEntries(
          Object.entries(value as object).map(([key, each]) => {
            const field = def.shape[key];
            return [key, field ? this.#walk(field, each) : each];
          }),
        );
      case 'record':
        return Object.fromEntries(
          Object.entries(value as object).map(([key, each]) => [
            String(this.#walk(def.keyType, key)),
            this.#walk(def.valueType, each),
          ]),
        );
      case 'tuple':
        return (value as unknown[]).map((each, i) => {
          const item = def.items[i];
          return item ? this.#walk(item, each) : each;
        });
      case 'union': {
        const fits = def.options.find((option) => (option as z.ZodType).safeParse(value).success);
        return fits ? this.#walk(fits, value) : value;
      }
      case 'nullable':
        // What may be said and is not: is said.
        if (value === null)
          return this.#round % 2 === 1 && isFree(def.innerType) ? this.#text(def.innerType, 'null') : null;
        return this.#walk(def.innerType, value);
      case 'optional':
      case 'default':
      case 'readonly':
        return value === undefined ? value : this.#walk(def.innerType, value);
      case 'lazy':
        return this.#walk(def.getter(), value);
      default:
        return value;
    }
  }

  #text(schema: Schema, value: string): string {
    if (!isFree(schema)) return value;
    const checks = checksOf(schema);
    const maximum = Math.min(...checks.map((check) => check.maximum ?? Number.POSITIVE_INFINITY));
    const minimum = Math.max(0, ...checks.map((check) => check.minimum ?? 0));
    const number = [...value].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);
    const own = `${HOSTILE[(number + this.#round) % HOSTILE.length]}${number.toString(36)}`;
    const text = own.length <= maximum ? own : SHORT_MARKUP.length <= maximum ? `${SHORT_MARKUP}${own}` : own;
    return text.slice(0, maximum).padEnd(minimum, 'x');
  }
}

/** A text in which anything may stand. */
function isFree(schema: Schema): boolean {
  const { def } = schema._zod;
  if (def.type !== 'string' || schema === workspacePath || 'format' in def) return false;
  return checksOf(schema).every(({ check }) => check !== 'string_format' && check !== 'custom');
}

interface Check {
  readonly check: string;
  readonly maximum?: number;
  readonly minimum?: number;
}

function checksOf(schema: Schema): readonly Check[] {
  return ((schema._zod.def as { checks?: z.core.$ZodCheck[] }).checks ?? []).map((each) => each._zod.def);
}
