import type { AdviserDetails } from '../../../companion/protocol/index.ts';
import { percent } from '../../model/why.ts';
import { Moment } from '../../parts/moment.tsx';

/** The chart in words, for whoever wants the numbers, or cannot see it. */
export function RecordTable({ history }: Pick<AdviserDetails, 'history'>) {
  if (history.length === 0) return <p class="quiet">No outcome of its votes is known yet.</p>;
  return (
    <details class="record-table">
      <summary>As a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Asked</th>
            <th scope="col">Outcome</th>
            <th scope="col">Rate after it</th>
          </tr>
        </thead>
        <tbody>
          {[...history].reverse().map(({ at, hit, rate }, i) => (
            <tr key={i}>
              <td>
                <Moment at={at} />
              </td>
              <td>{hit ? 'right' : 'wrong'}</td>
              <td>{percent(rate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
