import type { Model } from './provider.ts';

/** A base model goes on with a text instead of answering it. */
const NO_CHAT = /(?:^|[-_:])base(?:[-_:]|$)|guard|embed|rerank/i;

/**
 * The models that may answer, the most suitable first. One that was named by a setting is the only one, and the only
 * way to a model that does not run on this machine. Else: those whose file fits into half of the memory before the
 * others, the larger first; where nobody tells of sizes, the order of the server. Pure.
 */
export function suitable(models: readonly Model[], named: string, memoryBytes: number): Model[] {
  if (named !== '')
    return models.filter(({ name }) => name === named || name === `${named}:latest`).slice(0, 1);
  const fits = ({ bytes }: Model) => (bytes === null || bytes <= memoryBytes / 2 ? 1 : 0);
  const size = (model: Model) => (fits(model) ? (model.bytes ?? 0) : -(model.bytes ?? 0));
  return models
    .filter(({ name, local, chats }) => local && chats && !NO_CHAT.test(name))
    .toSorted((a, b) => fits(b) - fits(a) || size(b) - size(a));
}
