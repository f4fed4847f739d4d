import type { Clock } from '../kernel/index.ts';
import type { Disk, Patience } from '../kernel/node.ts';
import type { Health, Settings } from '../protocol/index.ts';
import type { Mind } from '../store/index.ts';
import { workingDay } from './day.ts';
import { readDay, writeDay } from './day-state.ts';
import { FileSync } from './file-sync.ts';
import { KINDS } from './kinds.ts';
import { type LaidOut, layOut } from './lay-out.ts';
import { markerLine } from './marker.ts';
import { archiveDay, nextDay } from './morning.ts';
import { moveOver } from './move-over.ts';
import { ARCHIVE, FOLDER, NOW, type SyncedFile, TUNING } from './names.ts';
import { renderNow } from './now-file.ts';
import { type Choice, type Place, Places } from './place.ts';
import type { AttachedWorkspace, WorkingFilesPorts } from './ports.ts';
import { readState, type StateSource, type WorkingState } from './state.ts';
import { readBackAll, syncFiles } from './sync-pass.ts';
import { emptyReport, type SyncReport, tell } from './sync-report.ts';
import { Telling } from './telling.ts';
import { inWordsOf, isTrouble } from './trouble.ts';
import { makeTuning } from './tuning.ts';
import type { Zone } from './zone.ts';

export interface WorkspaceSyncOptions {
  workspace: AttachedWorkspace;
  mind: Mind;
  clock: Clock;
  dataDirectory: string;
  ports: WorkingFilesPorts;
  settings: () => Settings['loops'];
  zone: Zone;
  disk: Disk;
  patience: Patience;
  onHealth(health: Health): void;
  /** Told of the folder that edits are to be looked for in. */
  onFolder(folder: string): void;
}

/** The working files of one workspace. Its methods must not run at the same time. */
export class WorkspaceSync {
  readonly #options: WorkspaceSyncOptions;
  readonly #places: Places;
  readonly #telling: Telling;

