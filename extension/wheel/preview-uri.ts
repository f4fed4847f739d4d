/** Documents of a preview: one side of a file as the run would find or leave it, or words of ours. */
export const PREVIEW_SCHEME = 'progeny-run';

export interface PreviewPlace {
  readonly run: string;
  readonly digest: string;
  readonly side: 'before' | 'after' | 'words';
}

/** The query of a document's address. */
export function previewQuery({ run, digest, side }: PreviewPlace): string {
  return new URLSearchParams({ run, digest, side }).toString();
}

export function parsePreviewQuery(query: string): PreviewPlace | null {
  const values = new URLSearchParams(query);
  const [run, digest, side] = [values.get('run'), values.get('digest'), values.get('side')];
  if (!run || !digest || (side !== 'before' && side !== 'after' && side !== 'words')) return null;
  return { run, digest, side };
}

/** The title of a preview's tab. The beginning of the digest tells two previews of one run apart. */
export function previewTitle(sentence: string, digest: string): string {
  return `Preview ${digest.slice(0, 6)} · ${sentence}`;
}
