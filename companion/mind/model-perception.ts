import { z } from 'zod';
import { type Perception, perception } from '../protocol/index.ts';
import { jsonIn } from './json-in.ts';

const { intent, tone, urgency, load } = perception.shape;
const reply = z.object({ intent, tone, urgency, load });

/** What a model is told to write. */
export const PERCEPTION_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['intent', 'tone', 'urgency', 'load'],
  properties: {
    intent: { enum: intent.options },
    tone: { enum: tone.options },
    urgency: { type: 'number', minimum: 0, maximum: 1 },
    load: { type: 'number', minimum: 0, maximum: 1 },
  },
} as const;

/** What a model made of a question; null where it wrote something else. The entities stay ours. Pure. */
export function readPerception(text: string, rules: Perception): Perception | null {
  const parsed = reply.safeParse(jsonIn(text));
  return parsed.success ? { ...parsed.data, entities: rules.entities, by: 'model' } : null;
}