  constructor(options: WorkspaceSyncOptions) {
    const { workspace, mind, ports, disk, dataDirectory } = options;
    this.#options = options;
    this.#telling = new Telling({ ...options, workspacePath: workspace.path });
    this.#places = new Places({
      disk,
      dataDirectory,
      workspace,
      marker: markerLine((content) => mind.digest(content), workspace.id),
      isTracked: (...args) => ports.isTracked(...args),
    });
  }

  /** `tuning` is the text of a new `tuning.md`. */
  async ensureFolder(tuning?: string): Promise<string | null> {
    const { disk, mind, clock, workspace, onFolder } = this.#options;
    try {
      const choice = await this.#places.make();
      this.#sayWhere(choice);
      this.#telling.say('folder', 'warning', null);
      if (!choice.place) return null;
      const parts = { disk, mind, clock, workspaceId: workspace.id };
      await makeTuning(parts, choice.place, choice.isNew, tuning);
      onFolder(choice.place.folder);
      return choice.place.folder;
    } catch (error) {
      if (!isTrouble(error)) throw error;
      this.#telling.say('folder', 'warning', `The working files could not be made. ${inWordsOf(error)}`);
      return null;
    }
  }

  /** Takes texts for working files that are not there yet; null where there is no place for files now. */
  async layOut(texts: ReadonlyMap<string, string>): Promise<LaidOut | null> {
    const { disk, clock } = this.#options;
    const { place } = await this.#places.find();
    const laid = await layOut(texts, place, { ...this.#source(), disk, now: clock.now() });
    const tuning = texts.get(TUNING);
    if (tuning !== undefined) (place === null ? laid.taken : laid.left).push(TUNING);
    if ((await this.ensureFolder(tuning)) === null) return null;
    await this.#sync();
    return laid;
  }

  async sync(): Promise<SyncReport> {
    return (await this.#sync()).report;
  }

  /** Archives `now.md` and begins another where `now` is in a later day. Returns whether it did. */
  async beginDay(now: number): Promise<boolean> {
    const { mind, settings, zone, workspace, disk } = this.#options;
    const today = workingDay(now, settings().dayStartsAt, zone);
    const known = mind.read((reader) => readDay(reader, workspace.id));
    if (!known || known.day >= today) return false;
    // What was written into yesterday's file counts for yesterday.
    const { place, blocked } = await this.#sync();
    if (!place || blocked.has(NOW)) return false;
    const { day, now: view } = readState(this.#source(), now);
    const next = nextDay(view, today);
    if (!next) return false;
    try {
      const text = renderNow(view).text.toWellFormed();
      const archived = await archiveDay(disk, place.folder, day.day, text);
      const refusal = `\`${NOW}\` of ${day.day} stays, since \`${ARCHIVE}\` beside it cannot be used. Rename it.`;
      this.#telling.say('day', 'warning', archived ? null : refusal);
      if (!archived) return false;
      mind.transact((tx) => writeDay(tx, workspace.id, next));
    } catch (error) {
      if (!isTrouble(error)) throw error;
      const message = `\`${NOW}\` of ${day.day} could not be archived. ${inWordsOf(error)}`;
      this.#telling.say('day', 'warning', message);
      return false;
    }
    await this.#sync();
    return true;
  }

  sayUnwatched(error: unknown): void {
    const message = `Edits of the working files are noticed with a delay. ${inWordsOf(error)}`;
    this.#telling.say('watch', 'info', message);
  }

  async #sync(): Promise<{ place: Place | null; report: SyncReport; blocked: Set<SyncedFile> }> {
    const report = emptyReport();
    let place: Place | null = null;
    let blocked = new Set<SyncedFile>();
    try {
      const choice = await this.#places.find();
      this.#sayWhere(choice);
      place = choice.place;
      if (place) {
        this.#options.onFolder(place.folder);
        await this.#leaveData(place, report);
        this.#keepDay();
        blocked = await syncFiles(this.#files(place), report);
      }
    } catch (error) {
      if (!isTrouble(error)) throw error;
      tell(report.failed, FOLDER, `The working files could not be brought in step. ${inWordsOf(error)}`);
      place = null;
    }
    this.#telling.sayOf(report);
    return { place, report, blocked };
  }

  /** Where the files were in the data directory until now, their edits are read a last time. */
  async #leaveData(place: Place, report: SyncReport): Promise<void> {
    const { inData } = this.#places;
    if (place.kind === 'data' || !(await this.#places.isMade(inData))) return;
    const files = this.#files(inData);
    const ready = await readBackAll(files, report);
    if (ready.length === files.length) await moveOver(this.#options.disk, inData, place);
  }

  #files(place: Place): FileSync[] {
    const source = this.#source();
    let known: WorkingState | null = null;
    // Whatever changes the store tells an event.
    const state = (): WorkingState => {
      if (known?.seq !== source.mind.seq) known = readState(source, this.#options.clock.now());
      return known;
    };
    return KINDS.map((kind) => new FileSync({ ...this.#options, state }, place, kind));
  }

  /** The first sync decides which day `now.md` is for. */
  #keepDay(): void {
    const { mind, workspace, clock } = this.#options;
    if (mind.read((reader) => readDay(reader, workspace.id))) return;
    const { day } = readState(this.#source(), clock.now());
    mind.transact((tx) => writeDay(tx, workspace.id, day));
  }

  #source(): StateSource {
    const { settings, ...rest } = this.#options;
    return { ...rest, settings: settings() };
  }

  #sayWhere({ place, why }: Choice): void {
    const where = place
      ? `they are in ${place.folder} instead`
      : 'they are neither read nor written until that has passed';
    const message = `The working files are not in \`${FOLDER}\` of this folder, since ${why}: ${where}.`;
    this.#telling.say('where', 'info', why === null ? null : message);
  }
}
