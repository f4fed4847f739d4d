/** Files of a folder and of no other place: scope by real path, and writes that cannot be redirected. */
export { type ChangeWriterOptions, createChangeWriter } from './change-writer.ts';
export { linkRefusal, type Refusal, refusalOf } from './path-rules.ts';
export { type Scope, scopeOf } from './scope.ts';
export { ScopeError } from './scope-error.ts';
