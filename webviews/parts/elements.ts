import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-textarea/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { ComponentChildren, FunctionComponent, Ref } from 'preact';

/** What the app uses of the editor's form elements (`@vscode-elements/elements`). */
interface ElementProps {
  label: string;
  value?: string;
  placeholder?: string;
  maxlength?: number;
  autofocus?: boolean;
  rows?: number;
  resize?: 'vertical';
  checked?: boolean;
  ref?: Ref<HTMLElement>;
  children?: ComponentChildren;
  onKeyDown?(event: KeyboardEvent): void;
  onInput?(event: Event): void;
  onChange?(event: Event): void;
}

/** Preact renders a component that is a string as the element of that name; this gives the name its props. */
const element = (name: string) => name as unknown as FunctionComponent<ElementProps>;

export const TextFieldElement = element('vscode-textfield');
export const TextAreaElement = element('vscode-textarea');
export const CheckboxElement = element('vscode-checkbox');
