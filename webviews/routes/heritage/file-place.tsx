import { visibleLine } from '../../../companion/protocol/visible-text.ts';
import { useSession } from '../../data/session.ts';
import { OpenTarget } from '../../parts/evidence-link.tsx';

/** Where a file lies, which can be edited by hand; a link where there is an address for it. */
export function FilePlace({ path }: { path: string }) {
  const { host } = useSession();
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  const folder = path.slice(0, cut) || '/';
  const target = { kind: 'file', file: path.slice(cut + 1), line: null } as const;
  const shown = (
    <code class="heritage-path">
      <bdi dir="ltr">{visibleLine(path)}</bdi>
    </code>
  );
  return (
    <p class="heritage-file">
      It is a file that you can edit by hand:{' '}
      {host.hrefOf(folder, target) === null ? (
        shown
      ) : (
        <OpenTarget workspace={folder} target={target}>
          {shown}
        </OpenTarget>
      )}
    </p>
  );
}
