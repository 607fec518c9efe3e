import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useRef,
  useState,
} from 'react';
import style from './SplitPane.module.css';

/**
 * Two panes with a border that can be dragged or moved with the arrow keys. `fixed` is the pane that keeps its size, the
 * other takes the rest; the size is remembered under `name`.
 */
export function SplitPane({
  name,
  label,
  fixed,
  direction = 'row',
  initial,
  min,
  minRest,
  children,
}: {
  name: string;
  label: string;
  fixed: 'first' | 'second';
  direction?: 'row' | 'column';
  initial: number;
  min: number;
  minRest: number;
  children: [ReactNode, ReactNode];
}) {
  const box = useRef<HTMLDivElement>(null);
  const key = `fastn.split.${name}.${direction}`;
  const [sizes, setSizes] = useState<Record<string, number>>({});
  const size = sizes[key] ?? remembered(key) ?? initial;

  const whole = () => {
    const rect = box.current?.getBoundingClientRect();
    return (direction === 'row' ? rect?.width : rect?.height) ?? 0;
  };
  const resize = (wanted: number) => {
    const value = Math.round(Math.max(min, Math.min(wanted, whole() - minRest)));
    setSizes((before) => ({ ...before, [key]: value }));
    remember(key, value);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const rect = box.current?.getBoundingClientRect();
    if (!rect || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const at = direction === 'row' ? event.clientX - rect.left : event.clientY - rect.top;
    resize(fixed === 'first' ? at : whole() - at);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = KEYS[direction][event.key];
    if (step === undefined) return;
    event.preventDefault();
    resize(size + (fixed === 'first' ? step : -step));
  };

  const bounded: CSSProperties = {
    flexBasis: size,
    [direction === 'row' ? 'minWidth' : 'minHeight']: min,
    [direction === 'row' ? 'maxWidth' : 'maxHeight']: `calc(100% - ${minRest}px)`,
  };
  const pane = (which: 'first' | 'second', content: ReactNode) => (
    <div
      className={which === fixed ? style.fixed : style.rest}
      style={which === fixed ? bounded : undefined}
    >
      {content}
    </div>
  );
  return (
    <div ref={box} className={`${style.split} ${style[direction]}`}>
      {pane('first', children[0])}
      {/* biome-ignore lint/a11y/useSemanticElements: a movable separator is no <hr> */}
      <div
        role="separator"
        tabIndex={0}
        aria-label={label}
        aria-orientation={direction === 'row' ? 'vertical' : 'horizontal'}
        aria-valuenow={size}
        aria-valuemin={min}
        className={style.border}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onDoubleClick={() => resize(initial)}
        onKeyDown={onKeyDown}
      />
      {pane('second', children[1])}
    </div>
  );
}

const KEYS: Record<'row' | 'column', Record<string, number>> = {
  row: { ArrowLeft: -16, ArrowRight: 16 },
  column: { ArrowUp: -16, ArrowDown: 16 },
};

function remembered(key: string): number | null {
  try {
    const value = Number(localStorage.getItem(key));
    return value > 0 ? value : null;
  } catch {
    return null;
  }
}

function remember(key: string, value: number): void {
  try {
    localStorage.setItem(key, String(value));
  } catch {
    // A browser without storage: the size lasts as long as the page.
  }
}
