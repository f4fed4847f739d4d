import type { MemoryAnswer } from '../../model/memory-answer.ts';
import { meansOf } from '../../model/memory-words.ts';
import { Button } from '../../parts/button.tsx';
import { Command, Strip } from '../../parts/states.tsx';

/** What an answer lacks, and how to mend it; nothing where it lacks nothing. */
export function Means({ means, again }: { means: NonNullable<MemoryAnswer['means']>; again(): void }) {
  const lack = meansOf(means);
  if (!lack) return null;
  const action = lack.model ? null : <Button onClick={again}>Search again</Button>;
  return (
    <Strip tone={lack.tone} action={action}>
      {lack.text}
      {lack.model && (
        <details>
          <summary>How to find by meaning, too</summary>
          <p>
            Put <Command>model.onnx</Command> and <Command>tokenizer.json</Command> of a small sentence model,
            such as all-MiniLM-L6-v2, into a folder of this machine, and name the folder in the setting{' '}
            <Command>progeny.memory.model</Command>. Nothing is fetched, and nothing leaves the machine.
          </p>
        </details>
      )}
    </Strip>
  );
}
