import { registerFolder } from './actor-rooms.ts';
import { type Happening, type Life, type Planned, type ProjectName, topicOf } from './demo/index.ts';
import type { DemoRepository } from './demo-repositories.ts';
import type { DemoRooms } from './demo-rooms.ts';
import { scanAt } from './demo-scans.ts';
import { stillOpenAfter, tellRisks } from './demo-taps.ts';
import { loopScopes } from './loop-scopes.ts';
import { type EditorSignal, type Loop, rememberInput } from './protocol/index.ts';
import { workspaceId } from './store/index.ts';
import { noneTold, standingEvents, type Told, type WorkEvent } from './timeline/index.ts';
import { keepScan } from './workspaces/index.ts';

const DAY = 24 * 60 * 60_000;

/** Lives what the plan says through the rooms, one happening after the other, each at its time. */
export class Living {
  readonly #life: Life;
  readonly #rooms: DemoRooms;
  readonly #repositories: ReadonlyMap<ProjectName, DemoRepository>;
  readonly #ids = new Map<ProjectName, string>();
  readonly #told = new Map<ProjectName, Told>();
  readonly #branches = new Map<string, string>();
  readonly #errands = new Map<number, string>();
  readonly #topics: Map<string, number>;

  constructor(
    life: Life,
    rooms: DemoRooms,
    repositories: ReadonlyMap<ProjectName, DemoRepository>,
    { branches, topics }: { branches: Map<string, string>; topics: Map<string, number> },
  ) {
    this.#life = life;
    this.#rooms = rooms;
    this.#repositories = repositories;
    this.#branches = branches;
    this.#topics = topics;
  }

