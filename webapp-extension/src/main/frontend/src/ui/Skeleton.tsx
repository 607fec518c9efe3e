import { t } from '../words';
import style from './Skeleton.module.css';

const WIDTHS = ['62%', '88%', '74%', '46%', '81%', '58%', '69%', '37%'];

/** Grey lines in the shape of the text that is on its way. */
export function Skeleton({ lines, tall = false }: { lines: number; tall?: boolean }) {
  return (
    <div className={style.skeleton} role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, i) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
          key={i}
          className={tall ? style.tall : style.line}
          style={{ width: tall ? '100%' : WIDTHS[i % WIDTHS.length] }}
        />
      ))}
    </div>
  );
}
