import { useId } from 'preact/hooks';
import type { ConvergencePart } from '../../../companion/protocol/index.ts';
import { TextArea, TextField } from '../../parts/fields.tsx';

interface Props {
  part: ConvergencePart;
  value: string;
  onInput(text: string): void;
}

/** The field that a part of an answer is given in. */
export function PartField({ part, value, onInput }: Props) {
  if (part.kind === 'choice') return <Choice part={part} value={value} onInput={onInput} />;
  const field = {
    label: part.kind === 'list' ? `${part.label} (one a line)` : part.label,
    placeholder: part.kind === 'list' ? part.example.replaceAll('; ', '\n') : part.example,
    maxLength: 4000,
    value,
    onInput,
  };
  if (part.kind === 'hours' || part.id === 'name') return <TextField {...field} />;
  return <TextArea {...field} rows={part.kind === 'list' ? 3 : 2} />;
}

/** One of few, each in words. */
function Choice({ part, value, onInput }: Props) {
  const name = useId();
  return (
    <fieldset class="options">
      <legend>{part.label}</legend>
      {part.options.map((option) => (
        <label key={option.value} class="option">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onInput(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Puts the focus into the first field, as soon as the editor's elements have drawn themselves. */
export async function focusFirst(within: HTMLElement | null): Promise<void> {
  const field = within?.querySelector<HTMLElement & { updateComplete?: Promise<unknown> }>(
    'vscode-textfield, vscode-textarea, input:checked, input',
  );
  await field?.updateComplete;
  field?.focus();
}
