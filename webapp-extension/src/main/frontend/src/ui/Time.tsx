import { ago, exactTime } from '../words';

/** "17h ago", with the exact time on hover. */
export function Time({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} title={exactTime(iso)}>
      {ago(iso)}
    </time>
  );
}
