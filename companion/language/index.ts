export {
  type Generation,
  type Language,
  LanguageError,
  type LanguageTrouble,
  type Message,
  type Written,
} from './types.ts';
