/** The span of contract versions that this build speaks. A breaking change of the contract raises `max`. */
export const PROTOCOL = { min: 1, max: 1 } as const;

export interface ProtocolRange {
  min: number;
  max: number;
}

/** The highest version that both sides speak, or null where the ranges do not meet. */
export function negotiate(ours: ProtocolRange, theirs: ProtocolRange): number | null {
  const version = Math.min(ours.max, theirs.max);
  return version >= Math.max(ours.min, theirs.min) ? version : null;
}

/** What to say, and to whom, when `negotiate` found nothing. */
export function incompatibility(companion: ProtocolRange, client: ProtocolRange): string {
  const older = companion.max < client.min ? 'companion' : 'client';
  const remedy =
    older === 'companion'
      ? 'Stop the running companion (`progeny stop`) so that the newer one starts.'
      : 'Update this client (the extension or the command line tool).';
  return `The companion speaks contract versions ${companion.min} to ${companion.max}, this client ${client.min} to ${client.max}. ${remedy}`;
}
