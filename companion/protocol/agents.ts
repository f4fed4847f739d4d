import { z } from 'zod';
import { forgetSelector, forgotten } from './memory.ts';
import { id, time, workspacePath } from './primitives.ts';

/**
 * What may leave a workspace towards programs and machines that are not ours. All are off until a person switches
 * them on. `mcp`: agents may see it over HTTP, and the editor offers it to its own. `chat`: the editor's own chat
 * (`@progeny`, tools for its models). `editorModel`: the editor's models may write answers. `remote`: so may a model
 * on another machine. `confidential`: no door passes it at all, the one over stdio included.
 */
export const doors = z.strictObject({
  mcp: z.boolean(),
  chat: z.boolean(),
  editorModel: z.boolean(),
  remote: z.boolean(),
  confidential: z.boolean(),
});
export type Doors = z.infer<typeof doors>;
/** As every folder begins. */
export const CLOSED_DOORS: Doors = {
  mcp: false,
  chat: false,
  editorModel: false,
  remote: false,
  confidential: false,
};
/** Those that can be opened. */
export const DOOR_NAMES = ['mcp', 'chat', 'editorModel', 'remote'] as const;
export type DoorName = (typeof DOOR_NAMES)[number];

/** A person with a mind of their own; also the name of its folder, and so safe as one on every system. */
export const actorId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'an actor such as "ana": lower-case letters, digits, hyphens')
  .refine((name) => !/^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(name), 'not a device name of Windows');

export const agentName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'a name such as "claude-code": letters, digits, dots, hyphens');

/** A token that lets an agent in over HTTP and permits nothing else. The secret itself is not kept. */
export const agentToken = z.strictObject({
  name: agentName,
  /** Whose mind it reads and writes. */
  actor: actorId,
  createdAt: time,
  /** When a session began with it last. */
  usedAt: time.nullable(),
});
export type AgentToken = z.infer<typeof agentToken>;

/** Told once, when it is made. */
export const newAgentToken = z.strictObject({ ...agentToken.shape, token: z.string(), url: z.string() });
export type NewAgentToken = z.infer<typeof newAgentToken>;

/** An agent asks that something be forgotten. Nothing is, until a person says so. */
export const forgetRequest = z.strictObject({
  id,
  /** What the agent calls itself. */
  agent: z.string(),
  workspace: workspacePath,
  select: forgetSelector,
  /** The agent's reason, in its words; may be empty. */
  reason: z.string(),
  at: time,
  /** Refused by itself then. */
  expiresAt: time,
  /** What would go; null while that cannot be told. */
  preview: forgotten.nullable(),
});
export type ForgetRequest = z.infer<typeof forgetRequest>;
