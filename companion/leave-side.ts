import { type Authority, authorityOf, Grants, type LeaveSources, mayUseNetwork } from './agency/index.ts';
import { AuditLog } from './audit/index.ts';
import type { Clock, Disposable, Logger, Random } from './kernel/index.ts';
import type { Settings, Tier } from './protocol/index.ts';
import type { Store } from './store/index.ts';
import type { WorkspaceDoors, Workspaces } from './workspaces/index.ts';

export interface LeaveSideOptions {
  store: Store;
  clock: Clock;
  random: Random;
  logger: Logger;
  workspaces: Pick<Workspaces, 'list'>;
  doors: Pick<WorkspaceDoors, 'of'>;
  /** The tier that trust allows now. */
  tier(): Tier;
  settings(): Settings['wheel'];
}

/** Leave, put together: what the user granted, what follows from it, and the log of what was done with it. */
export class LeaveSide implements Disposable {
  readonly audit: AuditLog;
  readonly grants: Grants;
  readonly #options: LeaveSideOptions;

  constructor(options: LeaveSideOptions) {
    const { store, clock, random, logger } = options;
    const { hub, mind } = store;
    this.#options = options;
    this.audit = new AuditLog({ mind, hub, clock, logger });
    this.grants = new Grants({ mind, clock, random, audit: this.audit, endedAt: () => this.audit.endedAt });
  }

  /** Brings the hub's knowledge of the audit log in line with it. For the start, when it can be written. */
  start(): void {
    this.audit.keepHead();
  }

  /** What decides about each step. `commandRisk` is that of the room `processes`. */
  authority(commandRisk: LeaveSources['commandRisk']): Authority {
    return authorityOf(this.#sources(commandRisk));
  }

  /** Whether a program of a run may reach the network. */
  network(commandRisk: LeaveSources['commandRisk']) {
    return mayUseNetwork.bind(null, this.#sources(commandRisk));
  }

  dispose(): void {
    this.audit.dispose();
  }

  #sources(commandRisk: LeaveSources['commandRisk']): LeaveSources {
    const { workspaces, doors, tier, settings } = this.#options;
    return {
      tier,
      trusted: (folder) =>
        workspaces.list().some(({ path, trusted, gone }) => path === folder && trusted && !gone),
      confidential: (folder) => doors.of(folder).confidential,
      grants: this.grants,
      commandRisk,
      maxFiles: () => settings().maxFiles,
    };
  }
}
