import { CheckboxElement, TextAreaElement, TextFieldElement } from './elements.ts';

interface Field {
  label: string;
  value: string;
  onInput(value: string): void;
  placeholder?: string;
  maxLength?: number;
  autofocus?: boolean;
}

const attributes = ({ label, value, placeholder, maxLength, autofocus, onInput }: Field) => ({
  label,
  value,
  ...(placeholder !== undefined && { placeholder }),
  ...(maxLength !== undefined && { maxlength: maxLength }),
  ...(autofocus === true && { autofocus }),
  onInput: (event: Event) => onInput((event.currentTarget as HTMLInputElement).value),
});

/** One line of text. `bare` shows no label; those who listen hear it all the same. */
export function TextField({ bare = false, ...field }: Field & { bare?: boolean }) {
  return (
    <div class="field">
      {!bare && <span aria-hidden="true">{field.label}</span>}
      <TextFieldElement {...attributes(field)} />
    </div>
  );
}

export function TextArea({ rows = 3, ...field }: Field & { rows?: number }) {
  return (
    <div class="field">
      <span aria-hidden="true">{field.label}</span>
      <TextAreaElement {...attributes(field)} rows={rows} resize="vertical" />
    </div>
  );
}

interface CheckboxProps {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
}

export function Checkbox({ label, checked, onChange }: CheckboxProps) {
  return (
    <CheckboxElement
      label={label}
      checked={checked}
      onChange={(event) => onChange((event.currentTarget as HTMLInputElement).checked)}
    />
  );
}
