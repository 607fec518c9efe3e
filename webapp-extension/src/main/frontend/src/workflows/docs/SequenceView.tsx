import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import type { Jump, Sequence, Step, Way } from '../../api/views';
import { KindWord } from '../../bpmn/KindWord';
import type { Kind } from '../../bpmn/kinds';
import { t } from '../../words';
import { parseSource } from '../source';
import type { Focus } from './DocsTab';
import { linesOf } from './lines';
import style from './SequenceView.module.css';

/** The steps as a numbered, nested list: what the Flow shows, for eyes, keyboard and screen reader. */
export function SequenceView({ sequence, focus }: { sequence: Sequence; focus: Focus }) {
  const list = useRef<HTMLDivElement>(null);
  const { selected, selectedIn } = focus;
  useEffect(() => {
    if (selected && selectedIn !== 'list') {
      list.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [selected, selectedIn]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys between the steps inside
    <div ref={list} className={style.view} onKeyDown={alongSteps}>
      <Steps steps={sequence.steps} focus={focus} first />
      {sequence.ways.length > 0 && (
        <section className={style.always}>
          <h3 className={style.heading}>{t('sequence.always')}</h3>
          <Ways ways={sequence.ways} focus={focus} />
        </section>
      )}
    </div>
  );
}

function Steps({ steps, focus, first = false }: { steps: Step[]; focus: Focus; first?: boolean }) {
  return (
    <ol className={style.steps}>
      {steps.map((step, i) => (
        <li key={step.id} className={step.kind ? style.item : style.region}>
          <StepButton step={step} focus={focus} entry={first && i === 0} />
          {step.steps.length > 0 && <Steps steps={step.steps} focus={focus} />}
          {step.ways.length > 0 && <Ways ways={step.ways} focus={focus} />}
          {step.jump && <JumpNote jump={step.jump} focus={focus} />}
        </li>
      ))}
    </ol>
  );
}

function Ways({ ways, focus }: { ways: Way[]; focus: Focus }) {
  return (
    <ul className={style.ways}>
      {ways.map((way) => (
        <li key={way.id} className={style.way}>
          <div className={style.wayHead}>
            <span className={style.number}>{way.number}</span>
            <span className={way.kind === 'normal' ? style.label : style.failure}>
              {way.label || t('sequence.otherwise')}
            </span>
            {way.jump && <JumpNote jump={way.jump} focus={focus} />}
            {!way.jump && way.steps.length === 0 && (
              <span className={style.jump}>{t('sequence.next')}</span>
            )}
          </div>
          {way.steps.length > 0 && <Steps steps={way.steps} focus={focus} />}
        </li>
      ))}
    </ul>
  );
}

/** One step; only the chosen one (else the first) is a stop of the Tab key, the arrows reach all. */
function StepButton({ step, focus, entry }: { step: Step; focus: Focus; entry: boolean }) {
  const chosen = focus.selected === step.id;
  const range = parseSource(step.source ?? undefined);
  const hinted = focus.hovered === step.id ? ` ${style.hinted}` : '';
  return (
    <button
      type="button"
      className={`${style.step}${hinted}`}
      aria-pressed={chosen}
      tabIndex={chosen || (entry && focus.selected === null) ? 0 : -1}
      data-step={step.id}
      onClick={() => focus.select(chosen ? null : step.id, 'list')}
      onMouseEnter={() => focus.hover(step.id, 'list')}
      onMouseLeave={() => focus.hover(null, 'list')}
      onFocus={(event: FocusEvent<HTMLButtonElement>) => {
        if (event.currentTarget.matches(':focus-visible')) focus.hover(step.id, 'list');
      }}
      onBlur={() => focus.hover(null, 'list')}
    >
      <span className={style.number}>{step.number}</span>
      {step.kind && <KindWord kind={step.kind as Kind} />}
      <span className={style.what}>
        <span className={style.name}>{step.name || step.id}</span>
        {step.effects.map((effect) => (
          <span key={effect} className={style.effect}>
            {effect}
          </span>
        ))}
      </span>
      {range && <span className={style.lines}>{linesOf(range)}</span>}
    </button>
  );
}

function JumpNote({ jump, focus }: { jump: Jump; focus: Focus }) {
  return (
    <button
      type="button"
      className={style.jumpLink}
      tabIndex={-1}
      onClick={() => focus.select(jump.id, 'jump')}
    >
      {t(jump.back ? 'sequence.back' : 'sequence.on', { number: jump.number })}
    </button>
  );
}

function alongSteps(event: KeyboardEvent): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  all[to]?.focus();
  event.preventDefault();
}
