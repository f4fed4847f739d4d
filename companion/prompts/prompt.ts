import { fenced, fenceKey, fenceRule } from './fence.ts';

/** `text`: ours, put in as it stands. `data`: somebody else's, put in between fences. */
export type SlotKind = 'text' | 'data';
type Slots = Readonly<Record<string, SlotKind>>;

export interface PromptMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

export interface PromptTemplate<S extends Slots> {
  readonly name: string;
  /** Another text is another version. */
  readonly version: number;
  readonly slots: S;
  /** Who the model is and how it answers. `{{fence}}` is where the rule about data stands. */
  readonly system: string;
  /** What is asked, with `{{name}}` for each slot. */
  readonly user: string;
}

export interface Prompt<S extends Slots> extends PromptTemplate<S> {
  /** The messages, and the word that the fences are made of: it belongs into no answer. */
  fill(values: { readonly [slot in keyof S]: string }): {
    readonly messages: readonly PromptMessage[];
    readonly key: string;
  };
}

const SLOT = /\{\{(\w+)\}\}/g;

/**
 * A prompt with a name and a version, from one text that can be read as a whole. Throws where the text and the slots
 * do not agree, or a slot holds data while nothing tells how to take it.
 */
export function definePrompt<S extends Slots>(template: PromptTemplate<S>): Prompt<S> {
  const { name, slots, system, user } = template;
  const named = new Set([...`${system}\n${user}`.matchAll(SLOT)].map((match) => match[1]!));
  const known = new Set([...Object.keys(slots), 'fence']);
  for (const slot of named)
    if (!known.has(slot)) throw new Error(`The prompt "${name}" has no slot "${slot}".`);
  for (const slot of Object.keys(slots))
    if (!named.has(slot)) throw new Error(`The slot "${slot}" stands nowhere in the prompt "${name}".`);
  if (Object.values(slots).includes('data') && !system.includes('{{fence}}'))
    throw new Error(`The prompt "${name}" holds data without the rule about it.`);
  return {
    ...template,
    fill(values) {
      const data = Object.entries(slots).flatMap(([slot, kind]) => (kind === 'data' ? [values[slot]!] : []));
      const key = fenceKey(data);
      // One pass: what a value holds is not read as a slot again.
      const put = (text: string) =>
        text.replace(SLOT, (_, slot: string) => {
          if (slot === 'fence') return fenceRule(key);
          return slots[slot] === 'data' ? fenced(values[slot]!, key) : values[slot]!;
        });
      return {
        key,
        messages: [
          { role: 'system', content: put(system) },
          { role: 'user', content: put(user) },
        ],
      };
    },
  };
}
