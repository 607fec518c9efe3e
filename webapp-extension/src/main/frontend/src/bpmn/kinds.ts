/** The node types of the Flow, each with its colour, its tint and a 12 × 12 icon (stroked path). */
export const KINDS = {
  TRIGGER: { colour: '#17743a', tint: '#e7f4ec', icon: 'M6.8 1 2.5 7h3l-.6 4L9.5 5h-3z' },
  READ: { colour: '#0b5fb5', tint: '#e6f1fc', icon: 'M6 1.5v6M3.5 5 6 7.5 8.5 5M1.5 8v2.5h9V8' },
  WRITE: { colour: '#b5152b', tint: '#fcebed', icon: 'm2 10 .6-2.6L8 2l2 2-5.4 5.4zM7 3l2 2' },
  PROCESS: { colour: '#4f545c', tint: '#f0f1f3', icon: 'M4 2.5 1.5 6 4 9.5M8 2.5 10.5 6 8 9.5' },
  DECISION: { colour: '#8a5600', tint: '#fdf2da', icon: 'M6 1 11 6 6 11 1 6z' },
  DONE: { colour: '#4a3f8f', tint: '#eeecf9', icon: 'm2.5 6.5 2.5 2.5 4.5-5.5' },
} as const;

export type Kind = keyof typeof KINDS;

export const KIND_NAMES = Object.keys(KINDS) as Kind[];

/** Steps that were modelled by hand carry no `fastn:kind`: their BPMN type says it. */
export function kindOf(attribute: string | undefined, bpmnType: string): Kind | null {
  if (attribute && attribute in KINDS) return attribute as Kind;
  if (bpmnType === 'bpmn:StartEvent') return 'TRIGGER';
  if (bpmnType === 'bpmn:EndEvent') return 'DONE';
  if (/Task$|CallActivity$|IntermediateCatchEvent$/.test(bpmnType)) return 'PROCESS';
  return null;
}
