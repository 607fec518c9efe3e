import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { cards, type Drawn, kindOfElement } from './cards';
import style from './flow.module.css';
import { type Box, type Canvas, Viewport } from './viewport';

/** A picture of a BPMN in which steps are chosen, pointed at and painted. */
export interface Flow {
  open(xml: string): Promise<void>;
  select(id: string | null, options?: { reveal: boolean }): void;
  /** Marks a step for as long as the reader points at it elsewhere. */
  hint(id: string | null): void;
  /** Gives elements the colours of what happened to them. */
  paint(changes: ReadonlyMap<string, Paint>): void;
  fit(): void;
  zoom(factor: number): void;
  pan(dx: number, dy: number): void;
  destroy(): void;
}

export type Paint = 'added' | 'removed' | 'changed' | 'moved';

export interface FlowEvents {
  onSelect(id: string | null): void;
  onHover(id: string | null): void;
}

/** Lets moddle read our attributes whatever prefix the file gives our namespace. */
const FASTN = {
  name: 'Fastn',
  uri: 'https://fastn.ai/schema/camunda/1.0',
  prefix: 'fastn',
  xml: { tagAlias: 'lowerCase' },
  types: [
    {
      name: 'Step',
      extends: ['bpmn:FlowNode'],
      properties: ['kind', 'source', 'effects'].map((name) => ({
        name,
        isAttr: true,
        type: 'String',
      })),
    },
    {
      name: 'Program',
      superClass: ['Element'],
      properties: [
        { name: 'format', isAttr: true, type: 'String' },
        { name: 'sourceSha256', isAttr: true, type: 'String' },
        { name: 'text', isBody: true, type: 'String' },
      ],
    },
  ],
};

interface Registry {
  filter(test: (element: Drawn) => boolean): Drawn[];
  get(id: string): Drawn | undefined;
}

const SELECTED = 'fastn-selected';
const HINTED = 'fastn-hinted';

/** A BPMN, drawn by bpmn-js with our cards; its bpmn.io mark stays visible as its licence asks. */
export function createFlow(container: HTMLElement, events: FlowEvents): Flow {
  container.classList.add(style.canvas ?? '');
  const viewer = new NavigatedViewer({
    container,
    additionalModules: [cards],
    moddleExtensions: { fastn: FASTN },
    bpmnRenderer: { defaultStrokeColor: '#7d828a', defaultLabelColor: '#3d4148' },
    textRenderer: { defaultStyle: { fontFamily: 'inherit', fontSize: 12 } },
  });
  const canvas = viewer.get('canvas') as Canvas;
  const registry = viewer.get('elementRegistry') as Registry;
  const marker = (name: string) => {
    let marked: string | null = null;
    return (id: string | null) => {
      if (marked) canvas.removeMarker(marked, name);
      marked = id && registry.get(id) ? id : null;
      if (marked) canvas.addMarker(marked, name);
      return marked;
    };
  };
  const select = marker(SELECTED);
  const hint = marker(HINTED);
  const idOf = (element: Drawn) => {
    const found = (element.labelTarget as Drawn | undefined) ?? element;
    return isStep(found) ? found.id : null;
  };
  type Pointed = { element: Drawn };
  viewer.on('element.click', ({ element }: Pointed) => events.onSelect(idOf(element)));
  viewer.on('element.hover', ({ element }: Pointed) => events.onHover(idOf(element)));
  viewer.on('element.out', () => events.onHover(null));

  const viewport = new Viewport(canvas, container);
  let open = false;
  const start = () => {
    const [trigger] = registry.filter((element) => element.type === 'bpmn:StartEvent');
    viewport.start(trigger as (Drawn & Box) | undefined);
  };
  const resized = new ResizeObserver(() => {
    if (!open) return;
    canvas.resized();
    start();
  });
  resized.observe(container);

  return {
    open: async (xml) => {
      await viewer.importXML(xml);
      open = true;
      start();
    },
    select: (id, options) => {
      const found = select(id);
      if (found && options?.reveal) {
        canvas.scrollToElement(found, { top: 60, bottom: 60, left: 60, right: 60 });
      }
    },
    hint: (id) => void hint(id),
    paint: (changes) => {
      for (const [id, paint] of changes) {
        if (registry.get(id)) canvas.addMarker(id, `fastn-${paint}`);
      }
    },
    fit: () => viewport.fit(),
    zoom: (factor) => viewport.zoom(factor),
    pan: (dx, dy) => viewport.pan(dx, dy),
    destroy: () => {
      resized.disconnect();
      viewer.destroy();
    },
  };
}

const isStep = (element: Drawn) =>
  !element.waypoints &&
  !/SubProcess$|BoundaryEvent$/.test(element.type) &&
  kindOfElement(element) !== null;
