import { z } from 'zod';

/** Markdown stands in the list as it is, `{value}` without a kind; newer kinds wrap it in `content`. */
const markdown = z.object({ kind: z.undefined().optional(), value: z.string() });
const wrapped = z.object({
  kind: z.enum(['markdownContent', 'markdownVuln']),
  content: z.object({ value: z.string() }),
});
/** A file or a symbol named in the middle of a sentence. */
const reference = z.object({
  kind: z.literal('inlineReference'),
  name: z.string().nullish(),
  inlineReference: z
    .looseObject({
      path: z.string().nullish(),
      name: z.string().nullish(),
      uri: z.looseObject({ path: z.string().nullish() }).nullish(),
    })
    .nullish(),
});

/**
 * What an answer of Copilot says. Pieces of one sentence belong together; between two of them where a tool ran
 * or a file was edited stands a paragraph. Pure.
 */
export function responseText(parts: readonly unknown[]): string {
  let text = '';
  let apart = false;
  for (const part of parts) {
    const said = textOf(part);
    if (said === null) {
      apart = true;
      continue;
    }
    if (apart && text.trim() !== '' && said.trim() !== '') text = `${text.trimEnd()}\n\n${said.trimStart()}`;
    else text += said;
    if (said.trim() !== '') apart = false;
  }
  return text;
}

function textOf(part: unknown): string | null {
  if (typeof part === 'string') return part;
  const plain = markdown.safeParse(part);
  if (plain.success) return plain.data.value;
  const inner = wrapped.safeParse(part);
  if (inner.success) return inner.data.content.value;
  const named = reference.safeParse(part);
  if (!named.success) return null;
  const { name, inlineReference: to } = named.data;
  const path = to?.path ?? to?.uri?.path ?? '';
  return `\`${name ?? to?.name ?? path.slice(path.lastIndexOf('/') + 1)}\``;
}
