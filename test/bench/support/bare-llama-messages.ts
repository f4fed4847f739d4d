export interface BareOrder {
  readonly system: string;
  readonly question: string;
  readonly maxTokens: number;
}

export type BareReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'piece'; readonly text: string }
  | { readonly kind: 'ended'; readonly tokens: number };
