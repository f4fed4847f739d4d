import type {
  Decision,
  ForgetRequest,
  Loop,
  MemoryKind,
  MemoryRecord,
  WheelRecipe,
  WheelRun,
} from '../protocol/index.ts';

/** Who asks, and through which door: what a call may see follows from this alone. */
export interface Principal {
  /** Whose mind is read and written. */
  readonly actor: string;
  /**
   * `http`: sees the folders that are open to agents. `stdio`: the user's own client, started for one folder; sees
   * that folder, open or not, unless it is confidential.
   */
  readonly door: 'http' | 'stdio';
  /** The only folder that this session is about; null: all that its door shows. Never widens what the door shows. */
  readonly folder: string | null;
}

export interface RememberAsk {
  readonly workspace?: string | undefined;
  readonly content: string;
  readonly kind: Extract<MemoryKind, 'observation' | 'fact' | 'episode'>;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly tags: readonly string[];
}

export interface RecallAsk {
  readonly workspace?: string | undefined;
  readonly query: string;
  readonly kinds?: MemoryKind[] | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly limit: number;
}

export interface DecideAsk {
  readonly workspace?: string | undefined;
  readonly question: string;
  readonly decision: string;
  readonly why: string;
  readonly options: string[];
}

export interface ForgetAsk {
  readonly workspace?: string | undefined;
  readonly ids?: string[] | undefined;
  readonly query?: string | undefined;
  readonly tag?: string | undefined;
  readonly file?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly reason: string;
}

export interface ProposeAsk {
  readonly workspace?: string | undefined;
  readonly recipe: string;
  readonly options: Readonly<Record<string, string>>;
  /** Shown to the person, as text of the agent's. */
  readonly why: string;
}

/**
 * What an agent can ask of the companion; the tools are made of this. Whoever implements it confines every answer to
 * what the principal may see, anew with each call. Every call throws `not_found` or `forbidden` for a folder that
 * may not be seen, in words that an agent can act on. `by` is what the agent calls itself.
 */
export interface AgentDoor {
  remember(ask: RememberAsk, by: string): Promise<MemoryRecord>;
  /** `byMeaning`: not by words alone. */
  recall(ask: RecallAsk): Promise<{ records: readonly MemoryRecord[]; byMeaning: boolean }>;
  recent(ask: Omit<RecallAsk, 'query' | 'since' | 'until'>): Promise<readonly MemoryRecord[]>;
  decide(ask: DecideAsk, by: string): Promise<Decision>;
  openLoops(ask: {
    workspace?: string | undefined;
    limit: number;
  }): Promise<{ loops: readonly Loop[]; open: number }>;
  /** Asks the person; forgets nothing. */
  askToForget(ask: ForgetAsk, by: string): Promise<Omit<ForgetRequest, 'preview'>>;
  /** What can be delegated, by folder. */
  recipes(): Promise<readonly { readonly workspace: string; readonly recipes: readonly WheelRecipe[] }[]>;
  /**
   * Asks for delegated work; a person decides. Does nothing. Throws `rate_limited` where too much of it waits already,
   * `not_found` with the names of the recipes for one that there is not.
   */
  propose(ask: ProposeAsk, by: string): Promise<WheelRun>;
  /** A run that this agent asked for, as it stands; any other is answered like one that does not exist. */
  runStatus(id: string, by: string): Promise<WheelRun>;
}
