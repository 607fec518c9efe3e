import style from './KindWord.module.css';
import { KINDS, type Kind } from './kinds';

/** The type of a step in its colour, as on its card. */
export function KindWord({ kind }: { kind: Kind }) {
  const { colour, tint, icon } = KINDS[kind];
  return (
    <span className={style.kind} style={{ color: colour, background: tint }}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d={icon} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" />
      </svg>
      {kind}
    </span>
  );
}
