import { visibleText } from '../../../companion/protocol/visible-text.ts';
import { type Comparison, type DiffLine, ownPart, pairsOf } from '../../model/wheel-diff.ts';
import { count } from '../../model/words.ts';

interface Props {
  comparison: Comparison;
  /** Of the file. */
  name: string;
}

const SIGNS = { same: '', added: '+', removed: '−' } as const;

/** One column: what is removed above what is added. */
export function UnifiedDiff({ comparison, name }: Props) {
  return (
    <table class="diff unified">
      <caption class="unseen">How {name} differs</caption>
      <colgroup>
        <col class="number" span={2} />
        <col class="sign" />
        <col />
      </colgroup>
      <thead class="unseen">
        <tr>
          <th scope="col">Before</th>
          <th scope="col">After</th>
          <th scope="col">Change</th>
          <th scope="col">Text</th>
        </tr>
      </thead>
      <tbody>
        {comparison.hunks.map((hunk, i) => [
          <Skipped key={`skip ${i}`} lines={hunk.skipped} columns={4} />,
          ...hunk.lines.map((line, j) => (
            <tr key={`${i} ${j}`} class={line.kind}>
              <td class="number">{line.before}</td>
              <td class="number">{line.after}</td>
              <td class="sign">{SIGNS[line.kind]}</td>
              <td class="code">
                <Text line={line} other={null} />
              </td>
            </tr>
          )),
        ])}
      </tbody>
    </table>
  );
}

/** Two columns: before and after, line beside line. */
export function SplitDiff({ comparison, name }: Props) {
  return (
    <table class="diff sides">
      <caption class="unseen">{name} before and after</caption>
      <colgroup>
        <col class="number" />
        <col class="sign" />
        <col />
        <col class="number" />
        <col class="sign" />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" colSpan={3}>
            Before
          </th>
          <th scope="col" colSpan={3}>
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {comparison.hunks.map((hunk, i) => [
          <Skipped key={`skip ${i}`} lines={hunk.skipped} columns={6} />,
          ...pairsOf(hunk.lines).map(({ before, after }, j) => (
            <tr key={`${i} ${j}`}>
              <Side line={before} other={after} side="before" />
              <Side line={after} other={before} side="after" />
            </tr>
          )),
        ])}
      </tbody>
    </table>
  );
}

function Side({
  line,
  other,
  side,
}: {
  line: DiffLine | null;
  other: DiffLine | null;
  side: 'before' | 'after';
}) {
  const kind = line?.kind ?? 'none';
  return (
    <>
      <td class={`number ${kind} ${side}`}>{line?.[side]}</td>
      <td class={`sign ${kind}`}>{line && SIGNS[line.kind]}</td>
      <td class={`code ${kind}`}>{line && <Text line={line} other={other} />}</td>
    </>
  );
}

function Skipped({ lines, columns }: { lines: number; columns: number }) {
  if (lines === 0) return null;
  return (
    <tr class="skipped">
      <td colSpan={columns}>{count(lines, 'line')} as before</td>
    </tr>
  );
}

/** A line as it is: what would hide or turn text is shown, and what is its own is marked. */
function Text({ line, other }: { line: DiffLine; other: DiffLine | null }) {
  const { text, last } = line;
  const own = other && line.kind !== 'same' && other.kind !== 'same' ? ownPart(text, other.text) : null;
  return (
    <bdi dir="ltr">
      {own ? (
        <>
          {visibleText(text.slice(0, own[0]))}
          {own[1] > own[0] && <mark>{visibleText(text.slice(...own))}</mark>}
          {visibleText(text.slice(own[1]))}
        </>
      ) : (
        visibleText(text)
      )}
      {last && <span class="quiet"> (no line feed at the end)</span>}
    </bdi>
  );
}
