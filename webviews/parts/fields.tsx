import type { RefObject } from 'preact';
import { CheckboxElement, TextAreaElement, TextFieldElement } from './elements.ts';
import { Icon } from './icon.tsx';

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

/** A question; its label is for those who listen, its placeholder is an example. */
export function SearchField({
  onEnter,
  field,
  ...rest
}: Field & { onEnter(): void; field: RefObject<HTMLElement | null> }) {
  return (
    <div class="field search-field">
      <TextFieldElement
        {...attributes(rest)}
        ref={field}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Enter') onEnter();
        }}
      >
        <Icon name="search" slot="content-before" />
      </TextFieldElement>
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
