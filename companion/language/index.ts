/** Language models behind one face: local ones, and doors to others. docs/LANGUAGE.md. */
export { type EditorClient, EditorProvider } from './editor.ts';
export { EmbeddedProvider } from './embedded.ts';
export { LanguageModels, type LanguageOptions } from './language.ts';
export { OllamaProvider } from './ollama.ts';
export { OpenAiProvider } from './openai.ts';
export { type Provider, ProviderError } from './provider.ts';
export {
  type Generation,
  type Language,
  LanguageError,
  type LanguageTrouble,
  type Message,
  type Written,
} from './types.ts';