  begin(): void {
    const { mind, clock } = this.#rooms;
    for (const { project, folder } of this.#repositories.values()) {
      registerFolder(mind, folder, clock.now());
      this.#ids.set(
        project,
        mind.read((reader) => workspaceId(reader, folder)),
      );
    }
  }

  folderOf(project: ProjectName): string {
    return this.#repositories.get(project)!.folder;
  }

  /** The loop of a thread's branch; null where it is not known, or no more. */
  loopOf({ project, branch }: Planned): Loop | null {
    const { loops } = this.#rooms;
    const standing = loops.standing(this.#ids.get(project)!).find(({ key }) => key === `branch:${branch}`);
    return standing ? loops.find(standing.id) : null;
  }

  async take(what: Happening): Promise<void> {
    switch (what.kind) {
      case 'memory':
        return this.#remember(what);
      case 'begin':
        return this.#begin(this.#thread(what.thread));
      case 'note':
        return this.#note(what);
      case 'edit': {
        const { project, branch } = this.#thread(what.thread);
        this.#happened(project, { kind: 'edit', file: what.file, branch, size: what.size });
        this.#signal(project, { kind: 'typing', at: what.at, file: what.file, edits: 12 });
        return this.#signal(project, { kind: 'save', at: what.at, file: what.file });
      }
      case 'test': {
        const { project } = this.#thread(what.thread);
        this.#happened(project, { kind: 'test', passed: what.passed, name: 'npm test' });
        return this.#signal(project, { kind: 'test', at: what.at, passed: what.passed, name: 'npm test' });
      }
      case 'focus':
        this.#happened(what.project, { kind: 'focus', focused: what.focused });
        return this.#signal(what.project, { kind: 'focus', at: what.at, focused: what.focused });
      case 'commit':
        return this.#commit(what.project, what.mark);
      case 'decide':
        return this.#decide(this.#thread(what.thread));
      case 'end':
        return this.#end(this.#thread(what.thread));
      case 'errand':
        return this.#errand(what);
      case 'look':
        return this.look(what.project);
    }
  }

  /** The folder is read: loops are brought in line with it, the timeline hears how they stand. */
  look(project: ProjectName): void {
    const { loops, clock, settings, watched, mind } = this.#rooms;
    const id = this.#ids.get(project)!;
    for (const { id: loop, key } of loops.standing(id))
      if (key.startsWith('branch:')) this.#about(loop, project, { branch: key.slice(7), text: '' });
    const scan = scanAt(this.#life, this.#repositories.get(project)!, clock.now());
    const { proposalsPerRepository: limit, todoTouchedDays, staleDays } = settings().loops;
    loops.applyScan(id, scan, { limit, todoTouchedDays, staleDays });
    keepScan(mind, id, scan);
    const scopes = loopScopes(loops.standing(id), loops.anchors(id), scan, (word) => mind.digest(word));
    const next = standingEvents(this.#told.get(project) ?? noneTold, scopes, id, clock.now());
    this.#told.set(project, next.told);
    watched.timeline.append(next.events);
    tellRisks(this.#rooms, this.folderOf(project));
  }

  /** Notes what something is about, by its id. */
  #about(id: string, project: ProjectName | null, what: { branch?: string | undefined; text: string }): void {
    const topic = topicOf(project, what);
    if (topic !== null) this.#topics.set(id, topic);
  }

  #thread(n: number): Planned {
    return this.#life.threads[n]!;
  }

  #happened(project: ProjectName, event: Omitted<WorkEvent>): void {
    const { watched, clock } = this.#rooms;
    watched.timeline.append([{ ...event, at: clock.now(), workspace: this.#ids.get(project)! } as WorkEvent]);
  }

  #signal(project: ProjectName, signal: EditorSignal): void {
    this.#rooms.interruption.signal('editor', this.folderOf(project), signal);
  }

  #begin({ project, branch }: Planned): void {
    this.#branches.set(this.folderOf(project), branch);
    this.#happened(project, { kind: 'branch', branch });
    this.look(project);
  }

  async #note({ thread: n, text, file }: Extract<Happening, { kind: 'note' }>): Promise<void> {
    const { project, branch, commits } = this.#thread(n);
    const folder = this.folderOf(project);
    this.#branches.set(folder, branch);
    const { trees } = this.#repositories.get(project)!;
    const tip = this.#life.commits[project].findLast((commit) => commit.branch === 'main')!;
    const lines = file === undefined ? [] : (trees.file(tip.mark, file) ?? '').split('\n');
    const line = lines.findIndex((each) => each.includes(commits[0])) + 1;
    const { id } = await this.#rooms.notes.whisper({
      ...{ workspace: folder, text },
      ...(file !== undefined && { file, ...(line > 0 && { line }) }),
    });
    this.#about(id, project, { branch, text });
  }

  #commit(project: ProjectName, mark: number): void {
    const { watched, clock, interruption } = this.#rooms;
    const { trees, commits: names } = this.#repositories.get(project)!;
    const commit = this.#life.commits[project].find((each) => each.mark === mark)!;
    const own = commit.author.name === 'Robin Marsh';
    const files = trees.changed(commit);
    const insertions = commit.adds.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
    const workspace = this.#ids.get(project)!;
    const event = { kind: 'commit', at: clock.now(), workspace, commit: names.get(mark)!, own } as const;
    const size = { branch: commit.branch, files, insertions, deletions: (mark * 5) % 17 };
    watched.timeline.append([{ ...event, ...size }], clock.now() - DAY);
    if (!own) return;
    stillOpenAfter(this.#rooms, this.folderOf(project), { commit: event.commit, at: event.at, files });
    interruption.boundary(this.folderOf(project), 'commit');
  }

  async #decide(thread: Planned): Promise<void> {
    const { decision, project } = thread;
    if (!decision) return;
    const { question, options, choice, why } = decision;
    const loop = this.loopOf(thread);
    const { id } = await this.#rooms.notes.decide({
      ...{
        workspace: this.folderOf(project),
        question,
        decision: options[choice]!,
        why,
        options: [...options],
      },
      ...{ outcome: '', reviewAt: null, links: [], ...(loop && { loopId: loop.id }) },
    });
    this.#about(id, project, { branch: thread.branch, text: question });
  }

  #end(thread: Planned): void {
    const { project, end } = thread;
    const { loops } = this.#rooms;
    const loop = this.loopOf(thread);
    if (loop && end === 'dropped' && loop.status !== 'dropped')
      loops.update({ id: loop.id, status: 'dropped' });
    this.look(project);
    // What its notes had opened besides is done with it.
    const left = loops.list({ workspace: this.folderOf(project), status: ['open'], limit: 1000 });
    for (const each of left)
      if (
        each.source === 'whisper' &&
        (each.title === thread.symptom || each.title.startsWith(thread.symptom.slice(0, 40)))
      )
        loops.update({ id: each.id, status: end === 'dropped' ? 'dropped' : 'blessed' });
  }

  async #errand({ n, what, at }: Extract<Happening, { kind: 'errand' }>): Promise<void> {
    const { notes, loops } = this.#rooms;
    const { project, title, context, priority = 'normal', private: hidden = false } = this.#life.errands[n]!;
    if (what === 'open') {
      const workspace = this.folderOf(project);
      const { id } = await notes.openLoop({
        workspace,
        title,
        context,
        priority,
        private: hidden,
        anchors: [],
      });
      this.#errands.set(n, id);
      this.#about(id, project, { text: `${title} ${context}` });
      return;
    }
    const id = this.#errands.get(n);
    if (id === undefined) return;
    if (what === 'defer') loops.update({ id, deferUntil: Math.max(at, this.#life.until) + 20 * DAY });
    else loops.update({ id, status: what === 'done' ? 'blessed' : 'dropped' });
  }

  async #remember({
    project,
    content,
    memory: kind,
    ...rest
  }: Extract<Happening, { kind: 'memory' }>): Promise<void> {
    const names = project && this.#repositories.get(project)?.commits;
    const commit = rest.commit === undefined || !names ? undefined : names.get(rest.commit);
    const source = {
      ...(rest.file !== undefined && { file: rest.file }),
      ...(commit !== undefined && { commit }),
      ...(rest.uri !== undefined && { uri: rest.uri }),
    };
    const { author, session, salience, tags, tone, about, pinned } = rest;
    const given = Object.entries({ author, session, salience, tags, tone, about, pinned });
    const { id } = await this.#rooms.memory.remember(
      rememberInput.parse({
        ...{ kind, content, source, ...(project && { workspace: this.folderOf(project) }) },
        ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
      }),
      rest.by,
    );
    this.#about(id, project, { branch: rest.branch, text: content });
  }
}

type Omitted<T> = T extends unknown ? Omit<T, 'at' | 'workspace'> : never;
