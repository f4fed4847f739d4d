/**
 * Every error that may cross the wire: code, HTTP status, meaning. The list is closed; `docs/ERRORS.md`
 * is compared with it in both directions.
 */
export const WIRE_ERRORS = {
  bad_input: {
    status: 400,
    meaning: 'The input does not have the declared shape; `details.fields` names what is wrong.',
  },
  bad_frame: { status: 400, meaning: 'The frame is not a message of this contract.' },
  unauthorized: {
    status: 401,
    meaning: 'No token, or not the current one. Read the discovery file again or log in again.',
  },
  forbidden: { status: 403, meaning: 'The token, Host or Origin does not permit this.' },
  not_found: { status: 404, meaning: 'There is no such procedure or no thing with this id.' },
  conflict: { status: 409, meaning: 'The thing changed or exists already; read it again.' },
  workspace_gone: { status: 410, meaning: 'The folder does not exist any more or cannot be read.' },
  too_large: { status: 413, meaning: 'The body or frame is larger than the limit.' },
  incompatible: {
    status: 426,
    meaning: 'Client and companion share no contract version; the message says which to update.',
  },
  hello_required: { status: 428, meaning: 'The first call on a connection is `system.hello`.' },
  rate_limited: {
    status: 429,
    meaning: 'Too many calls of this class; `details.retryAfterMs` says when to try again.',
  },
  cancelled: { status: 499, meaning: 'The caller, or the user, cancelled it.' },
  internal: { status: 500, meaning: 'A defect. The log has the whole of it under `details.requestId`.' },
  no_client: { status: 503, meaning: 'No connected client can do this.' },
  read_only: {
    status: 503,
    meaning: 'The data directory cannot be written (disk full or read-only); nothing was stored.',
  },
  shutting_down: { status: 503, meaning: 'The companion is stopping; connect again in a moment.' },
  timeout: { status: 504, meaning: 'It took longer than its limit.' },
} as const satisfies Record<string, { status: number; meaning: string }>;

export type WireErrorCode = keyof typeof WIRE_ERRORS;

/** An error meant for the caller. Everything else that is thrown is a defect and leaves as `internal`. */
export class ProgenyError extends Error {
  readonly code: WireErrorCode;
  /** Ids, limits and field names; never what a user wrote. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: WireErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = 'ProgenyError';
    this.code = code;
    this.details = details;
  }
}

export function isWireErrorCode(code: unknown): code is WireErrorCode {
  return typeof code === 'string' && Object.hasOwn(WIRE_ERRORS, code);
}
