import { z } from 'zod';
import { doors } from './agents.ts';
import { answeredBy } from './language-models.ts';
import { mode, posture, tier } from './limbic.ts';
import { id, time, workspacePath } from './primitives.ts';
import { wheelPulse } from './wheel.ts';

export const serviceState = z.enum(['FULL', 'AMNESIA', 'OFFLINE', 'READ_ONLY']);
export type ServiceState = z.infer<typeof serviceState>;

const range = z.strictObject({ min: z.number().int(), max: z.number().int() });
export const clientKind = z.enum(['extension', 'webview', 'browser', 'cli', 'test']);
/** What a client can do for the companion when asked. */
export const capability = z.enum(['tap', 'open_file', 'generate', 'rename']);
export type Capability = z.infer<typeof capability>;

export const helloInput = z.strictObject({
  protocol: range,
  client: z.strictObject({ kind: clientKind, version: z.string().max(50) }),
  capabilities: z.array(capability).max(20).default([]),
});
export const hello = z.strictObject({
  protocol: z.number().int(),
  version: z.string(),
  connection: id,
  instance: z.string(),
});

export const health = z.strictObject({
  /** What it is about, for example `store` or `watcher:/path`. */
  subject: z.string(),
  level: z.enum(['info', 'warning', 'error']),
  /** What happened and what to do, in one or two sentences. */
  message: z.string(),
  at: time,
});
export type Health = z.infer<typeof health>;

export const workspaceState = z.strictObject({
  path: workspacePath,
  name: z.string(),
  /** `gone` when the folder has vanished, `plain` where it is not a git repository. */
  kind: z.enum(['git', 'plain', 'gone']),
  sensing: z.boolean(),
  branch: z.string().nullable(),
  openLoops: z.number().int(),
  topLoop: z.string().nullable(),
  scannedAt: time.nullable(),
  scanning: z.boolean(),
  doors,
});
export type WorkspaceState = z.infer<typeof workspaceState>;

/** A complete picture of the service; each message of `system.watch` replaces the one before. */
export const status = z.strictObject({
  state: serviceState,
  version: z.string(),
  instance: z.string(),
  pid: z.number().int(),
  startedAt: time,
  now: time,
  dataDirectory: z.string(),
  /** An invented life is shown, in a data directory of its own; nothing here is the user's. */
  demo: z.boolean(),
  clients: z.number().int(),
  /** Last event of the log. */
  seq: z.number().int(),
  workspaces: z.array(workspaceState),
  health: z.array(health),
  pausedUntil: time.nullable(),
  mode,
  posture,
  tier,
  /** What writes answers now; null: rules alone. */
  answeredBy,
  /** The run that wants the user, or is under way; the one that counts down first. */
  wheel: wheelPulse.nullable(),
});
export type Status = z.infer<typeof status>;

export const doctorCheck = z.strictObject({
  name: z.string(),
  result: z.enum(['ok', 'warning', 'failed']),
  message: z.string(),
});
export type DoctorCheck = z.infer<typeof doctorCheck>;
export const doctorReport = z.strictObject({ checks: z.array(doctorCheck) });

/** One row of the event log: ids, counts and salted digests, never content. */
export const event = z.strictObject({
  seq: z.number().int().positive(),
  at: time,
  type: z.string(),
  subject: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type Event = z.infer<typeof event>;

export const job = z.strictObject({
  id,
  kind: z.string(),
  subject: z.string(),
  status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  priority: z.number().int(),
  /** 0-1, or null while unknown. */
  progress: z.number().min(0).max(1).nullable(),
  message: z.string(),
  attempts: z.number().int(),
  createdAt: time,
  updatedAt: time,
});
export type Job = z.infer<typeof job>;

export const backup = z.strictObject({
  id: z.string(),
  at: time,
  bytes: z.number().int(),
  kind: z.enum(['daily', 'weekly', 'manual']),
});
export type Backup = z.infer<typeof backup>;
