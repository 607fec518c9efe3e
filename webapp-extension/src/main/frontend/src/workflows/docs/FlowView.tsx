import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useResource } from '../../api/useResource';
import { getBpmn, type Orientation } from '../../api/views';
import type { Flow } from '../../bpmn/flow';
import { KindWord } from '../../bpmn/KindWord';
import { KIND_NAMES, type Kind } from '../../bpmn/kinds';
import { loadFlow } from '../../bpmn/load';
import { IconButton } from '../../ui/Button';
import { LoadError, Message } from '../../ui/Message';
import { SearchField } from '../../ui/SearchField';
import { Skeleton } from '../../ui/Skeleton';
import { t } from '../../words';
import type { Focus } from './DocsTab';
import style from './FlowView.module.css';
import { linesOf } from './lines';
import type { Placed, Steps } from './steps';

/** The BPMN as cards, in the direction that fits the panel. A card marks its lines, a place in the code its card. */
export function FlowView({
  slug,
  name,
  version,
  revision,
  steps,
  focus,
  orientation,
  turn,
}: {
  slug: string;
  name: string;
  version: string;
  revision: string;
  steps: Steps;
  focus: Focus;
  orientation: Orientation;
  turn(orientation: Orientation): void;
}) {
  const bpmn = useResource(`bpmn ${slug} ${version} ${revision} ${orientation}`, (signal) =>
    getBpmn(slug, version, orientation, signal),
  );
  const [flow, setFlow] = useState<Flow | null>(null);
  const other = orientation === 'top-to-bottom' ? 'left-to-right' : 'top-to-bottom';
  return (
    <div className={style.flow}>
      <div className={style.bar}>
        <Search steps={steps} focus={focus} />
        <span className={style.space} />
        <IconButton
          icon={other === 'top-to-bottom' ? 'tall' : 'wide'}
          label={t(other === 'top-to-bottom' ? 'flow.down' : 'flow.across')}
          onClick={() => turn(other)}
        />
        <IconButton icon="minus" label={t('flow.out')} onClick={() => flow?.zoom(1 / 1.25)} />
        <IconButton icon="plus" label={t('flow.in')} onClick={() => flow?.zoom(1.25)} />
        <IconButton icon="fit" label={t('flow.fit')} onClick={() => flow?.fit()} />
      </div>
      {bpmn.value ? (
        <Diagram key={bpmn.value} xml={bpmn.value} name={name} focus={focus} onReady={setFlow} />
      ) : (
        <div className={style.canvas}>
          {bpmn.loading ? (
            <Skeleton lines={6} />
          ) : (
            <LoadError error={bpmn.error} again={bpmn.reload} />
          )}
        </div>
      )}
      <Foot steps={steps} shown={steps.find(focus.hovered) ?? steps.find(focus.selected)} />
    </div>
  );
}

function Diagram({
  xml,
  name,
  focus,
  onReady,
}: {
  xml: string;
  name: string;
  focus: Focus;
  onReady(flow: Flow | null): void;
}) {
  const container = useRef<HTMLElement>(null);
  const [flow, setFlow] = useState<Flow | null>(null);
  const [broken, setBroken] = useState<string | null>(null);
  const latest = useRef(focus);
  latest.current = focus;

  useEffect(() => {
    let made: Flow | null = null;
    let gone = false;
    const draw = async () => {
      const { createFlow } = await loadFlow();
      if (gone || !container.current) return;
      made = createFlow(container.current, {
        onSelect: (id) => latest.current.select(id, 'diagram'),
        onHover: (id) => latest.current.hover(id, 'diagram'),
      });
      await made.open(xml);
      if (gone) return;
      setFlow(made);
      onReady(made);
    };
    draw().catch((error: unknown) => gone || setBroken(String(error)));
    return () => {
      gone = true;
      made?.destroy();
      onReady(null);
    };
  }, [xml, onReady]);

  const { selected, hovered, hoveredIn } = focus;
  useEffect(() => flow?.select(selected, { reveal: true }), [flow, selected]);
  useEffect(() => flow?.hint(hoveredIn === 'diagram' ? null : hovered), [flow, hovered, hoveredIn]);

  const onKeyDown = (event: KeyboardEvent) => {
    const act = KEYS[event.key];
    if (!act || !flow || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(flow);
  };
  if (broken) return <Message tone="error" title={t('flow.broken.title')} text={broken} />;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture that is moved and zoomed with keys
    <section
      ref={container}
      className={style.canvas}
      role="group"
      aria-label={t('flow.label', { name })}
      aria-description={t('flow.keys')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move and zoom it
      tabIndex={0}
      onKeyDown={onKeyDown}
    />
  );
}

const KEYS: Record<string, (flow: Flow) => void> = {
  ArrowLeft: (flow) => flow.pan(-0.15, 0),
  ArrowRight: (flow) => flow.pan(0.15, 0),
  ArrowUp: (flow) => flow.pan(0, -0.15),
  ArrowDown: (flow) => flow.pan(0, 0.15),
  PageUp: (flow) => flow.pan(0, -0.8),
  PageDown: (flow) => flow.pan(0, 0.8),
  '+': (flow) => flow.zoom(1.25),
  '=': (flow) => flow.zoom(1.25),
  '-': (flow) => flow.zoom(1 / 1.25),
  '0': (flow) => flow.fit(),
};

/** Finds steps by their words: Enter and the arrows go from one to the next. */
function Search({ steps, focus }: { steps: Steps; focus: Focus }) {
  const [text, setText] = useState('');
  const found = steps.search(text);
  const at = found.findIndex(({ step }) => step.id === focus.selected);
  const onKeyDown = (event: KeyboardEvent) => {
    const back = event.key === 'ArrowUp' || (event.key === 'Enter' && event.shiftKey);
    if (event.key === 'Escape') setText('');
    else if (!['Enter', 'ArrowDown', 'ArrowUp'].includes(event.key)) return;
    else {
      const list = found.length > 0 ? found : text ? [] : steps.all;
      const from = list.findIndex(({ step }) => step.id === focus.selected);
      const next = from < 0 ? (back ? list.length - 1 : 0) : from + (back ? -1 : 1);
      const step = list[(next + list.length) % list.length]?.step;
      if (step) focus.select(step.id, 'list');
    }
    event.preventDefault();
  };
  return (
    <SearchField
      small
      label={t('flow.search')}
      keys={t('flow.search.keys')}
      value={text}
      found={text && (at >= 0 ? `${at + 1}/${found.length}` : t('flow.found', { n: found.length }))}
      onChange={setText}
      onKeyDown={onKeyDown}
    />
  );
}

function Foot({ steps, shown }: { steps: Steps; shown: Placed | null }) {
  if (!shown) {
    const used = new Set(steps.all.map(({ step }) => step.kind));
    return (
      <div className={style.foot}>
        {KIND_NAMES.filter((kind) => used.has(kind)).map((kind) => (
          <KindWord key={kind} kind={kind} />
        ))}
      </div>
    );
  }
  const { step, range } = shown;
  return (
    <div className={style.foot} role="status">
      <span className={style.number}>{step.number}</span>
      {step.kind && <KindWord kind={step.kind as Kind} />}
      <span className={style.name}>{step.name || step.id}</span>
      {step.effects.map((effect) => (
        <span key={effect} className={style.effect}>
          {effect}
        </span>
      ))}
      {range && <span className={style.lines}>{linesOf(range)}</span>}
    </div>
  );
}
