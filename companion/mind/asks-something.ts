import { perceive } from './perceive.ts';

/** Whether a text is a question or an order, and so says nothing by itself. Pure. */
export function asksSomething(text: string): boolean {
  return /[?？؟]["'”’)\]]*\s*$/u.test(text) || perceive(text).sure > 0;
}
